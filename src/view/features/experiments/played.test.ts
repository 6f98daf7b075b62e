import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgetPlayed, type Played, readPlayed, writePlayed } from './played.ts';

const entry: Played = { chosen: 'a', sure: 'think', isRight: true, at: 1 };
const holding = (text: string | null) => ({
  getItem: () => text,
  setItem: () => {
    throw new Error('full');
  },
  removeItem: () => {
    throw new Error('forbidden');
  },
});
function memory() {
  const content = new Map<string, string>();
  return {
    getItem: (name: string) => content.get(name) ?? null,
    setItem: (name: string, value: string) => void content.set(name, value),
    removeItem: (name: string) => void content.delete(name),
  };
}

describe('what was played', () => {
  it('reads what was written, and keeps what was there before', () => {
    const storage = memory();
    writePlayed(storage, 'one', entry);
    writePlayed(storage, '__proto__', { ...entry, isRight: false });
    expect(Object.keys(readPlayed(storage))).toContain('one');
    expect(readPlayed(storage).one).toEqual(entry);
  });

  it('forgets all', () => {
    const storage = memory();
    writePlayed(storage, 'one', entry);
    forgetPlayed(storage);
    expect(readPlayed(storage)).toEqual({});
  });

  it('survives a full, a forbidden and a missing storage', () => {
    expect(() => writePlayed(holding(null), 'one', entry)).not.toThrow();
    expect(() => forgetPlayed(holding(null))).not.toThrow();
    expect(() => writePlayed(undefined, 'one', entry)).not.toThrow();
    expect(readPlayed(undefined)).toEqual({});
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '{"version":2,"played":{"a":{"chosen":"x","sure":"sure","isRight":true,"at":1}}}',
    '{"version":1,"played":[]}',
    '{"version":1,"played":{"a":{"chosen":7,"sure":"sure","isRight":true,"at":1}}}',
    '{"version":1,"played":{"a":{"chosen":"x","sure":"very","isRight":true,"at":1}}}',
    '{"version":1,"played":{"a":{"chosen":"x","sure":"sure","isRight":"yes","at":1}}}',
    '{"version":1,"played":{"a":{"chosen":"x","sure":"sure","isRight":true,"at":1e999}}}',
    '{"version":1,"played":{"a":null}}',
  ])('takes %j for nothing played', text => {
    expect(readPlayed(holding(text))).toEqual({});
  });

  it('never throws, whatever lies in the storage', () => {
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, played) => {
        readPlayed(holding(text));
        readPlayed(holding(JSON.stringify({ version: 1, played })));
      }),
    );
    expect(true).toBe(true);
  });
});
