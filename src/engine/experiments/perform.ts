/** Does the actions of an experiment, recorded or not. */
import { forgetAtClient, type KeyRing } from '../client/customer.ts';
import { requestOf } from '../client/s3Client.ts';
import { EngineError, invariant } from '../errors.ts';
import { parsePolicy } from '../iam/parsePolicy.ts';
import { presign } from '../sigv4/sigV4.ts';
import type { JsonObject } from '../trace/event.ts';
import type { DiskPiece, Outcome, PersonName } from '../trace/trace.ts';
import type { Action } from './action.ts';
import {
  type Answered,
  addressOf,
  type Bench,
  type Circumstances,
  customerFor,
  type Done,
  headersOf,
} from './bench.ts';
import { damage, prepareDamage } from './damage.ts';
import { askKms } from './kmsRequests.ts';
import { fillAll, presentNames } from './names.ts';
import { askS3, doMultipart } from './s3Requests.ts';
import { doDownload, doUpload, followLink } from './transfers.ts';

const FINE: Outcome = { isOk: true };

/**
 * Does the actions one after another. The last one ends the run, as a client ends it: done or failed.
 * @returns how the last one ended
 */
export async function performAll(bench: Bench, actions: readonly Action[], at: Circumstances): Promise<Done> {
  let done: Done = { outcome: FINE };
  for (const [index, action] of actions.entries()) {
    done = await perform(bench, action, at, index === actions.length - 1);
    // What is set up must stand. A burst may end in a refusal: that may be what it is for.
    invariant(at.isRecorded || done.outcome.isOk || action.do === 'repeat', refusedSetup(action, done.outcome));
  }
  return done;
}

function refusedSetup(action: Action, { code = '', message = '' }: Outcome): string {
  return `what an experiment sets up is allowed: ${JSON.stringify(action).slice(0, 200)}: ${code} ${message}`;
}

async function perform(bench: Bench, action: Action, at: Circumstances, isLast: boolean): Promise<Done> {
  switch (action.do) {
    case 'permit':
      permit(bench, action.who, action.statements);
      return { outcome: FINE };
    case 'wait':
      bench.sleep(action.seconds);
      return { outcome: FINE };
    case 'flip':
      await flip(bench, action.piece, bench.byte ?? action.byte, action.object);
      return { outcome: FINE };
    case 'lose-key':
    case 'other-key':
      return changeKey(bench, action.do === 'other-key', isLast);
    case 'repeat':
      return repeat(bench, action, at, isLast);
    default:
      return ask(bench, action, at, isLast);
  }
}

async function repeat(
  bench: Bench,
  { times, action }: Extract<Action, { do: 'repeat' }>,
  at: Circumstances,
  isLast: boolean,
): Promise<Done> {
  let done: Done = { outcome: FINE };
  for (let count = 1; count <= times; count++) {
    bench.names.set('n', String(count));
    const answered = await answer(bench, action, at);
    done = answered.isRefused || count === times ? await end(answered, isLast) : { outcome: FINE };
    if (answered.isRefused) break;
  }
  return done;
}

async function ask(bench: Bench, action: Action, at: Circumstances, isLast: boolean): Promise<Done> {
  return end(await answer(bench, action, at), isLast);
}

async function end(answered: Answered, isLast: boolean): Promise<Done> {
  return isLast ? answered.end() : answered.isRefused ? answered.end() : { outcome: FINE };
}

async function answer(bench: Bench, action: Action, at: Circumstances): Promise<Answered> {
  const by = 'as' in action && action.as ? action.as : at.person;
  invariant(!at.isRecorded || by === at.person, 'a run tells of one person at the client');
  const customer = customerFor(bench, by);
  const transport = 'over' in action && action.over ? action.over : at.transport;
  for (const [name, value] of presentNames(bench.world, bench.objectName)) bench.names.set(name, value);
  switch (action.do) {
    case 'upload':
      return doUpload(bench, action, at, customer, transport);
    case 'download':
      return doDownload(bench, action, at, customer, transport);
    case 's3':
      return askS3(bench, action, customer, transport);
    case 'multipart':
      return doMultipart(bench, action, at.spec.mode, customer, transport);
    case 'kms':
      return askKms(bench, action, customer, transport);
    case 'presign': {
      const address = addressOf(bench, action.object);
      const plain = requestOf(customer, action.method ?? 'GET', address, headersOf(bench, action.headers ?? {}));
      const headers = plain.headers.filter(([name]) => name !== 'x-amz-content-sha256');
      const scope = { region: customer.region, service: 's3' } as const;
      bench.link = await presign(
        { ...plain, headers },
        customer.credentials,
        scope,
        customer.clock.now(),
        action.seconds,
      );
      return { customer, isRefused: false, end: () => ({ outcome: FINE }) };
    }
    case 'follow-link':
      return followLink(bench, action, customer, transport);
    default:
      throw new EngineError('invariant', 'An action of this kind is no request.');
  }
}

/** IAM is no service of the lab: a policy is simply another one from now on. */
function permit({ world, names }: Bench, who: PersonName, statements: readonly JsonObject[]): void {
  const person = world.people[who];
  invariant(person, 'somebody whose policy changes is in this world');
  const text = JSON.stringify({ Version: '2012-10-17', Statement: fillAll([...statements], names) });
  const policy = parsePolicy(text, 'identity');
  invariant('ok' in policy, 'the policies of an experiment are well formed');
  world.cloud.admit({ ...person, identityPolicies: statements.length === 0 ? [] : [policy.ok] });
}

async function flip(bench: Bench, piece: DiskPiece, byte: number, object?: string): Promise<void> {
  const prepared = await prepareDamage(bench.world, addressOf(bench, object).objectName, piece, byte);
  invariant(prepared, 'what is flipped lies on the disks');
  damage(bench.world, prepared);
}

/** The owner's key is gone for good, and perhaps another one is there. */
async function changeKey(bench: Bench, hasOther: boolean, isLast: boolean): Promise<Done> {
  const owner = customerFor(bench, 'owner');
  const { recorder, room, random, keyRing } = owner;
  const isOfServer = keyRing.customerKey !== undefined;
  const gone = [keyRing.customerKey, keyRing.wrappingKey, keyRing.rsa?.privateKey].filter(id => id !== undefined);
  recorder.step('client.loseKey', 'client');
  forgetAtClient(owner, gone, [isOfServer ? 'F-SSC-001' : 'F-CSR-001']);
  let renewed: KeyRing = {};
  if (hasOther) {
    const bytes = random.bytes(32);
    const kind = isOfServer ? 'customer-key' : 'wrapping-key';
    const name = isOfServer ? 'customer key' : 'AES wrapping key';
    const other = await recorder.identify({ kind, name, bytes, isSecret: true });
    room.hold(other.id, bytes);
    recorder.emit({ verb: 'generated', place: 'client', outputs: [other.id], facts: [] });
    renewed = isOfServer ? { customerKey: other.id } : { wrappingKey: other.id };
  }
  bench.keyRings.set('owner', renewed);
  if (isLast) recorder.step('client.done', 'client');
  return { outcome: FINE };
}
