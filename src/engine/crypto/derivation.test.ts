import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  COMMITMENT_VECTORS,
  EXTRACTED_OF_KAT_003,
  HKDF_VECTORS,
  X25519_VECTOR,
} from '../../testing/vectors/derivationVectors.ts';
import { fromHex, toHex } from '../bytes/text.ts';
import { deriveCommitted } from './commitment.ts';
import { deriveCallKey } from './counterKdf.ts';
import { hkdf } from './hkdf.ts';
import { hmacSha512, importHmacKey } from './hmac.ts';
import { agree, keyPairFrom } from './x25519.ts';

describe('HKDF', () => {
  it.each(HKDF_VECTORS)('gives the output of $origin', async ({ inputKey, salt, info, output }) => {
    const options = { inputKey: fromHex(inputKey), salt: fromHex(salt), info: fromHex(info) };
    expect(toHex(await hkdf('SHA-256', { ...options, byteLength: output.length / 2 }))).toBe(output);
  });
});

describe('key commitment', () => {
  it.each(COMMITMENT_VECTORS)('gives commitment and derived key of $origin', async vector => {
    const { commitment, derivedKey } = await deriveCommitted(fromHex(vector.dataKey), fromHex(vector.messageId));
    expect(toHex(commitment)).toBe(vector.commitment);
    expect(toHex(derivedKey)).toBe(vector.derivedKey);
  });

  it('rests on the extraction of F-KAT-004: HMAC-SHA-512 with the message id as its key', async () => {
    const [, , own] = COMMITMENT_VECTORS;
    expect(toHex(await hmacSha512(fromHex(own.messageId), fromHex(own.dataKey)))).toBe(EXTRACTED_OF_KAT_003);
  });

  it('wants a message id of 28 bytes', async () => {
    await expect(deriveCommitted(new Uint8Array(32), new Uint8Array(27))).rejects.toMatchObject({ code: 'invariant' });
  });
});

describe("KMS's per-call key", () => {
  it('is one counter-mode block over label and nonce, as another implementation of HMAC computes it', async () => {
    const secret = new Uint8Array(32).fill(7);
    const nonce = new Uint8Array(16).fill(9);
    const message = `00000001${toHex(new TextEncoder().encode('lab-kms'))}00${toHex(nonce)}00000100`;
    const expected = createHmac('sha256', secret).update(message, 'hex').digest('hex');
    expect(toHex(await deriveCallKey(await importHmacKey(secret), nonce))).toBe(expected);
  });

  it('is another for each nonce', async () => {
    const backingKey = await importHmacKey(new Uint8Array(32).fill(7));
    const one = await deriveCallKey(backingKey, new Uint8Array(16).fill(1));
    expect(await deriveCallKey(backingKey, new Uint8Array(16).fill(2))).not.toEqual(one);
  });
});

describe('X25519', () => {
  it('makes the public keys and the shared secret of RFC 7748', async () => {
    const alice = await keyPairFrom(fromHex(X25519_VECTOR.alice.secret));
    const bob = await keyPairFrom(fromHex(X25519_VECTOR.bob.secret));
    expect(toHex(alice.publicKey)).toBe(X25519_VECTOR.alice.publicKey);
    expect(toHex(bob.publicKey)).toBe(X25519_VECTOR.bob.publicKey);
    expect(toHex(await agree(alice.privateKey, bob.publicKey))).toBe(X25519_VECTOR.shared);
    expect(toHex(await agree(bob.privateKey, alice.publicKey))).toBe(X25519_VECTOR.shared);
  });

  it('keeps the private half to itself and leaves the caller its secret to overwrite', async () => {
    const secret = new Uint8Array(32).fill(5);
    const { privateKey } = await keyPairFrom(secret);
    expect(privateKey.extractable).toBe(false);
    expect(secret.every(byte => byte === 5)).toBe(true);
  });

  it('refuses shares from which everybody would know the secret, and shares of another length', async () => {
    const { privateKey } = await keyPairFrom(new Uint8Array(32).fill(5));
    const one = new Uint8Array(32).fill(1, 0, 1);
    for (const share of [new Uint8Array(32), one, new Uint8Array(31).fill(9)]) {
      await expect(agree(privateKey, share)).rejects.toMatchObject({ code: 'decryption-failed' });
    }
  });
});
