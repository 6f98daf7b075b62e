import { describe, expect, it } from 'vitest';
import { createMultipartHarness, type MultipartHarness, SSE } from '../../../testing/multipartHarness.ts';
import type { Sent } from '../../../testing/servedWorld.ts';
import { refusalFor } from '../askKms.ts';

const HOME = 'arn:aws:kms:eu-central-1:111122223333:key';
const UUID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const message = (text: string) => /<Message>([^<]*)</.exec(text)?.[1]?.replaceAll('&apos;', "'");
const named = (keyId: string, more: Sent = {}): Sent => ({
  body: 'abc',
  headers: [
    [SSE, 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, keyId],
  ],
  ...more,
});
const WRITES: [
  string,
  (s3: MultipartHarness, sent: Sent) => Promise<{ status: number; code: string; text: string }>,
][] = [
  ['PUT', (s3, sent) => s3.onObject('PUT', 'a', '', sent)],
  ['CreateMultipartUpload', (s3, sent) => s3.onObject('POST', 'a', 'uploads', { ...sent, body: '' })],
];

describe.each(WRITES)('a KMS key that cannot be used, on %s', (_name, write) => {
  it.each([
    ['F-ERR-040', 'fake-key-id', "Invalid keyId 'fake-key-id'"],
    ['F-ERR-041', `${HOME}/${UUID}`, `Key '${HOME}/${UUID}' does not exist`],
    ['F-ERR-042', `arn:aws:kms:us-west-2:111122223333:key/${UUID}`, 'Invalid arn us-west-2'],
    ['F-ERR-043', UUID, `Key '${HOME}/${UUID}' does not exist`],
    ['F-ERR-044', 'aws/s3', 'aws/s3'],
  ])('%s: %s', async (_fact, keyId, text) => {
    const s3 = await createMultipartHarness();
    const answer = await write(s3, named(keyId));
    expect([answer.status, answer.code]).toEqual([400, 'KMS.NotFoundException']);
    expect(message(answer.text)).toContain(text);
    expect(s3.complaints).toEqual([]);
  });

  it('F-ERR-045: disabled', async () => {
    const s3 = await createMultipartHarness();
    await s3.kms('DisableKey', { KeyId: s3.kmsKeyArn });
    const answer = await write(s3, named(s3.kmsKeyArn));
    expect([answer.status, answer.code, message(answer.text)]).toEqual([
      400,
      'KMS.DisabledException',
      `${s3.kmsKeyArn} is disabled.`,
    ]);
  });

  it('F-ERR-047: of another usage', async () => {
    const s3 = await createMultipartHarness();
    const made = await s3.kms('CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const answer = await write(s3, named(/"Arn":"([^"]*)"/.exec(made.text)?.[1] ?? ''));
    expect([answer.status, answer.code]).toEqual([400, 'KMS.InvalidKeyUsageException']);
  });

  it('F-ERR-048: without kms:GenerateDataKey', async () => {
    const s3 = await createMultipartHarness();
    const answer = await write(s3, named(s3.kmsKeyArn, { as: 's3-administrator' }));
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(message(answer.text)).toMatch(
      /^User: arn:aws:iam::111122223333:user\/s3-administrator is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:\S+ because no identity-based policy allows the kms:GenerateDataKey action$/,
    );
  });

  it('F-ERR-050: of another account', async () => {
    const s3 = await createMultipartHarness();
    const made = await s3.kms('CreateKey', {}, { as: 'stranger' });
    const answer = await write(s3, named(/"Arn":"([^"]*)"/.exec(made.text)?.[1] ?? ''));
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(message(answer.text)).toContain(
      'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    );
  });
});

describe('a KMS key that cannot be used, on GET', () => {
  const stored = async () => {
    const s3 = await createMultipartHarness();
    await s3.onObject('PUT', 'a', '', named(s3.kmsKeyArn));
    return s3;
  };

  it('F-ERR-045, F-KSM-083: disabled; enabled again it opens', async () => {
    const s3 = await stored();
    await s3.kms('DisableKey', { KeyId: s3.kmsKeyArn });
    expect((await s3.onObject('GET', 'a')).code).toBe('KMS.DisabledException');
    await s3.kms('EnableKey', { KeyId: s3.kmsKeyArn });
    expect((await s3.onObject('GET', 'a')).text).toBe('abc');
    expect(s3.complaints).toEqual([]);
  });

  it('F-ERR-046, F-KSM-084: pending deletion', async () => {
    const s3 = await stored();
    await s3.kms('ScheduleKeyDeletion', { KeyId: s3.kmsKeyArn });
    const answer = await s3.onObject('GET', 'a');
    expect([answer.status, answer.code, message(answer.text)]).toEqual([
      400,
      'KMS.KMSInvalidStateException',
      `${s3.kmsKeyArn} is pending deletion.`,
    ]);
  });

  it('F-ERR-049: without kms:Decrypt', async () => {
    const s3 = await stored();
    const answer = await s3.onObject('GET', 'a', '', { as: 's3-administrator' });
    expect([answer.status, answer.code]).toEqual([403, 'AccessDenied']);
    expect(message(answer.text)).toBe(
      'User: arn:aws:iam::111122223333:user/s3-administrator is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action',
    );
  });
});

describe('KMS’s errors as S3 shows them', () => {
  it('F-ERR-051: throttling is 503 SlowDown', async () => {
    const s3 = await createMultipartHarness('today', { kmsRequestsPerSecond: 2 });
    const answers = [];
    for (let n = 0; n < 4; n++) answers.push(await s3.onObject('PUT', 'a', '', named(s3.kmsKeyArn)));
    const last = answers.at(-1);
    expect([last?.status, last?.code, message(last?.text ?? '')]).toEqual([
      503,
      'SlowDown',
      'Please reduce your request rate for operations involving AWS KMS.',
    ]);
    expect(s3.complaints).toEqual([]);
  });

  it.each(['__proto__', 'toString', 'LimitExceededException'])('an error of type %j is passed on', type => {
    expect(refusalFor({ __type: type, message: 'm' })).toMatchObject({
      error: { status: 400, code: `KMS.${type}`, message: 'm' },
    });
  });
});
