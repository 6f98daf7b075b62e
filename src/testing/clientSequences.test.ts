import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getObject, hashBody, type ObjectAddress, putObject } from '../engine/client/s3Client.ts';
import { createEncryptionClient } from '../engine/client/s3EncryptionClient/client.ts';
import type { MaterialDescription } from '../engine/client/s3EncryptionClient/envelope.ts';
import type { ClientResult } from '../engine/client/s3EncryptionClient/failures.ts';
import type { AesWrappingKey, Keyring, RsaWrappingKey } from '../engine/client/s3EncryptionClient/keyring.ts';
import { COMMITMENT_POLICIES } from '../engine/client/s3EncryptionClient/options.ts';
import { entriesOf, takeBody } from '../engine/client/s3EncryptionClient/reading.ts';
import { metadataHeaders } from '../engine/client/s3EncryptionClient/writing.ts';
import { fail, finish } from '../engine/client/transfer.ts';
import { holdAesKey, holdRsaPair } from '../engine/client/wrappingKeys.ts';
import { generateRsaPair } from '../engine/crypto/rsaOaep.ts';
import {
  type HttpResponse,
  type LabInput,
  type Outcome,
  type PrincipalName,
  type RunResult,
  seededRandom,
  steadyClock,
  TRANSPORTS,
  type Transport,
  type World,
} from '../engine/index.ts';
import { clearDesks, putOnDesk, record } from '../engine/lab.ts';
import type { Artifact } from '../engine/trace/artifact.ts';
import { createWorld } from '../engine/world.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { toldBy, truthOf } from './completeness.ts';
import { findLeaks, openPlacesOf, type Secret, secretsAmong } from './leaks.ts';
import { leftoversIn, type Seen, watching } from './watchSecrets.ts';

const NAMES = ['a.bin', 'b/ü.txt'] as const;
const ENVELOPE: readonly string[] = ['encrypted-data-key', 'nonce', 'message-id', 'commitment'];
const RING_TYPES = ['aes', 'rsa', 'kms'] as const;
const OTHER_SUFFIX = '.for-a-friend';
/** Contexts and descriptions that a careless program would trip over. */
const CONTEXTS: readonly MaterialDescription[] = [
  {},
  { department: 'finance' },
  JSON.parse('{"__proto__":"x","größe":"Ã©","at":"=?UTF-8?Q?x?="}') as MaterialDescription,
];
/** Nothing `weight` times as often as something. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
const ringTypes = fc.constantFrom(...RING_TYPES);
const who = fc.oneof(
  { weight: 5, arbitrary: fc.constant('owner' as const) },
  fc.constantFrom('s3-admin' as const, 'stranger' as const),
);
const common = {
  name: fc.oneof({ weight: 3, arbitrary: fc.constant(NAMES[0]) }, fc.constantFrom(...NAMES)),
  /** Mostly whoever reads is set up as whoever wrote was. */
  isFitting: fc.integer({ min: 0, max: 3 }).map(number => number > 0),
  ring: ringTypes,
  /** Which of the two keys of the type comes first in the ring; and whether the other is in it. */
  key: fc.constantFrom(0 as const, 1 as const),
  isWhole: fc.boolean(),
  policy: fc.constantFrom(...COMMITMENT_POLICIES),
  transport: fc.constantFrom(...TRANSPORTS),
  principal: who,
};
const puts = fc.record({
  does: fc.constant('put' as const),
  ...common,
  body: fc.uint8Array({ maxLength: 120, size: 'max' }).map(bytes => new Uint8Array(bytes)),
  isBeside: fc.boolean(),
  inParts: fc.boolean(),
  context: fc.constantFrom(...CONTEXTS),
});
const gets = fc.record({
  does: fc.constant('get' as const),
  ...common,
  /** Mostly the one that was given at the put. */
  context: seldom(fc.constantFrom(...CONTEXTS), 4),
  range: seldom(fc.tuple(fc.nat(70), fc.nat(60)), 2),
  mayRange: fc.integer({ min: 0, max: 3 }).map(number => number > 0),
  suffix: seldom(fc.constant(OTHER_SUFFIX), 7),
});
const rewraps = fc.record({
  does: fc.constant('rewrap' as const),
  ...common,
  target: fc.tuple(fc.constantFrom('aes' as const, 'rsa' as const), fc.constantFrom(0 as const, 1 as const)),
  suffix: seldom(fc.constant(OTHER_SUFFIX), 3),
});
const others = fc.record({ does: fc.constantFrom('delete' as const, 'tamper' as const), ...common });
type Step =
  | (typeof puts extends fc.Arbitrary<infer T> ? T : never)
  | (typeof gets extends fc.Arbitrary<infer T> ? T : never)
  | (typeof rewraps extends fc.Arbitrary<infer T> ? T : never)
  | (typeof others extends fc.Arbitrary<infer T> ? T : never);
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: puts },
  { weight: 5, arbitrary: gets },
  { weight: 4, arbitrary: rewraps },
  { weight: 2, arbitrary: others },
);

/** What the test itself remembers of an object. */
interface Stored {
  readonly ring: Keyring['type'];
  readonly bytes: Uint8Array;
  readonly isCommitted: boolean;
  readonly isBeside: boolean;
  readonly context: MaterialDescription;
  isTampered: boolean;
  /** Which key opens it by the file of a suffix; of the metadata, by the first. */
  readonly keys: Map<string, 0 | 1>;
}

/** RSA pairs take long to make; all worlds have the same two. */
const pairs = Promise.all([generateRsaPair(), generateRsaPair()]);

async function aStage(seed: string) {
  const clock = steadyClock(Date.UTC(2026, 10, 21, 10));
  const world = await createWorld({ mode: 'cse-kms', keyHolder: 'owner', random: seededRandom(seed), clock });
  const { owner } = world.customers;
  const described = (key: 0 | 1) => ({ materialDescription: { key: String(key) } });
  const aesKey = async (key: 0 | 1): Promise<AesWrappingKey> => ({
    wrappingKey: await holdAesKey(owner, owner.random.bytes(32)),
    ...described(key),
  });
  const [one, two] = await pairs;
  const rsaKey = async (key: 0 | 1): Promise<RsaWrappingKey> => ({
    ...(await holdRsaPair(owner, key === 0 ? one : two, key + 1)),
    ...described(key),
  });
  const aes = [await aesKey(0), await aesKey(1)] as const;
  const rsa = [await rsaKey(0), await rsaKey(1)] as const;
  const inOrder = <K>(keys: readonly [K, K], { key, isWhole }: Pick<Step, 'key' | 'isWhole'>): readonly K[] => {
    const [first, second] = key === 0 ? keys : ([keys[1], keys[0]] as const);
    return isWhole ? [first, second] : [first];
  };
  const ringOf = (step: Step): Keyring => {
    if (step.ring === 'aes') return { type: 'aes', keys: inOrder(aes, step) };
    if (step.ring === 'rsa') return { type: 'rsa', keys: inOrder(rsa, step) };
    // Without a key: a ring that only opens.
    return step.does === 'get' && !step.isWhole ? { type: 'kms' } : { type: 'kms', kmsKeyId: world.names.kmsKeyArn };
  };
  return { world, ringOf, wrappingKeys: { aes, rsa } };
}
type Stage = Awaited<ReturnType<typeof aStage>>;

/** The step as somebody with the right key would do it. */
function fitting(step: Step, stored: Stored | undefined): Step {
  if (!step.isFitting || !stored || (step.does !== 'get' && step.does !== 'rewrap')) return step;
  const fit = { ring: stored.ring, key: stored.keys.get('') ?? step.key, principal: 'owner' } as const;
  if (step.does === 'get') return { ...step, ...fit };
  const [type, key] = step.target;
  return { ...step, ...fit, target: [stored.ring === 'kms' ? type : stored.ring, key] };
}

/** Whether a get must bring the object; otherwise it must bring nothing. */
function mayOpen(step: Extract<Step, { does: 'get' }>, stored: Stored | undefined): boolean {
  if (stored === undefined || step.principal !== 'owner' || step.ring !== stored.ring) return false;
  if (!stored.isCommitted && step.policy === 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT') return false;
  if (stored.isTampered && !step.range) return false;
  if (step.range && (!step.mayRange || step.range[0] >= stored.bytes.length)) return false;
  if (step.ring === 'kms') {
    if (step.context && JSON.stringify(step.context) !== JSON.stringify(stored.context)) return false;
    return !stored.isBeside || step.suffix === null;
  }
  const key = stored.keys.get(stored.isBeside ? (step.suffix ?? '') : '');
  return key !== undefined && (step.isWhole || key === step.key);
}

function mayRewrap(step: Extract<Step, { does: 'rewrap' }>, stored: Stored | undefined): boolean {
  const [type, key] = step.target;
  if (!stored?.isBeside || step.principal !== 'owner' || step.ring !== stored.ring || type !== step.ring) return false;
  if (step.suffix !== null && step.ring !== 'rsa') return false;
  const current = stored.keys.get('');
  return current !== undefined && current !== key && (step.isWhole || current === step.key);
}

interface Played {
  readonly result: RunResult;
  readonly downloaded?: Uint8Array;
}

async function play({ world, ringOf, wrappingKeys }: Stage, step: Step, stored: Stored | undefined): Promise<Played> {
  const { principal, transport, policy } = step;
  const customer = world.customers[principal];
  const address: ObjectAddress = { bucketName: world.names.bucketName, objectName: step.name };
  const client = createEncryptionClient(customer, {
    keyring: ringOf(step),
    transport,
    commitmentPolicy: policy,
    writesInstructionFiles: step.does === 'rewrap' || (step.does === 'put' && step.isBeside),
    enableLegacyUnauthenticatedModes: step.does === 'get' && step.mayRange,
  });
  const input: LabInput = { name: step.name, type: '', bytes: step.does === 'put' ? step.body : new Uint8Array(0) };
  const object = step.does === 'put' ? await putOnDesk(world, principal, input) : undefined;
  if (!object) clearDesks(world);

  let plaintext: Artifact | undefined;
  const ended = (answer: ClientResult<HttpResponse>, kept: readonly Artifact[] = []): Outcome =>
    'failure' in answer ? fail(customer, answer.failure) : finish(customer, answer.ok, kept);
  const act = async (): Promise<Outcome> => {
    switch (step.does) {
      case 'put': {
        if (!object) throw new Error('a put has its object');
        const more = step.ring === 'kms' ? { encryptionContext: step.context } : {};
        const send = step.inParts ? client.uploadObjectInParts : client.putObject;
        return ended(await send(address, object, 'text/plain', more), [object]);
      }
      case 'get': {
        const [first, length] = step.range ?? [0, 0];
        const got = await client.getObject(address, {
          ...(step.range ? { range: { first, last: first + length } } : {}),
          ...(step.ring === 'kms' ? { encryptionContext: step.context ?? stored?.context ?? {} } : {}),
          ...(step.suffix === null ? {} : { instructionFileSuffix: step.suffix }),
        });
        if ('failure' in got) return fail(customer, got.failure);
        plaintext = got.ok.plaintext;
        const outcome = finish(customer, got.ok.response, plaintext ? [plaintext] : []);
        return outcome;
      }
      case 'rewrap': {
        const [type, key] = step.target;
        const more = step.suffix === null ? {} : { suffix: step.suffix };
        return ended(await client.reEncryptInstructionFile(address, wrappingKeys[type][key], more));
      }
      case 'delete':
        return finish(customer, await client.deleteObject(address), []);
      case 'tamper':
        return tamper(world, principal, transport, address);
    }
  };
  const spec = { mode: world.mode, operation: 'upload', transport, principal } as const;
  const result = await record(world, spec, { name: step.name, length: input.bytes.length }, act);
  return { result, ...(plaintext ? { downloaded: customer.room.getBytes(plaintext.id).slice() } : {}) };
}

/** The last byte of what lies in S3 becomes the next one, never again the one that it was, by somebody who may write there and has no key. */
async function tamper(world: World, principal: PrincipalName, transport: Transport, address: ObjectAddress) {
  const attacker = world.customers[principal];
  const { recorder, room } = attacker;
  const answer = await getObject(attacker, transport, address);
  if (answer.status !== 200) return finish(attacker, answer, []);
  const received = await takeBody(attacker, answer, address.objectName, 'ciphertext-object');
  const bytes = room.getBytes(received.id).slice();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  recorder.step('client.tamper', 'client');
  const changed = await recorder.identify({
    kind: 'ciphertext-object',
    name: address.objectName,
    bytes,
    isSecret: false,
  });
  room.hold(changed.id, bytes);
  recorder.emit({ verb: 'derived', place: 'client', inputs: [received.id], outputs: [changed.id], facts: [] });
  const { checksum, digest } = await hashBody(attacker, changed);
  const response = await putObject(attacker, transport, address, {
    body: changed,
    digest,
    contentType: 'text/plain',
    headers: metadataHeaders(entriesOf(answer)),
    cargo: [checksum.id, ...(answer.cargo ?? []).filter(id => ENVELOPE.includes(recorder.get(id).kind))],
  });
  return finish(attacker, response, []);
}

/** The test's own memory after a step that went through. */
function remember(world: Map<string, Stored>, step: Step): void {
  const stored = world.get(step.name);
  if (step.does === 'put') {
    world.set(step.name, {
      ring: step.ring,
      bytes: step.body,
      isCommitted: step.policy !== 'FORBID_ENCRYPT_ALLOW_DECRYPT',
      isBeside: step.isBeside,
      context: step.ring === 'kms' ? step.context : {},
      isTampered: false,
      keys: new Map(step.ring === 'kms' ? [] : [['', step.key]]),
    });
  }
  if (step.does === 'rewrap') stored?.keys.set(step.suffix ?? '', step.target[1]);
  if (step.does === 'delete') world.delete(step.name);
  if (step.does === 'tamper' && stored) stored.isTampered = true;
}

describe('over random sequences of the encryption client', () => {
  it('the laws hold, S3 and the line see ciphertext and never a key, and what opens is what must open', async () => {
    const opened = new Set<string>();
    const tried = new Set<Step['does']>();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        puts.map(step => ({ ...step, principal: 'owner' as const })),
        fc.array(steps, { minLength: 3, maxLength: 7 }),
        async (seed, first, later) => {
          const seen: Seen[] = [];
          const known = new Map<string, Secret>();
          const memory = new Map<string, Stored>();
          const stage = await watching(seen, () => aStage(String(seed)));
          for (const drawn of [first, ...later]) {
            const stored = memory.get(drawn.name);
            const step = fitting(drawn, stored);
            const { result, downloaded } = await watching(seen, () => play(stage, step, stored));
            const { trace, world } = result;
            const { isOk } = trace.outcome;
            tried.add(step.does);
            if (step.does === 'get') {
              const isOpen = mayOpen(step, stored);
              expect([isOk, trace.outcome.code]).toEqual([isOpen, isOpen ? undefined : expect.anything()]);
              const [from, length] = step.range ?? [0, stored?.bytes.length ?? 0];
              expect(downloaded).toEqual(isOpen ? stored?.bytes.slice(from, from + length + 1) : undefined);
              if (isOpen) opened.add(`${step.ring} ${stored?.isCommitted} ${stored?.isBeside} ${step.range !== null}`);
              else refused++;
            }
            if (step.does === 'rewrap') expect(isOk, trace.outcome.code).toBe(mayRewrap(step, stored));
            if (isOk) remember(memory, step);

            expect(toldBy(result)).toEqual(truthOf(result));
            expect(checkConserved(trace)).toEqual([]);
            expect(checkSecret(trace)).toEqual([]);
            for (const secret of secretsAmong(Object.values(trace.artifacts))) known.set(secret.id, secret);
            // Over plain HTTP too: what S3 is told is no secret to anybody.
            expect(findLeaks([...known.values()], openPlacesOf(world, 'https'), trace.run.mode)).toEqual([]);
            expect(leftoversIn(world, seen)).toEqual([]);
            const onDesks = Object.values(world.customers).flatMap(({ room }) => room.ids());
            const kinds = onDesks.map(id => world.recorder.get(id).kind);
            expect(kinds.filter(kind => kind === 'data-key' || kind === 'derived-key')).toEqual([]);
          }
        },
      ),
      { numRuns: 50 },
    );
    expect(opened.size).toBeGreaterThan(5);
    expect(refused).toBeGreaterThan(5);
    // Chance decides how often each of them could succeed; that each was there is enough.
    expect([...tried].sort()).toEqual(['delete', 'get', 'put', 'rewrap', 'tamper']);
  }, 60_000);
});
