import { type Bytes, concat, uint32 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import type { Clock } from '../clock.ts';
import { invariant } from '../errors.ts';
import type { Artifact, ArtifactId, ArtifactKind, Field, Lock } from './artifact.ts';
import type {
  ComparedEvent,
  DecidedEvent,
  DiscardedEvent,
  FailedEvent,
  LoggedEvent,
  MadeEvent,
  MovedEvent,
  Step,
  TraceEvent,
} from './event.ts';
import { letterPool } from './letters.ts';
import type { Actor, Place } from './place.ts';
import type { Room } from './room.ts';
import { sampleOf } from './sample.ts';
import type { StepName } from './step.ts';
import {
  type Exchange,
  type Holding,
  type MessageView,
  type Outcome,
  type RunSpec,
  type ServedRun,
  TRACE_FORMAT,
  TRACE_VERSION,
  type Trace,
} from './trace.ts';

const HEAD_BYTES = 1024;
const TAIL_BYTES = 32;
/** Before the identity of what is known as a document. */
const DOCUMENT = 'document:';
const WHOLE_DIGEST_LIMIT = 1024 * 1024;

/** What a service tells about an artifact when it first has it. */
export interface Description {
  readonly kind: ArtifactKind;
  readonly name: string;
  /** Its bytes, or for a handle a text that tells it from all other handles of the world. */
  readonly bytes: Uint8Array | { readonly handle: string; readonly byteLength?: number };
  readonly isSecret: boolean;
  readonly fields?: readonly Field[];
  readonly lock?: Lock;
  readonly derivedFrom?: readonly ArtifactId[];
  /** Only for keys whose letter follows from another key, such as `A′`; all others get the next free one. */
  readonly letter?: string;
  /** Length of the whole when `bytes` is only its beginning. */
  readonly byteLength?: number;
}

type Told<E extends TraceEvent> = Omit<E, 'index' | 'step' | 'actor' | 'at' | 'inputs' | 'outputs' | 'exchange'> & {
  readonly inputs?: readonly ArtifactId[];
  readonly outputs?: readonly ArtifactId[];
  readonly exchange?: number;
};
type ToldEvent =
  | Told<MadeEvent>
  | Told<MovedEvent>
  | Told<ComparedEvent>
  | Told<DecidedEvent>
  | Told<DiscardedEvent>
  | Told<LoggedEvent>
  | Told<FailedEvent>;

interface Recording {
  readonly run: RunSpec | ServedRun;
  readonly bucketName: string;
  readonly objectName: string;
  readonly objectLength: number;
  readonly opening: readonly Holding[];
  readonly steps: { name: StepName; actor: Actor; first: number; end: number }[];
  readonly events: TraceEvent[];
  readonly exchanges: Exchange[];
  /** Numbers of the exchanges under way, innermost last: events belong to the innermost. */
  readonly open: number[];
}

/**
 * Knows every artifact of a world and, while a run is recorded, writes down what happens. Handed to each service.
 */
export class Recorder {
  readonly #clock: Clock;
  readonly #digest: (bytes: Bytes) => Promise<Bytes>;
  readonly #artifacts = new Map<ArtifactId, Artifact>();
  readonly #byFingerprint = new Map<string, ArtifactId>();
  readonly #letters = letterPool();
  #recording: Recording | undefined;
  #onStep: ((completed: number) => void) | undefined;
  #count = 0;
  #pruneAt = 4096;

  /** `digest` is SHA-256; handed in, since the trace imports no cryptography. */
  constructor(clock: Clock, digest: (bytes: Bytes) => Promise<Bytes>) {
    this.#clock = clock;
    this.#digest = digest;
  }

  /**
   * The artifact with these bytes, if the world has seen it: identity is by content.
   * @param isWanted chooses where the same bytes are a document and something else too
   */
  async find(bytes: Uint8Array, isWanted: (id: ArtifactId) => boolean = () => true): Promise<Artifact | undefined> {
    const identity = await this.#identity(bytes, bytes.length);
    const ids = [this.#byFingerprint.get(identity), this.#byFingerprint.get(DOCUMENT + identity)];
    const id = ids.find(one => one !== undefined && isWanted(one));
    return id === undefined ? undefined : this.#completed(id, bytes);
  }

  /** The artifact with these bytes; described and named now if the world has not seen it before. */
  async identify(description: Description): Promise<Artifact> {
    const { bytes } = description;
    const isHandle = !(bytes instanceof Uint8Array);
    const byteLength = isHandle ? bytes.byteLength : (description.byteLength ?? bytes.length);
    const identity = isHandle ? `handle:${bytes.handle}` : await this.#identity(bytes, byteLength ?? 0);
    const name = roleOf(description.kind) + identity;
    const known = this.#byFingerprint.get(name);
    if (known !== undefined) return this.#completed(known, bytes);

    const letter = description.letter ?? this.#letters.take(description.kind);
    const artifact: Artifact = {
      id: `a${++this.#count}`,
      kind: description.kind,
      name: this.#nameOf(description),
      ...(letter === undefined ? {} : { letter }),
      ...(byteLength === undefined ? {} : { byteLength }),
      isHandle,
      isSecret: description.isSecret,
      fingerprint: identity.split(':').at(-1) ?? '',
      ...(identity.startsWith('sampled:') ? { isSampled: true as const } : {}),
      head: isHandle ? '' : toHex(bytes.subarray(0, HEAD_BYTES)),
      tail: isHandle ? '' : tailOf(bytes),
      fields: description.fields ?? [],
      ...(description.lock === undefined ? {} : { lock: description.lock }),
      ...(description.derivedFrom === undefined ? {} : { derivedFrom: description.derivedFrom }),
    };
    this.#artifacts.set(artifact.id, artifact);
    this.#byFingerprint.set(name, artifact.id);
    return artifact;
  }

  /** @throws EngineError `invariant` for an id nobody gave out. */
  get(id: ArtifactId): Artifact {
    const artifact = this.#artifacts.get(id);
    invariant(artifact, 'every artifact id was given out by the recorder');
    return artifact;
  }

  get isRecording(): boolean {
    return this.#recording !== undefined;
  }

  /** Starts a run: notes what each room holds now. */
  begin(
    run: RunSpec | ServedRun,
    subject: { bucketName: string; objectName: string; objectLength: number },
    rooms: readonly Room[],
  ): void {
    // Connections do not outlast a run: the first one of each run is T, so that a link shows the same letters everywhere.
    this.#letters.restart('session-key');
    const opening = rooms.flatMap(room => room.ids().map(artifact => ({ artifact, place: room.place })));
    this.#recording = { run, ...subject, opening, steps: [], events: [], exchanges: [], open: [] };
  }

  /**
   * Opens the next step; events that follow belong to it. Steps in which nothing happens are left out; a step of the same
   * name right after itself goes on.
   */
  step(name: StepName, actor: Actor): void {
    const recording = this.#recording;
    if (!recording) return;
    const isLast = () => recording.steps.at(-1)?.name === name && recording.steps.at(-1)?.actor === actor;
    if (isLast()) return;
    const last = recording.steps.at(-1);
    if (last && last.end === last.first) recording.steps.pop();
    if (isLast()) return;
    this.#onStep?.(recording.steps.length);
    recording.steps.push({ name, actor, first: recording.events.length, end: recording.events.length });
  }

  /** Somebody has a request in hands. */
  get isExchanging(): boolean {
    return (this.#recording?.open.length ?? 0) > 0;
  }

  /**
   * Calls back, in the middle of a run, each time a step is complete and before the next begins, with the number of steps so far (0 before
   * the first). Whoever listens may record a step of its own, and must stop listening first.
   */
  watchSteps(onStep: ((completed: number) => void) | undefined): void {
    this.#onStep = onStep;
  }

  /** Writes down an event. */
  emit(told: ToldEvent): void {
    const recording = this.#recording;
    if (!recording) return;
    const step = recording.steps.at(-1);
    invariant(step, 'every event belongs to a step');
    const exchange = told.exchange ?? recording.open.at(-1);
    recording.events.push(
      Object.freeze({
        inputs: [],
        outputs: [],
        ...told,
        ...(exchange === undefined ? {} : { exchange }),
        index: recording.events.length,
        step: recording.steps.length - 1,
        actor: step.actor,
        at: this.#clock.now(),
      }) as TraceEvent,
    );
    step.end = recording.events.length;
  }

  /** Notes a request on its way; its number is what events refer to. */
  openExchange(link: Exchange['link'], isSecure: boolean, request: MessageView): number {
    const recording = this.#recording;
    if (!recording) return -1;
    recording.exchanges.push({ index: recording.exchanges.length, link, isSecure, request });
    recording.open.push(recording.exchanges.length - 1);
    return recording.exchanges.length - 1;
  }

  /** Notes the answer. */
  closeExchange(index: number, response: MessageView): void {
    const recording = this.#recording;
    const exchange = recording?.exchanges[index];
    if (!recording || !exchange) return;
    recording.exchanges[index] = { ...exchange, response };
    const position = recording.open.indexOf(index);
    if (position >= 0) recording.open.splice(position, 1);
  }

  /** Ends the run and hands out its trace: frozen, plain data. */
  finish<Run extends RunSpec | ServedRun = RunSpec>(outcome: Outcome): Trace<Run> {
    const recording = this.#recording;
    invariant(recording, 'only a run that began can finish');
    this.#recording = undefined;
    const steps: Step[] = recording.steps
      .filter(step => step.end > step.first)
      .map((step, index) => ({ index, ...step }));
    const touched = new Set(recording.events.flatMap(event => [...event.inputs, ...event.outputs]));
    const isTold = ({ artifact, place }: Holding) => touched.has(artifact) || !isStore(recording.run, place);
    const opening = recording.opening.filter(isTold);
    const untold = countByPlace(recording.opening.filter(holding => !isTold(holding)));
    const used = this.#reachable([...opening.map(holding => holding.artifact), ...touched]);
    return Object.freeze({
      format: TRACE_FORMAT,
      version: TRACE_VERSION,
      // Whoever finishes a run is who began it.
      run: recording.run as Run,
      bucketName: recording.bucketName,
      objectName: recording.objectName,
      objectLength: recording.objectLength,
      opening,
      ...(untold ? { untold } : {}),
      artifacts: Object.fromEntries(used.map(id => [id, this.get(id)])),
      steps,
      events: recording.events.map(event => Object.freeze({ ...event, step: stepOf(event.index, steps) })),
      exchanges: recording.exchanges,
      outcome,
    });
  }

  /**
   * Takes over the artifacts of a kept world. Bytes of secrets are not kept: an artifact without them gets them back when
   * it is seen again.
   */
  restore(artifacts: readonly Artifact[]): void {
    for (const artifact of artifacts) {
      this.#artifacts.set(artifact.id, artifact);
      this.#byFingerprint.set(identityOf(artifact), artifact.id);
      this.#count = Math.max(this.#count, Number(artifact.id.slice(1)));
      if (artifact.letter !== undefined) this.#letters.skip(artifact.kind, artifact.letter);
    }
  }

  /** These artifacts and all that they speak of, in the order of their ids; what is secret without its bytes. */
  keepable(ids: readonly ArtifactId[]): Artifact[] {
    return this.#reachable(ids).map(id => {
      const artifact = this.get(id);
      return artifact.isSecret ? { ...artifact, head: '', tail: '' } : artifact;
    });
  }

  /**
   * Forgets artifacts that are nowhere any more: a world that serves for days must not grow with every request.
   * Works now and then only, when many have come since the last time.
   */
  prune(rooms: readonly Room[]): void {
    invariant(this.#recording === undefined, 'nothing is forgotten while a run is recorded');
    if (this.#artifacts.size < this.#pruneAt) return;
    const needed = new Set(this.#reachable(rooms.flatMap(room => room.ids())));
    for (const [identity, id] of this.#byFingerprint) {
      if (needed.has(id)) continue;
      this.#byFingerprint.delete(identity);
      this.#artifacts.delete(id);
    }
    this.#pruneAt = Math.max(4096, this.#artifacts.size * 2);
  }

  /** A known artifact; of a kept world's secret the bytes are filled in. */
  #completed(id: ArtifactId, bytes: Description['bytes']): Artifact {
    const artifact = this.get(id);
    if (!(bytes instanceof Uint8Array) || artifact.head !== '' || bytes.length === 0) return artifact;
    const whole = { ...artifact, head: toHex(bytes.subarray(0, HEAD_BYTES)), tail: tailOf(bytes) };
    this.#artifacts.set(id, whole);
    return whole;
  }

  /** Drops a recording that will not be finished. */
  abandon(): void {
    this.#recording = undefined;
  }

  /** An encrypted data key is named after the key in it: two of them may lie side by side. */
  #nameOf({ kind, name, lock }: Description): string {
    const inner = kind === 'encrypted-data-key' ? lock?.contents[0] : undefined;
    const letter = inner === undefined ? undefined : this.get(inner).letter;
    return letter === undefined ? name : `${name} ${letter}`;
  }

  #reachable(start: readonly ArtifactId[]): ArtifactId[] {
    const seen = new Set<ArtifactId>();
    const visit = (id: ArtifactId) => {
      if (seen.has(id)) return;
      seen.add(id);
      const { lock, derivedFrom } = this.get(id);
      for (const next of [...(lock ? [lock.keyId, ...lock.contents] : []), ...(derivedFrom ?? [])]) visit(next);
    };
    for (const id of start) visit(id);
    return [...seen].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  }

  async #identity(bytes: Uint8Array, byteLength: number): Promise<string> {
    const isWhole = bytes.length <= WHOLE_DIGEST_LIMIT;
    const sample = isWhole ? bytes : sampleOf(bytes);
    const digest = await this.#digest(concat(uint32(byteLength), sample));
    return `${isWhole ? 'whole' : 'sampled'}:${byteLength}:${toHex(digest.subarray(0, 8))}`;
  }
}

function stepOf(eventIndex: number, steps: readonly Step[]): number {
  return steps.findIndex(step => step.first <= eventIndex && eventIndex < step.end);
}

function tailOf(bytes: Uint8Array): string {
  return bytes.length <= HEAD_BYTES ? '' : toHex(bytes.subarray(-TAIL_BYTES));
}

function identityOf({ kind, isHandle, isSampled, byteLength, fingerprint }: Artifact): string {
  if (isHandle) return `handle:${fingerprint}`;
  return `${roleOf(kind)}${isSampled ? 'sampled' : 'whole'}:${byteLength}:${fingerprint}`;
}

/**
 * A document about a bucket is no secret and may lie open; somebody's object with the very same bytes must not. So they
 * are two artifacts.
 */
function roleOf(kind: ArtifactKind): string {
  return kind === 'configuration' ? DOCUMENT : '';
}

/**
 * Where a world that serves many requests keeps what most of them have nothing to do with: a trace tells of it only what
 * its run has touched.
 */
function isStore(run: RunSpec | ServedRun, place: Place): boolean {
  return 'service' in run && (place === 's3.disk' || place === 'audit' || place === 'kms.host');
}

function countByPlace(holdings: readonly Holding[]): Partial<Record<Place, number>> | undefined {
  const counts: Partial<Record<Place, number>> = {};
  for (const { place } of holdings) counts[place] = (counts[place] ?? 0) + 1;
  return holdings.length === 0 ? undefined : counts;
}
