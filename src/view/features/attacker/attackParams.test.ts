import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAKS, MODES, TRANSPORTS } from '../../../engine/index.ts';
import { readChoice, writeChoice } from './attackParams.ts';

describe('the address of an attack', () => {
  it('falls back to the disks under SSE-KMS when it says nothing', () => {
    expect(readChoice({})).toEqual({ leaks: ['disk'], mode: 'sse-kms-cmk', transport: 'https' });
  });

  it('tells nothing leaked from not said', () => {
    expect(readChoice({ leaks: '' }).leaks).toEqual([]);
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.subarray([...LEAKS]),
        fc.constantFrom(...MODES),
        fc.constantFrom(...TRANSPORTS),
        fc.integer({ min: 1, max: 999 }),
        (leaks, mode, transport, memoryAt) => {
          const at = leaks.includes('s3-memory') ? { memoryAt } : {};
          const choice = { leaks, mode, transport, ...at };
          expect(readChoice(writeChoice({ leaks, mode, transport, memoryAt }))).toEqual(choice);
        },
      ),
    );
  });

  it('never says what there is not, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('leaks', 'mode', 'net', 'at', '__proto__'), fc.string()), params => {
        const { leaks, mode, transport, memoryAt = 1 } = readChoice(params);
        expect(MODES).toContain(mode);
        expect(TRANSPORTS).toContain(transport);
        expect(leaks.every(leak => LEAKS.includes(leak))).toBe(true);
        expect(memoryAt).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
