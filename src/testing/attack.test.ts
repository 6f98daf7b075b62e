import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narration } from '../content/narration.ts';
import { attackSpec } from '../engine/attack/attackSpec.ts';
import { MAX_ATTACK_BYTES, runAttack } from '../engine/attack/runAttack.ts';
import {
  cryptoRandom,
  EngineError,
  type LabInput,
  LEAKS,
  type Leak,
  MODES,
  type Mode,
  makeWrappingKey,
  type RunResult,
  runUpload,
  TRANSPORTS,
  type Transport,
} from '../engine/index.ts';
import { sceneAt } from '../scene/fold.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { narrate } from '../scene/narrate.ts';
import { NOTE } from './allRuns.ts';
import { toldBy, truthOf } from './completeness.ts';
import { leftoversIn, type Seen, watching } from './watchSecrets.ts';

/** Making an RSA pair takes longer than everything else together. */
const rsa = await makeWrappingKey('rsa', cryptoRandom);
const noteFor = (mode: Mode): LabInput => (mode === 'cse-rsa' ? { ...NOTE, wrappingKey: rsa } : NOTE);

const KEYS = ['data-key', 'derived-key', 'session-key', 'customer-key', 'wrapping-key'];

/** Everything the laws say about an attack; what of it is left is no key. */
function expectLaws(result: RunResult): void {
  const { trace } = result;
  expect(toldBy(result)).toEqual(truthOf(result));
  expect(checkConserved(trace)).toEqual([]);
  // S3's own keys are not the customer's, which the law takes them for when somebody at the client has them.
  if (!trace.run.attack?.leaks.includes('s3-memory')) expect(checkSecret(trace)).toEqual([]);
  const { client } = sceneAt(trace, trace.events.length).holdings;
  expect(client.filter(id => KEYS.includes(trace.artifacts[id]?.kind ?? ''))).toEqual([]);
  for (const { index } of trace.steps) expect(narrate(trace, index, narration).title).not.toEqual([]);
  expect(trace.steps.at(-1)?.name).toBe('attacker.end');
  expect(trace.outcome.isOk).toBe(client.some(id => trace.artifacts[id]?.kind === 'plaintext-object'));
  if (trace.outcome.isOk) expect(result.downloaded).toEqual(NOTE.bytes);
  else expect(trace.outcome.code).toBe('NothingOpened');
}

const S3_READS: readonly Mode[] = ['sse-s3', 'none'];
const SERVER_SIDE = MODES.filter(mode => !mode.startsWith('cse-'));
type Row = readonly [leaks: readonly Leak[], https: readonly Mode[], http?: readonly Mode[]];

/** Which modes open to whoever holds this; over HTTP where it differs. */
const ANSWERS: readonly Row[] = [
  [['disk'], ['none']],
  [['encrypted-data-key'], []],
  [['bucket-policy'], S3_READS],
  [['access-key'], [...S3_READS, 'sse-kms-aws']],
  [['network'], [], SERVER_SIDE],
  [['kms-use'], []],
  [['client-key'], []],
  [['s3-memory'], SERVER_SIDE],
  [
    ['disk', 'kms-use'],
    ['none', 'sse-kms-cmk'],
  ],
  [
    ['disk', 'client-key'],
    ['none', 'sse-c'],
  ],
  [
    ['disk', 'client-key', 'kms-use'],
    ['none', 'sse-c', 'sse-kms-cmk'],
  ],
  [['encrypted-data-key', 'kms-use'], []],
  [
    ['access-key', 'kms-use'],
    [...SERVER_SIDE.filter(mode => mode !== 'sse-c'), 'cse-kms'],
  ],
  [
    ['access-key', 'client-key'],
    [...S3_READS, 'sse-kms-aws', 'sse-c', 'cse-aes'],
  ],
  [
    ['bucket-policy', 'client-key'],
    [...S3_READS, 'sse-c', 'cse-aes'],
  ],
  [
    ['bucket-policy', 'kms-use'],
    [...SERVER_SIDE.filter(mode => mode !== 'sse-c'), 'cse-kms'],
  ],
  [['network', 'kms-use'], [], [...SERVER_SIDE, 'cse-kms']],
  [['network', 'client-key'], [], [...SERVER_SIDE, 'cse-aes']],
  [
    ['s3-memory', 'client-key'],
    [...SERVER_SIDE, 'cse-aes'],
  ],
  [
    ['s3-memory', 'kms-use'],
    [...SERVER_SIDE, 'cse-kms'],
  ],
  [LEAKS, MODES.filter(mode => mode !== 'cse-rsa')],
];

/** The line matters to whoever has recorded it. All others are asked over HTTP too, one leak at a time. */
const rowsOver = (transport: Transport): readonly Row[] =>
  transport === 'https' ? ANSWERS : ANSWERS.filter(([leaks]) => leaks.length === 1 || leaks.includes('network'));

describe.each(TRANSPORTS)('over %s', transport => {
  it.each(rowsOver(transport).map(row => [row[0].join(' and '), row] as const))(
    'with %s in hand',
    async (_name, [leaks, https, http = https]) => {
      const open: Mode[] = [];
      for (const mode of MODES) {
        const result = await runAttack(attackSpec(mode, leaks, { transport }), noteFor(mode));
        expectLaws(result);
        if (result.trace.outcome.isOk) open.push(mode);
      }
      expect(open).toEqual(MODES.filter(mode => (transport === 'http' ? http : https).includes(mode)));
    },
    30_000,
  );
});

describe('an attack', () => {
  it('keeps the laws with any set of leaks, and more of them never open less', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...MODES),
        fc.subarray([...LEAKS]),
        fc.subarray([...LEAKS]),
        fc.constantFrom(...TRANSPORTS),
        fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        async (mode, some, others, transport, memoryAt) => {
          const more = { transport, seed: 'sets', ...(memoryAt === undefined ? {} : { memoryAt }) };
          const few = await runAttack(attackSpec(mode, some, more), noteFor(mode));
          const many = await runAttack(attackSpec(mode, [...some, ...others], more), noteFor(mode));
          for (const result of [few, many]) expectLaws(result);
          expect(Number(many.trace.outcome.isOk)).toBeGreaterThanOrEqual(Number(few.trace.outcome.isOk));
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('leaves no secret behind that it has thrown away', async () => {
    for (const mode of MODES) {
      const seen: Seen[] = [];
      const spec = attackSpec(mode, ['access-key', 'kms-use', 'client-key']);
      const { world } = await watching(seen, () => runAttack(spec, noteFor(mode)));
      const everybody = { ...world.customers, ...world.guests };
      expect(leftoversIn({ ...world, customers: everybody }, seen), mode).toEqual([]);
      for (const { room } of Object.values(world.customers)) expect(room.ids()).toEqual([]);
    }
  });

  it('can be stopped at any checkpoint, and leaves no secret then', async () => {
    const spec = attackSpec('cse-aes', ['network', 'access-key', 'client-key', 's3-memory'], { transport: 'http' });
    let stopped = 0;
    for (let stopAt = 0; stopAt < 12; stopAt++) {
      const seen: Seen[] = [];
      let count = 0;
      const checkpoint = async () => {
        if (count++ === stopAt) throw new EngineError('cancelled', 'The run was stopped.');
      };
      const outcome = await watching(seen, () => runAttack(spec, NOTE, { checkpoint })).then(
        () => 'done',
        (thrown: unknown) => (thrown instanceof EngineError ? thrown.code : 'other'),
      );
      if (outcome === 'done') break;
      stopped++;
      expect(outcome).toBe('cancelled');
      const atClients = seen.filter(({ room, bytes }) => room.place === 'client' && bytes.some(byte => byte !== 0));
      // What is not secret may stay; neither the object nor a key of 32 bytes may.
      expect(atClients.filter(({ bytes }) => Buffer.compare(bytes, NOTE.bytes) === 0)).toEqual([]);
    }
    expect(stopped).toBeGreaterThan(2);
  });

  it('is repeated byte for byte by a seed', async () => {
    const spec = attackSpec('cse-kms', ['network', 'access-key', 'kms-use'], { seed: 'twice' });
    const [one, two] = [await runAttack(spec, NOTE), await runAttack(spec, NOTE)];
    expect(JSON.stringify(one.trace)).toBe(JSON.stringify(two.trace));
  });

  it('opens what a client wrote without commitment as well', async () => {
    const spec = { ...attackSpec('cse-aes', ['access-key', 'client-key']), format: 'v2' as const };
    const result = await runAttack(spec, NOTE);
    expectLaws(result);
    expect(result.trace.outcome.isOk).toBe(true);
  });

  it.each([0, 1, 32, 100_000])('works with an object of %i bytes, of a large one with the beginning', async length => {
    const bytes = new Uint8Array(length).map((_, at) => (at * 31) % 251);
    for (const leaks of [['disk', 'kms-use'], ['network'], ['access-key']] as const) {
      const result = await runAttack(attackSpec('sse-kms-cmk', leaks, { transport: 'http' }), { ...NOTE, bytes });
      expect(checkConserved(result.trace)).toEqual([]);
      expect(toldBy(result)).toEqual(truthOf(result));
      const isOpen = leaks[0] !== 'access-key';
      expect(result.trace.outcome.isOk, leaks.join()).toBe(isOpen);
      if (isOpen) expect(result.downloaded).toEqual(bytes.slice(0, MAX_ATTACK_BYTES));
    }
  });

  it('tries each value on each lock once', async () => {
    const { trace } = await runAttack(attackSpec('cse-aes', ['disk', 'network', 'client-key']), NOTE);
    const pairs = trace.events
      .filter(one => one.verb === 'failed' && one.inputs.length === 2)
      .map(one => one.inputs.join());
    expect(pairs.length).toBeGreaterThan(5);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('F-KSM-035: with the right to use aws/s3 directly KMS still refuses, since its policy wants S3 in between', async () => {
    const { trace } = await runAttack(attackSpec('sse-kms-aws', ['disk', 'kms-use']), NOTE);
    const refused = trace.events.find(one => one.verb === 'denied' && one.decision.gate === 'kms');
    expect(refused).toMatchObject({ decision: { action: 'kms:Decrypt' } });
    expect(trace.outcome.isOk).toBe(false);
  });
});

describe('an operator who looks into the memory of S3', () => {
  it.each(MODES)(
    'sees the object in mode %s exactly when the upload’s trace says that it is there',
    async mode => {
      const seed = 'moments';
      const upload = await runUpload(
        { mode, operation: 'upload', transport: 'https', principal: 'owner', seed },
        noteFor(mode),
      );
      const { steps, artifacts } = upload.trace;
      const told: boolean[] = [];
      const found: boolean[] = [];
      for (const { index, end } of steps) {
        const { 's3.memory': held } = sceneAt(upload.trace, end).holdings;
        told.push(held.some(id => artifacts[id]?.kind === 'plaintext-object'));
        const spec = attackSpec(mode, ['s3-memory'], { memoryAt: index + 1, seed });
        const { trace } = await runAttack(spec, noteFor(mode));
        found.push(
          trace.opening.some(
            one => one.place === 'client' && trace.artifacts[one.artifact]?.kind === 'plaintext-object',
          ),
        );
      }
      expect(found).toEqual(told);
      expect(told.includes(true)).toBe(!mode.startsWith('cse-'));
    },
    30_000,
  );

  it('finds nothing after the last step, or at a moment that never comes', async () => {
    for (const memoryAt of [10_000, -1, Number.NaN, 0]) {
      const { trace } = await runAttack(attackSpec('sse-s3', ['s3-memory'], { memoryAt }), NOTE);
      expect(trace.outcome.code).toBe('NothingOpened');
    }
  });

  it('opens recorded HTTPS traffic with the session key of the right moment', async () => {
    const more = { memoryAt: 3, seed: 'line' };
    const alone: boolean[] = [];
    const both: boolean[] = [];
    for (let memoryAt = 1; memoryAt <= 6; memoryAt++) {
      for (const [leaks, found] of [
        [['s3-memory'], alone],
        [['network', 's3-memory'], both],
      ] as const) {
        const { trace } = await runAttack(attackSpec('sse-s3', leaks, { ...more, memoryAt }), NOTE);
        found.push(trace.outcome.isOk);
      }
    }
    expect(both.filter((isOk, at) => isOk && !alone[at]).length).toBeGreaterThan(0);
  });
});
