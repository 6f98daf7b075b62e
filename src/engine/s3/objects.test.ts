import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  createS3Harness,
  customerKeyHeaders,
  defaultRule,
  encryptionXml,
  type S3Harness,
  SSE,
  SSE_C,
  UNBLOCK_RULE,
} from '../../testing/s3Harness.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { findHeader, type Header } from '../http/message.ts';
import type { Mode } from '../trace/trace.ts';

const KEY = new TextEncoder().encode('1234567890abcdef1234567890abcdef');
const KMS_KEY_ID = `${SSE}-aws-kms-key-id`;
const MODES_AT_REST = ['sse-s3', 'sse-kms-aws', 'sse-kms-cmk', 'dsse-kms', 'sse-c', 'none'] as const;
type ModeAtRest = (typeof MODES_AT_REST)[number];

/** A bucket in which `mode` can be used, and the headers that ask for it. */
async function createFor(mode: ModeAtRest): Promise<{ s3: S3Harness; writing: Header[]; reading: Header[] }> {
  const s3 = await createS3Harness(mode);
  const named: Header = [KMS_KEY_ID, s3.world.names.kmsKeyArn];
  if (mode === 'sse-c') await s3.configure(encryptionXml(UNBLOCK_RULE));
  const writing: Record<ModeAtRest, Header[]> = {
    'sse-s3': [[SSE, 'AES256']],
    'sse-kms-aws': [[SSE, 'aws:kms']],
    'sse-kms-cmk': [[SSE, 'aws:kms'], named],
    'dsse-kms': [[SSE, 'aws:kms:dsse'], named],
    'sse-c': customerKeyHeaders(KEY),
    none: [],
  };
  return { s3, writing: writing[mode], reading: mode === 'sse-c' ? writing[mode] : [] };
}

async function sha256Of(text: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** What an answer says about encryption. */
function encryptionOf({ header }: Answer) {
  const names = ['', '-aws-kms-key-id', '-bucket-key-enabled', '-context', '-customer-algorithm', '-customer-key'];
  const pairs = [...names, '-customer-key-MD5'].map(name => [name, header(`${SSE}${name}`)] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

describe.each(MODES_AT_REST)('an object in mode %s', mode => {
  it('comes back byte for byte, with its type, its metadata and the hash of what was sent', async () => {
    const { s3, writing, reading } = await createFor(mode);
    const more: Header[] = [
      ['content-type', 'text/plain'],
      ['x-amz-meta-Colour', 'blue'],
      ['x-amz-checksum-sha256', await sha256Of('test_data')],
    ];
    expect((await s3.put('a', 'test_data', [...writing, ...more])).status).toBe(200);
    const answer = await s3.get('a', [...reading, ['x-amz-checksum-mode', 'ENABLED']]);
    expect([answer.status, answer.text]).toEqual([200, 'test_data']);
    expect(answer.header('content-type')).toBe('text/plain');
    expect(answer.header('x-amz-meta-colour')).toBe('blue');
    expect(answer.header('content-length')).toBe('9');
    expect(answer.header('x-amz-checksum-sha256')).toBe(await sha256Of('test_data'));
    expect(answer.header('x-amz-checksum-type')).toBe('FULL_OBJECT');
    expect((await s3.get('a', reading)).header('x-amz-checksum-sha256')).toBeUndefined();
  });

  it('tells the same about its encryption on PUT and GET, and never the key (F-HDR-031…035)', async () => {
    const { s3, writing, reading } = await createFor(mode);
    const expected: Record<ModeAtRest, Record<string, string>> = {
      'sse-s3': { '': 'AES256' },
      'sse-kms-aws': { '': 'aws:kms', '-aws-kms-key-id': s3.world.names.kmsKeyArn },
      'sse-kms-cmk': { '': 'aws:kms', '-aws-kms-key-id': s3.world.names.kmsKeyArn },
      'dsse-kms': { '': 'aws:kms:dsse', '-aws-kms-key-id': s3.world.names.kmsKeyArn },
      // F-KAT-030
      'sse-c': { '-customer-algorithm': 'AES256', '-customer-key-MD5': 'JMwgiexXqwuPqIPjYFmIZQ==' },
      none: {},
    };
    expect(encryptionOf(await s3.put('a', 'x', writing))).toEqual(expected[mode]);
    expect(encryptionOf(await s3.get('a', reading))).toEqual(expected[mode]);
  });

  it('has an ETag that is the MD5 under SSE-S3 and at rest in plain, else 32 opaque digits (F-ETG-001…004)', async () => {
    const { s3, writing, reading } = await createFor(mode);
    const isDigest = mode === 'sse-s3' || mode === 'none';
    // F-KAT-040…042
    const known = [
      ['test', '098f6bcd4621d373cade4e832627b4f6'],
      ['', 'd41d8cd98f00b204e9800998ecf8427e'],
      ['test_data', '6af8307c2460f2d208ad254f04be4b0d'],
    ] as const;
    for (const [text, digest] of known) {
      const etags = [
        (await s3.put('a', text, writing)).header('etag'),
        (await s3.put('b', text, writing)).header('etag'),
      ];
      expect((await s3.get('b', reading)).header('etag')).toBe(etags[1]);
      for (const etag of etags) expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
      if (isDigest) expect(etags).toEqual([`"${digest}"`, `"${digest}"`]);
      else expect(new Set([...etags, `"${digest}"`]).size).toBe(3);
    }
  });

  it('leaves nothing of itself on the disks when it is overwritten', async () => {
    const { s3, writing, reading } = await createFor(mode);
    const { rooms, objects } = s3.world;
    const disk = rooms['s3.disk'];
    const rules = disk.ids();
    await s3.put('a', 'the former text, long enough to be looked for', writing);
    const former = objects.find(s3.bucketName, 'a')?.pieces ?? [];
    expect(disk.ids()).toEqual([...rules, ...former]);
    await s3.put('a', 'the new text', writing);
    const present = objects.find(s3.bucketName, 'a')?.pieces ?? [];
    expect(former.filter(id => present.includes(id))).toEqual([]);
    expect(disk.ids().sort()).toEqual([...rules, ...present].sort());
    expect((await s3.get('a', reading)).text).toBe('the new text');
  });

  it('is not lost when another one with the same content is overwritten', async () => {
    const { s3, writing, reading } = await createFor(mode);
    for (const name of ['a', 'b']) await s3.put(name, 'the same', writing);
    await s3.put('a', 'another', writing);
    expect((await s3.get('b', reading)).text).toBe('the same');
    await s3.put('b', 'the same', writing);
    expect((await s3.get('b', reading)).text).toBe('the same');
  });

  it('leaves S3’s memory empty, and on the disks nothing to read but in the world before 2023', async () => {
    const { s3, writing, reading } = await createFor(mode);
    const text = 'The quarterly figures stay between us.';
    await s3.put('a', text, writing);
    await s3.get('a', reading);
    const { rooms } = s3.world;
    expect(rooms['s3.memory'].ids()).toEqual([]);
    const disks = rooms['s3.disk'].entries().map(([, piece]) => (piece instanceof Uint8Array ? toHex(piece) : ''));
    const isFound = (secret: Uint8Array) => disks.some(bytes => bytes.includes(toHex(secret)));
    expect(isFound(new TextEncoder().encode(text))).toBe(mode === 'none');
    expect(isFound(KEY)).toBe(false);
  });

  it('is not given out when a bit of it has changed on the disks', async () => {
    const { s3, writing, reading } = await createFor(mode);
    await s3.put('a', 'text', writing);
    const stored = s3.world.objects.find(s3.bucketName, 'a');
    const bytes = s3.world.rooms['s3.disk'].getBytes(stored?.parts[0]?.body ?? '');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const answer = await s3.get('a', reading);
    // Nothing at rest guards an unencrypted object: S3 hands out what lies there, and the stored hash gives it away.
    expect([answer.status, answer.error.Code]).toEqual(mode === 'none' ? [200, undefined] : [500, 'InternalError']);
    expect(answer.text.includes('text')).toBe(false);
    expect(s3.world.rooms['s3.memory'].ids()).toEqual([]);
  });
});

describe('the bucket’s default', () => {
  it('applies when the request names no mode, and gives way when it does (F-HDR-035, F-HDR-037)', async () => {
    const { configure, put, world } = await createS3Harness('sse-kms-cmk');
    expect(encryptionOf(await put('a', 'x'))).toEqual({ '': 'AES256' });
    await configure(encryptionXml(defaultRule('aws:kms:dsse', world.names.kmsKeyArn)));
    expect(encryptionOf(await put('a', 'x'))).toMatchObject({ '': 'aws:kms:dsse' });
    expect(encryptionOf(await put('a', 'x', [[SSE, 'AES256']]))).toEqual({ '': 'AES256' });
  });

  it('names the key by id and is answered with its full ARN (F-HDR-033)', async () => {
    const { put, world } = await createS3Harness('sse-kms-cmk');
    const arn = world.names.kmsKeyArn;
    for (const name of [arn.split('/').at(-1) ?? '', 'alias/envelope-lab', arn]) {
      const answer = await put('a', 'x', [
        [SSE, 'aws:kms'],
        [KMS_KEY_ID, name],
      ]);
      expect(answer.header(KMS_KEY_ID)).toBe(arn);
    }
  });
});

describe('the encryption context', () => {
  it('is stored with the object and replayed on a GET that says nothing of it (F-KSM-072, F-KSM-075, F-KAT-045)', async () => {
    const { s3, writing } = await createFor('sse-kms-cmk');
    const context: Header = [`${SSE}-context`, 'eyJkZXBhcnRtZW50IjoiZmluYW5jZSJ9'];
    expect((await s3.put('a/b', 'text', [...writing, context])).status).toBe(200);
    expect(s3.world.objects.find(s3.bucketName, 'a/b')?.encryption).toMatchObject({
      context: { department: 'finance', 'aws:s3:arn': `arn:aws:s3:::${s3.bucketName}/a/b` },
    });
    expect((await s3.get('a/b')).text).toBe('text');
  });

  it('keeps an encrypted data key from being used for an object of another name', async () => {
    const { s3, writing } = await createFor('sse-kms-cmk');
    const { objects } = s3.world;
    await s3.put('a', 'text', writing);
    const stored = objects.find(s3.bucketName, 'a');
    if (stored?.encryption.type !== 'SSE-KMS') throw new Error('stored under SSE-KMS');
    const context = { 'aws:s3:arn': `arn:aws:s3:::${s3.bucketName}/b` };
    objects.put({ ...stored, objectName: 'b', encryption: { ...stored.encryption, context } });
    const answer = await s3.get('b');
    expect([answer.status, answer.error.Code, answer.error.Message]).toEqual([
      400,
      'KMS.InvalidCiphertextException',
      '',
    ]);
  });
});

describe('an object’s name', () => {
  it('comes back in its listing under the very same name, whatever characters it has', async () => {
    const s3 = await createS3Harness();
    const names = [
      '👩‍🔬 <b>.txt',
      'a/b//c',
      '/a',
      'a/',
      '..',
      '../../etc',
      '.',
      '100%',
      '%2F',
      'a?b=c&d#e',
      'ü+ö ~*\'"',
      '\\',
    ];
    for (const name of names) await s3.put(name, `content of ${name}`);
    for (const name of names) {
      expect((await s3.get(name)).text).toBe(`content of ${name}`);
      expect(s3.world.objects.find(s3.bucketName, name)?.objectName).toBe(name);
    }
  });

  it('tells two objects apart whenever it differs', async () => {
    const s3 = await createS3Harness();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1 }), async (one, two) => {
        fc.pre(one !== two);
        await s3.put(one, 'one');
        await s3.put(two, 'two');
        expect([(await s3.get(one)).text, (await s3.get(two)).text]).toEqual(['one', 'two']);
      }),
      { numRuns: 40 },
    );
  });
});

describe('S3’s answers', () => {
  it.each([...MODES_AT_REST] as Mode[])('carry in mode %s no key that was sent', async mode => {
    const { s3, writing, reading } = await createFor(mode as ModeAtRest);
    const answers = [await s3.put('a', 'x', writing), await s3.get('a', reading)];
    const sent = findHeader({ headers: writing }, `${SSE_C}-key`);
    for (const { header } of answers) expect(header(`${SSE_C}-key`)).toBeUndefined();
    expect(sent !== undefined).toBe(mode === 'sse-c');
  });
});
