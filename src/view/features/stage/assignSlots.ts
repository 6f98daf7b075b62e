import type { Stay } from './stays.ts';

/** How many of these stays overlap at most. */
export function peakOf(stays: readonly Stay[]): number {
  return Math.max(0, ...stays.map(stay => stays.filter(other => isOn(other, stay.fromEvent)).length));
}

/**
 * Gives each stay a cell of a grid with `columns` columns, for its whole length. Cells are numbered row by row.
 * With two or more columns, `isLeft` stays prefer the first column and the others the last; freed cells are taken
 * again only by stays that begin later. The grid has just enough rows for the fullest moment.
 */
export function assignSlots(
  stays: readonly Stay[],
  columns: number,
  isLeft: (stay: Stay) => boolean,
): { readonly rows: number; readonly cells: ReadonlyMap<string, number> } {
  const rows = Math.ceil(peakOf(stays) / columns);
  const cells = new Map<string, number>();
  const taken: { readonly stay: Stay; readonly cell: number }[] = [];
  for (const stay of [...stays].sort((a, b) => a.fromEvent - b.fromEvent)) {
    const free = Array.from({ length: rows * columns }, (_, cell) => cell).filter(
      cell => !taken.some(other => other.cell === cell && isOn(other.stay, stay.fromEvent)),
    );
    const column = isLeft(stay) ? 0 : columns - 1;
    const cell = free.find(candidate => candidate % columns === column) ?? free[0];
    if (cell === undefined) continue;
    taken.push({ stay, cell });
    cells.set(stay.id, cell);
  }
  return { rows, cells };
}

function isOn(stay: Stay, events: number): boolean {
  return stay.fromEvent <= events && events < stay.freeAt;
}
