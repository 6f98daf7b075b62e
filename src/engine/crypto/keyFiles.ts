/** Wrapping keys as files that other programs read: raw Base64 for AES, PEM (PKCS#8) for RSA. */
import { type Bytes, concat, uint32, zeroize } from '../bytes/bytes.ts';
import { parseBase64, toBase64, toHex } from '../bytes/text.ts';
import { EngineError } from '../errors.ts';
import type { RandomSource } from '../random.ts';
import { ALGORITHMS } from './algorithms.ts';
import { parsePkcs8 } from './pkcs8.ts';
import { importRsaPrivateKey, importRsaPublicKey, openRsaOaep, sealRsaOaep } from './rsaOaep.ts';
import { sha256 } from './sha2.ts';
import { subtle } from './subtle.ts';

/** A wrapping key from outside. The bytes are secret: whoever holds them overwrites them in the end. */
export type GivenWrappingKey =
  | { readonly type: 'aes' /** 32 bytes. */; readonly bytes: Bytes }
  | { readonly type: 'rsa' /** PKCS#8. */; readonly pkcs8: Bytes };

/** A key, or why a text is none, as a sentence for a person. */
export type ParsedWrappingKey = GivenWrappingKey | { readonly problem: string };

/** Characters of text that may hold a key: a PEM of 4,096 bits has 3,272. */
const MOST_CHARACTERS = 32 * 1024;
const RSA_BITS = { least: 2048, most: 4096 } as const;
const PEM = /^-----BEGIN ([A-Z0-9 ]{0,40})-----([\s\S]*?)-----END ([A-Z0-9 ]{0,40})-----$/;
const CONVERT = 'openssl pkey -in key.pem -out wrapping-key.pem';

const IS_PUBLIC =
  'This is the public half. It can wrap data keys but open none: bring the private key (“BEGIN PRIVATE KEY”).';
const IS_CURVE =
  'This is an elliptic-curve key. S3 Encryption Clients wrap data keys with RSA: make one with “openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out wrapping-key.pem”.';
const IS_ENCRYPTED = `This private key is locked with a passphrase. Write it without: “${CONVERT}”.`;
const NO_PEM = 'This is no PEM block: an RSA private key starts with “-----BEGIN PRIVATE KEY-----”.';
/** How Base64 of a long DER structure starts. */
const DER_START = 'MII';
const IS_DAMAGED = 'This is no whole private key: something in it is missing, changed or added.';

/** What to say of a PEM by its label, when it is not the one that is read here. */
const OTHER_LABELS: Readonly<Record<string, string>> = {
  'RSA PRIVATE KEY': `This RSA key is in the older PKCS#1 form. Write it as PKCS#8: “${CONVERT}”.`,
  'ENCRYPTED PRIVATE KEY': IS_ENCRYPTED,
  'EC PRIVATE KEY': IS_CURVE,
  'PUBLIC KEY': IS_PUBLIC,
  'RSA PUBLIC KEY': IS_PUBLIC,
  CERTIFICATE: 'This is a certificate, which holds a public key only: bring the private key (“BEGIN PRIVATE KEY”).',
  'OPENSSH PRIVATE KEY':
    'This key is in the form of OpenSSH. Convert a copy of it: “ssh-keygen -p -m PKCS8 -f copy-of-the-key”.',
};
const OTHER_FAMILIES = {
  'elliptic-curve': IS_CURVE,
  'rsa-pss': 'This RSA key may only sign (RSA-PSS): a wrapping key must be a plain RSA key.',
  dsa: 'This is a DSA key, which can only sign: a wrapping key must be an RSA key.',
  unknown: 'This private key is of a kind that is not known here: a wrapping key must be an RSA key.',
} as const;

/**
 * A wrapping key from text: 32 bytes in Base64, or an RSA private key of 2,048 to 4,096 bits as PEM (`PRIVATE KEY`, RFC
 * 7468, section 10). Everything else is told apart by a sentence. Whether the numbers of an RSA key fit together, see
 * `findKeyProblem`.
 * @param wanted what the sentence for a text that is nothing of both speaks of
 */
export function parseWrappingKey(text: string, wanted?: GivenWrappingKey['type']): ParsedWrappingKey {
  if (text.length > MOST_CHARACTERS) return { problem: 'This is far too long for a key.' };
  // A byte-order mark, as some editors write it, counts as white space.
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'There is nothing in it.' };
  if (trimmed.includes('-----')) return parsePem(trimmed);
  const bare = trimmed.replaceAll(/\s+/g, '');
  const raw = parseRaw(bare);
  return 'problem' in raw && wanted === 'rsa' && !bare.startsWith(DER_START) ? { problem: NO_PEM } : raw;
}

/** The key as Base64 without a line end: some decoders refuse one. */
export function formatAesKey(bytes: Bytes): string {
  return toBase64(bytes);
}

/** The key as PEM with lines of 64 characters (RFC 7468). */
export function formatRsaKey(pkcs8: Bytes): string {
  const lines = toBase64(pkcs8).match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

/** A fresh key whose bytes may leave. RSA takes its chance from the platform alone. */
export async function makeWrappingKey(type: GivenWrappingKey['type'], random: RandomSource): Promise<GivenWrappingKey> {
  if (type === 'aes') return { type, bytes: random.bytes(ALGORITHMS.aesGcm.keyBytes) };
  const { privateKey } = await subtle().generateKey(
    {
      name: 'RSA-OAEP',
      hash: 'SHA-1',
      modulusLength: ALGORITHMS.rsaOaep.modulusBits,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['encrypt', 'decrypt'],
  );
  return { type, pkcs8: new Uint8Array(await subtle().exportKey('pkcs8', privateKey)) };
}

/**
 * Handles of an RSA key that came from outside: the private one gives its bytes to nobody from here on.
 * @throws EngineError `decryption-failed` when its numbers do not fit together.
 */
export async function importRsaPair(pkcs8: Bytes): Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> {
  const parsed = parsePkcs8(pkcs8);
  if (parsed?.family !== 'rsa') throw new EngineError('decryption-failed', 'no RSA private key');
  try {
    return { publicKey: await importRsaPublicKey(parsed.spki), privateKey: await importRsaPrivateKey(pkcs8) };
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    throw new EngineError('decryption-failed', 'the numbers of the RSA key do not fit together');
  }
}

/** Why a key that could be read cannot be used, as a sentence: its two halves must open what they seal. */
export async function findKeyProblem(given: GivenWrappingKey): Promise<string | undefined> {
  if (given.type === 'aes') return undefined;
  const plaintext = new Uint8Array([0x65, 0x6e, 0x76]);
  try {
    const { publicKey, privateKey } = await importRsaPair(given.pkcs8);
    const opened = await openRsaOaep({ privateKey, sealed: await sealRsaOaep({ publicKey, plaintext }) });
    return toHex(opened) === toHex(plaintext) ? undefined : IS_DAMAGED;
  } catch {
    return 'This looks like an RSA key, but its numbers do not fit together: it would open nothing.';
  }
}

/** Kind, size and fingerprint of a key: what may be shown of it. The fingerprint is the one that traces show, of RSA the public key’s. */
export async function describeKey(given: GivenWrappingKey): Promise<{ bits: number; fingerprint: string }> {
  if (given.type === 'aes') return { bits: 8 * given.bytes.length, fingerprint: await fingerprintOf(given.bytes) };
  const parsed = parsePkcs8(given.pkcs8);
  if (parsed?.family !== 'rsa') throw new EngineError('decryption-failed', 'no RSA private key');
  return { bits: parsed.modulusBits, fingerprint: await fingerprintOf(parsed.spki) };
}

async function fingerprintOf(bytes: Bytes): Promise<string> {
  const input = concat(uint32(bytes.length), bytes);
  const digest = await sha256(input);
  zeroize(input);
  return toHex(digest.subarray(0, 8));
}

function parsePem(text: string): ParsedWrappingKey {
  const [, label = '', body = '', endLabel] = PEM.exec(text) ?? [];
  if (endLabel === undefined || body.includes('-----'))
    return { problem: 'Around the PEM block stands something else, or it is cut off.' };
  if (label !== endLabel) return { problem: IS_DAMAGED };
  if (/ENCRYPTED/.test(body)) return { problem: IS_ENCRYPTED };
  if (label !== 'PRIVATE KEY') {
    const known = Object.hasOwn(OTHER_LABELS, label) ? OTHER_LABELS[label] : undefined;
    return { problem: known ?? 'This PEM holds no private key: its first line must be “-----BEGIN PRIVATE KEY-----”.' };
  }
  const pkcs8 = parseBase64(body.replaceAll(/\s+/g, ''));
  const problem = pkcs8 ? problemOf(pkcs8) : IS_DAMAGED;
  if (pkcs8 && problem === undefined) return { type: 'rsa', pkcs8 };
  if (pkcs8) zeroize(pkcs8);
  return { problem: problem ?? IS_DAMAGED };
}

function problemOf(pkcs8: Bytes): string | undefined {
  const parsed = parsePkcs8(pkcs8);
  if (!parsed) return IS_DAMAGED;
  if (parsed.family !== 'rsa') return OTHER_FAMILIES[parsed.family];
  const { least, most } = RSA_BITS;
  if (parsed.modulusBits >= least && parsed.modulusBits <= most) return undefined;
  return `This RSA key has ${parsed.modulusBits} bits; here it must have 2048 to 4096.`;
}

function parseRaw(text: string): ParsedWrappingKey {
  if (/^[0-9a-f]{64}$/i.test(text)) {
    return { problem: 'This is hexadecimal. Write it as Base64: “xxd -r -p key.hex | base64”.' };
  }
  const bytes = parseBase64(text);
  if (!bytes) {
    const isUrlSafe = /^[A-Za-z0-9_-]{43}=?$/.test(text) && /[-_]/.test(text);
    if (isUrlSafe)
      return { problem: 'This is Base64 for addresses: write “+” for “-” and “/” for “_”, and end it with “=”.' };
    if (/^[A-Za-z0-9+/]{43}$/.test(text)) return { problem: 'The “=” at the end is missing.' };
    return { problem: 'This is neither Base64 nor a PEM block.' };
  }
  const problem = problemOfRaw(bytes, text);
  if (problem === undefined) return { type: 'aes', bytes };
  zeroize(bytes);
  return { problem };
}

function problemOfRaw(bytes: Bytes, text: string): string | undefined {
  if (parsePkcs8(bytes)) {
    return 'This is the inside of a PEM block: put “-----BEGIN PRIVATE KEY-----” and “-----END PRIVATE KEY-----” around it.';
  }
  const { keyBytes } = ALGORITHMS.aesGcm;
  if (bytes.length !== keyBytes) {
    return `This is Base64 of ${bytes.length} bytes; an AES-256 wrapping key has ${keyBytes}.`;
  }
  // The last character has two bits to spare: another text for the same key would come back differently.
  return toBase64(bytes) === text ? undefined : 'The last characters of this Base64 carry bits that belong to no byte.';
}
