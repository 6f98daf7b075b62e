import { beforeEach, describe, expect, it } from 'vitest';
import {
  createS3Harness,
  customerKeyHeaders,
  defaultRule,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import { formatObjectPath } from '../../http/address.ts';

const ID = /^[A-Za-z0-9._]{32}$/;

/** A short way to versions. */
class Versioned {
  readonly s3: S3Harness;
  constructor(s3: S3Harness) {
    this.s3 = s3;
  }
  async switchTo(status: 'Enabled' | 'Suspended'): Promise<void> {
    const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
    const answer = await this.s3.ask({
      method: 'PUT',
      path: formatObjectPath(this.s3.bucketName),
      query: 'versioning',
      headers: [['content-md5', toBase64(md5(new TextEncoder().encode(body)))]],
      body,
    });
    expect(answer.status).toBe(200);
  }
  async put(text: string): Promise<string | undefined> {
    return (await this.s3.put('a', text)).header('x-amz-version-id');
  }
  version(method: string, id: string | undefined) {
    return this.s3.get('a', [], { method, query: `versionId=${id}` });
  }
  delete() {
    return this.s3.get('a', [], { method: 'DELETE' });
  }
}

let versioned: Versioned;
beforeEach(async () => {
  versioned = new Versioned(await createS3Harness());
});

describe('in a bucket without versions', () => {
  it('answers tell no version, and `null` names the object', async () => {
    const put = await versioned.s3.put('a', 'x');
    const get = await versioned.version('GET', 'null');
    expect([put.header('x-amz-version-id'), get.text, get.header('x-amz-version-id')]).toEqual([
      undefined,
      'x',
      undefined,
    ]);
    const deleted = await versioned.delete();
    expect([deleted.status, deleted.header('x-amz-delete-marker'), deleted.header('x-amz-version-id')]).toEqual([
      204,
      undefined,
      undefined,
    ]);
    expect(versioned.s3.world.rooms['s3.disk'].ids()).toEqual([]);
  });

  it('no other version can be', async () => {
    await versioned.s3.put('a', 'x');
    const { error, status } = await versioned.version('GET', 'x'.repeat(32));
    expect([status, error.Code, error.Message]).toEqual([400, 'InvalidArgument', 'Invalid version id specified']);
  });
});

describe('in a bucket with versions', () => {
  beforeEach(() => versioned.switchTo('Enabled'));

  it('each write makes a version, and each stays readable', async () => {
    const ids = [await versioned.put('one'), await versioned.put('two')];
    for (const id of ids) expect(id).toMatch(ID);
    const texts: string[] = [];
    for (const id of ids) texts.push((await versioned.version('GET', id)).text);
    expect(texts).toEqual(['one', 'two']);
    const latest = await versioned.s3.get('a');
    expect([latest.text, latest.header('x-amz-version-id')]).toEqual(['two', ids[1]]);
  });

  it('F-VER-002: a delete puts a marker in front, and taking that away brings the object back', async () => {
    const id = await versioned.put('one');
    const deleted = await versioned.delete();
    const marker = deleted.header('x-amz-version-id');
    expect([deleted.status, deleted.header('x-amz-delete-marker')]).toEqual([204, 'true']);
    expect(marker).toMatch(ID);
    for (const method of ['GET', 'HEAD']) {
      const gone = await versioned.s3.get('a', [], { method });
      expect([gone.status, gone.header('x-amz-delete-marker'), gone.header('x-amz-version-id')]).toEqual([
        404,
        'true',
        marker,
      ]);
      const refused = await versioned.version(method, marker);
      expect([refused.status, refused.header('x-amz-delete-marker'), refused.header('allow')]).toEqual([
        405,
        'true',
        'DELETE',
      ]);
      expect(refused.header('last-modified')).toMatch(/GMT$/);
    }
    expect((await versioned.version('GET', marker)).error).toMatchObject({
      Code: 'MethodNotAllowed',
      ResourceType: 'DeleteMarker',
    });
    expect((await versioned.version('GET', id)).text).toBe('one');
    const removed = await versioned.version('DELETE', marker);
    expect([removed.header('x-amz-delete-marker'), removed.header('x-amz-version-id')]).toEqual(['true', marker]);
    expect((await versioned.s3.get('a')).text).toBe('one');
  });

  it('a version that is removed is gone from the disks, the others are not', async () => {
    const disk = versioned.s3.world.rooms['s3.disk'];
    const before = disk.ids();
    const ids = [await versioned.put('one'), await versioned.put('two')];
    const removed = await versioned.version('DELETE', ids[1]);
    expect([removed.status, removed.header('x-amz-version-id'), removed.header('x-amz-delete-marker')]).toEqual([
      204,
      ids[1],
      undefined,
    ]);
    expect((await versioned.s3.get('a')).text).toBe('one');
    const missing = await versioned.version('GET', ids[1]);
    expect([missing.status, missing.error.Code, missing.error.VersionId]).toEqual([404, 'NoSuchVersion', ids[1]]);
    await versioned.version('DELETE', ids[0]);
    expect(disk.ids()).toEqual(before);
    expect((await versioned.version('DELETE', ids[0])).status).toBe(204);
  });

  it('what was there before is the version `null`', async () => {
    const plain = new Versioned(await createS3Harness());
    await plain.put('before');
    await plain.switchTo('Enabled');
    const id = await plain.put('after');
    expect((await plain.version('GET', 'null')).text).toBe('before');
    expect((await plain.version('GET', 'null')).header('x-amz-version-id')).toBe('null');
    expect((await plain.version('GET', id)).text).toBe('after');
  });

  it.each(['', 'x', '../../etc', 'x'.repeat(33)])('"%s" cannot be a version', async id => {
    await versioned.put('x');
    for (const method of ['GET', 'DELETE']) {
      const { status, error } = await versioned.version(method, id);
      expect([status, error.Code, error.ArgumentName]).toEqual([400, 'InvalidArgument', 'versionId']);
    }
  });
});

describe('while versioning is suspended', () => {
  beforeEach(async () => {
    await versioned.switchTo('Enabled');
    await versioned.put('kept');
    await versioned.switchTo('Suspended');
  });

  it('a write replaces only the version `null`', async () => {
    expect(await versioned.put('one')).toBeUndefined();
    await versioned.put('two');
    const latest = await versioned.s3.get('a');
    expect([latest.text, latest.header('x-amz-version-id')]).toEqual(['two', 'null']);
    const { objects } = versioned.s3.world;
    expect(objects.versions(versioned.s3.bucketName, 'a').map(version => version.versionId)).toEqual([
      'null',
      expect.stringMatching(ID),
    ]);
  });

  it('a delete leaves the marker `null`', async () => {
    await versioned.put('one');
    const deleted = await versioned.delete();
    expect([deleted.header('x-amz-version-id'), deleted.header('x-amz-delete-marker')]).toEqual(['null', 'true']);
    expect((await versioned.s3.get('a')).status).toBe(404);
    expect((await versioned.version('DELETE', 'null')).header('x-amz-delete-marker')).toBe('true');
    expect((await versioned.s3.get('a')).text).toBe('kept');
  });
});

describe('the encryption of versions', () => {
  it('F-VER-001: each keeps the one it was written with', async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    versioned = new Versioned(s3);
    await versioned.switchTo('Enabled');
    const first = await versioned.put('one');
    await s3.configure(encryptionXml(defaultRule('aws:kms', s3.world.names.kmsKeyArn)));
    const second = await versioned.put('two');
    expect((await versioned.version('GET', first)).header(SSE)).toBe('AES256');
    expect((await versioned.version('GET', second)).header(SSE)).toBe('aws:kms');
    expect([(await versioned.version('GET', first)).text, (await versioned.version('GET', second)).text]).toEqual([
      'one',
      'two',
    ]);
  });

  it('F-SSC-029: each version may have a customer key of its own', async () => {
    const s3 = await createS3Harness();
    await s3.configure(encryptionXml(UNBLOCK_RULE));
    versioned = new Versioned(s3);
    await versioned.switchTo('Enabled');
    const keys = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)].map(raw => customerKeyHeaders(raw));
    const ids: (string | undefined)[] = [];
    for (const headers of keys) ids.push((await s3.put('a', 'x', headers)).header('x-amz-version-id'));
    const read = async (version: number, one: number) =>
      (await s3.get('a', keys[one] ?? [], { query: `versionId=${ids[version]}` })).status;
    expect([await read(0, 0), await read(1, 1), await read(0, 1)]).toEqual([200, 200, 403]);
  });
});
