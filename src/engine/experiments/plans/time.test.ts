import { describe, expect, it } from 'vitest';
import { TIME_TEXTS } from '../../../content/experiments/time.ts';
import { FACTS } from '../../../content/facts.ts';
import { checkConserved, checkSecret } from '../../../scene/laws.ts';
import { judge } from '../../../scene/property.ts';
import type { TraceProperty } from '../../trace/property.ts';
import type { Outcome, Trace } from '../../trace/trace.ts';
import { runExperiment } from '../runExperiment.ts';
import { BUCKET_KEY, SSE, SSE_KMS_KEY } from './common.ts';
import { TIME_PLANS } from './time.ts';
import { CIPHERTEXT, callsKms, ENCRYPTED_DATA_KEY, lastSays } from './timeActions.ts';

const played = new Map<string, Promise<Readonly<Record<string, Trace>>>>();
/** Every experiment is played once for all the claims about it. */
function actsOf(id: string): Promise<Readonly<Record<string, Trace>>> {
  const known = played.get(id);
  if (known) return known;
  const plan = TIME_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  const acts = runExperiment({ plan, seed: 'time' }).then(results =>
    Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace])),
  );
  played.set(id, acts);
  return acts;
}

async function traceOf(id: string, act: string): Promise<Trace> {
  const trace = (await actsOf(id))[act];
  if (!trace) throw new Error(`${id} has no act ${act}`);
  return trace;
}

async function holds(id: string, act: string, property: TraceProperty): Promise<boolean> {
  return judge(property, { trace: await traceOf(id, act), acts: await actsOf(id) }).holds;
}

describe.each(TIME_PLANS)('experiment $id', plan => {
  it('shows in the broken run, and not in the healthy one, what it is about', async () => {
    expect(await holds(plan.id, 'broken', plan.shows)).toBe(true);
    expect(await holds(plan.id, 'healthy', plan.shows)).toBe(false);
  });

  it('has one option that comes true, and it is the one that nothing refutes', async () => {
    const ids = Object.keys(plan.options);
    const isTrue = await Promise.all(Object.values(plan.options).map(option => holds(plan.id, 'broken', option)));
    const right = ids.filter((_, index) => isTrue[index]);
    expect(right).toHaveLength(1);
    const texts = Object.entries(TIME_TEXTS[plan.id]?.options ?? {});
    expect(texts.filter(([, { refutes }]) => refutes === undefined).map(([id]) => id)).toEqual(right);
    expect(texts.map(([id]) => id).toSorted()).toEqual(ids.toSorted());
  });

  it('ends well when nothing is wrong, and shows it no more when it is mended', async () => {
    const { healthy, broken, fixed } = await actsOf(plan.id);
    expect(healthy?.outcome).toMatchObject({ isOk: true });
    if (!fixed) return;
    expect(await holds(plan.id, 'fixed', plan.shows)).toBe(false);
    // What was refused goes through; what went through and should not may be refused.
    if (!broken?.outcome.isOk) expect(fixed.outcome).toMatchObject({ isOk: true });
  });

  it('keeps the laws in every act', async () => {
    const acts = Object.values(await actsOf(plan.id));
    // In a bucket of before 2023 something may lie open on the disks, whatever is done in it later (F-GEN-008).
    const asOld = (trace: Trace): Trace => ({ ...trace, run: { ...trace.run, mode: 'none' } });
    const secret = acts.flatMap(trace => checkSecret(plan.world?.isBefore2023 ? asOld(trace) : trace));
    expect([...acts.flatMap(checkConserved), ...secret]).toEqual([]);
  });

  it('has words with sources that exist, and a fix if there is one', () => {
    const text = TIME_TEXTS[plan.id];
    expect(text?.facts.filter(id => !(id in FACTS))).toEqual([]);
    expect(text?.title.length).toBeLessThanOrEqual(44);
    const isFixed = plan.acts.some(({ name }) => name === 'fixed');
    expect([text?.fix !== undefined, text?.fixed !== undefined]).toEqual([isFixed, isFixed]);
  });
});

describe('the experiments about change', () => {
  it('have words for each plan and for nothing else', () => {
    expect(Object.keys(TIME_TEXTS).toSorted()).toEqual(TIME_PLANS.map(({ id }) => id).toSorted());
  });

  const STORED: Partial<Outcome> = { isOk: true, status: 200 };
  it.each<[id: string, act: string, outcome: Partial<Outcome>]>([
    ['key-disabled', 'broken', { status: 400, code: 'KMS.DisabledException' }],
    ['deletion-scheduled', 'broken', { status: 400, code: 'KMS.KMSInvalidStateException' }],
    ['deletion-cancelled', 'broken', { status: 400, code: 'KMS.DisabledException' }],
    ['deletion-carried-out', 'broken', { status: 403, code: 'AccessDenied' }],
    ['deletion-carried-out', 'too-late', { status: 400, code: 'NotFoundException' }],
    ['change-key-delete-old', 'broken', { status: 400, code: 'KMS.KMSInvalidStateException' }],
    ['disabling-takes-time', 'broken', STORED],
    ['disabling-takes-time', 'fixed', { status: 400, code: 'KMS.DisabledException' }],
    ['rotation', 'broken', STORED],
    ['rotation-and-leaked-key', 'broken', STORED],
    ['aws-managed-rotation', 'broken', { status: 400, code: 'AccessDeniedException' }],
    ['aws-managed-policy', 'broken', { status: 400, code: 'AccessDeniedException' }],
    ['default-changed', 'broken', STORED],
    ['header-beats-default', 'broken', STORED],
    ['default-key-of-another-region-or-account', 'broken', { message: 'Invalid arn us-east-1' }],
    ['sse-c-cannot-be-default', 'broken', { status: 400, code: 'MalformedXML' }],
    ['delete-bucket-default', 'broken', STORED],
    ['legacy-object-stays-plain', 'broken', STORED],
    ['legacy-object-stays-plain', 'update', { status: 400, code: 'InvalidRequest' }],
    ['upload-into-other-mode', 'broken', STORED],
    ['throttled', 'broken', { status: 503, code: 'SlowDown' }],
    ['quota-is-shared', 'broken', { status: 503, code: 'SlowDown' }],
    ['copy-lowers-protection', 'who-reads', STORED],
  ])('%s, %s: ends with %j', async (id, act, outcome) => {
    expect((await traceOf(id, act)).outcome).toMatchObject(outcome);
  });

  const policyAnswer = (status: number) => ({ answers: { exchange: 0, status } }) as const;
  it.each<[claim: string, id: string, act: string, property: TraceProperty]>([
    ['an update moves an old object under the KMS key (F-UOE-001)', 'default-changed', 'fixed', lastSays('aws:kms')],
    ['a policy turns the named mode away (F-POL-024)', 'header-beats-default', 'fixed', policyAnswer(403)],
    ['the default is left in peace by it', 'header-beats-default', 'fixed', lastSays('aws:kms')],
    [
      'KMS asks no policy about a key that it does not know',
      'default-key-of-another-region-or-account',
      'broken',
      { lacks: { gate: 'kms' } },
    ],
    ['nothing is configured', 'sse-c-cannot-be-default', 'broken', { lacks: { step: 's3.configure' } }],
    [
      'the key’s token is overwritten when its time has come (F-KMS-067)',
      'deletion-carried-out',
      'broken',
      { has: { verb: 'discarded', place: 'kms.host', kind: 'exported-key-token' } },
    ],
    [
      'a copy encrypts what was plain (F-GEN-008)',
      'legacy-object-stays-plain',
      'fixed',
      { all: [lastSays('AES256'), { has: { verb: 'discarded', place: 's3.disk', kind: 'plaintext-object' } }] },
    ],
    ['KMS opens it with the old material (F-KMS-051)', 'rotation', 'broken', { has: { step: 'kms.unwrapDataKey' } }],
    [
      'a copy gives the object a new data key (F-CPY-006)',
      'rotation-and-leaked-key',
      'fixed',
      { differs: CIPHERTEXT, from: 'healthy' },
    ],
    ['an update locks only the data key anew (F-UOE-002)', 'update-changes-key', 'broken', callsKms(1)],
    [
      'the open data key stays in the HSM (F-KMS-025)',
      'update-changes-key',
      'broken',
      { lacks: { step: 's3.decrypt' } },
    ],
    ['a copy asks for both keys (F-KSM-057)', 'copy-changes-key', 'broken', callsKms(2)],
    [
      'the old object has no Bucket Key (F-BKY-006)',
      'one-bucket-key-for-all',
      'broken',
      { answers: { exchange: -1, header: [BUCKET_KEY, null] } },
    ],
    ['without a Bucket Key every request asks KMS (F-KSM-080)', 'bucket-key-saves-calls', 'healthy', callsKms(6)],
    ['with a Bucket Key at hand nobody asks KMS', 'quota-is-shared', 'fixed', callsKms(0)],
    ['the burst asks KMS once', 'throttled', 'fixed', callsKms(1)],
    [
      'no KMS key is named for the first file',
      'upload-into-other-mode',
      'broken',
      {
        answers: { exchange: 1, header: [SSE_KMS_KEY, null] },
      },
    ],
    ['a copy without mode falls to the default (F-CPY-002)', 'copy-lowers-protection', 'broken', lastSays('AES256')],
    ['the reset answers 204 (F-BKT-003)', 'delete-bucket-default', 'broken', policyAnswer(204)],
    [
      'the same blob is replaced by a new one',
      'change-key-delete-old',
      'fixed',
      { not: { same: ENCRYPTED_DATA_KEY, as: 'healthy' } },
    ],
    [
      'the plain object has no header (F-NON-002)',
      'legacy-object-stays-plain',
      'broken',
      {
        answers: { exchange: -1, header: [SSE, null] },
      },
    ],
  ])('%s', async (_claim, id, act, property) => {
    expect(await holds(id, act, property)).toBe(true);
  });
});
