import { beforeAll, describe, expect, it } from 'vitest';
import { GATES_TEXTS } from '../../../content/experiments/gates.ts';
import { checkConserved } from '../../../scene/conserved.ts';
import { judge } from '../../../scene/property.ts';
import { checkSecret } from '../../../scene/secret.ts';
import type { TraceProperty } from '../../trace/property.ts';
import type { Outcome, Trace } from '../../trace/trace.ts';
import { runExperiment } from '../runExperiment.ts';
import { GATES_PLANS } from './gates.ts';

type Acts = Readonly<Record<string, Trace>>;
const played = new Map<string, Acts>();

beforeAll(async () => {
  for (const plan of GATES_PLANS) {
    const results = await runExperiment({ plan, seed: 'gates' });
    played.set(plan.id, Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace])));
  }
}, 60_000);

function actsOf(id: string): Acts {
  const acts = played.get(id);
  if (!acts) throw new Error(`no experiment ${id}`);
  return acts;
}

function actOf(id: string, name: string): Trace {
  const trace = actsOf(id)[name];
  if (!trace) throw new Error(`no act ${name} in ${id}`);
  return trace;
}

function holds(property: TraceProperty, id: string, name: string): boolean {
  return judge(property, { trace: actOf(id, name), acts: actsOf(id) }).holds;
}

const DENIED = { isOk: false, status: 403, code: 'AccessDenied' };
const FINE = { isOk: true, status: 200 };
/** How the broken act ends, which answer comes true, and the words that AWS adds, where there are any. */
const KNOWN: Readonly<Record<string, readonly [Partial<Outcome>, option: string, says: string]>> = {
  'two-gates': [DENIED, 'kms-gate', 'kms:Decrypt on the resource associated with this ciphertext'],
  'two-fates': [DENIED, 'kms-gate', 'because no identity-based policy allows the kms:Decrypt action'],
  'small-works-large-fails': [DENIED, 'at-part', 'kms:Decrypt'],
  'encrypt-is-not-enough': [DENIED, 'generate-data-key', 'kms:GenerateDataKey on resource: arn:aws:kms'],
  'decrypt-cannot-upload': [DENIED, 'generate-data-key', 'kms:GenerateDataKey'],
  'cross-account-aws-s3': [DENIED, 'key-policy', 'the resource does not exist in this Region'],
  'cross-account-customer-key': [DENIED, 'own-account', 'because no identity-based policy allows'],
  'i-am-administrator': [DENIED, 'key-policy', 'because no resource-based policy allows'],
  'leaked-access-key': [FINE, 'plaintext', ''],
  'anonymous-read': [{ status: 400, code: 'InvalidArgument' }, 'not-signed', 'AWS Signature Version 4'],
  'admin-under-sse-s3': [FINE, 'plaintext', ''],
  'admin-under-aws-s3': [FINE, 'kms-admits', ''],
  'admin-under-customer-key': [DENIED, 'kms-gate', 'user/s3-administrator is not authorized to perform: kms:Decrypt'],
  'presigned-signer-loses-decrypt': [DENIED, 'kms-gate', 'user/application-owner is not authorized'],
  'policy-demands-header': [DENIED, 'denied-by-policy', 'explicit deny in a resource-based policy'],
  'null-or-not-equals': [FINE, 'under-sse-s3', ''],
  'bucket-key-breaks-policy': [DENIED, 'context-differs', 'no resource-based policy allows the kms:GenerateDataKey'],
  'wrong-context': [{ isOk: false, code: 'InvalidCiphertextException', message: '' }, 'invalid-ciphertext', ''],
  'tls-by-policy': [DENIED, 'refused-and-read', 'explicit deny'],
  'names-are-not-secret': [FINE, 'both-readable', ''],
  'replication-needs-both-keys': [DENIED, 'target', 'kms:GenerateDataKey'],
  'management-events-only': [FINE, 'kms', ''],
};

/** Here the broken act succeeds where it should not: the way out is that it is refused. */
const MENDED_BY_REFUSAL = ['leaked-access-key', 'admin-under-sse-s3', 'admin-under-aws-s3', 'null-or-not-equals'];

it('has known answers for every experiment of the group', () => {
  expect(Object.keys(KNOWN)).toEqual(GATES_PLANS.map(({ id }) => id));
});

describe.each(GATES_PLANS)('experiment $id', ({ id, shows, options, acts }) => {
  it('ends as AWS ends it, with one prediction that comes true', () => {
    const [outcome, option, says] = KNOWN[id] ?? [{}, '', ''];
    const broken = actOf(id, 'broken');
    expect(broken.outcome).toMatchObject(outcome);
    expect(broken.outcome.message ?? '').toContain(says);
    expect(Object.keys(options).filter(one => holds(options[one] ?? { any: [] }, id, 'broken'))).toEqual([option]);
    expect(Object.keys(GATES_TEXTS[id]?.options ?? {}).filter(one => !GATES_TEXTS[id]?.options[one]?.refutes)).toEqual([
      option,
    ]);
  });

  it('shows at a step of the broken run what the healthy and the mended ones do not have', () => {
    const broken = actOf(id, 'broken');
    const { moment } = judge(shows, { trace: broken, acts: actsOf(id) });
    expect(moment?.step).toBeGreaterThan(0);
    expect(moment?.step).toBeLessThanOrEqual(broken.steps.length);
    expect(actOf(id, 'healthy').outcome).toMatchObject({ isOk: true });
    expect(holds(shows, id, 'healthy')).toBe(false);
    for (const fixed of acts.filter(({ name }) => name === 'fixed')) {
      expect(holds(shows, id, fixed.name)).toBe(false);
      expect(actOf(id, fixed.name).outcome.isOk).toBe(!MENDED_BY_REFUSAL.includes(id));
    }
  });

  it('obeys the laws of traces in every act', () => {
    for (const trace of Object.values(actsOf(id))) {
      expect(checkConserved(trace)).toEqual([]);
      expect(checkSecret(trace)).toEqual([]);
    }
  });
});

const kmsAsks = (action: string): TraceProperty => ({ has: { gate: 'kms', action } });

/** What the words say beyond the prediction. */
describe('what is told about them', () => {
  it.each<[claim: string, id: string, act: string, TraceProperty]>([
    [
      'HEAD tells both modes without a KMS right',
      'two-fates',
      'fixed',
      { answers: { exchange: 1, header: ['x-amz-server-side-encryption', 'aws:kms'] } },
    ],
    [
      'the upload is created before a part fails (F-MPU-003)',
      'small-works-large-fails',
      'broken',
      kmsAsks('kms:GenerateDataKey'),
    ],
    [
      'the copy for the other account is under the customer managed key',
      'cross-account-aws-s3',
      'fixed',
      { has: { gate: 'kms', because: 'OtherAccountDecrypts' } },
    ],
    [
      'the bucket policy alone leaves the key policy silent (F-KMS-073)',
      'cross-account-customer-key',
      'bucket-policy-only',
      { has: { verb: 'denied', because: 'nothing in the key policy admits the other account' } },
    ],
    [
      'a customer managed key alone does not stop a leaked access key',
      'leaked-access-key',
      'under-customer-key',
      { all: [{ ends: { isOk: true } }, kmsAsks('kms:Decrypt')] },
    ],
    ['nobody asks KMS for the public (F-KSM-061)', 'anonymous-read', 'broken', { lacks: { actor: 'kms' } }],
    ['nobody asks KMS under SSE-S3 (F-S3M-020)', 'admin-under-sse-s3', 'broken', { lacks: { actor: 'kms' } }],
    [
      'the administrator is let in by the key policy of aws/s3 (F-KSM-035)',
      'admin-under-aws-s3',
      'broken',
      { has: { because: 'AllowUseThroughS3' } },
    ],
    [
      'a grant admits without a policy (F-KMS-074)',
      'admin-under-customer-key',
      'fixed',
      { has: { verb: 'authorized', gate: 'kms', because: 'grant' } },
    ],
    [
      'the link’s signature fits (F-PRE-003)',
      'presigned-signer-loses-decrypt',
      'broken',
      { has: { what: 'signature', isEqual: true } },
    ],
    [
      'the default encrypts what no header names (F-POL-021)',
      'policy-demands-header',
      'fixed',
      { answers: { header: ['x-amz-server-side-encryption', 'AES256'] } },
    ],
    [
      'Null denies an upload without the header (F-POL-020)',
      'null-or-not-equals',
      'no-header',
      { ends: { status: 403 } },
    ],
    [
      'the gate of KMS opens before the context fails (F-KSM-074)',
      'wrong-context',
      'broken',
      { has: { verb: 'authorized', gate: 'kms', action: 'kms:Decrypt' } },
    ],
    [
      'plain HTTP is accepted without the policy (F-GEN-018)',
      'tls-by-policy',
      'before-policy',
      { ends: { isOk: true } },
    ],
    [
      'over HTTPS the tap has no report',
      'tls-by-policy',
      'fixed',
      { lacks: { place: 'network', kind: 'plaintext-object' } },
    ],
    ['KMS has no part in what is read', 'names-are-not-secret', 'broken', { lacks: { actor: 'kms' } }],
    [
      'CloudTrail has the context in clear text (F-KSM-073)',
      'names-are-not-secret',
      'record',
      { has: { step: 'kms.log', record: '"case":"dismissal"' } },
    ],
    [
      'CloudTrail has the object’s name',
      'names-are-not-secret',
      'record',
      { has: { step: 'kms.log', record: '/dismissal-j-berger.txt' } },
    ],
    [
      'nothing telling is recorded of a neutral upload',
      'names-are-not-secret',
      'fixed',
      { lacks: { record: 'berger' } },
    ],
    [
      'S3’s record is a data event (F-CT-015)',
      'management-events-only',
      'broken',
      { has: { step: 's3.log', record: '"eventCategory":"Data"' } },
    ],
    [
      'of an SSE-S3 download there is no management event',
      'management-events-only',
      'healthy',
      { lacks: { record: '"eventCategory":"Management"' } },
    ],
  ])('%s', (_claim, id, act, property) => {
    expect(holds(property, id, act)).toBe(true);
  });
});
