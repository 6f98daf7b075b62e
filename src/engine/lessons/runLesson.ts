/** Plays a lesson: every act a recorded run, all in one world. */
import type { Pace } from '../crypto/pace.ts';
import { invariant } from '../errors.ts';
import { check, clearDesks, hostOf, type LabInput, nameOf, putOnDesk, type RunResult, record } from '../lab.ts';
import { forgetKeyRings } from '../takeAway.ts';
import type { LessonId, RunSpec } from '../trace/trace.ts';
import { createWorld, customerIn, type World } from '../world.ts';
import { type Act, actSpecOf, LESSON_PLANS } from './acts.ts';
import { range, swapV2, swapV3 } from './attacks.ts';
import type { ActEnd, LessonRun, LessonScript } from './bench.ts';
import {
  encryptionSdk,
  lostKey,
  materialDescription,
  rotateWrappingKey,
  s3Features,
  twoLayers,
} from './wrappingKeys.ts';

const SCRIPTS: Readonly<Record<LessonId, LessonScript>> = {
  'material-description': materialDescription,
  'rotate-wrapping-key': rotateWrappingKey,
  'swap-v2': swapV2,
  'swap-v3': swapV3,
  'lost-key': lostKey,
  'two-layers': twoLayers,
  range,
  's3-features': s3Features,
  'encryption-sdk': encryptionSdk,
};

/** What an object that the lesson brings is called. */
const GIVEN_NAME = 'payment.txt';

/**
 * Plays the acts of a lesson, one after another, in a world of its own. `input` is the learner's object, which lessons that
 * bring their own leave alone. `downloaded` is what an act brought to whoever asked, even if that is ciphertext. A lesson that is
 * stopped half way leaves no key behind; after a whole one, that is for the host to do (`forgetKeyRings`).
 * @throws EngineError `too-large`, `cancelled`
 */
export async function* playLesson(
  lesson: { readonly id: LessonId; readonly seed?: string },
  input: LabInput,
  pace?: Pace,
): AsyncGenerator<RunResult> {
  check(input);
  const plan = LESSON_PLANS[lesson.id];
  const spec = actSpecOf(lesson, 0);
  const world = await createWorld({ mode: plan.mode, keyHolder: 'owner', ...hostOf(spec), ...(pace ? { pace } : {}) });
  let isWhole = false;
  try {
    const script = await SCRIPTS[lesson.id](world);
    for (const [index, act] of plan.acts.entries()) {
      const isLastToBring = !plan.acts.slice(index + 1).some(({ bringsObject }) => bringsObject);
      yield await runAct({ world, script, act, input, isLastToBring, spec: actSpecOf(lesson, index) });
    }
    isWhole = true;
  } finally {
    // Nobody will ever use this world again. Of a whole lesson the last act is still to be looked at: its host clears up.
    if (!isWhole) forgetKeyRings(world);
  }
}

/** All acts at once: one result an act, in order. @throws EngineError `too-large`, `cancelled` */
export async function runLesson(
  lesson: { readonly id: LessonId; readonly seed?: string },
  input: LabInput,
  pace?: Pace,
): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  for await (const result of playLesson(lesson, input, pace)) results.push(result);
  return results;
}

interface ActToRun {
  readonly world: World;
  readonly script: LessonRun;
  readonly act: Act;
  readonly input: LabInput;
  /** No later act brings the object once more. */
  readonly isLastToBring: boolean;
  readonly spec: RunSpec;
}

async function runAct({ world, script, act, input, isLastToBring, spec }: ActToRun): Promise<RunResult> {
  const isOwn = script.given === undefined;
  const name = isOwn ? nameOf(input) : GIVEN_NAME;
  // The learner's own buffer is worked on, and overwritten, in the last act only that brings the object.
  const isHandedOver = input.isHandedOver === true && isLastToBring;
  const brought = script.given ? { name, type: 'text/plain', bytes: script.given } : { ...input, isHandedOver };
  const hasObject = spec.lesson?.act === 0 || act.bringsObject === true;
  const object = hasObject ? await putOnDesk(world, spec.principal, brought, script.keep?.()) : undefined;
  if (!hasObject) clearDesks(world, script.keep?.());
  const run = script.acts[act.name];
  invariant(run, 'a lesson’s script has every act of its plan');
  let end: ActEnd | undefined;
  const stored = { name, length: brought.bytes.length };
  const result = await record(world, spec, stored, async () => {
    end = await run({
      world,
      address: { bucketName: world.names.bucketName, objectName: name },
      contentType: brought.type === '' ? 'application/octet-stream' : brought.type,
      object: () => {
        invariant(object, 'an act that uploads the learner’s object has it');
        return object;
      },
    });
    return end.outcome;
  });
  const { room } = customerIn(world, spec.principal);
  const plaintext = end?.plaintext;
  // A copy: the next act clears this desk.
  return plaintext ? { ...result, downloaded: room.getBytes(plaintext.id).slice() } : result;
}
