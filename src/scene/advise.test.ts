import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GUIDE_MODES, REQUIREMENTS, STEMS } from '../content/guide.ts';
import { type Advice, type AdviceTable, advise, proofOf, type Verdict } from './advise.ts';

const table = { modes: GUIDE_MODES, requirements: REQUIREMENTS };

describe('advise', () => {
  it.each(STEMS)('answers as exams do: $text', ({ needs, best }) => {
    const advice = advise(needs, table);
    expect(advice.needs).toEqual(needs);
    expect(advice.best).toBe(best);
  });

  it.each([
    ['nothing', [], 'sse-s3'],
    ['control of the key alone', ['control'], 'sse-kms-cmk'],
    ['own keys and no KMS', ['no-kms', 'keys-outside'], 'sse-c'],
    ['two layers of which one is not AWS’s', ['no-plaintext', 'two-layers'], 'cse-kms'],
    ['client-side without KMS', ['no-kms', 'no-plaintext'], 'cse-aes'],
    ['another account, whatever the mode', ['cross-account'], 'sse-s3'],
  ])('asked for %s, advises %j → %s', (_what, needs, best) => {
    expect(advise(needs, table).best).toBe(best);
  });

  it('says why each other mode is out: what it fails, what it meets in part, or that it takes more administration', () => {
    const { ranking } = advise(['audit', 'control'], table);
    const out = Object.fromEntries(ranking.map(({ mode, outBy, failed }) => [mode, [outBy, ...failed]]));
    expect(out).toEqual({
      'sse-kms-cmk': [undefined],
      'dsse-kms': ['administration'],
      'cse-kms': ['administration'],
      'sse-s3': ['fails', 'audit', 'control'],
      'sse-kms-aws': ['fails', 'control'],
      'sse-c': ['fails', 'audit'],
      'cse-aes': ['fails', 'audit'],
      'cse-rsa': ['fails', 'audit'],
    });
    const partly = advise(['control', 'separation'], table).ranking.find(({ mode }) => mode === 'sse-c');
    expect(partly).toMatchObject({ outBy: 'partly', partly: ['control'], failed: [] });
  });

  it('names the needs that cannot be had together when no mode has them all, and the nearest modes', () => {
    const { best, conflicts, ranking } = advise(['public-read', 'audit', 'least-effort'], table);
    expect(best).toBeUndefined();
    expect(conflicts).toEqual([['audit', 'public-read']]);
    expect(ranking[0]?.failed).toHaveLength(1);
    expect(ranking.every(({ outBy }) => outBy === undefined)).toBe(true);
  });

  it('finds conflicts of three when no two exclude each other', () => {
    const meets = (verdict: Verdict) => ({ meets: verdict });
    const three: AdviceTable<'sse-s3' | 'sse-c' | 'cse-aes'> = {
      modes: ['sse-s3', 'sse-c', 'cse-aes'],
      requirements: [
        { id: 'a', cells: { 'sse-s3': meets('no'), 'sse-c': meets('yes'), 'cse-aes': meets('yes') } },
        { id: 'b', cells: { 'sse-s3': meets('yes'), 'sse-c': meets('no'), 'cse-aes': meets('yes') } },
        { id: 'c', cells: { 'sse-s3': meets('yes'), 'sse-c': meets('yes'), 'cse-aes': meets('no') } },
      ],
    };
    expect(advise(['a', 'b', 'c'], three).conflicts).toEqual([['a', 'b', 'c']]);
    expect(advise(['a', 'b'], three).best).toBe('cse-aes');
  });

  it('passes over what it does not know, and takes each need once', () => {
    const { needs } = advise(['__proto__', 'audit', 'constructor', 'audit', '\ud800'], table);
    expect(needs).toEqual(['audit']);
  });

  it('advises a mode exactly when one fails nothing, and never one that another beats, whatever is asked', () => {
    const subset = fc.subarray(
      REQUIREMENTS.map(({ id }) => id),
      { minLength: 0 },
    );
    fc.assert(
      fc.property(subset, ids => {
        const advice: Advice = advise(ids, table);
        const failing = (mode: string) => advice.ranking.find(one => one.mode === mode)?.failed.length;
        const possible = GUIDE_MODES.some(mode => failing(mode) === 0);
        expect(advice.best !== undefined).toBe(possible);
        expect(advice.conflicts.length > 0).toBe(!possible);
        const [first] = advice.ranking;
        for (const one of advice.ranking) {
          expect(one.met.length + one.partly.length + one.failed.length).toBe(advice.needs.length);
          expect(one.failed.length).toBeGreaterThanOrEqual(first?.failed.length ?? 0);
        }
        for (const set of advice.conflicts) {
          for (const left of set)
            expect(
              advise(
                set.filter(id => id !== left),
                table,
              ).best,
            ).toBeDefined();
        }
      }),
    );
  });

  it('does not depend on the order of asking', () => {
    const ids = ['no-plaintext', 'audit', 'control'];
    expect(advise(ids.toReversed(), table)).toEqual(advise(ids, table));
  });
});

describe('proofOf', () => {
  it('is the trial of the requirement in that mode, with the property of its verdict', () => {
    const trial = {
      run: { operation: 'upload', transport: 'http', principal: 's3-admin' },
      shows: { yes: { ends: { isOk: true } }, partly: { any: [] }, no: { ends: { isOk: false } } },
    } as const;
    expect(proofOf(trial, 'sse-c', 'no')).toEqual({
      run: { mode: 'sse-c', operation: 'upload', transport: 'http', principal: 's3-admin' },
      shows: { ends: { isOk: false } },
    });
  });
});
