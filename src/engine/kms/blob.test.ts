import { describe, expect, it } from 'vitest';
import { concat } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { seededRandom } from '../crypto/seededRandom.ts';
import { blobFields, encodeBlob, encodeBlobHeader, parseBlob } from './blob.ts';
import { encodeEncryptionContext } from './encryptionContext.ts';

const random = seededRandom('blob');
const blob = {
  keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  keyMaterialId: toHex(random.bytes(32)),
  nonce: random.bytes(16),
  iv: random.bytes(12),
  sealed: random.bytes(32 + 16),
};

describe('the ciphertext blob', () => {
  it('is parsed into what it was encoded from', () => {
    expect(parseBlob(encodeBlob(blob))).toEqual(blob);
  });

  it('has 125 bytes for a 256-bit data key and begins with its header', () => {
    const bytes = encodeBlob(blob);
    expect(bytes).toHaveLength(125);
    expect(bytes.subarray(0, 65)).toEqual(encodeBlobHeader(blob));
  });

  it('is covered by its fields without gap or overlap', () => {
    const bytes = encodeBlob(blob);
    const fields = blobFields(bytes);
    expect(concat(...fields.map(({ start, end }) => bytes.subarray(start, end)))).toEqual(bytes);
    expect(fields.map(({ label, start, end }) => `${label} ${end - start}`)).toEqual([
      'version 1',
      'KMS key id 16',
      'key material id 32',
      'derivation nonce 16',
      'IV 12',
      'encrypted data key 32',
      'authentication tag 16',
    ]);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['another version', concat(new Uint8Array([2]), encodeBlob(blob).subarray(1))],
    ['too few bytes', encodeBlob(blob).slice(0, 92)],
    ['too many bytes', concat(encodeBlob(blob), new Uint8Array(6100))],
  ])('is not found in %s', (_, bytes) => {
    expect(parseBlob(bytes)).toBeUndefined();
    expect(blobFields(bytes)).toEqual([]);
  });
});

describe('encodeEncryptionContext', () => {
  it('puts lengths before sorted names and values', () => {
    expect(toHex(encodeEncryptionContext({ b: 'ü', a: '' }))).toBe(`${'000161'}${'0000'}${'000162'}${'0002c3bc'}`);
  });

  it('keeps contexts apart that would be the same when joined (F-SIM-009)', () => {
    expect(encodeEncryptionContext({ a: 'bc' })).not.toEqual(encodeEncryptionContext({ ab: 'c' }));
  });
});
