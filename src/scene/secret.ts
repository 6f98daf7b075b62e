import type { AnyTrace, Artifact, ArtifactId, ArtifactKind, Place } from '../engine/index.ts';
import { nameOf } from './artifactNames.ts';
import { foldEvent, openingScene, type Scene } from './fold.ts';
import { reachOf } from './visibility.ts';

/** Keys that never leave the one place that keeps them, in any mode and over any line. */
const HOMES: Partial<Record<ArtifactKind, Place>> = {
  'domain-key': 'kms.hsm',
  'backing-key': 'kms.hsm',
  's3-root-key': 's3.keys',
  'wrapping-key': 'client',
};

/** Places where nothing secret may be, nor anything from which a secret could be read. */
const OPEN_PLACES: readonly Place[] = ['network', 's3.disk', 'audit'];

/**
 * The law "secret": at no moment is a secret where it must not be. Returns the violations in words, each once, at
 * the moment it begins; none when the law holds.
 *
 * Nothing secret can be read from S3's disks, the audit log or the network. Two exceptions are what the learner came
 * to see: mode `none` keeps the object readable on the disks, and plain HTTP shows the eavesdropper all that travels.
 * Root keys stay at home. In client-side modes neither the object nor the customer's data key reaches Amazon S3.
 */
export function checkSecret(trace: AnyTrace): string[] {
  const violations: string[] = [];
  const known = new Set<string>();
  const ownKeys = clientDataKeys(trace);
  const check = (scene: Scene, places: Iterable<Place>) => {
    for (const place of places) {
      for (const id of exposedAt(trace, scene, place)) {
        const sentence = `${nameOf(trace, id)} (${id}) is at ${place}`;
        if (isAllowed(trace, ownKeys, id, place) || known.has(sentence)) continue;
        if (place === 'network' && recordedBefore.has(id)) continue;
        known.add(sentence);
        violations.push(`after ${scene.events} events: ${sentence}`);
      }
    }
  };

  let scene = openingScene(trace);
  // What a tap recorded before this run began is no fault of this run.
  const recordedBefore = reachOf(trace, scene.holdings.network).readable;
  check(
    scene,
    (Object.keys(scene.holdings) as Place[]).filter(place => place !== 'network'),
  );
  for (const event of trace.events) {
    scene = foldEvent(scene, event);
    if (event.verb !== 'discarded' && event.outputs.length > 0) check(scene, [event.place]);
  }
  return violations;
}

function exposedAt(trace: AnyTrace, scene: Scene, place: Place): Iterable<ArtifactId> {
  const held = scene.holdings[place];
  return OPEN_PLACES.includes(place) ? reachOf(trace, held).readable : held;
}

function isAllowed(trace: AnyTrace, ownKeys: ReadonlySet<ArtifactId>, id: ArtifactId, place: Place): boolean {
  const artifact = trace.artifacts[id];
  if (artifact === undefined) return true;
  const home = HOMES[artifact.kind];
  if (home !== undefined) return place === home;
  const mode = 'mode' in trace.run ? trace.run.mode : undefined;
  if (mode?.startsWith('cse-') && isInS3(place)) {
    if (artifact.kind === 'plaintext-object' || isOwn(artifact, ownKeys)) return false;
  }
  if (!artifact.isSecret || !OPEN_PLACES.includes(place)) return true;
  if (place === 'network') return trace.run.transport === 'http';
  return place === 's3.disk' && mode === 'none' && artifact.kind === 'plaintext-object';
}

function isInS3(place: Place): boolean {
  return place === 's3.memory' || place === 's3.disk' || place === 's3.keys';
}

function isOwn(artifact: Artifact, ownKeys: ReadonlySet<ArtifactId>): boolean {
  return ownKeys.has(artifact.id) || (artifact.derivedFrom ?? []).some(id => ownKeys.has(id));
}

/** Data keys that the customer's program has at some time: S3's own data keys are not among them. */
function clientDataKeys(trace: AnyTrace): ReadonlySet<ArtifactId> {
  const atClient = [
    ...trace.opening.filter(holding => holding.place === 'client').map(holding => holding.artifact),
    ...trace.events.filter(event => event.place === 'client').flatMap(event => event.outputs),
  ];
  return new Set(atClient.filter(id => trace.artifacts[id]?.kind === 'data-key'));
}
