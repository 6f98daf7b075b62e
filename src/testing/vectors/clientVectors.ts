/**
 * Known answers for the S3 Encryption Client's formats: F-KAT-006…025. They follow from the published formats and were computed
 * with two implementations. Hexadecimal unless said otherwise. The derivations F-KAT-001…005, two of them public test vectors of
 * Amazon's client for Go, are in `derivationVectors.ts`.
 */

const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => (first + i).toString(16).padStart(2, '0')).join('');

/** Bytes 0x00 to 0x1f: the data key of every vector of our own. */
export const CLIENT_DATA_KEY = range(0x00, 0x1f);
/** The AES wrapping key: 32 bytes of 0xa5. */
export const CLIENT_WRAPPING_KEY = 'a5'.repeat(32);
/** IV of F-KAT-020 and F-KAT-021. */
export const CLIENT_WRAP_IV = range(0x10, 0x1b);
/** ASCII `hello s3 encryption lab`, 23 bytes: what is encrypted in F-KAT-010…012. */
export const CLIENT_PLAINTEXT = '68656c6c6f20733320656e6372797074696f6e206c6162';

/** Metadata that goes with F-KAT-003 (F-KAT-006). Base64 and text. */
export const V3_METADATA = {
  'x-amz-i': 'QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaWw==',
  'x-amz-d': 'DnQZ5c+3xg1Xp0jYfAMnh0k1DJu0yXP09Agx9A==',
  'x-amz-c': '115',
} as const;

/** The plaintext above in each format. */
export const CLIENT_BODIES = [
  {
    origin: 'F-KAT-010',
    format: 'v3',
    body: 'bb02266c49ad18123378ff22d62bbf705ff95aba4c825f845cf4b81e7880873925c252fd9ba98f',
  },
  {
    origin: 'F-KAT-011',
    format: 'v2',
    iv: range(0x20, 0x2b),
    body: 'ba5fca1c03b8693d3a192cadb361848db92682bcebe10137a18da4f84f7a38e7d54392d8a70825',
  },
  {
    origin: 'F-KAT-012',
    format: 'v1',
    iv: range(0x00, 0x0f),
    body: '8c67002daff71c74074ec7c65e34d9217a4fc9c49f9efadafb52b7d562e754ba',
  },
] as const;

/** Bytes 16 to 22 of F-KAT-010 under AES-CTR from block 1 on, in ASCII (F-KAT-013). */
export const RANGE_OF_V3 = { origin: 'F-KAT-013', first: 16, last: 22, text: 'ion lab' } as const;

/** MD5 of the V3 body: what S3 would show as ETag (F-KAT-015). */
export const ETAG_OF_V3 = '9298443877bd02710d1afa5f62a25d77';

/** The data key under the AES wrapping key. */
export const AES_WRAPS = [
  {
    origin: 'F-KAT-020',
    wrap: 'AES/GCM',
    contentAlgorithm: '115',
    encryptedDataKey:
      '101112131415161718191a1b41f6f2d2d85e29b44a2b9ff915bcbbd99489f786242812b332fcc2f4a032102a10a6726fb687c3071514b3672cd68035',
  },
  {
    origin: 'F-KAT-021',
    wrap: 'AES/GCM',
    contentAlgorithm: 'AES/GCM/NoPadding',
    encryptedDataKey:
      '101112131415161718191a1b41f6f2d2d85e29b44a2b9ff915bcbbd99489f786242812b332fcc2f4a032102a88659c1aafb05895032bb0c18fca564e',
  },
  {
    origin: 'F-KAT-024',
    wrap: 'AESWrap',
    contentAlgorithm: 'AES/GCM/NoPadding',
    encryptedDataKey: '9477653c030819d256e2440feff87c917b279193ae3838bc438678675bc06a6fab9f3daf32fd0ebc',
  },
  {
    origin: 'F-KAT-025',
    wrap: 'AES',
    contentAlgorithm: 'AES/CBC/PKCS5Padding',
    encryptedDataKey:
      'debf9f033324e4161723c56cde16bb0a06ff46110a5d36ca44bca192b4de4bfcebe18fa090d59f9981806066d40225bd',
  },
] as const;

/** What RSA-OAEP wraps (F-FMT-051): fixed, though what comes out never is. */
export const RSA_PSEUDO_KEYS = [
  { origin: 'F-KAT-022', contentAlgorithm: '115', pseudoKey: `20${CLIENT_DATA_KEY}313135` },
  {
    origin: 'F-KAT-023',
    contentAlgorithm: 'AES/GCM/NoPadding',
    pseudoKey: `20${CLIENT_DATA_KEY}4145532f47434d2f4e6f50616464696e67`,
  },
] as const;
