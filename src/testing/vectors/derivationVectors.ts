const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => (first + i).toString(16).padStart(2, '0')).join('');

/** RFC 5869, appendix A.1 to A.3 (SHA-256). All in hexadecimal. */
export const HKDF_VECTORS = [
  {
    origin: 'RFC 5869, A.1',
    inputKey: '0b'.repeat(22),
    salt: range(0x00, 0x0c),
    info: range(0xf0, 0xf9),
    output: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    origin: 'RFC 5869, A.2',
    inputKey: range(0x00, 0x4f),
    salt: range(0x60, 0xaf),
    info: range(0xb0, 0xff),
    output:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    origin: 'RFC 5869, A.3',
    inputKey: '0b'.repeat(22),
    salt: '',
    info: '',
    output: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
] as const;

/** The V3 key derivation: F-KAT-001…003. All in hexadecimal. */
export const COMMITMENT_VECTORS = [
  {
    origin: 'F-KAT-001',
    dataKey: '80d90dc4cc7e77d8a6332efa44eba56230a7fe7b89af37d1e501ab2e07c0a163',
    messageId: 'b8ea76bed24c7b85382a148cb9dcd1cfdfb765f55ded4dfa6e0c4c79',
    derivedKey: '6dd14f546cc006e639126e83f5d4d1b118576bb5df97f38c6fb3a1db87bbc338',
    commitment: 'f89818bc0a346d3a3426b68e9509b6b2ae5fe1f904aa329fb73625db',
  },
  {
    origin: 'F-KAT-002',
    dataKey: '501afb8227d22e75e68010414b8abdaf3064c081e8e922dafef4992036394d60',
    messageId: '61a00b4981a5aacfd136c55cb726e32d2a547dc7600a7d4675c69127',
    derivedKey: 'e14786a714748d1d2c3a4a6816dec56ddf1881bbeabb4f39420ffb9f63700b2f',
    commitment: '5c1e73e47f6fe3a70d6d094283aceaa76d2975feb829212d88f0afc1',
  },
  {
    origin: 'F-KAT-003',
    dataKey: range(0x00, 0x1f),
    messageId: range(0x40, 0x5b),
    derivedKey: '35f108bd2c11d0a8334d2c5d6e7dacb51d477b00723a49466ef1dff41ff45d52',
    commitment: '0e7419e5cfb7c60d57a748d87c03278749350c9bb4c973f4f40831f4',
  },
] as const;

/** What HKDF-Extract gives for F-KAT-003: F-KAT-004. */
export const EXTRACTED_OF_KAT_003 =
  '87791a08114aa458b66d9d73d7e4e57ef18d509a1cb53c996bbbe794c2dfcdb505a0de66d107e6e3f39a9353547ef8df4bcb10fb135ffb3bb1420ffdc39d3187';

/** Both sides of RFC 7748, 6.1. All in hexadecimal. */
export const X25519_VECTOR = {
  alice: {
    secret: '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
    publicKey: '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
  },
  bob: {
    secret: '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
    publicKey: 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
  },
  shared: '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
} as const;
