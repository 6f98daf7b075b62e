import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  AES_WRAPS,
  CLIENT_BODIES,
  CLIENT_DATA_KEY,
  CLIENT_PLAINTEXT,
  CLIENT_WRAP_IV,
  CLIENT_WRAPPING_KEY,
  ETAG_OF_V3,
  RANGE_OF_V3,
  RSA_PSEUDO_KEYS,
  V3_METADATA,
} from '../vectors/clientVectors.ts';
import { COMMITMENT_VECTORS } from '../vectors/derivationVectors.ts';
import { decryptRange, deriveV3 } from './content.ts';
import { open } from './open.ts';
import { openMixedOaep, openPkcs1, sealMixedOaep } from './rsaPadding.ts';
import { jsonOf, type SealedObject, type SealOptions, seal } from './seal.ts';
import { type Keys, type KmsCalls, pseudoKeyOf, WRAPPINGS } from './wrapping.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const AES = hex(CLIENT_WRAPPING_KEY);
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const OTHER_RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A KMS of a few lines: a blob is the number of a call, and opens with that call's context only. */
function smallKms(): KmsCalls {
  const calls: { plaintext: Buffer; context: string }[] = [];
  return {
    keyId: 'key-1',
    async generateDataKey(context) {
      const plaintext = randomBytes(32);
      calls.push({ plaintext, context: jsonOf(context) });
      return { plaintext, blob: Buffer.from([calls.length - 1]) };
    },
    async decrypt(blob, context) {
      const call = calls[blob[0] ?? -1];
      if (!call || call.context !== jsonOf(context)) throw new Error('refused');
      return call.plaintext;
    },
  };
}
const KEYS: Keys = { aes: AES, rsa: RSA, kms: smallKms() };

/** A known object, with everything given that is otherwise random. */
function known(format: 'v1' | 'v2' | 'v3', storage: SealOptions['storage'] = 'metadata'): Promise<SealedObject> {
  const vector = CLIENT_BODIES.find(body => body.format === format);
  return seal({
    format,
    wrap: format === 'v1' ? 'AES' : 'AES/GCM',
    keys: KEYS,
    plaintext: hex(CLIENT_PLAINTEXT),
    storage,
    given: {
      dataKey: hex(CLIENT_DATA_KEY),
      messageId: hex(COMMITMENT_VECTORS[2].messageId),
      wrapIv: hex(CLIENT_WRAP_IV),
      ...(vector && 'iv' in vector ? { iv: hex(vector.iv) } : {}),
    },
  });
}

describe('the independent client and the known answers', () => {
  it.each(COMMITMENT_VECTORS)('derives the commitment and the key of $origin', ({ dataKey, messageId, ...wanted }) => {
    const { commitment, derivedKey } = deriveV3(hex(dataKey), hex(messageId));
    expect(commitment.toString('hex')).toBe(wanted.commitment);
    expect(derivedKey.toString('hex')).toBe(wanted.derivedKey);
  });

  it.each(CLIENT_BODIES)('writes the body of $origin ($format)', async ({ format, body }) => {
    expect((await known(format)).body.toString('hex')).toBe(body);
  });

  it('writes the metadata of F-KAT-006 and the encrypted data key of F-KAT-020', async () => {
    expect((await known('v3')).metadata).toEqual({
      ...V3_METADATA,
      'x-amz-3': hex(AES_WRAPS[0].encryptedDataKey).toString('base64'),
      'x-amz-w': '02',
    });
  });

  it('writes V2 with the IV of F-KAT-011 and the encrypted data key of F-KAT-021', async () => {
    expect((await known('v2')).metadata).toEqual({
      'x-amz-key-v2': hex(AES_WRAPS[1].encryptedDataKey).toString('base64'),
      'x-amz-iv': 'ICEiIyQlJicoKSor',
      'x-amz-matdesc': '{}',
      'x-amz-wrap-alg': 'AES/GCM',
      'x-amz-cek-alg': 'AES/GCM/NoPadding',
      'x-amz-tag-len': '128',
    });
  });

  it('has the ETag of F-KAT-015', async () => {
    expect(
      createHash('md5')
        .update((await known('v3')).body)
        .digest('hex'),
    ).toBe(ETAG_OF_V3);
  });

  it('reads the range of F-KAT-013', async () => {
    const { body } = await known('v3');
    const { first, last, text } = RANGE_OF_V3;
    expect(decryptRange(hex(COMMITMENT_VECTORS[2].derivedKey), undefined, body, first, last).toString()).toBe(text);
  });

  it.each(AES_WRAPS)('wraps with $wrap for $contentAlgorithm as $origin has it, and unwraps', vector => {
    const { wrap, unwrap } = WRAPPINGS[vector.wrap];
    const wrapped = wrap(KEYS, hex(CLIENT_DATA_KEY), vector.contentAlgorithm, hex(CLIENT_WRAP_IV));
    expect(wrapped.toString('hex')).toBe(vector.encryptedDataKey);
    expect(unwrap(KEYS, wrapped, vector.contentAlgorithm).toString('hex')).toBe(CLIENT_DATA_KEY);
  });

  it.each(RSA_PSEUDO_KEYS)('makes the pseudo-key of $origin', ({ contentAlgorithm, pseudoKey }) => {
    expect(pseudoKeyOf(hex(CLIENT_DATA_KEY), contentAlgorithm).toString('hex')).toBe(pseudoKey);
  });
});

describe('the RSA paddings that Node lacks', () => {
  it('are read as they were written, by nobody else, and not when changed', () => {
    const sealed = sealMixedOaep(RSA.publicKey, Buffer.from('a key'));
    expect(sealed).toHaveLength(256);
    expect(openMixedOaep(RSA.privateKey, sealed).toString()).toBe('a key');
    const changed = Buffer.from(sealed);
    changed[255] = (changed[255] ?? 0) ^ 1;
    expect(() => openMixedOaep(RSA.privateKey, changed)).toThrow();
    expect(() => openMixedOaep(OTHER_RSA.privateKey, sealed)).toThrow();
  });

  it('take PKCS#1 v1.5 blocks that Node wrote', () => {
    const sealed = WRAPPINGS.RSA.wrap(KEYS, AES, '');
    expect(openPkcs1(RSA.privateKey, sealed)).toEqual(AES);
    expect(() => openPkcs1(RSA.privateKey, sealMixedOaep(RSA.publicKey, AES))).toThrow();
  });
});

const KINDS: readonly Pick<SealOptions, 'format' | 'wrap' | 'content'>[] = [
  { format: 'v1', wrap: 'AES' },
  { format: 'v1', wrap: 'RSA' },
  { format: 'v2', wrap: 'AES/GCM' },
  { format: 'v2', wrap: 'RSA-OAEP-SHA1' },
  { format: 'v2', wrap: 'kms+context' },
  { format: 'v2', wrap: 'AESWrap' },
  { format: 'v2', wrap: 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding' },
  { format: 'v2', wrap: 'kms', content: 'cbc' },
  { format: 'v2', wrap: 'kms', content: 'gcm' },
  { format: 'v3', wrap: 'AES/GCM' },
  { format: 'v3', wrap: 'RSA-OAEP-SHA1' },
  { format: 'v3', wrap: 'kms+context' },
];

describe.each(KINDS)('an object of $format with $wrap $content', kind => {
  it.each(['metadata', 'instruction-file'] as const)('opens again with its envelope in the %s', async storage => {
    for (const length of [0, 1, 15, 16, 17, 1000]) {
      const plaintext = randomBytes(length);
      const context = kind.wrap === 'kms+context' ? { department: 'finance' } : {};
      const sealed = await seal({ ...kind, keys: KEYS, plaintext, storage, context, json: 'spaced' });
      expect(sealed.instructionFile !== undefined).toBe(storage === 'instruction-file');
      expect((await open({ ...sealed, keys: KEYS, context })).equals(plaintext)).toBe(true);
    }
  });

  it('does not open with other keys', async () => {
    const sealed = await seal({ ...kind, keys: KEYS, plaintext: randomBytes(40), storage: 'metadata' });
    const others: Keys = { aes: Buffer.alloc(32, 1), rsa: OTHER_RSA, kms: smallKms() };
    await expect(open({ ...sealed, keys: others })).rejects.toThrow();
    await expect(open({ ...sealed, keys: {} })).rejects.toThrow();
  });
});

describe('the independent client refuses', () => {
  const changes: readonly [string, (sealed: SealedObject) => Partial<SealedObject>][] = [
    [
      'another commitment',
      ({ metadata }) => ({ metadata: { ...metadata, 'x-amz-d': Buffer.alloc(28).toString('base64') } }),
    ],
    [
      'a message id of zeros',
      ({ metadata }) => ({ metadata: { ...metadata, 'x-amz-i': Buffer.alloc(28).toString('base64') } }),
    ],
    ['keys of two formats', ({ metadata }) => ({ metadata: { ...metadata, 'x-amz-key-v2': 'AAAA' } })],
    ['another suite', ({ metadata }) => ({ metadata: { ...metadata, 'x-amz-c': '116' } })],
    ['no envelope', () => ({ metadata: {} })],
    ['another last byte', ({ body }) => ({ body: Buffer.concat([body.subarray(0, -1), Buffer.from([0, 0])]) })],
    ['a body shorter than a tag', () => ({ body: Buffer.alloc(15) })],
  ];
  it.each(changes)('%s', async (_what, change) => {
    const sealed = await known('v3');
    await expect(open({ ...sealed, ...change(sealed), keys: KEYS })).rejects.toThrow();
    expect((await open({ ...sealed, keys: KEYS })).toString('hex')).toBe(CLIENT_PLAINTEXT);
  });

  it('a commitment that comes from the instruction file (F-ERR-103)', async () => {
    const sealed = await known('v3', 'instruction-file');
    expect((await open({ ...sealed, keys: KEYS })).toString('hex')).toBe(CLIENT_PLAINTEXT);
    const told: unknown = JSON.parse(sealed.instructionFile?.body ?? '');
    const body = JSON.stringify(Object.assign({}, told, { 'x-amz-d': sealed.metadata['x-amz-d'] }));
    const instructionFile = { body, metadata: { 'x-amz-crypto-instr-file': '' } };
    await expect(open({ ...sealed, instructionFile, keys: KEYS })).rejects.toThrow();
    await expect(open({ body: sealed.body, metadata: sealed.metadata, keys: KEYS })).rejects.toThrow();
  });

  it('a context that whoever reads did not expect (F-CSK-011)', async () => {
    const context = { department: 'finance' };
    const options = { format: 'v3', wrap: 'kms+context', keys: KEYS, plaintext: Buffer.from('a') } as const;
    const sealed = await seal({ ...options, context, storage: 'metadata' });
    await expect(open({ ...sealed, keys: KEYS })).rejects.toThrow();
    await expect(open({ ...sealed, keys: KEYS, context: { department: 'sales' } })).rejects.toThrow();
    expect((await open({ ...sealed, keys: KEYS, context })).toString()).toBe('a');
  });
});
