import { invariant } from '../errors.ts';
import type { JsonObject } from '../trace/event.ts';

/** A row that was written, or deleted when it has no value. */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly value?: JsonObject;
}

/**
 * Rows of plain data by id. A row is never changed, only replaced: so a snapshot is cheap, and a host that keeps
 * a world hears of every change.
 */
export class Table<Row extends object> {
  readonly name: string;
  readonly #rows = new Map<string, Row>();
  readonly #changes: Changes;

  /** Made by a store only. */
  constructor(name: string, changes: Changes) {
    this.name = name;
    this.#changes = changes;
  }

  get size(): number {
    return this.#rows.size;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  find(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** @throws EngineError `invariant` when there is none. */
  get(id: string): Row {
    const row = this.#rows.get(id);
    invariant(row, `table ${this.name} has the row it is asked for`);
    return row;
  }

  set(id: string, row: Row): void {
    this.#rows.set(id, Object.freeze(row));
    this.#changes.dirty.add(id);
  }

  delete(id: string): boolean {
    const { dirty, told } = this.#changes;
    // A row that came and went between two questions is no change: nobody may ever ask.
    if (told.has(id)) dirty.add(id);
    else dirty.delete(id);
    return this.#rows.delete(id);
  }

  /** In the order in which the ids first came. */
  values(): Row[] {
    return [...this.#rows.values()];
  }

  entries(): [string, Row][] {
    return [...this.#rows.entries()];
  }

  ids(): string[] {
    return [...this.#rows.keys()];
  }
}

/** Ids of the rows that have changed since somebody asked, and of those that were told or given at the start. */
interface Changes {
  readonly dirty: Set<string>;
  readonly told: Set<string>;
}

/** All tables of a world. */
export class Store {
  readonly #tables = new Map<string, { readonly table: Table<object>; readonly changes: Changes }>();
  readonly #waiting = new Map<string, Change[]>();

  /** @param rows what the tables hold from the start: what `dump` or earlier changes told. */
  constructor(rows: readonly Change[] = []) {
    for (const row of rows) {
      const waiting = this.#waiting.get(row.table) ?? [];
      waiting.push(row);
      this.#waiting.set(row.table, waiting);
    }
  }

  /** A table by its name; each name once. */
  table<Row extends object>(name: string): Table<Row> {
    invariant(!this.#tables.has(name), `table ${name} is made once`);
    const changes: Changes = { dirty: new Set(), told: new Set() };
    const table = new Table<Row>(name, changes);
    for (const { id, value } of this.#waiting.get(name) ?? []) {
      // Rows come from a file that this program has written and its host has checked.
      if (value === undefined) table.delete(id);
      else table.set(id, value as object as Row);
    }
    this.#waiting.delete(name);
    changes.dirty.clear();
    for (const id of table.ids()) changes.told.add(id);
    this.#tables.set(name, { table, changes });
    return table;
  }

  /** Every row that was written or deleted since the last call. */
  takeChanges(): Change[] {
    const found: Change[] = [];
    for (const {
      table,
      changes: { dirty, told },
    } of this.#tables.values()) {
      for (const id of dirty) {
        found.push(changeOf(table, id));
        if (table.has(id)) told.add(id);
        else told.delete(id);
      }
      dirty.clear();
    }
    return found;
  }

  /** Every row there is. */
  dump(): Change[] {
    return [...this.#tables.values()].flatMap(({ table }) => table.ids().map(id => changeOf(table, id)));
  }
}

function changeOf(table: Table<object>, id: string): Change {
  const row = table.find(id);
  return { table: table.name, id, ...(row === undefined ? {} : { value: row as JsonObject }) };
}
