/** All in hexadecimal; `sealed` is ciphertext ‖ tag. */
export interface GcmVector {
  readonly origin: string;
  readonly secret: string;
  readonly iv: string;
  readonly aad: string;
  readonly plaintext: string;
  readonly sealed: string;
}

const SECRET = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const IV = 'cafebabefacedbaddecaf888';
const SIXTY_FOUR_BYTES =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const THEIR_CIPHERTEXT =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const LAB = '68656c6c6f20733320656e6372797074696f6e206c6162';
const BYTES_0_TO_31 = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';

/** McGrew and Viega, "The Galois/Counter Mode of Operation" (submitted to NIST), test cases 13 to 16; then F-KAT-010, 011. */
export const GCM_VECTORS: readonly GcmVector[] = [
  {
    origin: 'GCM test case 13',
    secret: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plaintext: '',
    sealed: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    origin: 'GCM test case 14',
    secret: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plaintext: '00'.repeat(16),
    sealed: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    origin: 'GCM test case 15',
    secret: SECRET,
    iv: IV,
    aad: '',
    plaintext: SIXTY_FOUR_BYTES,
    sealed: `${THEIR_CIPHERTEXT}b094dac5d93471bdec1a502270e3cc6c`,
  },
  {
    origin: 'GCM test case 16',
    secret: SECRET,
    iv: IV,
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plaintext: SIXTY_FOUR_BYTES.slice(0, 120),
    sealed: `${THEIR_CIPHERTEXT.slice(0, 120)}76fc6ece0f4e1768cddf8853bb2d551b`,
  },
  {
    origin: 'F-KAT-010',
    secret: '35f108bd2c11d0a8334d2c5d6e7dacb51d477b00723a49466ef1dff41ff45d52',
    iv: '01'.repeat(12),
    aad: '0073',
    plaintext: LAB,
    sealed: 'bb02266c49ad18123378ff22d62bbf705ff95aba4c825f845cf4b81e7880873925c252fd9ba98f',
  },
  {
    origin: 'F-KAT-011',
    secret: BYTES_0_TO_31,
    iv: '202122232425262728292a2b',
    aad: '',
    plaintext: LAB,
    sealed: 'ba5fca1c03b8693d3a192cadb361848db92682bcebe10137a18da4f84f7a38e7d54392d8a70825',
  },
];

/** A data key wrapped by AES-GCM; `wrapped` is Base64 of IV ‖ ciphertext ‖ tag, `aadText` is text. F-KAT-020, 021. */
export const GCM_WRAP_VECTORS = [
  {
    origin: 'F-KAT-020',
    secret: 'a5'.repeat(32),
    dataKey: BYTES_0_TO_31,
    aadText: '115',
    wrapped: 'EBESExQVFhcYGRobQfby0theKbRKK5/5Fby72ZSJ94YkKBKzMvzC9KAyECoQpnJvtofDBxUUs2cs1oA1',
  },
  {
    origin: 'F-KAT-021',
    secret: 'a5'.repeat(32),
    dataKey: BYTES_0_TO_31,
    aadText: 'AES/GCM/NoPadding',
    wrapped: 'EBESExQVFhcYGRobQfby0theKbRKK5/5Fby72ZSJ94YkKBKzMvzC9KAyECqIZZwar7BYlQMrsMGPylZO',
  },
] as const;

/** RFC 3394, 4.6; then F-KAT-024. All in hexadecimal. */
export const KEY_WRAP_VECTORS = [
  {
    origin: 'RFC 3394, 4.6',
    secret: BYTES_0_TO_31,
    dataKey: '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
    wrapped: '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
  },
  {
    origin: 'F-KAT-024',
    secret: 'a5'.repeat(32),
    dataKey: BYTES_0_TO_31,
    wrapped: '9477653c030819d256e2440feff87c917b279193ae3838bc438678675bc06a6fab9f3daf32fd0ebc',
  },
] as const;
