import { describe, expect, it } from 'vitest';
import { type BucketHarness, createBucketHarness } from '../../../testing/bucketHarness.ts';
import type { Header } from '../../http/message.ts';
import type { MultipartUpload } from '../multipart/upload.ts';
import { isBucketName } from './bucketNames.ts';

const document = (inside: string) => `<CreateBucketConfiguration>${inside}</CreateBucketConfiguration>`;
const locationXml = (region: string) => document(`<LocationConstraint>${region}</LocationConstraint>`);
const HERE = locationXml('eu-central-1');

async function create({ ask }: BucketHarness, name: string, body: string | undefined, headers: readonly Header[] = []) {
  const { status, error, header } = await ask({
    method: 'PUT',
    path: `/${name}`,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return status === 200 ? [200, header('location')] : [status, error.Code, error.Message];
}

describe('names of buckets', () => {
  it.each(['abc', 'a-b.c', '123', 'a1.2.3.4', 'x'.repeat(63), '1.2.3', 'my--bucket', 'a.b-c', 'a-.b'])(
    '%s is one',
    name => expect(isBucketName(name)).toBe(true),
  );

  it.each([
    ...['', 'ab', 'x'.repeat(64), 'Abc', 'a_b', 'a b', '-ab', 'ab-', '.ab', 'ab.', 'a..b', '192.168.5.4', 'é-bucket'],
    ...['xn--a', 'sthree-a', 'amzn-s3-demo-a', 'a-s3alias', 'a--ol-s3', 'a.mrap', 'a--x-s3', 'a--table-s3', 'abc\n'],
  ])('%j is none', name => expect(isBucketName(name)).toBe(false));
});

describe('CreateBucket', () => {
  it('answers with where the bucket is', async () => {
    expect(await create(await createBucketHarness(), 'new-bucket', HERE)).toEqual([
      200,
      'http://new-bucket.s3.amazonaws.com/',
    ]);
    const oldest = await createBucketHarness('us-east-1');
    expect(await create(oldest, 'new-bucket', undefined)).toEqual([200, '/new-bucket']);
  });

  const incompatible = (what: string) => [
    400,
    'IllegalLocationConstraintException',
    `The ${what} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  ];
  const invalid = [400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid'];
  const malformed = [
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  ];
  it.each([
    ['eu-central-1', undefined, incompatible('unspecified')],
    ['eu-central-1', document(''), incompatible('unspecified')],
    ['eu-central-1', locationXml(''), incompatible('unspecified')],
    ['eu-central-1', locationXml('eu-west-1'), incompatible('eu-west-1')],
    ['eu-central-1', locationXml('EU'), incompatible('EU')],
    ['eu-central-1', locationXml('nowhere'), invalid],
    ['eu-central-1', locationXml('us-east-1'), invalid],
    ['eu-west-1', locationXml('EU'), [200, 'http://new-bucket.s3.amazonaws.com/']],
    ['us-east-1', locationXml('us-east-1'), invalid],
    ['us-east-1', locationXml('eu-west-1'), incompatible('eu-west-1')],
    ['us-east-1', document(''), [200, '/new-bucket']],
    ['eu-central-1', 'no XML', malformed],
    ['eu-central-1', document('<Other/>'), malformed],
    ['eu-central-1', locationXml('<b>eu-central-1</b>'), malformed],
    ['eu-central-1', `<!DOCTYPE x>${HERE}`, malformed],
  ])('in %s, asked with %s', async (region, body, expected) => {
    expect(await create(await createBucketHarness(region), 'new-bucket', body)).toEqual(expected);
  });

  it.each(['My-Bucket', 'ab', 'xn--a', '192.168.5.4'])('refuses the name %s', async name => {
    expect(await create(await createBucketHarness(), name, HERE)).toEqual([
      400,
      'InvalidBucketName',
      'The specified bucket is not valid.',
    ]);
  });

  it('refuses a name that is taken, and tells whose it is', async () => {
    const harness = await createBucketHarness();
    const { status, error } = await harness.ask({ method: 'PUT', body: HERE });
    expect([status, error.Code, error.BucketName]).toEqual([409, 'BucketAlreadyOwnedByYou', 'the-bucket']);
    const other = await harness.ask({ method: 'PUT', body: HERE, as: 'stranger' });
    expect([other.status, other.error.Code]).toEqual([409, 'BucketAlreadyExists']);
  });

  it('lets its owner make a bucket of the oldest Region again, and leaves it as it is', async () => {
    const harness = await createBucketHarness('us-east-1');
    const before = harness.parts.buckets.get('the-bucket');
    expect(await create(harness, 'the-bucket', undefined)).toEqual([200, '/the-bucket']);
    expect(harness.parts.buckets.get('the-bucket')).toBe(before);
  });

  it('needs the permission for it', async () => {
    const { ask } = await createBucketHarness();
    for (const as of ['reader', 'anonymous'] as const) {
      expect((await ask({ method: 'PUT', path: '/new-bucket', body: HERE, as })).error.Code).toBe('AccessDenied');
    }
  });

  it('gives the bucket the ownership and the tags it is asked for', async () => {
    const harness = await createBucketHarness();
    const tags = '<Tags><Tag><Key>team</Key><Value>blue</Value></Tag></Tags>';
    await create(harness, 'new-bucket', HERE.replace('</Create', `${tags}</Create`), [
      ['x-amz-object-ownership', 'ObjectWriter'],
    ]);
    const path = '/new-bucket';
    expect((await harness.ask({ path, query: 'ownershipControls' })).document.OwnershipControls).toEqual({
      Rule: { ObjectOwnership: 'ObjectWriter' },
    });
    expect((await harness.ask({ path, query: 'tagging' })).document.Tagging).toEqual({
      TagSet: { Tag: { Key: 'team', Value: 'blue' } },
    });
  });

  it.each([
    ['CreateBucket', 's3:CreateBucket'],
    ['tags', 's3:TagResource'],
    ['an ownership', 's3:PutBucketOwnershipControls'],
  ])('needs the permission for %s', async (_what, denied) => {
    const harness = await createBucketHarness();
    const { owner } = harness.people;
    Object.assign(owner, {
      identityPolicies: [
        ...owner.identityPolicies,
        { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: denied, Resource: '*' }] },
      ],
    });
    const { status, error } = await harness.ask({
      method: 'PUT',
      path: '/new-bucket',
      body: HERE.replace('</Create', '<Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></Create'),
      headers: [['x-amz-object-ownership', 'ObjectWriter']],
    });
    expect([status, error.Message]).toEqual([403, expect.stringContaining(`to perform: ${denied} on resource`)]);
    expect(harness.parts.buckets.has('new-bucket')).toBe(false);
  });

  it.each([
    ['x-amz-object-ownership', 'Nobody', 400, 'InvalidArgument'],
    ['x-amz-bucket-object-lock-enabled', 'true', 501, 'NotImplemented'],
    ['x-amz-acl', 'public-read', 400, 'InvalidBucketAclWithObjectOwnership'],
    ['x-amz-grant-read', 'id="x"', 400, 'InvalidBucketAclWithObjectOwnership'],
  ])('refuses %s: %s', async (name, value, status, code) => {
    const harness = await createBucketHarness();
    expect((await create(harness, 'new-bucket', HERE, [[name, value]])).slice(0, 2)).toEqual([status, code]);
    expect(harness.parts.buckets.has('new-bucket')).toBe(false);
  });

  it('takes the list that says nothing, and a lock that is off', async () => {
    const harness = await createBucketHarness();
    const headers: Header[] = [
      ['x-amz-acl', 'private'],
      ['x-amz-bucket-object-lock-enabled', 'false'],
    ];
    expect((await create(harness, 'new-bucket', HERE, headers))[0]).toBe(200);
  });

  it('refuses a public list even where lists are on', async () => {
    const headers: Header[] = [
      ['x-amz-acl', 'public-read'],
      ['x-amz-object-ownership', 'ObjectWriter'],
    ];
    expect((await create(await createBucketHarness(), 'new-bucket', HERE, headers))[1]).toBe(
      'InvalidBucketAclWithBlockPublicAccessError',
    );
  });
});

describe('DeleteBucket', () => {
  it('removes an empty bucket with its documents and uploads', async () => {
    const { ask, parts } = await createBucketHarness();
    await ask({ method: 'PUT', query: 'tagging', body: '<Tagging><TagSet/></Tagging>' });
    const [artifact] = parts.disk.ids();
    expect(artifact).toBeDefined();
    const part = await parts.recorder.identify({
      kind: 'ciphertext-object',
      name: 'part',
      bytes: new Uint8Array(9),
      isSecret: false,
    });
    parts.disk.hold(part.id, new Uint8Array(9));
    parts.pieces.claim([part.id]);
    const uploaded = { number: 1, body: part.id, contentLength: 9, etag: '', lastModified: 0, pieces: [part.id] };
    const upload: MultipartUpload = {
      uploadId: 'u',
      bucketName: 'the-bucket',
      objectName: 'a',
      initiated: 0,
      initiatorArn: '',
      ownerAccountId: '',
      contentType: '',
      headers: [],
      metadata: [],
      tags: {},
      storageClass: 'STANDARD',
      encryption: { type: 'NOT-SSE' },
      isDefaultEncryption: true,
      parts: [uploaded],
      pieces: [],
    };
    parts.uploads.set('u', upload);
    expect((await ask({ method: 'DELETE' })).status).toBe(204);
    expect([parts.disk.ids(), parts.uploads.size, parts.buckets.size]).toEqual([[], 0, 0]);
    expect((await ask({ method: 'HEAD' })).status).toBe(404);
  });

  it('keeps one that holds an object, a version or only a delete marker', async () => {
    for (const [versioning, message] of [
      [undefined, 'The bucket you tried to delete is not empty'],
      ['Enabled', 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'],
    ] as const) {
      const { ask, note, keep, parts } = await createBucketHarness();
      if (versioning) keep({ ...parts.buckets.get('the-bucket'), versioning });
      note('a', versioning ? { kind: 'delete-marker' } : {});
      const { status, error } = await ask({ method: 'DELETE' });
      expect([status, error.Code, error.Message, error.BucketName]).toEqual([
        409,
        'BucketNotEmpty',
        message,
        'the-bucket',
      ]);
    }
  });

  it('needs the permission for it, and the bucket', async () => {
    const { ask } = await createBucketHarness();
    expect((await ask({ method: 'DELETE', as: 'reader' })).error.Code).toBe('AccessDenied');
    expect((await ask({ method: 'DELETE', path: '/not-there' })).error.Code).toBe('NoSuchBucket');
  });
});

describe('HeadBucket and GetBucketLocation', () => {
  it('tell where the bucket is', async () => {
    const { ask } = await createBucketHarness();
    const head = await ask({ method: 'HEAD' });
    expect([
      head.status,
      head.text,
      head.header('x-amz-bucket-region'),
      head.header('x-amz-access-point-alias'),
    ]).toEqual([200, '', 'eu-central-1', 'false']);
    const answer = await ask({ query: 'location' });
    expect(answer.text).toContain(
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">eu-central-1</LocationConstraint>',
    );
    const oldest = await createBucketHarness('us-east-1');
    expect((await oldest.ask({ query: 'location' })).text).toContain(
      '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>',
    );
  });

  it('are for those who may', async () => {
    const { ask } = await createBucketHarness();
    expect((await ask({ method: 'HEAD', as: 'reader' })).status).toBe(403);
    expect((await ask({ query: 'location', as: 'stranger' })).error.Message).toBe('Access Denied');
  });
});

describe('ListBuckets', () => {
  const names = ['alpha-1', 'alpha-2', 'beta-1', 'the-bucket'];
  const setUp = async () => {
    const harness = await createBucketHarness();
    for (const name of ['beta-1', 'alpha-2', 'alpha-1']) await create(harness, name, HERE);
    await harness.ask({ method: 'PUT', path: '/of-the-stranger', body: HERE, as: 'stranger' });
    const list = async (query = '') => {
      const { status, error, text } = await harness.ask({ path: '/', query });
      const all = (name: string) =>
        [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'g'))].map(match => match[1]);
      return {
        status,
        error,
        text,
        names: all('Name'),
        token: all('ContinuationToken')[0],
        regions: all('BucketRegion'),
      };
    };
    return { ...harness, list };
  };

  it('answers as S3 does, element for element', async () => {
    const { ask } = await createBucketHarness();
    expect((await ask({ path: '/' })).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>1111222233331111222233331111222233331111222233331111222233331111</ID></Owner>' +
        '<Buckets><Bucket><Name>the-bucket</Name><CreationDate>2026-11-21T10:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>',
    );
  });

  it('shows the buckets of the caller’s account, by name', async () => {
    const { list, ask } = await setUp();
    expect((await list()).names).toEqual(names);
    expect((await ask({ path: '/', as: 'stranger' })).text).toContain('<Name>of-the-stranger</Name>');
    expect((await ask({ path: '/', as: 'reader' })).error.Code).toBe('AccessDenied');
    expect((await ask({ path: '/', as: 'anonymous' })).error.Code).toBe('AccessDenied');
  });

  it.each([1, 2, 3, 4, 10_000])('pages of %i give the same list', async size => {
    const { list } = await setUp();
    const found: unknown[] = [];
    let token: string | undefined;
    do {
      const page = await list(
        `max-buckets=${size}${token === undefined ? '' : `&continuation-token=${encodeURIComponent(token)}`}`,
      );
      expect(page.regions).toEqual(page.names.map(() => 'eu-central-1'));
      found.push(...page.names);
      token = page.token;
    } while (token !== undefined);
    expect(found).toEqual(names);
  });

  it('filters by prefix and by Region', async () => {
    const { list } = await setUp();
    expect((await list('prefix=alpha')).names).toEqual(['alpha-1', 'alpha-2']);
    expect((await list('bucket-region=eu-central-1')).names).toEqual(names);
    expect((await list('bucket-region=eu-west-1')).names).toEqual([]);
  });

  it('refuses a Region that there is not', async () => {
    const { list } = await setUp();
    const { status, error } = await list('bucket-region=eu-east-1');
    expect([status, error.Code, error.Message]).toEqual([
      400,
      'InvalidArgument',
      'Argument value eu-east-1 is not a valid AWS Region',
    ]);
  });

  it.each(['max-buckets=0', 'max-buckets=10001', 'max-buckets=x', 'max-buckets=-1', 'continuation-token=x'])(
    'refuses %s',
    async query => {
      const { list } = await setUp();
      const { status, error } = await list(query);
      expect([status, error.Code, error.ArgumentName]).toEqual([400, 'InvalidArgument', query.split('=')[0]]);
    },
  );
});
