import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  MultiKeyringNode,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyOf, utf8 } from '../../bytes/bytes.ts';
import { importAesGcmKey, sealAesGcm } from '../../crypto/aesGcm.ts';
import { deriveCommitted, SUITE_ID } from '../../crypto/commitment.ts';
import { seededRandom } from '../../crypto/seededRandom.ts';
import { looksLikeMessage, parseHeader } from './header.ts';
import { openMessage, sealMessage } from './message.ts';

/** The AWS Encryption SDK itself, with the policy it has by default. */
const sdk = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const SUITE_0478 = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

const WRAPPING_KEY = new Uint8Array(32).map((_, i) => i * 5 + 1);
const NAMES = { keyNamespace: 'laboratory', keyName: 'wrapping key \u00df' };
const ours = { wrappingKey: WRAPPING_KEY, ...NAMES };

/** The SDK sorts a context as the specification says only when told to; by default, as people sort words. */
const theirs = (change: { keyNamespace?: string; keyName?: string; wrappingKey?: Uint8Array } = {}) =>
  new RawAesKeyringNode({
    ...NAMES,
    ...change,
    unencryptedMasterKey: copyOf(change.wrappingKey ?? WRAPPING_KEY),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    utf8Sorting: true,
  });

const plain = (length: number) => seededRandom(`plaintext ${length}`).bytes(length);
const SIZES = [0, 1, 15, 16, 17, 4095, 4096, 4097, 8192, 20_000];
const CONTEXTS: readonly (readonly [string, Record<string, string>])[] = [
  ['no context', {}],
  ['one pair', { purpose: 'lesson' }],
  ['names that people sort otherwise than bytes', { b: '1', A: '2', Z: '3', 'a-b': '4', a_b: '5', aB: '6' }],
  ['names outside of ASCII', { '\u{1F511}': 'key', '\uff5e': 'tilde', ä: '', z: '\u{1F512}' }],
  ['a name that objects have of their own', JSON.parse('{"__proto__":"x","constructor":"y"}')],
];

const seal = (plaintext = plain(5000), encryptionContext: Record<string, string> = { purpose: 'lesson' }) =>
  sealMessage({ ...ours, encryptionContext, plaintext, random: seededRandom('message') });

describe('a message of ours', () => {
  it.each(SIZES)('of %i bytes is opened by the AWS Encryption SDK', async size => {
    const { bytes } = await seal(plain(size));
    const { plaintext } = await sdk.decrypt(theirs(), bytes);
    expect(copyOf(plaintext)).toEqual(plain(size));
  });

  it.each(CONTEXTS)('with %s tells the AWS Encryption SDK the same header as us', async (_, context) => {
    const { bytes } = await seal(plain(10), context);
    const { plaintext, messageHeader } = await sdk.decrypt(theirs(), bytes);
    const parsed = parseHeader(bytes);
    expect(copyOf(plaintext)).toEqual(plain(10));
    expect({ ...messageHeader.encryptionContext }).toEqual({ ...context });
    expect({ ...parsed?.encryptionContext }).toEqual({ ...context });
    expect(copyOf(messageHeader.messageId)).toEqual(parsed?.messageId);
    expect(messageHeader.frameLength).toBe(parsed?.frameLength);
    expect(messageHeader.suiteId).toBe(SUITE_0478);
  });

  it('of any bytes, names and context is opened by the AWS Encryption SDK', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const name = text.filter(one => !one.startsWith('aws-'));
    const sealed = fc.record({
      plaintext: fc.uint8Array({ maxLength: 9000 }).map(copyOf),
      encryptionContext: fc.dictionary(name, text, { maxKeys: 5 }),
      keyNamespace: name,
      keyName: name,
    });
    await fc.assert(
      fc.asyncProperty(sealed, async wish => {
        const { bytes } = await sealMessage({ ...wish, wrappingKey: WRAPPING_KEY, random: seededRandom('any') });
        const { plaintext } = await sdk.decrypt(theirs(wish), bytes);
        expect(copyOf(plaintext)).toEqual(wish.plaintext);
      }),
      { numRuns: 40 },
    );
  });

  it('is refused by the AWS Encryption SDK with another wrapping key or under another name', async () => {
    const { bytes } = await seal();
    for (const change of [{ wrappingKey: new Uint8Array(32) }, { keyName: 'other' }, { keyNamespace: 'other' }]) {
      await expect(sdk.decrypt(theirs(change), bytes)).rejects.toThrow();
    }
  });

  it('is refused by the AWS Encryption SDK with any byte changed', async () => {
    const { bytes } = await seal(plain(40));
    for (let i = 0; i < bytes.length; i++) {
      const changed = copyOf(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      await expect(sdk.decrypt(theirs(), changed), `byte ${i}`).rejects.toThrow();
    }
  });
});

describe('a message of the AWS Encryption SDK', () => {
  it.each(SIZES)('of %i bytes is opened by us', async size => {
    const { result } = await sdk.encrypt(theirs(), Buffer.from(plain(size)), {
      suiteId: SUITE_0478,
      encryptionContext: { b: '1', A: '2', '\u{1F511}': 'key' },
    });
    expect(looksLikeMessage(result)).toBe(true);
    expect({ ...parseHeader(result)?.encryptionContext }).toEqual({ b: '1', A: '2', '\u{1F511}': 'key' });
    expect(await openMessage(ours, result)).toEqual(plain(size));
  });

  it('with another frame length and more than one keyring is opened by us', async () => {
    const keyring = new MultiKeyringNode({ generator: theirs({ keyName: 'other' }), children: [theirs()] });
    const { result } = await sdk.encrypt(keyring, Buffer.from(plain(1000)), { suiteId: SUITE_0478, frameLength: 64 });
    expect(await openMessage(ours, result)).toEqual(plain(1000));
  });

  it('with the signing suite, its default, is recognised and not opened by us', async () => {
    const { result } = await sdk.encrypt(theirs(), Buffer.from(plain(10)));
    expect(looksLikeMessage(result)).toBe(true);
    await expect(openMessage(ours, result)).rejects.toMatchObject({ code: 'decryption-failed' });
  });
});

describe("the body of an S3 Encryption Client's object", () => {
  const dataKey = new Uint8Array(32).fill(9);

  it('is no message: the AWS Encryption SDK refuses it, in format V2 and V3', async () => {
    for (const size of [0, 1, 100, 5000]) {
      const { derivedKey } = await deriveCommitted(dataKey, new Uint8Array(28).fill(size % 200));
      const plaintext = plain(size);
      const v3 = await sealAesGcm({
        cryptoKey: await importAesGcmKey(derivedKey),
        iv: new Uint8Array(12).fill(1),
        aad: SUITE_ID,
        plaintext,
      });
      const v2 = await sealAesGcm({ cryptoKey: await importAesGcmKey(dataKey), iv: plain(12), plaintext });
      for (const body of [v3, v2]) {
        expect(looksLikeMessage(body)).toBe(false);
        await expect(sdk.decrypt(theirs({ wrappingKey: dataKey }), body), `${size} bytes`).rejects.toThrow();
      }
    }
  });

  it('stays refused when it begins by chance as a message does', async () => {
    const body = new Uint8Array([2, 4, 0x78, ...plain(500)]);
    expect(looksLikeMessage(body)).toBe(true);
    await expect(sdk.decrypt(theirs(), body)).rejects.toThrow();
    await expect(openMessage(ours, body)).rejects.toMatchObject({ code: 'decryption-failed' });
    await expect(sdk.decrypt(theirs(), utf8('plain text'))).rejects.toThrow();
  });
});
