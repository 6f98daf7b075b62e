import { describe, expect, it } from 'vitest';
import { steadyClock } from '../clock.ts';
import { seededRandom } from '../crypto/seededRandom.ts';
import { sha256 } from '../crypto/sha2.ts';
import { Recorder } from '../trace/recorder.ts';
import { Room } from '../trace/room.ts';
import type { RecordBasics } from './cloudTrailRecord.ts';
import { kmsRecord } from './kmsRecord.ts';
import { s3Record, sseAppliedOf } from './s3Record.ts';
import { createTrail } from './trail.ts';

const basics: Omit<RecordBasics, 'eventName' | 'sourceIp'> = {
  random: seededRandom('audit'),
  time: 1_795_255_200_000,
  region: 'eu-central-1',
  recipientAccountId: '111122223333',
  caller: {
    arn: 'arn:aws:iam::111122223333:user/application-owner',
    accountId: '111122223333',
    accessKeyId: 'AKIAEXAMPLE',
  },
};
const keyArn = 'arn:aws:kms:eu-central-1:111122223333:key/x';
const encryptionContext = { 'aws:s3:arn': 'arn:aws:s3:::demo-bucket/report.txt' };

describe('kmsRecord', () => {
  it('names the requester and shows S3 as the invoker, with the context in clear (F-CT-011)', () => {
    const record = kmsRecord({
      ...basics,
      eventName: 'GenerateDataKey',
      keyArn,
      keySpec: 'AES_256',
      encryptionContext,
      origin: 's3',
    });
    expect(record).toMatchObject({
      eventTime: '2026-11-21T10:00:00Z',
      userIdentity: { arn: basics.caller.arn, invokedBy: 'fas.s3.amazonaws.com' },
      sourceIPAddress: 'fas.s3.amazonaws.com',
      userAgent: 'fas.s3.amazonaws.com',
      requestParameters: { keySpec: 'AES_256', encryptionContext },
      responseElements: null,
      readOnly: true,
      managementEvent: true,
      resources: [{ ARN: keyArn }],
    });
  });

  it('shows the address of a direct caller and no invoker (F-CSK-024)', () => {
    const record = kmsRecord({ ...basics, eventName: 'Decrypt', keyArn, origin: { sourceIp: '203.0.113.7' } });
    expect(record).toMatchObject({ sourceIPAddress: '203.0.113.7', eventName: 'Decrypt' });
    expect(JSON.stringify(record)).not.toContain('invokedBy');
  });
});

describe('s3Record', () => {
  it('is a data event with SSEApplied for objects', () => {
    const record = s3Record({
      ...basics,
      eventName: 'PutObject',
      isReadOnly: false,
      isManagement: false,
      authType: 'REST-HEADER',
      sourceIp: '203.0.113.7',
      bucketName: 'demo-bucket',
      objectName: 'report.txt',
      sseApplied: 'SSE_KMS',
    });
    expect(record).toMatchObject({
      managementEvent: false,
      eventCategory: 'Data',
      additionalEventData: { SSEApplied: 'SSE_KMS' },
    });
  });

  it('is a management event for the bucket’s encryption and carries the error of a refused call', () => {
    const record = s3Record({
      ...basics,
      eventName: 'PutBucketEncryption',
      isReadOnly: false,
      isManagement: true,
      authType: 'REST-HEADER',
      sourceIp: '203.0.113.7',
      bucketName: 'demo-bucket',
      error: { code: 'AccessDenied', message: 'Access Denied' },
    });
    expect(record).toMatchObject({ managementEvent: true, readOnly: false, errorCode: 'AccessDenied' });
    expect(JSON.stringify(record)).not.toContain('SSEApplied');
  });

  it('says how presigned access was proved (F-CT-017), and names nobody who did not sign', () => {
    const call = {
      ...basics,
      eventName: 'GetObject',
      isReadOnly: true,
      isManagement: false,
      sourceIp: '203.0.113.7',
      bucketName: 'demo-bucket',
      objectName: 'report.txt',
    } as const;
    expect(s3Record({ ...call, authType: 'REST-QUERY-STRING' })).toMatchObject({
      additionalEventData: { AuthenticationMethod: 'QueryString' },
    });
    const nobody = s3Record({ ...call, caller: { arn: 'anonymous', accountId: '' }, authType: 'ANONYMOUS' });
    expect(nobody.userIdentity).toEqual({ type: 'AWSAccount', principalId: '', accountId: 'anonymous' });
    expect(JSON.stringify(nobody)).not.toContain('AuthenticationMethod');
  });

  it.each([
    ['AES256', true, 'Default_SSE_S3'],
    ['AES256', false, 'SSE_S3'],
    ['aws:kms', true, 'Default_SSE_KMS'],
    ['aws:kms', false, 'SSE_KMS'],
    ['SSE-C', false, 'SSE_C'],
    ['aws:kms:dsse', false, undefined],
    [undefined, true, undefined],
  ] as const)('says of %s (by default: %s) that %s was applied', (method, isDefault, applied) => {
    expect(sseAppliedOf(method, isDefault)).toBe(applied);
  });
});

describe('createTrail', () => {
  it('holds the record where the trace says it is', async () => {
    const recorder = new Recorder(steadyClock(0), sha256);
    const room = new Room('audit');
    const trail = createTrail({ recorder, room });
    const record = kmsRecord({ ...basics, eventName: 'GenerateDataKey', keyArn, origin: 's3' });
    recorder.begin(
      { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' },
      { bucketName: 'demo-bucket', objectName: 'report.txt', objectLength: 1 },
      [room],
    );
    recorder.step('kms.log', 'kms');
    await trail.log(record);
    const { events } = recorder.finish({ isOk: true });
    expect(events).toMatchObject([
      { verb: 'logged', place: 'audit', outputs: room.ids(), record, facts: ['F-CT-011', 'F-CT-012', 'F-CT-013'] },
    ]);
    expect(room.entries().map(([, content]) => content)).toEqual([record]);
  });
});
