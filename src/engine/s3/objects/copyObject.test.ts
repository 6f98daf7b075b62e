import { beforeAll, describe, expect, it } from 'vitest';
import { checkConserved, checkSecret } from '../../../scene/laws.ts';
import {
  createS3Harness,
  customerKeyHeaders,
  defaultRule,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { createServedWorld, type ServedWorld } from '../../../testing/servedWorld.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import { formatObjectPath } from '../../http/address.ts';
import type { Header } from '../../http/message.ts';
import { parseCopySource } from './copySource.ts';

const SOURCE = 'x-amz-copy-source';
const KEY_ID = `${SSE}-aws-kms-key-id`;
const KEY = new Uint8Array(32).fill(0x5e);
const OTHER_KEY = new Uint8Array(32).fill(0x5f);
const MODES = ['none', 'SSE-S3', 'SSE-KMS', 'Bucket Key', 'DSSE-KMS', 'SSE-C'] as const;
type Named = (typeof MODES)[number];

const asSource = (headers: readonly Header[]): Header[] =>
  headers.map(([name, value]) => [name.replace('x-amz-', 'x-amz-copy-source-'), value]);
const writing = (mode: Named, keyArn: string, raw = KEY): Header[] =>
  ({
    none: [],
    'SSE-S3': [[SSE, 'AES256']],
    'SSE-KMS': [
      [SSE, 'aws:kms'],
      [KEY_ID, keyArn],
    ],
    'Bucket Key': [
      [SSE, 'aws:kms'],
      [KEY_ID, keyArn],
      [`${SSE}-bucket-key-enabled`, 'true'],
    ],
    'DSSE-KMS': [
      [SSE, 'aws:kms:dsse'],
      [KEY_ID, keyArn],
    ],
    'SSE-C': customerKeyHeaders(raw),
  })[mode] as Header[];
const reading = (mode: Named, raw = KEY): Header[] => (mode === 'SSE-C' ? customerKeyHeaders(raw) : []);
const copy = (s3: S3Harness, from: string, to: string, headers: readonly Header[] = [], more = {}) =>
  s3.put(to, '', [[SOURCE, `/${s3.bucketName}/${from}`], ...headers], more);

describe('F-CPY-001: a copy, whatever the source’s mode and the target’s', () => {
  // In the world before 2023 no default encrypts, so that every mode can be asked for.
  let s3: S3Harness;
  let arn: string;
  beforeAll(async () => {
    s3 = await createS3Harness('none');
    arn = s3.world.names.kmsKeyArn;
    for (const mode of MODES) expect((await s3.put(mode, `from ${mode}`, writing(mode, arn))).status).toBe(200);
  });
  const pairs = MODES.flatMap(from => MODES.map(to => [from, to] as const));

  it.each(pairs)('from %s to %s is the same content, encrypted as asked', async (from, to) => {
    const headers = [...asSource(reading(from)), ...writing(to, arn, OTHER_KEY)];
    const answer = await copy(s3, from, `${from} ${to}`, headers);
    expect(answer.status).toBe(200);
    const type = { none: 'NOT-SSE', 'Bucket Key': 'SSE-KMS' }[to as string] ?? to;
    expect(s3.world.objects.find(s3.bucketName, `${from} ${to}`)?.encryption.type).toBe(type);
    expect(answer.header(`${SSE}-bucket-key-enabled`)).toBe(to === 'Bucket Key' ? 'true' : undefined);
    const got = await s3.get(`${from} ${to}`, reading(to, OTHER_KEY));
    expect(got.text).toBe(`from ${from}`);
    expect(answer.text).toContain(`<ETag>&quot;${got.header('etag')?.slice(1, -1)}&quot;</ETag>`);
    const isDigest = to === 'none' || to === 'SSE-S3';
    const digest = Buffer.from(md5(new TextEncoder().encode(`from ${from}`))).toString('hex');
    expect(got.header('etag') === `"${digest}"`).toBe(isDigest);
    expect(s3.world.rooms['s3.memory'].ids()).toEqual([]);
  });
});

describe('every copy that is recorded', () => {
  it('keeps the laws, from each mode to each, also with one customer key for both', async () => {
    const world: ServedWorld = await createServedWorld('copies');
    const bucket = await makeBucket(world);
    const arn = await makeKey(world);
    const modes = MODES.filter(mode => mode !== 'none');
    const complaints: string[] = [];
    for (const from of modes) {
      await world.send({ method: 'PUT', path: `/${bucket}/a`, body: 'content', headers: writing(from, arn) });
      for (const to of modes) {
        for (const raw of [KEY, OTHER_KEY]) {
          const answer = await world.send({
            method: 'PUT',
            path: `/${bucket}/b`,
            headers: [[SOURCE, `${bucket}/a`], ...asSource(reading(from)), ...writing(to, arn, raw)],
            isRecorded: true,
          });
          const got = await world.send({ path: `/${bucket}/b`, headers: reading(to, raw), isRecorded: true });
          expect([answer.status, got.text]).toEqual([200, 'content']);
          for (const { trace } of [answer, got]) {
            if (!trace) throw new Error('recorded');
            complaints.push(...[...checkConserved(trace), ...checkSecret(trace)].map(text => `${from} ${to}: ${text}`));
          }
        }
      }
    }
    expect(complaints).toEqual([]);
  }, 60_000);

  async function makeBucket({ send }: ServedWorld): Promise<string> {
    const name = 'copies-of-objects';
    const region = '<LocationConstraint>eu-central-1</LocationConstraint>';
    const body = `<CreateBucketConfiguration>${region}</CreateBucketConfiguration>`;
    expect((await send({ method: 'PUT', path: `/${name}`, body })).status).toBe(200);
    const rule = encryptionXml(UNBLOCK_RULE);
    const headers: Header[] = [['content-md5', toBase64(md5(new TextEncoder().encode(rule)))]];
    const configured = await send({ method: 'PUT', path: `/${name}`, query: 'encryption', body: rule, headers });
    expect(configured.status).toBe(200);
    return name;
  }

  async function makeKey({ kms }: ServedWorld): Promise<string> {
    const answer = await kms('CreateKey', {});
    return (JSON.parse(answer.text) as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn;
  }
});

describe('the encryption of a copy', () => {
  const setUp = async () => {
    const s3 = await createS3Harness('sse-kms-cmk');
    const arn = s3.world.names.kmsKeyArn;
    await s3.configure(encryptionXml(UNBLOCK_RULE));
    return { s3, arn };
  };

  it('F-CPY-001: comes from the bucket’s default, when the request says nothing', async () => {
    const { s3, arn } = await setUp();
    await s3.put('a', 'x', [[SSE, 'AES256']]);
    await s3.configure(encryptionXml(defaultRule('aws:kms:dsse', arn)));
    expect((await copy(s3, 'a', 'b')).header(SSE)).toBe('aws:kms:dsse');
  });

  it('F-CPY-002: an SSE-KMS object copied onto itself becomes what the default says, with an MD5 as ETag', async () => {
    const { s3, arn } = await setUp();
    await s3.put('a', 'test_data', writing('SSE-KMS', arn));
    expect((await copy(s3, 'a', 'a')).status).toBe(200);
    const answer = await s3.get('a');
    expect([answer.text, answer.header(SSE), answer.header('etag')]).toEqual([
      'test_data',
      'AES256',
      '"6af8307c2460f2d208ad254f04be4b0d"',
    ]);
  });

  it('F-CPY-003: an SSE-C object without target encryption becomes SSE-S3, with the MD5 of the content', async () => {
    const { s3 } = await setUp();
    await s3.put('a', 'test_data', customerKeyHeaders(KEY));
    const answer = await copy(s3, 'a', 'b', asSource(customerKeyHeaders(KEY)));
    expect(answer.header(SSE)).toBe('AES256');
    expect((await s3.get('b')).header('etag')).toBe('"6af8307c2460f2d208ad254f04be4b0d"');
  });

  it('F-CPY-004, F-SSC-023: a customer key is changed by a copy onto itself', async () => {
    const { s3 } = await setUp();
    await s3.put('a', 'text', customerKeyHeaders(KEY));
    const both = [...asSource(customerKeyHeaders(KEY)), ...customerKeyHeaders(OTHER_KEY)];
    expect((await copy(s3, 'a', 'a', both)).status).toBe(200);
    expect((await s3.get('a', customerKeyHeaders(OTHER_KEY))).text).toBe('text');
    expect((await s3.get('a', customerKeyHeaders(KEY))).status).toBe(403);
  });

  it('F-CPY-005, F-KSM-057: from a KMS source needs kms:Decrypt, to a KMS target kms:GenerateDataKey', async () => {
    const { s3, arn } = await setUp();
    await s3.put('locked', 'x', writing('SSE-KMS', arn));
    await s3.put('plain', 'x');
    const admin = { as: 's3-admin' };
    const ofSource = await copy(s3, 'locked', 'b', [], admin);
    const ofTarget = await copy(s3, 'plain', 'b', writing('SSE-KMS', arn), admin);
    expect([ofSource.status, ofTarget.status]).toEqual([403, 403]);
    expect(ofSource.error.Message).toContain('kms:Decrypt');
    expect(ofTarget.error.Message).toContain('kms:GenerateDataKey');
    expect((await copy(s3, 'plain', 'b', [], admin)).status).toBe(200);
  });

  it('F-KSM-076: does not take over the source’s encryption context', async () => {
    const { s3, arn } = await setUp();
    const context: Header = [`${SSE}-context`, 'eyJkZXBhcnRtZW50IjoiZmluYW5jZSJ9'];
    const put = await s3.put('a', 'x', [...writing('SSE-KMS', arn), context]);
    const copied = await copy(s3, 'a', 'b', writing('SSE-KMS', arn));
    expect([put.header(`${SSE}-context`), copied.header(`${SSE}-context`)]).toEqual([context[1], undefined]);
    expect(s3.world.objects.find(s3.bucketName, 'b')?.encryption).toMatchObject({
      context: { 'aws:s3:arn': `arn:aws:s3:::${s3.bucketName}/b` },
    });
    expect((await copy(s3, 'a', 'c', [...writing('SSE-KMS', arn), context])).header(`${SSE}-context`)).toBe(context[1]);
  });

  it('F-CPY-006: onto itself is refused when nothing changes, and not when something does', async () => {
    const { s3 } = await createS3Harness('sse-kms-cmk').then(one => ({ s3: one }));
    await s3.put('a', 'x');
    const refused = await copy(s3, 'a', 'a');
    expect([refused.status, refused.error.Code, refused.error.Message]).toEqual([
      400,
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    ]);
    const changes: Header[][] = [
      [['x-amz-metadata-directive', 'REPLACE']],
      [[SSE, 'AES256']],
      [['x-amz-storage-class', 'STANDARD_IA']],
      [['x-amz-website-redirect-location', '/elsewhere']],
    ];
    for (const headers of changes) expect((await copy(s3, 'a', 'a', headers)).status).toBe(200);
  });

  it('F-CPY-008: is a new version, and the old one keeps its own', async () => {
    const { s3, arn } = await setUp();
    await s3.ask(versioning(s3));
    const first = (await s3.put('a', 'x')).header('x-amz-version-id');
    const answer = await copy(s3, 'a', 'a', writing('SSE-KMS', arn));
    expect(answer.header('x-amz-copy-source-version-id')).toBe(first);
    expect(answer.header('x-amz-version-id')).toMatch(/^[\w.]{32}$/);
    expect((await s3.get('a', [], { query: `versionId=${first}` })).header(SSE)).toBe('AES256');
    expect((await s3.get('a')).header(SSE)).toBe('aws:kms');
    const restored = await copy(s3, `a?versionId=${first}`, 'a');
    expect([restored.status, restored.header('x-amz-copy-source-version-id')]).toEqual([200, first]);
    expect((await s3.get('a')).header(SSE)).toBe('AES256');
  });

  it('F-ERR-013: from an SSE-C source needs its key, and the right one', async () => {
    const { s3 } = await setUp();
    await s3.put('a', 'x', customerKeyHeaders(KEY));
    const told = async (headers: readonly Header[]) => {
      const { status, error } = await copy(s3, 'a', 'b', headers);
      return [status, error.Code, error.Message];
    };
    expect(await told([])).toEqual([
      400,
      'InvalidRequest',
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    ]);
    expect(await told(asSource(customerKeyHeaders(OTHER_KEY)))).toEqual([403, 'AccessDenied', expect.any(String)]);
    expect((await told(asSource(customerKeyHeaders(KEY, { algorithm: 'AES128' }))))[1]).toBe(
      'InvalidEncryptionAlgorithmError',
    );
    await s3.put('plain', 'x');
    const { error } = await copy(s3, 'plain', 'b', asSource(customerKeyHeaders(KEY)));
    expect(error.Message).toBe('The encryption parameters are not applicable to this object.');
  });

  it('F-BLK-003: to SSE-C is refused where it is blocked', async () => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    expect((await copy(s3, 'a', 'b', customerKeyHeaders(KEY))).error.Code).toBe('AccessDenied');
  });

  it('F-ERR-040: to a KMS key that is none', async () => {
    const { s3 } = await setUp();
    await s3.put('a', 'x');
    const answer = await copy(s3, 'a', 'b', writing('SSE-KMS', 'fake-key-id'));
    expect([answer.status, answer.error.Code]).toEqual([400, 'KMS.NotFoundException']);
  });
});

const versioning = (s3: S3Harness, status = 'Enabled') => {
  const body = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
  const headers: Header[] = [['content-md5', toBase64(md5(new TextEncoder().encode(body)))]];
  return { method: 'PUT', path: formatObjectPath(s3.bucketName), query: 'versioning', body, headers };
};

describe('what a copy says about itself', () => {
  const described: Header[] = [
    ['content-type', 'text/plain'],
    ['cache-control', 'no-cache'],
    ['x-amz-meta-colour', 'blue'],
    ['x-amz-tagging', 'team=red'],
    ['x-amz-website-redirect-location', '/there'],
  ];
  it.each([
    ['the source’s words', [], ['text/plain', 'no-cache', 'blue', undefined, '1']],
    [
      'its own with REPLACE',
      [
        ['x-amz-metadata-directive', 'REPLACE'],
        ['content-type', 'image/png'],
        ['x-amz-meta-colour', 'green'],
      ],
      ['image/png', undefined, 'green', undefined, '1'],
    ],
    [
      'its own tags with REPLACE',
      [
        ['x-amz-tagging-directive', 'REPLACE'],
        ['x-amz-tagging', 'a=b&c=d'],
      ],
      ['text/plain', 'no-cache', 'blue', undefined, '2'],
    ],
    ['no tags of its own without', [['x-amz-tagging', 'a=b&c=d']], ['text/plain', 'no-cache', 'blue', undefined, '1']],
  ] as [string, Header[], unknown[]][])('is %s', async (_what, headers, expected) => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x', described);
    expect((await copy(s3, 'a', 'b', headers)).status).toBe(200);
    const { header } = await s3.get('b');
    const redirect = header('x-amz-website-redirect-location');
    expect([
      header('content-type'),
      header('cache-control'),
      header('x-amz-meta-colour'),
      redirect,
      header('x-amz-tagging-count'),
    ]).toEqual(expected);
  });

  it.each(['metadata', 'tagging'])('the %s directive is COPY or REPLACE', async what => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const { error } = await copy(s3, 'a', 'b', [[`x-amz-${what}-directive`, 'MOVE']]);
    expect([error.Code, error.ArgumentName, error.ArgumentValue]).toEqual([
      'InvalidArgument',
      `x-amz-${what}-directive`,
      'MOVE',
    ]);
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])('has a %s, when asked', async algorithm => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const answer = await copy(s3, 'a', 'b', [['x-amz-checksum-algorithm', algorithm]]);
    const { header } = await s3.get('b', [['x-amz-checksum-mode', 'ENABLED']]);
    const value = header(`x-amz-checksum-${algorithm.toLowerCase()}`);
    expect(value).toBeDefined();
    expect(answer.text).toContain(`<ChecksumType>FULL_OBJECT</ChecksumType><Checksum${algorithm}>${value}<`);
  });
});

describe('the source of a copy', () => {
  it.each([
    ['bucket/a', { bucketName: 'bucket', objectName: 'a' }],
    ['/bucket/a/b', { bucketName: 'bucket', objectName: 'a/b' }],
    ['%2Fbucket%2Fa%2Fb', { bucketName: 'bucket', objectName: 'a/b' }],
    ['bucket/%C3%BC%20+%2B', { bucketName: 'bucket', objectName: 'ü  +' }],
    ['bucket/a%3FversionId%3Dx', { bucketName: 'bucket', objectName: 'a?versionId=x' }],
    ['bucket/a?versionId=x', { bucketName: 'bucket', objectName: 'a', versionId: 'x' }],
    ['bucket//a', { bucketName: 'bucket', objectName: '/a' }],
  ])('%s is read', (header, source) => {
    expect(parseCopySource(header)).toEqual(source);
  });

  it.each(['', '/', 'bucket', 'bucket/', '/bucket/', 'bucket/%', '%FF/x', 'arn:aws:s3:::x/y'])(
    '%s is none',
    async sent => {
      const s3 = await createS3Harness();
      const answer = await s3.put('b', '', [[SOURCE, sent]]);
      expect([answer.status, answer.error.Code, answer.error.ArgumentName]).toEqual([400, 'InvalidArgument', SOURCE]);
    },
  );

  it.each([
    ['a bucket that is not there', 'nowhere/a', 404, 'NoSuchBucket'],
    ['an object that is not there', 'envelope-lab-sse-s3/nothing', 404, 'NoSuchKey'],
    ['a version that cannot be', 'envelope-lab-sse-s3/a?versionId=x', 400, 'InvalidArgument'],
  ])('%s', async (_what, source, status, code) => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const answer = await s3.put('b', '', [[SOURCE, source]]);
    expect([answer.status, answer.error.Code]).toEqual([status, code]);
  });

  it('must be readable for the caller, and the target writable', async () => {
    const s3 = await createS3Harness();
    s3.world.s3.createBucket('elsewhere', '111122223333', 'today');
    await s3.put('a', 'x');
    const from = await s3.put('b', '', [[SOURCE, 'elsewhere/a']]);
    expect(from.error.Message).toContain('s3:GetObject');
    const to = await s3.ask({
      method: 'PUT',
      path: '/elsewhere/b',
      headers: [[SOURCE, `${s3.bucketName}/a`]],
    });
    expect(to.error.Message).toContain('s3:PutObject');
  });

  it('may be a delete marker neither by name nor by version', async () => {
    const s3 = await createS3Harness();
    await s3.ask(versioning(s3));
    await s3.put('a', 'x');
    const marker = (await s3.get('a', [], { method: 'DELETE' })).header('x-amz-version-id');
    expect((await copy(s3, 'a', 'b')).error.Code).toBe('NoSuchKey');
    expect((await copy(s3, `a?versionId=${marker}`, 'b')).error.Message).toBe(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  });

  const ETAG = '"9dd4e461268c8034f5c8564e155c67a6"';
  it.each([
    ['if-match', ETAG, 200],
    ['if-match', '"x"', 412],
    ['if-none-match', ETAG, 412],
    ['if-none-match', '"x"', 200],
    ['if-modified-since', 'Sat, 21 Nov 2026 09:00:00 GMT', 200],
    ['if-unmodified-since', 'Sat, 21 Nov 2026 09:00:00 GMT', 412],
  ])('with %s: %s answers %i', async (name, value, status) => {
    const s3 = await createS3Harness();
    await s3.put('a', 'x');
    const answer = await copy(s3, 'a', 'b', [[`x-amz-copy-source-${name}`, value]]);
    expect(answer.status).toBe(status);
    if (status === 412) expect(String(answer.error.Condition).toLowerCase()).toBe(`x-amz-copy-source-${name}`);
  });
});
