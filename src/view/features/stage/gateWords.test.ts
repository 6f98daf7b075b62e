import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../engine/index.ts';
import { ALL_SPECS, runOf } from '../../../testing/allRuns.ts';
import { gateSentence, ticksOf } from './gateWords.ts';

async function decisions(): Promise<Decision[]> {
  const found: Decision[] = [];
  for (const spec of ALL_SPECS) {
    const { trace } = await runOf(spec);
    found.push(...trace.events.flatMap(event => ('decision' in event ? [event.decision] : [])));
  }
  return found;
}

const all = await decisions();
const said = (gate: Decision['gate'], isAllowed: boolean) =>
  new Set(all.filter(it => it.gate === gate && it.isAllowed === isAllowed).map(gateSentence));

describe('the words of a gate', () => {
  it('name the policies that let somebody through', () => {
    expect(said('kms', true)).toEqual(
      new Set(['The key policy allows it.', 'The key policy trusts this account; the owner’s own policy allows it.']),
    );
    expect(said('s3', true)).toContain('The owner’s own policy allows it.');
  });

  it('say what is missing when nothing allows it', () => {
    expect(said('kms', false)).toContain(
      'The key policy trusts this account, but the S3 administrator has no policy that allows it.',
    );
    expect(said('s3', false)).toContain(
      'The stranger’s own policy would allow it, but the bucket policy does not let the stranger in.',
    );
    expect(said('s3', false)).toContain('The request came over plain HTTP.');
  });

  it('say that a denial outweighs every permission', () => {
    const base = all.find(it => it.gate === 's3' && it.isAllowed);
    const deny = { policy: 'bucket', sid: 'No', effect: 'Deny', isMatch: true, because: 'applies' } as const;
    const decision = base && { ...base, isAllowed: false, settledBy: 'explicit-deny' as const };
    expect(decision && gateSentence({ ...decision, statements: [...decision.statements, deny] })).toBe(
      'The bucket policy forbids it, and that outweighs every permission.',
    );
  });

  it('hold no name of a statement', () => {
    const bad = all.filter(it => it.statements.some(({ sid }) => gateSentence(it).includes(sid)));
    expect(all.length).toBeGreaterThan(50);
    expect(bad).toEqual([]);
  });

  it('tick every statement that was looked at, once', () => {
    for (const decision of all) {
      const ticks = ticksOf(decision).flatMap(it => it.ticks);
      expect(ticks).toHaveLength(decision.statements.length);
      expect(ticks.filter(it => it.verdict !== 'passes')).toHaveLength(
        decision.statements.filter(it => it.isMatch).length,
      );
    }
  });
});
