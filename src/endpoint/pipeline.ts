import type {
  Cloud,
  CloudChanges,
  EngineError,
  HttpResponse,
  Incoming,
  Serve,
  ServedRun,
  Trace,
} from '../engine/index.ts';
import { describeFailure } from './failure.ts';
import type { Keep } from './keep/keep.ts';
import { KeepProblem } from './keep/problem.ts';
import { ownAnswer } from './ownAnswers.ts';

export interface PipelineParts {
  readonly serve: Serve;
  /** What the requests so far have changed since it was asked last. */
  readonly takeChanges: () => CloudChanges;
  /** Absent: nothing is kept. */
  readonly keep?: Pick<Keep, 'commit' | 'failure'>;
  /** Absent: nothing is recorded. */
  readonly onTrace?: (trace: Trace<ServedRun>) => void;
  readonly report: (line: string) => void;
  /** What the server has told of since it was asked last: why an answer is a 500. */
  readonly takeFault?: FaultBox['takeFault'];
}

/** Takes a fault where the server tells it and gives it to whoever reports the request. */
export interface FaultBox {
  /** For `createServer`. */
  readonly onFault: (fault: EngineError) => void;
  /** For the pipeline. The last fault since the last call. */
  readonly takeFault: () => EngineError | undefined;
}

export function createFaultBox(): FaultBox {
  let last: EngineError | undefined;
  return {
    onFault: fault => {
      last = fault;
    },
    takeFault: () => {
      const fault = last;
      last = undefined;
      return fault;
    },
  };
}

/** Larger contents are not copied: the next request waits until they are on the disk. */
const COPY_BYTES = 1024 * 1024;

/**
 * Serves requests one after another and gives an answer away only when what it says would survive. While the disk is waited for,
 * the next request is served already; its answer waits too, since it may speak of what the first one did.
 */
export function createPipeline(parts: PipelineParts): (incoming: Incoming) => Promise<HttpResponse> {
  const { serve, takeChanges, keep, onTrace, report, takeFault } = parts;
  let last: Promise<unknown> = Promise.resolve();
  let isReported = false;

  const notKept = (incoming: Incoming, problem: KeepProblem): HttpResponse => {
    if (!isReported) report(problem.message);
    isReported = true;
    return ownAnswer('not-kept', incoming.request);
  };

  /** One turn: from the request to its changes, nothing else in between. */
  const take = async (incoming: Incoming): Promise<{ response: HttpResponse; kept: Promise<void> }> => {
    const problem = keep?.failure();
    if (problem) return { response: notKept(incoming, problem), kept: Promise.resolve() };
    let served: Awaited<ReturnType<Serve>> | undefined;
    let failure: unknown;
    try {
      served = await serve(incoming, onTrace !== undefined);
    } catch (thrown) {
      failure = thrown;
    }
    // A request that failed may have changed something all the same.
    const kept = keep ? commit(keep, takeChanges()) : { whenKept: Promise.resolve(), isLarge: false };
    kept.whenKept.catch(() => undefined);
    if (kept.isLarge) await kept.whenKept.catch(() => undefined);
    if (!served) throw failure;
    const fault = takeFault?.();
    if (fault || served.response.status === 500) {
      const where = `internal error in the engine: ${methodAndPath(incoming)}`;
      report(fault ? describeFailure(where, fault) : where);
    }
    if (served.trace) onTrace?.(served.trace);
    return { response: served.response, kept: kept.whenKept };
  };

  return async incoming => {
    const turn = last.then(() => take(incoming));
    last = turn.catch(() => undefined);
    const { response, kept } = await turn;
    try {
      await kept;
      return response;
    } catch (thrown) {
      if (thrown instanceof KeepProblem) return notKept(incoming, thrown);
      throw thrown;
    }
  };
}

/** For the operator; without the query, which may hold a signature. */
function methodAndPath({ request }: Incoming): string {
  return `${request.method} ${JSON.stringify(request.path)}`;
}

function commit(
  keep: Pick<Keep, 'commit'>,
  changes: CloudChanges,
): { readonly whenKept: Promise<void>; readonly isLarge: boolean } {
  const isLarge = changes.stored.some(({ bytes }) => bytes.length > COPY_BYTES);
  const stored = isLarge ? changes.stored : changes.stored.map(item => ({ ...item, bytes: item.bytes.slice() }));
  return { whenKept: keep.commit({ ...changes, stored }), isLarge };
}

/**
 * What changed in a cloud, with every artifact that the stored contents speak of: the folder knows which of them it has, the
 * cloud does not.
 */
export function changesOf(cloud: Cloud): CloudChanges {
  const changes = cloud.takeChanges();
  return changes.stored.length === 0
    ? changes
    : { ...changes, artifacts: cloud.recorder.keepable(changes.stored.map(({ id }) => id)) };
}
