/** The few bytes of DER that tell what is in a private key file, and the public key that follows from it. */
import { type Bytes, concat } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';

const TAGS = { integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30 } as const;
/** Object identifiers as in `AlgorithmIdentifier` (RFC 8017, RFC 5480, RFC 8410, RFC 3279). */
const FAMILIES: Readonly<Record<string, Exclude<Pkcs8Family, 'unknown'>>> = {
  '2a864886f70d010101': 'rsa',
  '2a864886f70d01010a': 'rsa-pss',
  '2a8648ce3d0201': 'elliptic-curve',
  '2b656e': 'elliptic-curve',
  '2b656f': 'elliptic-curve',
  '2b6570': 'elliptic-curve',
  '2b6571': 'elliptic-curve',
  '2a8648ce380401': 'dsa',
};
/** `AlgorithmIdentifier` of rsaEncryption with its NULL (RFC 8017, A.1). */
const RSA_ENCRYPTION: Bytes = new Uint8Array([
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]);

export type Pkcs8Family = 'rsa' | 'rsa-pss' | 'elliptic-curve' | 'dsa' | 'unknown';

/** What a PKCS#8 private key holds. Nothing in it is secret. */
export type Pkcs8 =
  | { readonly family: Exclude<Pkcs8Family, 'rsa'> }
  | {
      readonly family: 'rsa';
      readonly modulusBits: number;
      /** The public half as SubjectPublicKeyInfo (RFC 5280, 4.1). */
      readonly spki: Bytes;
    };

/**
 * Reads the head of a private key in PKCS#8 (RFC 5208) and, of an RSA key, its public numbers. Whether all its numbers fit
 * together only the platform can tell. `undefined` when it is no such structure from its first byte to its last.
 */
export function parsePkcs8(der: Uint8Array): Pkcs8 | undefined {
  const outer = readAll(der, TAGS.sequence);
  const [, algorithm, wrapped] = outer ? readList(outer, 3) : [];
  if (algorithm?.tag !== TAGS.sequence || wrapped?.tag !== TAGS.octetString) return undefined;
  const [identifier] = readList(algorithm.content, 1);
  if (identifier?.tag !== TAGS.oid) return undefined;
  const name = toHex(identifier.content);
  const family = Object.hasOwn(FAMILIES, name) ? (FAMILIES[name] ?? 'unknown') : 'unknown';
  if (family !== 'rsa') return { family };
  return parseRsa(wrapped.content);
}

/** RSAPrivateKey: version, modulus, public exponent, six secret numbers (RFC 8017, A.1.2). */
function parseRsa(der: Uint8Array): Pkcs8 | undefined {
  const inner = readAll(der, TAGS.sequence);
  const numbers = inner ? readList(inner, 9) : [];
  const [version, modulus, exponent] = numbers;
  if (numbers.length !== 9 || numbers.some(({ tag }) => tag !== TAGS.integer)) return undefined;
  if (!version || !modulus || !exponent || toHex(version.content) !== '00') return undefined;
  const modulusBits = bitsOf(modulus.content);
  if (modulusBits === undefined || bitsOf(exponent.content) === undefined) return undefined;
  const numbersOfPublic = write(
    TAGS.sequence,
    concat(write(TAGS.integer, modulus.content), write(TAGS.integer, exponent.content)),
  );
  const spki = write(
    TAGS.sequence,
    concat(RSA_ENCRYPTION, write(TAGS.bitString, concat(new Uint8Array(1), numbersOfPublic))),
  );
  return { family: 'rsa', modulusBits, spki };
}

/** Length in bits of a positive number; `undefined` for anything else. */
function bitsOf(integer: Uint8Array): number | undefined {
  const first = integer[0] ?? 0x80;
  if (first >= 0x80) return undefined;
  const start = first === 0 ? 1 : 0;
  const leading = integer[start] ?? 0;
  return leading === 0 ? undefined : (integer.length - start) * 8 - Math.clz32(leading) + 24;
}

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Where the next one starts. */
  readonly end: number;
}

/** One element with a definite length of at most 3 bytes, wholly inside. */
function read(der: Uint8Array, at: number): Element | undefined {
  const [tag, first] = [der[at], der[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || more > 3) return undefined;
  let length = more === 0 ? first : 0;
  for (const byte of der.subarray(at + 2, at + 2 + more)) length = length * 256 + byte;
  const start = at + 2 + more;
  const end = start + length;
  return end > der.length ? undefined : { tag, content: der.subarray(start, end), end };
}

/** The content of the one element that fills the bytes. */
function readAll(der: Uint8Array, tag: number): Uint8Array | undefined {
  const element = read(der, 0);
  return element?.tag === tag && element.end === der.length ? element.content : undefined;
}

/** The first elements, at most `count`: fewer when they are damaged. */
function readList(der: Uint8Array, count: number): Element[] {
  const elements: Element[] = [];
  for (let at = 0; elements.length < count; ) {
    const element = read(der, at);
    if (!element) break;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function write(tag: number, content: Uint8Array): Bytes {
  const { length } = content;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >>> 8, length & 0xff];
  return concat(new Uint8Array([tag, ...(length < 0x80 ? [length] : long)]), content);
}
