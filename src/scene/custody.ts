import type { AnyTrace, ArtifactId, ArtifactKind, Place } from '../engine/index.ts';
import { findObject, nameOf } from './artifactNames.ts';
import { eventsAtStep, type Scene, sceneAt } from './fold.ts';
import { artifactsInPlay } from './timeline.ts';
import { readableIn } from './visibility.ts';

/** Who might be able to read something. */
export type Holder = 'you' | 'network' | 's3-memory' | 's3-disk' | 's3-keys' | 'kms' | 'audit';

export interface CustodySubject {
  readonly artifact: ArtifactId;
  /** As text, for example `data key A`. User text may be part of it. */
  readonly label: string;
}

export interface CustodyRow {
  readonly holder: Holder;
  readonly places: readonly Place[];
  /** One a subject: whether this holder can read it right now. */
  readonly cells: readonly boolean[];
  /** One a subject: whether the cell differs from the end of the step before. */
  readonly changedCells: readonly boolean[];
}

/** Who can read what, right now. */
export interface Custody {
  readonly subjects: readonly CustodySubject[];
  readonly rows: readonly CustodyRow[];
}

const HOLDERS: readonly { readonly holder: Holder; readonly places: readonly Place[] }[] = [
  { holder: 'you', places: ['client'] },
  { holder: 'network', places: ['network'] },
  { holder: 's3-memory', places: ['s3.memory'] },
  { holder: 's3-disk', places: ['s3.disk'] },
  { holder: 's3-keys', places: ['s3.keys'] },
  { holder: 'kms', places: ['kms.host', 'kms.hsm'] },
  { holder: 'audit', places: ['audit'] },
];

const OBJECT_KEYS: readonly ArtifactKind[] = ['data-key', 'customer-key'];
const ROOT_KEYS: readonly ArtifactKind[] = ['wrapping-key', 'backing-key', 's3-root-key'];

/**
 * The custody table at a scene: the object first, then the keys that encrypt objects, then the keys that lock those
 * keys, each group in order of first appearance. Subjects and rows are the same at every step of a run.
 */
export function custodyAt(trace: AnyTrace, scene: Scene): Custody {
  const subjects = subjectsOf(trace);
  const hasRootKey = subjects.some(({ artifact }) => trace.artifacts[artifact]?.kind === 's3-root-key');
  const before = sceneAt(trace, eventsAtStep(trace, scene.step - 1));
  const rows = HOLDERS.filter(({ holder }) => hasRootKey || holder !== 's3-keys').map(({ holder, places }) => {
    const cells = cellsOf(trace, scene, places, subjects);
    const cellsBefore = cellsOf(trace, before, places, subjects);
    return { holder, places, cells, changedCells: cells.map((cell, index) => cell !== cellsBefore[index]) };
  });
  return { subjects, rows };
}

function subjectsOf(trace: AnyTrace): CustodySubject[] {
  const object = findObject(trace);
  const inPlay = withLockOwners(trace, artifactsInPlay(trace));
  const ofKinds = (kinds: readonly ArtifactKind[]) =>
    inPlay.filter(id => {
      const kind = trace.artifacts[id]?.kind;
      return kind !== undefined && kinds.includes(kind);
    });
  const ids = [...(object === undefined ? [] : [object.id]), ...ofKinds(OBJECT_KEYS), ...ofKinds(ROOT_KEYS)];
  return ids.map(artifact => ({ artifact, label: nameOf(trace, artifact) }));
}

/** Also the keys that lock what plays, and the keys these come from: when a gate stays shut, they are what it is about. */
function withLockOwners(trace: AnyTrace, inPlay: ReadonlySet<ArtifactId>): ArtifactId[] {
  const all = new Set(inPlay);
  const add = (id: ArtifactId) => {
    all.add(id);
    for (const parent of trace.artifacts[id]?.derivedFrom ?? []) add(parent);
  };
  for (const id of inPlay) {
    const keyId = trace.artifacts[id]?.lock?.keyId;
    if (keyId !== undefined) add(keyId);
  }
  return [...all];
}

function cellsOf(
  trace: AnyTrace,
  scene: Scene,
  places: readonly Place[],
  subjects: readonly CustodySubject[],
): boolean[] {
  const readable = readableIn(
    trace,
    places.flatMap(place => scene.holdings[place]),
  );
  return subjects.map(({ artifact }) => readable.has(artifact));
}
