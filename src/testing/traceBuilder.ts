import type {
  Actor,
  Artifact,
  ArtifactId,
  ArtifactKind,
  Exchange,
  Holding,
  Outcome,
  Place,
  RunSpec,
  Step,
  StepName,
  Trace,
  TraceEvent,
} from '../engine/index.ts';

type Optional = 'inputs' | 'outputs' | 'facts';
type Given = 'index' | 'step' | 'actor' | 'at';
type Told<E extends TraceEvent> = E extends TraceEvent ? Omit<E, Given | Optional> & Partial<Pick<E, Optional>> : never;
/** An event without what the builder fills in: position, step, actor, time, and empty lists. */
export type ToldEvent = Told<TraceEvent>;

const SECRET_KINDS: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  'plaintext-object',
  'data-key',
  'derived-key',
  'wrapping-key',
  'customer-key',
  'session-key',
  'backing-key',
  'domain-key',
  's3-root-key',
]);

/** Builds a trace by hand, for tests of what comes after the engine. Reads like the run it builds. */
export class TraceBuilder {
  readonly #run: RunSpec;
  readonly #artifacts: Record<ArtifactId, Artifact> = {};
  readonly #opening: Holding[] = [];
  readonly #steps: Step[] = [];
  readonly #events: TraceEvent[] = [];
  readonly #exchanges: Exchange[] = [];
  #outcome: Outcome = { isOk: true, status: 200 };
  #objectName = 'report.txt';

  constructor(run: Partial<RunSpec>) {
    this.#run = { mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner', ...run };
  }

  /** Describes an artifact; whether it is secret follows from its kind unless told. */
  artifact(id: ArtifactId, kind: ArtifactKind, more: Partial<Omit<Artifact, 'id' | 'kind'>> = {}): this {
    this.#artifacts[id] = {
      id,
      kind,
      name: kind.replaceAll('-', ' '),
      byteLength: 32,
      isHandle: false,
      isSecret: SECRET_KINDS.has(kind),
      fingerprint: '0011223344556677',
      head: '00112233',
      tail: '',
      fields: [],
      ...more,
    };
    return this;
  }

  /** Puts artifacts at a place before the first event. */
  opening(place: Place, ...ids: readonly ArtifactId[]): this {
    this.#opening.push(...ids.map(artifact => ({ artifact, place })));
    return this;
  }

  /** Opens a step with its events; the actor is the part of the name before the dot unless told. */
  step(name: StepName, events: readonly ToldEvent[], actor?: Actor): this {
    const index = this.#steps.length;
    const first = this.#events.length;
    const prefix = name.slice(0, name.indexOf('.'));
    const who: Actor = actor ?? (prefix === 's3' || prefix === 'kms' ? prefix : 'client');
    for (const told of events) {
      const position = this.#events.length;
      this.#events.push({
        inputs: [],
        outputs: [],
        facts: [],
        ...told,
        index: position,
        step: index,
        actor: who,
        at: 1_760_000_000_000 + position,
      });
    }
    this.#steps.push({ index, name, actor: who, first, end: this.#events.length });
    return this;
  }

  objectNamed(name: string): this {
    this.#objectName = name;
    return this;
  }

  outcome(outcome: Outcome): this {
    this.#outcome = outcome;
    return this;
  }

  build(): Trace {
    return {
      format: 'envelope-trace',
      version: 1,
      run: this.#run,
      bucketName: 'lab-bucket',
      objectName: this.#objectName,
      objectLength: 27,
      opening: [...this.#opening],
      artifacts: { ...this.#artifacts },
      steps: [...this.#steps],
      events: [...this.#events],
      exchanges: [...this.#exchanges],
      outcome: this.#outcome,
    };
  }
}

/** Starts a trace; what is not told is an SSE-S3 upload over HTTPS by the owner. */
export function aTrace(run: Partial<RunSpec> = {}): TraceBuilder {
  return new TraceBuilder(run);
}
