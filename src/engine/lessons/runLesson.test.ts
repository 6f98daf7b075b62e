import { describe, expect, it } from 'vitest';
import { checkConserved } from '../../scene/conserved.ts';
import { checkSecret } from '../../scene/secret.ts';
import { NOTE } from '../../testing/allRuns.ts';
import { toldBy, truthOf } from '../../testing/completeness.ts';
import { leftoversIn, type Seen, watching } from '../../testing/watchSecrets.ts';
import { textOf } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { EngineError } from '../errors.ts';
import type { RunResult } from '../lab.ts';
import { LESSONS, type LessonId } from '../trace/trace.ts';
import type { World } from '../world.ts';
import { LESSON_PLANS } from './acts.ts';
import { PLANTED_TEXTS } from './attacks.ts';
import { playLesson, runLesson } from './runLesson.ts';

const play = (id: LessonId) => runLesson({ id, seed: 'lesson' }, NOTE);
const outcomes = (results: readonly RunResult[]) => results.map(({ trace }) => trace.outcome.code ?? 'ok');
const whyOf = ({ trace }: RunResult) => {
  const failed = trace.events.findLast(event => event.verb === 'failed');
  return failed?.verb === 'failed' ? failed.why?.code : undefined;
};
const textsOf = (results: readonly RunResult[]) => results.map(({ downloaded }) => downloaded && textOf(downloaded));
const stepsOf = ({ trace }: RunResult) => trace.steps.map(({ name }) => name);

describe('a lesson', () => {
  it.each(LESSONS)('%s has a run for each act, and all keep the laws', async id => {
    const runs: unknown[] = [];
    for await (const result of playLesson({ id, seed: 'lesson' }, NOTE)) {
      runs.push(result.trace.run.lesson);
      expect(toldBy(result)).toEqual(truthOf(result));
      expect(checkConserved(result.trace)).toEqual([]);
      expect(checkSecret(result.trace)).toEqual([]);
    }
    expect(runs).toEqual(LESSON_PLANS[id].acts.map((_, act) => ({ id, act })));
  });

  it('about the material description finds the one of three keys that opens (F-CSR-012)', async () => {
    const results = await play('material-description');
    expect(outcomes(results)).toEqual(['ok', 'ok']);
    const compared = results[1]?.trace.events.filter(event => event.verb === 'compared') ?? [];
    const asked = compared.filter(({ what }) => what === 'material-description');
    expect(asked.map(({ isEqual }) => isEqual)).toEqual([false, false, true]);
    expect(results[1]?.downloaded).toEqual(NOTE.bytes);
  });

  it('about rotation replaces the wrapping key without touching the object (F-CSR-026)', async () => {
    const results = await play('rotate-wrapping-key');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'ok', 'DecryptionFailed']);
    expect(results[1]?.trace.exchanges.map(({ request }) => request.startLine.split(' ')[0])).toEqual([
      'HEAD',
      'GET',
      'PUT',
    ]);
    expect(results[2]?.downloaded).toEqual(NOTE.bytes);
    expect(results.map(whyOf).at(-1)).toBe('UnableToUnwrapDataKey');
  });

  it('about a swapped instruction file shows two texts under V2 (F-FMT-005)', async () => {
    const results = await play('swap-v2');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'ok', 'ok']);
    const [, before, , after] = textsOf(results);
    expect(before?.startsWith(PLANTED_TEXTS[0])).toBe(true);
    expect(after).toContain(PLANTED_TEXTS[1]);
    expect(after).not.toContain(PLANTED_TEXTS[0]);
    // Only the instruction file was written.
    expect(results[2]?.trace.exchanges.map(({ request }) => request.startLine)).toEqual([
      expect.stringMatching(/^PUT .*\.instruction HTTP/),
    ]);
  });

  it('about the same swap is refused by the commitment under V3 (F-ERR-100)', async () => {
    const results = await play('swap-v3');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'ok', 'DecryptionFailed']);
    expect(results.map(whyOf).at(-1)).toBe('KeyCommitmentMismatch');
    expect(results[3] && stepsOf(results[3])).not.toContain('client.decrypt');
    expect(results[3]?.downloaded).toBeUndefined();
  });

  it('about a lost key ends with nothing to open the object', async () => {
    const results = await play('lost-key');
    expect(outcomes(results)).toEqual(['ok', 'WrappingKeyMissing']);
  });

  it('about two layers stops the administrator at the KMS gate', async () => {
    const results = await play('two-layers');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'AccessDenied']);
    expect(results[1]?.downloaded).toEqual(NOTE.bytes);
  });

  it('about ranges brings a changed amount that only the whole read refuses (F-FMT-092)', async () => {
    const results = await play('range');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'ok', 'DecryptionFailed']);
    expect(textsOf(results)[2]).toBe('amount: 0090010.00 EUR; re');
    expect(results.map(whyOf).at(-1)).toBe('AuthenticationTagMismatch');
  });

  it('about S3’s features loses the data key in a copy with other metadata (F-CSR-025)', async () => {
    const results = await play('s3-features');
    expect(outcomes(results)).toEqual(['ok', 'ok', 'ok', 'NotEncryptedByClient']);
    expect(results[1]?.downloaded).toHaveLength(NOTE.bytes.length + 16);
  });

  it('uploads the same object in a later act too, also when the buffer was handed over', async () => {
    const input = { ...NOTE, bytes: NOTE.bytes.slice(), isHandedOver: true };
    const results = await runLesson({ id: 'encryption-sdk', seed: 'lesson' }, input);
    const brought = [0, 2].flatMap(act => {
      const { artifacts = {}, opening = [] } = results[act]?.trace ?? {};
      const atClient = opening.filter(({ place }) => place === 'client').map(({ artifact }) => artifacts[artifact]);
      return atClient.filter(one => one?.kind === 'plaintext-object').map(one => one?.head);
    });
    expect(brought).toEqual([toHex(NOTE.bytes), toHex(NOTE.bytes)]);
    // Whoever handed it over finds it overwritten.
    expect(input.bytes.every(byte => byte === 0)).toBe(true);
  });

  it('about the AWS Encryption SDK finds no envelope in the metadata (F-ERR-107)', async () => {
    const results = await play('encryption-sdk');
    expect(outcomes(results)).toEqual(['ok', 'NotEncryptedByClient', 'ok', 'NotAnEncryptionSdkMessage']);
  });

  it.each([
    ['before anything has gone up', 0],
    ['in its second act', 5],
  ])('that is stopped %s leaves no secret behind, wrapping keys included', async (_when, passed) => {
    const seen: Seen[] = [];
    const worlds: World[] = [];
    let checkpoints = 0;
    const pace = {
      checkpoint: async () => {
        if (++checkpoints > passed) throw new EngineError('cancelled', 'stopped');
      },
    };
    const playing = async () => {
      for await (const { world } of playLesson({ id: 'material-description', seed: 'stop' }, NOTE, pace)) {
        worlds.push(world);
      }
    };
    await watching(seen, () => expect(playing()).rejects.toMatchObject({ code: 'cancelled' }));
    expect(worlds).toHaveLength(passed > 0 ? 1 : 0);
    // The three wrapping keys come first; what has 32 bytes and is no secret comes later.
    const keys = seen.filter(({ room, bytes }) => room.place === 'client' && bytes.length === 32).slice(0, 3);
    expect(keys.map(({ bytes }) => bytes)).toEqual([new Uint8Array(32), new Uint8Array(32), new Uint8Array(32)]);
    for (const world of worlds) {
      expect(leftoversIn(world, seen)).toEqual([]);
      expect(Object.values(world.customers).flatMap(({ room }) => room.ids())).toEqual([]);
    }
  });

  it('that nobody looks at to its end leaves no key either', async () => {
    let world: World | undefined;
    for await (const result of playLesson({ id: 'lost-key', seed: 'leave' }, NOTE)) {
      world = result.world;
      break;
    }
    expect(world && Object.values(world.customers).flatMap(({ room }) => room.ids())).toEqual([]);
  });
});
