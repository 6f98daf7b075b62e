import { describe, expect, it } from 'vitest';
import { LESSONS, type RunSpec } from '../../engine/index.ts';
import { changedSpec, findActSpec, isSameSpec, SEED_LIMIT } from './spec.ts';

const PLAIN: RunSpec = { mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'owner' };
const FULL: RunSpec = { ...PLAIN, format: 'v2', envelope: 'instruction-file' };

function actOf(act: number, seed?: string): RunSpec {
  const spec = findActSpec('swap-v2', act, seed);
  if (!spec) throw new Error('the plan has this act');
  return spec;
}

describe('changedSpec', () => {
  it('keeps format and envelope between client-side modes, and drops them elsewhere', () => {
    expect(changedSpec(FULL, { mode: 'cse-kms' })).toEqual({ ...FULL, mode: 'cse-kms' });
    expect(changedSpec(FULL, { mode: 'sse-s3' })).toEqual({ ...PLAIN, mode: 'sse-s3' });
    expect(changedSpec(PLAIN, { mode: 'sse-s3', format: 'v2' })).toEqual({ ...PLAIN, mode: 'sse-s3' });
  });

  it('leaves out what is the default', () => {
    expect(changedSpec(FULL, { format: 'v3', envelope: 'metadata' })).toEqual(PLAIN);
  });

  it('leaves a lesson when anything is chosen by hand, back to the owner and the defaults', () => {
    const act: RunSpec = { ...actOf(2), format: 'v2', envelope: 'instruction-file' };
    const left: RunSpec = { mode: 'cse-rsa', operation: 'upload', transport: 'https', principal: 'owner' };
    expect(changedSpec(act, {})).toEqual(left);
    expect(changedSpec(act, { operation: 'download' })).toEqual({ ...left, operation: 'download' });
    expect(changedSpec(act, { principal: 'stranger' })).toEqual({ ...left, principal: 'stranger' });
    expect(changedSpec(act, { mode: 'sse-c' })).toEqual({ ...left, mode: 'sse-c' });
    expect(changedSpec(act, { format: 'v2' })).toEqual({ ...left, format: 'v2' });
  });

  it('keeps a lesson and its act when only the seed changes', () => {
    expect(changedSpec(actOf(2), { seed: ' class ' })).toEqual(actOf(2, 'class'));
    expect(changedSpec(actOf(2, 'class'), { seed: '' })).toEqual(actOf(2));
  });

  it('cuts a seed that is too long', () => {
    expect(changedSpec(PLAIN, { seed: 's'.repeat(100) }).seed).toHaveLength(SEED_LIMIT);
  });
});

describe('isSameSpec', () => {
  it('tells runs apart by each choice', () => {
    const others: readonly RunSpec[] = [
      { ...PLAIN, mode: 'cse-rsa' },
      { ...PLAIN, operation: 'download' },
      { ...PLAIN, transport: 'http' },
      { ...PLAIN, principal: 'stranger' },
      { ...PLAIN, seed: 'class' },
      { ...PLAIN, format: 'v2' },
      { ...PLAIN, envelope: 'instruction-file' },
      { ...PLAIN, lesson: { id: 'lost-key', act: 0 } },
      { ...PLAIN, experiment: { id: 'key-disabled', act: 0 } },
      { ...PLAIN, fork: { after: 2, change: { kind: 'key-state', state: 'Disabled' } } },
      { ...PLAIN, attack: { leaks: ['disk'] } },
    ];
    for (const other of others) {
      expect(isSameSpec(PLAIN, other)).toBe(false);
      expect(isSameSpec(other, PLAIN)).toBe(false);
      expect(isSameSpec(other, { ...other })).toBe(true);
    }
    expect(isSameSpec(PLAIN, { ...PLAIN, format: 'v3', envelope: 'metadata' })).toBe(true);
  });

  it('tells acts apart by lesson, act and seed, and by nothing else', () => {
    expect(isSameSpec(actOf(1), actOf(3))).toBe(false);
    expect(isSameSpec(actOf(1), actOf(1, 'class'))).toBe(false);
    expect(isSameSpec(actOf(1), { ...actOf(1), lesson: { id: 'swap-v3', act: 1 } })).toBe(false);
    expect(isSameSpec(actOf(1), { ...actOf(1), format: 'v2' })).toBe(true);
  });
});

describe('isSameSpec of runs that belong to a page beside the lab', () => {
  const act = (experiment: NonNullable<RunSpec['experiment']>): RunSpec => ({ ...PLAIN, seed: 's', experiment });
  it('tells the acts of an experiment apart, though the same person does the same in the same mode', () => {
    const healthy = act({ id: 'key-disabled', act: 0 });
    expect(isSameSpec(healthy, act({ id: 'key-disabled', act: 1 }))).toBe(false);
    expect(isSameSpec(healthy, act({ id: 'rotation', act: 0 }))).toBe(false);
    expect(isSameSpec(healthy, act({ id: 'key-disabled', act: 0, byte: 3 }))).toBe(false);
    expect(isSameSpec(healthy, act({ id: 'key-disabled', act: 0 }))).toBe(true);
  });

  it('tells forks apart by step and change, and attacks by what has leaked', () => {
    const fork = (after: number, state: 'Disabled' | 'PendingDeletion'): RunSpec => ({
      ...PLAIN,
      fork: { after, change: { kind: 'key-state', state } },
    });
    expect(isSameSpec(fork(2, 'Disabled'), fork(3, 'Disabled'))).toBe(false);
    expect(isSameSpec(fork(2, 'Disabled'), fork(2, 'PendingDeletion'))).toBe(false);
    expect(isSameSpec(fork(2, 'Disabled'), fork(2, 'Disabled'))).toBe(true);
    expect(isSameSpec({ ...PLAIN, attack: { leaks: ['disk'] } }, { ...PLAIN, attack: { leaks: [] } })).toBe(false);
  });
});

describe('findActSpec', () => {
  it.each(LESSONS)('has a first act of %s, and none before it or far behind', id => {
    expect(findActSpec(id, 0)?.lesson).toEqual({ id, act: 0 });
    for (const act of [-1, 0.5, 99, Number.NaN]) expect(findActSpec(id, act)).toBeUndefined();
  });

  it('leaves experiment and attack behind with everybody who is only there, but for another seed', () => {
    const plain: RunSpec = { mode: 'sse-s3', operation: 'download', transport: 'https', principal: 'owner' };
    const act: RunSpec = { ...plain, principal: 'reader', experiment: { id: 'two-gates', act: 1 } };
    const attack: RunSpec = { ...plain, principal: 'thief', attack: { leaks: ['disk'] } };
    expect(changedSpec(act, { mode: 'sse-c' })).toEqual({ ...plain, mode: 'sse-c' });
    expect(changedSpec(attack, { transport: 'http' })).toEqual({ ...plain, transport: 'http' });
    expect(changedSpec(act, { seed: 'class' })).toEqual({ ...act, seed: 'class' });
    expect(changedSpec({ ...act, seed: 'class' }, { seed: '' })).toEqual(act);
  });
});
