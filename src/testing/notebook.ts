import type { Artifact, ArtifactId, Change, Cloud, SavedCloud, SavedContent } from '../engine/index.ts';

/** What a host writes down: every change in its turn, through JSON as a file would have it. */
export class Notebook {
  readonly #rows = new Map<string, Change>();
  readonly #contents = new Map<string, SavedContent>();
  readonly #artifacts = new Map<ArtifactId, Artifact>();

  write(cloud: Cloud): void {
    const { rows, stored, dropped, artifacts } = cloud.takeChanges();
    for (const row of JSON.parse(JSON.stringify(rows)) as Change[]) {
      const name = JSON.stringify([row.table, row.id]);
      if (row.value === undefined) this.#rows.delete(name);
      else this.#rows.set(name, row);
    }
    for (const one of stored) this.#contents.set(`${one.place} ${one.id}`, { ...one, bytes: one.bytes.slice() });
    for (const { place, id } of dropped) this.#contents.delete(`${place} ${id}`);
    for (const one of JSON.parse(JSON.stringify(artifacts)) as Artifact[])
      if (!this.#artifacts.has(one.id)) this.#artifacts.set(one.id, one);
  }

  read(): SavedCloud {
    return {
      rows: [...this.#rows.values()],
      contents: [...this.#contents.values()].map(one => ({ ...one, bytes: one.bytes.slice() })),
      artifacts: [...this.#artifacts.values()],
    };
  }
}
