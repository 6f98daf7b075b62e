/** Text in, digest in hexadecimal out. */
export interface HashVector {
  readonly text: string;
  readonly digest: string;
}

/** FIPS 180-2, appendix B, and the empty message. */
export const SHA256_VECTORS: readonly HashVector[] = [
  { text: '', digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  { text: 'abc', digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  {
    text: 'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    digest: '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  },
];

/** FIPS 180-2, appendix C. */
export const SHA512_VECTORS: readonly HashVector[] = [
  {
    text: 'abc',
    digest:
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  },
];

/** RFC 1321, appendix A.5; then facts F-KAT-040…042 and F-KAT-015. */
export const MD5_VECTORS: readonly HashVector[] = [
  { text: '', digest: 'd41d8cd98f00b204e9800998ecf8427e' },
  { text: 'a', digest: '0cc175b9c0f1b6a831c399e269772661' },
  { text: 'abc', digest: '900150983cd24fb0d6963f7d28e17f72' },
  { text: 'message digest', digest: 'f96b697d7cb7938d525a2f31aaf161d0' },
  { text: 'abcdefghijklmnopqrstuvwxyz', digest: 'c3fcd3d76192e4007dfb496cca67e13b' },
  {
    text: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
    digest: 'd174ab98d277d9f5a5611c2c9f419d9f',
  },
  { text: '1234567890'.repeat(8), digest: '57edf4a22be3c955ac49da2e2107b67a' },
  { text: 'test', digest: '098f6bcd4621d373cade4e832627b4f6' },
  { text: 'test_data', digest: '6af8307c2460f2d208ad254f04be4b0d' },
  { text: 'hello s3 encryption lab', digest: '44cb6dc0de47acc42a2470f84251fb47' },
];

/** Customer keys and their MD5, both Base64: F-KAT-030…033. */
export const KEY_MD5_VECTORS: readonly { readonly customerKey: string; readonly md5: string }[] = [
  { customerKey: 'MTIzNDU2Nzg5MGFiY2RlZjEyMzQ1Njc4OTBhYmNkZWY=', md5: 'JMwgiexXqwuPqIPjYFmIZQ==' },
  { customerKey: 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=', md5: 'DWygnHRtgiJ77HCm+1rvHw==' },
  { customerKey: '6b+WOZ1T3cqZMxgThRcXAQBrS5mXKdDUphvpxptl9/4=', md5: 'arxBvwY2V4SiOne6yppVPQ==' },
  { customerKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', md5: 'tP/LI3N87DFaSk0aoqYgzg==' },
];

/** All in hexadecimal. RFC 4231, test cases 1 and 2. */
export const HMAC_VECTORS = [
  {
    secret: '0b'.repeat(20),
    message: '4869205468657265',
    sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    sha512:
      '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  },
  {
    secret: '4a656665',
    message: '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    sha512:
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  },
] as const;
