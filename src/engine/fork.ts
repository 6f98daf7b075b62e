/** Runs that leave another one's way: the same up to a step, and then one thing is otherwise. */
import type { Customer } from './client/customer.ts';
import { download, fail, upload } from './client/transfer.ts';
import type { Pace } from './crypto/pace.ts';
import { EngineError, invariant } from './errors.ts';
import { type Damage, damage, prepareDamage } from './experiments/damage.ts';
import type { PolicyDocument, PolicyStatement } from './iam/policy.ts';
import { isLike } from './iam/wildcard.ts';
import {
  check,
  clearDesks,
  hostOf,
  type LabInput,
  nameOf,
  orForget,
  putOnDesk,
  type RunResult,
  record,
  storeUnrecorded,
} from './lab.ts';
import type { Artifact } from './trace/artifact.ts';
import type { Outcome, RunChange, RunSpec } from './trace/trace.ts';
import { createWorld, customerIn, type World } from './world.ts';

/**
 * Plays `spec` with its change. Whoever compares it with the run it left plays both with one seed: up to the change they are the same,
 * byte for byte (F-SIM-107). Somebody else, or another line, counts from the beginning: nothing depends on them before.
 * @throws EngineError `too-large`, `cancelled`
 */
export async function runFork(spec: RunSpec, input: LabInput, pace?: Pace): Promise<RunResult> {
  check(input);
  const { fork } = spec;
  invariant(fork, 'a changed run says what is changed');
  const { change } = fork;
  // Who asks and over which line is told by the run itself.
  const run: RunSpec = {
    ...spec,
    ...(change.kind === 'principal' ? { principal: change.principal } : {}),
    ...(change.kind === 'transport' ? { transport: change.transport } : {}),
  };
  const world =
    spec.operation === 'download'
      ? await storeUnrecorded(spec, input, pace)
      : await createWorld({ mode: spec.mode, keyHolder: spec.principal, ...hostOf(spec), ...(pace ? { pace } : {}) });
  return orForget(world, () => playFork(world, spec, run, input));
}

/** @param spec as it was asked for; `run` is as it is told */
async function playFork(world: World, spec: RunSpec, run: RunSpec, input: LabInput): Promise<RunResult> {
  const { fork } = spec;
  invariant(fork, 'a changed run says what is changed');
  const { change } = fork;
  const name = nameOf(input);
  const stored = { name, length: input.bytes.length };
  const flip = change.kind === 'flip' ? await prepareDamage(world, name, change.piece, change.byte) : undefined;
  const object = run.operation === 'upload' ? await putOnDesk(world, run.principal, input) : undefined;
  if (!object) clearDesks(world);
  world.recorder.watchSteps(completed => {
    if (completed !== fork.after) return;
    world.recorder.watchSteps(undefined);
    apply(world, spec, change, flip);
  });
  let plaintext: Artifact | undefined;
  try {
    const result = await record(world, run, stored, async () => {
      const customer = customerIn(world, run.principal);
      const names = { ...world.names, objectName: name };
      if (object && change.kind === 'meddle')
        return orBroken(customer, () => upload(customer, run, names, object, typeOf(input)));
      if (object) return upload(customer, run, names, object, typeOf(input));
      const answer = await download(customer, run, names);
      plaintext = answer.plaintext;
      return answer.outcome;
    });
    const { room } = customerIn(world, run.principal);
    return plaintext ? { ...result, downloaded: room.getBytes(plaintext.id) } : result;
  } finally {
    world.recorder.watchSteps(undefined);
  }
}

function typeOf({ type }: LabInput): string {
  return type === '' ? 'application/octet-stream' : type;
}

/** A connection that the other end gives up is a failure of the client, as programs see it. */
async function orBroken(customer: Customer, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code !== 'decryption-failed') throw thrown;
    return fail(customer, {
      code: 'ConnectionClosed',
      message: 'The other end closed the connection: what arrived was not what was sent.',
      facts: ['F-SIM-100'],
    });
  }
}

function apply(world: World, spec: RunSpec, change: RunChange, flip: Damage | undefined): void {
  switch (change.kind) {
    case 'flip':
      // S3 has found the object already, and would not look again.
      if (flip && !world.recorder.isExchanging) damage(world, flip);
      return;
    case 'meddle':
      world.meddler.byte = change.byte;
      return;
    case 'forbid': {
      const person = world.people[spec.principal];
      invariant(person, 'whoever asks is in this world');
      world.cloud.admit({
        ...person,
        identityPolicies: person.identityPolicies.map(one => without(one, change.action)),
      });
      return;
    }
    case 'key-state':
      // Nobody but AWS changes `aws/s3` (F-KMS-041).
      if (spec.mode === 'sse-kms-aws') return;
      if (change.state === 'Disabled') world.kms.disableKey(world.names.kmsKeyArn);
      else world.kms.scheduleKeyDeletion(world.names.kmsKeyArn);
      return;
    default:
      return;
  }
}

/** A policy that does not allow one action any more, and all that it allowed besides. */
function without(policy: PolicyDocument, action: string): PolicyDocument {
  return { ...policy, Statement: policy.Statement.flatMap(statement => withoutAction(statement, action)) };
}

function withoutAction(statement: PolicyStatement, action: string): readonly PolicyStatement[] {
  const { Action, ...rest } = statement;
  if (Action === undefined || statement.Effect === 'Deny') return [statement];
  const actions = typeof Action === 'string' ? [Action] : Action;
  if (!actions.some(one => isLike(action.toLowerCase(), one.toLowerCase()))) return [statement];
  const left = actions.filter(one => !isLike(action.toLowerCase(), one.toLowerCase()));
  const isWide = actions.some(one => one.includes('*'));
  if (isWide) return [{ ...rest, NotAction: [action] }];
  return left.length === 0 ? [] : [{ ...rest, Action: left }];
}
