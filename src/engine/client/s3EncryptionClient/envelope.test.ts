import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import {
  type CommittedEnvelope,
  type Entries,
  encodeEnvelope,
  isSameDescription,
  type PlainEnvelope,
  parseEnvelope,
  recognise,
  splitEntries,
} from './envelope.ts';
import { encodeInstructionFile, parseInstructionFile } from './instructionFile.ts';
import { COMMITTING_GCM, GCM, WRAPS } from './suites.ts';
import { encodePseudoKey, parsePseudoKey } from './wrapping.ts';

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value);
const base64 = (length: number, value = 1) => toBase64(bytes(length, value));

const V3: CommittedEnvelope = {
  format: 'v3',
  suite: COMMITTING_GCM,
  wrap: WRAPS['kms+context'],
  encryptedDataKey: bytes(60, 1),
  description: { 'aws:x-amz-cek-alg': '115' },
  messageId: bytes(28, 2),
  commitment: bytes(28, 3),
};
const V2: PlainEnvelope = {
  format: 'v2',
  suite: GCM,
  wrap: WRAPS['AES/GCM'],
  encryptedDataKey: bytes(60, 1),
  description: { year: '2026' },
  iv: bytes(12, 4),
};

/** Entries with some replaced, or left out with `undefined`. */
function changed(entries: Entries, changes: Record<string, string | undefined>): Entries {
  return Object.fromEntries(
    Object.entries({ ...entries, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
const read = (entries: Entries) => {
  const recognised = recognise(entries);
  return recognised.is === 'whole' ? parseEnvelope(recognised.format, entries) : recognised.is;
};

describe('an envelope', () => {
  it.each([
    ['V3 with KMS', V3],
    ['V3 with a raw key', { ...V3, wrap: WRAPS['RSA-OAEP-SHA1'], description: { year: '2026' } }],
    ['V3 without description', { ...V3, wrap: WRAPS['AES/GCM'], description: {} }],
    ['V2 with a raw key', V2],
    ['V2 with KMS', { ...V2, wrap: WRAPS['kms+context'] }],
  ])('of %s is read as it was written', (_what, envelope) => {
    const entries = encodeEnvelope(envelope);
    expect(read(entries)).toEqual(envelope);
    const { onObject, inFile } = splitEntries(envelope.format, entries);
    const file = parseInstructionFile(encodeInstructionFile(inFile), envelope.format === 'v3');
    expect(parseEnvelope(envelope.format, { ...onObject, ...file?.entries })).toEqual(envelope);
    expect(recognise(onObject).is).toBe(envelope.format === 'v3' ? 'split' : 'none');
  });

  it('writes each entry under its name (F-FMT-022…036)', () => {
    expect(Object.keys(encodeEnvelope(V3))).toEqual(['x-amz-c', 'x-amz-3', 'x-amz-w', 'x-amz-d', 'x-amz-i', 'x-amz-t']);
    expect(encodeEnvelope(V2)).toEqual({
      'x-amz-key-v2': base64(60),
      'x-amz-iv': base64(12, 4),
      'x-amz-matdesc': '{"year":"2026"}',
      'x-amz-wrap-alg': 'AES/GCM',
      'x-amz-cek-alg': 'AES/GCM/NoPadding',
      'x-amz-tag-len': '128',
    });
    expect(encodeEnvelope({ ...V2, description: {} })['x-amz-matdesc']).toBe('{}');
    expect(encodeEnvelope({ ...V3, wrap: WRAPS['AES/GCM'], description: {} })).not.toHaveProperty('x-amz-m');
  });

  it.each<[string, Record<string, string | undefined>, unknown]>([
    ['without the encrypted data key, but with the rest on the object', { 'x-amz-3': undefined }, 'tampered'],
    ['without the commitment', { 'x-amz-d': undefined }, 'tampered'],
    ['without the message id', { 'x-amz-i': undefined }, 'tampered'],
    ['without the suite', { 'x-amz-c': undefined }, 'tampered'],
    ['without the wrap code', { 'x-amz-w': undefined }, 'tampered'],
    ['with a V2 key beside it', { 'x-amz-key-v2': base64(60) }, 'tampered'],
    ['with a V1 key beside it', { 'x-amz-key': base64(60) }, 'tampered'],
    ['with an IV beside it', { 'x-amz-iv': base64(12) }, 'tampered'],
    ['with an encrypted data key of no bytes', { 'x-amz-3': '' }, undefined],
    ['with an encrypted data key that is no Base64', { 'x-amz-3': '%' }, undefined],
    ['with a commitment of 27 bytes (F-FMT-033)', { 'x-amz-d': base64(27) }, undefined],
    ['with a commitment of 29 bytes', { 'x-amz-d': base64(29) }, undefined],
    ['with a message id of 27 bytes (F-FMT-080)', { 'x-amz-i': base64(27) }, undefined],
    ['with a message id of zeros (F-FMT-081)', { 'x-amz-i': base64(28, 0) }, undefined],
    ['with another suite', { 'x-amz-c': '114' }, undefined],
    ['with an unknown wrap code', { 'x-amz-w': '99' }, undefined],
    ['with the description of a raw key under KMS', { 'x-amz-m': '{}' }, undefined],
    ['with a context that is no JSON', { 'x-amz-t': '{' }, undefined],
    ['with a context that is a list', { 'x-amz-t': '["a"]' }, undefined],
    ['with a context of numbers', { 'x-amz-t': '{"a":1}' }, undefined],
  ])('of V3 is refused %s (F-ERR-102)', (_what, changes, outcome) => {
    expect(read(changed(encodeEnvelope(V3), changes))).toBe(outcome);
  });

  it.each<[string, Record<string, string | undefined>, unknown]>([
    ['without the IV', { 'x-amz-iv': undefined }, 'tampered'],
    ['without the wrap', { 'x-amz-wrap-alg': undefined }, 'tampered'],
    ['without the content algorithm', { 'x-amz-cek-alg': undefined }, 'tampered'],
    ['with a commitment beside it', { 'x-amz-d': base64(28) }, 'tampered'],
    ['with an unknown wrap', { 'x-amz-wrap-alg': 'ROT13' }, undefined],
    ['with the bare name of V1', { 'x-amz-wrap-alg': 'AES' }, undefined],
    ['with an unknown content algorithm', { 'x-amz-cek-alg': 'AES/ECB/NoPadding' }, undefined],
    ['with another tag length (F-ERR-105)', { 'x-amz-tag-len': '96' }, undefined],
    ['with an IV of zeros (F-FMT-066)', { 'x-amz-iv': base64(12, 0) }, undefined],
    ['with an IV of 16 bytes', { 'x-amz-iv': base64(16) }, undefined],
    ['with a material description that is no JSON', { 'x-amz-matdesc': 'x' }, undefined],
  ])('of V2 is refused %s (F-ERR-102)', (_what, changes, outcome) => {
    expect(read(changed(encodeEnvelope(V2), changes))).toBe(outcome);
  });

  it('of V1 names no wrap: its length and its description tell (F-FMT-053, F-FMT-058)', () => {
    const wrapOf = (length: number, description: string) => {
      const entries = { 'x-amz-key': base64(length), 'x-amz-iv': base64(16), 'x-amz-matdesc': description };
      const envelope = read(entries);
      return typeof envelope === 'object' ? envelope.wrap.name : envelope;
    };
    expect([wrapOf(48, '{}'), wrapOf(49, '{}'), wrapOf(256, '{}'), wrapOf(184, '{"kms_cmk_id":"k"}')]).toEqual([
      'AES',
      'RSA',
      'RSA',
      'kms',
    ]);
  });

  it('is none where another client wrote (F-FMT-040)', () => {
    expect([recognise({}).is, recognise({ colour: 'blue' }).is, recognise({ 'x-amz-iv': 'AAAA' }).is]).toEqual([
      'none',
      'none',
      'none',
    ]);
  });

  it('is never read from hostile text without either a whole envelope or a refusal', () => {
    const names = fc.constantFrom(
      ...Object.keys({ ...encodeEnvelope(V2), ...encodeEnvelope(V3), 'x-amz-key': '', 'x-amz-m': '', __proto__: '' }),
      '__proto__',
      'constructor',
    );
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom(base64(28), base64(12), '115', '02', '{}', '{"__proto__":"x"}'),
    );
    fc.assert(
      fc.property(fc.dictionary(names, values), entries => {
        const outcome = read(entries);
        if (typeof outcome === 'object') expect(outcome.encryptedDataKey.length).toBeGreaterThan(0);
        else expect([undefined, 'none', 'split', 'tampered']).toContain(outcome);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an instruction file', () => {
  const inFile = splitEntries('v3', encodeEnvelope(V3)).inFile;
  const parse = (text: string, isSplit: boolean) => parseInstructionFile(utf8(text), isSplit);

  it('of V3 holds what may change, never what binds the object (F-FMT-088)', () => {
    expect(Object.keys(inFile)).toEqual(['x-amz-3', 'x-amz-w', 'x-amz-t']);
    expect(parse(JSON.stringify(inFile), true)?.format).toBe('v3');
  });

  it.each(['x-amz-c', 'x-amz-d', 'x-amz-i'])('is refused with %s in it (F-ERR-103)', name => {
    expect(parse(JSON.stringify({ ...inFile, [name]: '115' }), true)).toBeUndefined();
  });

  it.each([
    ['with an unknown entry (F-FMT-090)', JSON.stringify({ ...inFile, 'x-amz-new': '1' }), true],
    ['that is no JSON', '{', true],
    ['that is a list', '[]', true],
    ['that is empty', '', true],
    ['without a key', '{"x-amz-w":"02"}', true],
    ['with a whole V3 envelope for an object that has none', JSON.stringify(encodeEnvelope(V3)), false],
    ['of V3 where the object has no commitment', JSON.stringify(inFile), false],
    ['of V2 where the object has a commitment', JSON.stringify(encodeEnvelope(V2)), true],
    ['that is longer than any envelope', `{"x-amz-3":"${'A'.repeat(20_000)}","x-amz-w":"02"}`, true],
  ])('is none %s', (_what, text, isSplit) => {
    expect(parse(text, isSplit)).toBeUndefined();
  });

  it('is read whatever its white space (F-FMT-038)', () => {
    expect(parse(JSON.stringify(encodeEnvelope(V2), null, 2), false)?.entries).toEqual(encodeEnvelope(V2));
  });
});

describe('what RSA wraps', () => {
  it('is length, key and suite, and is read back (F-FMT-051)', () => {
    const dataKey = bytes(32, 7);
    for (const [suite, length] of [
      [GCM, 50],
      [COMMITTING_GCM, 36],
    ] as const) {
      const pseudoKey = encodePseudoKey(dataKey, suite);
      expect(pseudoKey).toHaveLength(length);
      expect(parsePseudoKey(pseudoKey)).toEqual({ dataKey, suiteName: utf8(suite.name) });
    }
  });

  it.each([[[]], [[33, ...bytes(36)]], [[32, ...bytes(20)]], [[0]]])('is not taken from %j (F-FMT-059)', values => {
    expect(parsePseudoKey(new Uint8Array(values))).toBeUndefined();
  });
});

describe('a material description', () => {
  it('is the same in any order and no other', () => {
    expect(isSameDescription({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true);
    expect(isSameDescription({ a: '1' }, { a: '1', b: '2' })).toBe(false);
    expect(isSameDescription({ a: '1' }, { a: '2' })).toBe(false);
    expect(isSameDescription({}, {})).toBe(true);
  });
});
