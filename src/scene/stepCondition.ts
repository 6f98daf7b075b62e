import type {
  ArtifactId,
  ArtifactKind,
  ComparedEvent,
  Mode,
  Operation,
  PersonName,
  StepName,
  Trace,
  TraceEvent,
  Transport,
  Verb,
} from '../engine/index.ts';
import { writtenIn } from './instructionFile.ts';
import { askedBefore, askedIn, type RequestKind } from './requestKind.ts';

/** Holds for a step when one of its events meets every condition given. */
export interface StepCondition {
  readonly verb?: Verb;
  readonly mode?: readonly Mode[];
  /** What the event’s request to S3 asks for; of an event outside such a request: what the run does. */
  readonly operation?: Operation;
  readonly transport?: Transport;
  /** HTTP method of the event’s request to S3, for example `HEAD`. */
  readonly method?: string;
  /** Who is at the client. */
  readonly by?: PersonName;
  readonly what?: ComparedEvent['what'];
  readonly isEqual?: boolean;
  /** The API call that caused the event, for example `PutBucketEncryption`. */
  readonly api?: string;
  /** As the event names it, for example `AES-256-GCM`. */
  readonly algorithm?: string;
  /** An artifact of this kind is used or brought about, openly, within locks or within instruction files. */
  readonly touches?: ArtifactKind;
  /** An artifact of this kind is among what it brings about, as it is and not within a lock. */
  readonly brings?: ArtifactKind;
  /** Whether an encrypted data key of the client’s goes along: with an object it does not when it lies apart. */
  readonly hasEnvelope?: boolean;
  /** A step of this name came earlier in the run. */
  readonly after?: StepName;
  /** No step of this name came earlier in the run. */
  readonly without?: StepName;
  /** A step of this name came earlier in the same request to S3. */
  readonly afterInRequest?: StepName;
  /** An event of the same verb came before in the same step. */
  readonly isRepeated?: true;
  /** No other event of the step has its verb. */
  readonly isAlone?: true;
  /** What its request asks for; of an event outside requests: the client’s next. `kms:*` stands for every call to KMS. */
  readonly asks?: readonly RequestKind[];
  /** What the client’s last request asked for, of those before it. */
  readonly asked?: readonly RequestKind[];
  /** Of which kind the key is that does it. */
  readonly under?: ArtifactKind;
  /** A record of CloudTrail that is a management event. */
  readonly isManagement?: true;
  /** Code of the failure. */
  readonly code?: string;
  /** Code of the true reason, where a failure tells less than that. */
  readonly why?: string;
  /** A failure that tells less than the trace knows. */
  readonly hasReason?: true;
  /** An artifact of this kind lies open on the network by now. */
  readonly crossedOpenly?: ArtifactKind;
}

/** Whether an event of a run meets every condition given. */
export function isMet(trace: Trace, event: TraceEvent, when: StepCondition): boolean {
  const { mode, transport, principal } = trace.run;
  return (
    (when.verb === undefined || when.verb === event.verb) &&
    (when.mode === undefined || when.mode.includes(mode)) &&
    (when.operation === undefined || when.operation === operationOf(trace, event)) &&
    (when.transport === undefined || when.transport === transport) &&
    (when.method === undefined || when.method === methodOf(trace, event)) &&
    (when.by === undefined || when.by === principal) &&
    (when.what === undefined || (event.verb === 'compared' && event.what === when.what)) &&
    (when.isEqual === undefined || (event.verb === 'compared' && event.isEqual === when.isEqual)) &&
    (when.api === undefined || when.api === event.api) &&
    (when.algorithm === undefined || ('algorithm' in event && event.algorithm === when.algorithm)) &&
    (when.touches === undefined || touches(trace, event, when.touches)) &&
    (when.brings === undefined || event.outputs.some(id => trace.artifacts[id]?.kind === when.brings)) &&
    (when.hasEnvelope === undefined || when.hasEnvelope === hasEnvelope(trace, event)) &&
    (when.after === undefined || cameBefore(trace, event, when.after)) &&
    (when.without === undefined || !cameBefore(trace, event, when.without)) &&
    (when.afterInRequest === undefined || cameInRequest(trace, event, when.afterInRequest)) &&
    (when.isRepeated === undefined || isRepeated(trace, event)) &&
    (when.isAlone === undefined || isAlone(trace, event)) &&
    (when.asks === undefined || isAmong(askedIn(trace, event), when.asks)) &&
    (when.asked === undefined || isAmong(askedBefore(trace, event), when.asked)) &&
    (when.under === undefined || ('key' in event && trace.artifacts[event.key ?? '']?.kind === when.under)) &&
    (when.isManagement === undefined || (event.verb === 'logged' && event.record.managementEvent === true)) &&
    meetsFailure(event, when) &&
    (when.crossedOpenly === undefined || hasCrossedOpenly(trace, event, when.crossedOpenly))
  );
}

function meetsFailure(event: TraceEvent, { code, why, hasReason }: StepCondition): boolean {
  if (code === undefined && why === undefined && hasReason === undefined) return true;
  if (event.verb !== 'failed' && event.verb !== 'throttled') return false;
  return (
    (code === undefined || code === event.code) &&
    (why === undefined || why === event.why?.code) &&
    (hasReason === undefined || event.why !== undefined)
  );
}

function operationOf(trace: Trace, event: TraceEvent): Operation {
  const method = methodOf(trace, event);
  if (method === undefined) return trace.run.operation;
  return method === 'GET' || method === 'HEAD' ? 'download' : 'upload';
}

/** Nothing for events outside a request to S3. */
function methodOf(trace: Trace, event: TraceEvent): string | undefined {
  const exchange = event.exchange === undefined ? undefined : trace.exchanges[event.exchange];
  return exchange?.link === 'client-s3' ? exchange.request.startLine.split(' ', 1)[0] : undefined;
}

function touches(trace: Trace, event: TraceEvent, kind: ArtifactKind): boolean {
  // A set that grows while it is walked: nested locks and files are opened in turn.
  const touched = new Set<ArtifactId>([...event.inputs, ...event.outputs]);
  for (const id of touched) {
    const artifact = trace.artifacts[id];
    if (artifact?.kind === kind) return true;
    for (const inner of [...(artifact?.lock?.contents ?? []), ...writtenIn(trace, id)]) touched.add(inner);
  }
  return false;
}

/** The client’s are those it had in hands, or that open with a key of its own; Amazon S3’s never come to the client. */
function hasEnvelope(trace: Trace, event: TraceEvent): boolean {
  const moved = event.outputs.filter(id => trace.artifacts[id]?.kind === 'encrypted-data-key');
  if (moved.length === 0) return false;
  const before = trace.events.slice(0, event.index);
  const wasAtClient = (id: ArtifactId) =>
    before.some(({ place, outputs }) => place === 'client' && outputs.includes(id)) ||
    trace.opening.some(({ place, artifact }) => place === 'client' && artifact === id);
  return moved.some(id => {
    const opener = trace.artifacts[trace.artifacts[id]?.lock?.keyId ?? ''];
    return opener?.kind === 'wrapping-key' || wasAtClient(id);
  });
}

function cameBefore(trace: Trace, event: TraceEvent, name: StepName): boolean {
  return trace.steps.slice(0, event.step).some(step => step.name === name);
}

/** Since `s3.receive`, with which every request to S3 begins. */
function cameInRequest(trace: Trace, event: TraceEvent, name: StepName): boolean {
  for (let index = event.step; index > 0 && trace.steps[index]?.name !== 's3.receive'; index--) {
    if (trace.steps[index - 1]?.name === name) return true;
  }
  return false;
}

function isAlone(trace: Trace, event: TraceEvent): boolean {
  const step = trace.steps[event.step];
  const events = trace.events.slice(step?.first, step?.end);
  return !events.some(({ index, verb }) => verb === event.verb && index !== event.index);
}

function isAmong(kind: RequestKind | undefined, kinds: readonly RequestKind[]): boolean {
  if (kind === undefined) return false;
  return kinds.includes(kind) || (kind.startsWith('kms:') && kinds.includes('kms:*'));
}

function isRepeated(trace: Trace, event: TraceEvent): boolean {
  const first = trace.steps[event.step]?.first ?? event.index;
  return trace.events.slice(first, event.index).some(other => other.verb === event.verb);
}

/** Whether the tap has got hold of an artifact of this kind by now, outside of any lock. */
function hasCrossedOpenly(trace: Trace, until: TraceEvent, kind: ArtifactKind): boolean {
  return trace.events
    .slice(0, until.index)
    .some(event => event.place === 'network' && event.outputs.some(id => trace.artifacts[id]?.kind === kind));
}
