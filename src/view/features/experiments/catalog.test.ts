import { describe, expect, it } from 'vitest';
import { EXPERIMENT_TEXTS } from '../../../content/experiments/all.ts';
import { TOPICS } from '../../../content/experiments/text.ts';
import { EXPERIMENT_PLANS, runExperiment } from '../../../engine/index.ts';
import { align } from '../../../scene/align.ts';
import { catalogOf, groupsOf, nextOf } from './catalog.ts';
import { findFlip, pieceOf } from './pieces.ts';
import { actsToPlay, decisiveRow, rowLike, verdictOf } from './verdict.ts';

const catalog = catalogOf(EXPERIMENT_PLANS, EXPERIMENT_TEXTS);
const all = { search: '' };

describe('the catalog', () => {
  it('has every experiment that has words, once', () => {
    const ids = catalog.map(({ plan }) => plan.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(Object.keys(EXPERIMENT_TEXTS).toSorted());
  });

  it('puts each into exactly one group', () => {
    const grouped = groupsOf(catalog, all).flatMap(({ experiments }) => experiments);
    expect(grouped).toHaveLength(catalog.length);
    expect(new Set(groupsOf(catalog, all).map(({ topic }) => topic)).size).toBe(groupsOf(catalog, all).length);
  });

  it('lets only those through that are about a topic', () => {
    for (const topic of TOPICS) {
      const found = groupsOf(catalog, { ...all, topic }).flatMap(({ experiments }) => experiments);
      expect(found.every(({ text }) => text.topics.includes(topic))).toBe(true);
    }
    expect(groupsOf(catalog, { search: 'zzz no such word' })).toEqual([]);
  });

  it('leads from one to the next until all are played, and then round', () => {
    const seen = new Set<string>();
    let current = catalog[0]?.plan.id ?? '';
    while (!seen.has(current)) {
      seen.add(current);
      current = nextOf(catalog, current, Object.fromEntries([...seen].map(id => [id, true])))?.plan.id ?? '';
    }
    expect(seen.size).toBe(catalog.length);
  });
});

/** Names that stand where a property names an act, found without knowing what properties there are. */
function namesIn(value: unknown, names: ReadonlySet<string>): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    ['act', 'as', 'from'].includes(field) && typeof inner === 'string' && names.has(inner)
      ? [inner]
      : namesIn(inner, names),
  );
}

describe('the acts that are played before a verdict', () => {
  it.each(EXPERIMENT_PLANS.map(plan => [plan.id, plan] as const))('%s: they are all that it speaks of', (_, plan) => {
    const names = new Set(plan.acts.map(({ name }) => name));
    expect(actsToPlay(plan)).toEqual(
      expect.arrayContaining(['healthy', 'broken', ...namesIn([plan.shows, plan.options], names)]),
    );
    expect(actsToPlay(plan).every(name => names.has(name))).toBe(true);
  });
});

describe('where the two runs stand', () => {
  it.each([
    ['key-disabled', 'kms.authorize', 'kms.authorize'],
    // The fix is never refused: it is answered.
    ['sse-c-blocked', 's3.refuse', 's3.answer'],
  ])('%s: at the decisive step %s, and with the fix at %s', async (id, decisive, withFix) => {
    const plan = EXPERIMENT_PLANS.find(one => one.id === id);
    if (!plan) throw new Error(`there is no experiment ${id}`);
    const results = await runExperiment({ plan, seed: 'experiments' });
    const acts = Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace]));
    const { healthy, broken, fixed } = acts;
    if (!healthy || !broken || !fixed) throw new Error(`${id} lacks an act`);
    const verdict = verdictOf(plan, acts);
    const rows = align(healthy, broken);
    const nameAt = (trace: typeof fixed, step: number | undefined) => trace.steps[step ?? -1]?.name;
    expect(nameAt(broken, rows[decisiveRow(acts, verdict) ?? -1]?.right)).toBe(decisive);
    expect(nameAt(fixed, align(healthy, fixed)[rowLike(acts, fixed, verdict) ?? -1]?.right)).toBe(withFix);
  });
});

describe('the bytes that are offered', () => {
  const flips = EXPERIMENT_PLANS.flatMap(plan => {
    const flip = findFlip(plan);
    return flip ? [[plan.id, plan, flip] as const] : [];
  });

  it('are those of three experiments', () => {
    expect(flips.map(([id]) => id).toSorted()).toEqual(['flip-ciphertext', 'flip-encrypted-data-key', 'flip-tag']);
  });

  it.each(flips)('%s: the plan’s byte is among them, and each leaves the same answer right', async (_, plan, flip) => {
    const seed = 'experiments';
    const { healthy } = await runExperiment({ plan, seed });
    const { bytes, planned } = healthy ? pieceOf(healthy.trace, flip) : { bytes: [], planned: 0 };
    expect(bytes.map(({ index }) => index)).toContain(planned);
    const answers = new Set<string>();
    // One of every field, the plan's own and both ends: all of them would take half a minute.
    const ends = [bytes[0], bytes.at(-1)].map(byte => byte?.index);
    const tried = bytes.filter(
      ({ index, label }, position) => index === planned || ends.includes(index) || bytes[position - 1]?.label !== label,
    );
    for (const { index } of tried) {
      const results = await runExperiment({ plan, seed, byte: index });
      const traces = Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace]));
      answers.add(verdictOf(plan, traces).right.join());
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).not.toMatch(/^$|,/);
  });

  it.each(flips)('%s: the byte that is offered is the byte that is turned', async (_, plan, flip) => {
    const seed = 'experiments';
    const { healthy } = await runExperiment({ plan, seed });
    const offered = healthy && pieceOf(healthy.trace, flip).bytes[9];
    const { broken } = await runExperiment({ plan, seed, ...(offered ? { byte: offered.index } : {}) });
    const damaged = Object.values(broken?.trace.artifacts ?? {}).flatMap(artifact =>
      artifact.fields
        .filter(({ label }) => label === 'damaged byte')
        .map(({ start }) => artifact.head.slice(start * 2)),
    );
    const [hex = ''] = damaged;
    expect(Number.parseInt(hex.slice(0, 2), 16) ^ 1).toBe(Number.parseInt(offered?.hex ?? '', 16));
    expect(damaged).toHaveLength(1);
  });
});
