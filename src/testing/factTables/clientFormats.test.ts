/** Facts, section 15: the formats of the S3 Encryption Client, byte by byte and entry by entry. */
import { createHmac, privateDecrypt, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommitmentPolicy } from '../../engine/client/s3EncryptionClient/options.ts';
import { STORAGES, WRAP_KINDS } from '../encryptionClientHarness.ts';
import { decryptGcm, deriveV3 } from '../independentClient/content.ts';
import { open } from '../independentClient/open.ts';
import { type SealedObject, type SealOptions, seal } from '../independentClient/seal.ts';
import type { Pairs } from '../independentClient/wrapping.ts';
import { type ClientWorld, createClientWorld, PLAINTEXT, TODAYS_WRAPS } from './clientWorld.ts';

let world: ClientWorld;
const DESCRIPTION: Pairs = { project: 'envelope' };
beforeAll(async () => {
  world = await createClientWorld('client formats', { aes: DESCRIPTION, rsa: DESCRIPTION });
});

const base64 = (text: string | undefined) => Buffer.from(text ?? '', 'base64');
const sealed = (options: Omit<SealOptions, 'keys' | 'plaintext' | 'storage'> & Partial<SealOptions>) =>
  seal({ keys: world.keys, plaintext: PLAINTEXT, storage: 'metadata', ...options });
const TEXT = PLAINTEXT.toString();
const LEGACY = { enableLegacyWrappingAlgorithms: true, enableLegacyUnauthenticatedModes: true } as const;
const LENIENT = { commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT' } as const;

describe('what a client writes and reads', () => {
  it.each<[string, CommitmentPolicy, 'v2' | 'v3', boolean]>([
    ['F-FMT-002 F-FMT-006: forbidding commitment', 'FORBID_ENCRYPT_ALLOW_DECRYPT', 'v2', true],
    ['F-FMT-006: requiring commitment of what it writes', 'REQUIRE_ENCRYPT_ALLOW_DECRYPT', 'v3', true],
    ['F-FMT-003 F-FMT-006: requiring commitment both ways', 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT', 'v3', false],
  ])('%s, it writes its format and reads V2 or refuses', async (_, commitmentPolicy, written, isV2Read) => {
    const artifact = await world.hold('diary.txt', PLAINTEXT);
    const client = world.clientOf('aes', { commitmentPolicy });
    await client.putObject(world.address('diary.txt'), artifact, 'text/plain');
    const { metadata } = await world.fetch('diary.txt');
    expect(Object.hasOwn(metadata, 'x-amz-3') ? 'v3' : 'v2').toBe(written);
    expect(Object.hasOwn(metadata, 'x-amz-key-v2') ? 'v2' : 'v3').toBe(written);

    const [v2, v3] = [await sealed({ format: 'v2', wrap: 'AES/GCM' }), await sealed({ format: 'v3', wrap: 'AES/GCM' })];
    expect(await world.readFrom(v3, 'aes', { commitmentPolicy })).toEqual({ text: TEXT });
    const refusal = { code: 'CommitmentPolicyViolation' };
    expect(await world.readFrom(v2, 'aes', { commitmentPolicy })).toEqual(isV2Read ? { text: TEXT } : refusal);
  });

  it('F-FMT-003 F-FMT-006: without a policy of its own, a client is as strict as it can be', async () => {
    const v2 = await sealed({ format: 'v2', wrap: 'AES/GCM' });
    expect(await world.readFrom(v2, 'aes')).toEqual({ code: 'CommitmentPolicyViolation' });
  });

  it('F-FMT-001 F-FMT-010: V1, which is AES-CBC, is read with both opt-ins and not with one', async () => {
    const v1 = await sealed({ format: 'v1', wrap: 'AES' });
    expect(base64(v1.metadata['x-amz-iv'])).toHaveLength(16);
    expect(v1.body).toHaveLength(Math.ceil((PLAINTEXT.length + 1) / 16) * 16);
    expect(await world.readFrom(v1, 'aes', { ...LENIENT, ...LEGACY })).toEqual({ text: TEXT });
    for (const name of ['enableLegacyWrappingAlgorithms', 'enableLegacyUnauthenticatedModes'] as const) {
      const outcome = await world.readFrom(v1, 'aes', { ...LENIENT, [name]: true });
      expect(outcome, name).toEqual({ code: 'LegacyNotEnabled' });
    }
  });
});

describe('the entries of V2', () => {
  let metadata: Pairs;
  beforeAll(async () => {
    ({ metadata } = await world.write({ format: 'v2', wrap: 'aes', storage: 'metadata' }));
  });

  it.each<[string, string, (value: string) => void]>([
    ['F-FMT-022', 'x-amz-key-v2', value => expect(base64(value)).toHaveLength(60)],
    ['F-FMT-023', 'x-amz-iv', value => expect(base64(value)).toHaveLength(12)],
    ['F-FMT-024', 'x-amz-matdesc', value => expect(JSON.parse(value)).toEqual(DESCRIPTION)],
    ['F-FMT-025', 'x-amz-wrap-alg', value => expect(value).toBe('AES/GCM')],
    ['F-FMT-012 F-FMT-026', 'x-amz-cek-alg', value => expect(value).toBe('AES/GCM/NoPadding')],
    ['F-FMT-027', 'x-amz-tag-len', value => expect(value).toBe('128')],
  ])('%s: %s is what it should be', (_, name, check) => {
    expect(Object.keys(metadata)).toContain(name);
    check(metadata[name] ?? '');
  });

  it('F-FMT-020 F-FMT-028: these are all, as user metadata', () => {
    expect(Object.keys(metadata)).toHaveLength(6);
  });

  it('F-FMT-024: a key without a description leaves an empty map', async () => {
    const bare = await createClientWorld('bare');
    const { metadata: told } = await bare.write({ format: 'v2', wrap: 'aes', storage: 'metadata' });
    expect(told['x-amz-matdesc']).toBe('{}');
  });
});

describe('the entries of V3', () => {
  const written = new Map<string, Pairs>();
  beforeAll(async () => {
    for (const wrap of WRAP_KINDS) {
      const { metadata } = await world.write(
        { format: 'v3', wrap, storage: 'metadata' },
        { context: wrap === 'kms' ? { a: 'b' } : {} },
      );
      written.set(wrap, metadata);
    }
  });

  it.each(WRAP_KINDS)('F-FMT-013 F-FMT-030 F-FMT-033 F-FMT-034: suite, commitment and message id of %s', wrap => {
    const metadata = written.get(wrap);
    expect(metadata?.['x-amz-c']).toBe('115');
    for (const name of ['x-amz-d', 'x-amz-i']) {
      expect(base64(metadata?.[name])).toHaveLength(28);
      expect(metadata?.[name]).toHaveLength(40);
    }
  });

  it.each([
    ['aes', '02', 60],
    ['rsa', '22', 256],
    ['kms', '12', undefined],
  ] as const)('F-FMT-031 F-FMT-032: %s has wrap code %s', (wrap, code, byteLength) => {
    const metadata = written.get(wrap);
    expect(metadata?.['x-amz-w']).toBe(code);
    const bytes = base64(metadata?.['x-amz-3']);
    expect(bytes.length).toBeGreaterThan(0);
    if (byteLength !== undefined) expect(bytes).toHaveLength(byteLength);
  });

  it('F-FMT-035 F-FMT-082 F-CSK-022 F-CSK-023: with KMS the whole context is kept, with the suite and without an ARN', () => {
    const { 'x-amz-t': context = '', ...rest } = written.get('kms') ?? {};
    expect(JSON.parse(context)).toEqual({ a: 'b', 'aws:x-amz-cek-alg': '115' });
    expect(rest).not.toHaveProperty('x-amz-m');
  });

  it('F-FMT-036: a raw key keeps its material description, and leaves it out when it is empty', async () => {
    for (const wrap of ['aes', 'rsa']) {
      expect(JSON.parse(written.get(wrap)?.['x-amz-m'] ?? '')).toEqual(DESCRIPTION);
      expect(written.get(wrap)).not.toHaveProperty('x-amz-t');
    }
    const bare = await createClientWorld('bare V3');
    const { metadata } = await bare.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    expect(metadata).not.toHaveProperty('x-amz-m');
  });

  it.each(WRAP_KINDS)('F-FMT-037 F-FMT-074: %s keeps neither IV nor tag length, and nothing else', wrap => {
    expect(Object.keys(written.get(wrap) ?? {}).sort()).toEqual(
      ['x-amz-3', 'x-amz-c', 'x-amz-d', 'x-amz-i', 'x-amz-w', wrap === 'kms' ? 'x-amz-t' : 'x-amz-m'].sort(),
    );
  });

  it.each(WRAP_KINDS)('F-CSR-029: the envelope of %s fits into 2 KB, and would with an RSA key of 4,096 bits', wrap => {
    const metadata = Object.entries(written.get(wrap) ?? {});
    const bytes = metadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    const ofLargeKey = bytes - (written.get(wrap)?.['x-amz-3'] ?? '').length + base64Length(512);
    expect(base64Length(512)).toBe(684);
    expect(Math.max(bytes, ofLargeKey)).toBeLessThan(2048);
  });
});

const base64Length = (bytes: number) => 4 * Math.ceil(bytes / 3);

/** Entries by which a format is known, taken from whole envelopes. */
interface Detection {
  readonly what: string;
  readonly metadata: (of: { v1: Pairs; v2: Pairs; v3: Pairs }) => Pairs;
  readonly expected: object;
}
const without = (pairs: Pairs, ...names: string[]): Pairs =>
  Object.fromEntries(Object.entries(pairs).filter(([name]) => !names.includes(name)));
const TAMPERED = { code: 'DecryptionFailed', why: 'TamperedMetadata' } as const;
const NOT_OURS = { code: 'NotEncryptedByClient' } as const;

const DETECTIONS: readonly Detection[] = [
  { what: 'V1 by x-amz-iv and x-amz-key', metadata: ({ v1 }) => v1, expected: { text: TEXT } },
  { what: 'V2 by x-amz-iv and x-amz-key-v2', metadata: ({ v2 }) => v2, expected: { text: TEXT } },
  { what: 'V3 by x-amz-3, x-amz-d and x-amz-i', metadata: ({ v3 }) => v3, expected: { text: TEXT } },
  {
    what: 'V3 with an instruction file by x-amz-c, x-amz-d, x-amz-i alone',
    metadata: ({ v3 }) => without(v3, 'x-amz-3', 'x-amz-w', 'x-amz-m'),
    expected: { code: 'InstructionFileMissing' },
  },
  { what: 'nothing by nothing', metadata: () => ({}), expected: NOT_OURS },
  { what: 'nothing by foreign names', metadata: () => ({ 'x-amz-color': 'red', iv: 'AAAA' }), expected: NOT_OURS },
  ...(['v1', 'v2'] as const).flatMap(one =>
    (['v2', 'v3'] as const)
      .filter(other => other !== one)
      .map(other => ({
        what: `two formats at once, ${one} and ${other}, as tampered with`,
        metadata: (of: { v1: Pairs; v2: Pairs; v3: Pairs }) => ({ ...of[one], ...of[other] }),
        expected: TAMPERED,
      })),
  ),
  ...['x-amz-d', 'x-amz-i', 'x-amz-c', 'x-amz-w'].map(name => ({
    what: `V3 without ${name} as tampered with`,
    metadata: ({ v3 }: { v3: Pairs }) => without(v3, name),
    expected: TAMPERED,
  })),
  ...['x-amz-iv', 'x-amz-wrap-alg', 'x-amz-cek-alg'].map(name => ({
    what: `V2 without ${name} as tampered with`,
    metadata: ({ v2 }: { v2: Pairs }) => without(v2, name),
    expected: TAMPERED,
  })),
  {
    what: 'V1 without its IV as tampered with',
    metadata: ({ v1 }) => without(v1, 'x-amz-iv'),
    expected: TAMPERED,
  },
  {
    what: 'a commitment and no key as tampered with',
    metadata: ({ v3 }) => without(v3, 'x-amz-3', 'x-amz-i'),
    expected: TAMPERED,
  },
  {
    what: 'V2 with a suite of V3 as tampered with',
    metadata: ({ v2 }) => ({ ...v2, 'x-amz-c': '115' }),
    expected: TAMPERED,
  },
];

describe('a format is recognised', () => {
  it.each(DETECTIONS)('F-FMT-021 F-FMT-040 F-ERR-102: $what', async ({ metadata, expected }) => {
    const [v1, v2, v3] = [
      await sealed({ format: 'v1', wrap: 'AES' }),
      await sealed({ format: 'v2', wrap: 'AES/GCM' }),
      await sealed({ format: 'v3', wrap: 'AES/GCM' }),
    ];
    const given = metadata({ v1: v1.metadata, v2: v2.metadata, v3: v3.metadata });
    const body = given === v1.metadata ? v1.body : given === v2.metadata ? v2.body : v3.body;
    const object: SealedObject = { body, metadata: given };
    expect(await world.readFrom(object, 'aes', { ...LENIENT, ...LEGACY })).toEqual(expected);
  });

  it('F-FMT-058: V1 names no wrap, so more than 48 bytes count as wrapped by RSA', async () => {
    const v1 = await sealed({ format: 'v1', wrap: 'RSA' });
    const options = { ...LENIENT, ...LEGACY };
    expect(base64(v1.metadata['x-amz-key']).length).toBeGreaterThan(48);
    expect(await world.readFrom(v1, 'rsa', options)).toEqual({ code: 'AlgorithmNotAvailable' });
    expect(await world.readFrom(v1, 'aes', options)).toEqual({ code: 'DecryptionFailed', why: 'WrappingKeyMissing' });
  });

  it('F-FMT-038: JSON is read in any layout', async () => {
    const spaced = await sealed({
      format: 'v3',
      wrap: 'AES/GCM',
      materialDescription: { a: 'b', c: 'd' },
      json: 'spaced',
    });
    expect(spaced.metadata['x-amz-m']).toContain(': ');
    expect(await world.readFrom(spaced, 'aes')).toEqual({ text: TEXT });
  });
});

describe('a wrapped data key', () => {
  it.each([
    ['V2', 'v2', 'AES/GCM/NoPadding'],
    ['V3', 'v3', '115'],
  ] as const)(
    'F-FMT-050 F-FMT-079: by AES in %s is IV, key and tag, bound to the name of the algorithm as text',
    async (_, format, aad) => {
      const { metadata } = await world.write({ format, wrap: 'aes', storage: 'metadata' });
      const bytes = base64(metadata['x-amz-3'] ?? metadata['x-amz-key-v2']);
      expect(bytes).toHaveLength(60);
      const { aes } = world.keys;
      if (!aes) throw new Error('the bench has an AES key');
      const unwrapped = decryptGcm(aes, bytes.subarray(0, 12), Buffer.from(aad), bytes.subarray(12));
      expect(unwrapped).toHaveLength(32);
      expect(() => decryptGcm(aes, bytes.subarray(0, 12), Buffer.from([0, 0x73]), bytes.subarray(12))).toThrow();
    },
  );

  it.each([
    ['v2', 'AES/GCM/NoPadding'],
    ['v3', '115'],
  ] as const)('F-FMT-051 F-WEB-004: by RSA in %s is length, key and name of the algorithm', async (format, name) => {
    const { metadata } = await world.write({ format, wrap: 'rsa', storage: 'metadata' });
    const key = world.keys.rsa?.privateKey;
    if (!key) throw new Error('the bench has an RSA key');
    const inner = privateDecrypt({ key, oaepHash: 'sha1' }, base64(metadata['x-amz-3'] ?? metadata['x-amz-key-v2']));
    expect(inner).toHaveLength(33 + name.length);
    expect(inner[0]).toBe(32);
    expect(inner.subarray(33).toString()).toBe(name);
  });

  it('F-FMT-052: by KMS is the blob that KMS gave out', async () => {
    const { metadata } = await world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' });
    const blob = base64(metadata['x-amz-3']);
    const dataKey = await world.keys.kms?.decrypt(blob, JSON.parse(metadata['x-amz-t'] ?? ''));
    expect(dataKey).toHaveLength(32);
    world.clear();
  });
});

describe('the content of V2', () => {
  it('F-FMT-065 F-WEB-002: is encrypted with the data key itself, a random IV and no AAD, tag at the end', async () => {
    const dataKey = randomBytes(32);
    const object = await sealed({ format: 'v2', wrap: 'AES/GCM', given: { dataKey } });
    expect(await world.readFrom(object, 'aes', LENIENT)).toEqual({ text: TEXT });
    const { body, metadata } = await world.write({ format: 'v2', wrap: 'rsa', storage: 'metadata' });
    const key = world.keys.rsa?.privateKey;
    if (!key) throw new Error('the bench has an RSA key');
    const inner = privateDecrypt({ key, oaepHash: 'sha1' }, base64(metadata['x-amz-key-v2']));
    const opened = decryptGcm(inner.subarray(1, 33), base64(metadata['x-amz-iv']), undefined, body);
    expect(opened).toEqual(PLAINTEXT);
  });

  it('F-FMT-066: is not opened with an IV of zeros, even if it was encrypted so', async () => {
    const object = await sealed({ format: 'v2', wrap: 'AES/GCM', given: { iv: Buffer.alloc(12) } });
    expect(await world.readFrom(object, 'aes', LENIENT)).toEqual(TAMPERED);
  });
});

describe('the content of V3', () => {
  it('F-FMT-070 F-FMT-071 F-FMT-072 F-FMT-076 F-WEB-001: both derived values begin one HMAC each', async () => {
    const [dataKey, messageId] = [randomBytes(32), randomBytes(28)];
    const prk = createHmac('sha512', messageId).update(dataKey).digest();
    const expand = (label: string) =>
      createHmac('sha512', prk)
        .update(Buffer.from([0, 0x73]))
        .update(label)
        .update(Buffer.from([1]))
        .digest();
    const object = await sealed({ format: 'v3', wrap: 'AES/GCM', given: { dataKey, messageId } });
    const derived = deriveV3(dataKey, messageId);
    expect(derived.commitment).toEqual(expand('COMMITKEY').subarray(0, 28));
    expect(derived.derivedKey).toEqual(expand('DERIVEKEY').subarray(0, 32));
    expect(base64(object.metadata['x-amz-d'])).toEqual(derived.commitment);
    expect(await world.readFrom(object, 'aes')).toEqual({ text: TEXT });
  });

  it('F-FMT-073 F-FMT-078 F-FMT-079: takes twelve bytes of ones as IV and the two bytes of the suite as AAD', async () => {
    const { body, metadata } = await world.write({ format: 'v3', wrap: 'rsa', storage: 'metadata' });
    const key = world.keys.rsa?.privateKey;
    if (!key) throw new Error('the bench has an RSA key');
    const inner = privateDecrypt({ key, oaepHash: 'sha1' }, base64(metadata['x-amz-3']));
    const { derivedKey } = deriveV3(inner.subarray(1, 33), base64(metadata['x-amz-i']));
    const suite = Buffer.from([0, 0x73]);
    expect(decryptGcm(derivedKey, Buffer.alloc(12, 1), suite, body)).toEqual(PLAINTEXT);
    expect(() => decryptGcm(derivedKey, Buffer.alloc(12), suite, body)).toThrow();
    expect(() => decryptGcm(derivedKey, Buffer.alloc(12, 1), Buffer.from('115'), body)).toThrow();
  });

  it('F-FMT-077: the same object twice has two message ids, two keys and two ciphertexts', async () => {
    const [one, two] = [
      await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' }),
      await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' }),
    ];
    for (const name of ['x-amz-i', 'x-amz-d', 'x-amz-3']) expect(one.metadata[name]).not.toBe(two.metadata[name]);
    expect(one.body.equals(two.body)).toBe(false);
  });

  it.each([
    ['F-FMT-080: a message id of 27 bytes', 'x-amz-i', randomBytes(27)],
    ['F-FMT-080: a message id of 29 bytes', 'x-amz-i', randomBytes(29)],
    ['F-FMT-081: a message id of zeros', 'x-amz-i', Buffer.alloc(28)],
    ['F-FMT-080: a commitment of 27 bytes', 'x-amz-d', randomBytes(27)],
  ])('%s is refused', async (_, name, bytes) => {
    const { body, metadata } = await sealed({ format: 'v3', wrap: 'AES/GCM' });
    const changed = { ...metadata, [name]: bytes.toString('base64') };
    expect(await world.readFrom({ body, metadata: changed }, 'aes')).toEqual(TAMPERED);
  });

  it('F-FMT-080: a data key of another length than 32 bytes is refused', async () => {
    for (const length of [16, 24]) {
      const object = await sealed({ format: 'v2', wrap: 'RSA-OAEP-SHA1', given: { dataKey: randomBytes(32) } });
      const { publicEncrypt } = await import('node:crypto');
      const key = world.keys.rsa?.publicKey;
      if (!key) throw new Error('the bench has an RSA key');
      const pseudoKey = Buffer.concat([Buffer.from([length]), randomBytes(length), Buffer.from('AES/GCM/NoPadding')]);
      const encrypted = publicEncrypt({ key, oaepHash: 'sha1' }, pseudoKey).toString('base64');
      const changed = { body: object.body, metadata: { ...object.metadata, 'x-amz-key-v2': encrypted } };
      const outcome = await world.readFrom(changed, 'rsa', LENIENT);
      expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'UnableToUnwrapDataKey' });
    }
  });
});

describe('an instruction file', () => {
  it.each(WRAP_KINDS)(
    'F-FMT-085 F-FMT-087: of V2 by %s has the whole envelope, and the object none of it',
    async wrap => {
      const { metadata, instructionFile } = await world.write({ format: 'v2', wrap, storage: 'instruction-file' });
      expect(metadata).toEqual({});
      expect(instructionFile?.metadata).toEqual({ 'x-amz-crypto-instr-file': '' });
      expect(Object.keys(JSON.parse(instructionFile?.body ?? ''))).toHaveLength(6);
    },
  );

  it.each(WRAP_KINDS)('F-FMT-029 F-FMT-088: of V3 by %s has the wrapped key, and the object the rest', async wrap => {
    const { metadata, instructionFile } = await world.write({ format: 'v3', wrap, storage: 'instruction-file' });
    expect(Object.keys(metadata).sort()).toEqual(['x-amz-c', 'x-amz-d', 'x-amz-i']);
    const inFile = Object.keys(JSON.parse(instructionFile?.body ?? ''));
    expect(inFile.sort()).toEqual(['x-amz-3', wrap === 'kms' ? 'x-amz-t' : 'x-amz-m', 'x-amz-w'].sort());
  });

  it('F-FMT-086: is written only when a client is told to', async () => {
    const artifact = await world.hold('plain.txt', PLAINTEXT);
    await world.clientOf('aes').putObject(world.address('plain.txt'), artifact, 'text/plain');
    expect(await world.fetch('plain.txt')).not.toHaveProperty('instructionFile');
  });

  it('F-FMT-089: is an object like any other to S3, with its own encryption at rest', async () => {
    const { trace } = await world.record('upload', () =>
      world.write({ format: 'v3', wrap: 'aes', storage: 'instruction-file' }),
    );
    const puts = trace.exchanges.filter(({ request }) => request.startLine.startsWith('PUT '));
    expect(puts.map(({ request }) => request.startLine.split(' ')[1])).toEqual([
      expect.stringMatching(/diary\.txt\.instruction$/),
      expect.stringMatching(/diary\.txt$/),
    ]);
    for (const { response } of puts) {
      expect(Object.fromEntries(response?.headers ?? [])).toMatchObject({ 'x-amz-server-side-encryption': 'AES256' });
    }
  });

  it.each(['x-amz-c', 'x-amz-d', 'x-amz-i'])('F-ERR-103: that holds %s is refused', async name => {
    const { body, metadata, instructionFile } = await sealed({
      format: 'v3',
      wrap: 'AES/GCM',
      storage: 'instruction-file',
    });
    const entries = { ...JSON.parse(instructionFile?.body ?? ''), [name]: metadata[name] };
    const file = { body: JSON.stringify(entries), metadata: instructionFile?.metadata ?? {} };
    const outcome = await world.readFrom({ body, metadata, instructionFile: file }, 'aes');
    expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'TamperedInstructionFile' });
  });

  it.each(['v2', 'v3'] as const)('F-FMT-090: of %s with an unknown name is refused', async format => {
    const object = await sealed({ format, wrap: 'AES/GCM', storage: 'instruction-file' });
    const entries = { ...JSON.parse(object.instructionFile?.body ?? ''), 'x-amz-new': '1' };
    const file = { body: JSON.stringify(entries), metadata: {} };
    const outcome = await world.readFrom({ ...object, instructionFile: file }, 'aes', LENIENT);
    expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'TamperedInstructionFile' });
  });

  it.each(STORAGES)('F-FMT-005: only V3 notices another wrapped key, with the envelope in the %s', async storage => {
    const [one, two] = [randomBytes(32), randomBytes(32)];
    const swapped = async (format: 'v2' | 'v3', wrap = 'AES/GCM' as const) => {
      const mine = await sealed({ format, wrap, storage, given: { dataKey: one } });
      const other = await sealed({ format, wrap, storage, given: { dataKey: two } });
      const name = format === 'v2' ? 'x-amz-key-v2' : 'x-amz-3';
      if (storage === 'metadata') {
        const metadata = { ...mine.metadata, [name]: other.metadata[name] ?? '' };
        return world.readFrom({ body: mine.body, metadata }, 'aes', LENIENT);
      }
      const entries = {
        ...JSON.parse(mine.instructionFile?.body ?? ''),
        [name]: JSON.parse(other.instructionFile?.body ?? '')[name],
      };
      return world.readFrom(
        { ...mine, instructionFile: { body: JSON.stringify(entries), metadata: {} } },
        'aes',
        LENIENT,
      );
    };
    expect(await swapped('v3')).toEqual({ code: 'DecryptionFailed', why: 'KeyCommitmentMismatch' });
    // V2 gets as far as the tag: what fits two keys would pass.
    expect(await swapped('v2')).toEqual({ code: 'DecryptionFailed', why: 'AuthenticationTagMismatch' });
  });
});

describe('a range', () => {
  const RANGES = [
    [0, 0],
    [0, 15],
    [1, 17],
    [15, 16],
    [16, 31],
    [20, 63],
    [33, 40],
    [60, PLAINTEXT.length - 1],
    [0, 10_000],
  ] as const;
  const OPTED_IN = { enableLegacyUnauthenticatedModes: true } as const;

  it.each(['v2', 'v3'] as const)(
    'F-FMT-011 F-FMT-014 F-FMT-060 F-FMT-094 F-WEB-003: of %s is the same part of the plaintext',
    async format => {
      await world.write({ format, wrap: 'aes', storage: 'metadata' });
      for (const [first, last] of RANGES) {
        const outcome = await world.read({ wrap: 'aes' }, { ...LENIENT, ...OPTED_IN }, { range: { first, last } });
        expect(outcome, `${first}-${last}`).toEqual({ text: TEXT.slice(first, last + 1) });
      }
    },
  );

  it('F-FMT-092: is refused unless the client was told to read what is not authenticated', async () => {
    await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const outcome = await world.read({ wrap: 'aes' }, {}, { range: { first: 0, last: 3 } });
    expect(outcome).toEqual({ code: 'RangeNotEnabled' });
  });

  it.each([
    [0, 0, 'bytes=0-32'],
    [16, 16, 'bytes=0-48'],
    [17, 17, 'bytes=0-48'],
    [40, 50, 'bytes=16-80'],
    [63, 64, 'bytes=32-96'],
  ])('F-FMT-093: %i to %i asks S3 for %s', async (first, last, expected) => {
    await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const { customer, sent } = world.listening();
    await world.clientOf('aes', OPTED_IN, customer).getObject(world.address('diary.txt'), { range: { first, last } });
    expect(new Map(sent[0]?.request.headers).get('range')).toBe(expected);
    world.clear();
  });

  it('F-FMT-092: does not notice a changed byte, which the whole object does', async () => {
    const { body, metadata } = await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const changed = Buffer.from(body);
    changed[20] = (changed[20] ?? 0) ^ 0x20;
    const object = { body: changed, metadata };
    const range = { first: 16, last: 24 };
    const part = await world.readFrom(object, 'aes', OPTED_IN, { range });
    expect(part.text).toHaveLength(9);
    expect(part.text).not.toBe(TEXT.slice(16, 25));
    expect(await world.readFrom(object, 'aes')).toEqual({ code: 'DecryptionFailed', why: 'AuthenticationTagMismatch' });
  });

  it('F-FMT-095: of V3 is not decrypted when the commitment differs', async () => {
    const { body, metadata } = await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const other = randomBytes(28).toString('base64');
    const { result, trace } = await world.record('download', () =>
      world.readFrom({ body, metadata: { ...metadata, 'x-amz-d': other } }, 'aes', OPTED_IN, {
        range: { first: 0, last: 3 },
      }),
    );
    expect(result).toEqual({ code: 'DecryptionFailed', why: 'KeyCommitmentMismatch' });
    expect(trace.steps.map(step => step.name)).not.toContain('client.decryptRange');
  });

  it('F-FMT-096: that reaches the end has nothing of the tag', async () => {
    await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const range = { first: PLAINTEXT.length - 2, last: PLAINTEXT.length + 15 };
    const outcome = await world.read({ wrap: 'aes' }, OPTED_IN, { range });
    expect(outcome).toEqual({ text: TEXT.slice(-2) });
    for (const first of [PLAINTEXT.length, PLAINTEXT.length + 1000]) {
      const behind = await world.read({ wrap: 'aes' }, OPTED_IN, { range: { first, last: first + 3 } });
      expect(behind).toEqual({ code: 'InvalidRange' });
    }
  });
});

it.each(WRAP_KINDS)('F-WEB-004 F-WEB-002: what the lab writes by %s, another implementation opens', async wrap => {
  const object = await world.write({ format: 'v3', wrap, storage: 'instruction-file' });
  expect(await open({ ...object, keys: world.keys })).toEqual(PLAINTEXT);
  expect(TODAYS_WRAPS[wrap]).toBeDefined();
});
