import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as kmsSdk from '@aws-sdk/client-kms';
import * as s3Sdk from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange, JsonObject, MessageView } from '../engine/index.ts';
import { dashed, literalOf, quoteShell, scriptOf } from './equivalent/text.ts';
import { BUCKET_ENCRYPTION, DELETE, readXml, TAGGING } from './equivalent/xml.ts';
import { equivalentOf } from './equivalent.ts';

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261121/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=00';
const KEY = 'rtd8MfZcimtCAcs0XUQs9eEBKPfOuG21/ikQk54Ni3E=';
const KEY_MD5 = 'sHJY2BMpWnSjpfXZXgFVsw==';
const SHA256 = 'EI0EC5Am99hikq/ogMQNAZphi9bB9mMJ9tt6XwDI8Po=';
const SSE_C = {
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key': KEY,
  'x-amz-server-side-encryption-customer-key-MD5': KEY_MD5,
};

function exchange(
  link: Exchange['link'],
  startLine: string,
  headers: Readonly<Record<string, string>>,
  more: Partial<MessageView & { isSecure: boolean }> = {},
): Exchange {
  const { isSecure = true, ...body } = more;
  const bodyLength = body.bodyText?.length ?? 0;
  return { index: 0, link, isSecure, request: { startLine, headers: Object.entries(headers), bodyLength, ...body } };
}

/** A signed request to S3. */
function s3(line: string, headers: Readonly<Record<string, string>> = {}, bodyText?: string): Exchange {
  const host = { host: 's3.eu-central-1.amazonaws.com', authorization: AUTHORIZATION };
  return exchange('client-s3', `${line} HTTP/1.1`, { ...host, ...headers }, bodyText === undefined ? {} : { bodyText });
}

/** A call of AWS KMS. */
function kms(operation: string, json: JsonObject, link: Exchange['link'] = 'client-kms'): Exchange {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `TrentService.${operation}`,
    host: 'kms.eu-central-1.amazonaws.com',
    ...(link === 'client-kms' ? { authorization: AUTHORIZATION } : {}),
  };
  return exchange(link, 'POST / HTTP/1.1', headers, { json, bodyText: JSON.stringify(json) });
}

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const S3_START = ['--region', 'eu-central-1', '--bucket', 'lab'];

/** What is asked, the request, the command and its arguments behind the Region and, for S3, the bucket. */
const REQUESTS: readonly (readonly [what: string, asked: Exchange, command: string, args: readonly string[]])[] = [
  [
    'an upload with SSE-KMS',
    s3('PUT /lab/a%20b/report.txt', {
      'content-type': 'text/plain',
      'content-length': '51',
      'x-amz-content-sha256': '00',
      'x-amz-checksum-sha256': SHA256,
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:eu-central-1:111122223333:key/1',
      'x-amz-server-side-encryption-context': 'eyJhIjoiYiJ9',
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    }),
    's3api put-object',
    [
      ...['--key', 'a b/report.txt', '--body', 'report.txt', '--content-type', 'text/plain'],
      ...['--checksum-algorithm', 'SHA256', '--server-side-encryption', 'aws:kms'],
      ...['--ssekms-key-id', 'arn:aws:kms:eu-central-1:111122223333:key/1'],
      ...['--ssekms-encryption-context', 'eyJhIjoiYiJ9', '--bucket-key-enabled'],
    ],
  ],
  [
    'an upload with SSE-C',
    s3('PUT /lab/report.txt', SSE_C),
    's3api put-object',
    [
      ...['--key', 'report.txt', '--body', 'report.txt', '--sse-customer-algorithm', 'AES256'],
      ...['--sse-customer-key', 'fileb://customer.key'],
    ],
  ],
  [
    'an upload of ciphertext with its envelope in the metadata',
    s3('PUT /lab/report.txt', {
      'x-amz-meta-x-amz-c': '115',
      'x-amz-meta-x-amz-3': 'bHk=',
      'x-amz-meta-x-amz-t': '{"aws:x-amz-cek-alg":"115"}',
    }),
    's3api put-object',
    [
      ...['--key', 'report.txt', '--body', 'report.txt.encrypted', '--metadata'],
      '{"x-amz-c":"115","x-amz-3":"bHk=","x-amz-t":"{\\"aws:x-amz-cek-alg\\":\\"115\\"}"}',
    ],
  ],
  [
    'a conditional download of a part of a version',
    s3('GET /lab/report.txt?versionId=v1', {
      'x-amz-checksum-mode': 'ENABLED',
      range: 'bytes=0-9',
      'if-none-match': '"ab"',
    }),
    's3api get-object',
    [
      ...['--key', 'report.txt', '--version-id', 'v1', '--checksum-mode', 'ENABLED', '--range', 'bytes=0-9'],
      ...['--if-none-match', '"ab"', 'downloaded-report.txt'],
    ],
  ],
  [
    'a look at the headers of an SSE-C object',
    s3('HEAD /lab/report.txt', SSE_C),
    's3api head-object',
    ['--key', 'report.txt', '--sse-customer-algorithm', 'AES256', '--sse-customer-key', 'fileb://customer.key'],
  ],
  [
    'a copy that changes the customer key',
    s3('PUT /lab/copy.txt', {
      'x-amz-copy-source': 'lab/a%20b%2Bc/report.txt?versionId=v%201',
      'x-amz-copy-source-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-copy-source-server-side-encryption-customer-key': KEY,
      'x-amz-copy-source-server-side-encryption-customer-key-MD5': KEY_MD5,
      ...SSE_C,
    }),
    's3api copy-object',
    [
      ...['--key', 'copy.txt', '--copy-source', 'lab/a b+c/report.txt?versionId=v%201'],
      ...['--copy-source-sse-customer-algorithm', 'AES256'],
      ...['--copy-source-sse-customer-key', 'fileb://source-customer.key'],
      ...['--sse-customer-algorithm', 'AES256', '--sse-customer-key', 'fileb://customer.key'],
    ],
  ],
  ['a deletion', s3('DELETE /lab/report.txt'), 's3api delete-object', ['--key', 'report.txt']],
  [
    'a multipart upload',
    s3('POST /lab/report.txt?uploads', { 'x-amz-server-side-encryption': 'aws:kms:dsse' }),
    's3api create-multipart-upload',
    ['--key', 'report.txt', '--server-side-encryption', 'aws:kms:dsse'],
  ],
  [
    'a part',
    s3('PUT /lab/report.txt?partNumber=2&uploadId=u1&x-id=UploadPart'),
    's3api upload-part',
    ['--key', 'report.txt', '--part-number', '2', '--upload-id', 'u1', '--body', 'report.txt.part2'],
  ],
  [
    'the end of a multipart upload',
    s3(
      'POST /lab/report.txt?uploadId=u1',
      {},
      `<CompleteMultipartUpload ${XMLNS}><Part><ETag>&quot;a&quot;</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>`,
    ),
    's3api complete-multipart-upload',
    ['--key', 'report.txt', '--upload-id', 'u1', '--multipart-upload', '{"Parts":[{"ETag":"\\"a\\"","PartNumber":1}]}'],
  ],
  [
    'an encryption changed in place',
    s3(
      'PUT /lab/report.txt?encryption',
      {},
      `<ObjectEncryption ${XMLNS}><SSE-KMS><KMSKeyArn>arn:aws:kms:eu-central-1:111122223333:key/2</KMSKeyArn><BucketKeyEnabled>true</BucketKeyEnabled></SSE-KMS></ObjectEncryption>`,
    ),
    's3api update-object-encryption',
    [
      '--key',
      'report.txt',
      '--object-encryption',
      '{"SSEKMS":{"KMSKeyArn":"arn:aws:kms:eu-central-1:111122223333:key/2","BucketKeyEnabled":true}}',
    ],
  ],
  [
    'a bucket’s encryption rule',
    s3(
      'PUT /lab?encryption',
      { 'x-amz-checksum-sha256': SHA256 },
      `<?xml version="1.0" encoding="UTF-8"?>\n<ServerSideEncryptionConfiguration ${XMLNS}>\n  <Rule>\n    <ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault>\n    <BucketKeyEnabled>true</BucketKeyEnabled>\n    <BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes>\n  </Rule>\n</ServerSideEncryptionConfiguration>`,
    ),
    's3api put-bucket-encryption',
    [
      '--server-side-encryption-configuration',
      '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms"},"BucketKeyEnabled":true,"BlockedEncryptionTypes":{"EncryptionType":["NONE"]}}]}',
      ...['--checksum-algorithm', 'SHA256'],
    ],
  ],
  ['a new bucket without settings', s3('PUT /lab'), 's3api create-bucket', []],
  [
    'a new bucket',
    s3(
      'PUT /lab',
      {},
      `<CreateBucketConfiguration ${XMLNS}><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>`,
    ),
    's3api create-bucket',
    ['--create-bucket-configuration', '{"LocationConstraint":"eu-central-1"}'],
  ],
  [
    'a list',
    s3('GET /lab?list-type=2&prefix=a%26b&max-keys=5'),
    's3api list-objects-v2',
    ['--prefix', 'a&b', '--max-keys', '5'],
  ],
  [
    'many deletions',
    s3('POST /lab?delete', {}, `<Delete ${XMLNS}><Object><Key>a&amp;b</Key></Object><Quiet>true</Quiet></Delete>`),
    's3api delete-objects',
    ['--delete', '{"Objects":[{"Key":"a&b"}],"Quiet":true}'],
  ],
  [
    'the attributes of an object',
    s3('GET /lab/report.txt?attributes', { 'x-amz-object-attributes': 'ETag, ObjectSize' }),
    's3api get-object-attributes',
    ['--key', 'report.txt', '--object-attributes', '["ETag","ObjectSize"]'],
  ],
];

const KMS_REQUESTS: typeof REQUESTS = [
  [
    'a data key',
    kms('GenerateDataKey', { KeyId: 'alias/a', KeySpec: 'AES_256', EncryptionContext: { 'it’s': "O'Neil $x" } }),
    'kms generate-data-key',
    ['--key-id', 'alias/a', '--key-spec', 'AES_256', '--encryption-context', '{"it’s":"O\'Neil $x"}'],
  ],
  [
    'the opening of a data key',
    kms('Decrypt', { CiphertextBlob: 'AeoFZZ8O', KeyId: 'k' }),
    'kms decrypt',
    ['--ciphertext-blob', 'fileb://encrypted-data-key.bin', '--key-id', 'k'],
  ],
  [
    'an encryption',
    kms('Encrypt', { KeyId: 'k', Plaintext: 'c2VjcmV0', DryRun: false }),
    'kms encrypt',
    ['--key-id', 'k', '--plaintext', 'fileb://plaintext.bin', '--no-dry-run'],
  ],
  [
    'a key’s deletion',
    kms('ScheduleKeyDeletion', { KeyId: 'k', PendingWindowInDays: 7 }),
    'kms schedule-key-deletion',
    ['--key-id', 'k', '--pending-window-in-days', '7'],
  ],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'equivalent-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command in a real shell, with an `aws` that only says which arguments it was given. */
function argumentsOf(cli: string): string[] {
  const script = `aws() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${cli}`;
  return execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' }).split('\0').slice(0, -1);
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** Runs a program as it stands, with the real SDK up to the point where it would send. */
async function sentBy(program: string): Promise<Sent> {
  let sent: Sent | undefined;
  const stop = new Error('sent');
  const requestHandler = {
    handle: async (request: Sent) => {
      sent = request;
      throw stop;
    },
  };
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' };
  const more = { requestHandler, credentials, maxAttempts: 1 };
  const modules = {
    '@aws-sdk/client-s3': {
      ...s3Sdk,
      S3Client: function S3Client(config: object) {
        return new s3Sdk.S3Client({ ...config, ...more });
      },
    },
    '@aws-sdk/client-kms': {
      ...kmsSdk,
      KMSClient: function KMSClient(config: object) {
        return new kmsSdk.KMSClient({ ...config, ...more });
      },
    },
    'node:fs/promises': {
      readFile: async (name: string) => Buffer.from(name.endsWith('.key') ? KEY : 'c2VjcmV0', 'base64'),
      writeFile: async () => undefined,
    },
  };
  const code = program.replaceAll(/^import (\{.*\}) from ('.*');$/gm, 'const $1 = modules[$2];');
  const run = new Function('modules', `return (async () => {${code}})();`);
  await run(modules).catch((reason: unknown) => {
    if (!(reason instanceof Error) || reason.message !== stop.message) throw reason;
  });
  if (!sent) throw new Error('nothing was sent');
  return sent;
}

/** The headers that carry meaning: all that is AWS’s, but for what each client makes for itself. */
function meaningOf(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const own = /^(?:x-amz-(?:date|content-sha256|user-agent|sdk-.*|checksum-(?:sha256|crc32)|decoded-.*|trailer))$/;
  return Object.fromEntries(
    headers
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => /^(?:x-amz-|if-|range$)/.test(name) && !own.test(name)),
  );
}

describe('the equivalent command', () => {
  it.each(REQUESTS)('of %s has the AWS CLI’s words for it', (_, asked, command, args) => {
    expect(argumentsOf(equivalentOf(asked)?.cli ?? '')).toEqual([...command.split(' '), ...S3_START, ...args]);
  });

  it.each(KMS_REQUESTS)('of %s has the AWS CLI’s words for it', (_, asked, command, args) => {
    const expected = [...command.split(' '), '--region', 'eu-central-1', ...args];
    expect(argumentsOf(equivalentOf(asked)?.cli ?? '')).toEqual(expected);
  });

  it.each(REQUESTS)('of %s as a program sends the same request', async (_, asked) => {
    const sent = await sentBy(equivalentOf(asked)?.sdk ?? '');
    const [method, target = ''] = asked.request.startLine.split(' ');
    const url = new URL(target, 'https://s3.test');
    const withoutOwn = (query: Iterable<[string, string]>) => [...query].filter(([name]) => name !== 'x-id');
    expect([sent.method, sent.path.replace(/\/$/, '')]).toEqual([method, url.pathname]);
    expect(withoutOwn(Object.entries(sent.query)).toSorted()).toEqual(withoutOwn(url.searchParams).toSorted());
    expect(meaningOf(Object.entries(sent.headers))).toEqual(meaningOf(asked.request.headers));
  });

  it.each(KMS_REQUESTS)('of %s as a program sends the same call', async (_, asked) => {
    const sent = await sentBy(equivalentOf(asked)?.sdk ?? '');
    expect(sent.headers['x-amz-target']).toBe(asked.request.headers.find(([name]) => name === 'x-amz-target')?.[1]);
    expect(JSON.parse(Buffer.from(sent.body ?? '').toString())).toEqual(asked.request.json);
  });

  it('names no file that the AWS CLI would fill in', () => {
    expect(argumentsOf(equivalentOf(s3('PUT /lab/a/~$HOME%25x.txt'))?.cli ?? '')).toContain('__HOME_x.txt');
  });

  it('fills the file of a blob before it is read', () => {
    argumentsOf(equivalentOf(kms('Decrypt', { CiphertextBlob: 'AAEC/w==' }))?.cli ?? '');
    expect([...readFileSync(join(folder, 'encrypted-data-key.bin'))]).toEqual([0, 1, 2, 255]);
  });

  it('never shows a customer key, a plaintext or a signature', () => {
    for (const [, asked] of [...REQUESTS, ...KMS_REQUESTS]) {
      const shown = JSON.stringify(equivalentOf(asked));
      for (const secret of [KEY, KEY_MD5, 'c2VjcmV0', 'AKIAEXAMPLE', 'Signature']) expect(shown).not.toContain(secret);
    }
  });

  it('of a call that S3 makes says that nobody can type it', () => {
    const command = equivalentOf(kms('GenerateDataKey', { KeyId: 'k', KeySpec: 'AES_256' }, 's3-kms'));
    expect(command?.note).toMatch(/Amazon S3 makes this call for you.*you cannot type it/);
    expect(command?.cli).not.toContain('--no-sign-request');
  });

  it('of a call with the AWS managed key says that KMS refuses it to everybody but S3 (F-KSM-035)', () => {
    const asked = kms('GenerateDataKey', { KeyId: 'alias/aws/s3', KeySpec: 'AES_256' }, 's3-kms');
    expect(equivalentOf(asked, { mode: 'sse-kms-aws' })?.note).toMatch(/KMS answers you with AccessDeniedException/);
    expect(equivalentOf(asked, { mode: 'sse-kms-cmk' })?.note).not.toMatch(/AccessDenied/);
  });

  it('of client-side encryption says that the ciphertext is made before', () => {
    expect(equivalentOf(REQUESTS[2]?.[1] ?? s3('GET /'))?.note).toMatch(/report\.txt\.encrypted.*encrypt on your side/);
  });

  it('goes where the request went: to AWS, over plain HTTP, or to an endpoint of one’s own', () => {
    const over = (isSecure: boolean, endpoint?: string) =>
      equivalentOf({ ...s3('GET /lab/a'), isSecure }, endpoint === undefined ? {} : { endpoint });
    expect(over(true)?.cli).not.toContain('--endpoint-url');
    expect(over(false)?.cli).toContain('--endpoint-url http://s3.eu-central-1.amazonaws.com');
    expect(over(false)?.note).toContain('plain HTTP');
    expect(over(true, 'http://127.0.0.1:1')?.cli).toContain('--endpoint-url http://127.0.0.1:1');
    expect(over(true, 'http://127.0.0.1:1')?.sdk).toContain("endpoint: 'http://127.0.0.1:1'");
  });

  it('signs as the request did: in its headers, or not at all', () => {
    const open = equivalentOf(exchange('client-s3', 'GET /lab/a HTTP/1.1', { host: 'localhost' }));
    expect(open?.cli).toContain('--no-sign-request');
    expect(open?.sdk).toContain('signer:');
    const query = 'X-Amz-Credential=AKIA%2F20261121%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=00';
    const presigned = equivalentOf(exchange('client-s3', `GET /lab/a?${query} HTTP/1.1`, { host: 'localhost' }));
    expect(presigned?.cli).toMatch(/--region eu-west-1/);
    expect(presigned?.note).toMatch(/signature in the address/);
  });

  it('finds the bucket in the host too', () => {
    const asked = exchange('client-s3', 'GET /a/b HTTP/1.1', { host: 'lab.s3.eu-central-1.amazonaws.com' });
    expect(argumentsOf(equivalentOf(asked)?.cli ?? '')).toContain('lab');
  });

  it('says which headers have no place in it', () => {
    const command = equivalentOf(s3('GET /lab/a', { 'x-amz-server-side-encryption': 'AES256' }));
    expect(command?.cli).not.toContain('AES256');
    expect(command?.note).toBe(
      'Not in the command, since GetObject has no place for it: x-amz-server-side-encryption.',
    );
  });

  it.each([
    ['a sub-resource it does not know', s3('PUT /lab/a?torrent')],
    ['an address that is none', s3('PUT /lab/%zz')],
    ['a method that is none', s3('BREW /lab')],
    ['a name with U+0000', s3('GET /lab/a%00b')],
    ['a body that was cut', s3('PUT /lab?encryption', {}, '<ServerSideEncryptionConfiguration><Rule>')],
    ['a call of KMS it does not know', kms('$(reboot)', {})],
    ['a member of every object', kms('constructor', {})],
    ['nothing', exchange('client-s3', '', {})],
  ])('is not given for %s', (_, asked) => {
    expect(equivalentOf(asked)).toBeUndefined();
  });
});

/** Names that people give and names that hurt. */
const names = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom(
    ...[
      "it's",
      '$HOME `id` $(id)',
      '-rf',
      '--key',
      'a\nb\n',
      '\n',
      '👩‍🔬.txt',
      '\u001b[201~id\r',
      'a\u202eb',
      '\\',
      '!!',
    ],
    ...['file:///etc/passwd', 'fileb://a', 'http://a/b', "'", '"', '', '__proto__', 'a\tb', '%s%n', '\u2028'],
  ),
);
/** No half of a surrogate pair, and not U+0000: neither has a place in a command. */
const isText = (name: string) => !/\p{Cs}|\0/u.test(name);

describe('quoting', () => {
  it('gives back every text through a real shell', () => {
    fc.assert(
      fc.property(fc.array(names.filter(isText), { minLength: 1, maxLength: 40 }), list => {
        const script = `printf '%s\\0' ${list.map(quoteShell).join(' ')}`;
        expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(list);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves nothing in a command that a terminal would obey, line feeds apart', () => {
    fc.assert(
      fc.property(names.filter(isText), name => {
        expect(quoteShell(name)).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        expect(literalOf(name)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      }),
    );
  });

  it('hands every object’s name to the AWS CLI whole, and as a name', () => {
    fc.assert(
      fc.property(
        names.filter(name => isText(name) && name !== ''),
        name => {
          const path = name.split('/').map(encodeURIComponent).join('/');
          const args = argumentsOf(equivalentOf(s3(`PUT /lab/${path}`))?.cli ?? '');
          const at = args.findIndex(each => /^--key(?:=|$)/.test(each));
          const given = args[at] === '--key' ? args[at + 1] : args[at]?.slice('--key='.length);
          const isOpened = given === 'file://key.txt';
          expect(isOpened ? readFileSync(join(folder, 'key.txt'), 'utf8') : given).toBe(name);
          expect(args.some(each => /^-/.test(each) && !/^--[a-z]/.test(each))).toBe(false);
          expect(args[args.indexOf('--body') + 1]).toMatch(/^[^-]/);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('writes JavaScript that means the same', () => {
    const values = fc.dictionary(names, fc.oneof(names, fc.boolean(), fc.integer(), fc.array(names, { maxLength: 2 })));
    fc.assert(
      fc.property(values, value => {
        expect(new Function(`return (${scriptOf(value)});`)()).toEqual({ ...value });
      }),
    );
  });

  it.each([
    ['SSEKMSKeyId', 'ssekms-key-id'],
    ['SSECustomerKeyMD5', 'sse-customer-key-md5'],
    ['CopySourceSSECustomerKey', 'copy-source-sse-customer-key'],
    ['ChecksumCRC32C', 'checksum-crc32-c'],
    ['ACL', 'acl'],
    ['GenerateDataKeyPairWithoutPlaintext', 'generate-data-key-pair-without-plaintext'],
  ])('spells %s as the AWS CLI does', (member, option) => {
    expect(dashed(member)).toBe(option);
  });
});

describe('bodies', () => {
  it('are read as the structure they stand for', () => {
    const text = '<Tagging><TagSet><Tag><Key>a &#x1F600;</Key><Value/></Tag></TagSet></Tagging>';
    expect(readXml(text, 'Tagging', TAGGING)).toEqual({ TagSet: [{ Key: 'a 😀', Value: '' }] });
  });

  it.each([
    ['another root', '<Other/>'],
    ['an element nobody knows', '<Delete><Force>true</Force></Delete>'],
    ['an element that is not closed', '<Delete><Quiet>true</Delete>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Delete/>'],
    ['a word that is neither yes nor no', '<Delete><Quiet>maybe</Quiet></Delete>'],
    ['a name every object has', '<Delete><constructor/></Delete>'],
    ['two roots', '<Delete/><Delete/>'],
    ['no elements', 'Delete'],
  ])('are not read with %s', (_, text) => {
    expect(readXml(text, 'Delete', DELETE)).toBeUndefined();
  });

  it('are not followed into the depth, and not slowly', () => {
    expect(readXml('<Rule>'.repeat(20_000), 'Rule', BUCKET_ENCRYPTION)).toBeUndefined();
    expect(readXml('<'.repeat(100_000), 'Rule', BUCKET_ENCRYPTION)).toBeUndefined();
    expect(readXml(`<a ${'x '.repeat(50_000)}`, 'a', BUCKET_ENCRYPTION)).toBeUndefined();
  });
});
