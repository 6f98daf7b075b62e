import { describe, expect, it } from 'vitest';
import { configure, createMultipartHarness, type MultipartHarness, SSE } from '../../../testing/multipartHarness.ts';
import { createServedWorld } from '../../../testing/servedWorld.ts';
import { toBase64 } from '../../bytes/text.ts';
import type { Header } from '../../index.ts';

const LIFE_MS = 300_000;
const withKey = async () => {
  const s3 = await createMultipartHarness();
  const headers = s3.headersOf('SSE-KMS cmk, Bucket Key');
  const put = (name: string, more: readonly Header[] = [], as: 'admin' | 'application-owner' = 'admin') =>
    s3.onObject('PUT', name, '', { body: `content of ${name}`, headers: [...headers, ...more], as });
  return { s3, put, headers };
};
const bucketKeysOf = ({ cloud }: MultipartHarness) =>
  cloud.rooms['s3.keys'].ids().filter(id => cloud.recorder.get(id).kind === 'data-key');
const contextsOf = ({ cloud }: MultipartHarness) =>
  cloud.rooms.audit
    .entries()
    .map(([, record]) => record as { eventSource?: string; requestParameters?: { encryptionContext?: unknown } })
    .filter(record => record.eventSource === 'kms.amazonaws.com')
    .map(record => record.requestParameters?.encryptionContext)
    .filter(context => context !== undefined);
const rule = (arn: string, isOn: boolean) =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${arn}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${isOn}</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`;

describe('a Bucket Key', () => {
  it('F-KSM-020, F-KSM-021, F-BKY-001: serves many objects with one call of KMS', async () => {
    const { s3, put } = await withKey();
    for (const name of ['a', 'b', 'c']) expect((await put(name)).header(`${SSE}-bucket-key-enabled`)).toBe('true');
    for (const name of ['a', 'b', 'c']) expect((await s3.onObject('GET', name)).text).toBe(`content of ${name}`);
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey']);
    expect(bucketKeysOf(s3)).toHaveLength(1);
    expect(s3.complaints).toEqual([]);
  });

  it('F-KSM-021, F-KSM-022: every object has a data key of its own, locked with it', async () => {
    const { s3, put } = await withKey();
    await put('a');
    await put('b');
    const { recorder, rooms } = s3.cloud;
    const [bucketKey] = bucketKeysOf(s3);
    const locked = rooms['s3.disk'].ids().flatMap(id => {
      const { lock } = recorder.get(id);
      return lock !== undefined && lock.keyId === bucketKey ? lock.contents : [];
    });
    expect(new Set(locked).size).toBe(2);
  });

  it('F-KSM-071, F-BKY-009, F-BKY-010: KMS hears of the bucket, not of the object', async () => {
    const { s3, put } = await withKey();
    await put('a');
    expect(contextsOf(s3)).toEqual([{ 'aws:s3:arn': 'arn:aws:s3:::the-bucket' }]);
  });

  it('F-KSM-023: after its end a read has KMS open it once more, with the bucket’s ARN', async () => {
    const { s3, put } = await withKey();
    await put('a');
    await put('b');
    s3.clock.now += LIFE_MS;
    s3.kmsCalls();
    for (const name of ['a', 'b']) expect((await s3.onObject('GET', name)).text).toBe(`content of ${name}`);
    expect(s3.kmsCalls()).toEqual(['Decrypt']);
    expect(contextsOf(s3).at(-1)).toEqual({ 'aws:s3:arn': 'arn:aws:s3:::the-bucket' });
    expect(s3.complaints).toEqual([]);
  });

  it('F-BKY-007: is overwritten when its time is over, and the trace says so', async () => {
    const { s3, put } = await withKey();
    await put('a');
    const [id = ''] = bucketKeysOf(s3);
    const bytes = s3.cloud.rooms['s3.keys'].getBytes(id);
    expect(bytes.some(byte => byte !== 0)).toBe(true);
    s3.clock.now += LIFE_MS - 1;
    await put('b');
    expect(bucketKeysOf(s3)).toEqual([id]);
    s3.clock.now += 1;
    const next = await put('c');
    expect(bytes.every(byte => byte === 0)).toBe(true);
    expect(bucketKeysOf(s3)).not.toContain(id);
    const gone = next.trace?.events.find(event => event.verb === 'discarded' && event.inputs.includes(id));
    expect(gone).toMatchObject({ place: 's3.keys', isZeroized: true });
    expect(s3.complaints).toEqual([]);
  });

  it('F-KSM-024: serves one requester', async () => {
    const { s3, put } = await withKey();
    expect((await put('a')).status).toBe(200);
    const other = await put('b', [], 'application-owner');
    expect(other.status, other.text).toBe(200);
    await put('c', [], 'application-owner');
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
    expect((await s3.onObject('GET', 'a', '', { as: 'application-owner' })).text).toBe('content of a');
    expect(s3.kmsCalls()).toEqual(['Decrypt']);
    expect(s3.complaints).toEqual([]);
  });

  it('serves one KMS key, under whatever name that came', async () => {
    const { s3, put } = await withKey();
    await put('a');
    const keyId = s3.kmsKeyArn.split('/')[1] ?? '';
    const other = /"Arn":"([^"]*)"/.exec((await s3.kms('CreateKey', {})).text)?.[1] ?? '';
    s3.kmsCalls();
    const named = (name: string): Header[] => [
      [SSE, 'aws:kms'],
      [`${SSE}-bucket-key-enabled`, 'true'],
      [`${SSE}-aws-kms-key-id`, name],
    ];
    await s3.onObject('PUT', 'b', '', { body: 'b', headers: named(other) });
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey']);
    const byId = await s3.onObject('PUT', 'c', '', { body: 'c', headers: named(keyId) });
    expect(byId.header(`${SSE}-aws-kms-key-id`)).toBe(s3.kmsKeyArn);
    expect((await s3.onObject('GET', 'b')).text).toBe('b');
  });

  it.each([
    ['off', false, 'true', 'true'],
    ['on', true, 'false', undefined],
    ['on', true, undefined, 'true'],
    ['off', false, undefined, undefined],
  ])(
    'F-BKY-004, F-BKY-005: with the bucket’s rule %s and the header %s %s is used',
    async (_name, isOn, sent, used) => {
      const s3 = await createMultipartHarness();
      await configure(s3, rule(s3.kmsKeyArn, isOn));
      const headers: Header[] = sent === undefined ? [] : [[`${SSE}-bucket-key-enabled`, sent]];
      const put = await s3.onObject('PUT', 'a', '', { body: 'a', headers });
      expect(put.header(`${SSE}-bucket-key-enabled`)).toBe(used);
      expect(s3.cloud.store.dump().find(row => row.table === 's3.buckets')?.value).toMatchObject({
        encryption: { isBucketKeyEnabled: isOn },
      });
    },
  );

  it('F-BKY-003: is off when nobody has asked for it', async () => {
    const s3 = await createMultipartHarness();
    await configure(s3, rule(s3.kmsKeyArn, true).replace('<BucketKeyEnabled>true</BucketKeyEnabled>', ''));
    const put = await s3.onObject('PUT', 'a', '', { body: 'a' });
    expect([put.header(SSE), put.header(`${SSE}-bucket-key-enabled`)]).toEqual(['aws:kms', undefined]);
  });

  it('F-BKY-008, F-SIM-011: lives as long as the world says, since AWS publishes no number', async () => {
    const s3 = await createMultipartHarness('today', { bucketKeySeconds: 10 });
    const headers = s3.headersOf('SSE-KMS cmk, Bucket Key');
    for (const wait of [0, 9_000, 10_000]) {
      s3.clock.now += wait;
      await s3.onObject('PUT', 'a', '', { body: 'a', headers });
    }
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
  });

  it('F-BKY-006: an object that is there already stays as it is when the rule changes', async () => {
    const s3 = await createMultipartHarness();
    await configure(s3, rule(s3.kmsKeyArn, false));
    await s3.onObject('PUT', 'a', '', { body: 'a' });
    await configure(s3, rule(s3.kmsKeyArn, true));
    expect((await s3.onObject('HEAD', 'a')).header(`${SSE}-bucket-key-enabled`)).toBeUndefined();
    expect((await s3.onObject('PUT', 'b', '', { body: 'b' })).header(`${SSE}-bucket-key-enabled`)).toBe('true');
  });

  it('F-BKY-002, F-DSS-021: has no effect on DSSE-KMS', async () => {
    const s3 = await createMultipartHarness();
    const headers: Header[] = [...s3.headersOf('DSSE-KMS'), [`${SSE}-bucket-key-enabled`, 'true']];
    for (const name of ['a', 'b']) {
      const put = await s3.onObject('PUT', name, '', { body: 'x', headers });
      expect([put.status, put.header(`${SSE}-bucket-key-enabled`)]).toEqual([200, undefined]);
    }
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey', 'GenerateDataKey']);
    expect(bucketKeysOf(s3)).toEqual([]);
  });

  it('F-BKY-012: a KMS key that was disabled is felt when the Bucket Key ends', async () => {
    const { s3, put } = await withKey();
    await put('a');
    await s3.kms('DisableKey', { KeyId: s3.kmsKeyArn });
    expect((await s3.onObject('GET', 'a')).status).toBe(200);
    expect((await put('b')).status).toBe(200);
    s3.clock.now += LIFE_MS;
    const read = await s3.onObject('GET', 'a');
    expect([read.status, read.code]).toEqual([400, 'KMS.DisabledException']);
    const write = await put('c');
    expect([write.status, write.code]).toEqual([400, 'KMS.DisabledException']);
    expect(s3.complaints).toEqual([]);
  });

  it('F-KSM-072: with pairs of the caller’s own is not used without them, nor the other way round', async () => {
    const { s3, put } = await withKey();
    const pairs: Header = [`${SSE}-context`, toBase64(new TextEncoder().encode('{"team":"blue"}'))];
    await put('with', [pairs]);
    s3.clock.now += LIFE_MS;
    expect((await s3.onObject('GET', 'with')).status).toBe(200);
    await put('without');
    await put('with again', [pairs]);
    expect(s3.kmsCalls()).toEqual(['GenerateDataKey', 'Decrypt', 'GenerateDataKey']);
    s3.clock.now += LIFE_MS;
    for (const name of ['with', 'without', 'with again']) {
      expect((await s3.onObject('GET', name)).text).toBe(`content of ${name}`);
    }
    expect(s3.complaints).toEqual([]);
  });

  it('after a restart reads go through KMS', async () => {
    const secrets = () => ({ domainKey: new Uint8Array(32).fill(1), s3RootKey: new Uint8Array(32).fill(2) });
    const clock = { now: () => Date.UTC(2026, 10, 21, 10) };
    const first = await createServedWorld('one', { secrets: secrets(), clock });
    first.cloud.s3.createBucket('the-bucket', '111122223333', 'today');
    const headers: Header[] = [
      [SSE, 'aws:kms'],
      [`${SSE}-bucket-key-enabled`, 'true'],
    ];
    const put = await first.send({ method: 'PUT', path: '/the-bucket/a', body: 'kept', headers });
    expect(put.status, put.text).toBe(200);
    const { rows, stored, artifacts } = first.cloud.takeChanges();
    const saved = { rows, artifacts, contents: stored.map(one => ({ ...one, bytes: one.bytes.slice() })) };
    const second = await createServedWorld('two', { secrets: secrets(), clock, saved });
    expect(second.cloud.rooms['s3.keys'].ids()).toHaveLength(1);
    const got = await second.send({ path: '/the-bucket/a', isRecorded: true });
    expect([got.status, got.text]).toEqual([200, 'kept']);
    expect(got.trace?.events.some(event => event.api === 'kms:Decrypt')).toBe(true);
  });
});
