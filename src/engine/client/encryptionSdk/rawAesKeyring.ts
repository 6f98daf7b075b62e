/** How the AWS Encryption SDK locks a data key with a customer's AES key (its specification: framework/raw-aes-keyring.md). */

import { type Bytes, concat, copyOf, equalBytes, uint32, utf8 } from '../../bytes/bytes.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { EngineError, invariant } from '../../errors.ts';
import type { RandomSource } from '../../random.ts';
import { lengthOf, type Part } from './parts.ts';
import { SUITE } from './suite.ts';

/** KMS keyrings own this name space. */
const KMS_NAMESPACE = 'aws-kms';
/** Tag length in bits, IV length, IV: what follows the key's name. */
const INFO_SUFFIX_BYTES = 4 + 4 + SUITE.ivBytes;

/** A wrapping key and the two names under which a message asks for it. */
export interface RawAesKeyring {
  /** 32 raw bytes, which stay the caller's, or a handle for AES-GCM that encrypts or decrypts. */
  readonly wrappingKey: CryptoKey | Bytes;
  /** Stands in the message as the key provider; not `aws-kms`. */
  readonly keyNamespace: string;
  readonly keyName: string;
}

/** A data key, locked by one keyring. */
export interface EncryptedDataKeyEntry {
  /** Key provider: a raw keyring's name space, or `aws-kms`. */
  readonly providerId: Bytes;
  /** What the provider needs to find and use its key. Here: key name, tag length in bits, IV length, IV. */
  readonly providerInfo: Bytes;
  /** Here: the locked data key (32 bytes) and its tag (16 bytes). */
  readonly encryptedDataKey: Bytes;
}

/** Locks a data key (32 bytes); `contextBytes`, the serialised encryption context, is authenticated with it. */
export async function wrapWithRawAes(
  keyring: RawAesKeyring,
  dataKey: Bytes,
  contextBytes: Bytes,
  random: RandomSource,
): Promise<EncryptedDataKeyEntry> {
  invariant(keyring.keyNamespace !== KMS_NAMESPACE, 'a raw keyring has a name space of its own');
  const iv = random.bytes(SUITE.ivBytes);
  const cryptoKey = await handleOf(keyring.wrappingKey);
  return {
    providerId: utf8(keyring.keyNamespace),
    providerInfo: concat(utf8(keyring.keyName), infoSuffix(iv)),
    encryptedDataKey: await sealAesGcm({ cryptoKey, iv, aad: contextBytes, plaintext: dataKey }),
  };
}

/**
 * The data key of the first entry that names this keyring and opens. The caller overwrites it.
 * @throws EngineError `decryption-failed` when there is none.
 */
export async function unwrapWithRawAes(
  keyring: RawAesKeyring,
  entries: readonly EncryptedDataKeyEntry[],
  contextBytes: Bytes,
): Promise<Bytes> {
  const cryptoKey = await handleOf(keyring.wrappingKey);
  for (const { providerId, providerInfo, encryptedDataKey } of entries) {
    const iv = copyOf(providerInfo.subarray(-SUITE.ivBytes));
    const isMine =
      equalBytes(providerId, utf8(keyring.keyNamespace)) &&
      equalBytes(providerInfo, concat(utf8(keyring.keyName), infoSuffix(iv)));
    if (!isMine || iv.length !== SUITE.ivBytes) continue;
    try {
      const dataKey = await openAesGcm({ cryptoKey, iv, aad: contextBytes, sealed: encryptedDataKey });
      if (dataKey.length === SUITE.dataKeyBytes) return dataKey;
    } catch (error) {
      if (!(error instanceof EngineError && error.code === 'decryption-failed')) throw error;
    }
  }
  throw new EngineError('decryption-failed', 'no encrypted data key of the message opens with this wrapping key');
}

/** An entry as the header holds it, every length before its bytes. */
export function entryParts({ providerId, providerInfo, encryptedDataKey }: EncryptedDataKeyEntry): Part[] {
  const nameEnd = providerInfo.length - INFO_SUFFIX_BYTES;
  const tagStart = encryptedDataKey.length - SUITE.tagBytes;
  return [
    { label: 'length of the key provider id', bytes: lengthOf(providerId) },
    { label: 'key provider id: name space', bytes: providerId },
    { label: 'length of the key provider information', bytes: lengthOf(providerInfo) },
    { label: 'key name', bytes: providerInfo.slice(0, nameEnd) },
    { label: 'tag length in bits', bytes: providerInfo.slice(nameEnd, nameEnd + 4) },
    { label: 'IV length', bytes: providerInfo.slice(nameEnd + 4, nameEnd + 8) },
    { label: 'IV of the encrypted data key', bytes: providerInfo.slice(nameEnd + 8) },
    { label: 'length of the encrypted data key', bytes: lengthOf(encryptedDataKey) },
    { label: 'encrypted data key', bytes: encryptedDataKey.slice(0, tagStart) },
    { label: 'tag of the encrypted data key', bytes: encryptedDataKey.slice(tagStart) },
  ];
}

function infoSuffix(iv: Bytes): Bytes {
  return concat(uint32(8 * SUITE.tagBytes), uint32(SUITE.ivBytes), iv);
}

async function handleOf(wrappingKey: CryptoKey | Bytes): Promise<CryptoKey> {
  return wrappingKey instanceof Uint8Array ? importAesGcmKey(wrappingKey) : wrappingKey;
}
