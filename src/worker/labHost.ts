import {
  clearDesks,
  EngineError,
  MAX_OBJECT_BYTES,
  type Pace,
  type RunResult,
  type RunSpec,
  runDownload,
  runUpload,
  type StoredInput,
  storeUnrecorded,
  type World,
} from '../engine/index.ts';
import type { LabObject, LabReply, LabRequest } from './protocol.ts';

/** Bytes of uploaded objects kept for later downloads; the oldest worlds go first. */
const KEPT_BYTES = 96 * 1024 * 1024;

interface Kept {
  readonly world: World;
  readonly stored: StoredInput;
  readonly objectId: number;
}

/** Takes requests one after another, keeps the worlds that uploads made, and reports progress. */
export class LabHost {
  readonly #reply: (reply: LabReply) => void;
  readonly #keptBytes: number;
  readonly #kept = new Map<string, Kept>();
  readonly #cancelled = new Set<number>();
  #current = -1;
  #isPreparing = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(reply: (reply: LabReply) => void, keptBytes = KEPT_BYTES) {
    this.#reply = reply;
    this.#keptBytes = keptBytes;
  }

  /** Resolves when the request is done with; `cancel` takes effect between two pieces of work. */
  receive(request: LabRequest): Promise<void> {
    if (request.type === 'cancel') {
      // What is answered already cannot be cancelled any more.
      if (request.id >= this.#current) this.#cancelled.add(request.id);
      return Promise.resolve();
    }
    this.#queue = this.#queue.then(() => this.#run(request.id, request.spec, request.object));
    return this.#queue;
  }

  async #run(id: number, spec: RunSpec, object: LabObject): Promise<void> {
    this.#current = id;
    this.#isPreparing = false;
    try {
      this.#throwIfCancelled();
      const result =
        spec.operation === 'upload' ? await this.#upload(spec, object) : await this.#download(spec, object);
      const { trace, downloaded } = result;
      const download = downloaded && new Blob([downloaded], { type: object.type });
      clearDesks(result.world);
      this.#reply({ type: 'done', id, trace, ...(download ? { download } : {}) });
    } catch (thrown) {
      const isCancel = thrown instanceof EngineError && thrown.code === 'cancelled';
      if (isCancel) this.#reply({ type: 'cancelled', id });
      else this.#reply({ type: 'failed', id, ...describe(thrown) });
    } finally {
      this.#cancelled.delete(id);
    }
  }

  async #upload(spec: RunSpec, object: LabObject): Promise<RunResult> {
    const result = await runUpload(spec, await this.#read(object), this.#pace);
    // Only an upload that went through replaces what is kept: a cancelled or refused one loses nothing. And only the
    // owner's: what a download shows must not depend on who else tried what before, or its link would lie elsewhere.
    if (result.trace.outcome.isOk && spec.principal === 'owner') {
      const stored = { name: result.trace.objectName, length: object.content.size };
      this.#keep(spec, { world: result.world, stored, objectId: object.id });
    }
    return result;
  }

  async #download(spec: RunSpec, object: LabObject): Promise<RunResult> {
    let kept = this.#kept.get(nameOf(spec));
    if (kept?.objectId !== object.id) {
      this.#isPreparing = true;
      const input = await this.#read(object);
      const world = await storeUnrecorded(spec, input, this.#pace);
      const stored = { name: input.name === '' ? 'object' : input.name, length: object.content.size };
      kept = { world, stored, objectId: object.id };
      this.#keep(spec, kept);
      this.#isPreparing = false;
    }
    return runDownload(spec, kept.world, kept.stored);
  }

  #keep(spec: RunSpec, kept: Kept): void {
    const name = nameOf(spec);
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    let total = [...this.#kept.values()].reduce((sum, one) => sum + one.stored.length, 0);
    for (const [oldest, one] of this.#kept) {
      if (total <= this.#keptBytes || oldest === name) break;
      this.#kept.delete(oldest);
      total -= one.stored.length;
    }
  }

  async #read(object: LabObject) {
    if (object.content.size > MAX_OBJECT_BYTES) throw new EngineError('too-large', 'The object is larger than 64 MiB.');
    const bytes = new Uint8Array(await object.content.arrayBuffer());
    return { name: object.name, type: object.type, bytes, isHandedOver: true };
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

  #throwIfCancelled(): void {
    if (this.#cancelled.has(this.#current)) throw new EngineError('cancelled', 'The run was cancelled.');
  }
}

function nameOf(spec: RunSpec): string {
  return `${spec.mode}/${spec.seed ?? ''}`;
}

/** An error the page can show; what is not the engine's own says nothing about the data. */
function describe(thrown: unknown) {
  if (thrown instanceof EngineError) return { code: thrown.code, message: thrown.message };
  const isMissing = thrown instanceof Error && thrown.name === 'NotSupportedError';
  return isMissing
    ? ({ code: 'unsupported', message: 'This browser lacks an algorithm that the lab needs.' } as const)
    : ({ code: 'invariant', message: 'The run stopped at an unexpected place.' } as const);
}
