import type { RunSpec, Trace } from '../../engine/index.ts';
import type { LabObject, LabReply, LabRequest } from '../../worker/protocol.ts';
import type { TakeAwayAnswer, TakeAwayQuestion, WrappingKeyFile } from '../../worker/takeAwayProtocol.ts';

/** How far a long run is. `done` and `total` count bytes. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** A download whose object has yet to be stored: this is the storing. */
  readonly isPreparing?: true;
}

/** How a run that was asked for came out. */
export type LabResult =
  | { readonly type: 'done'; readonly trace: Trace; readonly download?: Blob }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'failed';
      readonly message: string;
      /** There is no such run at all: trying again would not help. */
      readonly isUnknown?: true;
    };

export interface PendingRun {
  /** Never rejects. */
  readonly result: Promise<LabResult>;
  readonly cancel: () => void;
}

/** The lab as the session sees it. */
export interface LabClient {
  readonly run: (
    spec: RunSpec,
    object: LabObject,
    onProgress: (progress: Progress) => void,
    wrappingKey?: WrappingKeyFile,
  ) => PendingRun;
  /** Asks something beside runs. Never rejects. Absent in a lab that only runs. */
  readonly ask?: (question: TakeAwayQuestion) => Promise<TakeAwayAnswer>;
  readonly dispose: () => void;
}

/** The part of `Worker` in use. */
export interface LabPort {
  postMessage(request: LabRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<LabReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Waiting {
  readonly settle: (result: LabResult) => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * A client over a worker. Should the worker crash, all that wait are told so, and the next run gets a new worker.
 */
export function createLabClient(startWorker: () => LabPort): LabClient {
  let port: LabPort | undefined;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();
  const asking = new Map<number, (answer: TakeAwayAnswer) => void>();

  const settle = (id: number, result: LabResult) => {
    waiting.get(id)?.settle(result);
    waiting.delete(id);
  };
  const answer = (id: number, told: TakeAwayAnswer) => {
    asking.get(id)?.(told);
    asking.delete(id);
  };
  const crash = (message: string) => {
    port?.terminate();
    port = undefined;
    for (const id of [...waiting.keys()]) settle(id, { type: 'failed', message });
    for (const id of [...asking.keys()]) answer(id, { type: 'problem', problem: message });
  };
  const receive = (reply: LabReply) => {
    switch (reply.type) {
      case 'progress':
        waiting.get(reply.id)?.onProgress({
          phase: reply.phase,
          done: reply.done,
          total: reply.total,
          ...(reply.isPreparing ? { isPreparing: true } : {}),
        });
        return;
      case 'done':
        settle(reply.id, {
          type: 'done',
          trace: reply.trace,
          ...(reply.download ? { download: reply.download } : {}),
        });
        return;
      case 'answer':
        answer(reply.id, reply.answer);
        return;
      case 'cancelled':
        settle(reply.id, { type: 'cancelled' });
        return;
      case 'failed':
        settle(reply.id, {
          type: 'failed',
          message: reply.message,
          ...(reply.code === 'unknown-run' ? { isUnknown: true } : {}),
        });
        return;
    }
  };
  const open = (): LabPort => {
    if (port) return port;
    const opened = startWorker();
    opened.onmessage = event => receive(event.data);
    opened.onerror = event => {
      event.preventDefault?.();
      crash(`The lab stopped unexpectedly${event.message ? ` (${event.message})` : ''}. Run it again to restart it.`);
    };
    port = opened;
    return opened;
  };

  return {
    run: (spec, object, onProgress, wrappingKey) => {
      const id = ++lastId;
      const result = new Promise<LabResult>(resolve => waiting.set(id, { settle: resolve, onProgress }));
      try {
        open().postMessage({ type: 'run', id, spec, object, ...(wrappingKey ? { wrappingKey } : {}) });
      } catch (error) {
        crash(`The lab could not be started (${error instanceof Error ? error.message : 'unknown reason'}).`);
      }
      return { result, cancel: () => port?.postMessage({ type: 'cancel', id }) };
    },
    ask: question => {
      const id = ++lastId;
      const told = new Promise<TakeAwayAnswer>(resolve => asking.set(id, resolve));
      try {
        open().postMessage({ type: 'ask', id, question });
      } catch (error) {
        crash(`The lab could not be started (${error instanceof Error ? error.message : 'unknown reason'}).`);
      }
      return told;
    },
    dispose: () => crash('The lab was closed.'),
  };
}
