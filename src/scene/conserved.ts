import type { AnyTrace, ArtifactId, MadeEvent, MovedEvent, Place, TraceEvent } from '../engine/index.ts';
import { nameOf } from './artifactNames.ts';
import { foldEvent, openingScene, type Scene } from './fold.ts';
import { writtenIn } from './instructionFile.ts';
import { reachOf } from './visibility.ts';

/** Places whose memory one service works with as one. */
const GROUPS: Readonly<Record<Place, readonly Place[]>> = {
  client: ['client'],
  network: ['network'],
  's3.memory': ['s3.memory', 's3.keys', 's3.disk'],
  's3.disk': ['s3.memory', 's3.keys', 's3.disk'],
  's3.keys': ['s3.memory', 's3.keys', 's3.disk'],
  'kms.host': ['kms.host', 'kms.hsm'],
  'kms.hsm': ['kms.host', 'kms.hsm'],
  audit: ['audit'],
};

/**
 * The law "conserved": nothing appears that was not made, nothing moves that was not there, nothing is discarded
 * twice. Returns the violations in words; none when the law holds.
 */
export function checkConserved(trace: AnyTrace): string[] {
  const violations: string[] = [];
  let scene = openingScene(trace);
  for (const event of trace.events) {
    for (const sentence of broken(trace, scene, event)) {
      violations.push(`event ${event.index} (${event.verb} at ${event.place}): ${sentence}`);
    }
    scene = foldEvent(scene, event);
  }
  return violations;
}

function broken(trace: AnyTrace, scene: Scene, event: TraceEvent): string[] {
  switch (event.verb) {
    case 'sent':
    case 'received':
    case 'stored':
    case 'loaded':
    case 'responded':
      return brokenByMove(trace, scene, event);
    case 'generated':
    case 'derived':
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped':
    case 'hashed':
      return brokenByMaking(trace, scene, event);
    case 'discarded':
      return event.inputs
        .filter(id => !scene.holdings[event.place].includes(id))
        .map(id => `${nameOf(trace, id)} is discarded but was not there`);
    case 'logged':
      return event.outputs
        .filter(id => trace.artifacts[id]?.kind !== 'log-record')
        .map(id => `${nameOf(trace, id)} appears with a log entry but is no log record`);
    case 'compared':
    case 'authorized':
    case 'denied':
    case 'failed':
    case 'throttled':
      return event.outputs
        .filter(id => !scene.holdings[event.place].includes(id))
        .map(id => `${nameOf(trace, id)} appears although nothing was made or moved`);
  }
}

function brokenByMove(trace: AnyTrace, scene: Scene, event: MovedEvent): string[] {
  const source = scene.holdings[event.from];
  const missing = event.outputs.filter(id => !source.includes(id));
  if (missing.length === 0) return [];
  const unpacked = event.verb === 'received' ? unpackedBy(trace, scene, event) : undefined;
  return missing
    .filter(id => !unpacked?.has(id) && !isRecordedNow(trace, scene, event, id) && !isReadNow(trace, source, event, id))
    .map(id => `${nameOf(trace, id)} was not at ${event.from}`);
}

/** What the receiver takes out of recorded traffic with the keys it holds. */
function unpackedBy(trace: AnyTrace, scene: Scene, event: MovedEvent): ReadonlySet<ArtifactId> {
  const captures = scene.holdings[event.from].filter(id => trace.artifacts[id]?.kind === 'capture');
  return reachOf(trace, [...captures, ...scene.holdings[event.place]]).inHand;
}

/** Traffic comes into being on the line: what is recorded must have been in the sender's hands, and so must its key. */
function isRecordedNow(trace: AnyTrace, scene: Scene, event: MovedEvent, id: ArtifactId): boolean {
  const artifact = trace.artifacts[id];
  if (artifact?.kind !== 'capture' || event.place !== 'network') return false;
  const { lock } = artifact;
  return lock === undefined || [lock.keyId, ...lock.contents].every(inner => isAtHand(scene, event.from, inner));
}

/** What is read out of an instruction file that lies where the reading starts. */
function isReadNow(trace: AnyTrace, source: readonly ArtifactId[], event: MovedEvent, id: ArtifactId): boolean {
  return event.verb === 'loaded' && source.some(file => writtenIn(trace, file).includes(id));
}

function brokenByMaking(trace: AnyTrace, scene: Scene, event: MadeEvent): string[] {
  const strangers = event.inputs.filter(id => !isAtHand(scene, event.place, id));
  const sentences = strangers.map(id => `input ${nameOf(trace, id)} was not at hand`);
  if (event.key !== undefined && !event.inputs.includes(event.key)) {
    sentences.push(`${nameOf(trace, event.key)} does it but is not among the inputs`);
  }
  for (const output of event.outputs) {
    const lock = trace.artifacts[output]?.lock;
    if (lock === undefined || scene.holdings[event.place].includes(output)) continue;
    // A public key locks for somebody else: that one's private key need not be here.
    const isForAnother = event.key !== undefined && trace.artifacts[event.key]?.kind === 'public-key';
    for (const id of isForAnother ? lock.contents : [lock.keyId, ...lock.contents]) {
      if (event.inputs.includes(id) || isAtHand(scene, event.place, id) || isTakenOut(trace, event, output)) continue;
      sentences.push(`${nameOf(trace, output)} is locked with or around ${nameOf(trace, id)}, which was not at hand`);
    }
  }
  return sentences;
}

/**
 * What comes out of an outer lock, or of an instruction file, may wear an inner one that nobody here can open; so may a piece
 * that is cut out of something under the same lock.
 */
function isTakenOut(trace: AnyTrace, event: MadeEvent, output: ArtifactId): boolean {
  if (event.verb === 'derived') {
    return event.inputs.some(id => writtenIn(trace, id).includes(output) || isPieceOf(trace, output, id));
  }
  if (event.verb !== 'decrypted' && event.verb !== 'unwrapped') return false;
  return event.inputs.some(id => trace.artifacts[id]?.lock?.contents.includes(output));
}

function isPieceOf(trace: AnyTrace, piece: ArtifactId, whole: ArtifactId): boolean {
  const [inner, outer] = [trace.artifacts[piece]?.lock, trace.artifacts[whole]?.lock];
  if (inner === undefined || inner.keyId !== outer?.keyId) return false;
  return inner.contents.every(id => outer.contents.includes(id));
}

function isAtHand(scene: Scene, place: Place, id: ArtifactId): boolean {
  return GROUPS[place].some(near => scene.holdings[near].includes(id));
}
