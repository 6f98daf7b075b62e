import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  createS3Harness,
  customerKeyHeaders,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import type { Header } from '../../http/message.ts';

const KEY_ID = `${SSE}-aws-kms-key-id`;
const BUCKET_KEY = `${SSE}-bucket-key-enabled`;
const CONTEXT = `${SSE}-context`;
const PAIRS = 'eyJkZXBhcnRtZW50IjoiZmluYW5jZSJ9';
const NAMES = ['', '-aws-kms-key-id', '-bucket-key-enabled', '-context', '-customer-algorithm', '-customer-key'];
const KEY = new Uint8Array(32).fill(0x5e);
const [algorithm, , keyMd5] = customerKeyHeaders(KEY) as [Header, Header, Header];

/** Every encryption header that an answer has. */
const told = ({ header }: Answer) =>
  Object.fromEntries(
    [...NAMES, '-customer-key-MD5']
      .map(name => [`${SSE}${name}`, header(`${SSE}${name}`)] as const)
      .filter(([, value]) => value !== undefined),
  );

describe('what answers tell about encryption (facts, 2.2)', () => {
  let s3: S3Harness;
  let arn: string;
  let modes: Record<string, { writing: Header[]; expected: Record<string, string>; reading: Header[] }>;
  beforeAll(async () => {
    s3 = await createS3Harness('sse-kms-cmk');
    await s3.configure(encryptionXml(UNBLOCK_RULE));
    arn = s3.world.names.kmsKeyArn;
    const kms: Header[] = [
      [SSE, 'aws:kms'],
      [KEY_ID, arn.split('/').at(-1) ?? ''],
      [CONTEXT, PAIRS],
    ];
    modes = {
      'SSE-S3': { writing: [[SSE, 'AES256']], expected: { [SSE]: 'AES256' }, reading: [] },
      'SSE-KMS': { writing: kms, expected: { [SSE]: 'aws:kms', [KEY_ID]: arn, [CONTEXT]: PAIRS }, reading: [] },
      'Bucket Key': {
        writing: [...kms, [BUCKET_KEY, 'true']],
        expected: { [SSE]: 'aws:kms', [KEY_ID]: arn, [CONTEXT]: PAIRS, [BUCKET_KEY]: 'true' },
        reading: [],
      },
      'Bucket Key off': {
        writing: [...kms, [BUCKET_KEY, 'false']],
        expected: { [SSE]: 'aws:kms', [KEY_ID]: arn, [CONTEXT]: PAIRS },
        reading: [],
      },
      'DSSE-KMS': {
        writing: [[SSE, 'aws:kms:dsse'], ...kms.slice(1), [BUCKET_KEY, 'true']],
        expected: { [SSE]: 'aws:kms:dsse', [KEY_ID]: arn, [CONTEXT]: PAIRS },
        reading: [],
      },
      'SSE-C': {
        writing: customerKeyHeaders(KEY),
        expected: { [algorithm[0]]: algorithm[1], [keyMd5[0]]: keyMd5[1] },
        reading: customerKeyHeaders(KEY),
      },
    };
  });
  const names = ['SSE-S3', 'SSE-KMS', 'Bucket Key', 'Bucket Key off', 'DSSE-KMS', 'SSE-C'];

  it.each(names)('F-HDR-020: PutObject in mode %s tells all, the context too', async name => {
    const { writing, expected } = modes[name] ?? { writing: [], expected: {} };
    expect(told(await s3.put('a', 'x', writing))).toEqual(expected);
  });

  it.each(names)('F-HDR-021, F-HDR-022: GetObject and HeadObject in mode %s tell all but the context', async name => {
    const { writing, expected, reading } = modes[name] ?? { writing: [], expected: {}, reading: [] };
    await s3.put('a', 'x', writing);
    const { [CONTEXT]: _, ...rest } = expected;
    for (const method of ['GET', 'HEAD']) expect(told(await s3.get('a', reading, { method }))).toEqual(rest);
  });

  it.each(names)('F-HDR-023: CopyObject to mode %s tells all, the context too', async name => {
    const { writing, expected } = modes[name] ?? { writing: [], expected: {} };
    await s3.put('source', 'x');
    const source: Header = ['x-amz-copy-source', `${s3.bucketName}/source`];
    expect(told(await s3.put('a', '', [source, ...writing]))).toEqual(expected);
  });

  it('F-HDR-030: DeleteObject tells nothing, and does not mind what it is told', async () => {
    await s3.put('a', 'x', customerKeyHeaders(KEY));
    const answer = await s3.get('a', [[SSE, 'AES256']], { method: 'DELETE' });
    expect([answer.status, told(answer)]).toEqual([204, {}]);
  });

  it.each(['TRUE', 'yes', ''])('F-HDR-004: the Bucket Key header “%s” is a flag or refused', async flag => {
    const answer = await s3.put('a', 'x', [
      [SSE, 'aws:kms'],
      [KEY_ID, arn],
      [BUCKET_KEY, flag],
    ]);
    expect(answer.status).toBe(flag === 'TRUE' ? 200 : 400);
  });

  it('F-HDR-036: aws:kms without a key means the AWS managed key', async () => {
    const answer = await s3.put('a', 'x', [[SSE, 'aws:kms']]);
    expect(answer.status).toBe(200);
    expect(answer.header(KEY_ID)).not.toBe(arn);
    expect((await s3.get('a')).text).toBe('x');
  });
});
