import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODES, OPERATIONS, PRINCIPALS, TRANSPORTS } from '../../engine/index.ts';
import { DEFAULT_SPEC, formatLink, parseLink } from './urlState.ts';

const spec = fc.record(
  {
    mode: fc.constantFrom(...MODES),
    operation: fc.constantFrom(...OPERATIONS),
    transport: fc.constantFrom(...TRANSPORTS),
    principal: fc.constantFrom(...PRINCIPALS),
    seed: fc.string({ minLength: 1, maxLength: 64 }),
  },
  { requiredKeys: ['mode', 'operation', 'transport', 'principal'] },
);

describe('urlState', () => {
  it('reads back every link it writes', () => {
    fc.assert(
      fc.property(spec, fc.integer({ min: 1, max: 999 }), (run, step) => {
        expect(parseLink(formatLink({ spec: run, step }))).toEqual({ spec: run, step, problems: [], isDeep: true });
      }),
    );
  });

  it('takes an empty hash for a first visit', () => {
    expect(parseLink('')).toEqual({ spec: DEFAULT_SPEC, problems: [], isDeep: false });
    expect(parseLink('#').isDeep).toBe(false);
  });

  it('writes the links as promised', () => {
    expect(formatLink({ spec: DEFAULT_SPEC, step: 4 })).toBe(
      '#v=1&mode=sse-kms-cmk&op=upload&net=https&as=owner&step=4',
    );
  });

  it('falls back for unknown parts and names each of them', () => {
    const link = parseLink('#v=1&mode=rot13&op=delete&net=pigeon&as=root&step=x');
    expect(link.spec).toEqual(DEFAULT_SPEC);
    expect(link.step).toBeUndefined();
    expect(link.problems).toHaveLength(5);
    expect(link.problems[0]).toContain('rot13');
  });

  it('keeps what is right beside what is wrong', () => {
    expect(parseLink('#v=1&mode=sse-c&op=delete&step=2')).toMatchObject({
      spec: { mode: 'sse-c', operation: 'upload' },
      step: 2,
    });
  });

  it('says when the version is missing or unknown', () => {
    expect(parseLink('#mode=sse-c').problems).toHaveLength(1);
    expect(parseLink('#v=7&mode=sse-c').problems[0]).toContain('"7"');
  });

  it('never throws, whatever the hash', () => {
    fc.assert(
      fc.property(fc.string(), hash => {
        expect(MODES).toContain(parseLink(hash).spec.mode);
      }),
    );
  });

  it('refuses steps that are none', () => {
    for (const step of ['0', '-1', '1.5', '1e3', '', '99999'])
      expect(parseLink(`#v=1&step=${step}`)).not.toHaveProperty('step');
  });
});
