import { describe, expect, it } from 'vitest';
import { attackSpec } from './attackSpec.ts';

describe('the run of an attack', () => {
  it('is the thief’s, over HTTPS unless told', () => {
    expect(attackSpec('sse-c', ['disk'])).toEqual({
      mode: 'sse-c',
      operation: 'download',
      transport: 'https',
      principal: 'thief',
      attack: { leaks: ['disk'] },
    });
  });

  it('names each leak once and in one order, so that equal attacks have equal names', () => {
    expect(attackSpec('none', ['network', 'disk', 'network'])).toEqual(attackSpec('none', ['disk', 'network']));
  });

  it('says a moment only of a look into S3’s memory', () => {
    expect(attackSpec('none', ['disk'], { memoryAt: 3 }).attack).toEqual({ leaks: ['disk'] });
    expect(attackSpec('none', ['s3-memory'], { memoryAt: 3, seed: 'x' })).toMatchObject({
      attack: { leaks: ['s3-memory'], memoryAt: 3 },
      seed: 'x',
    });
  });
});
