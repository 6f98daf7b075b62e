import { describe, expect, it } from 'vitest';
import { sceneAt } from '../../../scene/fold.ts';
import { type BucketAsk, type BucketHarness, createBucketHarness } from '../../../testing/bucketHarness.ts';
import type { ServedRun, Trace } from '../../trace/trace.ts';
import { BUCKET_OPERATIONS } from './operations.ts';

const MALFORMED = [400, 'MalformedXML'];
const ID = '1111222233331111222233331111222233331111222233331111222233331111';

const policy = (statement: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::the-bucket/*', ...statement },
    ],
  });
const PRIVATE_POLICY = policy({ Principal: { AWS: '111122223333' } });
const VERSIONING = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
const TAGGING = '<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>';
const OWNERSHIP = '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>';
const OPEN =
  '<PublicAccessBlockConfiguration><BlockPublicPolicy>false</BlockPublicPolicy><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>';

const outcome = async ({ ask }: BucketHarness, wanted: BucketAsk) => {
  const { status, error } = await ask(wanted);
  return error.Code === undefined ? [status] : [status, error.Code];
};
const put = (query: string, body: string): BucketAsk => ({ method: 'PUT', query, body });

describe('settings that can be made', () => {
  it.each([
    ['versioning', VERSIONING, 200, 'VersioningConfiguration', { Status: 'Enabled' }, '', undefined],
    [
      'tagging',
      TAGGING,
      204,
      'Tagging',
      { TagSet: { Tag: { Key: 'team', Value: 'blue' } } },
      undefined,
      'NoSuchTagSet',
    ],
    [
      'ownershipControls',
      OWNERSHIP,
      200,
      'OwnershipControls',
      { Rule: { ObjectOwnership: 'ObjectWriter' } },
      { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } },
      'OwnershipControlsNotFoundError',
    ],
    [
      'publicAccessBlock',
      OPEN,
      200,
      'PublicAccessBlockConfiguration',
      {
        BlockPublicAcls: 'true',
        IgnorePublicAcls: 'false',
        BlockPublicPolicy: 'false',
        RestrictPublicBuckets: 'false',
      },
      { BlockPublicAcls: 'true', IgnorePublicAcls: 'true', BlockPublicPolicy: 'true', RestrictPublicBuckets: 'true' },
      'NoSuchPublicAccessBlockConfiguration',
    ],
  ])(
    '%s: is as it is in a new bucket, as it was put, and then gone',
    async (query, body, status, root, after, before, code) => {
      const harness = await createBucketHarness();
      const get = async () => (await harness.ask({ query })).document[root];
      if (before !== undefined) expect(await get()).toEqual(before);
      else expect(await outcome(harness, { query })).toEqual([404, code]);
      expect(await outcome(harness, put(query, body))).toEqual([status]);
      expect(await get()).toEqual(after);
      if (code === undefined) return;
      expect(await outcome(harness, { method: 'DELETE', query })).toEqual([204]);
      expect(await outcome(harness, { query })).toEqual([404, code]);
      expect(await outcome(harness, { method: 'DELETE', query })).toEqual([204]);
      expect(await outcome(harness, put(query, body))).toEqual([status]);
      expect(await get()).toEqual(after);
    },
  );

  it('versioning can be suspended, and never leaves', async () => {
    const harness = await createBucketHarness();
    await harness.ask(put('versioning', VERSIONING));
    await harness.ask(put('versioning', VERSIONING.replace('Enabled', 'Suspended')));
    expect(harness.parts.buckets.get('the-bucket').versioning).toBe('Suspended');
  });

  it.each([
    ['versioning', '<VersioningConfiguration/>', [400, 'IllegalVersioningConfigurationException']],
    ['versioning', VERSIONING.replace('Enabled', 'Off'), MALFORMED],
    ['versioning', VERSIONING.replace('</V', '<MfaDelete>Enabled</MfaDelete></V'), [501, 'NotImplemented']],
    ['versioning', VERSIONING.replace('</V', '<MfaDelete>Disabled</MfaDelete></V'), [200]],
    ['versioning', '<Other/>', MALFORMED],
    ['tagging', '<Tagging/>', MALFORMED],
    ['tagging', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>', MALFORMED],
    ['tagging', TAGGING.replace('</TagSet>', '<Tag><Key>team</Key><Value/></Tag></TagSet>'), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('team', 'aws:team'), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('team', ''), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('team', 'x'.repeat(129)), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('blue', 'x'.repeat(257)), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('blue', '!'), [400, 'InvalidTag']],
    ['tagging', TAGGING.replace('team', '__proto__'), [204]],
    ['ownershipControls', OWNERSHIP.replace('ObjectWriter', 'Nobody'), MALFORMED],
    ['ownershipControls', '<OwnershipControls/>', MALFORMED],
    ['publicAccessBlock', OPEN.replace('false', 'no'), MALFORMED],
    ['publicAccessBlock', OPEN.replaceAll('BlockPublicPolicy', 'Other'), MALFORMED],
    ['acl', '<AccessControlPolicy/>', [400, 'AccessControlListNotSupported']],
  ])('%s takes only what fits its schema: %s', async (query, body, expected) => {
    expect(await outcome(await createBucketHarness(), put(query, body))).toEqual(expected);
  });

  it('takes fifty tags and not one more, and gives back the name that JavaScript reserves', async () => {
    const harness = await createBucketHarness();
    const tags = (count: number) =>
      `<Tagging><TagSet>${Array.from({ length: count }, (_, i) => `<Tag><Key>k${i}</Key><Value>v</Value></Tag>`).join('')}</TagSet></Tagging>`;
    expect(await outcome(harness, put('tagging', tags(50)))).toEqual([204]);
    expect(await outcome(harness, put('tagging', tags(51)))).toEqual([400, 'BadRequest']);
    await harness.ask(put('tagging', TAGGING.replace('team', '__proto__')));
    expect((await harness.ask({ query: 'tagging' })).text).toContain('<Key>__proto__</Key><Value>blue</Value>');
  });

  it.each(['versioning', 'tagging', 'ownershipControls', 'publicAccessBlock', 'policy'])(
    '%s wants a hash of the document',
    async query => {
      const harness = await createBucketHarness();
      const { status, error } = await harness.ask({ ...put(query, VERSIONING), hasMd5: false });
      expect([status, error.Code, error.Message]).toEqual([
        400,
        'InvalidRequest',
        'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
      ]);
    },
  );

  it('refuses a document of a mebibyte and more', async () => {
    const harness = await createBucketHarness();
    expect(await outcome(harness, put('tagging', ' '.repeat(1024 * 1024 + 1)))).toEqual([
      400,
      'MaxMessageLengthExceeded',
    ]);
  });
});

describe('bucket policies', () => {
  it('come back byte for byte, and go', async () => {
    const harness = await createBucketHarness();
    expect(await outcome(harness, { query: 'policy' })).toEqual([404, 'NoSuchBucketPolicy']);
    const text = `${PRIVATE_POLICY} \n`;
    expect(await outcome(harness, put('policy', text))).toEqual([204]);
    const answer = await harness.ask({ query: 'policy' });
    expect([answer.status, answer.text, answer.header('content-type')]).toEqual([200, text, 'application/json']);
    expect(await outcome(harness, { method: 'DELETE', query: 'policy' })).toEqual([204]);
    expect(await outcome(harness, { query: 'policy' })).toEqual([404, 'NoSuchBucketPolicy']);
    expect(await outcome(harness, { method: 'DELETE', query: 'policy' })).toEqual([204]);
  });

  it('count from then on', async () => {
    const harness = await createBucketHarness();
    const list = { query: 'list-type=2', as: 'reader' } as const;
    expect(await outcome(harness, list)).toEqual([403, 'AccessDenied']);
    const body = policy({
      Principal: { AWS: harness.people.reader.arn },
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::the-bucket',
    });
    await harness.ask(put('policy', body));
    expect(await outcome(harness, list)).toEqual([200]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['another bucket’s', PRIVATE_POLICY.replace('the-bucket', 'other-bucket')],
    ['an action that there is not', PRIVATE_POLICY.replace('GetObject', 'GetNothing')],
    ['a condition key that there is not', policy({ Condition: { StringEquals: { 's3:nothing': 'x' } } })],
  ])('are refused when they are %s', async (_what, body) => {
    const { ask, parts } = await createBucketHarness();
    const { status, error } = await ask(put('policy', body));
    expect([status, error.Code, typeof error.Message]).toEqual([400, 'MalformedPolicy', 'string']);
    expect(parts.buckets.get('the-bucket').policy).toBeUndefined();
  });

  const narrowed = (operator: string, conditionKey: string, value: string | string[]) => ({
    Condition: { [operator]: { [conditionKey]: value } },
  });
  it.each([
    ['everybody', {}, true],
    ['everybody as AWS', { Principal: { AWS: '*' } }, true],
    ['everybody among others', { Principal: { AWS: ['111122223333', '*'] } }, true],
    ['an account', { Principal: { AWS: '444455556666' } }, false],
    ['everybody, denied', { Effect: 'Deny' }, false],
    ['an address range', narrowed('IpAddress', 'aws:SourceIp', '203.0.113.0/24'), false],
    ['one wide range among narrow ones', narrowed('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/1']), true],
    ['the whole internet', narrowed('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), true],
    ['the whole new internet', narrowed('IpAddress', 'aws:SourceIp', '::/0'), true],
    ['all but a range', narrowed('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'), true],
    ['an account by condition', narrowed('StringEquals', 'aws:PrincipalAccount', '111122223333'), false],
    ['any account by condition', narrowed('StringLike', 'aws:PrincipalAccount', '*'), true],
    ['no account by condition', narrowed('StringEqualsIfExists', 'aws:PrincipalAccount', '111122223333'), true],
    ['those over TLS', narrowed('Bool', 'aws:SecureTransport', 'true'), true],
    ['those of a referrer', narrowed('StringLike', 'aws:Referer', 'https://example.com/x'), true],
  ])('are public or not: %s', async (_who, statement, isPublic) => {
    const harness = await createBucketHarness();
    const body = policy(statement);
    const { status, error } = await harness.ask(put('policy', body));
    if (isPublic) {
      expect([status, error.Code, error.Message]).toEqual([
        403,
        'AccessDenied',
        `User: ${harness.people.owner.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::the-bucket" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      ]);
    } else expect(status).toBe(204);
    await harness.ask(put('publicAccessBlock', OPEN));
    expect(await outcome(harness, put('policy', body))).toEqual([204]);
    const answer = await harness.ask({ query: 'policyStatus' });
    expect(answer.document.PolicyStatus).toEqual({ IsPublic: String(isPublic) });
  });

  it('have no status when there is none', async () => {
    expect(await outcome(await createBucketHarness(), { query: 'policyStatus' })).toEqual([404, 'NoSuchBucketPolicy']);
  });

  it('are not for other accounts, even where they let them', async () => {
    const harness = await createBucketHarness();
    const body = policy({
      Principal: { AWS: '444455556666' },
      Action: ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
      Resource: 'arn:aws:s3:::the-bucket',
    });
    await harness.ask(put('policy', body));
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const asked = { method, query: 'policy', as: 'stranger', ...(method === 'PUT' ? { body } : {}) } as const;
      expect(await outcome(harness, asked)).toEqual([405, 'MethodNotAllowed']);
    }
  });
});

describe('lists of who may', () => {
  it('give the owner full control', async () => {
    const { ask } = await createBucketHarness();
    const answer = await ask({ query: 'acl' });
    expect(answer.document.AccessControlPolicy).toEqual({
      Owner: { ID },
      AccessControlList: { Grant: { Grantee: { ID }, Permission: 'FULL_CONTROL' } },
    });
    expect(answer.text).toContain('xsi:type="CanonicalUser"');
  });

  it('cannot be put where the bucket’s owner is enforced', async () => {
    const harness = await createBucketHarness();
    const acl = (value: string): BucketAsk => ({ method: 'PUT', query: 'acl', headers: [['x-amz-acl', value]] });
    for (const value of ['private', 'public-read']) {
      expect(await outcome(harness, acl(value))).toEqual([400, 'AccessControlListNotSupported']);
    }
    await harness.ask(put('ownershipControls', OWNERSHIP));
    expect(await outcome(harness, acl('private'))).toEqual([200]);
    expect(await outcome(harness, acl('public-read'))).toEqual([501, 'NotImplemented']);
  });
});

describe('settings that nobody can make here', () => {
  it.each([
    ['logging', 'BucketLoggingStatus', ''],
    ['notification', 'NotificationConfiguration', ''],
    ['accelerate', 'AccelerateConfiguration', ''],
    ['requestPayment', 'RequestPaymentConfiguration', { Payer: 'BucketOwner' }],
  ])('%s is empty, or what it is in every bucket', async (query, root, expected) => {
    const { ask } = await createBucketHarness();
    expect((await ask({ query })).document).toEqual(expect.objectContaining({ [root]: expected }));
  });

  it.each([
    ['website', 'NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
    ['cors', 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
    ['lifecycle', 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
    ['replication', 'ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
    ['object-lock', 'ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'],
  ])('%s is not found', async (query, code, message) => {
    const { ask } = await createBucketHarness();
    const { status, error } = await ask({ query });
    expect([status, error.Code, error.Message, error.BucketName]).toEqual([404, code, message, 'the-bucket']);
  });

  it.each(
    ['website', 'cors', 'lifecycle', 'replication', 'object-lock', 'logging', 'notification', 'accelerate'].concat([
      'requestPayment',
    ]),
  )('%s cannot be put', async query => {
    expect(await outcome(await createBucketHarness(), put(query, '<A/>'))).toEqual([501, 'NotImplemented']);
  });
});

describe('the gate', () => {
  const questions = BUCKET_OPERATIONS.filter(operation => operation.on === 'bucket' && operation.query).map(
    ({ name, method, query = [] }) => [name, method, query.join('&')] as const,
  );

  it.each(questions)('keeps out of %s whoever may not, and whoever did not sign', async (_name, method, query) => {
    const harness = await createBucketHarness();
    for (const as of ['reader', 'stranger', 'anonymous'] as const) {
      const asked = { method, query, as, ...(method === 'PUT' ? { body: '<A/>' } : {}) } as const;
      expect(await outcome(harness, asked)).toEqual([403, 'AccessDenied']);
    }
  });

  it.each(questions)('misses the bucket of %s where there is none', async (_name, method, query) => {
    const asked = { method, query, path: '/not-there' };
    expect(await outcome(await createBucketHarness(), asked)).toEqual([404, 'NoSuchBucket']);
  });
});

describe('the trace of settings', () => {
  const traced = async (harness: BucketHarness, wanted: BucketAsk) => {
    const { recorder } = harness.parts;
    const run: ServedRun = { service: 's3', operation: 'x', transport: 'https' };
    recorder.begin(run, { bucketName: 'the-bucket', objectName: '', objectLength: 0 }, harness.rooms);
    // The line opens it.
    recorder.step('s3.receive', 's3');
    await harness.ask(wanted);
    const trace: Trace<ServedRun> = recorder.finish<ServedRun>({ isOk: true, status: 200 });
    return { trace, steps: trace.steps.map(step => step.name) };
  };
  const held = ({ rooms }: BucketHarness) => rooms.flatMap(room => room.ids().map(id => `${room.place} ${id}`)).sort();

  it.each([
    ['put', put('tagging', TAGGING), ['s3.receive', 's3.checkSignature', 's3.authorize', 's3.configure', 's3.log']],
    [
      'read',
      { query: 'tagging' },
      ['s3.receive', 's3.checkSignature', 's3.authorize', 's3.lookUp', 's3.log', 's3.answer'],
    ],
    [
      'deleted',
      { method: 'DELETE', query: 'tagging' },
      ['s3.receive', 's3.checkSignature', 's3.authorize', 's3.configure', 's3.log'],
    ],
    [
      'deleted with their bucket',
      { method: 'DELETE' },
      ['s3.receive', 's3.checkSignature', 's3.authorize', 's3.delete', 's3.log'],
    ],
    ['listed', { query: 'list-type=2' }, ['s3.receive', 's3.checkSignature', 's3.authorize', 's3.log']],
  ] as const)('that are %s tells all that S3 holds', async (_what, wanted, expected) => {
    const harness = await createBucketHarness();
    await harness.ask(put('tagging', TAGGING.replace('blue', 'red')));
    const { trace, steps } = await traced(harness, wanted);
    expect(steps).toEqual(expected);
    const { holdings } = sceneAt(trace, trace.events.length);
    const told = Object.entries(holdings)
      .flatMap(([place, ids]) => ids.map(id => `${place} ${id}`))
      .sort();
    // What the request had nothing to do with, the trace only counts.
    const untold = Object.values(trace.untold ?? {}).reduce((sum, count) => sum + count, 0);
    expect(held(harness)).toEqual(expect.arrayContaining(told));
    expect(held(harness)).toHaveLength(told.length + untold);
  });

  it('keeps one document a setting on the disks, and what others need too', async () => {
    const harness = await createBucketHarness();
    const disk = () => harness.parts.disk.ids().length;
    await harness.ask(put('tagging', TAGGING));
    await harness.ask(put('tagging', TAGGING));
    expect(disk()).toBe(1);
    await harness.ask(put('tagging', TAGGING.replace('blue', 'red')));
    await harness.ask(put('versioning', VERSIONING));
    expect(disk()).toBe(2);
    const body =
      '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
    for (const path of ['/bucket-a', '/bucket-b']) await harness.ask({ method: 'PUT', path, body });
    expect(disk()).toBe(3);
    await harness.ask({ method: 'DELETE', path: '/bucket-a' });
    expect(disk()).toBe(3);
    await harness.ask({ method: 'DELETE', path: '/bucket-b' });
    expect(disk()).toBe(2);
    await harness.ask({ method: 'DELETE', query: 'tagging' });
    expect(disk()).toBe(1);
  });
});
