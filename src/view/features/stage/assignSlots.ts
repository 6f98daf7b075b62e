import type { Stay } from './stays.ts';

/** How many of these stays overlap at most. */
export function peakOf(stays: readonly Stay[]): number {
  return Math.max(0, ...stays.map(stay => stays.filter(other => isOn(other, stay.fromEvent)).length));
}

/**
 * Gives each stay a cell of a grid with `columns` columns, for its whole length. Cells are numbered row by row.
 * With two or more columns, `isLeft` stays prefer the first column and the others the last; freed cells are taken
 * again only by stays that begin later. What is made lies as near as can be to what it is made from. The grid has just enough rows for the fullest moment.
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
    const inColumn = free.filter(candidate => candidate % columns === column);
    const cell = nearest(inColumn.length > 0 ? inColumn : free, rowOfInputs(stay, taken, columns), columns);
    if (cell === undefined) continue;
    taken.push({ stay, cell });
    cells.set(stay.id, cell);
  }
  return { rows, cells };
}

/** Mean row of what it is made from, as far as that lies in the same room. */
function rowOfInputs(
  stay: Stay,
  taken: readonly { readonly stay: Stay; readonly cell: number }[],
  columns: number,
): number | undefined {
  const rows = (stay.madeFrom ?? []).flatMap(input => {
    const source = taken.find(other => other.stay.artifact === input && isOn(other.stay, stay.fromEvent));
    return source ? [Math.floor(source.cell / columns)] : [];
  });
  return rows.length === 0 ? undefined : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}

function nearest(cells: readonly number[], row: number | undefined, columns: number): number | undefined {
  if (row === undefined) return cells[0];
  const away = (cell: number) => Math.abs(Math.floor(cell / columns) - row);
  return cells.reduce<number | undefined>(
    (best, cell) => (best === undefined || away(cell) < away(best) ? cell : best),
    undefined,
  );
}

function isOn(stay: Stay, events: number): boolean {
  return stay.fromEvent <= events && events < stay.freeAt;
}
