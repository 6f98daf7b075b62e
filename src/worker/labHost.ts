import {
  clearDesks,
  EngineError,
  EXPERIMENT_PLANS,
  forgetKeyRings,
  type LabInput,
  MAX_OBJECT_BYTES,
  type Pace,
  type RunResult,
  type RunSpec,
  runAttack,
  runDownload,
  runExperiment,
  runFork,
  runLesson,
  runUpload,
  type StoredInput,
  storeUnrecorded,
} from '../engine/index.ts';
import { ExperimentShelf, type ExperimentWishName } from './experimentShelf.ts';
import { LessonShelf, type LessonWish, type PlayedAct } from './lessonShelf.ts';
import type { LabObject, LabReply, LabRequest } from './protocol.ts';
import { answerTakeAway, givenOf, type KeptWorld } from './takeAway.ts';
import type { TakeAwayQuestion, WrappingKeyFile } from './takeAwayProtocol.ts';

/** Bytes of uploaded objects kept for later downloads; the oldest worlds go first. */
const KEPT_BYTES = 96 * 1024 * 1024;

/** Plays a whole lesson: one result an act, in order. */
export type PlayLesson = (lesson: LessonWish, input: LabInput, pace?: Pace) => Promise<readonly RunResult[]>;

interface Kept extends KeptWorld {
  readonly stored: StoredInput;
}

/** Takes requests one after another, keeps the worlds that uploads made, and reports progress. */
export class LabHost {
  readonly #reply: (reply: LabReply) => void;
  readonly #keptBytes: number;
  readonly #playLesson: PlayLesson;
  readonly #kept = new Map<string, Kept>();
  readonly #lessons: LessonShelf;
  readonly #experiments = new ExperimentShelf();
  readonly #cancelled = new Set<number>();
  #current = -1;
  /** The key that came with the run. */
  #ownKey: WrappingKeyFile | undefined;
  #isPreparing = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(reply: (reply: LabReply) => void, keptBytes = KEPT_BYTES, playLesson: PlayLesson = runLesson) {
    this.#reply = reply;
    this.#keptBytes = keptBytes;
    this.#playLesson = playLesson;
    this.#lessons = new LessonShelf(keptBytes);
  }

  /** Resolves when the request is done with; `cancel` takes effect between two pieces of work. */
  receive(request: LabRequest): Promise<void> {
    if (request.type === 'cancel') {
      // What is answered already cannot be cancelled any more.
      if (request.id >= this.#current) this.#cancelled.add(request.id);
      return Promise.resolve();
    }
    this.#queue = this.#queue.then(() =>
      request.type === 'ask'
        ? this.#answer(request.id, request.question)
        : this.#run(request.id, request.spec, request.object, request.wrappingKey),
    );
    return this.#queue;
  }

  async #run(id: number, spec: RunSpec, object: LabObject, ownKey?: WrappingKeyFile): Promise<void> {
    this.#current = id;
    this.#ownKey = isStaged(spec) ? undefined : ownKey;
    this.#isPreparing = false;
    try {
      this.#throwIfCancelled();
      this.#reply({ type: 'done', id, ...(await this.#played(spec, object)) });
    } catch (thrown) {
      const isCancel = thrown instanceof EngineError && thrown.code === 'cancelled';
      if (isCancel) this.#reply({ type: 'cancelled', id });
      else this.#reply({ type: 'failed', id, ...describe(thrown) });
    } finally {
      this.#cancelled.delete(id);
      ownKey?.secret.fill(0);
      this.#ownKey = undefined;
    }
  }

  async #answer(id: number, question: TakeAwayQuestion): Promise<void> {
    this.#current = id;
    try {
      const nameOfRun = ({
        spec,
        fingerprint,
      }: {
        readonly spec: RunSpec;
        readonly fingerprint?: string | undefined;
      }) => nameOf(spec, fingerprint);
      this.#reply({ type: 'answer', id, answer: await answerTakeAway(question, this.#kept, nameOfRun) });
    } catch (thrown) {
      this.#reply({ type: 'answer', id, answer: { type: 'problem', problem: describe(thrown).message } });
    } finally {
      this.#cancelled.delete(id);
    }
  }

  #played(spec: RunSpec, object: LabObject): Promise<PlayedAct> {
    const seeded = spec.seed === undefined ? {} : { seed: spec.seed };
    if (spec.lesson) return this.#act({ ...spec.lesson, ...seeded }, object);
    if (spec.experiment) return this.#experiment({ ...spec.experiment, ...seeded });
    return spec.attack || spec.fork ? this.#once(spec, object) : this.#play(spec, object);
  }

  /** Every act of an experiment is played when the first of them is asked for. */
  async #experiment(wish: ExperimentWishName & { readonly act: number }): Promise<PlayedAct> {
    let acts = this.#experiments.find(wish);
    if (!acts) {
      const plan = EXPERIMENT_PLANS.find(({ id }) => id === wish.id);
      if (!plan) throw new EngineError('unknown-run', 'There is no experiment of this name.');
      const results = await runExperiment({ ...wish, plan }, this.#pace);
      acts = this.#experiments.keep(
        wish,
        plan.acts.flatMap(({ name }) => results[name] ?? []),
      );
    }
    const act = acts[wish.act];
    if (!act) throw new EngineError('unknown-run', 'The experiment has no such act.');
    return act;
  }

  /** In a world of its own, of which nothing is kept. */
  async #once(spec: RunSpec, object: LabObject): Promise<PlayedAct> {
    const input = await this.#read(object);
    const { trace, world, downloaded } = spec.attack
      ? await runAttack(spec, input, this.#pace)
      : await runFork(spec, input, this.#pace);
    const download = downloaded && new Blob([downloaded], { type: object.type });
    forgetKeyRings(world);
    clearDesks(world);
    return { trace, ...(download ? { download } : {}) };
  }

  async #play(spec: RunSpec, object: LabObject): Promise<PlayedAct> {
    const result = spec.operation === 'upload' ? await this.#upload(spec, object) : await this.#download(spec, object);
    const { trace, downloaded } = result;
    const download = downloaded && new Blob([downloaded], { type: object.type });
    clearDesks(result.world);
    return { trace, ...(download ? { download } : {}) };
  }

  /** The acts of a lesson are played together, when the first of them is asked for. */
  async #act(wish: LessonWish & { readonly act: number }, object: LabObject): Promise<PlayedAct> {
    let acts = this.#lessons.find(wish, object);
    if (!acts) {
      const { id, seed } = wish;
      const lesson = { id, ...(seed === undefined ? {} : { seed }) };
      const results = await this.#playLesson(lesson, await this.#read(object), this.#pace);
      acts = this.#lessons.keep(lesson, object, results);
      // Nothing is ever done in a lesson’s world again: its keys go too. What was downloaded are copies.
      for (const { world } of results) forgetKeyRings(world);
    }
    const act = acts[wish.act];
    if (!act) throw new EngineError('invariant', 'The lesson has no such act.');
    return act;
  }

  async #upload(spec: RunSpec, object: LabObject): Promise<RunResult> {
    const result = await runUpload(spec, await this.#read(object), this.#pace);
    // Only an upload that went through replaces what is kept: a cancelled or refused one loses nothing. And only the
    // owner's: what a download shows must not depend on who else tried what before, or its link would lie elsewhere.
    if (result.trace.outcome.isOk && spec.principal === 'owner') {
      const stored = { name: result.trace.objectName, length: object.content.size };
      this.#keep(spec, { world: result.world, stored, objectId: object.id, ownKey: this.#ownKeyTold });
    } else {
      forgetKeyRings(result.world);
    }
    return result;
  }

  async #download(spec: RunSpec, object: LabObject): Promise<RunResult> {
    let kept = this.#kept.get(nameOf(spec, this.#ownKey?.fingerprint));
    if (kept?.objectId !== object.id) {
      this.#isPreparing = true;
      const input = await this.#read(object);
      const world = await storeUnrecorded(spec, input, this.#pace);
      const stored = { name: input.name === '' ? 'object' : input.name, length: object.content.size };
      kept = { world, stored, objectId: object.id, ownKey: this.#ownKeyTold };
      this.#keep(spec, kept);
      this.#isPreparing = false;
    }
    return runDownload(spec, kept.world, kept.stored);
  }

  #keep(spec: RunSpec, kept: Kept): void {
    const name = nameOf(spec, kept.ownKey?.fingerprint);
    this.#drop(name);
    this.#kept.set(name, kept);
    let total = [...this.#kept.values()].reduce((sum, one) => sum + one.stored.length, 0);
    for (const [oldest, one] of this.#kept) {
      if (total <= this.#keptBytes || oldest === name) break;
      this.#drop(oldest);
      total -= one.stored.length;
    }
  }

  /** A world that goes takes its keys with it. */
  #drop(name: string): void {
    const one = this.#kept.get(name);
    if (one) forgetKeyRings(one.world);
    this.#kept.delete(name);
  }

  async #read(object: LabObject) {
    if (object.content.size > MAX_OBJECT_BYTES) throw new EngineError('too-large', 'The object is larger than 64 MiB.');
    const bytes = new Uint8Array(await object.content.arrayBuffer());
    const wrappingKey = this.#ownKey && givenOf(this.#ownKey);
    return { name: object.name, type: object.type, bytes, isHandedOver: true, ...(wrappingKey ? { wrappingKey } : {}) };
  }

  readonly #pace: Pace = {
    checkpoint: async (phase, done, total) => {
      this.#throwIfCancelled();
      if (total < 1024 * 1024) return;
      const isPreparing = this.#isPreparing ? { isPreparing: true as const } : {};
      this.#reply({ type: 'progress', id: this.#current, phase, done, total, ...isPreparing });
      // A macrotask turn, so that a waiting `cancel` is heard.
      await new Promise<void>(resolve => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(undefined);
      });
      this.#throwIfCancelled();
    },
  };

  /** The key of the run as it may be remembered: without its bytes. */
  get #ownKeyTold(): Kept['ownKey'] {
    const own = this.#ownKey;
    return own && { type: own.type, fingerprint: own.fingerprint };
  }

  #throwIfCancelled(): void {
    if (this.#cancelled.has(this.#current)) throw new EngineError('cancelled', 'The run was cancelled.');
  }
}

/** Runs in worlds of their own, which know nothing of keys that were brought. */
function isStaged({ lesson, experiment, fork, attack }: RunSpec): boolean {
  return Boolean(lesson ?? experiment ?? fork ?? attack);
}

function nameOf(spec: RunSpec, ownKey = ''): string {
  return `${spec.mode}/${spec.format ?? ''}/${spec.envelope ?? ''}/${ownKey}/${spec.seed ?? ''}`;
}

/** An error the page can show; what is not the engine's own says nothing about the data. */
function describe(thrown: unknown) {
  if (thrown instanceof EngineError) return { code: thrown.code, message: thrown.message };
  const isMissing = thrown instanceof Error && thrown.name === 'NotSupportedError';
  return isMissing
    ? ({ code: 'unsupported', message: 'This browser lacks an algorithm that the lab needs.' } as const)
    : ({ code: 'invariant', message: 'The run stopped at an unexpected place.' } as const);
}
