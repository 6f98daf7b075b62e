import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LESSONS, MODES, OPERATIONS, PLACES, type RunSpec, runLesson, type Trace } from '../../engine/index.ts';
import { ALL_SPECS, NOTE, nameOfSpec, runOf } from '../../testing/allRuns.ts';
import { sceneAt } from '../fold.ts';
import { checkConserved, checkSecret } from '../laws.ts';
import {
  type Deed,
  LEVELS,
  type Move,
  type MoveChoice,
  modelMove,
  movesOf,
  type Performance,
  performedTrace,
  sayMove,
  sceneOf,
  startPerformance,
  tryMove,
  undoMove,
  yoursAt,
} from '../perform.ts';

const PLAIN: readonly RunSpec[] = MODES.flatMap(mode =>
  OPERATIONS.map(operation => ({ mode, operation, transport: 'https' as const, principal: 'owner' as const })),
);
const traces = new Map<string, Trace>();

beforeAll(async () => {
  for (const spec of ALL_SPECS) traces.set(nameOfSpec(spec), (await runOf(spec)).trace);
}, 120_000);

function traceOf(spec: RunSpec): Trace {
  const trace = traces.get(nameOfSpec(spec));
  if (trace === undefined) throw new Error(`no run for ${nameOfSpec(spec)}`);
  return trace;
}
const run = (mode: RunSpec['mode'], operation: RunSpec['operation'] = 'upload'): Trace =>
  traceOf({ mode, operation, transport: 'https', principal: 'owner' });

/** What each place holds, whatever the order of arrival. */
function heldIn(scene: ReturnType<typeof sceneOf>): string[] {
  return PLACES.flatMap(place => [...scene.holdings[place]].sort().map(id => `${place} ${id}`));
}

const choiceOf = ({ actor, deed, artifacts, to }: Move): MoveChoice => ({ actor, deed, artifacts, to });

/** Performs to the end, at each point trying the moves left in the order that `pick` gives. */
function performBy(trace: Trace, pick: (open: readonly Move[]) => readonly Move[]): Performance {
  let performance = startPerformance(trace, 4);
  while (performance.done.length < performance.moves.length) {
    const open = performance.moves.filter(({ index }) => !performance.done.includes(index));
    const tried = pick(open)
      .map(move => tryMove(performance, choiceOf(move)))
      .find(one => one.isDone);
    if (!tried?.isDone) throw new Error('no move is allowed any more');
    performance = tried.performance;
  }
  return performance;
}

describe('the moves of a run', () => {
  it.each(PLAIN)('$mode $operation is told in 6 to 14 moves', spec => {
    const count = movesOf(traceOf(spec)).length;
    expect(count).toBeGreaterThanOrEqual(6);
    expect(count).toBeLessThanOrEqual(14);
  });

  it('share out all events of every run, in order', () => {
    for (const trace of traces.values()) {
      const moves = movesOf(trace);
      expect(moves[0]?.first).toBe(0);
      expect(moves.at(-1)?.end).toBe(trace.events.length);
      for (const [index, move] of moves.entries()) {
        expect(move.index).toBe(index);
        expect(move.first).toBe(moves[index - 1]?.end ?? 0);
        expect(move.event).toBeGreaterThanOrEqual(move.first);
        expect(move.event).toBeLessThan(move.end);
        expect(trace.events[move.event]?.step).toBe(move.step - 1);
      }
    }
  });

  it('of an SSE-KMS upload are those of the envelope', () => {
    const trace = run('sse-kms-cmk');
    expect(movesOf(trace).map(({ actor, deed, to }) => `${actor} ${deed} ${to}`)).toEqual([
      'client sent s3.memory',
      's3 authorized s3.memory',
      's3 compared.checksum s3.memory',
      's3 sent kms.host',
      'kms authorized kms.host',
      'kms generated kms.hsm',
      'kms wrapped kms.hsm',
      'kms responded s3.memory',
      's3 encrypted s3.memory',
      's3 discarded s3.memory',
      's3 stored s3.disk',
      's3 responded client',
    ]);
  });

  it('leave out how the bucket of an SSE-C upload is set up', () => {
    const moves = movesOf(run('sse-c'));
    expect(moves.filter(({ deed, actor }) => deed === 'sent' && actor === 'client')).toHaveLength(1);
  });

  it('are sentences, each its own', () => {
    for (const spec of PLAIN) {
      const trace = traceOf(spec);
      const sentences = movesOf(trace).map(move => JSON.stringify(sayMove(trace, move)));
      expect(new Set(sentences).size).toBe(sentences.length);
    }
  });
});

describe('any order that the laws allow', () => {
  it('ends in the scene of the run, and is itself a run that keeps the laws', () => {
    const specs = fc.constantFrom(...PLAIN);
    fc.assert(
      fc.property(specs, fc.infiniteStream(fc.nat({ max: 1e6 })), (spec, numbers) => {
        const trace = traceOf(spec);
        const shuffle = (open: readonly Move[]) => {
          const left = [...open];
          return open.flatMap(() => left.splice((numbers.next().value ?? 0) % left.length, 1));
        };
        const performance = performBy(trace, shuffle);
        const told = performedTrace(performance);
        expect(heldIn(sceneOf(performance))).toEqual(heldIn(sceneAt(trace, trace.events.length)));
        expect([checkConserved(told), checkSecret(told)]).toEqual([[], []]);
      }),
      { numRuns: 150 },
    );
  });

  it('includes the order of the run, in every run of the lab', () => {
    for (const trace of traces.values()) {
      let performance = startPerformance(trace, 4);
      for (const move of movesOf(trace)) {
        expect(modelMove(performance)).toBe(move);
        const tried = tryMove(performance, choiceOf(move));
        if (!tried.isDone) throw new Error(`${nameOfSpec(trace.run)} ${move.deed} ${JSON.stringify(tried.objection)}`);
        performance = tried.performance;
      }
      expect(modelMove(performance)).toBeUndefined();
      expect(heldIn(sceneOf(performance))).toEqual(heldIn(sceneAt(trace, trace.events.length)));
    }
  });

  it('may be as far from the order of the run as the laws go, in every run of the lab', () => {
    for (const trace of traces.values()) {
      const told = performedTrace(performBy(trace, open => open.toReversed()));
      expect([nameOfSpec(trace.run), ...checkConserved(told), ...checkSecret(told)]).toEqual([nameOfSpec(trace.run)]);
      expect(heldIn(sceneAt(told, told.events.length))).toEqual(heldIn(sceneAt(trace, trace.events.length)));
    }
  });

  it.each(LESSONS)('keeps the laws in every act of the lesson %s too', async id => {
    for (const { trace } of await runLesson({ id }, { ...NOTE, bytes: NOTE.bytes.slice() })) {
      const told = performedTrace(performBy(trace, open => open.toReversed()));
      expect(checkConserved(told)).toEqual([]);
      expect(heldIn(sceneAt(told, told.events.length))).toEqual(heldIn(sceneAt(trace, trace.events.length)));
    }
  });

  it('really is more than one: the key may be discarded before or after the object is stored', () => {
    const trace = run('sse-kms-cmk');
    const order = performBy(trace, open => open.toReversed()).done;
    const index = (deed: Deed) => movesOf(trace).find(move => move.deed === deed && move.actor === 's3')?.index ?? -1;
    expect(order.indexOf(index('stored'))).toBeLessThan(order.indexOf(index('discarded')));
  });
});

describe('a level', () => {
  it.each(LEVELS)('%s leaves the learner as many moves as it says, and gives the rest', level => {
    const trace = run('sse-kms-cmk');
    const { given, done, moves } = startPerformance(trace, level);
    expect(moves.length - given).toBe([0, 1, 2, 6, 12][level]);
    expect(yoursAt(level, moves.length)).toBe(moves.length - given);
    expect(done).toEqual(moves.slice(0, given).map(({ index }) => index));
  });

  it('is never more than the run has moves', () => {
    expect(LEVELS.map(level => yoursAt(level, 1))).toEqual([0, 1, 1, 1, 1]);
  });
});

describe('undo', () => {
  it('gives back exactly what was, and keeps what was given', () => {
    const start = startPerformance(run('sse-kms-cmk'), 2);
    const move = modelMove(start);
    const tried = move && tryMove(start, choiceOf(move));
    if (!tried?.isDone) throw new Error('the next move of the run is allowed');
    expect(undoMove(tried.performance)).toEqual(start);
    expect(sceneOf(undoMove(tried.performance))).toEqual(sceneOf(start));
    expect(undoMove(start)).toBe(start);
  });
});

describe('an objection', () => {
  /** The performance after so many moves of the run, and what is said against a choice then. */
  function against(trace: Trace, made: number, choice: MoveChoice) {
    const start = startPerformance(trace, 4);
    const tried = tryMove({ ...start, done: start.moves.slice(0, made).map(({ index }) => index) }, choice);
    return tried.isDone ? 'done' : tried.objection;
  }
  const idOf = (trace: Trace, letter: string) =>
    Object.values(trace.artifacts).find(artifact => artifact.letter === letter)?.id ?? '';
  const ofKind = (trace: Trace, kind: string) =>
    Object.values(trace.artifacts).find(artifact => artifact.kind === kind)?.id ?? '';

  it('names the gate that is still shut', () => {
    const trace = run('sse-kms-cmk');
    const choice = { actor: 'kms', deed: 'generated', artifacts: [idOf(trace, 'A')], to: 'kms.hsm' } as const;
    expect(against(trace, 4, choice)).toMatchObject({ kind: 'gate', actor: 'kms' });
    expect(against(trace, 2, choice)).toMatchObject({ kind: 'request', actor: 'kms' });
  });

  it('names what is not there yet', () => {
    const trace = run('sse-kms-cmk');
    const dataKey = idOf(trace, 'A');
    const artifacts = [ofKind(trace, 'plaintext-object'), dataKey];
    expect(against(trace, 5, { actor: 's3', deed: 'encrypted', artifacts, to: 's3.memory' })).toMatchObject({
      kind: 'not-held',
      actor: 's3',
      artifact: dataKey,
    });
  });

  it('does not let a key be discarded that is needed once more (F-KSM-006)', () => {
    const trace = run('sse-kms-cmk');
    const dataKey = idOf(trace, 'A');
    const choice = { actor: 's3', deed: 'discarded', artifacts: [dataKey], to: 's3.memory' } as const;
    expect(against(trace, 8, choice)).toMatchObject({ kind: 'in-use', artifact: dataKey, place: 's3.memory' });
    expect(against(trace, 9, choice)).toBe('done');
  });

  it('says that a KMS key never leaves its HSM (F-KMS-002)', () => {
    const trace = run('sse-kms-cmk');
    const key = idOf(trace, 'K');
    const stays = { kind: 'stays', artifact: key, place: 'kms.hsm' };
    expect(against(trace, 7, { actor: 'kms', deed: 'responded', artifacts: [key], to: 's3.memory' })).toMatchObject(
      stays,
    );
    const wrap = { actor: 's3', deed: 'wrapped', artifacts: [idOf(trace, 'A'), key], to: 's3.memory' } as const;
    expect(against(trace, 7, wrap)).toMatchObject(stays);
  });

  it('says who does it instead', () => {
    const trace = run('sse-kms-cmk');
    const choice = { actor: 's3', deed: 'generated', artifacts: [idOf(trace, 'A')], to: 's3.memory' } as const;
    expect(against(trace, 5, choice)).toMatchObject({ kind: 'actor', actor: 'kms' });
  });

  it('does not put a readable key on the disks', () => {
    const trace = run('sse-kms-cmk');
    const dataKey = idOf(trace, 'A');
    const artifacts = [ofKind(trace, 'ciphertext-object'), dataKey];
    expect(against(trace, 9, { actor: 's3', deed: 'stored', artifacts, to: 's3.disk' })).toMatchObject({
      kind: 'secret',
      artifact: dataKey,
      place: 's3.disk',
    });
  });

  it('names the key without which nothing opens', () => {
    const trace = run('sse-s3', 'download');
    const artifacts = [ofKind(trace, 'encrypted-data-key')];
    expect(against(trace, 3, { actor: 's3', deed: 'unwrapped', artifacts, to: 's3.memory' })).toMatchObject({
      kind: 'locked',
      artifact: artifacts[0],
      opener: idOf(trace, 'R'),
    });
  });

  it('tells a repetition, another place, other artifacts and what this run does not need', () => {
    const trace = run('sse-kms-cmk');
    const [first, , , , , make] = movesOf(trace);
    if (!first || !make) throw new Error('the run has these moves');
    expect(against(trace, 3, choiceOf(first))).toMatchObject({ kind: 'done', step: first.step });
    expect(against(trace, 5, { ...choiceOf(make), to: 'kms.host' })).toMatchObject({ kind: 'place' });
    expect(against(trace, 10, { actor: 's3', deed: 'stored', artifacts: [], to: 's3.disk' })).toMatchObject({
      kind: 'artifacts',
      how: 'too-few',
    });
    expect(against(trace, 3, { actor: 's3', deed: 'denied', artifacts: [], to: 's3.memory' })).toEqual({
      kind: 'idle',
    });
  });

  it('is all that anything said can bring about: no choice, however odd, breaks it', () => {
    const trace = run('sse-kms-cmk', 'download');
    const odd = fc.record({
      actor: fc.constantFrom('client', 's3', 'kms', 'tap', 'trail' as const),
      deed: fc.constantFrom<Deed>(...movesOf(trace).map(({ deed }) => deed), 'discarded', 'wrapped', 'denied'),
      artifacts: fc.array(fc.constantFrom(...Object.keys(trace.artifacts), '__proto__', 'a999')),
      to: fc.constantFrom(...PLACES),
    });
    fc.assert(
      fc.property(odd, fc.nat({ max: 11 }), (choice, made) => {
        const answer = against(trace, made, choice as MoveChoice);
        expect(answer === 'done' || typeof answer.kind === 'string').toBe(true);
      }),
    );
  });
});
