import { type Bytes, zeroize } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { subtle } from '../crypto/subtle.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { IV_BYTES } from './blob.ts';
import { sealPrivateKey, sealToken } from './hsm.ts';
import { type KeySpec, specOf } from './keySpecs.ts';
import type { KmsOptions, KmsParts } from './parts.ts';
import type { KeyMaterial } from './rows.ts';

const PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);
const TAG_BYTES = 16;

/** What to make material of. */
export interface MaterialWish {
  readonly keyArn: string;
  readonly spec: KeySpec;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly rotation?: KeyMaterial['rotation'];
  /** Material that came from outside, with its id; overwritten after use. */
  readonly imported?: { readonly raw: Bytes; readonly materialId?: string };
}

/**
 * Makes a version of a key's material in the HSM and exports it as a token under the domain key; no plaintext copy is
 * left (F-KMS-002). Told in the step that is open.
 */
export async function makeMaterial(
  parts: Pick<KmsParts, 'domainKeyId'> & KmsOptions,
  wish: MaterialWish,
): Promise<KeyMaterial> {
  const { random, recorder, host, domainKeyId } = parts;
  const id = wish.imported?.materialId ?? toHex(random.bytes(32));
  const { token, keyBytes, publicKey } = await makeToken(parts, wish, id);
  const backingKey = await recorder.identify({
    kind: 'backing-key',
    name: 'KMS key',
    bytes: { handle: id, byteLength: keyBytes },
    isSecret: true,
  });
  const exported = await recorder.identify({
    kind: 'exported-key-token',
    name: 'exported key token',
    bytes: token,
    isSecret: false,
    fields: [
      { label: 'IV', start: 0, end: IV_BYTES },
      { label: 'encrypted backing key', start: IV_BYTES, end: token.length - TAG_BYTES, factId: 'F-KMS-002' },
      { label: 'authentication tag', start: token.length - TAG_BYTES, end: token.length },
    ],
    lock: { keyId: domainKeyId, contents: [backingKey.id], algorithm: 'AES-256-GCM' },
  });
  recorder.emit({
    verb: 'generated',
    place: 'kms.hsm',
    outputs: [backingKey.id],
    facts: ['F-KMS-002', 'F-KMS-003'],
  });
  host.hold(exported.id, token);
  recorder.emit({
    verb: 'wrapped',
    place: 'kms.host',
    inputs: [backingKey.id, domainKeyId],
    outputs: [exported.id],
    key: domainKeyId,
    algorithm: 'AES-256-GCM',
    facts: ['F-KMS-001', 'F-KMS-002'],
  });
  recorder.emit({
    verb: 'discarded',
    place: 'kms.hsm',
    inputs: [backingKey.id],
    isZeroized: publicKey === undefined,
    facts: publicKey === undefined ? ['F-KMS-002', 'F-SIM-016'] : ['F-KMS-002'],
  });
  return {
    id,
    tokenId: exported.id,
    backingKeyId: backingKey.id,
    since: wish.since,
    ...(wish.rotation === undefined ? {} : { rotation: wish.rotation }),
    ...(publicKey === undefined ? {} : { publicKey: toBase64(publicKey) }),
  };
}

/** Drops the exported tokens of material that is gone for good (F-KMS-067). */
export function dropTokens({ recorder, host }: KmsOptions, materials: readonly KeyMaterial[]): void {
  const ids: ArtifactId[] = materials.map(({ tokenId }) => tokenId);
  discard(recorder, host, ids, ['F-KMS-067']);
}

async function makeToken(
  parts: Pick<KmsParts, 'domainKeyId'> & KmsOptions,
  { keyArn, spec, imported }: MaterialWish,
  id: string,
): Promise<{ token: Bytes; keyBytes: number; publicKey?: Bytes }> {
  const { random, domainKeyId } = parts;
  const details = specOf(spec);
  if (details.family === 'symmetric' || details.family === 'hmac') {
    const raw = imported?.raw ?? random.bytes(details.keyBytes);
    const iv = random.bytes(IV_BYTES);
    const token = await sealToken(parts, domainKeyId, keyArn, id, iv, raw);
    const keyBytes = raw.length;
    zeroize(raw);
    return { token, keyBytes };
  }
  const { privateKey, publicKey } = await makeKeyPair(spec);
  const token = await sealPrivateKey(parts, domainKeyId, keyArn, id, random.bytes(IV_BYTES), privateKey);
  const spki = new Uint8Array(await subtle().exportKey('spki', publicKey));
  return { token, keyBytes: token.length - IV_BYTES - TAG_BYTES, publicKey: spki };
}

/** A fresh key pair, extractable so that its private half can be sealed. Not seedable: the platform draws it. */
export async function makeKeyPair(spec: KeySpec): Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }> {
  const details = specOf(spec);
  if (details.family === 'ecc') {
    return subtle().generateKey({ name: 'ECDSA', namedCurve: details.curve }, true, ['sign', 'verify']);
  }
  const modulusLength = details.family === 'rsa' ? details.modulusBits : 2048;
  const parameters = { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength, publicExponent: PUBLIC_EXPONENT };
  return subtle().generateKey(parameters, true, ['encrypt', 'decrypt']);
}
