import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAKS, MODES, OPERATIONS, PRINCIPALS, type RunChange, type RunSpec, TRANSPORTS } from '../../engine/index.ts';
import { formatSpec, parseSpec } from './specText.ts';

const changes = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    piece: fc.constantFrom('ciphertext', 'tag', 'encrypted-data-key'),
    byte: fc.nat(9999),
  }),
  fc.record({ kind: fc.constant('meddle' as const), byte: fc.nat(9999) }),
  fc.record({ kind: fc.constant('forbid' as const), action: fc.constantFrom('s3:GetObject', 'kms:Decrypt') }),
  fc.record({ kind: fc.constant('key-state' as const), state: fc.constantFrom('Disabled', 'PendingDeletion') }),
  fc.record({ kind: fc.constant('principal' as const), principal: fc.constantFrom(...PRINCIPALS) }),
  fc.record({ kind: fc.constant('transport' as const), transport: fc.constantFrom(...TRANSPORTS) }),
) as fc.Arbitrary<RunChange>;
const extras = fc.oneof(
  fc.constant({}),
  fc.record({ fork: fc.record({ after: fc.nat(60), change: changes }) }),
  fc.record({ experiment: fc.record({ id: fc.constantFrom('two-gates', 'flip-tag'), act: fc.nat(5) }) }),
  fc.record({ experiment: fc.record({ id: fc.constant('flip-tag'), act: fc.nat(5), byte: fc.nat(90) }) }),
  fc.record({ attack: fc.record({ leaks: fc.subarray([...LEAKS]), memoryAt: fc.nat(30) }) }),
);
const specs: fc.Arbitrary<RunSpec> = fc
  .tuple(
    fc.record({
      mode: fc.constantFrom(...MODES),
      operation: fc.constantFrom(...OPERATIONS),
      transport: fc.constantFrom(...TRANSPORTS),
      principal: fc.constantFrom(...PRINCIPALS, 'thief' as const, 'anonymous' as const),
    }),
    extras,
    fc.option(fc.string({ minLength: 1, maxLength: 20 }).filter(text => text.trim() === text && text !== '')),
  )
  .map(([plain, extra, seed]) => ({ ...plain, ...extra, ...(seed === null ? {} : { seed }) }));

describe('a run in one word', () => {
  it('says all of the run', () => {
    fc.assert(
      fc.property(specs, spec => {
        expect(parseSpec(formatSpec(spec))).toEqual(spec);
      }),
    );
  });

  it('says format, envelope and lesson too', () => {
    const plain: RunSpec = { mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'owner' };
    const told = { ...plain, format: 'v2', envelope: 'instruction-file' } as const;
    expect(parseSpec(formatSpec(told))).toEqual(told);
    expect(parseSpec('cse-rsa.download.https.owner.lesson-swap-v2-3')?.lesson).toEqual({ id: 'swap-v2', act: 3 });
  });

  it('is refused, and nothing else happens, when it is none', () => {
    for (const text of [
      '',
      'sse-s3',
      'sse-s3.upload.https',
      'sse-s3.upload.https.god',
      'sse-s3.upload.https.owner.fork-x',
      'sse-s3.upload.https.owner.fork-1-flip-everything-3',
      'sse-s3.upload.https.owner.experiment-__proto__-1',
      'sse-s3.upload.https.owner.lesson-none-1',
      '__proto__.constructor.https.owner',
    ]) {
      expect(parseSpec(text), text).toBeUndefined();
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void parseSpec(text)));
  });

  it('knows no seed that cannot be read', () => {
    expect(parseSpec('sse-s3.upload.https.owner.seed-%E0%A4%A')).toEqual({
      mode: 'sse-s3',
      operation: 'upload',
      transport: 'https',
      principal: 'owner',
    });
  });
});
