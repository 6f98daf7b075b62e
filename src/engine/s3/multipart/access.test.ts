import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  type MultipartHarness,
  OTHER_KEY,
  sseC,
} from '../../../testing/multipartHarness.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';

const SUM = ['x-amz-checksum-crc32', 'NSRBwg=='] as const;
const SAID = '<ChecksumCRC32>NSRBwg==</ChecksumCRC32>';

/** Lets somebody do anything in the bucket. */
async function open(s3: MultipartHarness, principal: string): Promise<void> {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal === '*' ? '*' : { AWS: principal },
        Action: 's3:*',
        Resource: ['arn:aws:s3:::the-bucket', 'arn:aws:s3:::the-bucket/*'],
      },
    ],
  });
  await s3.send({ method: 'DELETE', path: '/the-bucket', query: 'publicAccessBlock' });
  const headers = [['content-md5', toBase64(md5(utf8(policy)))]] as const;
  const put = await s3.send({ method: 'PUT', path: '/the-bucket', query: 'policy', body: policy, headers });
  expect(put.status, put.text).toBe(204);
}

describe('F-MPU-006: SSE-C headers on CompleteMultipartUpload and ListParts', () => {
  it.each([
    ['are not missed', [], 200],
    ['are taken', sseC(CUSTOMER_KEY), 200],
    ['are refused when the key is another', sseC(OTHER_KEY), 400],
  ] as const)('%s', async (_name, headers, status) => {
    const s3 = await createMultipartHarness();
    const created = [...sseC(CUSTOMER_KEY), ['x-amz-checksum-algorithm', 'CRC32']] as const;
    const upload = { name: 'a', id: await s3.open('a', created) };
    const part = await s3.part(upload, 1, 'abc', [...sseC(CUSTOMER_KEY), SUM]);
    const list = await s3.onObject('GET', 'a', `uploadId=${encodeURIComponent(upload.id)}`, { headers });
    expect(list.status).toBe(status);
    const done = await s3.complete(upload, [[1, part.header('etag') ?? '', SAID]], { headers });
    expect(done.status, done.text).toBe(status);
    expect(s3.complaints).toEqual([]);
  });
});

describe('F-MPU-008: a caller of another account', () => {
  it('needs KMS rights in the key’s policy too', async () => {
    const s3 = await createMultipartHarness();
    await open(s3, 'arn:aws:iam::444455556666:root');
    const headers = s3.headersOf('SSE-KMS cmk');
    const sent = { headers, as: 'stranger' } as const;
    const denied = await s3.onObject('POST', 'a', 'uploads', sent);
    expect([denied.status, denied.code]).toEqual([403, 'AccessDenied']);
    const statement = (account: string, actions: string | string[]) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: actions,
      Resource: '*',
    });
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        statement('111122223333', 'kms:*'),
        statement('444455556666', ['kms:GenerateDataKey', 'kms:Decrypt']),
      ],
    });
    const put = await s3.kms('PutKeyPolicy', { KeyId: s3.kmsKeyArn, Policy: policy });
    expect(put.status, put.text).toBe(200);
    const upload = { name: 'a', id: await s3.open('a', headers, { as: 'stranger' }) };
    expect((await s3.part(upload, 1, 'abc', [], { as: 'stranger' })).status).toBe(200);
    expect(s3.complaints).toEqual([]);
  });
});

describe('F-ERR-034: somebody who does not sign', () => {
  it('may use an upload of an open bucket, unless KMS is needed', async () => {
    const s3 = await createMultipartHarness();
    await open(s3, '*');
    const anonymous = { as: 'anonymous' } as const;
    const plain = { name: 'a', id: await s3.open('a') };
    expect((await s3.part(plain, 1, 'abc', [], anonymous)).status).toBe(200);
    const locked = { name: 'b', id: await s3.open('b', s3.headersOf('SSE-KMS cmk')) };
    const answers = [
      await s3.part(locked, 1, 'abc', [], anonymous),
      await s3.onObject('GET', 'b', `uploadId=${encodeURIComponent(locked.id)}`, anonymous),
      await s3.onObject('POST', 'c', 'uploads', { ...anonymous, headers: s3.headersOf('SSE-KMS cmk') }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument']);
      expect(answer.text).toContain('require AWS Signature Version 4.');
    }
    expect(s3.complaints).toEqual([]);
  });
});
