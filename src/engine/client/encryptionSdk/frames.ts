/** The body of an AWS Encryption SDK message: sealed frames (its specification: message-body.md, message-body-aad.md). */

import { type Bytes, concat, equalBytes, uint32, utf8, zeroize } from '../../bytes/bytes.ts';
import { openAesGcm, sealAesGcm } from '../../crypto/aesGcm.ts';
import { EngineError } from '../../errors.ts';
import { type Part, PartReader } from './parts.ts';
import { SUITE } from './suite.ts';

/** Stands in the place of a number before the last frame. */
const FINAL_MARK: Bytes = new Uint8Array(4).fill(0xff);
const AAD_TEXT = { regular: 'AWSKMSEncryptionClient Frame', final: 'AWSKMSEncryptionClient Final Frame' } as const;
/** Of a long body, only so many frames at the front, and the last, have labels for their parts. */
const LABELLED_FRAMES = 2;

interface FrameKey {
  readonly cryptoKey: CryptoKey;
  readonly messageId: Bytes;
  readonly frameLength: number;
}

/** All frames of a plaintext; the last holds what remains, a whole frame when nothing would. */
export async function sealFrames(plaintext: Bytes, frameKey: FrameKey): Promise<Part[]> {
  const { frameLength } = frameKey;
  const count = Math.max(1, Math.ceil(plaintext.length / frameLength));
  const parts: Part[] = [];
  const between: Bytes[] = [];
  for (let number = 1; number <= count; number++) {
    const isFinal = number === count;
    const content = plaintext.subarray((number - 1) * frameLength, number * frameLength);
    const frame = await sealFrame(content, number, isFinal, frameKey);
    if (isFinal && between.length > 0) {
      parts.push({ label: `frames ${LABELLED_FRAMES + 1} to ${count - 1}`, bytes: concat(...between) });
    }
    if (isFinal || number <= LABELLED_FRAMES) parts.push(...frame);
    else between.push(...frame.map(part => part.bytes));
  }
  return parts;
}

async function sealFrame(plaintext: Bytes, number: number, isFinal: boolean, frameKey: FrameKey): Promise<Part[]> {
  const iv = ivOf(number);
  const aad = aadOf(frameKey.messageId, number, isFinal, plaintext.length);
  const sealed = await sealAesGcm({ cryptoKey: frameKey.cryptoKey, iv, aad, plaintext });
  const tagStart = sealed.length - SUITE.tagBytes;
  const name = isFinal ? 'final frame' : `frame ${number}`;
  return [
    ...(isFinal ? [{ label: 'mark of the final frame', bytes: FINAL_MARK }] : []),
    { label: `${name}: number`, bytes: uint32(number) },
    { label: `${name}: IV`, bytes: iv },
    ...(isFinal ? [{ label: `${name}: length`, bytes: uint32(plaintext.length) }] : []),
    { label: `${name}: ciphertext`, bytes: sealed.slice(0, tagStart) },
    { label: `${name}: tag`, bytes: sealed.slice(tagStart) },
  ];
}

/**
 * The plaintext of all frames; none of it before the last tag is verified.
 * @throws EngineError `decryption-failed` or another error for frames that do not verify or are no frames.
 */
export async function openFrames(body: Uint8Array, frameKey: FrameKey): Promise<Bytes> {
  const reader = new PartReader(body);
  const contents: Bytes[] = [];
  try {
    for (let number = 1, isFinal = false; !isFinal; number++) {
      const start = reader.bytes(4);
      isFinal = equalBytes(start, FINAL_MARK);
      if (!equalBytes(isFinal ? reader.bytes(4) : start, uint32(number))) throw misshapen();
      const iv = reader.bytes(SUITE.ivBytes);
      const length = isFinal ? reader.number(4) : frameKey.frameLength;
      if (length > frameKey.frameLength) throw misshapen();
      const sealed = reader.bytes(length + SUITE.tagBytes);
      const aad = aadOf(frameKey.messageId, number, isFinal, length);
      contents.push(await openAesGcm({ cryptoKey: frameKey.cryptoKey, iv, aad, sealed }));
    }
    if (!reader.isAtEnd) throw misshapen();
    return concat(...contents);
  } finally {
    contents.forEach(zeroize);
  }
}

/** A frame's number, filled up with zeros in front; unique since the derived key is of this message only. */
function ivOf(number: number): Bytes {
  return concat(new Uint8Array(SUITE.ivBytes - 4), uint32(number));
}

/** What a frame is bound to: its message, whether it is the last, its number, its length. */
function aadOf(messageId: Bytes, number: number, isFinal: boolean, byteLength: number): Bytes {
  const text = isFinal ? AAD_TEXT.final : AAD_TEXT.regular;
  return concat(messageId, utf8(text), uint32(number), uint32(0), uint32(byteLength));
}

function misshapen(): EngineError {
  return new EngineError('decryption-failed', 'the body is no sequence of frames');
}
