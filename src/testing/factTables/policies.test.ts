/** Facts, section 11.3: bucket policies that enforce encryption, each put as it is and tried with every kind of upload. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../engine/index.ts';
import { CUSTOMER_KEY, REST_MODES, type RestMode, SSE, sseC } from '../multipartHarness.ts';
import type { Sent, ServedAnswer } from '../servedWorld.ts';
import { createFactWorld, type FactWorld, KMS_KEY_ID, messageOf, SSE_C, toldBy } from './factWorld.ts';

const OBJECTS = 'arn:aws:s3:::the-bucket/*';
const EVERYTHING = ['arn:aws:s3:::the-bucket', OBJECTS];
const CONDITION = { mode: `s3:${SSE}`, kmsKey: `s3:${KMS_KEY_ID}`, customer: `s3:${SSE_C}-algorithm` } as const;
/** A key that nobody has ever made. */
const NO_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000000';
type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

const deny = (Condition: Condition, more: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: OBJECTS,
  Condition,
  ...more,
});

/** What a denied upload by somebody of the bucket’s own account is told (F-ERR-036). */
const denialOf = (user: string, name: string, action = 's3:PutObject') =>
  `User: arn:aws:iam::111122223333:user/${user} is not authorized to perform: ${action} on resource: "arn:aws:s3:::the-bucket/${name}" with an explicit deny in a resource-based policy`;

function expectDenied(answer: ServedAnswer, name: string, action?: string): void {
  expect([answer.status, answer.code, messageOf(answer)]).toEqual([
    403,
    'AccessDenied',
    denialOf('admin', name, action),
  ]);
}

/** A policy of the table: by which condition, and which uploads still come in. */
interface PolicyRow {
  readonly fact: string;
  readonly goal: string;
  readonly conditionOf: (world: FactWorld) => Condition;
  readonly admits: readonly RestMode[];
}

const ALL_KMS: readonly RestMode[] = ['SSE-KMS aws/s3', 'SSE-KMS cmk', 'SSE-KMS cmk, Bucket Key'];
const WITH_CMK: readonly RestMode[] = ['SSE-KMS cmk', 'SSE-KMS cmk, Bucket Key', 'DSSE-KMS'];
const NAMED: readonly RestMode[] = ['SSE-S3', ...ALL_KMS, 'DSSE-KMS'];

/** Matches uploads under a KMS key that is not this one. */
const onlyKey = ({ kmsKeyArn }: FactWorld): Condition => ({
  StringNotEquals: { [CONDITION.kmsKey]: kmsKeyArn },
  Null: { [CONDITION.kmsKey]: 'false' },
});

const POLICIES: readonly PolicyRow[] = [
  {
    fact: 'F-POL-010, F-POL-021',
    goal: 'only SSE-S3 uploads',
    conditionOf: () => ({ StringNotEquals: { [CONDITION.mode]: 'AES256' } }),
    admits: ['SSE-S3'],
  },
  {
    fact: 'F-POL-011',
    goal: 'only SSE-KMS uploads, by mode',
    conditionOf: () => ({ StringNotEquals: { [CONDITION.mode]: 'aws:kms' } }),
    admits: ALL_KMS,
  },
  {
    fact: 'F-POL-011, F-POL-020',
    goal: 'only uploads under a KMS key',
    conditionOf: () => ({ Null: { [CONDITION.kmsKey]: 'true' } }),
    admits: [...ALL_KMS, 'DSSE-KMS'],
  },
  {
    fact: 'F-POL-012',
    goal: 'only DSSE-KMS uploads',
    conditionOf: () => ({ StringNotEquals: { [CONDITION.mode]: 'aws:kms:dsse' } }),
    admits: ['DSSE-KMS'],
  },
  {
    fact: 'F-POL-013, F-POL-023',
    goal: 'only one KMS key',
    conditionOf: ({ kmsKeyArn }) => ({ StringNotEquals: { [CONDITION.kmsKey]: kmsKeyArn } }),
    admits: WITH_CMK,
  },
  {
    fact: 'F-POL-013, F-POL-023',
    goal: 'only one KMS key, in the form with IfExists, which lets nothing else in either',
    conditionOf: ({ kmsKeyArn }) => ({ StringNotEqualsIfExists: { [CONDITION.kmsKey]: kmsKeyArn } }),
    admits: WITH_CMK,
  },
  {
    fact: 'F-POL-013, F-POL-020, F-POL-023',
    goal: 'only one KMS key, where there is one at all',
    conditionOf: onlyKey,
    admits: ['none', 'SSE-S3', ...WITH_CMK, 'SSE-C'],
  },
  {
    fact: 'F-POL-014, F-POL-020',
    goal: 'only uploads that name a mode',
    conditionOf: () => ({ Null: { [CONDITION.mode]: 'true' } }),
    admits: NAMED,
  },
  {
    fact: 'F-POL-015, F-POL-020',
    goal: 'only SSE-C uploads',
    conditionOf: () => ({ Null: { [CONDITION.customer]: 'true' } }),
    admits: ['SSE-C'],
  },
  {
    fact: 'F-POL-016, F-POL-020',
    goal: 'no SSE-C uploads',
    conditionOf: () => ({ Null: { [CONDITION.customer]: 'false' } }),
    admits: ['none', ...NAMED],
  },
  {
    fact: 'F-POL-022',
    goal: 'only a KMS key that does not exist, which nobody checks',
    conditionOf: () => ({ StringNotEquals: { [CONDITION.kmsKey]: NO_KEY } }),
    admits: [],
  },
];
const UPLOADS = POLICIES.flatMap(row =>
  REST_MODES.map(mode => {
    const isAdmitted = row.admits.includes(mode);
    return { ...row, mode, isAdmitted };
  }),
);

const told = (what: string) =>
  UPLOADS.map(row => {
    const { fact, goal, mode, isAdmitted } = row;
    return [`${fact} ${goal}: ${what} ${mode} is ${isAdmitted ? 'stored' : 'denied'}`, row] as const;
  });

describe('a bucket policy of the table (facts, 11.3)', () => {
  const worlds = new Map<PolicyRow['goal'], FactWorld>();
  beforeAll(async () => {
    for (const { goal, conditionOf } of POLICIES) {
      const world = await createFactWorld();
      const put = await world.putPolicy(deny(conditionOf(world)));
      expect(put.status, put.text).toBe(204);
      worlds.set(goal, world);
    }
  });
  const worldOf = (goal: string): FactWorld => {
    const world = worlds.get(goal);
    if (!world) throw new Error(`no world for ${goal}`);
    return world;
  };

  it.each(told('an upload with'))('%s', async (_what, { goal, mode, isAdmitted }) => {
    const world = worldOf(goal);
    const answer = await world.put('new', world.headersOf(mode));
    if (isAdmitted) expect(answer.status, answer.text).toBe(200);
    else expectDenied(answer, 'new');
    expect(world.complaints).toEqual([]);
  });

  it.each(told('an upload in parts with'))('%s', async (_what, { goal, mode, isAdmitted }) => {
    const world = worldOf(goal);
    const headers = world.headersOf(mode);
    const again = mode === 'SSE-C' ? headers : [];
    const created = await world.onObject('POST', 'parts', 'uploads', { headers });
    if (!isAdmitted) return expectDenied(created, 'parts');
    const upload = { name: 'parts', id: /<UploadId>([^<]*)</.exec(created.text)?.[1] ?? '' };
    // F-MPU-001: modes other than SSE-C are said once, and enforced all the same.
    const part = await world.part(upload, 1, 'abc', again);
    expect(part.status, part.text).toBe(200);
    const done = await world.complete(upload, [[1, part.header('etag') ?? '']], { headers: again });
    expect(done.status, done.text).toBe(200);
    expect(world.complaints).toEqual([]);
  });

  it.each(told('a copy to'))('%s', async (_what, { goal, mode, isAdmitted }) => {
    const world = worldOf(goal);
    world.cloud.s3.createBucket('elsewhere', '111122223333', 'today');
    await world.send({ method: 'PUT', path: '/elsewhere/source', body: 'content' });
    const headers: Header[] = [['x-amz-copy-source', '/elsewhere/source'], ...world.headersOf(mode)];
    const answer = await world.onObject('PUT', 'copy', '', { headers });
    if (isAdmitted) expect(answer.status, answer.text).toBe(200);
    else expectDenied(answer, 'copy');
  });

  it('F-POL-001: asks for the mode, the KMS key and the SSE-C algorithm as they were sent', async () => {
    const world = await createFactWorld();
    const { kmsKeyArn } = world;
    const sent: readonly (readonly [conditionKey: string, value: string, headers: readonly Header[]])[] = [
      [CONDITION.mode, 'AES256', [[SSE, 'AES256']]],
      [CONDITION.mode, 'aws:kms:dsse', world.headersOf('DSSE-KMS')],
      [CONDITION.kmsKey, kmsKeyArn, world.headersOf('SSE-KMS cmk')],
      [CONDITION.customer, 'AES256', sseC(CUSTOMER_KEY)],
    ];
    for (const [conditionKey, value, headers] of sent) {
      await world.putPolicy(deny({ StringEquals: { [conditionKey]: value } }));
      expectDenied(await world.put('new', headers), 'new');
      await world.putPolicy(deny({ StringEquals: { [conditionKey]: `not ${value}` } }));
      expect((await world.put('new', headers)).status).toBe(200);
    }
  });

  it('F-POL-013: a bare key id counts as its ARN, an alias does not', async () => {
    const world = worldOf('only one KMS key');
    const mode: Header = [SSE, 'aws:kms'];
    const id = world.kmsKeyArn.split('/').at(-1) ?? '';
    await world.askKms('CreateAlias', { AliasName: 'alias/mine', TargetKeyId: id });
    expect((await world.put('new', [mode, [KMS_KEY_ID, id]])).status).toBe(200);
    expectDenied(await world.put('new', [mode, [KMS_KEY_ID, 'alias/mine']]), 'new');
  });

  it('F-POL-024: a default says what happens when nobody asks, a policy what may be asked', async () => {
    const byDefault = await createFactWorld();
    await byDefault.setDefault('aws:kms', byDefault.kmsKeyArn);
    expect(toldBy(await byDefault.put('new'))).toEqual({ [SSE]: 'aws:kms', [KMS_KEY_ID]: byDefault.kmsKeyArn });
    expect(toldBy(await byDefault.put('new', [[SSE, 'AES256']]))).toEqual({ [SSE]: 'AES256' });
    const byPolicy = worldOf('only SSE-KMS uploads, by mode');
    // The default would have encrypted it just so, but nobody asked (F-POL-021).
    await byPolicy.setDefault('aws:kms', byPolicy.kmsKeyArn);
    expectDenied(await byPolicy.put('new'), 'new');
    expectDenied(await byPolicy.put('new', [[SSE, 'AES256']]), 'new');
    expect((await byPolicy.put('new', [[SSE, 'aws:kms']])).status).toBe(200);
  });
});

describe('F-POL-023: a policy about the KMS key looks at the key that S3 will use', () => {
  type Row = readonly [
    what: string,
    defaultKey: 'cmk' | 'other' | 'aws/s3' | 'SSE-S3',
    headers: string[],
    isIn: boolean,
  ];
  const rows: Row[] = [
    ['no header, and a default with this key', 'cmk', [], true],
    ['no header, and a default with another key', 'other', [], false],
    ['no header, and a default without a key', 'aws/s3', [], false],
    ['no header, and SSE-S3 by default', 'SSE-S3', [], true],
    ['aws:kms without a key, although the default has this key', 'cmk', ['aws:kms'], false],
    ['aws:kms:dsse without a key', 'SSE-S3', ['aws:kms:dsse'], false],
    ['AES256, although the default has another key', 'other', ['AES256'], true],
  ];
  it.each(rows)('%s', async (_what, defaultKey, modes, isIn) => {
    const world = await createFactWorld();
    const other = await world.askKms('CreateKey');
    const { KeyMetadata } = other.body as { KeyMetadata: { Arn: string } };
    await world.putPolicy(deny(onlyKey(world)));
    if (defaultKey === 'cmk') await world.setDefault('aws:kms', world.kmsKeyArn);
    if (defaultKey === 'other') await world.setDefault('aws:kms', KeyMetadata.Arn);
    if (defaultKey === 'aws/s3') await world.setDefault('aws:kms');
    const headers = modes.map((mode): Header => [SSE, mode]);
    const answer = await world.put('new', headers);
    if (isIn) expect(answer.status, answer.text).toBe(200);
    else expectDenied(answer, 'new');
  });
});

describe('who is denied, and what they are told', () => {
  it.each([
    ['admin', denialOf('admin', 'new')],
    ['application-owner', denialOf('application-owner', 'new')],
    ['s3-administrator', denialOf('s3-administrator', 'new')],
    ['stranger', 'Access Denied'],
    ['anonymous', 'Access Denied'],
  ] as const)('F-POL-010: %s', async (as, message) => {
    const world = await createFactWorld();
    await world.send({ method: 'DELETE', path: '/the-bucket', query: 'publicAccessBlock' });
    const opened = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: EVERYTHING };
    const put = await world.putPolicy(opened, deny({ StringNotEquals: { [CONDITION.mode]: 'AES256' } }));
    expect(put.status, put.text).toBe(204);
    const denied = await world.put('new', [], { as });
    expect([denied.status, denied.code, messageOf(denied)]).toEqual([403, 'AccessDenied', message]);
    expect((await world.put('new', [[SSE, 'AES256']], { as })).status).toBe(200);
  });

  it('F-POL-010: reading is nobody’s business of this policy', async () => {
    const world = await createFactWorld();
    await world.put('old');
    await world.putPolicy(deny({ StringNotEquals: { [CONDITION.mode]: 'AES256' } }));
    expect([(await world.get('old')).text, (await world.onObject('DELETE', 'old')).status]).toEqual(['content', 204]);
  });

  it('F-POL-022: a policy may name a KMS key that does not exist', async () => {
    const world = await createFactWorld();
    await world.putPolicy(deny({ StringNotEquals: { [CONDITION.kmsKey]: NO_KEY } }));
    const named: Header[] = [
      [SSE, 'aws:kms'],
      [KMS_KEY_ID, NO_KEY],
    ];
    // The policy lets this key in: that there is none, only KMS says.
    expect((await world.put('new', named)).code).toBe('KMS.NotFoundException');
  });
});

describe('policies about the line', () => {
  const httpsOnly = deny({ Bool: { 'aws:SecureTransport': 'false' } }, { Action: 's3:*', Resource: EVERYTHING });
  const tls = (version: string) =>
    deny({ NumericLessThan: { 's3:TlsVersion': version } }, { Action: 's3:*', Resource: EVERYTHING });
  const asks: readonly (readonly [what: string, sent: Sent])[] = [
    ['writing', { method: 'PUT', path: '/the-bucket/new', body: 'x' }],
    ['reading', { path: '/the-bucket/old' }],
    ['deleting', { method: 'DELETE', path: '/the-bucket/old' }],
    ['listing', { path: '/the-bucket' }],
    ['looking at the encryption', { path: '/the-bucket', query: 'encryption' }],
  ];

  it.each(asks)(
    'F-POL-002, F-POL-017 HTTPS only: %s over plain HTTP is denied, over HTTPS not',
    async (_what, sent) => {
      const world = await createFactWorld();
      await world.put('old');
      expect((await world.putPolicy(httpsOnly)).status).toBe(204);
      const plain = await world.send({ ...sent, isSecure: false });
      expect([plain.status, plain.code]).toEqual([403, 'AccessDenied']);
      expect(messageOf(plain)).toContain('with an explicit deny in a resource-based policy');
      expect([200, 204]).toContain((await world.send(sent)).status);
    },
  );

  it.each(asks)('F-POL-002, F-POL-018 TLS 1.2 at least: %s over a newer TLS is let through', async (_what, sent) => {
    const world = await createFactWorld();
    await world.put('old');
    expect((await world.putPolicy(tls('1.2'))).status).toBe(204);
    expect([200, 204]).toContain((await world.send(sent)).status);
  });

  it('F-POL-018: over plain HTTP there is no version that could be too old: that needs the policy for HTTPS', async () => {
    const world = await createFactWorld();
    await world.put('old');
    await world.putPolicy(tls('1.4'));
    expect((await world.get('old', [], { isSecure: false })).status).toBe(200);
  });

  it('F-POL-018: what comes over an older TLS than the policy wants is denied', async () => {
    const world = await createFactWorld();
    await world.put('old');
    await world.putPolicy(tls('1.4'));
    expectDenied(await world.get('old'), 'old', 's3:GetObject');
  });
});

describe('F-POL-025: where SSE-C is required, every request of an upload in parts says so', () => {
  const require = deny({ Null: { [CONDITION.customer]: 'true' } });
  it.each([
    ['creating', 0],
    ['uploading a part', 1],
    ['completing', 2],
    ['none of them', 3],
  ] as const)('silent when %s', async (_what, silentAt) => {
    const world = await createFactWorld();
    await world.putPolicy(require);
    const headersAt = (at: number) => (at === silentAt ? [] : sseC(CUSTOMER_KEY));
    const created = await world.onObject('POST', 'parts', 'uploads', { headers: headersAt(0) });
    if (silentAt === 0) return expectDenied(created, 'parts');
    const upload = { name: 'parts', id: /<UploadId>([^<]*)</.exec(created.text)?.[1] ?? '' };
    const part = await world.part(upload, 1, 'abc', headersAt(1));
    if (silentAt === 1) return expectDenied(part, 'parts');
    const done = await world.complete(upload, [[1, part.header('etag') ?? '']], { headers: headersAt(2) });
    if (silentAt === 2) return expectDenied(done, 'parts');
    expect(done.status, done.text).toBe(200);
  });
});
