/** Wrapping and unwrapping data keys under raw keys (facts, section 15.4). */
import { type Bytes, concat, equalBytes, textOf, utf8, zeroize } from '../../bytes/bytes.ts';
import { importAesCbcKey, openAesEcb } from '../../crypto/aesCbc.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { importKeyWrapKey, unwrapKeyBytes } from '../../crypto/aesKeyWrap.ts';
import { openRsaOaep, sealRsaOaep } from '../../crypto/rsaOaep.ts';
import { EngineError, invariant } from '../../errors.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, forgetAtClient, holdAtClient } from '../customer.ts';
import type { Envelope } from './envelope.ts';
import { type ClientFailure, type ClientResult, manipulated, refused } from './failures.ts';
import { type AesWrappingKey, chooseKey, type RawKeyring, type RsaWrappingKey } from './keyring.ts';
import { type ContentSuite, WRAPS, type Wrap } from './suites.ts';

const DATA_KEY_BYTES = 32;
const IV_BYTES = 12;

/** A data key in both forms. */
export interface MadeDataKey {
  readonly dataKey: Artifact;
  readonly encryptedDataKey: Artifact;
  readonly wrap: Wrap;
}

/** A data key of the client's own making (F-CSR-002): 32 random bytes. */
export async function makeDataKey(customer: Customer): Promise<Artifact> {
  customer.recorder.step('client.makeDataKey', 'client');
  const bytes = customer.random.bytes(DATA_KEY_BYTES);
  const dataKey = await customer.recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdAtClient(customer, dataKey, bytes);
  customer.recorder.emit({
    verb: 'generated',
    place: 'client',
    outputs: [dataKey.id],
    algorithm: '256 random bits',
    facts: ['F-CSR-002'],
  });
  return dataKey;
}

/** Overwrites keys that did what they were for, or that turned out to be no good. */
export function discardKeys(customer: Customer, ids: Iterable<ArtifactId>, facts: readonly string[] = []): void {
  customer.recorder.step('client.discardKeys', 'client');
  forgetAtClient(customer, new Set(ids), facts);
}

/** Whether this customer has the first key of a raw ring, which is the one that wraps: it may have been lost. */
export function canWrap({ room }: Customer, keyring: RawKeyring): boolean {
  const id = keyring.type === 'aes' ? keyring.keys[0]?.wrappingKey : keyring.keys[0]?.publicKey;
  return id !== undefined && room.has(id);
}

/** Wraps under the first key of a raw ring, which there is; in the step that was opened (F-CSR-003). */
export async function wrapDataKey(
  customer: Customer,
  keyring: RawKeyring,
  dataKey: Artifact,
  suite: ContentSuite,
): Promise<Omit<MadeDataKey, 'dataKey'>> {
  const [aes, rsa] = [keyring.type === 'aes' && keyring.keys[0], keyring.type === 'rsa' && keyring.keys[0]];
  if (aes) return wrapWithAes(customer, aes, dataKey, suite);
  invariant(rsa, 'a client that wraps has a wrapping key');
  return wrapWithRsa(customer, rsa, dataKey, suite);
}

async function wrapWithAes(
  customer: Customer,
  { wrappingKey }: AesWrappingKey,
  dataKey: Artifact,
  suite: ContentSuite,
) {
  const iv = customer.random.bytes(IV_BYTES);
  const sealed = await sealAesGcm({
    cryptoKey: await importAesGcmKey(customer.room.getBytes(wrappingKey)),
    iv,
    // Bound to the text of the suite's name, not to its two bytes (F-FMT-079).
    aad: utf8(suite.name),
    plaintext: customer.room.getBytes(dataKey.id),
  });
  const encryptedDataKey = await tellWrapped(customer, dataKey, concat(iv, sealed), {
    opener: wrappingKey,
    locker: wrappingKey,
    algorithm: 'AES-256-GCM',
    fields: [
      ['IV', 0, 12],
      ['encrypted data key', 12, 44],
      ['authentication tag', 44, 60],
    ],
    fact: 'F-FMT-050',
  });
  return { encryptedDataKey, wrap: WRAPS['AES/GCM'] };
}

async function wrapWithRsa(customer: Customer, rsa: RsaWrappingKey, dataKey: Artifact, suite: ContentSuite) {
  const pseudoKey = encodePseudoKey(customer.room.getBytes(dataKey.id), suite);
  const bytes = await sealRsaOaep({ publicKey: rsa.publicHandle, plaintext: pseudoKey });
  zeroize(pseudoKey);
  const encryptedDataKey = await tellWrapped(customer, dataKey, bytes, {
    opener: rsa.privateKey,
    locker: rsa.publicKey,
    algorithm: 'RSA-OAEP-SHA1',
    fields: [['RSA-OAEP of length, data key and suite', 0, bytes.length]],
    fact: 'F-FMT-051',
  });
  return { encryptedDataKey, wrap: WRAPS['RSA-OAEP-SHA1'] };
}

async function tellWrapped(
  customer: Customer,
  dataKey: Artifact,
  bytes: Bytes,
  how: {
    readonly opener: ArtifactId;
    readonly locker: ArtifactId;
    readonly algorithm: string;
    readonly fields: readonly (readonly [label: string, start: number, end: number])[];
    readonly fact: string;
  },
): Promise<Artifact> {
  const encryptedDataKey = await customer.recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes,
    isSecret: false,
    fields: how.fields.map(([label, start, end]) => ({ label, start, end, factId: how.fact })),
    lock: { keyId: how.opener, contents: [dataKey.id], algorithm: how.algorithm },
  });
  holdAtClient(customer, encryptedDataKey, bytes);
  customer.recorder.emit({
    verb: 'wrapped',
    place: 'client',
    inputs: [dataKey.id, how.locker],
    outputs: [encryptedDataKey.id],
    key: how.locker,
    algorithm: how.algorithm,
    facts: ['F-CSR-003', how.fact],
  });
  return encryptedDataKey;
}

/** What RSA wraps: key length, key, content suite as text (F-FMT-051). */
export function encodePseudoKey(dataKey: Bytes, suite: ContentSuite): Bytes {
  return concat(new Uint8Array([dataKey.length]), dataKey, utf8(suite.name));
}

/**
 * The data key in a pseudo-key and the name of the suite it was made for; `undefined` when its length byte is not one of an
 * AES key (F-FMT-059). Whether the suite is the right one is for the caller to compare (F-ERR-109).
 */
export function parsePseudoKey(bytes: Bytes): { dataKey: Bytes; suiteName: Bytes } | undefined {
  const length = bytes[0] ?? 0;
  if (![16, 24, 32].includes(length) || bytes.length <= length) return undefined;
  return { dataKey: bytes.slice(1, 1 + length), suiteName: bytes.slice(1 + length) };
}

/**
 * Opens the encrypted data key with the key of the ring that the envelope asks for (F-CSR-012). What does not open is one
 * failure, whatever the cause (F-ERR-108).
 */
export async function unwrapDataKey(
  customer: Customer,
  keyring: RawKeyring,
  envelope: Envelope,
  encryptedDataKey: Artifact,
): Promise<ClientResult<Artifact>> {
  const { recorder, room } = customer;
  const { wrap } = envelope;
  const keyId = findUnwrappingKey(customer, keyring, envelope);
  if (keyId === undefined) return refused('WrappingKeyMissing');
  if (wrap.name === 'RSA' || wrap.name === 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding')
    return refused('AlgorithmNotAvailable');
  recorder.step('client.unwrapDataKey', 'client');
  const opened = await open(customer, keyId, envelope, room.getBytes(encryptedDataKey.id));
  if ('failure' in opened) return opened;
  const bytes = opened.ok;
  const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  holdAtClient(customer, dataKey, bytes);
  recorder.emit({
    verb: 'unwrapped',
    place: 'client',
    inputs: [encryptedDataKey.id, keyId],
    outputs: [dataKey.id],
    key: keyId,
    algorithm: TRACE_NAMES[wrap.name],
    facts: ['F-CSR-012', wrap.fact],
  });
  return { ok: dataKey };
}

/** How the trace calls what a raw key does. */
const TRACE_NAMES = {
  'AES/GCM': 'AES-256-GCM',
  'RSA-OAEP-SHA1': 'RSA-OAEP-SHA1',
  AESWrap: 'AES-KW-256',
  AES: 'AES-256-ECB',
  RSA: 'RSA PKCS#1 v1.5',
  'RSA/ECB/OAEPWithSHA-256AndMGF1Padding': 'RSA-OAEP-SHA256',
  'kms+context': 'AES-256-GCM',
  kms: 'AES-256-GCM',
} as const;

function findUnwrappingKey(customer: Customer, keyring: RawKeyring, { description }: Envelope): ArtifactId | undefined {
  const keyId =
    keyring.type === 'aes'
      ? chooseKey(customer, keyring.keys, description)?.wrappingKey
      : chooseKey(customer, keyring.keys, description)?.privateKey;
  return keyId !== undefined && customer.room.has(keyId) ? keyId : undefined;
}

async function open(
  customer: Customer,
  keyId: ArtifactId,
  envelope: Envelope,
  stored: Bytes,
): Promise<{ ok: Bytes } | { failure: ClientFailure }> {
  const { room } = customer;
  try {
    const bytes = await openWith();
    if (!(bytes instanceof Uint8Array)) return bytes;
    if (bytes.length === DATA_KEY_BYTES) return { ok: bytes };
    zeroize(bytes);
    return manipulated('UnableToUnwrapDataKey');
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code === 'decryption-failed')
      return manipulated('UnableToUnwrapDataKey');
    throw thrown;
  }

  async function openWith(): Promise<Bytes | { failure: ClientFailure }> {
    switch (envelope.wrap.name) {
      case 'AES/GCM':
        return openAesGcm({
          cryptoKey: await importAesGcmKey(room.getBytes(keyId)),
          iv: stored.length < IV_BYTES ? new Uint8Array(IV_BYTES) : stored.slice(0, IV_BYTES),
          aad: utf8(envelope.suite.name),
          sealed: stored.slice(IV_BYTES),
        });
      case 'AESWrap':
        return unwrapKeyBytes(await importKeyWrapKey(room.getBytes(keyId)), stored);
      case 'AES':
        return openAesEcb(await importAesCbcKey(room.getBytes(keyId)), stored);
      default:
        return openPseudoKey(
          customer,
          envelope.suite,
          await openRsaOaep({ privateKey: room.getKey(keyId), sealed: stored }),
        );
    }
  }
}

/** The data key inside, if it was wrapped for this suite (F-ERR-109). Overwrites what it is given. */
function openPseudoKey(customer: Customer, suite: ContentSuite, pseudoKey: Bytes): Bytes | { failure: ClientFailure } {
  const parsed = parsePseudoKey(pseudoKey);
  zeroize(pseudoKey);
  if (!parsed) return manipulated('UnableToUnwrapDataKey');
  if (equalBytes(parsed.suiteName, utf8(suite.name))) return parsed.dataKey;
  customer.recorder.emit({
    verb: 'compared',
    place: 'client',
    what: 'content-algorithm',
    left: { label: 'content algorithm of the object', text: suite.name },
    right: { label: 'content algorithm wrapped with the key', text: textOf(parsed.suiteName) },
    isEqual: false,
    facts: ['F-FMT-059', 'F-ERR-109'],
  });
  zeroize(parsed.dataKey);
  return manipulated('ContentAlgorithmMismatch');
}
