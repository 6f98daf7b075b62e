/**
 * Messages of the AWS Encryption SDK, which is another product than the S3 Encryption Client and has another format
 * (F-KMS-018): the envelope stands in front of the ciphertext, not in metadata, and neither reads what the other writes.
 * Just enough of it: format version 2, suite 0x0478, a raw AES keyring, frames (its specification, published with it).
 */

import { type Bytes, equalBytes, zeroize } from '../../bytes/bytes.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { orDecryptionFailed } from '../../crypto/subtle.ts';
import { EngineError, invariant } from '../../errors.ts';
import type { RandomSource } from '../../random.ts';
import type { Field } from '../../trace/artifact.ts';
import { openFrames, sealFrames } from './frames.ts';
import { headerParts, type MessageHeader, parseHeader } from './header.ts';
import { type EncryptionContext, encodeContext } from './messageContext.ts';
import { joinParts } from './parts.ts';
import { type RawAesKeyring, unwrapWithRawAes, wrapWithRawAes } from './rawAesKeyring.ts';
import { deriveMessageKeys, SUITE } from './suite.ts';

/** Plaintext bytes of a frame, unless the SDK's user says otherwise. */
const FRAME_BYTES = 4096;

export interface MessageToSeal extends RawAesKeyring {
  readonly encryptionContext: EncryptionContext;
  readonly plaintext: Bytes;
  readonly random: RandomSource;
  /** 32 bytes which stay the caller's; a fresh one that nobody else sees when left out. */
  readonly dataKey?: Bytes;
}

export interface SealedMessage {
  readonly bytes: Bytes;
  /** A label for every byte; long bodies have one for all their middle frames. */
  readonly fields: readonly Field[];
  /** The header as `parseHeader` finds it. */
  readonly header: MessageHeader;
}

/**
 * A whole message: header, its tag, frames.
 * @throws EngineError `invariant` for a context or name space that is the SDK's own, `too-large` for a header that holds no more.
 */
export async function sealMessage(message: MessageToSeal): Promise<SealedMessage> {
  const { encryptionContext, plaintext, random } = message;
  const dataKey = message.dataKey ?? random.bytes(SUITE.dataKeyBytes);
  invariant(dataKey.length === SUITE.dataKeyBytes, 'a data key has 32 bytes');
  const messageId = random.bytes(SUITE.messageIdBytes);
  try {
    const encryptedDataKey = await wrapWithRawAes(message, dataKey, encodeContext(encryptionContext), random);
    const { cryptoKey, commitment } = await deriveHandle(dataKey, messageId);
    const header: MessageHeader = {
      messageId,
      encryptionContext,
      encryptedDataKeys: [encryptedDataKey],
      frameLength: FRAME_BYTES,
      commitment,
    };
    const headerBody = headerParts(header);
    const tag = await sealAesGcm({
      cryptoKey,
      iv: new Uint8Array(SUITE.ivBytes),
      aad: joinParts(headerBody).bytes,
      plaintext: new Uint8Array(0),
    });
    const frames = await sealFrames(plaintext, { cryptoKey, messageId, frameLength: FRAME_BYTES });
    return { ...joinParts([...headerBody, { label: 'tag of the header', bytes: tag }, ...frames]), header };
  } finally {
    if (message.dataKey === undefined) zeroize(dataKey);
  }
}

/**
 * The plaintext of a message that `sealMessage` or the SDK itself made with this suite and a raw AES keyring.
 * @throws EngineError `decryption-failed`, whatever the reason; also for bytes that are no such message.
 */
export async function openMessage(keyring: RawAesKeyring, bytes: Uint8Array): Promise<Bytes> {
  return orDecryptionFailed(async () => {
    const header = parseHeader(bytes);
    if (!header) throw new EngineError('decryption-failed', 'the bytes are no message of this suite');
    const dataKey = await unwrapWithRawAes(keyring, header.encryptedDataKeys, header.contextBytes);
    const { cryptoKey, commitment } = await deriveHandle(dataKey, header.messageId).finally(() => zeroize(dataKey));
    if (!equalBytes(commitment, header.commitment)) throw new EngineError('decryption-failed', 'another data key');
    const { headerBody, tag, messageId, frameLength } = header;
    await openAesGcm({ cryptoKey, iv: new Uint8Array(SUITE.ivBytes), aad: headerBody, sealed: tag });
    return openFrames(bytes.subarray(header.byteLength), { cryptoKey, messageId, frameLength });
  });
}

async function deriveHandle(dataKey: Bytes, messageId: Bytes) {
  const { derivedKey, commitment } = await deriveMessageKeys(dataKey, messageId);
  const cryptoKey = await importAesGcmKey(derivedKey).finally(() => zeroize(derivedKey));
  return { cryptoKey, commitment };
}
