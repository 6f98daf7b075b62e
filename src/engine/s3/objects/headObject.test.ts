import { beforeAll, describe, expect, it } from 'vitest';
import {
  createS3Harness,
  customerKeyHeaders,
  encryptionXml,
  type S3Harness,
  SSE,
  SSE_C,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import type { Header } from '../../http/message.ts';

const KEY = new Uint8Array(32).fill(0x5e);
const OTHER_KEY = new Uint8Array(32).fill(0x5f);
const CHECKSUM: Header = ['x-amz-checksum-mode', 'ENABLED'];
const head = (s3: S3Harness, name: string, headers: readonly Header[] = [], more = {}) =>
  s3.get(name, headers, { method: 'HEAD', ...more });
/** Kinds of API calls that KMS got since the world began. */
const kmsCalls = ({ world }: S3Harness) =>
  world.rooms.audit
    .entries()
    .map(([, record]) => record as { eventSource?: string; eventName?: string })
    .filter(({ eventSource }) => eventSource === 'kms.amazonaws.com')
    .map(({ eventName }) => eventName);

describe('a HEAD', () => {
  it.each(['sse-s3', 'sse-kms-cmk', 'dsse-kms', 'sse-c', 'none'] as const)(
    'F-HED-001: tells what a GET tells, without the object, in mode %s',
    async mode => {
      const s3 = await createS3Harness(mode);
      if (mode === 'sse-c') await s3.configure(encryptionXml(UNBLOCK_RULE));
      const named: Header = [`${SSE}-aws-kms-key-id`, s3.world.names.kmsKeyArn];
      const writing: Record<typeof mode, Header[]> = {
        'sse-s3': [],
        'sse-kms-cmk': [[SSE, 'aws:kms'], named],
        'dsse-kms': [[SSE, 'aws:kms:dsse'], named],
        'sse-c': customerKeyHeaders(KEY),
        none: [],
      };
      const reading = mode === 'sse-c' ? writing[mode] : [];
      await s3.put('a', 'content', [...writing[mode], ['x-amz-meta-colour', 'blue']]);
      const names = ['content-length', 'etag', 'last-modified', 'content-type', 'accept-ranges', 'x-amz-meta-colour'];
      const all = [...names, 'x-amz-checksum-crc64nvme', 'x-amz-checksum-type', 'content-range', SSE, named[0]];
      for (const more of [[], [CHECKSUM], [['range', 'bytes=1-3'] as const]]) {
        const [ofHead, ofGet] = [await head(s3, 'a', [...reading, ...more]), await s3.get('a', [...reading, ...more])];
        expect(ofHead.text).toBe('');
        expect(ofHead.status).toBe(ofGet.status);
        expect(all.map(name => ofHead.header(name))).toEqual(all.map(name => ofGet.header(name)));
      }
      expect((await head(s3, 'a', [...reading, CHECKSUM])).header('x-amz-checksum-crc64nvme')).toBeDefined();
      expect(s3.world.rooms['s3.memory'].ids()).toEqual([]);
    },
  );

  describe('of a KMS object', () => {
    let s3: S3Harness;
    beforeAll(async () => {
      s3 = await createS3Harness('sse-kms-cmk');
      const named: Header = [`${SSE}-aws-kms-key-id`, s3.world.names.kmsKeyArn];
      await s3.put('kms', 'content', [[SSE, 'aws:kms'], named]);
      await s3.put('dsse', 'content', [[SSE, 'aws:kms:dsse'], named]);
    });

    it.each(['kms', 'dsse'])('F-HED-004, F-KSM-055: %s needs no KMS permission', async name => {
      const before = kmsCalls(s3);
      expect((await head(s3, name, [], { as: 's3-admin' })).status).toBe(200);
      expect(kmsCalls(s3)).toEqual(before);
    });

    it.each(['kms', 'dsse'])('F-KSM-056: %s with its checksum needs kms:Decrypt', async name => {
      expect((await head(s3, name, [CHECKSUM], { as: 's3-admin' })).status).toBe(403);
      const before = kmsCalls(s3).length;
      expect((await head(s3, name, [CHECKSUM])).header('x-amz-checksum-type')).toBe('FULL_OBJECT');
      expect(kmsCalls(s3).slice(before)).toEqual(['Decrypt']);
    });

    it('F-HED-002: refuses encryption headers', async () => {
      for (const header of [
        [SSE, 'aws:kms'],
        [`${SSE}-aws-kms-key-id`, 'x'],
      ] as const) {
        const answer = await head(s3, 'kms', [header]);
        expect([answer.status, answer.text]).toEqual([400, '']);
      }
    });
  });

  describe('of an SSE-C object', () => {
    let s3: S3Harness;
    beforeAll(async () => {
      s3 = await createS3Harness('sse-c');
      await s3.configure(encryptionXml(UNBLOCK_RULE));
      await s3.put('a', 'content', customerKeyHeaders(KEY));
      await s3.put('b', 'content');
    });

    const rows: readonly (readonly [string, string, readonly Header[], number])[] = [
      ['F-HED-003, F-SSC-027: without its key', 'a', [], 400],
      ['F-HED-003: with its key', 'a', customerKeyHeaders(KEY), 200],
      ['F-ERR-017: with another algorithm', 'a', customerKeyHeaders(KEY, { algorithm: 'AES128' }), 400],
      ['F-ERR-017: with another key', 'a', customerKeyHeaders(OTHER_KEY), 403],
      ['F-ERR-011: with a key of another length', 'a', customerKeyHeaders(new Uint8Array(44)), 403],
      ['F-ERR-012: with a key it was not made with', 'b', customerKeyHeaders(KEY), 400],
    ];
    it.each(rows)('%s', async (_what, name, headers, status) => {
      const answer = await head(s3, name, headers);
      expect([answer.status, answer.text]).toEqual([status, '']);
      expect(s3.world.rooms['s3.memory'].ids()).toEqual([]);
    });

    it('F-SSC-037, F-SSC-039: tells the ordinary checksum and the key’s MD5', async () => {
      const plain = await head(s3, 'b', [CHECKSUM]);
      const locked = await head(s3, 'a', [...customerKeyHeaders(KEY), CHECKSUM]);
      expect(locked.header('x-amz-checksum-crc64nvme')).toBe(plain.header('x-amz-checksum-crc64nvme'));
      expect(locked.header(`${SSE_C}-key-MD5`)).toBe(customerKeyHeaders(KEY)[2]?.[1]);
    });
  });

  it('F-HED-001: of what is not there has a status and nothing else', async () => {
    const s3 = await createS3Harness();
    const answer = await head(s3, 'nothing');
    expect([answer.status, answer.text]).toEqual([404, '']);
  });
});

describe('whoever may not list the bucket', () => {
  it('is not told that an object is missing: 403', async () => {
    const s3 = await createS3Harness();
    const name = 'nothing';
    const resource = `arn:aws:s3:::${s3.bucketName}`;
    const denied = { Effect: 'Deny', Principal: '*', Action: 's3:ListBucket', Resource: resource };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [denied] });
    const headers: Header[] = [['content-md5', toBase64(md5(new TextEncoder().encode(policy)))]];
    const put = await s3.ask({ method: 'PUT', path: `/${s3.bucketName}`, query: 'policy', body: policy, headers });
    expect(put.status).toBe(204);
    const answer = await s3.get(name);
    expect([answer.status, answer.error.Code]).toEqual([403, 'AccessDenied']);
    expect(answer.error.Message).toContain('s3:ListBucket');
    expect((await head(s3, name)).status).toBe(403);
  });
});
