import { describe, expect, it } from 'vitest';
import { DISK_PIECES, PRINCIPALS, type RunChange, TRANSPORTS } from '../../engine/index.ts';
import { changedLabel, changedWords, changeWords } from './changeWords.ts';

const CHANGES: readonly RunChange[] = [
  ...DISK_PIECES.map(piece => ({ kind: 'flip', piece, byte: 7 }) as const),
  { kind: 'meddle', byte: 7 },
  { kind: 'forbid', action: 'kms:Decrypt' },
  { kind: 'key-state', state: 'Disabled' },
  { kind: 'key-state', state: 'PendingDeletion' },
  ...PRINCIPALS.map(principal => ({ kind: 'principal', principal }) as const),
  ...TRANSPORTS.map(transport => ({ kind: 'transport', transport }) as const),
];

describe('words for what is changed', () => {
  it.each([
    ['as a choice', changeWords],
    ['as what is so afterwards', changedWords],
    ['as a label', changedLabel],
  ])('tell every change from every other, %s', (_, words) => {
    expect(new Set(CHANGES.map(words)).size).toBe(CHANGES.length);
  });

  it('stand within a sentence: “The same up to step 3; then the KMS key is disabled.”', () => {
    for (const change of CHANGES) {
      const words = changedWords(change);
      expect(words).toMatch(/^[a-z]/);
      expect(words).not.toMatch(/\.$/);
    }
    expect(changedWords({ kind: 'key-state', state: 'Disabled' })).toBe('the KMS key is disabled');
  });

  it('fit as labels above half a page', () => {
    for (const change of CHANGES) expect(changedLabel(change).length).toBeLessThan(46);
  });
});
