import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  MIB,
  type MultipartHarness,
  patterned,
  SSE,
  sseC,
} from '../../../testing/multipartHarness.ts';
import type { Sent } from '../../../testing/servedWorld.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import type { Header } from '../../index.ts';

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const wishFor = (arn: string, bucketKey?: string) =>
  `<ObjectEncryption ${XMLNS}><SSE-KMS><KMSKeyArn>${arn}</KMSKeyArn>${
    bucketKey === undefined ? '' : `<BucketKeyEnabled>${bucketKey}</BucketKeyEnabled>`
  }</SSE-KMS></ObjectEncryption>`;
const update = (s3: MultipartHarness, body: string, query = '', more: Sent = {}) =>
  s3.onObject('PUT', 'a', `encryption${query}`, {
    body,
    headers: [['content-md5', toBase64(md5(utf8(body)))]],
    ...more,
  });
const newKey = async (s3: MultipartHarness, as: Sent['as'] = 'admin') =>
  /"Arn":"([^"]*)"/.exec((await s3.kms('CreateKey', {}, as === undefined ? {} : { as })).text)?.[1] ?? '';
const bodiesOnDisk = ({ cloud }: MultipartHarness) =>
  cloud.rooms['s3.disk'].ids().filter(id => cloud.recorder.get(id).kind === 'ciphertext-object');
const SHA: Header = ['x-amz-checksum-sha256', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='];

describe('UpdateObjectEncryption', () => {
  it.each<
    [string, 'SSE-S3' | 'SSE-KMS cmk' | 'SSE-KMS cmk, Bucket Key' | 'SSE-KMS aws/s3', string | undefined, string[]]
  >([
    ['SSE-S3 to SSE-KMS', 'SSE-S3', undefined, ['Encrypt']],
    ['SSE-S3 to SSE-KMS with a Bucket Key', 'SSE-S3', 'true', ['GenerateDataKey']],
    ['one KMS key to another', 'SSE-KMS cmk', 'false', ['ReEncrypt']],
    ['a Bucket Key on', 'SSE-KMS cmk', 'true', ['Decrypt', 'GenerateDataKey']],
    ['a Bucket Key off', 'SSE-KMS cmk, Bucket Key', 'false', ['Encrypt']],
    ['one KMS key’s Bucket Key to another’s', 'SSE-KMS cmk, Bucket Key', 'true', ['GenerateDataKey']],
    ['aws/s3 to a customer’s key', 'SSE-KMS aws/s3', undefined, ['ReEncrypt']],
  ])('F-UOE-001, F-UOE-002: %s locks only the data key anew', async (_name, mode, bucketKey, calls) => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', {
      body: 'abc',
      headers: [...s3.headersOf(mode), SHA, ['x-amz-meta-colour', 'blue']],
    });
    const target = await newKey(s3);
    const asked: Sent = { headers: [['x-amz-checksum-mode', 'ENABLED']] };
    const before = await s3.onObject('GET', 'a', '', asked);
    const bodies = bodiesOnDisk(s3);
    s3.kmsCalls();
    s3.clock.now += 10_000;
    const answer = await update(s3, wishFor(target, bucketKey));
    expect(answer.status, answer.text).toBe(200);
    expect(s3.kmsCalls()).toEqual(calls);
    expect(bodiesOnDisk(s3)).toEqual(bodies);
    expect(answer.trace?.steps.map(step => step.name)).toContain('s3.rewrapDataKey');

    const after = await s3.onObject('GET', 'a', '', asked);
    expect(after.text).toBe('abc');
    for (const name of ['etag', 'last-modified', 'x-amz-checksum-sha256', 'x-amz-meta-colour']) {
      expect(after.header(name), name).toBe(before.header(name));
    }
    expect(after.header(SSE)).toBe('aws:kms');
    expect(after.header(`${SSE}-aws-kms-key-id`)).toBe(target);
    expect(after.header(`${SSE}-bucket-key-enabled`)).toBe(bucketKey === 'true' ? 'true' : undefined);
    // F-GEN-010: under a KMS key no checksum lies readable on the disks.
    const kinds = s3.cloud.rooms['s3.disk'].ids().map(id => s3.cloud.recorder.get(id).kind);
    expect(kinds).not.toContain('checksum');
    expect(s3.complaints).toEqual([]);
  });

  it('F-UOE-002: reaches an object made of parts, whose parts stay where they lie', async () => {
    const s3 = await createMultipartHarness();
    const upload = { name: 'a', id: await s3.open('a') };
    const parts: [number, string][] = [];
    for (const [number, body] of [
      [1, patterned(5 * MIB)],
      [2, patterned(9)],
    ] as const) {
      parts.push([number, (await s3.part(upload, number, body)).header('etag') ?? '']);
    }
    await s3.complete(upload, parts);
    expect((await update(s3, wishFor(s3.kmsKeyArn))).status).toBe(200);
    const got = await s3.onObject('GET', 'a', 'partNumber=2');
    expect(got.bytes).toEqual(patterned(9));
    expect(got.header(SSE)).toBe('aws:kms');
    expect(s3.complaints).toEqual([]);
  }, 20_000);

  it('F-ETG-009: an object that was SSE-S3 keeps its MD5 as ETag', async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    await update(s3, wishFor(s3.kmsKeyArn));
    expect((await s3.onObject('HEAD', 'a')).header('etag')).toBe('"900150983cd24fb0d6963f7d28e17f72"');
  });

  it('F-UOE-008: changes the newest version unless a version is named', async () => {
    const s3 = await createMultipartHarness();
    const xml = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    const headers: Header[] = [['content-md5', toBase64(md5(utf8(xml)))]];
    await s3.send({ method: 'PUT', path: '/the-bucket', query: 'versioning', body: xml, headers });
    const old = (await s3.onObject('PUT', 'a', '', { body: 'old' })).header('x-amz-version-id');
    const latest = (await s3.onObject('PUT', 'a', '', { body: 'new' })).header('x-amz-version-id');
    const modeOf = async (id = '') => (await s3.onObject('HEAD', 'a', `versionId=${id}`)).header(SSE);
    await update(s3, wishFor(s3.kmsKeyArn), `&versionId=${old}`);
    expect([await modeOf(old), await modeOf(latest)]).toEqual(['aws:kms', 'AES256']);
    await update(s3, wishFor(s3.kmsKeyArn));
    expect(await modeOf(latest)).toBe('aws:kms');
    expect((await s3.onObject('GET', 'a')).text).toBe('new');
    expect(s3.complaints).toEqual([]);
  });

  const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  it.each<[string, string, string]>([
    ['no type', `<ObjectEncryption ${XMLNS}/>`, 'require a valid new encryption type'],
    [
      'SSE-S3 as target',
      `<ObjectEncryption ${XMLNS}><SSE-S3/></ObjectEncryption>`,
      'require a valid new encryption type',
    ],
    ['DSSE-KMS as target', `<ObjectEncryption ${XMLNS}><DSSE-KMS/></ObjectEncryption>`, 'to DSSE-KMS or SSE-C'],
    ['SSE-C as target', `<ObjectEncryption ${XMLNS}><SSE-C/></ObjectEncryption>`, 'to DSSE-KMS or SSE-C'],
    ['no key', `<ObjectEncryption ${XMLNS}><SSE-KMS/></ObjectEncryption>`, 'require an AWS KMS key'],
    ['a key id', wishFor('1234abcd-12ab-34cd-56ef-1234567890ab'), 'require a valid AWS KMS key'],
    ['an alias', wishFor('arn:aws:kms:eu-central-1:111122223333:alias/a'), 'require a valid AWS KMS key'],
    ['a Bucket Key that is neither', wishFor(arn, 'maybe'), 'BucketKeyEnabled'],
  ])('F-ERR-070, F-UOE-004, F-UOE-005: %s answers InvalidRequest', async (_name, body, text) => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    const answer = await update(s3, body);
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
    expect(answer.text).toContain(text);
    expect(s3.complaints).toEqual([]);
  });

  it.each([
    ['DSSE-KMS', 'DSSE-KMS or SSE-C'],
    ['SSE-C', 'DSSE-KMS or SSE-C'],
    ['none', 'unencrypted source objects'],
  ] as const)('F-ERR-070, F-UOE-005, F-NON-006: a source in mode %s answers InvalidRequest', async (mode, text) => {
    const s3 = await createMultipartHarness(mode === 'none' ? 'before-2023' : 'today');
    await s3.onObject('PUT', 'a', '', {
      body: 'abc',
      headers: mode === 'SSE-C' ? sseC(CUSTOMER_KEY) : s3.headersOf(mode),
    });
    const answer = await update(s3, wishFor(s3.kmsKeyArn));
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
    expect(answer.text).toContain(text);
    expect(s3.complaints).toEqual([]);
  });

  it('F-ERR-071, F-UOE-006: a KMS key of another account answers AccessDenied', async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    const foreign = await newKey(s3, 'stranger');
    expect(foreign).toContain(':444455556666:');
    const answer = await update(s3, wishFor(foreign));
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(answer.text).toContain('must be owned by the same account as the bucket');
  });

  it('F-ERR-072: an object that is not there answers NoSuchKey', async () => {
    const s3 = await createMultipartHarness();
    const answer = await update(s3, wishFor(s3.kmsKeyArn));
    expect([answer.status, answer.code]).toEqual([404, 'NoSuchKey']);
  });

  it.each([
    ['broken XML', '<ObjectEncryption>'],
    ['another document', '<Other/>'],
  ])('%s answers MalformedXML', async (_name, body) => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    expect((await update(s3, body)).code).toBe('MalformedXML');
  });

  it('F-KSM-059: needs rights in S3 and in KMS', async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    const noKms = await update(s3, wishFor(s3.kmsKeyArn), '', { as: 's3-administrator' });
    expect([noKms.status, noKms.code]).toEqual([403, 'AccessDenied']);
    expect(noKms.text).toContain('kms:Encrypt');
    const noS3 = await update(s3, wishFor(s3.kmsKeyArn), '', { as: 'stranger' });
    expect([noS3.status, noS3.code]).toEqual([403, 'AccessDenied']);
    expect((await s3.onObject('HEAD', 'a')).header(SSE)).toBe('AES256');
    expect(s3.complaints).toEqual([]);
  });

  it('F-UOE-009: is a data event in CloudTrail', async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', { body: 'abc' });
    await update(s3, wishFor(s3.kmsKeyArn));
    const records = s3.cloud.rooms.audit.entries().map(([, record]) => record as Record<string, unknown>);
    const own = records.find(record => record.eventName === 'UpdateObjectEncryption');
    expect(own).toMatchObject({ managementEvent: false, readOnly: false });
  });
});
