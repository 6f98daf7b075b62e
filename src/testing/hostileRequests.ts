/** What somebody might send who has credentials and means no good: for tests that nothing of it does harm. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Header } from '../engine/index.ts';
import { OPERATIONS as KMS_OPERATIONS } from '../engine/kms/operations.ts';
import { OPERATIONS as S3_OPERATIONS } from '../engine/s3/operations.ts';
import type { UserName } from './doors.ts';

/** A request that is still to be signed. */
export interface Hostile {
  readonly service: 's3' | 'kms' | 'sts';
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly as: UserName | 'anonymous';
  readonly isSecure: boolean;
}
export const SSE = 'x-amz-server-side-encryption';
const CUSTOMER_KEY = Buffer.alloc(32, 9);
/** A bucket that is read from and never written to. */
export const KEPT = 'kept-objects';
export const bytesOf = (text: string) => new TextEncoder().encode(text);
export const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('base64');

/** Names of which each has broken some server. */
const NAMES = [
  'plain.txt',
  '__proto__',
  'constructor',
  '..',
  '../../kept-objects/a',
  'a//b',
  '/',
  ' ',
  '\u0000',
  'line\r\nfeed',
  '\u{1f600}\uffff',
  '\ufeff',
  '<x>&"\'',
  'x'.repeat(1024),
  'x'.repeat(1025),
  'ü'.repeat(512),
];
/** With U+FFFD for halves of surrogate pairs, which have no UTF-8. */
const wellFormed = (text: string) => new TextDecoder().decode(bytesOf(text));
const percent = (text: string) => encodeURIComponent(text).replaceAll('%2F', '/');
const segments = fc.oneof(
  fc.constantFrom(...NAMES.map(percent), '%', '%zz', '%00', '%ed%a0%80', '%ff%fe', '%2e%2e%2f', '+', '*', ';=,'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map(percent),
);
const buckets = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('fuzz-one', 'fuzz-two', 'fuzz-versions') },
  fc.constantFrom('none-such', 'Xn--', '__proto__', '%00', 'a'.repeat(300)),
);
const paths = fc.oneof(
  { weight: 1, arbitrary: fc.constant('/') },
  { weight: 4, arbitrary: buckets.map(bucket => `/${bucket}`) },
  { weight: 8, arbitrary: fc.tuple(buckets, segments).map(([bucket, name]) => `/${bucket}/${name}`) },
  { weight: 1, arbitrary: fc.constantFrom('//', '/?', '/fuzz-one//', '/é', '*', '/a#b') },
);
const numbers = fc.constantFrom(
  '0',
  '1',
  '-1',
  '10000',
  '10001',
  '2147483648',
  '9007199254740993',
  '1e400',
  '9'.repeat(400),
  'NaN',
  '',
  '0x10',
  '１',
);
const texts = fc.oneof(
  numbers,
  // What the world gives out is put in when it is sent.
  fc.constantFrom('KEY', 'RSA-KEY', 'MAC-KEY', 'UPLOAD', 'BLOB', 'alias/aws/s3'),
  fc.constantFrom(...NAMES, 'true', 'null', '[]', 'AES256', 'aws:kms', '\ud800', 'bytes=0-0', 'alias/__proto__'),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.base64String({ maxLength: 60 }),
);
const QUERY_NAMES = [
  'partNumber',
  'uploadId',
  'versionId',
  'list-type',
  'max-keys',
  'max-uploads',
  'max-parts',
  'part-number-marker',
  'continuation-token',
  'start-after',
  'prefix',
  'delimiter',
  'encoding-type',
  'key-marker',
  'version-id-marker',
  'response-content-type',
  'attributes',
  '__proto__',
  'Action',
  'X-Amz-Expires',
];
const queries = fc
  .array(
    fc.tuple(
      fc.constantFrom(...QUERY_NAMES),
      texts.map(text => encodeURIComponent(wellFormed(text))),
    ),
    { maxLength: 3 },
  )
  .map(pairs => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

/** What HTTP lets through; the rest is refused before it gets so far. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what HTTP keeps out
const headerText = (text: string) => wellFormed(text).replaceAll(/[\x00-\x08\x0a-\x1f\x7f]/g, '');
const HEADER_NAMES = [
  SSE,
  `${SSE}-aws-kms-key-id`,
  `${SSE}-context`,
  `${SSE}-bucket-key-enabled`,
  `${SSE}-customer-algorithm`,
  `${SSE}-customer-key`,
  `${SSE}-customer-key-md5`,
  'x-amz-copy-source',
  'x-amz-copy-source-range',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-metadata-directive',
  'x-amz-tagging',
  'x-amz-acl',
  'x-amz-grant-read',
  'x-amz-checksum-crc32',
  'x-amz-checksum-sha256',
  'x-amz-checksum-type',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-checksum-algorithm',
  'x-amz-checksum-mode',
  'x-amz-object-attributes',
  'x-amz-meta-a',
  'x-amz-meta-__proto__',
  'x-amz-storage-class',
  'x-amz-expected-bucket-owner',
  'x-amz-trailer',
  'x-amz-decoded-content-length',
  'content-md5',
  'content-type',
  'content-encoding',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'expires',
  'cache-control',
  'user-agent',
  'referer',
  '__proto__',
];
const headerValues = fc.oneof(
  texts.map(headerText),
  fc.constantFrom(
    'x'.repeat(9000),
    'bytes=-0',
    'bytes=5-1',
    'bytes=0-0,2-3',
    'bytes=99999999999999999999-',
    'bytes=--1',
    `/${KEPT}/a`,
    `${KEPT}/a?versionId=null`,
    '/fuzz-one/plain.txt',
    CUSTOMER_KEY.toString('base64'),
    md5(CUSTOMER_KEY),
    Buffer.from('{"__proto__":{"a":"b"}}').toString('base64'),
    Buffer.from('{"a":'.repeat(3000)).toString('base64'),
    'id="x",uri="y"',
  ),
);
const headers = fc.uniqueArray(fc.tuple(fc.constantFrom(...HEADER_NAMES), headerValues), {
  maxLength: 5,
  selector: ([name]) => name,
});

const DOCUMENTS = [
  '',
  ' ',
  '<',
  '<a>'.repeat(20_000),
  `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`,
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Tagging><TagSet>&b;</TagSet></Tagging>',
  '<Tagging><TagSet><Tag><Key>__proto__</Key><Value>constructor</Value></Tag></TagSet></Tagging>',
  '<Delete><Object><Key>__proto__</Key></Object><Object><Key/></Object><Object><VersionId>null</VersionId></Object></Delete>',
  `<Delete>${'<Object><Key>k</Key></Object>'.repeat(10_000)}</Delete>`,
  `<Delete><Quiet>true</Quiet>${Array.from({ length: 1000 }, (_, n) => `<Object><Key>${n}</Key></Object>`).join('')}</Delete>`,
  `<CompleteMultipartUpload>${'<Part><PartNumber>1</PartNumber><ETag>"x"</ETag></Part>'.repeat(10_001)}</CompleteMultipartUpload>`,
  '<CompleteMultipartUpload><Part><PartNumber>-1</PartNumber><ETag/></Part></CompleteMultipartUpload>',
  '<VersioningConfiguration><Status>Enabled</Status><Status>Suspended</Status></VersioningConfiguration>',
  '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>&#0;</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
  '<ObjectEncryption><SSE-KMS><KMSKeyArn>__proto__</KMSKeyArn></SSE-KMS></ObjectEncryption>',
  '<a b="c" b="d">&#xD800;&nope;</a>',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"__proto__":{"a":"b"}}}]}',
  '{"Statement":',
  '['.repeat(50_000),
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  '{"__proto__":{"KeyId":"alias/aws/s3"},"constructor":1}',
  'null',
  '"text"',
  '\ufeff{}',
  '{"KeyId":"\\ud800","Plaintext":"AAAA"}',
  'Action=GetCallerIdentity&Version=2011-06-15',
  'Action=__proto__',
];
const form = (boundary: string, inner: string) => `--${boundary}\r\n${inner}\r\n--${boundary}--\r\n`;
const FORMS = [
  form('b', 'Content-Disposition: form-data; name="key"\r\n\r\n__proto__'),
  `${form('b', 'Content-Disposition: form-data; name="file"; filename="../\u0000"\r\n\r\nx')}`,
  `--b\r\nContent-Disposition: form-data; name="key"\r\n\r\na\${filename}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="q"\r\n\r\nbody\r\n--b--\r\n`,
  '--b\r\n'.repeat(20_000),
  '--b',
  '',
];
const CHUNKS = [
  '',
  '0\r\n\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  '5;chunk-signature=zz\r\nhello\r\n0;chunk-signature=\r\n\r\n',
  'ffffffff\r\n',
  '-1\r\nx\r\n0\r\n\r\n',
  '5\r\nhel',
  '1\r\na\r\n'.repeat(1000),
  '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n',
  '5\r\nhello\r\n0\r\n__proto__:x\r\n\r\n',
  ';'.repeat(70_000),
];
const bodies = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...DOCUMENTS).map(bytesOf) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  fc.constantFrom(new Uint8Array(40_000).fill(7), CUSTOMER_KEY, new Uint8Array(0)),
);

/** How a real request for each operation looks, as a place to start from. */
const s3Shapes = fc.constantFrom(...S3_OPERATIONS).chain(operation => {
  const fixed = (operation.query ?? []).map(name =>
    fc.oneof(
      fc.constant(name),
      texts.map(text => `${name}=${encodeURIComponent(wellFormed(text))}`),
    ),
  );
  const on = { service: fc.constant('/'), bucket: buckets.map(name => `/${name}`), object: paths }[operation.on];
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant<string>(operation.method) },
      fc.constantFrom('PATCH', 'M-SEARCH'),
    ),
    path: fc.oneof({ weight: 5, arbitrary: on }, paths),
    query: fc
      .tuple(fc.tuple(...fixed), queries)
      .map(([own, more]) => [...own, more].filter(one => one !== '').join('&')),
  });
});
const asked = {
  as: fc.constantFrom('admin' as const, 'admin' as const, 'admin' as const, 'stranger' as const, 'anonymous' as const),
  isSecure: fc.boolean(),
};

const plainS3 = fc.tuple(s3Shapes, headers, bodies, fc.boolean(), fc.record(asked)).map(
  ([shape, sent, body, hasMd5, who]): Hostile => ({
    service: 's3',
    ...shape,
    headers: [
      ...sent,
      ...(hasMd5 && !sent.some(([name]) => name === 'content-md5') ? ([['content-md5', md5(body)]] as const) : []),
    ],
    body,
    ...who,
  }),
);
const chunkedS3 = fc
  .tuple(
    s3Shapes,
    headers,
    fc.constantFrom(...CHUNKS),
    fc.constantFrom(
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    ),
    fc.oneof(fc.constant('5'), numbers),
    fc.record(asked),
  )
  .map(
    ([shape, sent, body, framing, length, who]): Hostile => ({
      service: 's3',
      ...shape,
      headers: [
        ...sent.filter(([name]) => name !== 'x-amz-decoded-content-length'),
        ['x-amz-content-sha256', framing],
        ['x-amz-decoded-content-length', headerText(length)],
      ],
      body: bytesOf(body),
      ...who,
    }),
  );
const forms = fc
  .tuple(buckets, fc.constantFrom(...FORMS), fc.constantFrom('b', 'c', '', 'x'.repeat(100)), fc.record(asked))
  .map(
    ([bucket, body, boundary, who]): Hostile => ({
      service: 's3',
      method: 'POST',
      path: `/${bucket}`,
      query: '',
      headers: [['content-type', `multipart/form-data; boundary=${boundary}`]],
      body: bytesOf(body),
      ...who,
    }),
  );
const members = fc.oneof(
  texts,
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    2 ** 53,
    [],
    {},
    ['Encrypt'],
    { a: 'b' },
    JSON.parse('{"__proto__":"b"}'),
  ),
  fc.integer(),
);
const KMS_MEMBERS = [
  ...'KeyId Plaintext CiphertextBlob EncryptionContext KeySpec NumberOfBytes GrantTokens Operations GranteePrincipal Constraints AliasName TargetKeyId Policy PolicyName Limit Marker Tags TagKeys PendingWindowInDays RotationPeriodInDays KeyUsage Origin Message Mac MacAlgorithm SigningAlgorithm KeyPairSpec EncryptionAlgorithm DestinationKeyId ImportToken EncryptedKeyMaterial WrappingAlgorithm WrappingKeySpec GrantId GrantToken DryRun __proto__'.split(
    ' ',
  ),
];
const kmsBodies = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .dictionary(fc.constantFrom(...KMS_MEMBERS), members, { maxKeys: 6 })
      .map(body => bytesOf(JSON.stringify(body))),
  },
  { weight: 1, arbitrary: bodies },
);
const kmsCalls = fc
  .tuple(
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...KMS_OPERATIONS.keys()) },
      fc.constantFrom('__proto__', 'constructor', ''),
    ),
    kmsBodies,
    fc.constantFrom('application/x-amz-json-1.1', 'application/x-amz-json-1.1', 'text/plain', ''),
    fc.constantFrom('POST', 'POST', 'POST', 'GET'),
    fc.record(asked),
  )
  .map(
    ([operation, body, type, method, who]): Hostile => ({
      service: 'kms',
      method,
      path: '/',
      query: '',
      headers: [
        ['x-amz-target', `TrentService.${operation}`],
        ...(type === '' ? [] : ([['content-type', type]] as const)),
      ],
      body,
      ...who,
    }),
  );
const sts = fc.tuple(bodies, queries, fc.record(asked)).map(
  ([body, query, who]): Hostile => ({
    service: 'sts',
    method: 'POST',
    path: '/',
    query,
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body,
    ...who,
  }),
);
/** Any of them, for all operations of S3, KMS and STS. */
export const hostile = fc.oneof(
  { weight: 8, arbitrary: plainS3 },
  { weight: 3, arbitrary: chunkedS3 },
  { weight: 1, arbitrary: forms },
  { weight: 5, arbitrary: kmsCalls },
  { weight: 1, arbitrary: sts },
);
