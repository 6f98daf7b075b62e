import type { Bytes } from '../bytes/bytes.ts';
import { EngineError } from '../errors.ts';
import type { RandomSource } from '../random.ts';
import { openAesGcm, sealAesGcm } from './aesGcm.ts';
import { ALGORITHMS } from './algorithms.ts';
import { inWindow } from './inWindow.ts';
import {
  aadOf,
  countFrames,
  FRAMED_HEADER_BYTES,
  findObjectLength,
  formatFramedHeader,
  frameAt,
  framedLength,
  LAYOUT,
  LAYOUT_BYTES,
  nonceOf,
  PREFIX_BYTES,
  SINGLE_OVERHEAD_BYTES,
} from './objectLayout.ts';
import { CHECKPOINT_BYTES, type Pace } from './pace.ts';

export { type SealedField, sealedFields } from './objectLayout.ts';

const { ivBytes } = ALGORITHMS.aesGcm;
const { frameBytes } = ALGORITHMS.framed;
/** Calls to the platform under way at once. */
const WINDOW = 8;

/**
 * Encrypts an object at rest: our model of what AWS does not publish (F-SIM-001, F-ALG-009, F-ALG-020).
 *
 * Up to 256 KiB: `01 ‖ IV (12) ‖ ciphertext ‖ tag (16)`.
 * Above: `02 ‖ nonce prefix (8) ‖ length (8, big endian)`, then frames of 256 KiB, each `ciphertext ‖ tag (16)`;
 * nonce = prefix ‖ number (4), AAD = header ‖ number (4) ‖ 1 for the last frame, else 0.
 * `cryptoKey` is an AES-256-GCM handle that seals this object only.
 */
export async function sealObject(options: {
  readonly cryptoKey: CryptoKey;
  readonly random: RandomSource;
  readonly plaintext: Bytes;
  readonly pace?: Pace;
}): Promise<Bytes> {
  const { cryptoKey, random, plaintext, pace } = options;
  if (plaintext.length <= frameBytes) {
    await pace?.checkpoint('encrypt', 0, plaintext.length);
    const iv = random.bytes(ivBytes);
    const sealed = new Uint8Array(SINGLE_OVERHEAD_BYTES + plaintext.length);
    sealed[0] = LAYOUT.single;
    sealed.set(iv, LAYOUT_BYTES);
    sealed.set(await sealAesGcm({ cryptoKey, iv, plaintext }), LAYOUT_BYTES + ivBytes);
    return sealed;
  }
  const header = formatFramedHeader(random.bytes(PREFIX_BYTES), plaintext.length);
  const sealed = new Uint8Array(framedLength(plaintext.length));
  sealed.set(header);
  await inWindow(countFrames(plaintext.length), WINDOW, async index => {
    const frame = frameAt(index, plaintext.length);
    await atPace(pace, 'encrypt', frame.plainStart, plaintext.length);
    const piece = plaintext.subarray(frame.plainStart, frame.plainEnd);
    const iv = nonceOf(frame, header);
    sealed.set(await sealAesGcm({ cryptoKey, iv, aad: aadOf(frame, header), plaintext: piece }), frame.sealedStart);
  });
  return sealed;
}

/**
 * The object inside what `sealObject` made. Nothing of it is given out before all of it has verified.
 * @throws EngineError `decryption-failed` when anything was changed, cut, swapped or added, or the key is another.
 */
export async function openObject(options: {
  readonly cryptoKey: CryptoKey;
  readonly sealed: Bytes;
  readonly pace?: Pace;
}): Promise<Bytes> {
  const { cryptoKey, sealed, pace } = options;
  if (sealed[0] === LAYOUT.single) {
    await pace?.checkpoint('decrypt', 0, sealed.length);
    const ivEnd = LAYOUT_BYTES + ivBytes;
    return openAesGcm({ cryptoKey, iv: sealed.subarray(LAYOUT_BYTES, ivEnd), sealed: sealed.subarray(ivEnd) });
  }
  const objectLength = findObjectLength(sealed);
  if (objectLength === undefined) throw new EngineError('decryption-failed', 'these bytes are no sealed object');
  const header = sealed.subarray(0, FRAMED_HEADER_BYTES);
  const plaintext = new Uint8Array(objectLength);
  try {
    await inWindow(countFrames(objectLength), WINDOW, async index => {
      const frame = frameAt(index, objectLength);
      await atPace(pace, 'decrypt', frame.plainStart, objectLength);
      const piece = sealed.subarray(frame.sealedStart, frame.sealedEnd);
      const iv = nonceOf(frame, header);
      plaintext.set(await openAesGcm({ cryptoKey, iv, aad: aadOf(frame, header), sealed: piece }), frame.plainStart);
    });
  } catch (reason) {
    plaintext.fill(0);
    throw reason;
  }
  return plaintext;
}

async function atPace(pace: Pace | undefined, phase: string, done: number, total: number): Promise<void> {
  if (pace !== undefined && done % CHECKPOINT_BYTES === 0) await pace.checkpoint(phase, done, total);
}
