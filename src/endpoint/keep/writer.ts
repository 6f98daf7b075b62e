import type { CloudChanges, SavedContent } from '../../engine/index.ts';
import { encodeLine, sumOf } from './checkedLines.ts';
import type { Disk, GrowingFile } from './disk.ts';
import { type Entry, INLINE_BYTES, KEEP_VERSION, type KeptContent } from './entry.ts';
import type { KeptState } from './keptState.ts';
import type { Paths } from './paths.ts';
import { codeOf, KeepProblem } from './problem.ts';
import { snapshotLines } from './snapshot.ts';

interface Waiting {
  readonly changes: CloudChanges;
  readonly resolve: () => void;
  readonly reject: (problem: KeepProblem) => void;
}

/** An entry, and what is to be written and removed with it. */
interface Prepared {
  readonly entry: Entry;
  readonly files: readonly NewFile[];
  readonly gone: readonly KeptContent[];
}
interface NewFile {
  readonly place: SavedContent['place'];
  readonly file: number;
  readonly bytes: Uint8Array;
}

/** Writes entries one after another; those that wait together share the waiting for the disk. */
export class Writer {
  failure: KeepProblem | undefined;
  readonly #disk: Disk;
  readonly #paths: Paths;
  readonly #state: KeptState;
  readonly #compactBytes: number;
  #journal: GrowingFile | undefined;
  #journalLength = 0;
  #snapshotLength = 0;
  #waiting: Waiting[] = [];
  #work: Promise<void> | undefined;

  constructor(disk: Disk, paths: Paths, state: KeptState, compactBytes: number) {
    this.#disk = disk;
    this.#paths = paths;
    this.#state = state;
    this.#compactBytes = compactBytes;
  }

  async open(journalLength: number, snapshotLength: number): Promise<void> {
    this.#snapshotLength = snapshotLength;
    if (journalLength === 0) await this.#beginJournal();
    else {
      this.#journal = await this.#disk.openToGrow(this.#paths.journal, journalLength);
      this.#journalLength = journalLength;
    }
    const started: Entry = {
      seq: this.#state.seq + 1,
      starts: this.#state.starts + 1,
      rows: [],
      stored: [],
      dropped: [],
      artifacts: [],
    };
    this.#state.apply(started);
    await this.#append(encodeLine(started));
    await this.#compactIfLong();
  }

  commit(changes: CloudChanges): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    const isEmpty = changes.rows.length + changes.stored.length + changes.dropped.length === 0;
    // Nothing new: but what came before may have been seen, so it is waited for.
    if (isEmpty && !this.#work) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      this.#work ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#work;
    await this.#journal?.close();
  }

  /** The entry for what really changed; `undefined` when nothing did. */
  #prepare({ rows, stored, dropped, artifacts }: CloudChanges): Prepared | undefined {
    const files: NewFile[] = [];
    const kept: KeptContent[] = [];
    let { nextFile } = this.#state;
    for (const { place, id, bytes } of stored) {
      const sha256 = sumOf(bytes, 64);
      const known = this.#state.find(place, id);
      if (known?.sha256 === sha256 && known.length === bytes.length) continue;
      const content = { place, id, length: bytes.length, sha256 };
      if (bytes.length <= INLINE_BYTES) {
        kept.push({ ...content, inline: Buffer.from(bytes).toString('base64') });
      } else {
        const file = nextFile++;
        kept.push({ ...content, file });
        files.push({ place, file, bytes });
      }
    }
    const known = dropped.filter(({ place, id }) => this.#state.find(place, id));
    if (rows.length + kept.length + known.length === 0) return undefined;
    const entry: Entry = {
      seq: this.#state.seq + 1,
      rows,
      stored: kept,
      dropped: known.map(({ place, id }) => ({ place, id })),
      artifacts: artifacts.filter(({ id }) => !this.#state.artifacts.has(id)),
    };
    return { entry, files, gone: this.#state.apply(entry) };
  }

  async #drain(): Promise<void> {
    // Whoever comes in the same turn is taken along.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(
          batch.map(({ changes }) => this.#prepare(changes)).filter(prepared => prepared !== undefined),
        );
        for (const { resolve } of batch) resolve();
        await this.#compactIfLong();
      } catch (thrown) {
        const { folder } = this.#paths;
        this.failure = new KeepProblem(
          `${folder} could not be written to: ${codeOf(thrown)}. No requests are taken until the endpoint is started again.`,
        );
        for (const { reject } of [...batch, ...this.#waiting]) reject(this.failure);
        this.#waiting = [];
      }
    }
    this.#work = undefined;
  }

  /** Contents first, then the lines that speak of them, then away with what nobody needs. */
  async #write(batch: readonly Prepared[]): Promise<void> {
    if (batch.length === 0) return;
    const touched = new Set<SavedContent['place']>();
    for (const { place, file, bytes } of batch.flatMap(({ files }) => files)) {
      await this.#disk.create(this.#paths.content(place, file), [bytes]);
      touched.add(place);
    }
    for (const place of touched) await this.#disk.syncFolder(this.#paths.contents(place));
    await this.#append(Buffer.concat(batch.map(({ entry }) => encodeLine(entry))));
    for (const { place, file } of batch.flatMap(({ gone }) => gone)) {
      if (file !== undefined) await this.#disk.remove(this.#paths.content(place, file));
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    await this.#journal?.append(bytes);
    this.#journalLength += bytes.length;
  }

  async #compactIfLong(): Promise<void> {
    if (this.#journalLength <= Math.max(this.#compactBytes, this.#snapshotLength)) return;
    this.#state.forgetUnused();
    const { snapshot, folder } = this.#paths;
    let length = 0;
    const lines = snapshotLines(this.#state, line => {
      length += line.length;
    });
    await this.#disk.remove(`${snapshot}.new`);
    await this.#disk.create(`${snapshot}.new`, lines);
    await this.#disk.replace(`${snapshot}.new`, snapshot);
    await this.#disk.syncFolder(folder);
    this.#snapshotLength = length;
    await this.#beginJournal();
  }

  async #beginJournal(): Promise<void> {
    const { journal, folder } = this.#paths;
    const head = encodeLine({ format: 'envelope-journal', version: KEEP_VERSION });
    await this.#journal?.close();
    await this.#disk.remove(`${journal}.new`);
    await this.#disk.create(`${journal}.new`, [head]);
    await this.#disk.replace(`${journal}.new`, journal);
    await this.#disk.syncFolder(folder);
    this.#journal = await this.#disk.openToGrow(journal, head.length);
    this.#journalLength = head.length;
  }
}
