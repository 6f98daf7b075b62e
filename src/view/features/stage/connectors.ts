import type { ArtifactId, Place, Trace, TraceEvent } from '../../../engine/index.ts';
import type { Scene } from '../../../scene/fold.ts';
import type { RoomId, StageLayout } from './layoutStage.ts';
import { eventsOfMoment, mainEvent } from './moment.ts';
import { bottom, middle, type Rect, right } from './rect.ts';

/** An arrow of the current step. */
export interface Connector {
  readonly id: string;
  /** Index of the event it belongs to. */
  readonly event: number;
  /** SVG path of the line and of its head. */
  readonly line: string;
  readonly head: string;
  /** The key whose branch it is. */
  readonly keyId?: ArtifactId;
  /** Belongs to what the step is about. */
  readonly isMain: boolean;
  readonly label?: { readonly text: string; readonly x: number; readonly y: number };
}

export interface Link {
  readonly from: Rect;
  readonly to: Rect;
  readonly keyId?: ArtifactId;
  readonly label?: string;
  /** The room both lie in. */
  readonly room?: Rect;
}

/** Artifacts of one service lie close together: what KMS works with in its HSM may lie on its host. */
const NEIGHBOURS: Readonly<Record<Place, readonly Place[]>> = {
  client: ['client'],
  network: ['network'],
  's3.memory': ['s3.memory', 's3.keys', 's3.disk'],
  's3.disk': ['s3.disk', 's3.memory'],
  's3.keys': ['s3.keys', 's3.memory'],
  'kms.host': ['kms.host', 'kms.hsm'],
  'kms.hsm': ['kms.hsm', 'kms.host'],
  audit: ['audit'],
};

/** Arrows for the events of the current step: inputs to output, and from room to room. */
export function connectorsOf(trace: Trace, scene: Scene, layout: StageLayout): Connector[] {
  const events = eventsOfMoment(trace, scene);
  const main = mainEvent(events);
  // Of several events of one kind (the checksum is encrypted beside the object) only the main one gets arrows.
  const shown = events.filter(event => event === main || event.verb !== main?.verb);
  return shown.flatMap(event =>
    linksOf(trace, event, layout).map((link, position) => ({
      id: `${event.index}-${position}`,
      event: event.index,
      isMain: event === main,
      ...(link.keyId === undefined ? {} : { keyId: link.keyId }),
      ...pathBetween(link),
    })),
  );
}

function linksOf(trace: Trace, event: TraceEvent, layout: StageLayout): Link[] {
  switch (event.verb) {
    case 'generated':
    case 'derived':
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped':
    case 'hashed':
      return event.outputs.flatMap(output => {
        const to = slotAt(layout, event.place, output, event.index + 1);
        if (to === undefined) return [];
        return event.inputs.flatMap(input => {
          const from = nearSlot(layout, event.place, input, event.index);
          if (from === undefined || input === output) return [];
          const room = layout.rooms[event.place];
          return [{ from, to, ...(room ? { room } : {}), ...(input === event.key ? { keyId: input } : {}) }];
        });
      });
    case 'sent':
    case 'received':
    case 'stored':
    case 'loaded':
    case 'responded':
      return movesOf(trace, event, event.from, layout);
    case 'logged': {
      const from = layout.rooms[event.actor === 'kms' ? 'kms' : 's3'];
      const to = layout.rooms.audit;
      return from && to && isNextTo(from, to) ? [{ from, to }] : [];
    }
    default:
      return [];
  }
}

/** What is put into a record is drawn from where it lies; every other move goes from room to room, as the tokens do. */
function movesOf(trace: Trace, event: TraceEvent, from: Place, layout: StageLayout): Link[] {
  const cargo = event.outputs.flatMap(output => {
    const capture = trace.artifacts[output];
    const contents = capture?.kind === 'capture' ? (capture.lock?.contents ?? event.outputs) : [];
    return contents.flatMap(id => slotAt(layout, from, id, event.index) ?? []);
  });
  if (cargo.length > 0) return cargo.map(slot => ({ from: slot, to: layout.tap }));
  const a = from === 'network' ? layout.tap : layout.rooms[outerRoom(from, event.place)];
  const b = event.place === 'network' ? layout.tap : layout.rooms[outerRoom(event.place, from)];
  // Within a service nobody calls an API.
  const isInside = from.split('.')[0] === event.place.split('.')[0];
  const label = isInside
    ? undefined
    : 'status' in event && event.status !== undefined
      ? String(event.status)
      : event.api;
  return a && b ? [{ from: a, to: b, ...(label === undefined ? {} : { label }) }] : [];
}

/** Between two services the arrow joins the boundaries; within one it joins the parts. */
function outerRoom(place: Place, other: Place): RoomId {
  const service = place.split('.')[0];
  if (service === other.split('.')[0]) return place;
  return service === 's3' || service === 'kms' ? service : place;
}

function nearSlot(layout: StageLayout, place: Place, artifact: ArtifactId, events: number): Rect | undefined {
  for (const near of NEIGHBOURS[place]) {
    const slot = slotAt(layout, near, artifact, events);
    if (slot) return slot;
  }
  return undefined;
}

function slotAt(layout: StageLayout, place: Place, artifact: ArtifactId, events: number): Rect | undefined {
  const stay = layout.stays.find(
    it => it.place === place && it.artifact === artifact && it.fromEvent <= events && events < it.untilEvent,
  );
  return stay && layout.slots.get(stay.id);
}

/** Whether an arrow from one to the other crosses no third room. */
function isNextTo(a: Rect, b: Rect): boolean {
  const across = Math.max(b.x - right(a), a.x - right(b));
  const down = Math.max(b.y - bottom(a), a.y - bottom(b));
  return Math.max(across, down) < 40 && Math.min(across, down) < 0;
}

/** Between an arrow's tip and the edge it points at. */
const AIR = 1.5;

/** A calm curve from one box to another, leaving and arriving at right angles. */
export function pathBetween({ from, to, room, label: text }: Link): Pick<Connector, 'line' | 'head' | 'label'> {
  const a = middle(from);
  const b = middle(to);
  const toRight = to.x - right(from);
  const toLeft = from.x - right(to);
  if (Math.max(toRight, toLeft) >= 10) {
    const sign = toRight > toLeft ? 1 : -1;
    const [x1, x2] = sign === 1 ? [right(from), to.x - AIR] : [from.x, right(to) + AIR];
    const y1 = clampTo(a.y, from);
    const y2 = y1 > to.y + 12 && y1 < bottom(to) - 12 ? y1 : clampTo(b.y, to);
    return {
      line: Math.abs(x2 - x1) < 60 ? angled(x1, y1, x2, y2) : curved(x1, y1, x2, y2),
      head: `M${n(x2 - sign * 6)} ${n(y2 - 5)}L${n(x2)} ${n(y2)}L${n(x2 - sign * 6)} ${n(y2 + 5)}`,
      ...labelAt(text, (x1 + x2) / 2, (y1 + y2) / 2),
    };
  }
  const sign = b.y > a.y ? 1 : -1;
  const gap = sign === 1 ? to.y - bottom(from) : from.y - bottom(to);
  if (gap < 40) {
    const x = (Math.max(from.x, to.x) + Math.min(right(from), right(to))) / 2;
    // Rooms that share a wall: the arrow goes through it.
    const through = gap < 4 ? 14 : 0;
    const y1 = sign === 1 ? bottom(from) - through : from.y + through;
    const y2 = sign === 1 ? to.y - AIR + through : bottom(to) + AIR - through;
    return {
      line: `M${n(x)} ${n(y1)}L${n(x)} ${n(y2)}`,
      head: `M${n(x - 5)} ${n(y2 - sign * 6)}L${n(x)} ${n(y2)}L${n(x + 5)} ${n(y2 - sign * 6)}`,
      ...labelAt(text, x, (y1 + y2) / 2),
    };
  }
  // One above the other with something between: out at the side of the nearer wall, and in again.
  const side = room !== undefined && a.x < middle(room).x - room.w * 0.1 ? -1 : 1;
  const [x1, x2] = side === 1 ? [right(from), right(to) + AIR] : [from.x, to.x - AIR];
  const wall = room && side === 1 ? right(room) - Math.max(x1, x2) : room ? Math.min(x1, x2) - room.x : 24;
  // A cubic reaches three quarters of the way to its control points.
  const far = (side === 1 ? Math.max(x1, x2) : Math.min(x1, x2)) + side * Math.max(9, Math.min(15, (wall - 4) / 0.75));
  return {
    line: `M${n(x1)} ${n(a.y)}C${n(far)} ${n(a.y)} ${n(far)} ${n(b.y)} ${n(x2)} ${n(b.y)}`,
    head: `M${n(x2 + side * 6)} ${n(b.y - 5)}L${n(x2)} ${n(b.y)}L${n(x2 + side * 6)} ${n(b.y + 5)}`,
    ...labelAt(text, far, (a.y + b.y) / 2),
  };
}

function curved(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) / 2;
  return `M${n(x1)} ${n(y1)}C${n(x1 + bend)} ${n(y1)} ${n(x2 - bend)} ${n(y2)} ${n(x2)} ${n(y2)}`;
}

/** Up or down in the middle of a narrow gap, clear of what lies on both sides of it. */
function angled(x1: number, y1: number, x2: number, y2: number): string {
  const across = (x2 - x1) / 2;
  const down = y2 - y1;
  if (Math.abs(down) < 4) return `M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}`;
  const radius = Math.min(6, Math.abs(across), Math.abs(down) / 2);
  const [rx, ry] = [Math.sign(across) * radius, Math.sign(down) * radius];
  const x = x1 + across;
  return [
    `M${n(x1)} ${n(y1)}L${n(x - rx)} ${n(y1)}Q${n(x)} ${n(y1)} ${n(x)} ${n(y1 + ry)}`,
    `L${n(x)} ${n(y2 - ry)}Q${n(x)} ${n(y2)} ${n(x + rx)} ${n(y2)}L${n(x2)} ${n(y2)}`,
  ].join('');
}

function labelAt(text: string | undefined, x: number, y: number): { label?: NonNullable<Connector['label']> } {
  return text === undefined ? {} : { label: { text, x, y } };
}

/** Large boxes are left and entered near their upper part, where their tokens are. */
function clampTo(y: number, box: Rect): number {
  return box.h > 90 ? box.y + 62 : y;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
