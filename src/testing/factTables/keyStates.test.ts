/** Facts, section 13: what can be seen from outside of AWS KMS, its keys, their owners, their states and their quotas. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../engine/index.ts';
import { quotasOf } from '../../engine/kms/quota.ts';
import { SSE } from '../multipartHarness.ts';
import { createFactWorld, type FactWorld, messageOf } from './factWorld.ts';

const CONTEXT = { team: 'blue' };
const ASK = { KeySpec: 'AES_256', EncryptionContext: CONTEXT } as const;
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
const HEX_64 = /^[0-9a-f]{64}$/;
const DAY = 86_400;

async function newKey(world: FactWorld, body: object = {}): Promise<string> {
  const made = await world.askKms('CreateKey', body);
  const { KeyMetadata } = made.body as { KeyMetadata: { Arn: string } };
  return KeyMetadata.Arn;
}
async function newDataKey(world: FactWorld, KeyId = world.kmsKeyArn) {
  const { body } = await world.askKms('GenerateDataKey', { KeyId, ...ASK });
  return {
    blob: String(body.CiphertextBlob),
    plaintext: String(body.Plaintext),
    materialId: String(body.KeyMaterialId),
  };
}
async function metadataOf(world: FactWorld, KeyId: string): Promise<Record<string, unknown>> {
  const { body } = await world.askKms('DescribeKey', { KeyId });
  return (body as { KeyMetadata: Record<string, unknown> }).KeyMetadata;
}

describe('the key hierarchy inside KMS (facts, 13.1), as the trace of a GenerateDataKey shows it', () => {
  type Seen = { readonly verb: string; readonly kind: string; readonly under?: string; readonly algorithm?: string };
  let seen: readonly Seen[];
  let held: { readonly before: readonly string[]; readonly after: readonly string[] };
  let lengths: ReadonlyMap<string, number | undefined>;
  beforeAll(async () => {
    const world = await createFactWorld();
    const inKms = () => [...world.cloud.rooms['kms.host'].ids(), ...world.cloud.rooms['kms.hsm'].ids()];
    const before = inKms();
    const { trace } = await world.kms('GenerateDataKey', { KeyId: world.kmsKeyArn, ...ASK }, { isRecorded: true });
    if (!trace) throw new Error('nothing was recorded');
    held = { before, after: inKms() };
    const kindOf = (id: string | undefined) => Object.values(trace.artifacts).find(one => one.id === id)?.kind ?? '';
    seen = trace.events.flatMap(event => {
      if (event.place !== 'kms.hsm' || !('outputs' in event)) return [];
      const under = 'key' in event && event.key !== undefined ? { under: kindOf(event.key) } : {};
      const algorithm = 'algorithm' in event && event.algorithm !== undefined ? { algorithm: event.algorithm } : {};
      const ids = event.verb === 'discarded' ? event.inputs : event.outputs;
      return ids.map(id => ({ verb: event.verb, kind: kindOf(id), ...under, ...algorithm }));
    });
    lengths = new Map(Object.values(trace.artifacts).map(({ kind, byteLength }) => [kind, byteLength]));
  });

  it.each([
    [
      'F-KMS-001',
      'the domain key opens the backing key',
      { verb: 'unwrapped', kind: 'backing-key', under: 'domain-key' },
    ],
    [
      'F-KMS-002',
      'the backing key is gone from the HSM when the call is over',
      { verb: 'discarded', kind: 'backing-key' },
    ],
    [
      'F-KMS-004',
      'a one-time key comes from the backing key',
      { verb: 'derived', kind: 'derived-key', under: 'backing-key' },
    ],
    ['F-KMS-004', 'a one-time key is used once', { verb: 'discarded', kind: 'derived-key' }],
    ['F-KMS-006', 'by the derivation of SP 800-108', { algorithm: 'SP 800-108 HMAC-SHA-256', kind: 'derived-key' }],
    ['F-KMS-007', 'AES-256-GCM encrypts', { verb: 'wrapped', algorithm: 'AES-256-GCM', under: 'derived-key' }],
  ])('%s: %s', (_fact, _what, expected) => {
    expect(seen).toContainEqual(expect.objectContaining(expected));
  });

  it('F-KMS-008: draws the data key, opens the backing key, derives, encrypts: in this order', () => {
    const order = seen.map(({ verb }) => verb).filter(verb => verb !== 'discarded' && verb !== 'sent');
    expect(order).toEqual(['generated', 'unwrapped', 'derived', 'wrapped']);
  });

  it('F-KMS-005, F-KMS-021: a data key has 256 bits and comes in plaintext and encrypted', async () => {
    expect(lengths.get('data-key')).toBe(32);
    const world = await createFactWorld();
    const { body } = await world.askKms('GenerateDataKey', { KeyId: world.kmsKeyArn, KeySpec: 'AES_256' });
    expect(Object.keys(body).sort()).toEqual(['CiphertextBlob', 'KeyId', 'KeyMaterialId', 'Plaintext']);
    expect(Buffer.from(String(body.Plaintext), 'base64')).toHaveLength(32);
  });

  it.each([
    ['the same context', { team: 'blue' }, ''],
    ['another value', { team: 'red' }, 'InvalidCiphertextException'],
    ['a pair more', { team: 'blue', a: 'b' }, 'InvalidCiphertextException'],
    ['no context', {}, 'InvalidCiphertextException'],
  ])('F-KMS-007: the context is bound to the blob: opened with %s', async (_what, EncryptionContext, code) => {
    const world = await createFactWorld();
    const { blob } = await newDataKey(world);
    expect((await world.askKms('Decrypt', { CiphertextBlob: blob, EncryptionContext })).code).toBe(code);
  });

  it('F-KMS-009: KMS keeps neither plaintext nor blob', () => {
    expect(held.after).toEqual(held.before);
  });

  it('F-KMS-003: a key is a container with ARN, policy, state and versions of material, one of them current', async () => {
    const world = await createFactWorld();
    const KeyId = world.kmsKeyArn;
    await world.askKms('RotateKeyOnDemand', { KeyId });
    expect(await metadataOf(world, KeyId)).toMatchObject({ Arn: KeyId, KeyState: 'Enabled' });
    const policy = await world.askKms('GetKeyPolicy', { KeyId });
    expect(String(policy.body.Policy)).toContain('"Statement"');
    const { body } = await world.askKms('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    const { Rotations } = body as object as { Rotations: { KeyMaterialState: string }[] };
    expect(Rotations.map(({ KeyMaterialState }) => KeyMaterialState).sort()).toEqual(['CURRENT', 'NON_CURRENT']);
  });

  it('F-KMS-012: data keys are random: no two are alike, under one key or two', async () => {
    const world = await createFactWorld();
    const other = await newKey(world);
    const made = [];
    for (let i = 0; i < 20; i++) made.push(await newDataKey(world, i % 2 === 0 ? world.kmsKeyArn : other));
    expect(new Set(made.map(({ plaintext }) => plaintext)).size).toBe(20);
    expect(new Set(made.map(({ blob }) => blob)).size).toBe(20);
  });
});

describe('the ciphertext blob (facts, 13.2)', () => {
  let world: FactWorld;
  let other: string;
  let made: Awaited<ReturnType<typeof newDataKey>>;
  beforeAll(async () => {
    world = await createFactWorld();
    other = await newKey(world);
    made = await newDataKey(world);
  });
  const decrypt = (more: object) => world.askKms('Decrypt', { EncryptionContext: CONTEXT, ...more });

  it('F-KMS-015: leads Decrypt to its key and material without a key id, after a rotation too', async () => {
    const own = await createFactWorld();
    const old = await newDataKey(own);
    await own.askKms('RotateKeyOnDemand', { KeyId: own.kmsKeyArn });
    const young = await newDataKey(own);
    expect(young.materialId).not.toBe(old.materialId);
    for (const { blob, plaintext, materialId } of [old, young]) {
      const { body } = await own.askKms('Decrypt', { CiphertextBlob: blob, EncryptionContext: CONTEXT });
      expect(body).toMatchObject({ Plaintext: plaintext, KeyId: own.kmsKeyArn, KeyMaterialId: materialId });
    }
  });

  it('F-KMS-016: another key named at Decrypt is refused with IncorrectKeyException', async () => {
    expect(await decrypt({ CiphertextBlob: made.blob, KeyId: other })).toMatchObject({
      status: 400,
      code: 'IncorrectKeyException',
    });
    expect((await decrypt({ CiphertextBlob: made.blob, KeyId: world.kmsKeyArn })).status).toBe(200);
  });

  const bytes = (length: number) => base64(new Uint8Array(length));
  const tokens = (count: number) => Array.from({ length: count }, () => 'token');
  it.each([
    ['a plaintext of 1 byte', 'Encrypt', { Plaintext: bytes(1) }, ''],
    ['a plaintext of 4096 bytes', 'Encrypt', { Plaintext: bytes(4096) }, ''],
    ['no plaintext of 4097 bytes', 'Encrypt', { Plaintext: bytes(4097) }, 'ValidationException'],
    ['no plaintext of 0 bytes', 'Encrypt', { Plaintext: '' }, 'ValidationException'],
    ['no blob of 0 bytes', 'Decrypt', { CiphertextBlob: '' }, 'ValidationException'],
    [
      'a blob of 6144 bytes, though it is none of KMS’s',
      'Decrypt',
      { CiphertextBlob: bytes(6144) },
      'InvalidCiphertextException',
    ],
    ['no blob of 6145 bytes', 'Decrypt', { CiphertextBlob: bytes(6145) }, 'ValidationException'],
    [
      'a key id of 2048 characters, though there is no such key',
      'DescribeKey',
      { KeyId: 'x'.repeat(2048) },
      'NotFoundException',
    ],
    ['no key id of 2049 characters', 'DescribeKey', { KeyId: 'x'.repeat(2049) }, 'ValidationException'],
    ['no key id of 0 characters', 'DescribeKey', { KeyId: '' }, 'ValidationException'],
    ['no 11 grant tokens', 'Encrypt', { Plaintext: bytes(1), GrantTokens: tokens(11) }, 'ValidationException'],
  ])('F-KMS-017: KMS takes %s', async (_what, operation, more, code) => {
    const named = operation === 'Encrypt' ? { KeyId: world.kmsKeyArn } : {};
    expect((await world.askKms(operation, { ...named, ...more })).code).toBe(code);
  });

  it.each([
    // The first bytes of a message: version, type, suite; then an id and no more.
    [
      'F-KMS-018',
      'a message of an encryption client',
      Uint8Array.from({ length: 200 }, (_, i) => [1, 0x80, 3, 0x78][i] ?? i),
    ],
    ['F-KMS-018', 'the ciphertext of an object', new Uint8Array(200).fill(0xa5)],
  ])('%s: %s is no blob', async (_fact, _what, message) => {
    const { status, code, body } = await decrypt({ CiphertextBlob: base64(message) });
    // What begins like a blob names a key that is not there (F-ERR-088).
    expect(['InvalidCiphertextException', 'AccessDeniedException']).toContain(code);
    expect([status, body.Plaintext]).toEqual([400, undefined]);
  });

  it('F-KMS-019: an emulator’s layout, key id, IV, tag, ciphertext, is not taken for one either', async () => {
    const id = world.kmsKeyArn.split('/').at(-1) ?? '';
    const blob = new Uint8Array([...Buffer.from(id), ...new Uint8Array(12 + 16 + 32)]);
    expect((await decrypt({ CiphertextBlob: base64(blob) })).code).toBe('InvalidCiphertextException');
  });
});

describe('answers of operations (facts, 13.3)', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
  });

  it('F-KMS-027, F-KMS-066: ScheduleKeyDeletion tells when, and that the key waits', async () => {
    const KeyId = await newKey(world);
    const now = world.clock.now / 1000;
    expect((await world.askKms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).body).toEqual({
      KeyId,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
      DeletionDate: now + 7 * DAY,
    });
    const { code } = await world.askKms('ScheduleKeyDeletion', { KeyId: await newKey(world), PendingWindowInDays: 6 });
    expect(code).toBe('ValidationException');
  });

  it('F-KMS-029, F-KMS-031: RotateKeyOnDemand gives new material at once, under an id of 64 hex digits', async () => {
    const KeyId = await newKey(world);
    const before = await metadataOf(world, KeyId);
    expect((await world.askKms('RotateKeyOnDemand', { KeyId })).body).toEqual({ KeyId: KeyId.split('/').at(-1) });
    const after = await metadataOf(world, KeyId);
    expect(after.CurrentKeyMaterialId).toMatch(HEX_64);
    expect(after.CurrentKeyMaterialId).not.toBe(before.CurrentKeyMaterialId);
  });

  it('F-KMS-030: ListKeyRotations tells the rotations, or every material', async () => {
    const KeyId = await newKey(world);
    const countOf = async (more: object) => {
      const { body } = await world.askKms('ListKeyRotations', { KeyId, ...more });
      return (body as object as { Rotations: readonly unknown[] }).Rotations.length;
    };
    await world.askKms('RotateKeyOnDemand', { KeyId });
    await world.askKms('RotateKeyOnDemand', { KeyId });
    expect([
      await countOf({}),
      await countOf({ IncludeKeyMaterial: 'ROTATIONS_ONLY' }),
      await countOf({ IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }),
    ]).toEqual([2, 2, 3]);
    expect((await world.askKms('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL' })).code).toBe(
      'ValidationException',
    );
  });

  it.each([
    ['GenerateDataKey', () => ({ KeyId: world.kmsKeyArn, ...ASK })],
    ['GenerateDataKeyWithoutPlaintext', () => ({ KeyId: world.kmsKeyArn, ...ASK })],
    ['Decrypt', async () => ({ CiphertextBlob: (await newDataKey(world)).blob, EncryptionContext: CONTEXT })],
  ])('F-KMS-031: %s tells which material was used', async (operation, bodyOf) => {
    const { body } = await world.askKms(operation, await bodyOf());
    expect(body.KeyMaterialId).toBe((await metadataOf(world, world.kmsKeyArn)).CurrentKeyMaterialId);
  });

  it('F-KMS-033: the algorithm of symmetric keys is SYMMETRIC_DEFAULT', async () => {
    const encrypted = await world.askKms('Encrypt', { KeyId: world.kmsKeyArn, Plaintext: base64('x') });
    const opened = await world.askKms('Decrypt', { CiphertextBlob: encrypted.body.CiphertextBlob });
    expect([encrypted.body.EncryptionAlgorithm, opened.body.EncryptionAlgorithm]).toEqual([
      'SYMMETRIC_DEFAULT',
      'SYMMETRIC_DEFAULT',
    ]);
    expect(await metadataOf(world, world.kmsKeyArn)).toMatchObject({
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    });
  });
});

describe('who owns a key (facts, 13.4)', () => {
  it('F-KMS-040: the account sees its own keys and aws/s3, and no key that AWS owns', async () => {
    const world = await createFactWorld();
    await world.put('owned by S3', [[SSE, 'AES256']]);
    await world.put('managed by AWS', [[SSE, 'aws:kms']]);
    const { body } = await world.askKms('ListKeys');
    const { Keys } = body as object as { Keys: { KeyArn: string }[] };
    const s3Key = await world.findS3KeyArn();
    expect(Keys.map(({ KeyArn }) => KeyArn).sort()).toEqual([s3Key, world.kmsKeyArn].sort());
    const managers = [await metadataOf(world, s3Key), await metadataOf(world, world.kmsKeyArn)];
    expect(managers.map(({ KeyManager }) => KeyManager)).toEqual(['AWS', 'CUSTOMER']);
  });

  const modes = [
    ['SSE-S3, under a key that AWS owns', 'SSE-S3', 200],
    ['SSE-KMS under aws/s3', 'SSE-KMS aws/s3', 503],
    ['SSE-KMS under a customer’s key', 'SSE-KMS cmk', 503],
  ] as const;
  it.each(modes)('F-KMS-045, F-KMS-086: the second %s in a second (%s) comes to %i', async (_what, mode, status) => {
    const world = await createFactWorld('today', { kmsRequestsPerSecond: 1 });
    expect((await world.put('a', world.headersOf(mode))).status).toBe(200);
    const second = await world.put('b', world.headersOf(mode));
    expect([second.status, second.code]).toEqual([status, status === 200 ? '' : 'SlowDown']);
  });

  it.each([
    ['aws/s3', 'SSE-KMS aws/s3', 403],
    ['a customer’s key whose policy admits them', 'SSE-KMS cmk', 200],
  ] as const)('F-KMS-046: another account that may read the bucket, and %s (%s): %i', async (_what, mode, status) => {
    const world = await createFactWorld();
    const AWS = 'arn:aws:iam::444455556666:root';
    await world.putPolicy({
      Effect: 'Allow',
      Principal: { AWS },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::the-bucket/*',
    });
    const account = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    };
    const guest = { Effect: 'Allow', Principal: { AWS }, Action: 'kms:Decrypt', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [account, guest] });
    expect((await world.askKms('PutKeyPolicy', { KeyId: world.kmsKeyArn, Policy })).status).toBe(200);
    await world.put('shared', world.headersOf(mode));
    const answer = await world.get('shared', [], { as: 'stranger' });
    expect(answer.status, answer.text).toBe(status);
  });
});

describe('the states of a key (facts, 13.6)', () => {
  type State = {
    readonly enter: (world: FactWorld, KeyId: string) => Promise<unknown>;
    readonly code: string;
    readonly words: string;
  };
  const STATES: Readonly<Record<string, State>> = {
    Enabled: { enter: async () => {}, code: '', words: '' },
    Disabled: {
      enter: (world, KeyId) => world.askKms('DisableKey', { KeyId }),
      code: 'DisabledException',
      words: 'is disabled.',
    },
    PendingDeletion: {
      enter: (world, KeyId) => world.askKms('ScheduleKeyDeletion', { KeyId }),
      code: 'KMSInvalidStateException',
      words: 'is pending deletion.',
    },
  };
  const FACTS = { Enabled: 'F-KMS-060', Disabled: 'F-KMS-061', PendingDeletion: 'F-KMS-062' } as const;
  const OPERATIONS = ['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'Encrypt', 'Decrypt', 'ReEncrypt'] as const;
  const inState = (Object.keys(FACTS) as (keyof typeof FACTS)[]).flatMap(state =>
    OPERATIONS.map(operation => [FACTS[state], operation, state] as const),
  );

  it.each(inState)('%s: %s with a key that is %s', async (_fact, operation, state) => {
    const world = await createFactWorld();
    const KeyId = world.kmsKeyArn;
    const { blob } = await newDataKey(world);
    const bodies: Record<(typeof OPERATIONS)[number], object> = {
      GenerateDataKey: { KeyId, ...ASK },
      GenerateDataKeyWithoutPlaintext: { KeyId, ...ASK },
      Encrypt: { KeyId, Plaintext: base64('x') },
      Decrypt: { CiphertextBlob: blob, EncryptionContext: CONTEXT },
      ReEncrypt: { CiphertextBlob: blob, SourceEncryptionContext: CONTEXT, DestinationKeyId: await newKey(world) },
    };
    const told = STATES[state];
    await told?.enter(world, KeyId);
    const answer = await world.askKms(operation, bodies[operation]);
    expect(answer.code).toBe(told?.code);
    if (answer.code !== '') expect(answer.body.message).toBe(`${KeyId} ${told?.words}`);
    expect((await metadataOf(world, KeyId)).KeyState).toBe(state);
  });

  const throughS3 = [
    ['F-KMS-061', 'Disabled', 'KMS.DisabledException'],
    ['F-KMS-062', 'PendingDeletion', 'KMS.KMSInvalidStateException'],
  ] as const;
  it.each(throughS3)('%s: S3 says of a key that is %s: %s', async (_fact, state, code) => {
    const world = await createFactWorld();
    const headers = world.headersOf('SSE-KMS cmk');
    await world.put('object', headers);
    await STATES[state]?.enter(world, world.kmsKeyArn);
    for (const answer of [await world.put('new', headers), await world.get('object')]) {
      expect([answer.status, answer.code, messageOf(answer)]).toEqual([
        400,
        code,
        `${world.kmsKeyArn} ${STATES[state]?.words}`,
      ]);
    }
  });

  it('F-KMS-069: disabling can be undone, and what the key has locked opens again; deleting cannot', async () => {
    const world = await createFactWorld();
    await world.put('object', world.headersOf('SSE-KMS cmk'));
    const KeyId = world.kmsKeyArn;
    await world.askKms('DisableKey', { KeyId });
    expect((await world.get('object')).code).toBe('KMS.DisabledException');
    await world.askKms('EnableKey', { KeyId });
    expect((await world.get('object')).text).toBe('content');
    await world.askKms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    world.clock.now += 8 * DAY * 1000;
    expect((await world.askKms('CancelKeyDeletion', { KeyId })).code).toBe('NotFoundException');
    expect([400, 403]).toContain((await world.get('object')).status);
  });
});

describe('F-KMS-077: roles kept apart with a customer managed key (facts, 13.7)', () => {
  const user = (name: string) => `arn:aws:iam::111122223333:user/${name}`;
  const allow = (name: string, Action: readonly string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: user(name) },
    Action,
    Resource: '*',
  });
  /** The admin looks after the key and may not use it; the application uses it; the S3 administrator neither. */
  const APART = [
    allow('admin', [
      'kms:Create*',
      'kms:Describe*',
      'kms:Enable*',
      'kms:Disable*',
      'kms:Put*',
      'kms:Get*',
      'kms:Schedule*',
      'kms:Cancel*',
    ]),
    allow('application-owner', ['kms:GenerateDataKey', 'kms:Decrypt']),
  ];
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: APART });
    expect((await world.askKms('PutKeyPolicy', { KeyId: world.kmsKeyArn, Policy })).status).toBe(200);
    const sent = { as: 'application-owner' } as const;
    expect((await world.put('secret', world.headersOf('SSE-KMS cmk'), sent)).status).toBe(200);
  });

  it.each([
    ['application-owner', 'reads', 'GET', 200],
    ['s3-administrator', 'does not read', 'GET', 403],
    ['admin', 'does not read', 'GET', 403],
    ['s3-administrator', 'looks at what is there', 'HEAD', 200],
  ] as const)('the %s %s (%s, %i)', async (as, _what, method, status) => {
    expect((await world.onObject(method, 'secret', '', { as })).status).toBe(status);
  });

  it('the S3 administrator deletes what they cannot read', async () => {
    const sent = { as: 's3-administrator' } as const;
    await world.put('to delete', world.headersOf('SSE-KMS cmk'), { as: 'application-owner' });
    expect((await world.onObject('DELETE', 'to delete', '', sent)).status).toBe(204);
  });

  it('the key’s administrator changes its state, and the application does not', async () => {
    const KeyId = world.kmsKeyArn;
    expect((await world.askKms('DisableKey', { KeyId }, { as: 'application-owner' })).code).toBe(
      'AccessDeniedException',
    );
    expect((await world.askKms('DisableKey', { KeyId })).status).toBe(200);
    expect((await world.askKms('EnableKey', { KeyId })).status).toBe(200);
  });

  it('under aws/s3 nothing is kept apart: whoever may read in S3 reads (F-KSM-036)', async () => {
    await world.put('open', [[SSE, 'aws:kms']], { as: 'application-owner' });
    expect((await world.get('open', [], { as: 's3-administrator' })).text).toBe('content');
  });
});

describe('quotas (facts, 13.8)', () => {
  const regions: readonly (readonly [region: string, perSecond: number])[] = [
    ...['us-east-1', 'us-west-2', 'eu-west-1'].map(region => [region, 100_000] as const),
    ...['us-east-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-2'].map(
      region => [region, 20_000] as const,
    ),
    ...['us-west-1', 'eu-west-3', 'eu-north-1', 'sa-east-1', 'ap-south-1', 'ca-central-1'].map(
      region => [region, 10_000] as const,
    ),
  ];
  it.each(regions)('F-KMS-082: %s, %i symmetric requests a second', (region, perSecond) => {
    expect(quotasOf(region).symmetric).toBe(perSecond);
  });

  it.each([
    ['F-KMS-084', 'rsa', 1000],
    ['F-KMS-084', 'ecc', 1000],
    ['F-KMS-085', 'CreateKey', 5],
    ['F-KMS-085', 'DescribeKey', 2000],
    ['F-KMS-085', 'ScheduleKeyDeletion', 15],
    ['F-KMS-085', 'RotateKeyOnDemand', 5],
    ['F-KMS-085', 'CreateGrant', 50],
  ])('%s: %s, %i requests a second in every Region', (_fact, kind, perSecond) => {
    expect(regions.map(([region]) => quotasOf(region)[kind])).toEqual(regions.map(() => perSecond));
  });

  it.each([
    ['F-KMS-082', 'GenerateRandom', { NumberOfBytes: 1 }],
    ['F-KMS-082', 'GenerateDataKeyWithoutPlaintext', ASK],
    ['F-KMS-082', 'Encrypt', { Plaintext: 'AA==' }],
  ])('%s: %s counts with the other symmetric requests', async (_fact, operation, more) => {
    const world = await createFactWorld('today', { kmsRequestsPerSecond: 1 });
    const named = operation === 'GenerateRandom' ? {} : { KeyId: world.kmsKeyArn };
    expect((await world.askKms('GenerateDataKey', { KeyId: world.kmsKeyArn, ...ASK })).status).toBe(200);
    expect((await world.askKms(operation, { ...named, ...more })).code).toBe('ThrottlingException');
  });

  const uploads = async (world: FactWorld, headers: readonly Header[], pauseMs: number) => {
    const statuses = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      statuses.push((await world.put(name, headers)).status);
      world.clock.now += pauseMs;
    }
    return statuses;
  };
  it.each([
    ['nothing is done', 'SSE-KMS cmk', 1, 0, [200, 503, 503, 503]],
    ['a Bucket Key is used', 'SSE-KMS cmk, Bucket Key', 1, 0, [200, 200, 200, 200]],
    ['the quota is higher', 'SSE-KMS cmk', 4, 0, [200, 200, 200, 200]],
    ['one waits', 'SSE-KMS cmk', 1, 1000, [200, 200, 200, 200]],
  ] as const)('F-KMS-088: four uploads when %s', async (_what, mode, kmsRequestsPerSecond, pauseMs, statuses) => {
    const world = await createFactWorld('today', { kmsRequestsPerSecond });
    expect(await uploads(world, world.headersOf(mode), pauseMs)).toEqual(statuses);
  });

  it('F-KMS-089: a key takes 50 aliases', async () => {
    const world = await createFactWorld();
    const codes = [];
    for (let i = 0; i < 51; i++) {
      world.clock.now += 1000;
      codes.push((await world.askKms('CreateAlias', { AliasName: `alias/a${i}`, TargetKeyId: world.kmsKeyArn })).code);
    }
    expect(codes).toEqual([...Array.from({ length: 50 }, () => ''), 'LimitExceededException']);
  });
});
