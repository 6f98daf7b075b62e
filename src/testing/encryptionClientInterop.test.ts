import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createEncryptionClient } from '../engine/client/s3EncryptionClient/client.ts';
import type { ClientOptions } from '../engine/client/s3EncryptionClient/options.ts';
import { createBench, STORAGES, type Storage, WRAP_KINDS, type WrapKind } from './encryptionClientHarness.ts';
import { open } from './independentClient/open.ts';
import { type SealOptions, seal } from './independentClient/seal.ts';
import type { Pairs, WrapName } from './independentClient/wrapping.ts';

const RAW_DESCRIPTION: Pairs = { project: 'envelope', stage: 'test' };
const bench = await createBench('interop', { aes: RAW_DESCRIPTION, rsa: RAW_DESCRIPTION });
const { customer, rings, keys } = bench;

const FORMATS = ['v2', 'v3'] as const;
type Format = (typeof FORMATS)[number];
const SIZES = [0, 1, 15, 16, 17, 1024 * 1024];
const WRAP_NAMES: Readonly<Record<WrapKind, WrapName>> = {
  aes: 'AES/GCM',
  rsa: 'RSA-OAEP-SHA1',
  kms: 'kms+context',
};
const EVERY = FORMATS.flatMap(format =>
  WRAP_KINDS.flatMap(wrap => STORAGES.map(storage => ({ format, wrap, storage }))),
);

interface Kind {
  readonly format: Format;
  readonly wrap: WrapKind;
  readonly storage: Storage;
}

/** The lab's client for a kind of object. */
const clientFor = ({ format, wrap, storage }: Kind, more: Partial<ClientOptions> = {}) =>
  createEncryptionClient(customer, {
    keyring: rings[wrap],
    transport: 'https',
    commitmentPolicy: format === 'v2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT',
    writesInstructionFiles: storage === 'instruction-file',
    ...more,
  });

/** The lab's client writes, the independent one reads what a plain client finds in S3. */
async function thereAndOut(kind: Kind, plaintext: Buffer, context: Pairs = {}): Promise<Buffer> {
  const name = `out-${kind.storage}`;
  const artifact = await bench.hold('object', plaintext);
  const put = await clientFor(kind).putObject(bench.address(name), artifact, 'text/plain', {
    encryptionContext: context,
  });
  expect(put).toMatchObject({ ok: { status: 200 } });
  const stored = await bench.fetch(name);
  expect(stored.body).toHaveLength(plaintext.length + 16);
  expect('instructionFile' in stored).toBe(kind.storage === 'instruction-file');
  return open({ ...stored, keys, context });
}

/** The independent client writes, a plain one puts it into S3, the lab's reads. */
async function inAndBack(
  kind: Kind,
  plaintext: Buffer,
  context: Pairs = {},
  more: Partial<SealOptions> = {},
): Promise<Buffer> {
  const name = `in-${kind.storage}`;
  const sealed = await seal({
    format: kind.format,
    wrap: WRAP_NAMES[kind.wrap],
    keys,
    plaintext,
    storage: kind.storage,
    context,
    materialDescription: RAW_DESCRIPTION,
    ...more,
  });
  await bench.store(name, sealed);
  bench.clear();
  return read(kind, name, context);
}

async function read(kind: Kind, name: string, context: Pairs = {}, more: Partial<ClientOptions> = {}): Promise<Buffer> {
  const got = await clientFor(kind, more).getObject(bench.address(name), { encryptionContext: context });
  if ('failure' in got) throw new Error(`${got.failure.code} ${got.failure.why?.code ?? ''}`);
  if (!got.ok.plaintext) throw new Error(`no plaintext, status ${got.ok.response.status}`);
  return bench.bytesOf(got.ok.plaintext);
}

afterEach(() => bench.clear());

describe.each(EVERY)('an object of $format wrapped by $wrap with its envelope in the $storage', kind => {
  it.each(SIZES)('of %i bytes, written by the lab’s client, is read by the independent one', async size => {
    const plaintext = randomBytes(size);
    expect((await thereAndOut(kind, plaintext)).equals(plaintext)).toBe(true);
  });

  it.each(SIZES)('of %i bytes, written by the independent client, is read by the lab’s', async size => {
    const plaintext = randomBytes(size);
    expect((await inAndBack(kind, plaintext)).equals(plaintext)).toBe(true);
  });
});

const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }).filter(one => one.trim() === one);
const pairs = fc.dictionary(
  text.filter(name => !name.startsWith('aws:')),
  text,
  { maxKeys: 3 },
);
const anyObject = fc.record({
  kind: fc.constantFrom(...EVERY),
  plaintext: fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
  pairs,
  json: fc.constantFrom('compact' as const, 'spaced' as const),
  tellsLength: fc.boolean(),
});

describe('a random object', () => {
  it('with a random context, written by the lab’s client, is read by the independent one', async () => {
    const property = fc.asyncProperty(anyObject, async ({ kind, plaintext, pairs: given }) => {
      const context = kind.wrap === 'kms' ? given : {};
      expect((await thereAndOut(kind, plaintext, context)).equals(plaintext)).toBe(true);
      bench.clear();
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('in any style of JSON, written by the independent client, is read by the lab’s (F-FMT-038)', async () => {
    const property = fc.asyncProperty(anyObject, async ({ kind, plaintext, pairs: given, json, tellsLength }) => {
      const [context, materialDescription] = kind.wrap === 'kms' ? [given, {}] : [{}, given];
      const more = { materialDescription, json, tellsLength };
      expect((await inAndBack(kind, plaintext, context, more)).equals(plaintext)).toBe(true);
      bench.clear();
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('the material description', () => {
  it('that the independent client wrote finds the right one of three wrapping keys, wherever it stands (F-CSR-012)', async () => {
    const made = await Promise.all(
      ['one', 'two', 'three'].map(async which => ({ ...(await bench.anotherAes()), materialDescription: { which } })),
    );
    const ring = {
      type: 'aes' as const,
      keys: made.map(({ id, materialDescription }) => ({ wrappingKey: id, materialDescription })),
    };
    for (const kind of EVERY.filter(({ wrap }) => wrap === 'aes')) {
      for (const { bytes, materialDescription } of made) {
        const sealed = await seal({
          format: kind.format,
          wrap: 'AES/GCM',
          keys: { aes: bytes },
          plaintext: Buffer.from(materialDescription.which),
          storage: kind.storage,
          materialDescription,
        });
        await bench.store('chosen', sealed);
        expect((await read(kind, 'chosen', {}, { keyring: ring })).toString()).toBe(materialDescription.which);
      }
    }
  });

  it('of the lab’s first key is written as the independent client would write it', async () => {
    for (const kind of EVERY.filter(({ wrap }) => wrap !== 'kms')) {
      await thereAndOut(kind, Buffer.from('a'));
      const { metadata, instructionFile } = await bench.fetch(`out-${kind.storage}`);
      const told: unknown = instructionFile ? JSON.parse(instructionFile.body) : metadata;
      const name = kind.format === 'v2' ? 'x-amz-matdesc' : 'x-amz-m';
      expect(told).toMatchObject({ [name]: JSON.stringify(RAW_DESCRIPTION) });
    }
  });
});

describe('the envelope of the lab’s client', () => {
  const TOLD = {
    v2: ['x-amz-cek-alg', 'x-amz-iv', 'x-amz-key-v2', 'x-amz-matdesc', 'x-amz-tag-len', 'x-amz-wrap-alg'],
    v3: ['x-amz-3', 'x-amz-c', 'x-amz-d', 'x-amz-i', 'x-amz-w'],
  } as const;

  it.each(EVERY)('of $format by $wrap in the $storage has the entries of the format and no others', async kind => {
    await thereAndOut(kind, Buffer.from('a'));
    const { metadata, instructionFile } = await bench.fetch(`out-${kind.storage}`);
    const inFile = Object.keys((instructionFile ? JSON.parse(instructionFile.body) : {}) as Pairs);
    const described = { v2: [], v3: [kind.wrap === 'kms' ? 'x-amz-t' : 'x-amz-m'] }[kind.format];
    const wanted = [...TOLD[kind.format], ...described].sort();
    expect([...Object.keys(metadata), ...inFile].sort()).toEqual(wanted);
    if (!instructionFile) return;
    // F-FMT-085, F-FMT-087, F-FMT-088
    expect(instructionFile.metadata).toEqual({ 'x-amz-crypto-instr-file': '' });
    const onObject = kind.format === 'v2' ? [] : ['x-amz-c', 'x-amz-d', 'x-amz-i'];
    expect(Object.keys(metadata).sort()).toEqual(onObject);
  });
});

/** Everything that is only read any more; `isOpened`: whether WebCrypto can. */
const LEGACY: readonly (Pick<SealOptions, 'format' | 'wrap' | 'content'> & {
  readonly keyring: WrapKind;
  readonly fact: string;
  readonly isOpened: boolean;
})[] = [
  { fact: 'F-FMT-056', format: 'v1', wrap: 'AES', keyring: 'aes', isOpened: true },
  { fact: 'F-FMT-057', format: 'v1', wrap: 'RSA', keyring: 'rsa', isOpened: false },
  { fact: 'F-FMT-054', format: 'v2', wrap: 'AESWrap', keyring: 'aes', isOpened: true },
  { fact: 'F-FMT-054', format: 'v2', wrap: 'AESWrap', content: 'cbc', keyring: 'aes', isOpened: true },
  {
    fact: 'F-FMT-055',
    format: 'v2',
    wrap: 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding',
    keyring: 'rsa',
    isOpened: false,
  },
  { fact: 'F-FMT-053', format: 'v2', wrap: 'kms', content: 'cbc', keyring: 'kms', isOpened: true },
  { fact: 'F-FMT-053', format: 'v2', wrap: 'kms', content: 'gcm', keyring: 'kms', isOpened: true },
];
const OPT_INS = { enableLegacyWrappingAlgorithms: true, enableLegacyUnauthenticatedModes: true } as const;

describe.each(LEGACY)('an old object of $format with $wrap $content ($fact)', ({ keyring, isOpened, ...kind }) => {
  const isCbc = kind.format === 'v1' || kind.content === 'cbc';
  const outcomeWith = async (storage: Storage, plaintext: Buffer, more: Partial<ClientOptions>) => {
    await bench.store(`old-${storage}`, await seal({ ...kind, keys, plaintext, storage }));
    bench.clear();
    const options = { commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT', ...more } as const;
    return read({ format: 'v2', wrap: keyring, storage }, `old-${storage}`, {}, options).catch((thrown: Error) =>
      thrown.message.trim(),
    );
  };

  it.each(STORAGES)(
    'with its envelope in the %s is read by who opted in, or WebCrypto cannot (F-WEB-005)',
    async storage => {
      for (const size of [0, 1, 15, 16, 17, 1000]) {
        const plaintext = randomBytes(size);
        const outcome = await outcomeWith(storage, plaintext, OPT_INS);
        expect(outcome).toEqual(isOpened ? plaintext : 'AlgorithmNotAvailable');
      }
    },
  );

  it('is refused by who did not opt in, or not in all that it needs (F-ERR-104)', async () => {
    const plaintext = Buffer.from('old');
    expect(await outcomeWith('metadata', plaintext, {})).toBe('LegacyNotEnabled');
    const onlyContent = { enableLegacyUnauthenticatedModes: true };
    expect(await outcomeWith('metadata', plaintext, onlyContent)).toBe('LegacyNotEnabled');
    if (!isCbc) return;
    const onlyWraps = { enableLegacyWrappingAlgorithms: true };
    expect(await outcomeWith('metadata', plaintext, onlyWraps)).toBe('LegacyNotEnabled');
  });

  it('is refused under the policy that demands commitment, opt-ins or not (F-ERR-101)', async () => {
    const strict = { ...OPT_INS, commitmentPolicy: 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT' } as const;
    expect(await outcomeWith('metadata', Buffer.from('old'), strict)).toBe('CommitmentPolicyViolation');
    expect(await outcomeWith('instruction-file', Buffer.from('old'), strict)).toBe('CommitmentPolicyViolation');
  });
});

describe('a client of the strictest policy', () => {
  it.each(EVERY.filter(({ format }) => format === 'v2'))(
    'refuses V2 by $wrap in the $storage (F-ERR-101)',
    async kind => {
      const options = { commitmentPolicy: 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT' } as const;
      await bench.store(
        'strict',
        await seal({ ...kind, wrap: WRAP_NAMES[kind.wrap], keys, plaintext: Buffer.from('a') }),
      );
      await expect(read(kind, 'strict', {}, options)).rejects.toThrow('CommitmentPolicyViolation');
      expect((await read(kind, 'strict', {})).toString()).toBe('a');
    },
  );
});
