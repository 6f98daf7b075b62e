import type { Artifact, ArtifactId, ArtifactKind, Trace, TraceEvent } from '../../../engine/index.ts';
import type { Scene } from '../../../scene/fold.ts';
import type { StageLayout } from './layoutStage.ts';
import { eventsOfMoment, mainEvent } from './moment.ts';
import { middle, type Rect } from './rect.ts';
import { crosses, type Point, routeAround, type Turn } from './route.ts';
import { findStay, type Stay } from './stays.ts';

/** How a token gets to its slot: made on the spot, or from a distance; not straight where that would lead over S3's disks. */
export type Entry = 'made' | (Point & { readonly turn?: Turn });

export interface PlacedToken {
  readonly stay: Stay;
  readonly artifact: Artifact;
  readonly box: Rect;
  /** How it gets to its slot: from a distance, made on the spot, or it just lies there. */
  readonly entry?: Entry;
  /** The way a small key takes first, for what must not fly straight; the token itself is then made at its end. */
  readonly route?: readonly Point[];
  /** Index of the event that brought it here; -1 for what was here from the start. */
  readonly event: number;
  /** What the step is about, something else that came in this step, or neither. */
  readonly mark: 'main' | 'new' | 'none';
}

export interface PlacedGhost {
  readonly stay: Stay;
  readonly artifact: Artifact;
  readonly box: Rect;
  readonly isZeroized: boolean;
  /** Index of the event that ended it. */
  readonly event: number;
}

/** Tokens and leftovers of a scene: derived from the state alone, so that going back or jumping is exact. */
export function tokensOf(
  trace: Trace,
  scene: Scene,
  layout: StageLayout,
): { readonly tokens: readonly PlacedToken[]; readonly ghosts: readonly PlacedGhost[] } {
  const events = eventsOfMoment(trace, scene);
  const main = mainEvent(events);
  const subjects = subjectsOf(trace, main);
  const tokens = layout.stays.flatMap((stay): PlacedToken[] => {
    const artifact = trace.artifacts[stay.artifact];
    const box = layout.slots.get(stay.id);
    const isHeld = stay.fromEvent <= scene.events && scene.events < stay.untilEvent;
    if (!artifact || !box || !isHeld) return [];
    const isNew = scene.arrived.some(it => it.artifact === stay.artifact && it.place === stay.place);
    const isMain = subjects.has(stay.artifact) && main?.place === stay.place;
    const entry = isNew ? entryOf(stay, artifact, box, layout) : {};
    return [
      {
        stay,
        artifact,
        box,
        mark: isNew ? (isMain ? 'main' : 'new') : 'none',
        event: stay.fromEvent - 1,
        ...entry,
      },
    ];
  });
  const ghosts = layout.stays.flatMap((stay): PlacedGhost[] => {
    const artifact = trace.artifacts[stay.artifact];
    const box = layout.slots.get(stay.id);
    const end = events.find(event => event.index === stay.untilEvent - 1);
    const isGone = scene.gone.some(it => it.artifact === stay.artifact && it.place === stay.place);
    if (!artifact || !box || end?.verb !== 'discarded' || !isGone) return [];
    return [{ stay, artifact, box, isZeroized: end.isZeroized, event: end.index }];
  });
  return { tokens, ghosts };
}

/** What a step is about: all that its main event brings, or of many things the one that counts. */
function subjectsOf(trace: Trace, main: TraceEvent | undefined): ReadonlySet<ArtifactId> {
  if (main === undefined || main.verb === 'discarded') return new Set();
  if (main.outputs.length <= 2) return new Set(main.outputs);
  const rank = (id: ArtifactId) => SUBJECTS.indexOf(trace.artifacts[id]?.kind ?? 'message');
  return new Set(
    main.outputs
      .filter(id => rank(id) >= 0)
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, 1),
  );
}

const SUBJECTS: readonly ArtifactKind[] = ['plaintext-object', 'ciphertext-object', 'data-key', 'encrypted-data-key'];

function entryOf(stay: Stay, artifact: Artifact, box: Rect, layout: StageLayout): Pick<PlacedToken, 'entry' | 'route'> {
  if (stay.source === undefined) return { entry: 'made' };
  const source = findStay(layout.stays, stay.source, stay.artifact, stay.fromEvent - 1);
  const from =
    (source && layout.slots.get(source.id)) ?? (stay.source === 'network' ? layout.tap : layout.rooms[stay.source]);
  if (from === undefined) return { entry: 'made' };
  // Slots on the network are slim: what is wider starts at their right edge, so as not to hang over into S3.
  const overhang = stay.source === 'network' ? Math.min(0, from.w - box.w) : 0;
  const start = source
    ? { ...box, x: from.x + overhang, y: from.y }
    : { ...box, x: middle(from).x - box.w / 2, y: middle(from).y - box.h / 2 };
  const way = { x: Math.round(start.x - box.x), y: Math.round(start.y - box.y) };
  const disks = layout.rooms['s3.disk'];
  const isAllowed = stay.place === 's3.disk' || stay.source === 's3.disk';
  if (!artifact.isSecret || isAllowed || !disks || !crosses(start, box, disks)) return { entry: way };
  const route = routeAround(source ? from : start, box, layout);
  if (route) return { entry: 'made', route };
  return {
    entry: { ...way, turn: stay.place === 'network' || stay.place === 'client' ? 'across-first' : 'down-first' },
  };
}
