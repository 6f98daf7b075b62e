import type { Artifact, Change } from '../../engine/index.ts';
import type { Entry, KeptContent } from './entry.ts';

/** What all entries of a folder together say. Contents are known by where they lie, not by their bytes. */
export class KeptState {
  seq = 0;
  starts = 0;
  /** The next number of a file. */
  nextFile = 1;
  readonly rows = new Map<string, Change>();
  readonly contents = new Map<string, KeptContent>();
  readonly artifacts = new Map<string, Artifact>();

  /** Takes an entry in. Returns the contents that nobody needs any more. */
  apply(entry: Entry): KeptContent[] {
    const gone: KeptContent[] = [];
    const drop = (name: string): void => {
      const old = this.contents.get(name);
      if (old) gone.push(old);
      this.contents.delete(name);
    };
    this.seq = entry.seq;
    this.starts = entry.starts ?? this.starts;
    for (const row of entry.rows) {
      if (row.value === undefined) this.rows.delete(nameOf(row.table, row.id));
      else this.rows.set(nameOf(row.table, row.id), row);
    }
    for (const artifact of entry.artifacts) this.artifacts.set(artifact.id, artifact);
    for (const content of entry.stored) {
      drop(nameOf(content.place, content.id));
      this.contents.set(nameOf(content.place, content.id), content);
      if (content.file !== undefined) this.nextFile = Math.max(this.nextFile, content.file + 1);
    }
    for (const { place, id } of entry.dropped) drop(nameOf(place, id));
    return gone;
  }

  find(place: KeptContent['place'], id: string): KeptContent | undefined {
    return this.contents.get(nameOf(place, id));
  }

  /** Forgets artifacts that no content speaks of, neither itself nor through others. */
  forgetUnused(): void {
    const needed = new Set<string>();
    const waiting = [...this.contents.values()].map(({ id }) => id);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const artifact = this.artifacts.get(id);
      if (needed.has(id) || !artifact) continue;
      needed.add(id);
      const { lock, derivedFrom } = artifact;
      waiting.push(...(lock ? [lock.keyId, ...lock.contents] : []), ...(derivedFrom ?? []));
    }
    for (const id of this.artifacts.keys()) if (!needed.has(id)) this.artifacts.delete(id);
  }
}

/** Names that cannot run together, whatever is in them. */
function nameOf(first: string, second: string): string {
  return JSON.stringify([first, second]);
}
