/** What kinds of KMS keys there are, and what each can do. */

export const KEY_USAGES = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

interface SymmetricSpec {
  readonly family: 'symmetric';
  readonly keyBytes: 32;
  readonly encryption: readonly string[];
}
interface HmacSpec {
  readonly family: 'hmac';
  readonly keyBytes: number;
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
  readonly mac: string;
}
interface RsaSpec {
  readonly family: 'rsa';
  readonly modulusBits: number;
  readonly encryption: readonly string[];
  readonly signing: readonly string[];
}
interface EccSpec {
  readonly family: 'ecc';
  readonly curve: 'P-256' | 'P-384' | 'P-521';
  readonly signing: readonly string[];
}
export type SpecDetails = SymmetricSpec | HmacSpec | RsaSpec | EccSpec;

const OAEP = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
const RSASSA = [
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
];
const rsa = (modulusBits: number): RsaSpec => ({ family: 'rsa', modulusBits, encryption: OAEP, signing: RSASSA });

/** Specs whose keys can be made here: what WebCrypto has the algorithms for. */
export const KEY_SPECS = {
  SYMMETRIC_DEFAULT: { family: 'symmetric', keyBytes: 32, encryption: ['SYMMETRIC_DEFAULT'] },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: { family: 'ecc', curve: 'P-256', signing: ['ECDSA_SHA_256'] },
  ECC_NIST_P384: { family: 'ecc', curve: 'P-384', signing: ['ECDSA_SHA_384'] },
  ECC_NIST_P521: { family: 'ecc', curve: 'P-521', signing: ['ECDSA_SHA_512'] },
  HMAC_256: { family: 'hmac', keyBytes: 32, hash: 'SHA-256', mac: 'HMAC_SHA_256' },
  HMAC_384: { family: 'hmac', keyBytes: 48, hash: 'SHA-384', mac: 'HMAC_SHA_384' },
  HMAC_512: { family: 'hmac', keyBytes: 64, hash: 'SHA-512', mac: 'HMAC_SHA_512' },
} as const satisfies Record<string, SpecDetails>;
export type KeySpec = keyof typeof KEY_SPECS;

/** Every spec AWS knows; those that are not in `KEY_SPECS` are not modelled. */
export const ALL_KEY_SPECS = [
  ...(Object.keys(KEY_SPECS) as KeySpec[]),
  'ECC_NIST_EDWARDS25519',
  'ECC_SECG_P256K1',
  'HMAC_224',
  'ML_DSA_44',
  'ML_DSA_65',
  'ML_DSA_87',
  'SM2',
] as const;

export const ENCRYPTION_ALGORITHMS = ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const;
export const MAC_ALGORITHMS = ['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512'] as const;
export const SIGNING_ALGORITHMS = [...RSASSA, 'ECDSA_SHA_256', 'ECDSA_SHA_384', 'ECDSA_SHA_512'];

export function isModelled(spec: string): spec is KeySpec {
  return Object.hasOwn(KEY_SPECS, spec);
}

export function specOf(spec: KeySpec): SpecDetails {
  return KEY_SPECS[spec];
}

/** What a key of this spec may be made for; the first is what it is made for when nothing is said. */
export function usagesOf(spec: KeySpec): readonly KeyUsage[] {
  const usages: Readonly<Record<SpecDetails['family'], readonly KeyUsage[]>> = {
    symmetric: ['ENCRYPT_DECRYPT'],
    rsa: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
    ecc: ['SIGN_VERIFY', 'KEY_AGREEMENT'],
    hmac: ['GENERATE_VERIFY_MAC'],
  };
  return usages[specOf(spec).family];
}

/** The algorithms a key offers, under the name that KMS gives the list. */
export function algorithmsOf(spec: KeySpec, usage: KeyUsage): Readonly<Record<string, readonly string[]>> {
  const details = specOf(spec);
  if (usage === 'ENCRYPT_DECRYPT' && 'encryption' in details) return { EncryptionAlgorithms: details.encryption };
  if (usage === 'SIGN_VERIFY' && 'signing' in details) return { SigningAlgorithms: details.signing };
  if (usage === 'GENERATE_VERIFY_MAC' && 'mac' in details) return { MacAlgorithms: [details.mac] };
  return usage === 'KEY_AGREEMENT' ? { KeyAgreementAlgorithms: ['ECDH'] } : {};
}
