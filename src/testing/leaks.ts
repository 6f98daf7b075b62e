import { textOf, utf8 } from '../engine/bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../engine/bytes/text.ts';
import type { Artifact, ArtifactKind, Mode, Transport, World } from '../engine/index.ts';

/** Shorter secrets would be found by chance. */
const LEAST_BYTES = 8;
/** How much of a long secret is looked for, at its beginning and at its end. */
const WINDOW_BYTES = 32;

/** Something a place that must not know secrets holds. */
export interface Held {
  readonly place: 's3.disk' | 'audit' | 'network';
  /** Bytes, or a record as JSON. */
  readonly content: unknown;
}

/** A secret's bytes in parts to look for. */
export interface Secret {
  readonly id: string;
  readonly kind: ArtifactKind;
  readonly parts: readonly Uint8Array[];
}

/** All that is secret among artifacts and long enough to be told from chance. Handles have no bytes to look for. */
export function secretsAmong(artifacts: Iterable<Artifact>): Secret[] {
  return [...artifacts]
    .filter(({ isSecret, isHandle, byteLength = 0 }) => isSecret && !isHandle && byteLength >= LEAST_BYTES)
    .map(({ id, kind, head, tail }) => {
      const bytes = fromHex(head);
      const end = tail === '' ? bytes.subarray(-WINDOW_BYTES) : fromHex(tail);
      return { id, kind, parts: [bytes.subarray(0, WINDOW_BYTES), end] };
    });
}

/** What S3's disks and the audit log hold, and what the tap has: over HTTPS all of it, else only what crossed locked. */
export function openPlacesOf(world: World, transport: Transport): Held[] {
  const held = (place: Held['place'], isMeant: (artifact: Artifact) => boolean): Held[] =>
    world.rooms[place]
      .entries()
      .filter(([id]) => isMeant(world.recorder.get(id)))
      .map(([, content]) => ({ place, content }));
  return [
    ...held('s3.disk', () => true),
    ...held('audit', () => true),
    ...held('network', ({ kind, lock }) => transport === 'https' || (kind === 'capture' && lock !== undefined)),
  ];
}

/**
 * Secrets found where they must not be, as `kind id at place`: as they are, in hexadecimal, in Base64 (at any offset) or
 * as text. In mode `none` the object is meant to lie readable on the disks; everything else counts in every mode.
 */
export function findLeaks(secrets: readonly Secret[], held: readonly Held[], mode: Mode): string[] {
  const stacks = held.map(({ place, content }) => ({ place, text: haystackOf(content) }));
  return secrets.flatMap(({ id, kind, parts }) => {
    const needles = [...new Set(parts.flatMap(formsOf))];
    const places = stacks
      .filter(({ place }) => !(mode === 'none' && kind === 'plaintext-object' && place === 's3.disk'))
      .filter(({ text }) => needles.some(needle => text.includes(needle)))
      .map(({ place }) => place);
    return [...new Set(places)].map(place => `${kind} ${id} at ${place}`);
  });
}

/** Every form in which bytes may stand somewhere, each as one character a byte. */
export function formsOf(bytes: Uint8Array): string[] {
  const text = textOf(bytes).replaceAll(/^\ufffd+|\ufffd+$/g, '');
  const asText = utf8(text);
  return [
    latin1(bytes),
    toHex(bytes),
    ...[0, 1, 2].map(offset => base64At(bytes, offset)),
    ...(asText.length >= LEAST_BYTES ? [latin1(asText)] : []),
  ];
}

/** The Base64 characters that these bytes alone decide when they stand `offset` bytes after a group's beginning. */
function base64At(bytes: Uint8Array, offset: number): string {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  const firstOwn = Math.ceil((offset * 8) / 6);
  return toBase64(padded).slice(firstOwn, Math.floor((padded.length * 8) / 6));
}

/** Bytes as they are; of JSON all texts in it, not escaped, and the whole as it would be written. */
function haystackOf(content: unknown): string {
  if (content instanceof Uint8Array) return latin1(content);
  return latin1(utf8([...textsIn(content), JSON.stringify(content)].join('\n')));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** One character a byte, so that bytes can be searched as a text. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
