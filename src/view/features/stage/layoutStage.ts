import type { Place, Trace } from '../../../engine/index.ts';
import { clientSideOf } from '../../../scene/clientSide.ts';
import { assignSlots, peakOf } from './assignSlots.ts';
import { bottom, type Rect, right } from './rect.ts';
import { drawnStays, isOpenKind, type Stay } from './stays.ts';

/** Rooms are places; `s3` and `kms` are the trust boundaries around several of them. */
export type RoomId = Place | 's3' | 'kms';

export interface RoomBox extends Rect {
  readonly id: RoomId;
  readonly label: string;
  /** What kind of room it is, in a word or two. */
  readonly sub: string;
  /** `wall`: a room or boundary of its own; `cell`: a part of a boundary; `vault`: the HSM. */
  readonly frame: 'wall' | 'cell' | 'vault';
  /** Which lower corners of its boundary it fills. */
  readonly corners: 'both' | 'left' | 'right' | 'none';
}

export type LayoutName = 'wide' | 'medium' | 'narrow';

export interface StageLayout {
  readonly name: LayoutName;
  readonly width: number;
  readonly height: number;
  readonly rooms: Readonly<Partial<Record<RoomId, RoomBox>>>;
  /** Where each stay's token lies, by the stay's id. */
  readonly slots: ReadonlyMap<string, Rect>;
  readonly stays: readonly Stay[];
  /** Where the tap's record is shown. */
  readonly tap: Rect;
  /** Where the log's lines are listed. */
  readonly log?: Rect;
  readonly isCompact: boolean;
}

interface Metrics {
  readonly tokenHeight: number;
  readonly gap: number;
  /** From a room's top edge to its first token: under a label on the edge, or under one inside. */
  readonly wallHead: number;
  readonly cellHead: number;
  readonly pad: number;
  /** Free at the right of a single column, for arrows. */
  readonly gutter: number;
  /** Between rooms, sideways and down (a label stands on the lower one's edge). */
  readonly across: number;
  readonly down: number;
}

const ROOMY: Metrics = {
  tokenHeight: 42,
  gap: 10,
  wallHead: 21,
  cellHead: 31,
  pad: 13,
  gutter: 0,
  across: 18,
  down: 27,
};
const DENSE: Metrics = { ...ROOMY, tokenHeight: 36, gap: 9, wallHead: 19, cellHead: 28, pad: 13, down: 24 };
const TIGHT: Metrics = { ...DENSE, tokenHeight: 34, gap: 7, wallHead: 17, cellHead: 25, pad: 10, down: 21 };
const NARROW: Metrics = { ...DENSE, across: 12, pad: 12, gutter: 16 };
const TOP = 10;
const TALL = 600;

/**
 * Where everything is for a whole run, in CSS pixels. Pure: the same trace and width give the same plan, and
 * nothing in it depends on the step, so that rooms keep their size and tokens their slot.
 */
export function layoutStage({ trace, width }: { readonly trace: Trace; readonly width: number }): StageLayout {
  const stays = drawnStays(trace);
  if (width < 480) return compose(trace, stays, width, 'narrow', NARROW);
  if (width < 760) return compose(trace, stays, width, 'medium', ROOMY);
  const roomy = compose(trace, stays, width, 'wide', ROOMY);
  if (roomy.height <= TALL) return roomy;
  const dense = compose(trace, stays, width, 'wide', DENSE);
  return dense.height <= TALL ? dense : compose(trace, stays, width, 'wide', TIGHT);
}

function compose(trace: Trace, stays: readonly Stay[], width: number, name: LayoutName, metrics: Metrics): StageLayout {
  const plan = new Plan(trace, stays, metrics);
  if (name === 'wide') wide(plan, width);
  else if (name === 'medium') medium(plan, width);
  else narrow(plan, width);
  return {
    name,
    width,
    height: Math.max(...Object.values(plan.rooms).map(bottom)) + 4,
    rooms: plan.rooms,
    slots: plan.slots,
    stays,
    tap: plan.tap,
    ...(plan.log === undefined ? {} : { log: plan.log }),
    isCompact: metrics !== ROOMY,
  };
}

/** You, the network and S3 side by side; below, CloudTrail under you and KMS under S3: two columns that line up. */
function wide(plan: Plan, width: number): void {
  const { across, down } = plan.metrics;
  const you = clamp(width * 0.23, 172, 240);
  const network = clamp(width * 0.19, 146, 190);
  const s3X = you + network + 2 * across;
  const s3Width = width - s3X;
  const height = Math.max(plan.wallHeight('client', 1), plan.networkHeight(network), plan.s3Height(s3Width));
  plan.wall('client', { x: 0, y: TOP, w: you, h: height }, 1);
  plan.network({ x: you + across, y: TOP, w: network, h: height });
  plan.s3({ x: s3X, y: TOP, w: s3Width, h: height });

  const y = TOP + height + down;
  if (!plan.hasKms) {
    if (plan.logLines > 0) plan.audit({ x: 0, y, w: width, h: plan.auditHeight(width) });
    return;
  }
  const kmsX = plan.logLines > 0 ? you + across : 0;
  const kmsHeight = plan.kmsHeight(width - kmsX);
  plan.kms({ x: kmsX, y, w: width - kmsX, h: kmsHeight });
  if (plan.logLines > 0) plan.audit({ x: 0, y, w: you, h: kmsHeight });
}

function medium(plan: Plan, width: number): void {
  const { across, down } = plan.metrics;
  const you = Math.round(width * 0.42);
  const network = width - you - across;
  const height = Math.max(plan.wallHeight('client', 1), plan.networkHeight(network));
  plan.wall('client', { x: 0, y: TOP, w: you, h: height }, 1);
  plan.network({ x: you + across, y: TOP, w: network, h: height });
  let y = TOP + height + down;
  y = plan.s3({ x: 0, y, w: width, h: plan.s3Height(width) }) + down;
  if (plan.hasKms) y = plan.kms({ x: 0, y, w: width, h: plan.kmsHeight(width) }) + down;
  if (plan.logLines > 0) plan.audit({ x: 0, y, w: width, h: plan.auditHeight(width) });
}

function narrow(plan: Plan, width: number): void {
  const { down } = plan.metrics;
  let y = TOP;
  y = plan.wall('client', { x: 0, y, w: width, h: plan.wallHeight('client', 1) }, 1) + down;
  y = plan.network({ x: 0, y, w: width, h: plan.networkHeight(width) }) + down;
  y = plan.s3({ x: 0, y, w: width, h: plan.s3Height(width) }) + down;
  if (plan.hasKms) y = plan.kms({ x: 0, y, w: width, h: plan.kmsHeight(width) }) + down;
  if (plan.logLines > 0) plan.audit({ x: 0, y, w: width, h: plan.auditHeight(width) });
}

/** Collects rooms and slots while a composition places them. */
class Plan {
  readonly rooms: Partial<Record<RoomId, RoomBox>> = {};
  readonly slots = new Map<string, Rect>();
  readonly metrics: Metrics;
  readonly hasKms: boolean;
  readonly logLines: number;
  tap: Rect = { x: 0, y: 0, w: 0, h: 0 };
  log: Rect | undefined;
  readonly #trace: Trace;
  readonly #stays: readonly Stay[];

  constructor(trace: Trace, stays: readonly Stay[], metrics: Metrics) {
    this.#trace = trace;
    this.#stays = stays;
    this.metrics = metrics;
    const isKms = (place: Place) => place === 'kms.host' || place === 'kms.hsm';
    this.hasKms = stays.some(stay => isKms(stay.place)) || trace.events.some(event => isKms(event.place));
    this.logLines = trace.events.filter(event => event.verb === 'logged').length;
  }

  wallHeight(place: Place, columns: number): number {
    return this.#height(place, columns, this.metrics.wallHead);
  }

  wall(id: 'client', box: Rect, columns: number): number {
    const { room, as } = clientSideOf(this.#trace.run);
    this.rooms[id] = { ...box, id, label: room, sub: as, frame: 'wall', corners: 'both' };
    this.#fill(id, box, columns, this.metrics.wallHead);
    return bottom(box);
  }

  /** The record needs more lines where the room is slim. */
  networkHeight(width: number): number {
    const rows = this.#rows('network', this.#networkColumns(width));
    const { wallHead, tokenHeight, gap, pad } = this.metrics;
    return wallHead + this.#tapHeight(width) + pad + rows * (tokenHeight + gap);
  }

  network(box: Rect): number {
    const { wallHead, pad } = this.metrics;
    this.rooms.network = { ...box, id: 'network', label: 'Network', sub: '', frame: 'wall', corners: 'both' };
    this.tap = { x: box.x + pad, y: box.y + wallHead, w: box.w - 2 * pad, h: this.#tapHeight(box.w) };
    this.#fill('network', box, this.#networkColumns(box.w), wallHead + this.tap.h + pad);
    return bottom(box);
  }

  s3Height(width: number): number {
    return this.#memoryHeight(width) + this.#lowerHeight(width);
  }

  /** Memory above; below it the disks, and S3's own keys when these are in play. */
  s3(box: Rect): number {
    const columns = s3Columns(box.w);
    const lower = Math.max(
      this.#lowerHeight(box.w),
      (box.h - this.#memoryHeight(box.w)) / 2 + this.#lowerHeight(box.w) / 2,
    );
    const memory = { ...box, h: Math.round(box.h - lower) };
    const below = { ...box, y: bottom(memory), h: box.h - memory.h };
    this.rooms.s3 = { ...box, id: 's3', label: 'Amazon S3', sub: 'memory', frame: 'wall', corners: 'both' };
    this.#cell('s3.memory', '', memory, columns);
    const { isBeside, keys } = this.#lowerPlan(box.w);
    if (!this.#has('s3.keys')) {
      this.#cell('s3.disk', 'disks', below, columns);
    } else if (isBeside) {
      const half = box.w / 2;
      this.#cell('s3.keys', 'S3’s own keys', { ...below, w: half }, 1, 'left');
      this.#cell('s3.disk', 'disks', { ...below, x: box.x + half, w: box.w - half }, 1, 'right');
    } else {
      this.#cell('s3.keys', 'S3’s own keys', { ...below, h: keys }, columns, 'none');
      this.#cell('s3.disk', 'disks', { ...below, y: below.y + keys, h: below.h - keys }, columns);
    }
    return bottom(box);
  }

  kmsHeight(width: number): number {
    const { wallHead, pad, cellHead } = this.metrics;
    const { columns, isBeside } = kmsPlan(width);
    const host = this.#height('kms.host', 1, wallHead);
    const vault = wallHead + this.#height('kms.hsm', columns, cellHead - 4) + pad;
    return isBeside ? Math.max(host, vault) : host + vault - wallHead;
  }

  /** The host, and in it the vault: the HSM. */
  kms(box: Rect): number {
    const { wallHead, pad, cellHead } = this.metrics;
    const { columns, isBeside, hostWidth } = kmsPlan(box.w);
    this.rooms.kms = { ...box, id: 'kms', label: 'AWS KMS', sub: '', frame: 'wall', corners: 'both' };
    const host: Rect = isBeside ? { ...box, w: hostWidth } : { ...box, h: this.#height('kms.host', 1, wallHead) };
    this.#cell('kms.host', '', host, 1);
    const vault: Rect = isBeside
      ? { x: right(host), y: box.y + wallHead, w: box.w - hostWidth - pad, h: box.h - wallHead - pad }
      : { x: box.x + pad, y: bottom(host), w: box.w - 2 * pad, h: box.h - host.h - pad };
    this.rooms['kms.hsm'] = {
      ...vault,
      id: 'kms.hsm',
      label: 'HSM',
      sub: 'KMS keys never leave it',
      frame: 'vault',
      corners: 'both',
    };
    this.#fill('kms.hsm', vault, columns, cellHead - 4);
    return bottom(box);
  }

  auditHeight(width: number): number {
    const perRow = width < 300 ? 1 : Math.max(1, Math.floor(width / 190));
    return this.metrics.wallHead + Math.ceil(this.logLines / perRow) * 24 + this.metrics.pad;
  }

  audit(box: Rect): number {
    const { wallHead, pad } = this.metrics;
    this.rooms.audit = { ...box, id: 'audit', label: 'CloudTrail', sub: 'log', frame: 'wall', corners: 'both' };
    this.log = { x: box.x + pad, y: box.y + wallHead, w: box.w - 2 * pad, h: box.h - wallHead - pad };
    return bottom(box);
  }

  #cell(id: Place, label: string, box: Rect, columns: number, corners: RoomBox['corners'] = 'both'): void {
    this.rooms[id] = { ...box, id, label, sub: '', frame: 'cell', corners };
    this.#fill(id, box, columns, label === '' ? this.metrics.wallHead : this.metrics.cellHead);
  }

  #fill(place: Place, box: Rect, columns: number, head: number): void {
    const { tokenHeight, gap, pad } = this.metrics;
    const { cells } = this.#assign(place, columns);
    const spare = columns === 1 ? this.metrics.gutter : (columns - 1) * COLUMN_GAP;
    const w = (box.w - 2 * pad - spare) / columns;
    for (const [id, cell] of cells) {
      const column = cell % columns;
      const row = Math.floor(cell / columns);
      this.slots.set(id, {
        x: box.x + pad + column * (w + COLUMN_GAP),
        y: box.y + head + row * (tokenHeight + gap),
        w,
        h: tokenHeight,
      });
    }
  }

  #height(place: Place, columns: number, head: number): number {
    const { tokenHeight, gap, pad } = this.metrics;
    const rows = Math.max(1, this.#rows(place, columns));
    return head + rows * (tokenHeight + gap) - gap + pad;
  }

  #rows(place: Place, columns: number): number {
    return Math.ceil(peakOf(this.#of(place)) / columns);
  }

  #assign(place: Place, columns: number) {
    return assignSlots(this.#of(place), columns, stay => isOpenKind(this.#trace.artifacts[stay.artifact]));
  }

  #of(place: Place): Stay[] {
    return this.#stays.filter(stay => stay.place === place);
  }

  #has(place: Place): boolean {
    return this.#of(place).length > 0;
  }

  #networkColumns(width: number): number {
    return width > 340 ? 2 : 1;
  }

  #tapHeight(width: number): number {
    if (width < 200) return 144;
    return width < 300 ? 108 : 84;
  }

  #memoryHeight(width: number): number {
    return this.#height('s3.memory', s3Columns(width), this.metrics.wallHead);
  }

  #lowerHeight(width: number): number {
    return this.#lowerPlan(width).height;
  }

  /** S3's own keys beside the disks, or above them where that is less tall. */
  #lowerPlan(width: number): { readonly isBeside: boolean; readonly keys: number; readonly height: number } {
    const columns = s3Columns(width);
    const { cellHead } = this.metrics;
    const disks = this.#height('s3.disk', columns, cellHead);
    if (!this.#has('s3.keys')) return { isBeside: false, keys: 0, height: disks };
    const keys = this.#height('s3.keys', columns, cellHead);
    const beside = Math.max(this.#height('s3.keys', 1, cellHead), this.#height('s3.disk', 1, cellHead));
    return columns === 2 && beside <= keys + disks
      ? { isBeside: true, keys, height: beside }
      : { isBeside: false, keys, height: keys + disks };
  }
}

/** Room for an arrow between two columns of tokens. */
const COLUMN_GAP = 30;

function s3Columns(width: number): number {
  return width >= 370 ? 2 : 1;
}

function kmsPlan(width: number): { columns: number; isBeside: boolean; hostWidth: number } {
  return { columns: width >= 520 ? 2 : 1, isBeside: width >= 400, hostWidth: Math.round(width * 0.32) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
