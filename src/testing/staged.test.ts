import { describe, expect, it } from 'vitest';
import {
  attackSpec,
  EngineError,
  EXPERIMENT_PLANS,
  type Pace,
  playExperiment,
  type RunSpec,
  runAttack,
  runExperiment,
  runFork,
} from '../engine/index.ts';
import { judge } from '../scene/property.ts';
import { NOTE } from './allRuns.ts';
import { type Seen, watching } from './watchSecrets.ts';

/** A pace that stops at the n-th checkpoint, from 0. */
function stoppingAt(checkpoint: number): Pace {
  let count = 0;
  return {
    checkpoint() {
      if (count++ === checkpoint) throw new EngineError('cancelled', 'The run was stopped.');
    },
  };
}

function planOf(id: string) {
  const plan = EXPERIMENT_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  return plan;
}

const IN_USE = ['client', 's3.memory', 's3.keys'];
/** What lies with anybody who asked, or with S3, of what was ever put there. */
function heldOf(seen: readonly Seen[]): string[] {
  return seen
    .filter(({ room, id }) => IN_USE.includes(room.place) && room.has(id))
    .map(({ room, id }) => `${room.place} ${id}`);
}

/** Plays it again and again, stopped ever later, until it goes through; says at how many checkpoints it was stopped. */
async function stopEverywhere(play: (pace: Pace) => Promise<unknown>): Promise<number> {
  for (let at = 0; ; at++) {
    const seen: Seen[] = [];
    const end = await watching(seen, () => play(stoppingAt(at))).then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof EngineError ? thrown.code : String(thrown)),
    );
    if (end === 'done') return at;
    expect(end, `at checkpoint ${at}`).toBe('cancelled');
    expect(heldOf(seen)).toEqual([]);
    const objects = seen.filter(({ bytes }) => Buffer.compare(bytes, NOTE.bytes) === 0);
    expect(objects.filter(({ room }) => IN_USE.includes(room.place))).toEqual([]);
  }
}

describe('what is stopped at any checkpoint leaves nobody with anything', () => {
  it.each(['leaked-access-key-client-side', 'bucket-key-of-each', 'sse-c-wrong-key', 'client-key-lost'])(
    'experiment %s',
    async id => {
      const play = (pace: Pace) => runExperiment({ plan: planOf(id), seed: 'stop' }, pace);
      expect(await stopEverywhere(play)).toBeGreaterThan(3);
    },
  );

  it.each<[string, RunSpec]>([
    ['cse-aes', { mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'owner' }],
    ['sse-c', { mode: 'sse-c', operation: 'download', transport: 'https', principal: 'owner' }],
    ['sse-kms-cmk', { mode: 'sse-kms-cmk', operation: 'download', transport: 'https', principal: 's3-admin' }],
  ])('a changed run in mode %s', async (_mode, spec) => {
    const fork = { after: 3, change: { kind: 'forbid', action: 's3:PutObject' } } as const;
    expect(await stopEverywhere(pace => runFork({ ...spec, fork }, NOTE, pace))).toBeGreaterThan(0);
  });

  it('an attack', async () => {
    const spec = attackSpec('cse-aes', ['network', 'access-key', 'client-key', 's3-memory'], { transport: 'http' });
    expect(await stopEverywhere(pace => runAttack(spec, NOTE, pace))).toBeGreaterThan(2);
  });
});

describe('an experiment that is over', () => {
  it.each([
    'two-gates',
    'bucket-key-of-each',
    'sse-c-over-http',
    'client-side-from-console',
    'instruction-file-swapped',
  ])('%s has left nothing with anybody, whoever asked last', async id => {
    const seen: Seen[] = [];
    const results = await watching(seen, () => runExperiment({ plan: planOf(id), seed: 'over' }));
    expect(heldOf(seen)).toEqual([]);
    // What was brought to whoever asked are copies, which stay.
    for (const { trace, downloaded } of Object.values(results)) {
      if (downloaded) expect(downloaded.length, trace.run.operation).toBeGreaterThan(0);
      expect(downloaded?.every(byte => byte === 0) ?? false).toBe(false);
    }
  });

  it('has left nothing either when nobody asks for the next act', async () => {
    const seen: Seen[] = [];
    await watching(seen, async () => {
      for await (const { name } of playExperiment({ plan: planOf('sse-c-wrong-key') })) if (name === 'healthy') break;
    });
    expect(heldOf(seen)).toEqual([]);
  });

  it('takes all acts of a lesson from one playing, with or without a seed', async () => {
    const { healthy, broken } = await runExperiment({ plan: planOf('two-plaintexts-one-object') });
    if (!healthy || !broken) throw new Error('both acts are played');
    expect(broken.world).toBe(healthy.world);
  });
});

describe('a byte to be turned over that is out of all bounds', () => {
  it.each([0, -1, 999_999, Number.MAX_SAFE_INTEGER, 2 ** 60, -(2 ** 60), Number.NaN, Number.POSITIVE_INFINITY, 0.5])(
    '%d is one within: the damage is done, and shows the same',
    async byte => {
      for (const id of ['flip-ciphertext', 'flip-tag', 'flip-encrypted-data-key']) {
        const plan = planOf(id);
        const results = await runExperiment({ plan, seed: 'byte', byte });
        const acts = Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace]));
        const { broken } = acts;
        if (!broken) throw new Error('the broken act is played');
        const damaged = broken.steps.find(({ name }) => name === 's3.damage');
        expect(damaged).toBeDefined();
        expect(judge(plan.shows, { trace: broken, acts }).holds, `${id} ${byte}`).toBe(true);
      }
    },
  );

  it('is another one when the learner says so', async () => {
    const plan = planOf('flip-ciphertext');
    const damagedAt = async (byte: number) => {
      const { broken } = await runExperiment({ plan, seed: 'byte', byte });
      const fields = Object.values(broken?.trace.artifacts ?? {}).flatMap(one => one.fields ?? []);
      return fields.find(({ label }) => label === 'damaged byte')?.start;
    };
    expect(await damagedAt(3)).toBe(3);
    expect(await damagedAt(17)).toBe(17);
  });

  it('lies in the tag when the tag is meant: in one of the last 16 bytes', async () => {
    for (const [byte, fromEnd] of [
      [0, 16],
      [-1, 1],
      [16, 16],
    ] as const) {
      const { broken } = await runExperiment({ plan: planOf('flip-tag'), seed: 'byte', byte });
      const damaged = Object.values(broken?.trace.artifacts ?? {}).find(({ fields }) =>
        fields.some(({ label }) => label === 'damaged byte'),
      );
      const { start = 0 } = damaged?.fields.find(({ label }) => label === 'damaged byte') ?? {};
      expect((damaged?.byteLength ?? 0) - start).toBe(fromEnd);
    }
  });
});

describe('an empty object', () => {
  it.each(['https', 'http'] as const)('has nothing that could be turned over on the line (%s)', async transport => {
    const spec: RunSpec = { mode: 'sse-s3', operation: 'upload', transport, principal: 'owner', seed: 'empty' };
    const empty = { ...NOTE, bytes: new Uint8Array(0) };
    for (const change of [{ kind: 'meddle', byte: 3 } as const, { kind: 'flip', piece: 'tag', byte: 0 } as const]) {
      const { trace } = await runFork({ ...spec, fork: { after: 0, change } }, empty);
      expect(trace.steps.some(({ name }) => name === 's3.damage')).toBe(false);
      // A record of TLS has bytes of its own, whatever it brings.
      const isMeddled = change.kind === 'meddle' && transport === 'https';
      expect(trace.steps.some(({ name }) => name === 'wire.meddle')).toBe(isMeddled);
      expect(trace.outcome.isOk).toBe(!isMeddled);
    }
  });
});
