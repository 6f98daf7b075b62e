/** Plays an experiment: every act a recorded run, all in one world. */
import { type Bytes, utf8 } from '../bytes/bytes.ts';
import type { Clock } from '../clock.ts';
import type { Pace } from '../crypto/pace.ts';
import { invariant } from '../errors.ts';
import { clearDesks, hostOf, type RunResult, record } from '../lab.ts';
import { runLesson } from '../lessons/runLesson.ts';
import { forgetKeyRings } from '../takeAway.ts';
import type { LessonId } from '../trace/trace.ts';
import { createWorld, customerIn } from '../world.ts';
import type { Action } from './action.ts';
import type { Bench, Circumstances, Done } from './bench.ts';
import { namesOf } from './names.ts';
import { performAll } from './perform.ts';
import type { ExperimentAct, ExperimentPlan } from './plan.ts';
import { experimentSpecOf } from './spec.ts';

/** What the object of an experiment is called, and says unless its plan says otherwise. */
const OBJECT_NAME = 'report.txt';
const OBJECT_TEXT = 'Quarterly report, not for everybody: revenue 4,711,000 EUR; two hires; one customer lost.';

export interface ExperimentWish {
  readonly plan: ExperimentPlan;
  readonly seed?: string;
  /** Which byte a `flip` turns over, instead of the plan's. */
  readonly byte?: number;
}

/** All acts at once, by their names. @throws EngineError `cancelled` */
export async function runExperiment(wish: ExperimentWish, pace?: Pace): Promise<Readonly<Record<string, RunResult>>> {
  const results: Record<string, RunResult> = {};
  for await (const { name, result } of playExperiment(wish, pace)) results[name] = result;
  return results;
}

/**
 * Plays the acts, one after another. Afterwards, or when nobody asks for the next one, everybody's memory is empty; a lesson whose acts
 * are shown is played once, and its worlds are cleared by the time its first act is handed out.
 * @throws EngineError `cancelled`
 */
export async function* playExperiment(
  wish: ExperimentWish,
  pace?: Pace,
): AsyncGenerator<{ readonly name: string; readonly result: RunResult }> {
  const { plan } = wish;
  const bench = plan.acts.every(act => act.lesson) ? undefined : await setUp(wish, pace);
  const lessons = new Map<LessonId, readonly RunResult[]>();
  try {
    if (bench && plan.setup) {
      await performAll(bench, plan.setup, unrecorded(plan, undefined));
      clearDesks(bench.world);
    }
    for (const act of plan.acts) {
      const result = act.lesson
        ? await lessonAct(lessons, act.lesson, wish, pace)
        : await playAct(required(bench), wish, act);
      yield { name: act.name, result };
    }
  } finally {
    if (bench) forgetKeyRings(bench.world);
  }
}

function required(bench: Bench | undefined): Bench {
  invariant(bench, 'an act of its own has a world');
  return bench;
}

async function setUp(wish: ExperimentWish, pace: Pace | undefined): Promise<Bench> {
  const { plan, byte } = wish;
  const [first] = plan.acts;
  invariant(first, 'an experiment has acts');
  const { random, clock } = hostOf({
    ...experimentSpecOf(wish, first.name),
    mode: plan.world?.isBefore2023 ? 'none' : plan.mode,
  });
  const moved = movable(clock);
  const { kmsRequestsPerSecond, bucketKeySeconds } = plan.world ?? {};
  const world = await createWorld({
    // Before 2023 is a matter of the bucket, whatever mode its objects take later.
    mode: plan.world?.isBefore2023 ? 'none' : plan.mode,
    keyHolder: 'owner',
    random,
    clock: moved.clock,
    hasGuests: true,
    limits: {
      ...(kmsRequestsPerSecond === undefined ? {} : { kmsRequestsPerSecond }),
      ...(bucketKeySeconds === undefined ? {} : { bucketKeySeconds }),
    },
    ...(pace ? { pace } : {}),
  });
  return {
    world,
    objectName: OBJECT_NAME,
    content: contentOf(plan),
    names: namesOf(world, OBJECT_NAME),
    keyRings: new Map(),
    sleep: moved.sleep,
    ...(byte === undefined ? {} : { byte }),
  };
}

function contentOf({ text = OBJECT_TEXT }: ExperimentPlan): Bytes {
  return utf8(text);
}

/** A clock whose time can be made to pass. */
function movable(clock: Clock): { readonly clock: Clock; readonly sleep: (seconds: number) => void } {
  let ahead = 0;
  return {
    clock: { now: () => clock.now() + ahead },
    sleep: seconds => {
      ahead += Math.max(0, seconds) * 1000;
    },
  };
}

function unrecorded(plan: ExperimentPlan, act: ExperimentAct | undefined): Circumstances {
  const { mode, format, envelope } = plan;
  return {
    spec: { mode: act?.mode ?? mode, ...(format ? { format } : {}), ...(envelope ? { envelope } : {}) },
    person: 'owner',
    transport: 'https',
    isRecorded: false,
  };
}

async function playAct(bench: Bench, wish: ExperimentWish, act: ExperimentAct): Promise<RunResult> {
  const { plan } = wish;
  const { world, objectName, content } = bench;
  if (act.before) await performAll(bench, act.before, unrecorded(plan, act));
  clearDesks(world);
  const spec = experimentSpecOf(wish, act.name);
  const { room, recorder } = customerIn(world, spec.principal);
  if (act.does.some(bringsObject)) {
    // Theirs from the start, like every object that goes up.
    const bytes = content.slice();
    const object = await recorder.identify({ kind: 'plaintext-object', name: objectName, bytes, isSecret: true });
    room.hold(object.id, bytes);
  }
  let done: Done | undefined;
  const result = await record(world, spec, { name: objectName, length: content.length }, async () => {
    const { mode, format, envelope, principal, transport } = spec;
    const asked = { mode, ...(format ? { format } : {}), ...(envelope ? { envelope } : {}) };
    done = await performAll(bench, act.does, { spec: asked, person: principal, transport, isRecorded: true });
    return done.outcome;
  });
  const plaintext = done?.plaintext;
  return plaintext && room.has(plaintext.id) ? { ...result, downloaded: room.getBytes(plaintext.id).slice() } : result;
}

/** Whether an action sends the experiment’s own object. */
function bringsObject(action: Action): boolean {
  if (action.do === 'repeat') return bringsObject(action.action);
  return (action.do === 'upload' && action.text === undefined) || action.do === 'follow-link';
}

/** All acts that are taken from one lesson are of one playing of it: without a seed, two would have different keys. */
async function lessonAct(
  played: Map<LessonId, readonly RunResult[]>,
  { id, act }: NonNullable<ExperimentAct['lesson']>,
  { seed }: ExperimentWish,
  pace: Pace | undefined,
): Promise<RunResult> {
  const results = played.get(id) ?? (await playLesson(id, seed, pace));
  played.set(id, results);
  const result = results[act];
  invariant(result, 'a lesson has the act that an experiment takes from it');
  return result;
}

async function playLesson(id: LessonId, seed: string | undefined, pace: Pace | undefined) {
  const lesson = { id, ...(seed === undefined ? {} : { seed }) };
  const results = await runLesson(lesson, { name: OBJECT_NAME, type: 'text/plain', bytes: utf8(OBJECT_TEXT) }, pace);
  // What was downloaded lies on desks that are cleared here.
  const kept = results.map(one => (one.downloaded ? { ...one, downloaded: one.downloaded.slice() } : one));
  for (const { world } of results) forgetKeyRings(world);
  return kept;
}
