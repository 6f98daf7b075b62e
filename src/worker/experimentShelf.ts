import type { RunResult } from '../engine/index.ts';
import type { PlayedAct } from './lessonShelf.ts';

/** How many experiments are remembered; each takes some hundred kilobytes. */
const MOST = 12;

/** Which playing of an experiment: without a seed the first one is kept too, so that all its acts are of one world. */
export interface ExperimentWishName {
  readonly id: string;
  readonly byte?: number;
  readonly seed?: string;
}

/** Experiments that were played, act by act. The oldest go first. */
export class ExperimentShelf {
  readonly #played = new Map<string, readonly PlayedAct[]>();

  find(wish: ExperimentWishName): readonly PlayedAct[] | undefined {
    return this.#played.get(nameOf(wish));
  }

  keep(wish: ExperimentWishName, results: readonly RunResult[]): readonly PlayedAct[] {
    const acts = results.map(({ trace, downloaded }) => ({
      trace,
      ...(downloaded ? { download: new Blob([downloaded], { type: 'text/plain' }) } : {}),
    }));
    this.#played.set(nameOf(wish), acts);
    const [oldest] = this.#played.keys();
    if (this.#played.size > MOST && oldest !== undefined) this.#played.delete(oldest);
    return acts;
  }
}

function nameOf({ id, byte, seed }: ExperimentWishName): string {
  return `${id}/${byte ?? ''}/${seed ?? ''}`;
}
