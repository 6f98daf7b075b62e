import { describe, expect, it } from 'vitest';
import { ABROAD, type Harness, HOME, kmsHarness, type Person, REGION } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { encodeBlob, type KmsOperation } from './api.ts';

const TEXT = encodeBlob(utf8('hello'));
const UUID = '00000000-0000-0000-0000-000000000000';
const UNKNOWN_ARN = `arn:aws:kms:${REGION}:${HOME}:key/${UUID}`;

interface Asked {
  readonly operation: KmsOperation;
  readonly body: object;
  readonly who?: Person;
}
interface Row {
  readonly fact: string;
  readonly what: string;
  readonly ask: (harness: Harness, keyArn: string) => Promise<Asked> | Asked;
  readonly code: string;
  readonly message: string | ((keyArn: string) => string);
}

const disable = async ({ ask }: Harness, KeyId: string) => ask('DisableKey', { KeyId });
const schedule = async ({ ask }: Harness, KeyId: string) => ask('ScheduleKeyDeletion', { KeyId });
const encrypted = async ({ ask }: Harness, KeyId: string) =>
  (await ask('Encrypt', { KeyId, Plaintext: TEXT, EncryptionContext: { a: '1' } })).body.CiphertextBlob;
const make = async (harness: Harness, body: object) => (await harness.makeKey(body)).Arn;

const ROWS: readonly Row[] = [
  {
    fact: 'F-ERR-080',
    what: 'a text that is no key id',
    ask: () => ({ operation: 'DescribeKey', body: { KeyId: 'fake-key-id' } }),
    code: 'NotFoundException',
    message: "Invalid keyId 'fake-key-id'",
  },
  {
    fact: 'F-ERR-080',
    what: 'an unknown UUID',
    ask: () => ({ operation: 'DescribeKey', body: { KeyId: UUID } }),
    code: 'NotFoundException',
    message: `Key '${UNKNOWN_ARN}' does not exist`,
  },
  {
    fact: 'F-ERR-080',
    what: 'an unknown key ARN',
    ask: () => ({ operation: 'Encrypt', body: { KeyId: UNKNOWN_ARN, Plaintext: TEXT } }),
    code: 'NotFoundException',
    message: `Key '${UNKNOWN_ARN}' does not exist`,
  },
  {
    fact: 'F-ERR-080',
    what: 'an ARN of another Region',
    ask: () => ({ operation: 'DescribeKey', body: { KeyId: UNKNOWN_ARN.replace(REGION, 'us-east-1') } }),
    code: 'NotFoundException',
    message: 'Invalid arn us-east-1',
  },
  {
    fact: 'F-ERR-080',
    what: 'an unknown alias',
    ask: () => ({ operation: 'DescribeKey', body: { KeyId: 'alias/none' } }),
    code: 'NotFoundException',
    message: `Alias arn:aws:kms:${REGION}:${HOME}:alias/none is not found.`,
  },
  ...(['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'] as const).flatMap((operation): Row[] => {
    const body = (KeyId: string) =>
      operation === 'Encrypt' ? { KeyId, Plaintext: TEXT } : { KeyId, KeySpec: 'AES_256' };
    return [
      {
        fact: 'F-ERR-081',
        what: `${operation} under a disabled key`,
        ask: async (harness, KeyId) => {
          await disable(harness, KeyId);
          return { operation, body: body(KeyId) };
        },
        code: 'DisabledException',
        message: keyArn => `${keyArn} is disabled.`,
      },
      {
        fact: 'F-ERR-082',
        what: `${operation} under a key that is pending deletion`,
        ask: async (harness, KeyId) => {
          await schedule(harness, KeyId);
          return { operation, body: body(KeyId) };
        },
        code: 'KMSInvalidStateException',
        message: keyArn => `${keyArn} is pending deletion.`,
      },
    ];
  }),
  {
    fact: 'F-ERR-081',
    what: 'Decrypt under a disabled key',
    ask: async (harness, KeyId) => {
      const CiphertextBlob = await encrypted(harness, KeyId);
      await disable(harness, KeyId);
      return { operation: 'Decrypt', body: { CiphertextBlob, EncryptionContext: { a: '1' } } };
    },
    code: 'DisabledException',
    message: keyArn => `${keyArn} is disabled.`,
  },
  {
    fact: 'F-ERR-082',
    what: 'EnableKey of a key that is pending deletion',
    ask: async (harness, KeyId) => {
      await schedule(harness, KeyId);
      return { operation: 'EnableKey', body: { KeyId } };
    },
    code: 'KMSInvalidStateException',
    message: keyArn => `${keyArn} is pending deletion.`,
  },
  {
    fact: 'F-ERR-050',
    what: 'a key of another account that does not exist',
    ask: () => ({ operation: 'Encrypt', body: { KeyId: UNKNOWN_ARN.replace(HOME, ABROAD), Plaintext: TEXT } }),
    code: 'AccessDeniedException',
    message: `kms:Encrypt on resource: ${UNKNOWN_ARN.replace(HOME, ABROAD)} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  },
  {
    fact: 'F-ERR-050',
    what: 'a blob and a key of another account that does not exist',
    ask: async (harness, KeyId) => {
      const CiphertextBlob = await encrypted(harness, KeyId);
      return { operation: 'Decrypt', body: { CiphertextBlob, KeyId: UNKNOWN_ARN.replace(HOME, ABROAD) } };
    },
    code: 'AccessDeniedException',
    message: 'because the resource does not exist in this Region',
  },
  ...(['EnableKeyRotation', 'GetKeyPolicy', 'ListGrants', 'DisableKey', 'ScheduleKeyDeletion'] as const).map(
    (operation): Row => ({
      fact: 'F-ERR-080',
      what: `${operation} by an alias, which it does not take`,
      ask: async ({ ask }, KeyId) => {
        await ask('CreateAlias', { AliasName: 'alias/app', TargetKeyId: KeyId });
        return { operation, body: { KeyId: 'alias/app' } };
      },
      code: 'NotFoundException',
      message: "Invalid keyId 'alias/app'",
    }),
  ),
  ...(['EnableKeyRotation', 'DisableKeyRotation'] as const).map(
    (operation): Row => ({
      fact: 'F-KMS-055',
      what: `${operation} of a key that waits for imported material`,
      ask: async harness => ({ operation, body: { KeyId: await make(harness, { Origin: 'EXTERNAL' }) } }),
      code: 'UnsupportedOperationException',
      message: 'origin is EXTERNAL which is not valid for this operation.',
    }),
  ),
  {
    fact: 'F-ERR-083',
    what: 'Encrypt under a key without material',
    ask: async harness => {
      const KeyId = await make(harness, { Origin: 'EXTERNAL' });
      return { operation: 'Encrypt', body: { KeyId, Plaintext: TEXT } };
    },
    code: 'KMSInvalidStateException',
    message: 'is pending import.',
  },
  {
    fact: 'F-ERR-084',
    what: 'a missing encryption context',
    ask: async (harness, KeyId) => ({
      operation: 'Decrypt',
      body: { CiphertextBlob: await encrypted(harness, KeyId) },
    }),
    code: 'InvalidCiphertextException',
    message: '',
  },
  {
    fact: 'F-ERR-084',
    what: 'another encryption context',
    ask: async (harness, KeyId) => ({
      operation: 'Decrypt',
      body: { CiphertextBlob: await encrypted(harness, KeyId), EncryptionContext: { a: '2' } },
    }),
    code: 'InvalidCiphertextException',
    message: '',
  },
  {
    fact: 'F-ERR-084',
    what: 'bytes that are no blob',
    ask: () => ({ operation: 'Decrypt', body: { CiphertextBlob: TEXT } }),
    code: 'InvalidCiphertextException',
    message: '',
  },
  {
    fact: 'F-ERR-085',
    what: 'Decrypt naming another key than the blob’s',
    ask: async (harness, KeyId) => ({
      operation: 'Decrypt',
      body: { CiphertextBlob: await encrypted(harness, KeyId), KeyId: await make(harness, {}) },
    }),
    code: 'IncorrectKeyException',
    message: 'The key ID in the request does not identify a CMK that can perform this operation.',
  },
  {
    fact: 'F-ERR-085',
    what: 'ReEncrypt naming another source key than the blob’s',
    ask: async (harness, KeyId) => ({
      operation: 'ReEncrypt',
      body: {
        CiphertextBlob: await encrypted(harness, KeyId),
        SourceKeyId: await make(harness, {}),
        DestinationKeyId: KeyId,
      },
    }),
    code: 'IncorrectKeyException',
    message: 'The key ID in the request does not identify a CMK that can perform this operation.',
  },
  {
    fact: 'F-ERR-085',
    what: 'Decrypt naming a key that does not encrypt',
    ask: async (harness, KeyId) => ({
      operation: 'Decrypt',
      body: {
        CiphertextBlob: await encrypted(harness, KeyId),
        KeyId: await make(harness, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
      },
    }),
    code: 'IncorrectKeyException',
    message: 'The key ID in the request does not identify a CMK that can perform this operation.',
  },
  {
    fact: 'F-ERR-087',
    what: 'no permission',
    ask: (_, KeyId) => ({ operation: 'Encrypt', body: { KeyId, Plaintext: TEXT }, who: 'reader' }),
    code: 'AccessDeniedException',
    message: keyArn =>
      `User: arn:aws:iam::${HOME}:user/reader is not authorized to perform: kms:Encrypt on resource: ${keyArn} because no identity-based policy allows the kms:Encrypt action`,
  },
  {
    fact: 'F-ERR-087',
    what: 'no permission for a call about no key',
    ask: () => ({ operation: 'CreateKey', body: {}, who: 'reader' }),
    code: 'AccessDeniedException',
    message: `User: arn:aws:iam::${HOME}:user/reader is not authorized to perform: kms:CreateKey on resource: * because no identity-based policy allows the kms:CreateKey action`,
  },
  {
    fact: 'F-ERR-087',
    what: 'a key of an account that does not share it',
    ask: (_, KeyId) => ({ operation: 'DescribeKey', body: { KeyId }, who: 'abroad' }),
    code: 'AccessDeniedException',
    message: keyArn =>
      `User: arn:aws:iam::${ABROAD}:user/abroad is not authorized to perform: kms:DescribeKey on resource: ${keyArn} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  },
  {
    fact: 'F-ERR-088',
    what: 'a blob whose key is gone',
    ask: async (harness, KeyId) => {
      const CiphertextBlob = await encrypted(harness, KeyId);
      await schedule(harness, KeyId);
      harness.pass(31 * 24 * 3600 * 1000);
      return { operation: 'Decrypt', body: { CiphertextBlob } };
    },
    code: 'AccessDeniedException',
    message:
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  },
  {
    fact: 'F-ERR-089',
    what: 'Encrypt under a signing key',
    ask: async harness => ({
      operation: 'Encrypt',
      body: { KeyId: await make(harness, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }), Plaintext: TEXT },
    }),
    code: 'InvalidKeyUsageException',
    message: 'key usage is SIGN_VERIFY which is not valid for Encrypt.',
  },
  {
    fact: 'F-ERR-089',
    what: 'GenerateMac under an encryption key',
    ask: (_, KeyId) => ({ operation: 'GenerateMac', body: { KeyId, Message: TEXT, MacAlgorithm: 'HMAC_SHA_256' } }),
    code: 'InvalidKeyUsageException',
    message: keyArn => `${keyArn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  },
  {
    fact: 'F-ERR-089',
    what: 'Sign under an HMAC key',
    ask: async harness => ({
      operation: 'Sign',
      body: {
        KeyId: await make(harness, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
        Message: TEXT,
        SigningAlgorithm: 'ECDSA_SHA_256',
      },
    }),
    code: 'InvalidKeyUsageException',
    message: 'key usage is GENERATE_VERIFY_MAC which is not valid for Sign.',
  },
  {
    fact: 'F-ERR-089',
    what: 'Verify under an encryption key',
    ask: (_, KeyId) => ({
      operation: 'Verify',
      body: { KeyId, Message: TEXT, Signature: TEXT, SigningAlgorithm: 'ECDSA_SHA_256' },
    }),
    code: 'InvalidKeyUsageException',
    message: keyArn => `${keyArn} key usage is ENCRYPT_DECRYPT which is not valid for Verify.`,
  },
  {
    fact: 'F-ERR-089',
    what: 'a MAC algorithm of another key spec',
    ask: async harness => ({
      operation: 'GenerateMac',
      body: {
        KeyId: await make(harness, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
        Message: TEXT,
        MacAlgorithm: 'HMAC_SHA_512',
      },
    }),
    code: 'InvalidKeyUsageException',
    message: 'Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.',
  },
  {
    fact: 'F-ERR-090',
    what: 'a plaintext of 4,097 bytes',
    ask: (_, KeyId) => ({ operation: 'Encrypt', body: { KeyId, Plaintext: encodeBlob(new Uint8Array(4097)) } }),
    code: 'ValidationException',
    message:
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  },
  ...(
    [
      [0, 'greater than or equal to 1'],
      [1025, 'less than or equal to 1024'],
    ] as const
  ).map(
    ([NumberOfBytes, bound]): Row => ({
      fact: 'F-ERR-090',
      what: `${NumberOfBytes} random bytes`,
      ask: () => ({ operation: 'GenerateRandom', body: { NumberOfBytes } }),
      code: 'ValidationException',
      message: `1 validation error detected: Value '${NumberOfBytes}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${bound}`,
    }),
  ),
  {
    fact: 'F-ERR-090',
    what: 'no number of random bytes',
    ask: () => ({ operation: 'GenerateRandom', body: {} }),
    code: 'ValidationException',
    message: 'NumberOfBytes is required.',
  },
  {
    fact: 'F-ERR-090',
    what: 'a missing member',
    ask: () => ({ operation: 'DescribeKey', body: {} }),
    code: 'ValidationException',
    message: "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  },
  {
    fact: 'F-ERR-090',
    what: 'two things wrong at once',
    ask: () => ({ operation: 'ScheduleKeyDeletion', body: { KeyId: '', PendingWindowInDays: 6 } }),
    code: 'ValidationException',
    message:
      "2 validation errors detected: Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '6' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7",
  },
  {
    fact: 'F-ERR-090',
    what: 'an unknown usage',
    ask: () => ({ operation: 'CreateKey', body: { KeySpec: 'HMAC_256', KeyUsage: 'RANDOM' } }),
    code: 'ValidationException',
    message:
      "1 validation error detected: Value 'RANDOM' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [",
  },
  {
    fact: 'F-ERR-090',
    what: 'a key that is not symmetric and says not what for',
    ask: () => ({ operation: 'CreateKey', body: { KeySpec: 'HMAC_256' } }),
    code: 'ValidationException',
    message: 'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
  },
  {
    fact: 'F-ERR-091',
    what: 'Encrypt as a dry run',
    ask: (_, KeyId) => ({ operation: 'Encrypt', body: { KeyId, Plaintext: TEXT, DryRun: true } }),
    code: 'DryRunOperationException',
    message: 'The request would have succeeded, but the DryRun option is set.',
  },
  {
    fact: 'F-ERR-091',
    what: 'GenerateDataKey as a dry run',
    ask: (_, KeyId) => ({ operation: 'GenerateDataKey', body: { KeyId, KeySpec: 'AES_128', DryRun: true } }),
    code: 'DryRunOperationException',
    message: 'The request would have succeeded, but the DryRun option is set.',
  },
  {
    fact: 'F-ERR-092',
    what: 'the 26th rotation on demand',
    ask: async ({ ask }, KeyId) => {
      for (let i = 0; i < 25; i++) await ask('RotateKeyOnDemand', { KeyId });
      return { operation: 'RotateKeyOnDemand', body: { KeyId } };
    },
    code: 'LimitExceededException',
    message: keyArn =>
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArn}`,
  },
];

// F-ERR-093 (5xx of KMS itself) is not modelled: nothing here can fail in that way. F-ERR-086 is in quota.test.ts.
describe('errors of KMS (facts, section 12.6; F-ERR-093 is not modelled: KMS itself never fails here)', () => {
  it.each(ROWS)('$fact: $what is refused with $code', async ({ ask: prepare, code, message }) => {
    const harness = await kmsHarness();
    const keyArn = await make(harness, {});
    const { operation, body, who } = await prepare(harness, keyArn);
    const answer = await harness.ask(operation, body, who);
    const wanted = typeof message === 'string' ? message : message(keyArn);
    expect(answer.status).toBe(400);
    expect(answer.body.__type).toBe(code);
    expect(Object.keys(answer.body)).toEqual(['__type', 'message']);
    if (wanted === '') expect(answer.body.message).toBe('');
    else expect(answer.body.message).toContain(wanted);
    expect(harness.records().at(-1)).toMatchObject({ eventName: operation, errorCode: code });
  });
});

describe('a request that is not even a request', () => {
  const KeyId = '0';
  it.each([
    ['a number for a text', 'DescribeKey', { KeyId: 1 }, 'NUMBER_VALUE cannot be converted to String'],
    ['a text for a number', 'GenerateRandom', { NumberOfBytes: '3' }, 'STRING_VALUE cannot be converted to Integer'],
    ['a fraction', 'GenerateRandom', { NumberOfBytes: 1.5 }, 'NUMBER_VALUE cannot be converted to Integer'],
    ['a huge number', 'GenerateRandom', { NumberOfBytes: 1e300 }, 'NUMBER_VALUE cannot be converted to Integer'],
    ['a text for a boolean', 'CreateKey', { MultiRegion: 'yes' }, 'STRING_VALUE cannot be converted to Boolean'],
    ['a map for a text', 'DescribeKey', { KeyId: {} }, 'Start of structure or map found where not expected.'],
    ['half a surrogate pair', 'Encrypt', { KeyId, Plaintext: TEXT, EncryptionContext: { a: '\ud800' } }, 'Unpaired'],
  ] as const)('has the wrong type: %s', async (_, operation, body, message) => {
    const { ask } = await kmsHarness();
    const answer = await ask(operation, body);
    expect(answer).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
    expect(answer.body.message).toContain(message);
  });

  it.each([
    [{ status: 403, code: 'ExpiredTokenException', message: 'The security token included in the request is expired' }],
    [{ status: 400, code: 'IncompleteSignatureException', message: "'X' not a valid key=value pair" }],
  ])('is answered as the check of the signature says: %o', async refusal => {
    const { ask } = await kmsHarness({ authenticate: async () => ({ refusal }) });
    expect(await ask('ListKeys')).toMatchObject({
      status: refusal.status,
      body: { __type: refusal.code, message: refusal.message },
    });
  });
});
