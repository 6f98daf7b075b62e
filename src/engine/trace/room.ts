import { type Bytes, zeroize } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import type { ArtifactId } from './artifact.ts';
import type { JsonValue } from './event.ts';
import type { Place } from './place.ts';

/** What a place really holds: bytes, a key handle, or a record. */
export type Content = Bytes | CryptoKey | JsonValue;

/**
 * The real memory (or disk) of one place. Services read what they work with from here and nowhere else, so that
 * the law "complete" compares the trace with what the engine truly has.
 */
export class Room {
  readonly place: Place;
  readonly #contents = new Map<ArtifactId, Content>();
  readonly #changed = new Set<ArtifactId>();
  /** What the host that watches knows of; `undefined` when nobody watches. */
  #told: Set<ArtifactId> | undefined;

  constructor(place: Place) {
    this.place = place;
  }

  hold(id: ArtifactId, content: Content): void {
    this.#contents.set(id, content);
    if (this.#told) this.#changed.add(id);
  }

  has(id: ArtifactId): boolean {
    return this.#contents.has(id);
  }

  /** @throws EngineError `invariant` when the bytes are not here. */
  getBytes(id: ArtifactId): Bytes {
    const content = this.#contents.get(id);
    invariant(content instanceof Uint8Array, `${this.place} holds the bytes it works with`);
    return content;
  }

  /** @throws EngineError `invariant` when the handle is not here. */
  getKey(id: ArtifactId): CryptoKey {
    const content = this.#contents.get(id);
    invariant(content instanceof CryptoKey, `${this.place} holds the key it works with`);
    return content;
  }

  /**
   * Drops an artifact; secret bytes are overwritten first.
   * @returns whether a buffer was overwritten.
   */
  release(id: ArtifactId, isSecret: boolean): boolean {
    const content = this.#contents.get(id);
    invariant(content !== undefined, `${this.place} discards only what it holds`);
    this.#contents.delete(id);
    // What came and went between two questions is no change: nobody may ever ask.
    if (this.#told?.has(id)) this.#changed.add(id);
    else this.#changed.delete(id);
    if (!(content instanceof Uint8Array) || !isSecret) return false;
    zeroize(content);
    return true;
  }

  /** From now on the room remembers what changes, for a host that keeps it and knows what is here now. */
  watch(): void {
    this.#told = new Set(this.#contents.keys());
  }

  /** Ids of what came, was replaced or went since the last call; `has` tells which. */
  takeChanges(): ArtifactId[] {
    const ids = [...this.#changed];
    for (const id of ids) {
      if (this.#contents.has(id)) this.#told?.add(id);
      else this.#told?.delete(id);
    }
    this.#changed.clear();
    return ids;
  }

  /** Ids of everything here, in the order of arrival. */
  ids(): ArtifactId[] {
    return [...this.#contents.keys()];
  }

  /** For tests and projections: everything here. */
  entries(): [ArtifactId, Content][] {
    return [...this.#contents.entries()];
  }
}
