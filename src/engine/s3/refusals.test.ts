import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  createS3Harness,
  customerKeyHeaders,
  defaultRule,
  encryptionXml,
  type S3Harness,
  SSE,
  SSE_C,
  UNBLOCK_RULE,
} from '../../testing/s3Harness.ts';
import { toBase64 } from '../bytes/text.ts';
import { md5 } from '../crypto/md5.ts';
import { textBody } from '../http/message.ts';

const KEY_ID = `${SSE}-aws-kms-key-id`;
const CONTEXT = `${SSE}-context`;
const KEY = new Uint8Array(32).fill(0x5e);
const OTHER_KEY = new Uint8Array(32).fill(0x5f);
const SHORT_KEY = new Uint8Array(16).fill(0x5e);
const LONG_KEY = new Uint8Array(44).fill(0x5e);
const UUID = '11111111-2222-4333-8444-555555555555';

/** What AWS answers, as the facts record it. `argument` absent: no ArgumentName and no ArgumentValue. */
interface Expected {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly argument?: { readonly name: string; readonly value?: string };
}

function toldBy({ status, error }: Answer) {
  return {
    status,
    code: error.Code,
    message: error.Message,
    ArgumentName: error.ArgumentName,
    ArgumentValue: error.ArgumentValue,
  };
}

function told({ status, code, message, argument }: Expected) {
  return { status, code, message, ArgumentName: argument?.name, ArgumentValue: argument?.value };
}

const bad = (code: string, message: string, argument?: Expected['argument']): Expected => ({
  status: 400,
  code,
  message,
  ...(argument ? { argument } : {}),
});
const withKey = 'Requests specifying Server Side Encryption with Customer provided keys must';
const withKms = 'Requests specifying Server Side Encryption with AWS KMS managed keys';
const ANY_SSE = { name: SSE };
const WRONG_KEY: Expected = {
  status: 403,
  code: 'AccessDenied',
  message: `${withKey} provide the correct secret key.`,
};
const KEY_NEEDED = bad(
  'InvalidRequest',
  'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
);
const NOT_APPLICABLE = bad('InvalidRequest', 'The encryption parameters are not applicable to this object.');
const OVER_HTTP = bad('InvalidRequest', `${withKey} be made over a secure connection.`);
const CONFLICT = (value: string) =>
  bad(
    'InvalidArgument',
    'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
    { name: SSE, value },
  );
const ALGORITHM = (value: string) =>
  bad(
    'InvalidEncryptionAlgorithmError',
    'The Encryption request you specified is not valid. Supported value: AES256.',
    { name: SSE, value },
  );
const NO_ALGORITHM = bad('InvalidArgument', `${withKey} provide a valid encryption algorithm.`, ANY_SSE);
const NO_KEY = bad('InvalidArgument', `${withKey} provide an appropriate secret key.`, ANY_SSE);
const NO_MD5 = bad('InvalidArgument', `${withKey} provide the client calculated MD5 of the secret key.`, ANY_SSE);
const LENGTH = bad('InvalidArgument', 'The secret key was invalid for the specified algorithm.', ANY_SSE);
const MD5 = bad(
  'InvalidArgument',
  'The calculated MD5 hash of the key did not match the hash that was provided.',
  ANY_SSE,
);
const KEY_WITHOUT_KMS = bad(
  'InvalidArgument',
  'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
  ANY_SSE,
);
const UNSIGNED = bad('InvalidArgument', `${withKms} require AWS Signature Version 4.`, {
  name: 'Authorization',
  value: 'null',
});
const KMS_OVER_HTTP = bad('InvalidArgument', `${withKms} must be made over a secure connection.`);
const MALFORMED_XML = bad(
  'MalformedXML',
  'The XML you provided was not well-formed or did not validate against our published schema',
);
const CONTEXT_MALFORMED = bad(
  'InvalidArgument',
  "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
);

type Act = (s3: S3Harness) => Promise<Answer>;
type Row = readonly [factAndWhat: string, act: Act, expected: Expected];
const plain = { isSecure: false };

describe('SSE-C requests (facts, 12.1)', () => {
  let s3: S3Harness;
  beforeAll(async () => {
    s3 = await createS3Harness('sse-c');
    expect((await s3.configure(encryptionXml(UNBLOCK_RULE))).status).toBe(200);
    expect((await s3.put('mine', 'locked', customerKeyHeaders(KEY))).status).toBe(200);
    expect((await s3.put('theirs', 'S3 locks this')).status).toBe(200);
  });

  const md5OfText = toBase64(new Uint8Array(16));
  const rows: readonly Row[] = [
    ['F-ERR-001: PUT over plain HTTP', s => s.put('n', 'x', customerKeyHeaders(KEY), plain), OVER_HTTP],
    ['F-ERR-001: GET over plain HTTP', s => s.get('mine', customerKeyHeaders(KEY), plain), OVER_HTTP],
    ['F-ERR-002: with AES256', s => s.put('n', 'x', [...customerKeyHeaders(KEY), [SSE, 'AES256']]), CONFLICT('AES256')],
    [
      'F-ERR-002: with aws:kms',
      s => s.put('n', 'x', [...customerKeyHeaders(KEY), [SSE, 'aws:kms']]),
      CONFLICT('aws:kms'),
    ],
    [
      'F-ERR-003: PUT with AES128',
      s => s.put('n', 'x', customerKeyHeaders(KEY, { algorithm: 'AES128' })),
      ALGORITHM('AES128'),
    ],
    [
      'F-ERR-003: GET with AES128',
      s => s.get('mine', customerKeyHeaders(KEY, { algorithm: 'AES128' })),
      ALGORITHM('AES128'),
    ],
    ['F-ERR-003: an empty algorithm', s => s.put('n', 'x', customerKeyHeaders(KEY, { algorithm: '' })), ALGORITHM('')],
    ['F-ERR-004: no algorithm', s => s.put('n', 'x', customerKeyHeaders(KEY, { algorithm: undefined })), NO_ALGORITHM],
    ['F-ERR-005: no key', s => s.put('n', 'x', customerKeyHeaders(KEY, { encodedKey: undefined })), NO_KEY],
    [
      'F-ERR-005: neither key nor MD5',
      s => s.put('n', 'x', customerKeyHeaders(KEY, { encodedKey: undefined, encodedMd5: undefined })),
      NO_KEY,
    ],
    ['F-ERR-006: no MD5', s => s.put('n', 'x', customerKeyHeaders(KEY, { encodedMd5: undefined })), NO_MD5],
    ['F-ERR-007: PUT with a short key', s => s.put('n', 'x', customerKeyHeaders(SHORT_KEY)), LENGTH],
    ['F-ERR-008: PUT with another MD5', s => s.put('n', 'x', customerKeyHeaders(KEY, { encodedMd5: md5OfText })), MD5],
    ['F-ERR-008: GET with another MD5', s => s.get('mine', customerKeyHeaders(KEY, { encodedMd5: md5OfText })), MD5],
    [
      'F-KAT-034: the MD5 of the Base64 text instead of the key',
      s =>
        s.put(
          'n',
          'x',
          customerKeyHeaders(new TextEncoder().encode('1234567890abcdef1234567890abcdef'), {
            encodedMd5: 'vSxFCLoaKaicDC136YAwYQ==',
          }),
        ),
      MD5,
    ],
    ['F-ERR-009: GET without key', s => s.get('mine'), KEY_NEEDED],
    ['F-ERR-009: also over plain HTTP', s => s.get('mine', [], plain), KEY_NEEDED],
    ['F-ERR-010: GET with another key', s => s.get('mine', customerKeyHeaders(OTHER_KEY)), WRONG_KEY],
    ['F-ERR-011: GET with a key of 44 bytes', s => s.get('mine', customerKeyHeaders(LONG_KEY)), WRONG_KEY],
    ['F-ERR-011: GET with an empty key', s => s.get('mine', customerKeyHeaders(new Uint8Array(0))), WRONG_KEY],
    ['F-ERR-012: GET of an object without such a key', s => s.get('theirs', customerKeyHeaders(KEY)), NOT_APPLICABLE],
    ['F-ERR-012: whatever the key’s length', s => s.get('theirs', customerKeyHeaders(LONG_KEY)), NOT_APPLICABLE],
  ];
  it.each(rows)('%s', async (_what, act, expected) => {
    expect(toldBy(await act(s3))).toEqual(told(expected));
  });

  const order: readonly Row[] = [
    [
      'the conflict comes before the algorithm',
      s => s.put('n', 'x', [...customerKeyHeaders(KEY, { algorithm: 'AES128' }), [SSE, 'nonsense']]),
      CONFLICT('nonsense'),
    ],
    [
      'the algorithm comes before the key',
      s => s.put('n', 'x', customerKeyHeaders(KEY, { algorithm: 'AES128', encodedKey: undefined })),
      ALGORITHM('AES128'),
    ],
    [
      'the key comes before the MD5',
      s => s.put('n', 'x', customerKeyHeaders(KEY, { encodedKey: undefined, encodedMd5: md5OfText })),
      NO_KEY,
    ],
    [
      'the MD5 comes before the length',
      s => s.put('n', 'x', customerKeyHeaders(SHORT_KEY, { encodedMd5: md5OfText })),
      MD5,
    ],
    [
      'the algorithm comes before what the object says',
      s => s.get('theirs', customerKeyHeaders(KEY, { algorithm: 'AES128' })),
      ALGORITHM('AES128'),
    ],
    [
      'the MD5 comes before what the object says',
      s => s.get('theirs', customerKeyHeaders(KEY, { encodedMd5: md5OfText })),
      MD5,
    ],
  ];
  it.each(order)('F-ERR-018: %s', async (_what, act, expected) => {
    expect(toldBy(await act(s3))).toEqual(told(expected));
  });

  it('F-ERR-016 and F-ERR-018: a bucket that blocks SSE-C says so before it looks at the key', async () => {
    const { put, world, bucketName } = await createS3Harness('sse-c');
    const blocked: Expected = {
      status: 403,
      code: 'AccessDenied',
      message: `User: arn:aws:iam::111122223333:user/application-owner is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${bucketName}/a b" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
    };
    for (const headers of [
      customerKeyHeaders(KEY),
      customerKeyHeaders(SHORT_KEY, { encodedMd5: md5OfText, algorithm: 'AES128' }),
    ]) {
      expect(toldBy(await put('a b', 'x', headers))).toEqual(told(blocked));
    }
    expect(world.objects.find(bucketName, 'a b')).toBeUndefined();
  });

  it('leaves neither object nor key behind when it refuses', async () => {
    const { rooms, objects } = s3.world;
    const before = rooms['s3.disk'].ids();
    for (const [, act] of rows) await act(s3);
    expect(objects.find(s3.bucketName, 'n')).toBeUndefined();
    expect(rooms['s3.disk'].ids()).toEqual(before);
    expect(rooms['s3.memory'].ids()).toEqual([]);
  });
});

describe('SSE and KMS headers (facts, 12.2 and 12.3)', () => {
  let s3: S3Harness;
  let cmk: string;
  beforeAll(async () => {
    s3 = await createS3Harness('sse-kms-cmk');
    cmk = s3.world.names.kmsKeyArn;
    const stored = await s3.put('locked', 'by KMS', [
      [SSE, 'aws:kms'],
      [KEY_ID, cmk],
    ]);
    expect(stored.status).toBe(200);
  });
  const kms = (keyId: string, context?: string) =>
    [[SSE, 'aws:kms'], [KEY_ID, keyId], ...(context === undefined ? [] : [[CONTEXT, context] as const])] as const;
  const sigV2 = { afterSigning: signedAs('AWS AKIDEXAMPLE:c2lnbmF0dXJl') };
  const notFound = (message: string) => bad('KMS.NotFoundException', message);

  const rows: readonly Row[] = [
    ...['aes:kms', 'AES-256', 'aes256', ''].map(
      (value): Row => [
        `F-ERR-030: the unknown value "${value}"`,
        s => s.put('n', 'x', [[SSE, value]]),
        bad('InvalidArgument', 'The encryption method specified is not supported', { name: SSE, value }),
      ],
    ),
    [
      'F-ERR-031: the SSE header on a GET',
      s => s.get('locked', [[SSE, 'aws:kms']]),
      bad('InvalidArgument', 'x-amz-server-side-encryption header is not supported for this operation.', {
        name: SSE,
        value: 'aws:kms',
      }),
    ],
    ['F-ERR-032: a KMS key without the SSE header', s => s.put('n', 'x', [[KEY_ID, cmk]]), KEY_WITHOUT_KMS],
    [
      'F-ERR-032: a KMS key with AES256',
      s =>
        s.put('n', 'x', [
          [SSE, 'AES256'],
          [KEY_ID, cmk],
        ]),
      KEY_WITHOUT_KMS,
    ],
    ['F-ERR-032: a KMS key on a GET', s => s.get('locked', [[KEY_ID, cmk]]), KEY_WITHOUT_KMS],
    ...['no base64', btoa('no JSON'), btoa('["a"]'), btoa('{"a":1}'), btoa('null'), ''].map(
      (text): Row => [
        `F-ERR-033: the context header "${text}"`,
        s => s.put('n', 'x', kms(cmk, text)),
        CONTEXT_MALFORMED,
      ],
    ),
    ['F-ERR-034: an anonymous KMS write', s => s.put('n', 'x', kms(cmk), { as: 'anonymous' }), UNSIGNED],
    ['F-ERR-034: a KMS write signed the old way', s => s.put('n', 'x', kms(cmk), sigV2), UNSIGNED],
    ['F-ERR-034: an anonymous read of a KMS object', s => s.get('locked', [], { as: 'anonymous' }), UNSIGNED],
    ['F-ERR-035: a KMS write over plain HTTP', s => s.put('n', 'x', kms(cmk), plain), KMS_OVER_HTTP],
    ['F-ERR-035: a KMS read over plain HTTP', s => s.get('locked', [], plain), KMS_OVER_HTTP],
    [
      'F-ERR-035: before the policy is asked',
      s => s.put('n', 'x', kms(cmk), { ...plain, as: 'stranger' }),
      KMS_OVER_HTTP,
    ],
    [
      'F-ERR-036: a stranger’s write',
      s => s.put('n', 'x', [], { as: 'stranger' }),
      { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    ],
    ['F-ERR-044: aws/s3 without its alias/', s => s.put('n', 'x', kms('aws/s3')), notFound("Invalid keyId 'aws/s3'")],
    [
      'F-ERR-040: a malformed key id',
      s => s.put('n', 'x', kms('fake-key-id')),
      notFound("Invalid keyId 'fake-key-id'"),
    ],
    [
      'F-ERR-041, F-ERR-043: a key id that does not exist here, since S3 makes it one of this Region',
      s => s.put('n', 'x', kms(UUID)),
      notFound(`Key 'arn:aws:kms:eu-central-1:111122223333:key/${UUID}' does not exist`),
    ],
    [
      'F-ERR-041: an ARN that does not exist',
      s => s.put('n', 'x', kms(`arn:aws:kms:eu-central-1:111122223333:key/${UUID}`)),
      notFound(`Key 'arn:aws:kms:eu-central-1:111122223333:key/${UUID}' does not exist`),
    ],
    [
      'F-ERR-041: the same under DSSE-KMS',
      s =>
        s.put('n', 'x', [
          [SSE, 'aws:kms:dsse'],
          [KEY_ID, UUID],
        ]),
      notFound(`Key 'arn:aws:kms:eu-central-1:111122223333:key/${UUID}' does not exist`),
    ],
    [
      'F-ERR-042: an ARN of another Region',
      s => s.put('n', 'x', kms(`arn:aws:kms:us-west-2:111122223333:key/${UUID}`)),
      notFound('Invalid arn us-west-2'),
    ],
  ];
  it.each(rows)('%s', async (_what, act, expected) => {
    expect(toldBy(await act(s3))).toEqual(told(expected));
    expect(s3.world.objects.find(s3.bucketName, 'n')).toBeUndefined();
  });

  it('F-ERR-035: also when KMS is only the bucket’s default', async () => {
    const { configure, put, world } = await createS3Harness('sse-kms-cmk');
    await configure(encryptionXml(defaultRule('aws:kms', world.names.kmsKeyArn)));
    expect(toldBy(await put('n', 'x', [], plain))).toEqual(told(KMS_OVER_HTTP));
    expect(toldBy(await put('n', 'x', [], { as: 'anonymous' }))).toEqual(told(UNSIGNED));
    expect((await put('n', 'x')).header(`${SSE}-aws-kms-key-id`)).toBe(world.names.kmsKeyArn);
  });

  it('F-ERR-036: a bucket policy that denies is told as such to the bucket’s own account', async () => {
    const other = await createS3Harness();
    const resource = `arn:aws:s3:::${other.bucketName}/n`;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: resource };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [deny] });
    const path = `/${other.bucketName}`;
    const headers = [['content-md5', toBase64(md5(new TextEncoder().encode(policy)))]] as const;
    expect((await other.ask({ method: 'PUT', path, query: 'policy', body: policy, headers })).status).toBe(204);
    const owner = 'arn:aws:iam::111122223333:user/application-owner';
    expect(toldBy(await other.put('n', 'x'))).toEqual(
      told({
        status: 403,
        code: 'AccessDenied',
        message: `User: ${owner} is not authorized to perform: s3:PutObject on resource: "${resource}" with an explicit deny in a resource-based policy`,
      }),
    );
  });

  it('F-ERR-037: an identity that nothing allows is told which action is missing', async () => {
    const { ask } = s3;
    s3.world.s3.createBucket('elsewhere', '111122223333', 'today');
    expect(toldBy(await ask({ path: '/elsewhere/x' }))).toEqual(
      told({
        status: 403,
        code: 'AccessDenied',
        message:
          'User: arn:aws:iam::111122223333:user/application-owner is not authorized to perform: s3:GetObject because no identity-based policy allows the s3:GetObject action',
      }),
    );
  });

  it('F-ERR-045 and F-ERR-046: a disabled key and one that awaits deletion are named, in writing and in reading', async () => {
    const other = await createS3Harness('sse-kms-cmk');
    const arn = other.world.names.kmsKeyArn;
    await other.put('x', 'text', kms(arn));
    other.world.kms.disableKey(arn);
    const disabled = told(bad('KMS.DisabledException', `${arn} is disabled.`));
    expect(toldBy(await other.put('x', 'text', kms(arn)))).toEqual(disabled);
    expect(toldBy(await other.get('x'))).toEqual(disabled);
    other.world.kms.scheduleKeyDeletion(arn);
    expect(toldBy(await other.get('x'))).toEqual(
      told(bad('KMS.KMSInvalidStateException', `${arn} is pending deletion.`)),
    );
  });

  it('F-ERR-048 and F-ERR-049: the S3 administrator lacks what KMS asks for', async () => {
    const start = 'User: arn:aws:iam::111122223333:user/s3-administrator is not authorized to perform:';
    const denied = (message: string) => told({ status: 403, code: 'AccessDenied', message: `${start} ${message}` });
    expect(toldBy(await s3.put('n', 'x', kms(cmk), { as: 's3-admin' }))).toEqual(
      denied(
        `kms:GenerateDataKey on resource: ${cmk} because no identity-based policy allows the kms:GenerateDataKey action`,
      ),
    );
    expect(toldBy(await s3.get('locked', [], { as: 's3-admin' }))).toEqual(
      denied(
        'kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action',
      ),
    );
  });
});

describe('PutBucketEncryption (facts, 12.4)', () => {
  const expectXml = (xml: string, expected: Expected): Row => [xml.slice(0, 150), s => s.configure(xml), expected];
  const notApplicable = bad(
    'InvalidArgument',
    'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    { name: 'ApplyServerSideEncryptionByDefault' },
  );
  const rows: readonly (readonly [fact: string, Row])[] = [
    ['F-ERR-060', expectXml(encryptionXml(), MALFORMED_XML)],
    ['F-ERR-060', expectXml(encryptionXml(defaultRule('AES256'), defaultRule('AES256')), MALFORMED_XML)],
    ['F-ERR-060', expectXml(encryptionXml('<Rule/>'), MALFORMED_XML)],
    ['F-ERR-060', expectXml('', MALFORMED_XML)],
    ['F-ERR-060', expectXml('no XML', MALFORMED_XML)],
    ['F-ERR-060', expectXml('<Other><Rule>x</Rule></Other>', MALFORMED_XML)],
    ['F-ERR-060', expectXml(encryptionXml(UNBLOCK_RULE).replace('</Rule>', ''), MALFORMED_XML)],
    ['F-ERR-060', expectXml(encryptionXml('<Rule><ApplyServerSideEncryptionByDefault/></Rule>'), MALFORMED_XML)],
    ['F-ERR-060', expectXml(encryptionXml('<Rule><__proto__>x</__proto__></Rule>'), MALFORMED_XML)],
    ['F-ERR-060', expectXml(`${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, MALFORMED_XML)],
    ['F-ERR-061', expectXml(encryptionXml(defaultRule('AES256', 'alias/x')), notApplicable)],
    ['F-ERR-063', expectXml(encryptionXml(defaultRule('SSE-KMS')), MALFORMED_XML)],
    ['F-ERR-063', expectXml(encryptionXml(UNBLOCK_RULE.replace('NONE', 'SSE-S3')), MALFORMED_XML)],
    ['a DTD', expectXml(`<!DOCTYPE x [<!ENTITY e "AES256">]>${encryptionXml(defaultRule('&e;'))}`, MALFORMED_XML)],
    ['an entity nobody declared', expectXml(encryptionXml(defaultRule('&e;')), MALFORMED_XML)],
  ];
  it.each(rows.map(([fact, row]) => [fact, ...row] as const))('%s: %s', async (_fact, _xml, act, expected) => {
    const s3 = await createS3Harness();
    expect(toldBy(await act(s3))).toEqual(told(expected));
    expect((await s3.put('x', 'x')).header(SSE)).toBe('AES256');
  });

  it('F-ERR-062: a bucket that is not there', async () => {
    const { configure } = await createS3Harness();
    const answer = await configure(encryptionXml(UNBLOCK_RULE), { path: '/not-there' });
    expect(toldBy(answer)).toEqual(
      told({ status: 404, code: 'NoSuchBucket', message: 'The specified bucket does not exist' }),
    );
    expect(answer.error.BucketName).toBe('not-there');
  });

  it('keeps the default when only the block is lifted, and the block when only the default is set', async () => {
    const { configure, put, world } = await createS3Harness('sse-kms-cmk');
    await configure(encryptionXml(defaultRule('aws:kms', world.names.kmsKeyArn)));
    expect((await put('a', 'x', customerKeyHeaders(KEY))).error.Code).toBe('AccessDenied');
    await configure(encryptionXml(UNBLOCK_RULE));
    expect((await put('a', 'x', customerKeyHeaders(KEY))).status).toBe(200);
    expect((await put('b', 'x')).header(SSE)).toBe('aws:kms');
  });

  it('needs the permission for it', async () => {
    const { configure } = await createS3Harness();
    const answer = await configure(encryptionXml(UNBLOCK_RULE), { as: 'stranger' });
    expect([answer.status, answer.error.Code]).toEqual([403, 'AccessDenied']);
  });

  it('refuses a document that was exchanged on the way', async () => {
    const { configure } = await createS3Harness();
    const answer = await configure(encryptionXml(defaultRule('AES256')), {
      ...plain,
      afterSigning: request => ({ ...request, body: textBody(encryptionXml(UNBLOCK_RULE)) }),
    });
    expect([answer.status, answer.error.Code]).toEqual([400, 'XAmzContentSHA256Mismatch']);
  });
});

/** Replaces the signature. */
function signedAs(authorization: string) {
  return (request: Parameters<NonNullable<Parameters<S3Harness['ask']>[0]['afterSigning']>>[0]) => ({
    ...request,
    headers: request.headers.map(([name, value]) => [name, name === 'authorization' ? authorization : value] as const),
  });
}

describe('every request', () => {
  let s3: S3Harness;
  beforeAll(async () => {
    s3 = await createS3Harness();
    await s3.put('x', 'text');
  });

  const mismatch: Expected = {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  };
  const notFound = (code: string, message: string): Expected => ({ status: 404, code, message });
  const rows: readonly Row[] = [
    [
      'that nobody signed is denied',
      s => s.get('x', [], { as: 'anonymous' }),
      { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    ],
    [
      'signed with another secret is denied',
      s => {
        const { accessKeyId } = s.world.customers.owner.credentials;
        return s.get('x', [], { as: { accessKeyId, secretAccessKey: 'another secret' } });
      },
      mismatch,
    ],
    [
      'signed in a form nobody knows is denied',
      s => s.get('x', [], { afterSigning: signedAs('Basic eDp5') }),
      bad('InvalidArgument', 'Unsupported Authorization Type', { name: 'Authorization', value: 'Basic eDp5' }),
    ],
    [
      'by a key that is on no file is denied',
      s => s.get('x', [], { as: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } }),
      {
        status: 403,
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
      },
    ],
    [
      'whose path was changed on the way is denied',
      s => s.get('x', [], { afterSigning: request => ({ ...request, path: request.path.replace('/x', '/y') }) }),
      mismatch,
    ],
    [
      'whose signed header was changed on the way is denied',
      s =>
        s.put('y', 'z', [[SSE, 'AES256']], {
          afterSigning: request => ({
            ...request,
            headers: request.headers.map(([name, value]) => [name, value === 'AES256' ? 'aws:kms' : value] as const),
          }),
        }),
      mismatch,
    ],
    [
      'whose body was changed on the way is refused',
      s => s.put('y', 'pay 10', [], { afterSigning: request => ({ ...request, body: textBody('pay 99') }) }),
      bad('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed."),
    ],
    [
      'whose checksum is not that of its body is refused',
      s => s.put('y', 'text', [['x-amz-checksum-sha256', toBase64(new Uint8Array(32))]]),
      bad('BadDigest', 'The SHA256 you specified did not match the calculated checksum.'),
    ],
    [
      'to a bucket that is not there is told so',
      s => s.ask({ path: '/not-there/x' }),
      notFound('NoSuchBucket', 'The specified bucket does not exist'),
    ],
    [
      'for an object that is not there is told so',
      s => s.get('nothing'),
      notFound('NoSuchKey', 'The specified key does not exist.'),
    ],
    ...(
      [
        ['the account that the bucket is of', '444455556666', 403, 'AccessDenied', 'Access Denied'],
        [
          'something that is no account',
          'abc',
          400,
          'InvalidBucketOwnerAWSAccountID',
          'The value of the expected bucket owner parameter must be an AWS Account ID... [abc]',
        ],
      ] as const
    ).map(
      ([what, owner, status, code, message]): Row => [
        `that expects another owner by ${what} is refused`,
        s => s.get('y', [['x-amz-expected-bucket-owner', owner]]),
        { status, code, message },
      ],
    ),
    ...(
      [
        ['without origin', [], 400, 'BadRequest', 'Insufficient information. Origin request header needed.'],
        [
          'without method',
          [['origin', 'https://example.org']],
          400,
          'BadRequest',
          'Invalid Access-Control-Request-Method: null',
        ],
        [
          'in full',
          [
            ['origin', 'https://example.org'],
            ['access-control-request-method', 'PUT'],
          ],
          403,
          'AccessForbidden',
          'CORSResponse: CORS is not enabled for this bucket.',
        ],
      ] as const
    ).map(
      ([what, headers, status, code, message]): Row => [
        `a browser’s preflight ${what} is refused`,
        s => s.get('x', headers, { method: 'OPTIONS', as: 'anonymous' }),
        { status, code, message },
      ],
    ),
    ...['md5', 'sha512', 'xxhash64', 'xxhash3', 'xxhash128'].map(
      (name): Row => [
        `with a ${name} checksum, which this S3 cannot check, is refused`,
        s => s.put('x', 'other', [[`x-amz-checksum-${name}`, 'AAAA']]),
        {
          status: 501,
          code: 'NotImplemented',
          message: 'A header or request you provided implies functionality that is not implemented',
        },
      ],
    ),
    [
      'that would pass by a lock of a bucket without locks is refused',
      s => s.get('x', [['x-amz-bypass-governance-retention', 'true']], { method: 'DELETE' }),
      bad('InvalidArgument', 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.', {
        name: 'x-amz-bypass-governance-retention',
      }),
    ],
    ...['', 'x', '//x', '/%zz/x', '/envelope-lab-sse-s3/%E0%A4'].map(
      (path): Row => [
        `with the malformed path "${path}" is refused`,
        s => s.ask({ path }),
        bad('InvalidURI', "Couldn't parse the specified URI."),
      ],
    ),
    ...(
      [
        ['GET', '/envelope-lab-sse-s3/x', 'torrent'],
        ['GET', '/envelope-lab-sse-s3/x', 'legal-hold'],
        ['PUT', '/envelope-lab-sse-s3/x', 'retention'],
        ['PUT', '/envelope-lab-sse-s3/x', 'renameObject'],
        ['POST', '/envelope-lab-sse-s3/x', 'restore'],
        ['POST', '/envelope-lab-sse-s3/x', 'select&select-type=2'],
        ['POST', '/envelope-lab-sse-s3/x', ''],
      ] as const
    ).map(
      ([method, path, query]): Row => [
        `${method} ${path}?${query}, which this S3 has not, is refused`,
        s => s.ask({ method, path, query }),
        {
          status: 501,
          code: 'NotImplemented',
          message: 'A header or request you provided implies functionality that is not implemented',
        },
      ],
    ),
  ];
  it.each(rows)('%s', async (_what, act, expected) => {
    expect(toldBy(await act(s3))).toEqual(told(expected));
    expect((await s3.get('x')).text).toBe('text');
    expect((await s3.get('y')).status).toBe(404);
  });

  it('is answered with ids and a date, and user text in an error cannot become markup', async () => {
    const name = '</Key><Code>OK</Code>&"\'.txt';
    const answer = await s3.get(name);
    expect(answer.error).toMatchObject({ Code: 'NoSuchKey', Key: name, RequestId: answer.header('x-amz-request-id') });
    expect(answer.error.HostId).toBe(answer.header('x-amz-id-2'));
    expect(Object.keys(answer.error)).toEqual(['Code', 'Message', 'Key', 'RequestId', 'HostId']);
    expect(answer.header('x-amz-request-id')).toMatch(/^[0-9A-F]{16}$/);
    expect(answer.header('date')).toMatch(/^Sat, 21 Nov 2026 10:0\d:\d\d GMT$/);
    expect(answer.header('content-length')).toBe(String(answer.bytes.length));
  });

  it('that is refused leaves an event under the name of what was asked; what S3 does not know leaves none', async () => {
    const { ask, put, world } = await createS3Harness();
    const names = () =>
      world.rooms.audit
        .entries()
        .map(([, content]) => JSON.parse(JSON.stringify(content)) as { eventName: string; errorCode?: string })
        .map(({ eventName, errorCode }) => `${eventName} ${errorCode ?? 'done'}`);
    await put('x', 'x', [[SSE, 'nonsense']]);
    await put('x', 'x');
    await ask({ path: '/envelope-lab-sse-s3/x', query: 'torrent' });
    expect(names()).toEqual(['PutObject InvalidArgument', 'PutObject done']);
  });
});

describe('the catalogue’s customer-key headers', () => {
  it.each([
    ['F-KAT-031', 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=', 'DWygnHRtgiJ77HCm+1rvHw=='],
    ['F-KAT-032', '6b+WOZ1T3cqZMxgThRcXAQBrS5mXKdDUphvpxptl9/4=', 'arxBvwY2V4SiOne6yppVPQ=='],
    ['F-KAT-033', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'tP/LI3N87DFaSk0aoqYgzg=='],
  ])('%s is taken', async (_fact, encodedKey, encodedMd5) => {
    const { configure, put, get } = await createS3Harness('sse-c');
    await configure(encryptionXml(UNBLOCK_RULE));
    const headers = customerKeyHeaders(KEY, { encodedKey, encodedMd5 });
    const stored = await put('x', 'text', headers);
    expect([stored.status, stored.header(`${SSE_C}-key-MD5`)]).toEqual([200, encodedMd5]);
    expect((await get('x', headers)).text).toBe('text');
  });
});
