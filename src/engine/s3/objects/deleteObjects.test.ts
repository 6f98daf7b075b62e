import { describe, expect, it } from 'vitest';
import {
  createS3Harness,
  customerKeyHeaders,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import type { Header } from '../../http/message.ts';

const hashed = (body: string): Header[] => [['content-md5', toBase64(md5(new TextEncoder().encode(body)))]];
const remove = (s3: S3Harness, body: string, headers = hashed(body), more = {}) =>
  s3.ask({ method: 'POST', path: `/${s3.bucketName}`, query: 'delete', body, headers, ...more });
const listed = (names: readonly string[], inside = '') =>
  `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}${names.map(name => `<Object><Key>${name}</Key></Object>`).join('')}</Delete>`;

describe('DeleteObjects', () => {
  it('deletes each, also what is not there, and says so', async () => {
    const s3 = await createS3Harness();
    for (const name of ['a', 'b', 'ü&.txt']) await s3.put(name, 'x');
    const answer = await remove(s3, listed(['a', 'nothing', 'ü&amp;.txt']));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(
      '<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Deleted><Key>a</Key></Deleted><Deleted><Key>nothing</Key></Deleted><Deleted><Key>ü&amp;.txt</Key></Deleted></DeleteResult>',
    );
    expect(s3.world.objects.names(s3.bucketName)).toEqual(['b']);
  });

  it('says nothing of what went well when it shall be quiet', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const answer = await remove(s3, listed(['a'], '<Quiet>true</Quiet>'));
    expect(answer.text).toMatch(/<DeleteResult xmlns="[^"]*"\/>$/);
    expect(s3.world.objects.names(s3.bucketName)).toEqual([]);
  });

  it('denies each object for itself', async () => {
    const s3 = await createS3Harness();
    for (const name of ['open', 'shut']) await s3.put(name, 'x');
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${s3.bucketName}/shut` },
      ],
    });
    const path = `/${s3.bucketName}`;
    const put = await s3.ask({ method: 'PUT', path, query: 'policy', body: policy, headers: hashed(policy) });
    expect(put.status).toBe(204);
    const answer = await remove(s3, listed(['open', 'shut']));
    expect(answer.text).toContain('<Deleted><Key>open</Key></Deleted><Error><Key>shut</Key><Code>AccessDenied</Code>');
    expect(s3.world.objects.names(s3.bucketName)).toEqual(['shut']);
  });

  it('makes delete markers and removes versions', async () => {
    const s3 = await createS3Harness();
    const enable = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    await s3.ask({
      method: 'PUT',
      path: `/${s3.bucketName}`,
      query: 'versioning',
      body: enable,
      headers: hashed(enable),
    });
    const id = (await s3.put('a', 'x')).header('x-amz-version-id');
    const first = await remove(s3, listed(['a']));
    const marker = /<DeleteMarkerVersionId>([^<]*)</.exec(first.text)?.[1];
    expect(first.text).toContain('<DeleteMarker>true</DeleteMarker>');
    const both = [marker, id].map(one => `<Object><Key>a</Key><VersionId>${one}</VersionId></Object>`).join('');
    const second = await remove(s3, `<Delete>${both}<Object><Key>a</Key><VersionId>x</VersionId></Object></Delete>`);
    expect(second.text).toContain(
      `<Deleted><Key>a</Key><VersionId>${marker}</VersionId><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>${marker}</DeleteMarkerVersionId></Deleted><Deleted><Key>a</Key><VersionId>${id}</VersionId></Deleted><Error><Key>a</Key><VersionId>x</VersionId><Code>NoSuchVersion</Code>`,
    );
    expect(s3.world.objects.isEmpty(s3.bucketName)).toBe(true);
  });

  it('needs a hash of its document, and the right one', async () => {
    const s3 = await createS3Harness();
    const body = listed(['a']);
    const none = await remove(s3, body, []);
    expect([none.status, none.error.Code]).toEqual([400, 'InvalidRequest']);
    expect((await remove(s3, body, hashed('other'))).error.Code).toBe('BadDigest');
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(body).digest('base64');
    expect((await remove(s3, body, [['x-amz-checksum-sha256', sha256]])).status).toBe(200);
  });

  it.each([
    '',
    'x',
    '<Delete/>',
    '<Delete><Object/></Delete>',
    '<Delete><Object><Key></Key></Object></Delete>',
    '<Other><Object><Key>a</Key></Object></Other>',
    listed(Array.from({ length: 1001 }, (_, at) => `k${at}`)),
    '<!DOCTYPE x [<!ENTITY e "a">]><Delete><Object><Key>&e;</Key></Object></Delete>',
  ])('refuses %s', async body => {
    const s3 = await createS3Harness();
    const { status, error } = await remove(s3, body);
    expect([status, error.Code]).toEqual([400, 'MalformedXML']);
  });
});

describe('DeleteObject', () => {
  it('F-HDR-030, F-SSC-028: needs no customer key', async () => {
    const s3 = await createS3Harness();
    await s3.configure(encryptionXml(UNBLOCK_RULE));
    await s3.put('a', 'x', customerKeyHeaders(new Uint8Array(32)));
    const answer = await s3.get('a', [], { method: 'DELETE' });
    expect([answer.status, answer.text, answer.header(SSE)]).toEqual([204, '', undefined]);
    expect((await s3.get('a')).error.Code).toBe('NoSuchKey');
  });

  it('needs the permission for it', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    for (const as of ['stranger', 'anonymous'] as const) {
      expect((await s3.get('a', [], { method: 'DELETE', as })).status).toBe(403);
    }
    expect((await s3.get('a')).text).toBe('x');
  });
});
