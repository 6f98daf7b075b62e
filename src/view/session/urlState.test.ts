import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LESSON_PLANS, LESSONS, MODES, OPERATIONS, PRINCIPALS, type RunSpec, TRANSPORTS } from '../../engine/index.ts';
import { findActSpec } from './spec.ts';
import { DEFAULT_SPEC, formatLink, formatWorkspace, parseLink } from './urlState.ts';

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

const clientSpec = fc.record(
  {
    mode: fc.constantFrom('cse-aes', 'cse-rsa', 'cse-kms'),
    operation: fc.constantFrom(...OPERATIONS),
    transport: fc.constantFrom(...TRANSPORTS),
    principal: fc.constantFrom(...PRINCIPALS),
    format: fc.constant('v2'),
    envelope: fc.constant('instruction-file'),
  } as const,
  { requiredKeys: ['mode', 'operation', 'transport', 'principal'] },
);
const acts = LESSONS.flatMap(id => LESSON_PLANS[id].acts.map((plan, act) => ({ id, act, plan })));

describe('urlState', () => {
  it('reads back every link it writes', () => {
    fc.assert(
      fc.property(spec, fc.integer({ min: 1, max: 999 }), (run, step) => {
        expect(parseLink(formatLink({ spec: run, step }))).toEqual({ spec: run, step, problems: [], isDeep: true });
      }),
    );
  });

  it('reads back what a client-side run chooses, and leaves out what is the default', () => {
    fc.assert(
      fc.property(clientSpec, run => {
        expect(parseLink(formatLink({ spec: run }))).toEqual({ spec: run, problems: [], isDeep: true });
      }),
    );
    expect(formatLink({ spec: { ...DEFAULT_SPEC, mode: 'cse-aes', format: 'v3', envelope: 'metadata' } })).not.toMatch(
      /format|envelope/,
    );
    expect(formatLink({ spec: { ...DEFAULT_SPEC, format: 'v2' } })).not.toContain('format');
    expect(parseLink('#v=1&mode=cse-aes&format=v3&envelope=metadata').spec).toEqual({
      ...DEFAULT_SPEC,
      mode: 'cse-aes',
    });
  });

  it('says that other modes have no format and no envelope', () => {
    const link = parseLink('#v=1&mode=sse-s3&format=v2&envelope=instruction-file');
    expect(link.spec).toEqual({ ...DEFAULT_SPEC, mode: 'sse-s3' });
    expect(link.problems).toEqual(['The link chooses a format or an envelope, which only client-side encryption has.']);
  });

  it.each(acts)('reads back act $act of $id, in mode, direction and principal of the plan', ({ id, act, plan }) => {
    const run = findActSpec(id, act, 'class 7');
    if (!run) throw new Error('the plan has this act');
    const hash = formatLink({ spec: run, step: 3 });
    expect(parseLink(hash)).toEqual({ spec: run, step: 3, problems: [], isDeep: true });
    expect(run).toMatchObject({ mode: LESSON_PLANS[id].mode, operation: plan.operation, principal: plan.principal });
    expect(hash).toContain(`&lesson=${id}&act=${act + 1}&`);
  });

  it('lets the lesson say what the rest of its link contradicts', () => {
    const { spec: run, problems } = parseLink('#v=1&mode=sse-s3&op=upload&net=http&as=stranger&lesson=swap-v2&act=4');
    expect(run).toEqual(findActSpec('swap-v2', 3));
    expect(problems).toEqual([]);
  });

  it('writes the same link for an act whatever else the lesson chose', () => {
    const run = findActSpec('swap-v2', 0);
    if (!run) throw new Error('the plan has this act');
    expect(formatLink({ spec: { ...run, format: 'v2', envelope: 'instruction-file' } })).toBe(
      formatLink({ spec: run }),
    );
  });

  it.each([
    ['lesson=alchemy', 'The link names the lesson "alchemy", which does not exist here.', undefined],
    ['lesson=alchemy&act=2', 'The link names the lesson "alchemy", which does not exist here.', undefined],
    ['lesson=__proto__', 'The link names the lesson "__proto__", which does not exist here.', undefined],
    ['act=2', 'The link names act "2", but no lesson.', undefined],
    ['lesson=lost-key&act=3', 'The link names act "3", which this lesson does not have. You see the first one.', 0],
    ['lesson=lost-key&act=0', 'The link names act "0", which this lesson does not have. You see the first one.', 0],
    ['lesson=lost-key&act=-1', 'The link names act "-1", which this lesson does not have. You see the first one.', 0],
    ['lesson=lost-key&act=x', 'The link names act "x", which this lesson does not have. You see the first one.', 0],
    ['mode=cse-aes&format=v9', 'The link names the format "v9", which does not exist here.', undefined],
    ['mode=cse-aes&envelope=x', 'The link names the place of the envelope "x", which does not exist here.', undefined],
  ])('falls back for %s, and says so', (part, problem, act) => {
    const link = parseLink(`#v=1&${part}`);
    expect(link.problems).toEqual([problem]);
    expect(link.spec.lesson?.act).toBe(act);
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

  it.each<Partial<RunSpec>>([
    { experiment: { id: 'two-gates', act: 1 }, principal: 'reader' },
    { experiment: { id: 'flip-tag', act: 1, byte: 9 } },
    { fork: { after: 4, change: { kind: 'key-state', state: 'Disabled' } }, seed: 'a b' },
    { attack: { leaks: ['disk', 'kms-use'] }, principal: 'thief' },
  ])('reads back %j', part => {
    const run = { ...DEFAULT_SPEC, ...part };
    const hash = formatLink({ spec: run, step: 2 });
    expect(parseLink(hash)).toEqual({ spec: run, step: 2, problems: [], isDeep: true });
  });

  it('says that a run in one word is none, and shows the usual one', () => {
    const link = parseLink('#v=1&run=sse-s3.upload.nowhere');
    expect(link.spec).toEqual(DEFAULT_SPEC);
    expect(link.problems).toEqual(['The link names the run "sse-s3.upload.nowhere", which does not exist here.']);
  });

  it('reads a page beside the lab with its own few words', () => {
    const { workspace, problems, isDeep } = parseLink('#v=1&page=compare&left=a&right=b&__proto__=x&row=3');
    expect(workspace).toEqual({ name: 'compare', params: { left: 'a', right: 'b', row: '3' } });
    expect([problems, isDeep]).toEqual([[], true]);
    expect(formatWorkspace({ name: 'compare', params: { left: 'a', row: '3' } })).toBe(
      '#v=1&page=compare&left=a&row=3',
    );
    expect(parseLink('#v=1&page=nowhere').problems).toEqual([
      'The link names the page "nowhere", which does not exist here.',
    ]);
  });
});
