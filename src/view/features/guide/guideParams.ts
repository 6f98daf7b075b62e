import { GUIDE_MODES, type GuideMode, REQUIREMENTS } from '../../../content/guide.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';

export interface CellId {
  readonly requirement: string;
  readonly mode: GuideMode;
}

/** What the address says of this page: which needs are on, and which cell of the table is open. */
export interface GuideParams {
  /** In the order of the list, each once. */
  readonly needs: readonly string[];
  readonly cell?: CellId;
}

/** Longest value that is looked at: more than all ids together. */
const LONGEST = 400;

/** Reads `needs=a.b.c` and `cell=a.mode`; what does not exist is passed over. */
export function readParams(params: WorkspaceParams): GuideParams {
  const named = new Set(partsOf(params, 'needs'));
  const [requirement, mode] = partsOf(params, 'cell');
  const found = GUIDE_MODES.find(one => one === mode);
  const isKnown = REQUIREMENTS.some(({ id }) => id === requirement);
  return {
    needs: REQUIREMENTS.map(({ id }) => id).filter(id => named.has(id)),
    ...(requirement !== undefined && isKnown && found ? { cell: { requirement, mode: found } } : {}),
  };
}

/** The opposite of `readParams`. */
export function writeParams({ needs, cell }: GuideParams): WorkspaceParams {
  return {
    ...(needs.length > 0 ? { needs: needs.join('.') } : {}),
    ...(cell ? { cell: `${cell.requirement}.${cell.mode}` } : {}),
  };
}

function partsOf(params: WorkspaceParams, name: string): string[] {
  const value = Object.hasOwn(params, name) ? params[name] : undefined;
  return typeof value === 'string' ? value.slice(0, LONGEST).split('.') : [];
}
