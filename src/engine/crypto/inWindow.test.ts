import { describe, expect, it } from 'vitest';
import { inWindow } from './inWindow.ts';

describe('inWindow', () => {
  it('runs every task once, begun in order, and never more than the width at a time', async () => {
    const begun: number[] = [];
    let underWay = 0;
    let most = 0;
    await inWindow(20, 4, async index => {
      begun.push(index);
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay--;
    });
    expect(begun).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(most).toBe(4);
  });

  it('throws the first failure only after tasks under way have ended, and begins no more', async () => {
    let ended = 0;
    let begun = 0;
    const failing = inWindow(20, 3, async index => {
      begun++;
      await Promise.resolve();
      if (index === 0) throw new Error('first');
      await Promise.resolve();
      ended++;
    });
    await expect(failing).rejects.toThrow('first');
    expect(ended).toBe(begun - 1);
    expect(begun).toBeLessThan(20);
  });
});
