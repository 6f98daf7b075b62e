import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../../../engine/index.ts';
import { forkOf, labelsOf } from './specs.ts';

const BASE: RunSpec = { mode: 'sse-kms-cmk', operation: 'download', transport: 'https', principal: 'owner', seed: 's' };
const CHANGED: RunSpec = { ...BASE, fork: { after: 3, change: { kind: 'key-state', state: 'Disabled' } } };

describe('labels of two runs', () => {
  it('say of a changed run what was changed, on whichever side it stands', () => {
    expect(labelsOf({ left: BASE, right: CHANGED })).toEqual({ left: 'As it was', right: 'KMS key disabled' });
    expect(labelsOf({ left: CHANGED, right: BASE })).toEqual({ left: 'KMS key disabled', right: 'As it was' });
  });

  it('name the mode too when more than the change tells the two apart', () => {
    const { left, right } = labelsOf({ left: { ...BASE, mode: 'sse-s3' }, right: CHANGED });
    expect(left).toBe('SSE-S3');
    expect(right).toBe('SSE-KMS · your key, the KMS key is disabled');
  });
});

describe('forkOf', () => {
  it('finds the step and the change of one run that leaves the other', () => {
    expect(forkOf({ left: BASE, right: CHANGED })).toMatchObject({ side: 'right', after: 3 });
    expect(forkOf({ left: CHANGED, right: BASE })).toMatchObject({ side: 'left', after: 3 });
  });

  it.each([
    [
      'two forks',
      CHANGED,
      { ...CHANGED, fork: { after: 4, change: { kind: 'key-state', state: 'Disabled' } } } as const,
    ],
    ['no fork', BASE, BASE],
    ['a fork of another run', { ...BASE, seed: 'other' }, CHANGED],
  ])('finds none in %s', (_, left, right) => {
    expect(forkOf({ left, right })).toBeUndefined();
  });
});
