/** RSA paddings that Node does not offer as they are needed, over its raw RSA. */
import { constants, createHash, type KeyObject, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';

const raw = (rsa: KeyObject) => ({ key: rsa, padding: constants.RSA_NO_PADDING });
const hashOf = (name: string, bytes: Buffer) => createHash(name).update(bytes).digest();

function modulusBytes(rsa: KeyObject): number {
  const bits = rsa.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined) throw new Error('no RSA key');
  return bits / 8;
}

/** MGF1 with SHA-1 (RFC 8017, B.2.1). */
function mask(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at * 20 < length; at += 1) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(at);
    blocks.push(hashOf('sha1', Buffer.concat([seed, counter])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, at) => byte ^ (right[at] ?? 0)));
}

/**
 * OAEP as the Java platform means it by `OAEPWithSHA-256AndMGF1Padding`: SHA-256 for the label, SHA-1 in the mask (RFC 8017, 7.1.1;
 * F-FMT-055 says that this reading is not published).
 */
export function sealMixedOaep(publicKey: KeyObject, message: Buffer): Buffer {
  const size = modulusBytes(publicKey);
  const labelHash = hashOf('sha256', Buffer.alloc(0));
  const filler = Buffer.alloc(size - message.length - 2 * labelHash.length - 2);
  const block = Buffer.concat([labelHash, filler, Buffer.from([1]), message]);
  const seed = randomBytes(labelHash.length);
  const maskedBlock = xor(block, mask(seed, block.length));
  const maskedSeed = xor(seed, mask(maskedBlock, seed.length));
  return publicEncrypt(raw(publicKey), Buffer.concat([Buffer.alloc(1), maskedSeed, maskedBlock]));
}

/** @throws Error when the padding is another. */
export function openMixedOaep(privateKey: KeyObject, sealed: Buffer): Buffer {
  const padded = privateDecrypt(raw(privateKey), sealed);
  const maskedBlock = padded.subarray(33);
  const seed = xor(padded.subarray(1, 33), mask(maskedBlock, 32));
  const block = xor(maskedBlock, mask(seed, maskedBlock.length));
  const isLabel = block.subarray(0, 32).equals(hashOf('sha256', Buffer.alloc(0)));
  const start = block.findIndex((byte, at) => at >= 32 && byte !== 0);
  if (padded[0] !== 0 || !isLabel || block[start] !== 1) throw new Error('no such padding');
  return block.subarray(start + 1);
}

/** The message in a PKCS#1 v1.5 encryption block (RFC 8017, 7.2.2). @throws Error when there is none. */
export function openPkcs1(privateKey: KeyObject, sealed: Buffer): Buffer {
  const padded = privateDecrypt(raw(privateKey), sealed);
  const end = padded.indexOf(0, 2);
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) throw new Error('no such padding');
  return padded.subarray(end + 1);
}
