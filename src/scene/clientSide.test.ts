import { describe, expect, it } from 'vitest';
import { GUESTS, PRINCIPALS } from '../engine/index.ts';
import { clientSideOf } from './clientSide.ts';

describe('whose side the client’s is', () => {
  it.each([...PRINCIPALS, ...GUESTS])('%s: it is yours, but for the thief’s', principal => {
    const side = clientSideOf({ principal });
    expect(side.isYou).toBe(principal !== 'thief');
    expect(side.room).toBe(principal === 'thief' ? 'The attacker' : 'Your side');
    expect(side.as === '').toBe(principal === 'owner' || principal === 'thief');
    // The narrowest room of the stage has no place for more.
    expect(`${side.room} ${side.as}`.length).toBeLessThan(22);
  });
});
