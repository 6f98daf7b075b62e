/** Facts, section 2: which encryption headers there are, what they may say, and which operation takes and gives which. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../engine/bytes/text.ts';
import { md5 } from '../../engine/crypto/md5.ts';
import type { Header } from '../../engine/index.ts';
import { CUSTOMER_KEY, OTHER_KEY, REST_MODES, type RestMode, SOURCE_PREFIX, SSE, sseC } from '../multipartHarness.ts';
import type { ServedAnswer } from '../servedWorld.ts';
import {
  BUCKET_KEY,
  CONTEXT,
  createFactWorld,
  elementOf,
  expectedOf,
  type FactWorld,
  KMS_KEY_ID,
  messageOf,
  SSE_C,
  toldBy,
} from './factWorld.ts';

const OK = { status: 200 } as const;
const KMS: Header = [SSE, 'aws:kms'];
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const md5Of = (raw: Uint8Array) => toBase64(md5(new Uint8Array(raw)));

/** What a request with these headers comes to. A text is AWS's code; `argument` is ArgumentValue. */
interface Expected {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly argument?: string;
  /** Headers of the answer. */
  readonly told?: Readonly<Record<string, string | undefined>>;
}
type Headers = readonly Header[] | ((world: FactWorld) => readonly Header[]);
type Row = readonly [fact: string, what: string, headers: Headers, expected: Expected];

function refused(code: string, message: string, argument?: string): Expected {
  return { status: 400, code, message, ...(argument === undefined ? {} : { argument }) };
}
const unknownMode = (value: string) =>
  refused('InvalidArgument', 'The encryption method specified is not supported', value);
const KEY_WITHOUT_KMS = refused(
  'InvalidArgument',
  'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
);
const CONTEXT_MALFORMED = refused(
  'InvalidArgument',
  "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
);
const wrongAlgorithm = (value: string) =>
  refused(
    'InvalidEncryptionAlgorithmError',
    'The Encryption request you specified is not valid. Supported value: AES256.',
    value,
  );
const LENGTH = refused('InvalidArgument', 'The secret key was invalid for the specified algorithm.');
const MD5 = refused('InvalidArgument', 'The calculated MD5 hash of the key did not match the hash that was provided.');
const WRONG_SOURCE_KEY: Expected = { status: 403, code: 'AccessDenied' };

function check(answer: ServedAnswer, { status, code = '', message, argument, told = {} }: Expected): void {
  expect([answer.status, answer.code], answer.text).toEqual([status, code]);
  if (message !== undefined) expect(messageOf(answer)).toBe(message);
  if (argument !== undefined) {
    expect([elementOf(answer, 'ArgumentName'), elementOf(answer, 'ArgumentValue')]).toEqual([SSE, argument]);
  }
  for (const [name, value] of Object.entries(told)) expect(answer.header(name), name).toBe(value);
}

/** The trio, with one of the three replaced. */
function trio(prefix: string, raw: Uint8Array, changed: Partial<Record<'algorithm' | 'key' | 'md5', string>> = {}) {
  return [
    [`${prefix}-algorithm`, changed.algorithm ?? 'AES256'],
    [`${prefix}-key`, changed.key ?? base64(raw)],
    [`${prefix}-key-MD5`, changed.md5 ?? md5Of(raw)],
  ] as const satisfies readonly Header[];
}
const bytes = (length: number) => new Uint8Array(length).fill(7);
const context = (text: string | Uint8Array): readonly Header[] => [KMS, [CONTEXT, base64(text)]];
const named = (what: (world: FactWorld) => string): Headers => {
  return world => [KMS, [KMS_KEY_ID, what(world)]];
};
const idOf = (arn: string) => arn.split('/').at(-1) ?? '';
const ASCII_KEY = new TextEncoder().encode('1234567890abcdef1234567890abcdef');

describe('request headers of an upload (facts, 2.1)', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    const made = await world.askKms('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: idOf(world.kmsKeyArn) });
    expect(made.status).toBe(200);
  });
  const aliasArn = ({ kmsKeyArn }: FactWorld) => kmsKeyArn.replace(/key\/.*/, 'alias/mine');

  const rows: Row[] = [
    ...['AES256', 'aws:kms', 'aws:kms:dsse'].map(
      (mode): Row => ['F-HDR-001', `the mode ${mode}`, [[SSE, mode]], { ...OK, told: { [SSE]: mode } }],
    ),
    ...['aws:fsx', 'aws:backup', 'AWS:KMS', 'aes256', 'SSE-S3', 'none', ''].map(
      (mode): Row => ['F-HDR-001', `no mode '${mode}' for an ordinary object`, [[SSE, mode]], unknownMode(mode)],
    ),
    ['F-HDR-002', 'a key by its id', named(({ kmsKeyArn }) => idOf(kmsKeyArn)), OK],
    ['F-HDR-002', 'a key by its ARN', named(({ kmsKeyArn }) => kmsKeyArn), OK],
    ['F-HDR-002', 'a key by its alias', named(() => 'alias/mine'), OK],
    ['F-HDR-002', 'a key by the ARN of its alias', named(aliasArn), OK],
    [
      'F-HDR-002',
      'a key for DSSE-KMS',
      ({ kmsKeyArn }) => [
        [SSE, 'aws:kms:dsse'],
        [KMS_KEY_ID, kmsKeyArn],
      ],
      OK,
    ],
    ['F-HDR-002', 'no key of another form', named(() => 'my key'), { status: 400, code: 'KMS.NotFoundException' }],
    ['F-HDR-002', 'no key without a mode', ({ kmsKeyArn }) => [[KMS_KEY_ID, kmsKeyArn]], KEY_WITHOUT_KMS],
    [
      'F-HDR-002',
      'no key with AES256',
      ({ kmsKeyArn }) => [
        [SSE, 'AES256'],
        [KMS_KEY_ID, kmsKeyArn],
      ],
      KEY_WITHOUT_KMS,
    ],
    ['F-HDR-003', 'a context of texts', context('{"team":"blue","ü":"ö"}'), OK],
    ['F-HDR-003', 'an empty context', context('{}'), OK],
    ['F-HDR-003', 'no context with a number in it', context('{"team":1}'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context with an object in it', context('{"team":{"a":"b"}}'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context with a null in it', context('{"team":null}'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context that is a list', context('["team"]'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context that is a text', context('"team"'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context that is no JSON', context('team=blue'), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context that is no UTF-8', context(new Uint8Array([0x7b, 0xff, 0x7d])), CONTEXT_MALFORMED],
    ['F-HDR-003', 'no context that is no Base64', [KMS, [CONTEXT, '{"team":"blue"}']], CONTEXT_MALFORMED],
    ['F-HDR-004', 'a Bucket Key', [KMS, [BUCKET_KEY, 'true']], { ...OK, told: { [BUCKET_KEY]: 'true' } }],
    ['F-HDR-004', 'no Bucket Key', [KMS, [BUCKET_KEY, 'false']], { ...OK, told: { [BUCKET_KEY]: undefined } }],
    ...['yes', '1', ''].map(
      (value): Row => [
        'F-HDR-004',
        `no '${value}' about Bucket Keys`,
        [KMS, [BUCKET_KEY, value]],
        { status: 400, code: 'InvalidArgument' },
      ],
    ),
    ['F-HDR-005', 'the algorithm AES256', trio(SSE_C, CUSTOMER_KEY), OK],
    ...['AES-256', 'aes256', 'aws:kms', ''].map(
      (algorithm): Row => [
        'F-HDR-005',
        `no algorithm '${algorithm}'`,
        trio(SSE_C, CUSTOMER_KEY, { algorithm }),
        wrongAlgorithm(algorithm),
      ],
    ),
    ['F-HDR-006', 'a key of 32 bytes', trio(SSE_C, bytes(32)), OK],
    ...[0, 16, 24, 31, 33, 64].map(
      (length): Row => ['F-HDR-006', `no key of ${length} bytes`, trio(SSE_C, bytes(length)), LENGTH],
    ),
    ['F-HDR-006', 'no key in hexadecimal', trio(SSE_C, bytes(32), { key: '07'.repeat(32) }), MD5],
    ['F-HDR-006', 'no key that is no Base64', trio(SSE_C, bytes(32), { key: '*'.repeat(44) }), MD5],
    [
      'F-HDR-007',
      'the MD5 of the key, and tells it',
      trio(SSE_C, CUSTOMER_KEY),
      { ...OK, told: { [`${SSE_C}-key-MD5`]: md5Of(CUSTOMER_KEY) } },
    ],
    ['F-HDR-007', 'no MD5 of another key', trio(SSE_C, CUSTOMER_KEY, { md5: md5Of(OTHER_KEY) }), MD5],
    [
      'F-HDR-007',
      'no MD5 in hexadecimal',
      trio(SSE_C, CUSTOMER_KEY, { md5: createHash('md5').update(CUSTOMER_KEY).digest('hex') }),
      MD5,
    ],
    ['F-HDR-007', 'no MD5 of 15 bytes', trio(SSE_C, CUSTOMER_KEY, { md5: base64(bytes(15)) }), MD5],
    [
      'F-HDR-011',
      'names in capitals, and names in small letters',
      [
        [SSE.toUpperCase(), 'aws:kms'],
        [BUCKET_KEY.toUpperCase(), 'true'],
      ],
      { ...OK, told: { [SSE]: 'aws:kms', [BUCKET_KEY]: 'true' } },
    ],
    ['F-HDR-011', 'the MD5 under its name in small letters', sseC(CUSTOMER_KEY), OK],
    ['F-HDR-012', 'no AES-256 with a hyphen', [[SSE, 'AES-256']], unknownMode('AES-256')],
    [
      'F-HDR-013',
      'the MD5 of the raw bytes',
      trio(SSE_C, ASCII_KEY, { md5: 'JMwgiexXqwuPqIPjYFmIZQ==' }),
      { ...OK, told: { [`${SSE_C}-key-MD5`]: 'JMwgiexXqwuPqIPjYFmIZQ==' } },
    ],
    [
      'F-HDR-013',
      'no MD5 of the Base64 text',
      trio(SSE_C, ASCII_KEY, { md5: md5Of(new TextEncoder().encode(base64(ASCII_KEY))) }),
      MD5,
    ],
    [
      'F-HDR-014',
      'no key that was encoded twice, as an SDK does that gets Base64 and no MD5',
      trio(SSE_C, new TextEncoder().encode(base64(CUSTOMER_KEY))),
      LENGTH,
    ],
  ];

  it.each(rows)('%s: PutObject takes %s', async (_fact, _what, headers, expected) => {
    const list = typeof headers === 'function' ? headers(world) : headers;
    check(await world.put('object', list), expected);
    expect(world.complaints).toEqual([]);
  });

  it('F-HDR-002, F-HDR-033: whatever names the key, the answer has its full ARN', async () => {
    const names = [idOf(world.kmsKeyArn), world.kmsKeyArn, 'alias/mine', aliasArn(world)];
    for (const name of names) {
      const { header } = await world.put('object', [KMS, [KMS_KEY_ID, name]]);
      expect(header(KMS_KEY_ID), name).toBe(world.kmsKeyArn);
    }
  });

  it('F-HDR-003: the context that was sent is the one KMS is asked with, beside S3’s own pair', async () => {
    world.records();
    expect((await world.put('object', context('{"team":"blue"}'))).status).toBe(200);
    expect(world.records()[0]).toMatchObject({
      eventName: 'GenerateDataKey',
      requestParameters: { encryptionContext: { team: 'blue', 'aws:s3:arn': 'arn:aws:s3:::the-bucket/object' } },
    });
  });
});

describe('request headers about the source of a copy (facts, 2.1)', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    expect((await world.put('source', sseC(CUSTOMER_KEY))).status).toBe(200);
  });

  const rows: Row[] = [
    ['F-HDR-008', 'the algorithm AES256', trio(SOURCE_PREFIX, CUSTOMER_KEY), OK],
    ...['AES-256', 'aws:kms'].map(
      (algorithm): Row => [
        'F-HDR-008',
        `no algorithm ${algorithm}`,
        trio(SOURCE_PREFIX, CUSTOMER_KEY, { algorithm }),
        wrongAlgorithm(algorithm),
      ],
    ),
    ['F-HDR-009', 'the source’s key', trio(SOURCE_PREFIX, CUSTOMER_KEY), OK],
    ['F-HDR-009', 'no other key', trio(SOURCE_PREFIX, OTHER_KEY), WRONG_SOURCE_KEY],
    ['F-HDR-009', 'no key of 16 bytes', trio(SOURCE_PREFIX, bytes(16)), WRONG_SOURCE_KEY],
    ['F-HDR-010', 'the MD5 of the source’s key', trio(SOURCE_PREFIX, CUSTOMER_KEY), OK],
    ['F-HDR-010', 'no MD5 of another key', trio(SOURCE_PREFIX, CUSTOMER_KEY, { md5: md5Of(OTHER_KEY) }), MD5],
    [
      'F-HDR-011',
      'the same names in capitals',
      trio(SOURCE_PREFIX, CUSTOMER_KEY).map(([name, value]): Header => [name.toUpperCase(), value]),
      OK,
    ],
  ];

  it.each(rows)('%s: CopyObject takes %s', async (_fact, _what, headers, expected) => {
    const list = typeof headers === 'function' ? headers(world) : headers;
    const source: Header = ['x-amz-copy-source', '/the-bucket/source'];
    check(await world.onObject('PUT', 'copy', '', { headers: [source, ...list] }), expected);
  });
});

/** Operations on an object or upload of a mode that was there before, or that they make. */
type Ask = (world: FactWorld, mode: RestMode) => Promise<ServedAnswer>;
interface Answering {
  readonly fact: string;
  readonly operation: string;
  readonly ask: Ask;
  /** Whether the answer tells the mode; `no SSE-C`: of all modes but this one. */
  readonly tells: 'everything' | 'no SSE-C' | 'nothing';
}

const isSseC = (mode: RestMode) => mode === 'SSE-C';
const keyFor = (mode: RestMode): Header[] => (isSseC(mode) ? sseC(CUSTOMER_KEY) : []);
const nameOf = (mode: RestMode) => `there ${mode}`;
const uploadIdQuery = (id: string) => `uploadId=${encodeURIComponent(id)}`;

const ANSWERING: readonly Answering[] = [
  {
    fact: 'F-HDR-020',
    operation: 'PutObject',
    ask: (world, mode) => world.put('put', world.headersOf(mode)),
    tells: 'everything',
  },
  {
    fact: 'F-HDR-021',
    operation: 'GetObject',
    ask: (world, mode) => world.get(nameOf(mode), keyFor(mode)),
    tells: 'everything',
  },
  {
    fact: 'F-HDR-022',
    operation: 'HeadObject',
    ask: (world, mode) => world.onObject('HEAD', nameOf(mode), '', { headers: keyFor(mode) }),
    tells: 'everything',
  },
  {
    fact: 'F-HDR-023',
    operation: 'CopyObject',
    ask: (world, mode) =>
      world.onObject('PUT', 'copied', '', {
        headers: [['x-amz-copy-source', '/the-bucket/source'], ...world.headersOf(mode)],
      }),
    tells: 'everything',
  },
  {
    fact: 'F-HDR-024',
    operation: 'CreateMultipartUpload',
    ask: (world, mode) => world.onObject('POST', 'created', 'uploads', { headers: world.headersOf(mode) }),
    tells: 'everything',
  },
  {
    fact: 'F-HDR-025',
    operation: 'UploadPart',
    ask: async (world, mode) => {
      const id = await world.open('parts', world.headersOf(mode));
      return world.part({ name: 'parts', id }, 1, 'abc', keyFor(mode));
    },
    tells: 'everything',
  },
  {
    fact: 'F-HDR-026',
    operation: 'UploadPartCopy',
    ask: async (world, mode) => {
      const id = await world.open('parts', world.headersOf(mode));
      const headers: Header[] = [['x-amz-copy-source', '/the-bucket/source'], ...keyFor(mode)];
      return world.part({ name: 'parts', id }, 1, '', headers);
    },
    tells: 'everything',
  },
  {
    fact: 'F-HDR-027',
    operation: 'CompleteMultipartUpload',
    ask: async (world, mode) => {
      const upload = { name: 'parts', id: await world.open('parts', world.headersOf(mode)) };
      const part = await world.part(upload, 1, 'abc', keyFor(mode));
      return world.complete(upload, [[1, part.header('etag') ?? '']]);
    },
    tells: 'no SSE-C',
  },
  {
    fact: 'F-HDR-028',
    operation: 'ListParts',
    ask: async (world, mode) => {
      const id = await world.open('parts', world.headersOf(mode));
      return world.onObject('GET', 'parts', uploadIdQuery(id), { headers: keyFor(mode) });
    },
    tells: 'nothing',
  },
  {
    fact: 'F-HDR-028',
    operation: 'GetObjectAttributes',
    ask: (world, mode) => {
      const headers: Header[] = [['x-amz-object-attributes', 'ETag,ObjectSize'], ...keyFor(mode)];
      return world.onObject('GET', nameOf(mode), 'attributes', { headers });
    },
    tells: 'nothing',
  },
  {
    fact: 'F-HDR-030',
    operation: 'DeleteObject',
    ask: async (world, mode) => {
      await world.put('to delete', world.headersOf(mode));
      return world.onObject('DELETE', 'to delete');
    },
    tells: 'nothing',
  },
  {
    fact: 'F-HDR-030',
    operation: 'ListObjects',
    ask: world => world.send({ path: '/the-bucket' }),
    tells: 'nothing',
  },
  {
    fact: 'F-HDR-030',
    operation: 'ListObjectsV2',
    ask: world => world.send({ path: '/the-bucket', query: 'list-type=2' }),
    tells: 'nothing',
  },
];
const TELLING = ANSWERING.flatMap(row =>
  REST_MODES.map(mode => [`${row.fact}: ${row.operation}, ${mode}, tells ${row.tells}`, { ...row, mode }] as const),
);

describe('what each operation tells of the encryption, in each mode (facts, 2.2)', () => {
  let world: FactWorld;
  let s3KeyArn: string;
  beforeAll(async () => {
    world = await createFactWorld();
    s3KeyArn = await world.findS3KeyArn();
    expect((await world.put('source')).status).toBe(200);
    for (const mode of REST_MODES) expect((await world.put(nameOf(mode), world.headersOf(mode))).status).toBe(200);
  });

  it.each(TELLING)('%s', async (_what, { ask, mode, tells }) => {
    const answer = await ask(world, mode);
    expect([200, 204], answer.text).toContain(answer.status);
    const isTold = tells === 'everything' || (tells === 'no SSE-C' && !isSseC(mode));
    expect(toldBy(answer)).toEqual(isTold ? expectedOf(mode, world.kmsKeyArn, s3KeyArn, CUSTOMER_KEY) : {});
    // F-HDR-031: a customer's key is never given back.
    expect(answer.header(`${SSE_C}-key`)).toBeUndefined();
    expect(answer.text).not.toContain(base64(CUSTOMER_KEY));
    expect(world.complaints).toEqual([]);
  });

  it.each(['PutObject', 'CopyObject', 'CreateMultipartUpload'])(
    'F-HDR-020, F-HDR-023, F-HDR-024: %s gives the context back that was sent, reading does not',
    async operation => {
      const row = ANSWERING.find(one => one.operation === operation);
      const sent: Header[] = [KMS, [CONTEXT, base64('{"team":"blue"}')]];
      const answer = await row?.ask({ ...world, headersOf: () => sent }, 'SSE-KMS aws/s3');
      expect(answer?.header(CONTEXT)).toBe(base64('{"team":"blue"}'));
      const read = await world.get(operation === 'PutObject' ? 'put' : nameOf('SSE-KMS aws/s3'));
      expect([read.status, read.header(CONTEXT)]).toEqual([200, undefined]);
    },
  );

  it('F-HDR-032: an answer about SSE-C has no header of the other modes', async () => {
    for (const { operation, ask } of ANSWERING) {
      const answer = await ask(world, 'SSE-C');
      const others = [SSE, KMS_KEY_ID, BUCKET_KEY, CONTEXT].map(name => answer.header(name));
      expect(others, operation).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('F-HDR-034: nothing is ever told to be false about Bucket Keys', async () => {
    for (const { operation, ask } of ANSWERING) {
      for (const mode of ['SSE-S3', 'SSE-KMS aws/s3', 'SSE-KMS cmk', 'DSSE-KMS'] as const) {
        expect((await ask(world, mode)).header(BUCKET_KEY), `${operation} ${mode}`).toBeUndefined();
      }
    }
  });

  it('F-HDR-035, F-HDR-037: a default answers as if it had been asked for, until a header says otherwise', async () => {
    const own = await createFactWorld();
    expect(toldBy(await own.put('a'))).toEqual({ [SSE]: 'AES256' });
    await own.setDefault('aws:kms', own.kmsKeyArn);
    expect(toldBy(await own.put('a'))).toEqual({ [SSE]: 'aws:kms', [KMS_KEY_ID]: own.kmsKeyArn });
    expect(toldBy(await own.put('a', [[SSE, 'AES256']]))).toEqual({ [SSE]: 'AES256' });
    // F-HDR-036: a mode without a key means aws/s3, also when the default names another.
    const s3Key = await own.findS3KeyArn();
    expect(toldBy(await own.put('a', [KMS]))).toEqual({ [SSE]: 'aws:kms', [KMS_KEY_ID]: s3Key });
  });
});

describe('what operations do not take (facts, 2.2)', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    expect((await world.put('plain')).status).toBe(200);
    expect((await world.put('mine', sseC(CUSTOMER_KEY))).status).toBe(200);
  });
  const onPlain = (method: string, query = '') => {
    return (one: FactWorld, headers: readonly Header[]) => one.onObject(method, 'plain', query, { headers });
  };
  const onPart = (more: readonly Header[]) => async (one: FactWorld, headers: readonly Header[]) => {
    const id = await one.open('parts', [[SSE, 'AES256']]);
    return one.part({ name: 'parts', id }, 1, more.length === 0 ? 'abc' : '', [...more, ...headers]);
  };
  const ON_READ = refused('InvalidArgument', `${SSE} header is not supported for this operation.`, 'AES256');
  const NOT_APPLICABLE = refused('InvalidRequest', 'The encryption parameters are not applicable to this object.');
  const NO_CUSTOMER_KEY = refused(
    'InvalidRequest',
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  );
  const COPY: Header = ['x-amz-copy-source', '/the-bucket/plain'];
  type Refusing = readonly [
    fact: string,
    operation: string,
    what: string,
    ask: (one: FactWorld, headers: readonly Header[]) => Promise<ServedAnswer>,
    headers: readonly Header[],
    expected: Expected,
  ];
  const MODE: readonly Header[] = [[SSE, 'AES256']];
  const KEY_ID: readonly Header[] = [[KMS_KEY_ID, 'alias/x']];
  const rows: Refusing[] = [
    ['F-HDR-021', 'GetObject', 'a mode', onPlain('GET'), MODE, ON_READ],
    ['F-HDR-021', 'GetObject', 'a KMS key', onPlain('GET'), KEY_ID, KEY_WITHOUT_KMS],
    ['F-HDR-021', 'GetObject', 'an SSE-C key nobody needs', onPlain('GET'), sseC(CUSTOMER_KEY), NOT_APPLICABLE],
    ['F-HDR-022', 'HeadObject', 'a mode', onPlain('HEAD'), MODE, { status: 400 }],
    ['F-HDR-022', 'HeadObject', 'a KMS key', onPlain('HEAD'), KEY_ID, { status: 400 }],
    ['F-HDR-025', 'UploadPart', 'a mode', onPart([]), MODE, ON_READ],
    ['F-HDR-025', 'UploadPart', 'an SSE-C key nobody asked for', onPart([]), sseC(CUSTOMER_KEY), NO_CUSTOMER_KEY],
    ['F-HDR-026', 'UploadPartCopy', 'a mode', onPart([COPY]), MODE, ON_READ],
    ['F-HDR-026', 'UploadPartCopy', 'an SSE-C key', onPart([COPY]), sseC(CUSTOMER_KEY), NO_CUSTOMER_KEY],
    [
      'F-HDR-026',
      'UploadPartCopy',
      'a source key nobody needs',
      onPart([COPY]),
      sseC(CUSTOMER_KEY, SOURCE_PREFIX),
      NOT_APPLICABLE,
    ],
    [
      'F-HDR-028',
      'GetObjectAttributes',
      'a mode',
      (one, headers) =>
        one.onObject('GET', 'plain', 'attributes', { headers: [['x-amz-object-attributes', 'ETag'], ...headers] }),
      MODE,
      ON_READ,
    ],
  ];

  it.each(rows)('%s: %s does not take %s', async (_fact, _operation, _what, ask, headers, expected) => {
    check(await ask(world, headers), expected);
  });

  it('F-HDR-023, F-HDR-026: a copy takes one customer key for its source and another for its target', async () => {
    const source: Header = ['x-amz-copy-source', '/the-bucket/mine'];
    const both = [source, ...sseC(CUSTOMER_KEY, SOURCE_PREFIX), ...sseC(OTHER_KEY)];
    expect((await world.onObject('PUT', 'copy', '', { headers: both })).status).toBe(200);
    const upload = { name: 'copy in parts', id: await world.open('copy in parts', sseC(OTHER_KEY)) };
    const part = await world.part(upload, 1, '', both);
    const etag = /ETag>&quot;([0-9a-f]{32})/.exec(part.text)?.[1] ?? '';
    expect((await world.complete(upload, [[1, etag]])).status).toBe(200);
    for (const name of ['copy', 'copy in parts']) {
      expect((await world.get(name, sseC(OTHER_KEY))).text).toBe('content');
      expect((await world.get(name, sseC(CUSTOMER_KEY))).status).toBe(403);
    }
  });

  it('F-HDR-030: an object is deleted without its customer key', async () => {
    await world.put('gone', sseC(CUSTOMER_KEY));
    expect((await world.onObject('DELETE', 'gone')).status).toBe(204);
    expect((await world.get('gone', sseC(CUSTOMER_KEY))).status).toBe(404);
  });
});
