import { beforeAll, describe, expect, it } from 'vitest';
import { LESSON_PLANS, type LessonId, runLesson, type Trace } from '../../../engine/index.ts';
import { NOTE } from '../../../testing/allRuns.ts';
import { inspect } from '../inspector/inspect.ts';
import { drawnStays } from './stays.ts';

const LESSONS = ['material-description', 'rotate-wrapping-key', 'swap-v2', 's3-features', 'encryption-sdk'] as const;
const played = new Map<LessonId, readonly Trace[]>();

beforeAll(async () => {
  for (const id of LESSONS) {
    const results = await runLesson({ id, seed: 'stage' }, NOTE);
    played.set(
      id,
      results.map(({ trace }) => trace),
    );
  }
}, 60_000);

function act(id: LessonId, name: string): Trace {
  const trace = played.get(id)?.[LESSON_PLANS[id].acts.findIndex(each => each.name === name)];
  if (!trace) throw new Error(`no act ${id} ${name}`);
  return trace;
}

/** Names and letters of what lies in a room before the first step. */
function lying(trace: Trace, place: string): string[] {
  return drawnStays(trace)
    .filter(stay => stay.place === place && stay.fromEvent === 0)
    .map(({ artifact }) => [trace.artifacts[artifact]?.name, trace.artifacts[artifact]?.letter].join(' ').trim());
}

describe('what a lesson’s stage shows though the act leaves it alone', () => {
  it('the object itself, untouched on the disks, when its instruction file is rewrapped or swapped', () => {
    expect(lying(act('rotate-wrapping-key', 'rewrap'), 's3.disk')).toEqual(expect.arrayContaining([NOTE.name]));
    expect(lying(act('swap-v2', 'swap'), 's3.disk')).toEqual(expect.arrayContaining(['payment.txt']));
    expect(lying(act('s3-features', 'download-copy'), 's3.disk')).toEqual(
      expect.arrayContaining([NOTE.name, `copy of ${NOTE.name}`]),
    );
  });

  it('the wrapping keys that are not used', () => {
    expect(lying(act('material-description', 'upload'), 'client').filter(name => name.includes('key'))).toHaveLength(3);
    expect(lying(act('encryption-sdk', 'open-sdk-message'), 'client')).toEqual(['wrapping key W']);
  });

  it.each(['download-new-key', 'download-old-key'])('both key pairs whole in %s', name => {
    expect(lying(act('rotate-wrapping-key', name), 'client').toSorted()).toEqual(
      ['RSA private key W', 'RSA private key W2', 'RSA public key W', 'RSA public key W2'].toSorted(),
    );
  });

  it('and no more than that: outside of lessons, only what plays', () => {
    const trace = act('rotate-wrapping-key', 'rewrap');
    const { lesson: _lesson, ...run } = trace.run;
    expect(lying({ ...trace, run }, 's3.disk')).not.toContain(NOTE.name);
    expect(lying(act('swap-v2', 'plant'), 'client')).toEqual(['RSA public key W']);
  });
});

describe('the inspector at the end of a download', () => {
  it.each([
    ['material-description', 'download', 'plaintext-object'],
    ['s3-features', 'plain-download', 'ciphertext-object'],
  ] as const)('shows what stays: %s, %s', (id, name, kind) => {
    const trace = act(id, name);
    expect(inspect(trace, trace.events.length, undefined).artifact?.kind).toBe(kind);
  });
});
