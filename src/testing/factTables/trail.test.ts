/** Facts, section 14: what CloudTrail notes of a write and a read in each mode, and of what kind the records are. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_BODY } from '../../engine/http/message.ts';
import type { Header, RunSpec } from '../../engine/index.ts';
import { presign } from '../../engine/sigv4/sigV4.ts';
import { runOf } from '../allRuns.ts';
import { TEST_REGION, testPrincipals } from '../doors.ts';
import { CUSTOMER_KEY, REST_MODES, type RestMode, SSE, sseC } from '../multipartHarness.ts';
import { createFactWorld, type FactWorld, type TrailRecord } from './factWorld.ts';

const ADMIN = 'arn:aws:iam::111122223333:user/admin';
const FORWARDED = 'fas.s3.amazonaws.com';
const OBJECT = { 'aws:s3:arn': 'arn:aws:s3:::the-bucket/object' };
const BUCKET = { 'aws:s3:arn': 'arn:aws:s3:::the-bucket' };
const keyFor = (mode: RestMode): readonly Header[] => (mode === 'SSE-C' ? sseC(CUSTOMER_KEY) : []);

const namesOf = (records: readonly TrailRecord[]) => records.map(({ eventName }) => eventName);
const appliedOf = (record: TrailRecord | undefined) =>
  (record?.additionalEventData as { SSEApplied?: string } | undefined)?.SSEApplied;
const fromKms = (records: readonly TrailRecord[]) =>
  records.filter(({ eventSource }) => eventSource === 'kms.amazonaws.com');
const fromS3 = (records: readonly TrailRecord[]) =>
  records.filter(({ eventSource }) => eventSource === 's3.amazonaws.com');

/** One row of the table: how the object came to be encrypted, and what the trail then holds. */
interface ModeRow {
  readonly fact: string;
  readonly mode: RestMode;
  /** The bucket’s default; absent: the mode was asked for. */
  readonly byDefault?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** `undefined`: AWS publishes no word for it. */
  readonly applied: string | undefined;
  readonly isKms: boolean;
}

const MODES: readonly ModeRow[] = [
  { fact: 'F-CT-001', mode: 'none', byDefault: 'AES256', applied: 'Default_SSE_S3', isKms: false },
  { fact: 'F-CT-002', mode: 'SSE-S3', applied: 'SSE_S3', isKms: false },
  { fact: 'F-CT-003', mode: 'none', byDefault: 'aws:kms', applied: 'Default_SSE_KMS', isKms: true },
  { fact: 'F-CT-004', mode: 'SSE-KMS aws/s3', applied: 'SSE_KMS', isKms: true },
  { fact: 'F-CT-004', mode: 'SSE-KMS cmk', applied: 'SSE_KMS', isKms: true },
  { fact: 'F-CT-005', mode: 'SSE-C', applied: 'SSE_C', isKms: false },
  { fact: 'F-CT-006', mode: 'DSSE-KMS', applied: undefined, isKms: true },
  { fact: 'F-CT-006', mode: 'none', byDefault: 'aws:kms:dsse', applied: undefined, isKms: true },
];
/** The rows with what is claimed of each. */
const claim = (claimOf: (row: ModeRow, how: string) => string) =>
  MODES.map(row => {
    const how = row.byDefault === undefined ? `${row.mode} by header` : `${row.byDefault} by default`;
    return [claimOf(row, how), row] as const;
  });
const isAsked = ({ isKms }: ModeRow) => (isKms ? 'KMS is asked' : 'KMS is not asked');

async function worldOf({ byDefault }: ModeRow): Promise<FactWorld> {
  const world = await createFactWorld();
  if (byDefault !== undefined && byDefault !== 'AES256') await world.setDefault(byDefault, world.kmsKeyArn);
  world.records();
  return world;
}

describe('the records of a write and a read (facts, 14)', () => {
  const ofWrite = claim(
    (row, how) => `${row.fact}: ${how}, a PutObject says ${row.applied ?? 'nothing'}; ${isAsked(row)}`,
  );
  it.each(ofWrite)('%s', async (_what, row) => {
    const world = await worldOf(row);
    await world.put('object', world.headersOf(row.mode));
    const records = world.records();
    expect(namesOf(fromKms(records))).toEqual(row.isKms ? ['GenerateDataKey'] : []);
    expect(namesOf(fromS3(records))).toEqual(['PutObject']);
    expect(appliedOf(fromS3(records)[0])).toBe(row.applied);
  });

  const ofRead = claim((row, how) => `${row.fact}: ${how}, a GetObject: ${isAsked(row)}`);
  it.each(ofRead)('%s', async (_what, row) => {
    const world = await worldOf(row);
    await world.put('object', world.headersOf(row.mode));
    world.records();
    expect((await world.get('object', keyFor(row.mode))).text).toBe('content');
    const records = world.records();
    expect(namesOf(fromKms(records))).toEqual(row.isKms ? ['Decrypt'] : []);
    expect(namesOf(fromS3(records))).toEqual(['GetObject']);
  });

  const ofParts = claim((_row, how) => `F-CT-010: ${how}, of an upload in parts it is said once, when it begins`);
  it.each(ofParts)('%s', async (_what, row) => {
    const world = await worldOf(row);
    const upload = { name: 'object', id: await world.open('object', world.headersOf(row.mode)) };
    const part = await world.part(upload, 1, 'abc', keyFor(row.mode));
    const copied = await world.part(upload, 2, '', [['x-amz-copy-source', '/the-bucket/source'], ...keyFor(row.mode)]);
    expect(copied.code).toBe('NoSuchKey');
    expect((await world.complete(upload, [[1, part.header('etag') ?? '']])).status).toBe(200);
    const records = fromS3(world.records());
    expect(namesOf(records)).toEqual([
      'CreateMultipartUpload',
      'UploadPart',
      'UploadPartCopy',
      'CompleteMultipartUpload',
    ]);
    expect(records.map(appliedOf)).toEqual([row.applied, undefined, undefined, undefined]);
  });

  it('F-CT-001, F-CT-002, F-CT-003, F-CT-004, F-CT-005: CopyObject says how the target was encrypted', async () => {
    for (const row of MODES) {
      const world = await worldOf(row);
      await world.put('source', [[SSE, 'AES256']]);
      world.records();
      const headers: Header[] = [['x-amz-copy-source', '/the-bucket/source'], ...world.headersOf(row.mode)];
      expect((await world.onObject('PUT', 'object', '', { headers })).status).toBe(200);
      expect(appliedOf(fromS3(world.records())[0])).toBe(row.applied);
    }
  });

  it.each([
    ['upload', 'GenerateDataKey'],
    ['download', 'Decrypt'],
  ] as const)('F-CT-007: CSE-KMS, %s: the client itself asks KMS for %s', async (operation, eventName) => {
    const spec: RunSpec = { mode: 'cse-kms', operation, transport: 'https', principal: 'owner' };
    const { trace } = await runOf(spec);
    const records = trace.events.flatMap(event => (event.verb === 'logged' ? [event.record as TrailRecord] : []));
    const [byClient] = fromKms(records);
    expect(namesOf(fromKms(records))).toEqual([eventName]);
    expect(byClient).toMatchObject({ userIdentity: { arn: expect.stringMatching(/:user\/application-owner$/) } });
    expect(JSON.stringify(byClient)).not.toContain(FORWARDED);
    expect(byClient?.sourceIPAddress).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    // For S3 it is an object like any other: its own layer is the bucket’s default.
    if (operation === 'upload') expect(appliedOf(fromS3(records)[0])).toBe('Default_SSE_S3');
  });
});

describe('a record of KMS that S3 caused', () => {
  it.each(['admin', 'application-owner'] as const)(
    'F-CT-011: names %s, who asked, S3 as the one who called, and the context',
    async as => {
      const world = await createFactWorld();
      await world.put('object', world.headersOf('SSE-KMS cmk'), { as });
      await world.get('object', [], { as });
      const [write, read] = fromKms(world.records());
      const arn = `arn:aws:iam::111122223333:user/${as}`;
      const forwarded = {
        userIdentity: { arn, invokedBy: FORWARDED },
        sourceIPAddress: FORWARDED,
        userAgent: FORWARDED,
        resources: [{ ARN: world.kmsKeyArn }],
      };
      expect(write).toMatchObject({
        ...forwarded,
        eventName: 'GenerateDataKey',
        requestParameters: { keySpec: 'AES_256', encryptionContext: OBJECT },
      });
      expect(read).toMatchObject({
        ...forwarded,
        eventName: 'Decrypt',
        requestParameters: { encryptionContext: OBJECT },
      });
    },
  );

  it('F-CT-011: tells of a refusal too', async () => {
    const world = await createFactWorld();
    const denied = await world.put('object', world.headersOf('SSE-KMS cmk'), { as: 's3-administrator' });
    expect(denied.status).toBe(403);
    const [byKms, byS3] = world.records();
    expect(byKms).toMatchObject({ eventName: 'GenerateDataKey', errorCode: 'AccessDeniedException' });
    expect(byS3).toMatchObject({ eventName: 'PutObject', errorCode: 'AccessDenied' });
    expect(appliedOf(byS3)).toBeUndefined();
  });

  it('F-CT-012: is read-only, GenerateDataKey and Decrypt alike', async () => {
    const world = await createFactWorld();
    await world.put('object', world.headersOf('SSE-KMS cmk'));
    await world.get('object');
    expect(fromKms(world.records()).map(({ eventName, readOnly }) => [eventName, readOnly])).toEqual([
      ['GenerateDataKey', true],
      ['Decrypt', true],
    ]);
  });

  it('F-CT-013: has neither plaintext nor blob, and the context in clear', async () => {
    const world = await createFactWorld();
    const { body } = await world.askKms('GenerateDataKey', {
      KeyId: world.kmsKeyArn,
      KeySpec: 'AES_256',
      EncryptionContext: { team: 'blue' },
    });
    await world.askKms('Decrypt', { CiphertextBlob: body.CiphertextBlob, EncryptionContext: { team: 'blue' } });
    const text = JSON.stringify(world.records());
    expect([text.includes(String(body.Plaintext)), text.includes(String(body.CiphertextBlob))]).toEqual([false, false]);
    expect(text.match(/"encryptionContext":\{"team":"blue"\}/g)).toHaveLength(2);
  });

  it('F-CT-016: with a Bucket Key one covers many objects, and names the bucket', async () => {
    const world = await createFactWorld();
    const headers = world.headersOf('SSE-KMS cmk, Bucket Key');
    for (const name of ['a', 'b', 'c', 'd']) await world.put(name, headers);
    for (const name of ['a', 'b', 'c', 'd']) expect((await world.get(name)).text).toBe('content');
    const records = world.records();
    expect(fromKms(records)).toHaveLength(1);
    expect(fromKms(records)[0]).toMatchObject({ requestParameters: { encryptionContext: BUCKET } });
    expect(fromS3(records)).toHaveLength(8);
    // Without one it is one a call.
    for (const name of ['a', 'b', 'c', 'd']) await world.put(name, world.headersOf('SSE-KMS cmk'));
    expect(fromKms(world.records())).toHaveLength(4);
  });
});

describe('management and data events', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    await world.put('object', [[SSE, 'AES256']]);
  });
  const last = () => {
    const record = world.records().at(-1);
    return [record?.eventName, record?.eventSource, record?.managementEvent, record?.eventCategory, record?.readOnly];
  };

  it.each([
    ['PutBucketEncryption', 'PUT', false],
    ['GetBucketEncryption', 'GET', true],
    ['DeleteBucketEncryption', 'DELETE', false],
  ])('F-CT-014: %s is a management event under its name', async (eventName, method, isReadOnly) => {
    if (method === 'PUT') await world.setDefault('AES256');
    else await world.send({ method, path: '/the-bucket', query: 'encryption' });
    expect(last()).toEqual([eventName, 's3.amazonaws.com', true, 'Management', isReadOnly]);
  });

  const COPY: readonly Header[] = [['x-amz-copy-source', '/the-bucket/object']];
  it.each([
    ['PutObject', 'PUT', '', [], false],
    ['CopyObject', 'PUT', '', COPY, false],
    ['GetObject', 'GET', '', [], true],
    ['HeadObject', 'HEAD', '', [], true],
    ['GetObjectAttributes', 'GET', 'attributes', [['x-amz-object-attributes', 'ETag']], true],
    ['GetObjectTagging', 'GET', 'tagging', [], true],
    ['CreateMultipartUpload', 'POST', 'uploads', [], false],
    ['DeleteObject', 'DELETE', '', [], false],
  ] as const)('F-CT-015: %s is a data event', async (eventName, method, query, headers, isReadOnly) => {
    await world.put('object', [[SSE, 'AES256']]);
    await world.onObject(method, eventName === 'CopyObject' ? 'copy' : 'object', query, { headers });
    expect(last()).toEqual([eventName, 's3.amazonaws.com', false, 'Data', isReadOnly]);
  });

  it('F-CT-015, F-UOE-009: UpdateObjectEncryption is a data event', async () => {
    await world.put('object', [[SSE, 'AES256']]);
    const body = `<ObjectEncryption><SSE-KMS><KMSKeyArn>${world.kmsKeyArn}</KMSKeyArn></SSE-KMS></ObjectEncryption>`;
    const md5 = createHash('md5').update(body).digest('base64');
    const answer = await world.onObject('PUT', 'object', 'encryption', { body, headers: [['content-md5', md5]] });
    expect(answer.status, answer.text).toBe(200);
    expect(last()).toEqual(['UpdateObjectEncryption', 's3.amazonaws.com', false, 'Data', false]);
  });

  it.each([
    ['GenerateDataKey', { KeySpec: 'AES_256' }, true],
    ['DescribeKey', {}, true],
    ['DisableKey', {}, false],
    ['EnableKey', {}, false],
  ])('F-CT-015: KMS’s %s is a management event', async (operation, more, isReadOnly) => {
    await world.askKms(operation, { KeyId: world.kmsKeyArn, ...more });
    expect(last()).toEqual([operation, 'kms.amazonaws.com', true, 'Management', isReadOnly]);
  });
});

describe('F-CT-017: how the request was signed', () => {
  it('is told as QueryString for a presigned upload, together with SSEApplied', async () => {
    const world = await createFactWorld();
    const admin = testPrincipals().find(({ arn }) => arn === ADMIN);
    if (!admin) throw new Error('nobody is called admin');
    const host: Header = ['host', `s3.${TEST_REGION}.amazonaws.com`];
    const target = { method: 'PUT', path: '/the-bucket/object', query: '', headers: [host], body: EMPTY_BODY };
    const scope = { region: TEST_REGION, service: 's3' } as const;
    const { query } = await presign(target, admin, scope, world.clock.now, 900);
    const answer = await world.onObject('PUT', 'object', query, { body: 'content', as: 'anonymous' });
    expect(answer.status, answer.text).toBe(200);
    expect(world.records().at(-1)).toMatchObject({
      userIdentity: { arn: ADMIN },
      additionalEventData: { AuthenticationMethod: 'QueryString', SSEApplied: 'Default_SSE_S3' },
    });
  });

  it('is told as AuthHeader otherwise', async () => {
    const world = await createFactWorld();
    for (const mode of REST_MODES) {
      await world.put('object', world.headersOf(mode));
      expect(world.records().at(-1)).toMatchObject({ additionalEventData: { AuthenticationMethod: 'AuthHeader' } });
    }
  });
});
