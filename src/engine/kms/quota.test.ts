import { describe, expect, it } from 'vitest';
import { kmsHarness } from '../../testing/kmsHarness.ts';
import { Quotas, quotasOf } from './quota.ts';

describe('request quotas', () => {
  it.each([
    ['us-east-1', 100_000],
    ['eu-west-1', 100_000],
    ['eu-central-1', 20_000],
    ['us-east-2', 20_000],
    ['eu-west-3', 10_000],
    ['sa-east-1', 10_000],
  ])('of %s are %i symmetric operations a second (F-KMS-082)', (region, rate) => {
    expect(quotasOf(region).symmetric).toBe(rate);
  });

  it.each([
    ['rsa', 1000],
    ['ecc', 1000],
    ['CreateKey', 5],
    ['DescribeKey', 2000],
    ['ScheduleKeyDeletion', 15],
    ['RotateKeyOnDemand', 5],
    ['CreateGrant', 50],
  ])('of %s are %i a second everywhere (F-KMS-084, F-KMS-085)', (kind, rate) => {
    expect([quotasOf('us-east-1')[kind], quotasOf('eu-west-3')[kind]]).toEqual([rate, rate]);
  });

  it('fill up again with time, to one second’s worth and no more', () => {
    const quotas = new Quotas('eu-central-1', { symmetric: 4 });
    const takeAll = (now: number) => {
      let count = 0;
      while (quotas.take('a', 'symmetric', now)) count++;
      return count;
    };
    expect([takeAll(0), takeAll(0), takeAll(250), takeAll(1000), takeAll(60_000)]).toEqual([4, 0, 1, 3, 4]);
    // A clock that goes back gives nothing.
    expect(takeAll(0)).toBe(0);
  });

  it('of less than one a second let one through now and then', () => {
    const quotas = new Quotas('eu-central-1', { slow: 0.1 });
    const times = [0, 5000, 10_000, 10_001, 20_000];
    expect(times.map(now => quotas.take('a', 'slow', now))).toEqual([true, false, true, false, true]);
  });
});

describe('a throttled call', () => {
  const ask = { KeySpec: 'AES_256' };

  it('is refused in KMS’s words, shown and logged (F-ERR-086)', async () => {
    const harness = await kmsHarness({ quotas: {}, requestsPerSecond: 1 });
    const { KeyId } = await harness.makeKey();
    expect((await harness.ask('GenerateDataKey', { KeyId, ...ask })).status).toBe(200);
    const trace = await harness.record(async () => {
      expect(await harness.ask('GenerateDataKey', { KeyId, ...ask })).toMatchObject({
        status: 400,
        body: {
          __type: 'ThrottlingException',
          message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
        },
      });
    });
    expect(trace.steps.map(({ name }) => name)).toEqual(['kms.throttle', 'kms.log', 'kms.refuse']);
    expect(trace.events[0]).toMatchObject({ verb: 'throttled', code: 'ThrottlingException', place: 'kms.host' });
    expect(harness.records().at(-1)).toMatchObject({ errorCode: 'ThrottlingException' });
    harness.pass(1000);
    expect((await harness.ask('GenerateDataKey', { KeyId, ...ask })).status).toBe(200);
  });

  it('counts what S3 asks for somebody, and the caller’s account, whose ever the key is (F-KMS-086)', async () => {
    const harness = await kmsHarness({ quotas: {}, requestsPerSecond: 1 });
    const KeyId = 'alias/aws/s3';
    const typeOf = async (who: 'admin' | 'reader' | 'abroad') =>
      (await harness.askViaS3('GenerateDataKey', { KeyId, ...ask }, who)).body.__type;
    expect([await typeOf('admin'), await typeOf('reader'), await typeOf('abroad')]).toEqual([
      undefined,
      'ThrottlingException',
      undefined,
    ]);
  });

  it('shares its quota with other symmetric operations, but not with those on RSA keys', async () => {
    const harness = await kmsHarness({ quotas: { CreateKey: 100 }, requestsPerSecond: 1 });
    const { KeyId } = await harness.makeKey();
    const rsa = await harness.makeKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    expect((await harness.ask('GenerateRandom', { NumberOfBytes: 1 })).status).toBe(200);
    expect((await harness.ask('Encrypt', { KeyId, Plaintext: 'AA==' })).body.__type).toBe('ThrottlingException');
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const toRsa = await harness.ask('Encrypt', { KeyId: rsa.KeyId, Plaintext: 'AA==', EncryptionAlgorithm });
    expect(toRsa.status).toBe(200);
    expect((await harness.ask('DescribeKey', { KeyId })).status).toBe(200);
  });

  it('is the sixth CreateKey of a second', async () => {
    const harness = await kmsHarness({ quotas: {} });
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await harness.ask('CreateKey')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 400]);
  });
});
