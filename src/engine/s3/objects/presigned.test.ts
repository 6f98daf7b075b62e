import { describe, expect, it } from 'vitest';
import {
  createS3Harness,
  customerKeyHeaders,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { formatObjectPath } from '../../http/address.ts';
import { EMPTY_BODY, type Header } from '../../http/message.ts';
import { presign } from '../../sigv4/sigV4.ts';
import type { PrincipalName } from '../../trace/trace.ts';
import { REGION } from '../../world.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
const KEY = new Uint8Array(32).fill(0x5e);

/** The query of a presigned request for object `a`. */
async function signed(
  s3: S3Harness,
  method: string,
  headers: readonly Header[] = [],
  as: PrincipalName = 'owner',
): Promise<string> {
  const host: Header = ['host', `s3.${REGION}.amazonaws.com`];
  const path = formatObjectPath(s3.bucketName, 'a');
  const request = { method, path, query: '', headers: [host, ...headers], body: EMPTY_BODY };
  const { credentials } = s3.world.customers[as];
  return (await presign(request, credentials, { region: REGION, service: 's3' }, NOW, 900)).query;
}
const use = async (s3: S3Harness, query: string, method = 'GET', headers: readonly Header[] = [], body = '') =>
  s3.get('a', headers, { method, query, body, as: 'anonymous' });

describe('a presigned URL', () => {
  it('F-PRE-001: reads an object in every mode of S3’s own, without a header', async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    const arn = s3.world.names.kmsKeyArn;
    for (const mode of ['AES256', 'aws:kms', 'aws:kms:dsse']) {
      const named: Header[] = mode === 'AES256' ? [] : [[`${SSE}-aws-kms-key-id`, arn]];
      await s3.put('a', mode, [[SSE, mode], ...named]);
      expect((await use(s3, await signed(s3, 'GET'))).text).toBe(mode);
    }
  });

  it('F-PRE-002: to write with encryption headers that were signed needs exactly those', async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    const headers: Header[] = [[SSE, 'AES256']];
    const query = await signed(s3, 'PUT', headers);
    expect((await use(s3, query, 'PUT', [], 'x')).status).toBe(403);
    expect((await use(s3, query, 'PUT', [[SSE, 'aws:kms']], 'x')).error.Code).toBe('SignatureDoesNotMatch');
    expect((await use(s3, query, 'PUT', headers, 'x')).header(SSE)).toBe('AES256');
  });

  it('F-PRE-003: has the permissions of the one who signed, in KMS too', async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    await s3.put('a', 'x', [
      [SSE, 'aws:kms'],
      [`${SSE}-aws-kms-key-id`, s3.world.names.kmsKeyArn],
    ]);
    const byAdmin = await use(s3, await signed(s3, 'GET', [], 's3-admin'));
    expect([byAdmin.status, byAdmin.error.Message]).toEqual([403, expect.stringContaining('kms:Decrypt')]);
    expect((await use(s3, await signed(s3, 'GET', [], 'owner'))).status).toBe(200);
    expect((await use(s3, await signed(s3, 'GET', [], 'stranger'))).status).toBe(403);
  });

  it('F-PRE-004, F-SSC-026: for SSE-C the key’s headers are sent with it', async () => {
    const s3 = await createS3Harness();
    await s3.configure(encryptionXml(UNBLOCK_RULE));
    const headers = customerKeyHeaders(KEY);
    await s3.put('a', 'x', headers);
    const query = await signed(s3, 'GET', headers);
    expect((await use(s3, query)).status).toBe(403);
    expect((await use(s3, query, 'GET', headers)).text).toBe('x');
  });
});
