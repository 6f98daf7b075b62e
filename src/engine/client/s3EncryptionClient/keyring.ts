/** Key rings: which wrapping keys a client has, and which of them an object asks for. */
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import type { Customer } from '../customer.ts';
import { isSameDescription, type MaterialDescription } from './envelope.ts';

/** An AES wrapping key: 32 raw bytes in the customer's room (F-CSR-001). */
export interface AesWrappingKey {
  readonly wrappingKey: ArtifactId;
  readonly materialDescription?: MaterialDescription;
}

/** An RSA wrapping key; whoever does not hold its private half can only lock. */
export interface RsaWrappingKey {
  readonly publicKey: ArtifactId;
  readonly publicHandle: CryptoKey;
  /** The private half: a handle in the customer's room, or somewhere else when this customer can only lock. */
  readonly privateKey: ArtifactId;
  readonly materialDescription?: MaterialDescription;
}

/**
 * What a client is constructed with. Of raw keys the first one wraps; the material description stored with an object
 * chooses the one that unwraps. A KMS ring without a key can only open: KMS reads from the blob which key it was (F-CSK-025).
 */
export type Keyring =
  | { readonly type: 'aes'; readonly keys: readonly AesWrappingKey[] }
  | { readonly type: 'rsa'; readonly keys: readonly RsaWrappingKey[] }
  | { readonly type: 'kms'; readonly kmsKeyId?: string };
export type RawKeyring = Exclude<Keyring, { type: 'kms' }>;

/** Writes a description as a reader would compare it: sorted, compact. */
export function describe(description: MaterialDescription): string {
  const names = Object.keys(description).sort();
  return names.length === 0 ? 'none' : names.map(name => `${name}=${description[name]}`).join(', ');
}

/**
 * The key of a raw ring that an object's material description asks for (F-CSR-012); the first when none matches, as the real
 * clients do, since the description is a label and no proof (F-CSR-022). An object without description asks for a key without
 * one. Says how it was found where there is something to choose.
 */
export function chooseKey<K extends AesWrappingKey | RsaWrappingKey>(
  customer: Customer,
  keys: readonly K[],
  wanted: MaterialDescription,
): K | undefined {
  const { recorder } = customer;
  const isNamed = Object.keys(wanted).length > 0;
  if (keys.length < 2 && (!isNamed || keys[0]?.materialDescription === undefined)) return keys[0];
  recorder.step('client.chooseKey', 'client');
  for (const each of keys) {
    const description = each.materialDescription ?? {};
    const isEqual = isSameDescription(wanted, description);
    recorder.emit({
      verb: 'compared',
      place: 'client',
      inputs: [idOf(each)],
      what: 'material-description',
      left: { label: 'the object asks for', text: describe(wanted) },
      right: { label: labelOf(recorder.get(idOf(each))), text: describe(description) },
      isEqual,
      facts: ['F-CSR-012'],
    });
    if (isEqual) return each;
  }
  return keys[0];
}

function idOf(key: AesWrappingKey | RsaWrappingKey): ArtifactId {
  return 'wrappingKey' in key ? key.wrappingKey : key.publicKey;
}

function labelOf({ name, letter }: Artifact): string {
  return letter === undefined ? name : `${name} ${letter}`;
}
