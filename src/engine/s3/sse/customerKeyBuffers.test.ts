import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  OTHER_KEY,
  SOURCE_PREFIX,
  sseC,
} from '../../../testing/multipartHarness.ts';
import type { Header } from '../../index.ts';
import type { CustomerKey } from '../customerKey.ts';

/** Every key that S3 read from headers. */
const read: CustomerKey[] = [];
vi.mock('../customerKey.ts', async original => {
  const real = await original<typeof import('../customerKey.ts')>();
  return {
    ...real,
    parseCustomerKey: (...sent: Parameters<typeof real.parseCustomerKey>) => {
      const customerKey = real.parseCustomerKey(...sent);
      read.push(customerKey);
      return customerKey;
    },
  };
});
beforeEach(() => {
  read.length = 0;
});

const OWN = sseC(CUSTOMER_KEY);
const FROM = sseC(CUSTOMER_KEY, SOURCE_PREFIX);
const SOURCE: Header = ['x-amz-copy-source', '/the-bucket/a'];

describe('a customer key that S3 has read is overwritten when the answer is', () => {
  it.each<[what: string, method: string, query: string, headers: readonly Header[], status: number]>([
    ['a PUT', 'PUT', '', OWN, 200],
    ['a PUT with a storage class that is none', 'PUT', '', [...OWN, ['x-amz-storage-class', 'X']], 400],
    ['a PUT whose checksum is wrong', 'PUT', '', [...OWN, ['x-amz-checksum-crc32', 'AAAAAA==']], 400],
    ['a PUT onto an object that is there', 'PUT', '', [...OWN, ['if-none-match', '*']], 412],
    ['a GET', 'GET', '', OWN, 200],
    ['a GET of a range that is not there', 'GET', '', [...OWN, ['range', 'bytes=99-']], 416],
    ['a GET with another key', 'GET', '', sseC(OTHER_KEY), 403],
    ['a HEAD with a condition that does not hold', 'HEAD', '', [...OWN, ['if-match', '"x"']], 412],
    ['a copy under one key', 'PUT', '', [SOURCE, ...OWN, ...FROM], 200],
    ['a copy with another key', 'PUT', '', [SOURCE, ...OWN, ...sseC(OTHER_KEY, SOURCE_PREFIX)], 403],
    [
      'a copy with a storage class that is none',
      'PUT',
      '',
      [SOURCE, ...OWN, ...FROM, ['x-amz-storage-class', 'X']],
      400,
    ],
    ['an upload', 'POST', 'uploads', OWN, 200],
    ['an upload with a storage class that is none', 'POST', 'uploads', [...OWN, ['x-amz-storage-class', 'X']], 400],
    ['an upload with a checksum that is none', 'POST', 'uploads', [...OWN, ['x-amz-checksum-algorithm', 'X']], 400],
    ['a question for attributes', 'GET', 'attributes', [...OWN, ['x-amz-object-attributes', 'ETag']], 200],
  ])('%s', async (_what, method, query, headers, status) => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc', headers: OWN });
    read.length = 0;
    const name = headers.includes(SOURCE) ? 'b' : 'a';
    const answer = await s3.onObject(method, name, query, { headers, ...(method === 'PUT' ? { body: 'abc' } : {}) });
    expect(answer.status, answer.text).toBe(status);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter(({ bytes }) => bytes.some(byte => byte !== 0))).toEqual([]);
    expect(s3.cloud.rooms['s3.memory'].ids()).toEqual([]);
    expect(s3.complaints).toEqual([]);
  });
});
