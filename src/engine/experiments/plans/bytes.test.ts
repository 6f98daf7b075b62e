import { describe, expect, it } from 'vitest';
import type { ArtifactKind } from '../../trace/artifact.ts';
import type { Place } from '../../trace/place.ts';
import type { Outcome, Trace } from '../../trace/trace.ts';
import { runExperiment } from '../runExperiment.ts';
import { BYTES_PLANS } from './bytes.ts';

const SSE = 'x-amz-server-side-encryption';

const played = new Map<string, Promise<Readonly<Record<string, Trace>>>>();

function planOf(id: string) {
  const plan = BYTES_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  return plan;
}

async function actOf(id: string, name: string): Promise<Trace> {
  const known = played.get(id) ?? playAll(id);
  played.set(id, known);
  const trace = (await known)[name];
  if (!trace) throw new Error(`${id} has no act ${name}`);
  return trace;
}

async function playAll(id: string, byte?: number): Promise<Readonly<Record<string, Trace>>> {
  const results = await runExperiment({
    plan: planOf(id),
    seed: 'bytes',
    ...(byte === undefined ? {} : { byte }),
  });
  return Object.fromEntries(Object.entries(results).map(([name, { trace }]) => [name, trace]));
}

/** Fact, experiment, and how its broken act ends. */
const ENDS: readonly (readonly [fact: string, id: string, end: Partial<Outcome>])[] = [
  ['F-ERR-010', 'sse-c-wrong-key', { isOk: false, status: 403, code: 'AccessDenied' }],
  ['F-ERR-009', 'sse-c-no-key', { isOk: false, status: 400, code: 'InvalidRequest' }],
  ['F-SSC-027', 'sse-c-head-without-key', { isOk: false, status: 400, code: '' }],
  ['F-SSC-020', 'sse-c-key-lost', { isOk: false, status: 400, code: 'InvalidRequest' }],
  ['F-SSC-028', 'sse-c-delete-without-key', { isOk: true, status: 204 }],
  ['F-SSC-004', 'sse-c-over-http', { isOk: false, status: 400, code: 'InvalidRequest' }],
  ['F-ERR-016', 'sse-c-blocked', { isOk: false, status: 403, code: 'AccessDenied' }],
  ['F-SSC-006', 'sse-c-or-client-side', { isOk: true, status: 200 }],
  ['F-ERR-030', 'header-with-hyphen', { isOk: false, status: 400, code: 'InvalidArgument' }],
  ['F-ERR-032', 'key-id-with-aes256', { isOk: false, status: 400, code: 'InvalidArgument' }],
  ['F-HDR-037', 'aes256-names-the-mode', { isOk: true, status: 200 }],
  ['F-PRE-002', 'presigned-missing-header', { isOk: false, status: 403, code: 'SignatureDoesNotMatch' }],
  ['F-ERR-035', 'kms-over-http', { isOk: false, status: 400, code: 'InvalidArgument' }],
  ['F-ERR-034', 'old-signature', { isOk: false, status: 400, code: 'InvalidArgument' }],
  ['F-ERR-031', 'sse-header-on-get', { isOk: false, status: 400, code: 'InvalidArgument' }],
  ['F-ETG-002', 'etag-is-md5', { isOk: true, status: 200 }],
  ['F-KSM-081', 'same-file-twice', { isOk: true, status: 200 }],
  ['F-GEN-006', 'no-option-means-plaintext', { isOk: true, status: 200 }],
  ['F-SIM-105', 'flip-ciphertext', { isOk: false, status: 500, code: 'InternalError' }],
  ['F-ERR-084', 'flip-encrypted-data-key', { isOk: false, status: 400, code: 'KMS.InvalidCiphertextException' }],
  ['F-SIM-105', 'flip-tag', { isOk: false, status: 500, code: 'InternalError' }],
  ['F-ERR-090', 'kms-encrypts-my-file', { isOk: false, status: 400, code: 'ValidationException' }],
  ['F-DSS-004', 'dsse-two-kms-keys', { isOk: true, status: 200 }],
  ['F-DSS-021', 'dsse-bucket-key', { isOk: true, status: 200 }],
  ['F-CSR-028', 'client-side-from-console', { isOk: true, status: 200 }],
  ['F-ERR-107', 'copy-loses-metadata', { isOk: false, code: 'NotEncryptedByClient' }],
  ['F-GEN-019', 'client-side-plus-sse', { isOk: true, status: 200 }],
  ['F-CSR-001', 'client-key-lost', { isOk: false, code: 'WrappingKeyMissing' }],
  ['F-FMT-005', 'instruction-file-swapped', { isOk: true, status: 200 }],
  ['F-FMT-092', 'two-plaintexts-one-object', { isOk: true, status: 206 }],
];

const headerOf = (trace: Trace, name: string): string | undefined =>
  trace.exchanges
    .filter(({ link }) => link === 'client-s3')
    .at(-1)
    ?.response?.headers.find(header => header[0].toLowerCase() === name)?.[1];

const touches = (trace: Trace, place: Place, kind: ArtifactKind) =>
  trace.events.some(
    event =>
      event.place === place && [...event.inputs, ...event.outputs].some(id => trace.artifacts[id]?.kind === kind),
  );

const stepsOf = (trace: Trace) => trace.steps.map(({ name }) => name);
const callsToKms = (trace: Trace) => trace.exchanges.filter(({ link }) => link === 's3-kms').length;

/** What the last answer brought to the customer’s side, as the first bytes of it. */
function textAtClient(trace: Trace): string {
  const ids = trace.events.flatMap(({ place, outputs }) => (place === 'client' ? outputs : []));
  const artifact = ids
    .map(id => trace.artifacts[id])
    .filter(one => one?.kind === 'plaintext-object')
    .at(-1);
  return (artifact?.head ?? '').replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16)));
}

describe('experiments about bytes', () => {
  it.each(ENDS)('%s: %s ends as AWS answers', async (_fact, id, end) => {
    expect((await actOf(id, 'broken')).outcome).toMatchObject(end);
  });

  it('each of them has its known end', () => {
    expect(ENDS.map(([, id]) => id).toSorted()).toEqual(BYTES_PLANS.map(({ id }) => id).toSorted());
  });

  it('F-SSC-020: after the key is lost, the disks hold what they held', async () => {
    const broken = await actOf('sse-c-key-lost', 'broken');
    expect(touches(broken, 's3.disk', 'ciphertext-object')).toBe(false);
    expect(stepsOf(broken)).toContain('client.loseKey');
    expect(stepsOf(broken)).not.toContain('s3.load');
  });

  it('F-SSC-004: whoever listens to an SSE-C upload over HTTP has the key, and over HTTPS has not', async () => {
    expect(touches(await actOf('sse-c-over-http', 'broken'), 'network', 'customer-key')).toBe(true);
    expect(touches(await actOf('sse-c-over-http', 'fixed'), 'network', 'customer-key')).toBe(false);
  });

  it('F-BLK-008: the gate lets an SSE-C upload pass that the bucket blocks, and lifting the block is enough', async () => {
    const broken = await actOf('sse-c-blocked', 'broken');
    expect(broken.events.some(({ verb }) => verb === 'denied')).toBe(false);
    expect(broken.outcome.message).toContain('SSE-C');
    expect((await actOf('sse-c-blocked', 'fixed')).outcome.isOk).toBe(true);
  });

  it('F-GEN-002: S3 sees neither text nor key of a client-side upload, and both of SSE-C', async () => {
    const [mine, theirs] = [
      await actOf('sse-c-or-client-side', 'healthy'),
      await actOf('sse-c-or-client-side', 'broken'),
    ];
    for (const kind of ['plaintext-object', 'customer-key', 'wrapping-key'] as const) {
      expect(touches(mine, 's3.memory', kind)).toBe(false);
    }
    for (const kind of ['plaintext-object', 'customer-key'] as const) {
      expect(touches(theirs, 's3.memory', kind)).toBe(true);
    }
  });

  it('F-HDR-037: the header AES256 leaves a default KMS key out', async () => {
    expect(headerOf(await actOf('aes256-names-the-mode', 'healthy'), SSE)).toBe('aws:kms');
    expect(headerOf(await actOf('aes256-names-the-mode', 'broken'), SSE)).toBe('AES256');
    expect(callsToKms(await actOf('aes256-names-the-mode', 'broken'))).toBe(0);
  });

  it('F-BKT-001: a link without headers uploads under the bucket’s default', async () => {
    expect(headerOf(await actOf('presigned-missing-header', 'fixed'), SSE)).toBe('aws:kms');
  });

  it('F-GEN-018: S3 takes an SSE-S3 upload over HTTP, and the tap reads it', async () => {
    const trace = await actOf('kms-over-http', 'sse-s3');
    expect(trace.outcome.status).toBe(200);
    expect(touches(trace, 'network', 'plaintext-object')).toBe(true);
  });

  it('F-ETG-001, F-ETG-005: one content, three kinds of ETag, one checksum', async () => {
    const md5 = '"098f6bcd4621d373cade4e832627b4f6"';
    const sha256 = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
    expect(headerOf(await actOf('etag-is-md5', 'healthy'), 'etag')).toBe(md5);
    expect(headerOf(await actOf('etag-is-md5', 'broken'), 'etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(headerOf(await actOf('etag-is-md5', 'broken'), 'etag')).not.toBe(md5);
    for (const act of ['healthy', 'broken', 'fixed']) {
      expect(headerOf(await actOf('etag-is-md5', act), 'x-amz-checksum-sha256')).toBe(sha256);
    }
    const completed = (await actOf('etag-is-md5', 'multipart')).exchanges.at(-1)?.response?.bodyText;
    expect(completed).toMatch(/<ETag>&quot;[0-9a-f]{32}-2&quot;<\/ETag>/);
  });

  it.each([
    ['flip-ciphertext', [0, 1, -1, 63, 1e9, Number.NaN], 'InternalError'],
    ['flip-tag', [0, 15, -16, 99], 'InternalError'],
    ['flip-encrypted-data-key', [0, 1, 2, 20, 40, 60, -1, -17, -49], undefined],
  ] as const)('%s: whichever bit turns over, nothing opens', async (id, bytes, code) => {
    for (const byte of bytes) {
      const { broken } = await playAll(id, byte);
      if (!broken) throw new Error('no broken act');
      expect(broken.outcome.isOk).toBe(false);
      if (code) expect(broken.outcome.code).toBe(code);
      else expect(broken.events.some(({ verb, actor }) => verb === 'failed' && actor === 'kms')).toBe(true);
      expect(touches(broken, 'client', 'plaintext-object')).toBe(false);
    }
  });

  it('F-KMS-017, F-KSM-006: KMS never sees the file that SSE-KMS encrypts', async () => {
    const fixed = await actOf('kms-encrypts-my-file', 'fixed');
    for (const place of ['kms.host', 'kms.hsm'] as const) expect(touches(fixed, place, 'plaintext-object')).toBe(false);
    expect(fixed.objectLength).toBe(5001);
  });

  it('F-DSS-004: one call to KMS, and two locked data keys on the disks', async () => {
    const broken = await actOf('dsse-two-kms-keys', 'broken');
    expect(callsToKms(broken)).toBe(1);
    const stored = broken.events.find(({ verb, place }) => verb === 'stored' && place === 's3.disk');
    const keys = stored?.outputs.filter(id => broken.artifacts[id]?.kind === 'encrypted-data-key');
    expect(keys).toHaveLength(2);
  });

  it('F-DSS-021: a second upload asks KMS again under DSSE-KMS, and not under SSE-KMS with a Bucket Key', async () => {
    expect(callsToKms(await actOf('dsse-bucket-key', 'healthy'))).toBe(0);
    expect(callsToKms(await actOf('dsse-bucket-key', 'broken'))).toBe(1);
  });

  it('F-CSR-025: a copy with its metadata opens', async () => {
    for (const act of ['healthy', 'fixed']) expect((await actOf('copy-loses-metadata', act)).outcome.isOk).toBe(true);
  });

  it('F-GEN-019: with SSE-KMS outside, whoever lacks the KMS key does not get the ciphertext either', async () => {
    expect(stepsOf(await actOf('client-side-plus-sse', 'with-kms'))).toEqual(
      expect.arrayContaining(['client.encrypt', 's3.askKms', 's3.encrypt']),
    );
    const admin = await actOf('client-side-plus-sse', 'admin');
    expect(admin.outcome).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(touches(admin, 'client', 'ciphertext-object')).toBe(false);
  });

  it('F-FMT-005, F-CSR-013: the swapped file changes what the object says, and key commitment stops it', async () => {
    expect(textAtClient(await actOf('instruction-file-swapped', 'healthy'))).toContain('Bob');
    expect(textAtClient(await actOf('instruction-file-swapped', 'broken'))).toContain('Eve');
    const { outcome, steps } = await actOf('instruction-file-swapped', 'fixed');
    expect(outcome.isOk).toBe(false);
    expect(steps.map(({ name }) => name)).not.toContain('client.decrypt');
  });

  it('F-FMT-092: a range brings a changed amount, the whole brings nothing', async () => {
    expect(textAtClient(await actOf('two-plaintexts-one-object', 'broken'))).toContain('0090010.00');
    expect((await actOf('two-plaintexts-one-object', 'fixed')).outcome.isOk).toBe(false);
  });
});
