import { describe, expect, it } from 'vitest';
import {
  createS3Harness,
  customerKeyHeaders,
  defaultRule,
  encryptionXml,
  SSE,
  SSE_C,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';

const KEY = new Uint8Array(32).fill(7);
const BLOCK_RULE = UNBLOCK_RULE.replace('NONE', 'SSE-C');

describe('what a bucket’s rule does to its objects', () => {
  it('F-BKT-009: a new default is for new objects only', async () => {
    const { put, get, configure } = await createS3Harness('sse-kms-cmk');
    await put('old', 'text');
    await configure(encryptionXml(defaultRule('aws:kms')));
    await put('new', 'text');
    expect([(await get('old')).header(SSE), (await get('new')).header(SSE)]).toEqual(['AES256', 'aws:kms']);
  });

  it('F-BKT-010: a KMS default subjects writers to KMS, even those who send no header', async () => {
    const { put, configure, world } = await createS3Harness('sse-kms-cmk');
    expect((await put('a', 'text', [], { as: 's3-admin' })).status).toBe(200);
    await configure(encryptionXml(defaultRule('aws:kms', world.names.kmsKeyArn)));
    expect((await put('b', 'text', [], { as: 's3-admin' })).status).toBe(403);
  });

  it('F-BKT-011: a request with another mode overrides the default', async () => {
    const { put, configure, world } = await createS3Harness('sse-kms-cmk');
    await configure(encryptionXml(defaultRule('aws:kms', world.names.kmsKeyArn)));
    expect((await put('a', 'text', [[SSE, 'AES256']])).header(SSE)).toBe('AES256');
  });

  it('F-BLK-003, F-BLK-011: a write that asks for SSE-C is refused while it is blocked', async () => {
    const { put, bucketName } = await createS3Harness();
    const answer = await put('a', 'text', customerKeyHeaders(KEY));
    expect([answer.status, answer.error.Code, answer.error.Message]).toEqual([
      403,
      'AccessDenied',
      `User: arn:aws:iam::111122223333:user/application-owner is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${bucketName}/a" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
    ]);
  });

  it('F-BLK-004: objects that were written before stay readable with their key', async () => {
    const { put, get, configure } = await createS3Harness();
    await configure(encryptionXml(UNBLOCK_RULE));
    expect((await put('a', 'text', customerKeyHeaders(KEY))).status).toBe(200);
    await configure(encryptionXml(BLOCK_RULE));
    expect((await put('b', 'text', customerKeyHeaders(KEY))).status).toBe(403);
    const answer = await get('a', customerKeyHeaders(KEY));
    expect([answer.text, answer.header(`${SSE_C}-algorithm`)]).toEqual(['text', 'AES256']);
  });
});
