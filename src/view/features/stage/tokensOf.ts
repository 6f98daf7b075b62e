import type { Artifact, ArtifactId, ArtifactKind, Trace, TraceEvent } from '../../../engine/index.ts';
import type { Scene } from '../../../scene/fold.ts';
import type { StageLayout } from './layoutStage.ts';
import { eventsOfMoment, mainEvent } from './moment.ts';
import { middle, type Rect } from './rect.ts';
import { findStay, type Stay } from './stays.ts';

export interface PlacedToken {
  readonly stay: Stay;
  readonly artifact: Artifact;
  readonly box: Rect;
  /** How it gets to its slot: from a distance, made on the spot, or it just lies there. */
  readonly entry?: { readonly x: number; readonly y: number } | 'made';
  /** What the step is about, something else that came in this step, or neither. */
  readonly mark: 'main' | 'new' | 'none';
}

export interface PlacedGhost {
  readonly stay: Stay;
  readonly artifact: Artifact;
  readonly box: Rect;
  readonly isZeroized: boolean;
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
    const entry = isNew ? entryOf(stay, box, layout) : undefined;
    return [
      {
        stay,
        artifact,
        box,
        mark: isNew ? (isMain ? 'main' : 'new') : 'none',
        ...(entry === undefined ? {} : { entry }),
      },
    ];
  });
  const ghosts = layout.stays.flatMap((stay): PlacedGhost[] => {
    const artifact = trace.artifacts[stay.artifact];
    const box = layout.slots.get(stay.id);
    const end = events.find(event => event.index === stay.untilEvent - 1);
    const isGone = scene.gone.some(it => it.artifact === stay.artifact && it.place === stay.place);
    if (!artifact || !box || end?.verb !== 'discarded' || !isGone) return [];
    return [{ stay, artifact, box, isZeroized: end.isZeroized }];
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

function entryOf(stay: Stay, box: Rect, layout: StageLayout): PlacedToken['entry'] {
  if (stay.source === undefined) return 'made';
  const source = findStay(layout.stays, stay.source, stay.artifact, stay.fromEvent - 1);
  const from =
    (source && layout.slots.get(source.id)) ?? (stay.source === 'network' ? layout.tap : layout.rooms[stay.source]);
  if (from === undefined) return 'made';
  const start = source ? { x: from.x, y: from.y } : { x: middle(from).x - box.w / 2, y: middle(from).y - box.h / 2 };
  return { x: Math.round(start.x - box.x), y: Math.round(start.y - box.y) };
}
