/** Rows of facts, sections 10 and 11, about objects as they lie: ETags, HEAD, versions, changing the encryption in place. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Header } from '../../engine/index.ts';
import { CUSTOMER_KEY, REST_MODES, type RestMode, SSE, sseC } from '../multipartHarness.ts';
import type { ServedAnswer } from '../servedWorld.ts';
import { createFactWorld, type FactWorld, KMS_KEY_ID, messageOf, toldBy } from './factWorld.ts';

const md5Of = (text: string) => createHash('md5').update(text).digest('hex');
const base64Md5Of = (text: string) => createHash('md5').update(text).digest('base64');
const etagOf = (answer: ServedAnswer) => (answer.header('etag') ?? '').replaceAll('"', '');
const keyFor = (mode: RestMode): readonly Header[] => (mode === 'SSE-C' ? sseC(CUSTOMER_KEY) : []);
const READABLE: readonly RestMode[] = ['none', 'SSE-S3'];

function sendDocument(world: FactWorld, query: string, body: string, name = ''): Promise<ServedAnswer> {
  const headers: Header[] = [['content-md5', base64Md5Of(body)]];
  const path = name === '' ? `/${world.bucket}` : `/${world.bucket}/${name}`;
  return world.send({ method: 'PUT', path, query, body, headers });
}
/** UpdateObjectEncryption. */
function update(world: FactWorld, name: string, inside: string, query = 'encryption'): Promise<ServedAnswer> {
  return sendDocument(world, query, `<ObjectEncryption>${inside}</ObjectEncryption>`, name);
}
const toKmsKey = (arn: string, more = '') => `<SSE-KMS><KMSKeyArn>${arn}</KMSKeyArn>${more}</SSE-KMS>`;

describe('the ETag of an object (facts, 10.1)', () => {
  const writes = ['PutObject', 'CopyObject'] as const;
  const rows = writes.flatMap(operation =>
    REST_MODES.map(mode => {
      const isReadable = READABLE.includes(mode);
      const fact = isReadable ? 'F-ETG-001' : 'F-ETG-002, F-ETG-004';
      const what = isReadable ? 'the MD5 of the content, each time' : '32 other digits, others each time';
      return [`${fact}: ${operation}, ${mode}: ${what}`, { operation, mode }] as const;
    }),
  );
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    expect((await world.put('source')).status).toBe(200);
  });

  it.each(rows)('%s', async (_what, { operation, mode }) => {
    const copy: Header[] = operation === 'CopyObject' ? [['x-amz-copy-source', '/the-bucket/source']] : [];
    const body = operation === 'CopyObject' ? '' : 'content';
    const etags = [];
    for (const name of ['a', 'b', 'a']) {
      const headers = [...copy, ...world.headersOf(mode)];
      const answer = await world.onObject('PUT', name, '', { body, headers });
      expect(answer.status, answer.text).toBe(200);
      const head = await world.onObject('HEAD', name, '', { headers: keyFor(mode) });
      if (copy.length === 0) expect(etagOf(answer)).toBe(etagOf(head));
      else expect(answer.text).toContain(etagOf(head));
      etags.push(etagOf(head));
    }
    for (const etag of etags) expect(etag).toMatch(/^[0-9a-f]{32}$/);
    const isMd5 = etags.map(etag => etag === md5Of('content'));
    const isReadable = READABLE.includes(mode);
    expect(isMd5).toEqual([isReadable, isReadable, isReadable]);
    expect(new Set(etags).size).toBe(isReadable ? 1 : 3);
  });
});

describe('HEAD (facts, 10.5)', () => {
  it.each(['SSE-KMS cmk', 'SSE-KMS cmk, Bucket Key', 'DSSE-KMS'] as const)(
    'F-HED-005: %s, works while the KMS key is disabled, as GET does not',
    async mode => {
      const world = await createFactWorld();
      const { headersOf, kmsKeyArn } = world;
      await world.put('object', headersOf(mode));
      expect((await world.askKms('DisableKey', { KeyId: kmsKeyArn })).status).toBe(200);
      // A Bucket Key that S3 still has would open it.
      world.clock.now += 3_600_000;
      const head = await world.onObject('HEAD', 'object');
      expect([head.status, head.header('content-length'), head.header(KMS_KEY_ID)]).toEqual([200, '7', kmsKeyArn]);
      const checked = await world.onObject('HEAD', 'object', '', { headers: [['x-amz-checksum-mode', 'ENABLED']] });
      expect(checked.status).toBe(400);
      expect((await world.get('object')).code).toBe('KMS.DisabledException');
    },
  );
});

describe('F-VER-003: another encryption for an object in a versioned bucket (facts, 10.7)', () => {
  let world: FactWorld;
  let first: string;
  beforeAll(async () => {
    world = await createFactWorld();
    const on = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
    expect((await sendDocument(world, 'versioning', on)).status).toBe(200);
    first = (await world.put('object', [[SSE, 'AES256']])).header('x-amz-version-id') ?? '';
  });
  const modeOf = async (versionId: string) =>
    (await world.onObject('HEAD', 'object', versionId === '' ? '' : `versionId=${versionId}`)).header(SSE);

  it('by copy is a new version; the old one stays as it is', async () => {
    const headers: Header[] = [['x-amz-copy-source', '/the-bucket/object'], ...world.headersOf('SSE-KMS cmk')];
    const copy = await world.onObject('PUT', 'object', '', { headers });
    const second = copy.header('x-amz-version-id') ?? '';
    expect([copy.status, second === first, second === '']).toEqual([200, false, false]);
    expect([await modeOf(''), await modeOf(second), await modeOf(first)]).toEqual(['aws:kms', 'aws:kms', 'AES256']);
  });

  it('by UpdateObjectEncryption changes that very version, with its ETag and date', async () => {
    const query = `encryption&versionId=${first}`;
    const before = await world.onObject('HEAD', 'object', `versionId=${first}`);
    world.clock.now += 60_000;
    const answer = await update(world, 'object', toKmsKey(world.kmsKeyArn), query);
    expect(answer.status, answer.text).toBe(200);
    const after = await world.onObject('HEAD', 'object', `versionId=${first}`);
    expect([before.header(SSE), after.header(SSE)]).toEqual(['AES256', 'aws:kms']);
    for (const name of ['etag', 'last-modified', 'x-amz-version-id'])
      expect(after.header(name)).toBe(before.header(name));
    const list = await world.send({ path: '/the-bucket', query: 'versions' });
    expect(list.text.match(/<Version>/g)).toHaveLength(2);
  });
});

describe('F-UOE-011: what UpdateObjectEncryption refuses, with a text that says why (facts, 10.4 and 12.5)', () => {
  let world: FactWorld;
  beforeAll(async () => {
    world = await createFactWorld();
    for (const mode of REST_MODES) await world.put(`there ${mode}`, world.headersOf(mode));
  });
  const here = () => toKmsKey(world.kmsKeyArn);
  const foreign = () => toKmsKey(world.kmsKeyArn.replace('111122223333', '444455556666'));
  type Row = readonly [
    fact: string,
    what: string,
    source: RestMode,
    inside: () => string,
    status: number,
    code: string,
    words: string,
  ];
  const wrong = [400, 'InvalidRequest'] as const;
  const rows: Row[] = [
    ['F-ERR-070', 'a source under DSSE-KMS', 'DSSE-KMS', here, ...wrong, 'source objects with the encryption type'],
    ['F-ERR-070', 'a source under SSE-C', 'SSE-C', here, ...wrong, 'source objects with the encryption type'],
    ['F-ERR-070', 'DSSE-KMS as target', 'SSE-S3', () => '<DSSE-KMS/>', ...wrong, 'to DSSE-KMS or SSE-C'],
    ['F-ERR-070', 'SSE-C as target', 'SSE-S3', () => '<SSE-C/>', ...wrong, 'to DSSE-KMS or SSE-C'],
    ['F-ERR-070', 'an unknown target', 'SSE-S3', () => '<SSE-S3/>', ...wrong, 'valid new encryption type'],
    ['F-ERR-070', 'no target', 'SSE-S3', () => '', ...wrong, 'valid new encryption type'],
    ['F-ERR-070', 'no key', 'SSE-S3', () => '<SSE-KMS/>', ...wrong, 'require'],
    [
      'F-ERR-070',
      'an alias',
      'SSE-S3',
      () => toKmsKey('alias/mine'),
      ...wrong,
      'valid AWS KMS key Amazon Resource Name',
    ],
    [
      'F-ERR-070',
      'an illegal BucketKeyEnabled',
      'SSE-S3',
      () => toKmsKey(world.kmsKeyArn, '<BucketKeyEnabled>maybe</BucketKeyEnabled>'),
      ...wrong,
      'BucketKeyEnabled value',
    ],
    ['F-ERR-071', 'a key of another account', 'SSE-S3', foreign, 403, 'AccessDenied', ''],
  ];
  it.each(rows)('%s: %s', async (_fact, _what, source, inside, status, code, words) => {
    const name = encodeURIComponent(`there ${source}`);
    const answer = await update(world, name, inside());
    expect([answer.status, answer.code], answer.text).toEqual([status, code]);
    expect(messageOf(answer)).toContain(words);
    expect(messageOf(answer).length).toBeGreaterThan(10);
  });

  it('F-ERR-070: a source that is not encrypted', async () => {
    const old = await createFactWorld('before-2023');
    await old.put('object');
    expect(toldBy(await old.get('object'))).toEqual({});
    const answer = await update(old, 'object', toKmsKey(old.kmsKeyArn));
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
    expect(messageOf(answer)).toContain('unencrypted source objects');
  });

  it('F-ERR-072: an object that is not there', async () => {
    const answer = await update(world, 'nothing', here());
    expect([answer.status, answer.code]).toEqual([404, 'NoSuchKey']);
  });
});

describe('F-BLK-010: who may block SSE-C, and who may see whether it is (facts, 11.4)', () => {
  const block = (type: string) =>
    `<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>${type}</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`;
  it.each([
    ['s3:PutEncryptionConfiguration', 403, 200],
    ['s3:GetEncryptionConfiguration', 200, 403],
    ['s3:PutBucketPolicy', 200, 200],
  ])('without %s: setting comes to %i, looking to %i', async (Action, setting, looking) => {
    const world = await createFactWorld();
    await world.putPolicy({ Effect: 'Deny', Principal: '*', Action, Resource: 'arn:aws:s3:::the-bucket' });
    expect((await sendDocument(world, 'encryption', block('SSE-C'))).status).toBe(setting);
    expect((await world.send({ path: '/the-bucket', query: 'encryption' })).status).toBe(looking);
    expect((await world.put('object', sseC(CUSTOMER_KEY))).status).toBe(setting === 200 ? 403 : 200);
  });
});
