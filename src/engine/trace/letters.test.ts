import { describe, expect, it } from 'vitest';
import { letterPool } from './letters.ts';

describe('letters', () => {
  it('are given to keys one after another, from a row of their own for each kind', () => {
    const { take } = letterPool();
    expect([take('data-key'), take('backing-key'), take('data-key'), take('session-key')]).toEqual([
      'A',
      'K',
      'B',
      'T',
    ]);
  });

  it('are given to nothing but keys', () => {
    const { take } = letterPool();
    for (const kind of ['plaintext-object', 'encrypted-data-key', 'checksum', 'derived-key', 'public-key'] as const) {
      expect(take(kind)).toBeUndefined();
    }
  });

  it('go on with a number when a row is used up, and never twice the same', () => {
    const { take } = letterPool();
    const given = Array.from({ length: 30 }, () => take('data-key'));
    expect([given[11], given[12], given[13], given[24]]).toEqual(['Q', 'A2', 'B2', 'A3']);
    expect(new Set(given).size).toBe(30);
    expect([take('backing-key'), take('backing-key')]).toEqual(['K', 'K2']);
  });

  it('are never the same for two kinds of keys', () => {
    const { take } = letterPool();
    const kinds = ['data-key', 'backing-key', 'domain-key', 's3-root-key', 'customer-key', 'wrapping-key'] as const;
    const given = [...kinds, 'session-key' as const].flatMap(kind => Array.from({ length: 12 }, () => take(kind)));
    expect(new Set(given).size).toBe(given.length);
  });

  it('start again for one kind without touching the others', () => {
    const { take, restart } = letterPool();
    take('session-key');
    take('data-key');
    restart('session-key');
    expect([take('session-key'), take('data-key')]).toEqual(['T', 'B']);
  });
});
