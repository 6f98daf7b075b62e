import type { Mode, RunSpec, TraceProperty } from '../engine/index.ts';

export type Verdict = 'yes' | 'partly' | 'no';

/** What modes do for requirements, as data: the content writes it, runs prove it. */
export interface AdviceTable<M extends Mode = Mode> {
  /** In the order of administration, the least first. */
  readonly modes: readonly M[];
  readonly requirements: readonly {
    readonly id: string;
    readonly cells: Readonly<Record<M, { readonly meets: Verdict }>>;
  }[];
}

/** How one mode does with what was asked. The lists hold ids of requirements, in the table's order. */
export interface RankedMode<M extends Mode = Mode> {
  readonly mode: M;
  readonly met: readonly string[];
  readonly partly: readonly string[];
  readonly failed: readonly string[];
  /**
   * Why it is not the one that is advised: it fails a requirement; or meets fewer of them wholly; or does as well, with more to
   * administer. Absent for the one that is advised, and when none is.
   */
  readonly outBy?: 'fails' | 'partly' | 'administration';
}

export interface Advice<M extends Mode = Mode> {
  /** Those of the ids asked for that the table has, each once, in its order. */
  readonly needs: readonly string[];
  /** The mode that fails nothing: absent when every mode fails something. */
  readonly best?: M;
  /** All modes, the best first; when none does it all, the nearest first. */
  readonly ranking: readonly RankedMode<M>[];
  /** When none does it all: the smallest sets of needs that no mode meets together. One alone is a need that nothing meets. */
  readonly conflicts: readonly (readonly string[])[];
}

/**
 * Which mode to use: one that fails none of the needs, meets as many as possible of them wholly, and among equals the one with the
 * least administration. Nothing asked for: the mode with the least administration, which is what S3 does by itself (F-GEN-006).
 */
export function advise<M extends Mode>(ids: Iterable<string>, table: AdviceTable<M>): Advice<M> {
  const asked = new Set(ids);
  const wanted = table.requirements.filter(({ id }) => asked.has(id));
  const ranked = table.modes
    .map(mode => {
      const of = (verdict: Verdict) => wanted.filter(({ cells }) => cells[mode].meets === verdict).map(({ id }) => id);
      return { mode, met: of('yes'), partly: of('partly'), failed: of('no') };
    })
    // The sort is stable: among equals the order of administration stays.
    .sort((one, other) => one.failed.length - other.failed.length || one.partly.length - other.partly.length);
  const [first] = ranked;
  const best = first && first.failed.length === 0 ? first : undefined;
  return {
    needs: wanted.map(({ id }) => id),
    ...(best ? { best: best.mode } : {}),
    ranking: ranked.map(one => ({ ...one, ...whyOut(one, best) })),
    conflicts: best ? [] : conflictsOf(wanted, table.modes),
  };
}

type Row = Omit<RankedMode, 'outBy'>;

function whyOut(one: Row, best: Row | undefined): Pick<RankedMode, 'outBy'> {
  if (!best || one === best) return {};
  if (one.failed.length > 0) return { outBy: 'fails' };
  return { outBy: one.partly.length > best.partly.length ? 'partly' : 'administration' };
}

/** All sets of the smallest size that no mode survives. */
function conflictsOf<M extends Mode>(wanted: AdviceTable<M>['requirements'], modes: readonly M[]): string[][] {
  const survivors = (failing: AdviceTable<M>['requirements']) =>
    modes.filter(mode => failing.every(({ cells }) => cells[mode].meets !== 'no'));
  let sets: AdviceTable<M>['requirements'][] = [[]];
  for (let size = 1; size <= wanted.length; size++) {
    sets = sets.flatMap(set => {
      const last = set.at(-1);
      const from = last ? wanted.indexOf(last) + 1 : 0;
      return wanted.slice(from).map(one => [...set, one]);
    });
    const clashes = sets.filter(set => survivors(set).length === 0);
    if (clashes.length > 0) return clashes.map(set => set.map(({ id }) => id));
  }
  return [];
}

/** A run and what of it settles whether a mode meets a requirement. */
export interface Trial {
  readonly run: Pick<RunSpec, 'operation' | 'transport' | 'principal'>;
  readonly shows: Readonly<Record<Verdict, TraceProperty>>;
}

export interface CellProof {
  readonly run: Omit<RunSpec, 'seed'>;
  readonly shows: TraceProperty;
}

/** The run that proves a cell of the table: the requirement's trial in this mode, and the property that goes with its verdict. */
export function proofOf(trial: Trial, mode: Mode, meets: Verdict): CellProof {
  return { run: { mode, ...trial.run }, shows: trial.shows[meets] };
}
