import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMultipartHarness, SSE } from '../../../testing/multipartHarness.ts';
import type { Header } from '../../index.ts';

const odd = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    '10000',
    '1e9',
    '9'.repeat(400),
    '__proto__',
    'constructor',
    '%00',
    'true',
    '"x"',
  ),
  fc.constantFrom(
    'CRC32',
    'FULL_OBJECT',
    'COMPOSITE',
    'AES256',
    'aws:kms',
    'bytes=0-0',
    'bytes=0-',
    '/the-bucket/a',
    '*',
  ),
  fc.string({ maxLength: 12 }).map(text => text.replace(/[^\x20-\x7e]/g, '')),
);
const HEADERS = [
  'x-amz-checksum-algorithm',
  'x-amz-checksum-type',
  'x-amz-checksum-crc32',
  'x-amz-mp-object-size',
  'x-amz-copy-source',
  'x-amz-copy-source-range',
  'x-amz-object-attributes',
  'x-amz-max-parts',
  'x-amz-part-number-marker',
  'if-match',
  'if-none-match',
  SSE,
  `${SSE}-bucket-key-enabled`,
  `${SSE}-customer-algorithm`,
  `${SSE}-customer-key`,
  `${SSE}-context`,
];
const NAMES = [
  'uploads',
  'uploadId',
  'partNumber',
  'attributes',
  'encryption',
  'versionId',
  'max-parts',
  'max-uploads',
];
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['CompleteMultipartUpload', 'Part', 'PartNumber', 'ETag', 'ObjectEncryption', 'SSE-KMS'].flatMap(name => [
          `<${name}>`,
          `</${name}>`,
          `<${name}/>`,
        ]),
      ),
      fc.constantFrom(
        '<KMSKeyArn>arn:aws:kms:x:111122223333:key/a</KMSKeyArn>',
        '<__proto__/>',
        '&lt;',
        '<!DOCTYPE a>',
        '1',
      ),
      odd,
    ),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''));

it('whatever a request about uploads and attributes says is answered, never with a fault of S3’s own', async () => {
  const s3 = await createMultipartHarness();
  await s3.onObject('PUT', 'a', '', { body: 'content' });
  const uploadId = await s3.open('a', s3.headersOf('SSE-KMS cmk'));
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
      fc.constantFrom('/the-bucket', '/the-bucket/a'),
      fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(odd, fc.constant(uploadId))), {
        maxLength: 3,
        selector: ([name]) => name,
      }),
      fc.uniqueArray(fc.tuple(fc.constantFrom(...HEADERS), odd), { maxLength: 3, selector: ([name]) => name }),
      markup,
      async (method, path, query, headers, body) => {
        const asked = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
        if (method === 'DELETE' && path === '/the-bucket') return;
        const sent: Header[] = headers.map(([name, value]) => [name, value.trim()]);
        const answer = await s3.send({ method, path, query: asked, headers: sent, body });
        statuses.add(answer.status);
        expect(answer.status === 501 || answer.status < 500, `${method} ${path}?${asked} ${answer.text}`).toBe(true);
        expect(s3.cloud.rooms['s3.memory'].ids()).toEqual([]);
        expect(s3.complaints).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
  for (const status of [200, 400, 404]) expect(statuses, String(status)).toContain(status);
}, 60_000);
