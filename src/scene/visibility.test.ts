import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { reachOf, readableIn } from './visibility.ts';

const kms = sseKmsUpload();

describe('what a holder can read', () => {
  it('does not include the contents of a lock whose key is missing', () => {
    expect(readableIn(kms, ['ct', 'edk'])).toEqual(new Set());
  });

  it('includes the object once ciphertext and data key are together', () => {
    expect(readableIn(kms, ['ct', 'dk']).has('obj')).toBe(true);
  });

  it('follows a chain of locks and derived keys to its end', () => {
    const readable = readableIn(kms, ['dom', 'ekt', 'edk', 'ct']);
    expect([...readable]).toEqual(expect.arrayContaining(['kek', 'one', 'dk', 'obj']));
  });

  it('never includes contents for a public key', () => {
    const trace = aTrace()
      .artifact('priv', 'wrapping-key', { letter: 'W' })
      .artifact('pub', 'public-key', { derivedFrom: ['priv'], isSecret: false })
      .artifact('dk', 'data-key')
      .artifact('edk', 'encrypted-data-key', { lock: { keyId: 'pub', contents: ['dk'], algorithm: 'RSA-OAEP-SHA1' } })
      .build();
    expect(readableIn(trace, ['pub', 'edk']).has('dk')).toBe(false);
    expect(readableIn(trace, ['priv', 'edk']).has('dk')).toBe(true);
  });

  it('includes a derived key only with all its secret parents, and never from public parents alone', () => {
    const trace = aTrace()
      .artifact('p1', 'data-key')
      .artifact('p2', 'data-key')
      .artifact('nonce', 'nonce')
      .artifact('both', 'derived-key', { derivedFrom: ['p1', 'p2', 'nonce'] })
      .artifact('shared', 'derived-key', { derivedFrom: ['nonce'] })
      .build();
    expect(readableIn(trace, ['p1', 'nonce']).has('both')).toBe(false);
    expect(readableIn(trace, ['p1', 'p2']).has('both')).toBe(true);
    expect(readableIn(trace, ['nonce']).has('shared')).toBe(false);
  });

  it('lets an eavesdropper of plain HTTP read what travels, and one of HTTPS nothing', () => {
    expect(readableIn(sseCOverHttp(), ['cap', 'obj', 'ck']).has('ck')).toBe(true);
    expect(readableIn(kms, ['cap']).size).toBe(0);
  });

  it('tells what is in hand but still locked from what can be read', () => {
    const trace = aTrace()
      .artifact('outer', 'data-key')
      .artifact('inner', 'data-key')
      .artifact('obj', 'plaintext-object')
      .artifact('once', 'ciphertext-object', { lock: { keyId: 'inner', contents: ['obj'], algorithm: 'x' } })
      .artifact('twice', 'ciphertext-object', { lock: { keyId: 'outer', contents: ['once'], algorithm: 'x' } })
      .build();
    const reach = reachOf(trace, ['twice', 'outer']);
    expect(reach.inHand.has('once')).toBe(true);
    expect(reach.readable.has('once')).toBe(false);
    expect(reach.readable.has('obj')).toBe(false);
  });

  it('never shrinks when more is held, and reading what one can read gives nothing new', () => {
    const ids = Object.keys(kms.artifacts);
    fc.assert(
      fc.property(fc.subarray(ids), fc.subarray(ids), (some, more) => {
        const few = readableIn(kms, some);
        const many = readableIn(kms, [...some, ...more]);
        for (const id of few) expect(many.has(id)).toBe(true);
        expect(readableIn(kms, [...some, ...few])).toEqual(few);
      }),
    );
  });
});
