/** Every lock at hand against every value at hand that could be its key. */
import { type Bytes, zeroize } from '../bytes/bytes.ts';
import { ALGORITHMS } from '../crypto/algorithms.ts';
import type { Artifact, ArtifactId, ArtifactKind } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import { SECURE_LINE_FACTS } from '../wire/handshake.ts';
import { unpack } from '../wire/unpack.ts';
import { type Companions, KEY_BYTES, openContent, openDataKey, openTraffic } from './openers.ts';
import { type Thief, tellFailure } from './thief.ts';

/** Tries one value on one lock; tells and holds what comes out. False: it does not open. */
type Opener = (thief: Thief, lock: Artifact, keyId: ArtifactId, keyBytes: Bytes) => Promise<boolean>;

/** What can be locked, in the order in which it is tried. */
const OPENERS: readonly (readonly [ArtifactKind, Opener])[] = [
  ['ciphertext-object', tryContent],
  ['encrypted-data-key', tryDataKey],
  ['capture', tryTraffic],
];

/** Goes on until the object is open or nothing is left to try; each pair of lock and key once. */
export async function tryEverything(thief: Thief): Promise<void> {
  const tried = new Set<string>();
  while (!isOpen(thief)) {
    const pair = nextPair(thief, tried);
    if (!pair) return;
    const { lock, opener, keyId } = pair;
    tried.add(`${lock.id} ${keyId}`);
    thief.count();
    const { recorder, room } = thief.customer;
    recorder.step(lock.kind === 'encrypted-data-key' ? 'attacker.unwrap' : 'attacker.open', 'client');
    const isDone = await opener(thief, lock, keyId, room.getBytes(keyId));
    if (!isDone) tellFailure(thief, wrongKey(thief, lock, keyId));
  }
}

/** Whether the victim's object lies before the thief. */
export function isOpen({ customer, object }: Thief): boolean {
  return customer.room.has(object);
}

function nextPair({ customer: { recorder, room } }: Thief, tried: ReadonlySet<string>) {
  const held = room.ids().map(id => recorder.get(id));
  // Secret keys first; whatever else is as long as a key is noise, but the thief cannot know.
  const keys = held.filter(isKeySized).toSorted((a, b) => Number(b.isSecret) - Number(a.isSecret));
  for (const [kind, opener] of OPENERS) {
    for (const lock of held.filter(one => one.kind === kind && isLocked(one))) {
      const found = keys.find(one => !tried.has(`${lock.id} ${one.id}`));
      if (found) return { lock, opener, keyId: found.id };
    }
  }
  return undefined;
}

/** A derived key is put to use in the moment it is made; the object is what is looked for. */
function isKeySized({ byteLength, isHandle, kind }: Artifact): boolean {
  return byteLength === KEY_BYTES && !isHandle && kind !== 'derived-key' && kind !== 'plaintext-object';
}

/** Traffic of plain HTTP is no lock: what was in it lies beside it. */
function isLocked({ kind, lock }: Artifact): boolean {
  return kind !== 'capture' || lock !== undefined;
}

async function tryContent(thief: Thief, lock: Artifact, keyId: ArtifactId, keyBytes: Bytes): Promise<boolean> {
  const { customer } = thief;
  const { recorder, room } = customer;
  const opened = await openContent(room.getBytes(lock.id), keyBytes, companionsOf(thief));
  if (!opened) return false;
  const content = await identifyContent(thief, opened.bytes);
  let contentKey = keyId;
  if (opened.derived) {
    const { bytes, messageId } = opened.derived;
    const derived = await recorder.identify({
      kind: 'derived-key',
      name: 'derived key',
      bytes,
      isSecret: true,
      derivedFrom: [keyId],
    });
    hold(thief, derived.id, bytes);
    contentKey = derived.id;
    const inputs = [keyId, messageId];
    const [algorithm, facts] = ['HKDF-SHA-512', ['F-FMT-072']];
    recorder.emit({ verb: 'derived', place: 'client', inputs, outputs: [derived.id], key: keyId, algorithm, facts });
  }
  hold(thief, content.id, opened.bytes);
  told(thief, 'decrypted', { lock, keyId: contentKey, outputs: [content.id], facts: opened.facts });
  return true;
}

async function tryDataKey(thief: Thief, lock: Artifact, keyId: ArtifactId, keyBytes: Bytes): Promise<boolean> {
  const { recorder, room } = thief.customer;
  const opened = await openDataKey(room.getBytes(lock.id), keyBytes);
  if (!opened) return false;
  const { bytes, facts } = opened;
  const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  hold(thief, dataKey.id, bytes);
  told(thief, 'unwrapped', { lock, keyId, outputs: [dataKey.id], facts });
  return true;
}

async function tryTraffic(thief: Thief, lock: Artifact, keyId: ArtifactId, keyBytes: Bytes): Promise<boolean> {
  const { recorder, room } = thief.customer;
  const opened = await openTraffic(room.getBytes(lock.id), keyBytes);
  if (!opened) return false;
  const { message, body } = opened;
  const found = await unpack(recorder, message, body, lock.lock?.contents ?? []);
  for (const [id, bytes] of found) hold(thief, id, bytes);
  if (![...found.values()].includes(body)) zeroize(body);
  const algorithm = ALGORITHMS.tlsRecord.name;
  told(thief, 'decrypted', { lock, keyId, outputs: [...found.keys()], facts: SECURE_LINE_FACTS, algorithm });
  return true;
}

function told(
  { customer }: Thief,
  verb: 'decrypted' | 'unwrapped',
  what: {
    readonly lock: Artifact;
    readonly keyId: ArtifactId;
    readonly outputs: readonly ArtifactId[];
    readonly facts: readonly FactId[];
    readonly algorithm?: string;
  },
): void {
  const { lock, keyId, outputs, facts, algorithm = 'AES-256-GCM' } = what;
  const inputs = [lock.id, keyId];
  customer.recorder.emit({ verb, place: 'client', inputs, outputs, key: keyId, algorithm, facts });
}

/** What was inside: mostly something the world has seen before, by its bytes. */
async function identifyContent({ customer: { recorder }, address }: Thief, bytes: Bytes): Promise<Artifact> {
  const known = await recorder.find(bytes, id => recorder.get(id).kind !== 'configuration');
  if (known) return known;
  return recorder.identify({ kind: 'plaintext-object', name: address.objectName, bytes, isSecret: true });
}

/** Takes bytes into memory; a second copy of what is there is overwritten. */
function hold({ customer: { room } }: Thief, id: ArtifactId, bytes: Bytes): void {
  if (room.has(id)) zeroize(bytes);
  else room.hold(id, bytes);
}

function companionsOf({ customer: { recorder, room } }: Thief): Companions {
  const bytesOf = (kind: ArtifactKind) =>
    room
      .ids()
      .filter(id => recorder.get(id).kind === kind)
      .map(id => [id, room.getBytes(id)] as const);
  return {
    ivs: bytesOf('nonce').map(([, bytes]) => bytes),
    messageIds: bytesOf('message-id'),
    commitments: bytesOf('commitment').map(([, bytes]) => bytes),
  };
}

/** Why it does not open: the thief only sees that the tag does not fit. */
function wrongKey({ customer: { recorder } }: Thief, lock: Artifact, keyId: ArtifactId) {
  const needed = lock.lock && recorder.get(lock.lock.keyId);
  const name = needed && (needed.letter === undefined ? needed.name : `${needed.name} ${needed.letter}`);
  const isRight = needed?.id === keyId;
  return {
    code: 'WrongKey',
    message: 'The authentication tag does not fit: this value is not the key, or something beside it is missing.',
    inputs: [lock.id, keyId],
    facts: ['F-SIM-106'],
    ...(name === undefined || isRight
      ? {}
      : { why: { code: 'AnotherKeyNeeded', message: `What opens it is the ${name}.` } }),
  };
}
