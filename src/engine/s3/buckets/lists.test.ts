import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BucketAnswer, type BucketHarness, createBucketHarness } from '../../../testing/bucketHarness.ts';
import { utf8 } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/text.ts';
import { encodeSegment } from '../../http/address.ts';
import { listOf, type Tree, textOf } from '../document.ts';
import { rollUp, takePage } from './rollUp.ts';

const OWNER = '1111222233331111222233331111222233331111222233331111222233331111';
const TIME = '2026-11-21T10:00:00.000Z';
const ETAG = '"5d41402abc4b2a76b9719d911017c592"';

async function bucketWith(...names: readonly string[]): Promise<BucketHarness> {
  const harness = await createBucketHarness();
  for (const name of names) harness.note(name);
  return harness;
}

const queryOf = (parameters: Readonly<Record<string, string | number>>) =>
  Object.entries(parameters)
    .map(([name, value]) => `${encodeSegment(name)}=${encodeSegment(String(value))}`)
    .join('&');

function result(answer: BucketAnswer, root = 'ListBucketResult'): Tree {
  expect(answer.status).toBe(200);
  return (answer.document[root] ?? {}) as Tree;
}

/** What a page shows, names and common prefixes apart. */
function shown(tree: Tree) {
  return {
    names: listOf(tree, 'Contents').map(element => textOf(element, 'Key')),
    prefixes: listOf(tree, 'CommonPrefixes').map(element => textOf(element, 'Prefix')),
  };
}

/** All pages of a list, whichever way it is asked. */
async function pages(harness: BucketHarness, parameters: Readonly<Record<string, string | number>>, version: 1 | 2) {
  const all = { names: [] as unknown[], prefixes: [] as unknown[], sizes: [] as number[] };
  let next: Record<string, string> = version === 2 ? { 'list-type': '2' } : {};
  for (let page = 0; page < 200; page++) {
    const tree = result(await harness.ask({ query: queryOf({ ...parameters, ...next }) }));
    const { names, prefixes } = shown(tree);
    all.names.push(...names);
    all.prefixes.push(...prefixes);
    all.sizes.push(names.length + prefixes.length);
    if (textOf(tree, 'IsTruncated') === 'false') return all;
    next =
      version === 2
        ? { 'list-type': '2', 'continuation-token': textOf(tree, 'NextContinuationToken') ?? '' }
        : { marker: textOf(tree, 'NextMarker') ?? names.at(-1) ?? '' };
  }
  throw new Error('a list that never ends');
}

/** The simplest thing that could tell a list: every name is looked at. */
function reference(names: readonly string[], prefix: string, delimiter: string) {
  const sorted = [...new Set(names)]
    .map(name => [toHex(utf8(name)), name] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, name]) => name)
    .filter(name => name.startsWith(prefix));
  const cut = (name: string) => {
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    return end < 0 ? undefined : name.slice(0, end + delimiter.length);
  };
  return {
    names: sorted.filter(name => cut(name) === undefined),
    prefixes: [...new Set(sorted.map(cut))].filter(prefixOf => prefixOf !== undefined),
  };
}

describe('ListObjectsV2', () => {
  it('answers as S3 does, element for element', async () => {
    const { ask } = await bucketWith('a.txt', 'b/c.txt');
    expect((await ask({ query: 'list-type=2&delimiter=/&start-after=A' })).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>the-bucket</Name><Prefix/><StartAfter>A</StartAfter><KeyCount>2</KeyCount><MaxKeys>1000</MaxKeys><Delimiter>/</Delimiter><IsTruncated>false</IsTruncated>' +
        `<Contents><Key>a.txt</Key><LastModified>${TIME}</LastModified><ETag>${ETAG.replaceAll('"', '&quot;')}</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>5</Size><StorageClass>STANDARD</StorageClass></Contents>` +
        '<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes></ListBucketResult>',
    );
  });

  it('names owners when it is asked to', async () => {
    const { ask } = await bucketWith('a');
    const [object] = listOf(result(await ask({ query: 'list-type=2&fetch-owner=true' })), 'Contents');
    expect(object?.Owner).toEqual({ ID: OWNER });
    const [other] = listOf(result(await ask({ query: 'list-type=2' })), 'Contents');
    expect(other && 'Owner' in other).toBe(false);
  });

  it('gives back the token it was continued with, and another one', async () => {
    const { ask } = await bucketWith('a', 'b', 'c');
    const first = result(await ask({ query: 'list-type=2&max-keys=1' }));
    const token = textOf(first, 'NextContinuationToken') ?? '';
    const second = result(
      await ask({ query: queryOf({ 'list-type': 2, 'max-keys': 1, 'continuation-token': token, 'start-after': 'b' }) }),
    );
    expect([shown(second).names, textOf(second, 'ContinuationToken')]).toEqual([['b'], token]);
    expect(textOf(second, 'NextContinuationToken')).not.toBe(token);
  });

  it.each(['', 'x', 'AAAAAAAAAAAA', '!', 'YQ=='])('refuses the token %j', async token => {
    const { ask } = await bucketWith('a');
    const { status, error } = await ask({ query: queryOf({ 'list-type': 2, 'continuation-token': token }) });
    expect([status, error.Code, error.Message]).toEqual([
      400,
      'InvalidArgument',
      'The continuation token provided is incorrect',
    ]);
  });

  it('refuses the token of another bucket', async () => {
    const { ask } = await bucketWith('a', 'b');
    await ask({ method: 'PUT', path: '/bucket-two', body: LOCATION });
    const token = textOf(result(await ask({ query: 'list-type=2&max-keys=1' })), 'NextContinuationToken') ?? '';
    const query = queryOf({ 'list-type': 2, 'continuation-token': token });
    expect((await ask({ path: '/bucket-two', query })).error.Code).toBe('InvalidArgument');
  });

  it('knows no other list type', async () => {
    const { ask } = await bucketWith();
    expect((await ask({ query: 'list-type=3' })).error.ArgumentName).toBe('list-type');
  });
});

const LOCATION =
  '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';

describe('ListObjects', () => {
  it('answers as S3 does, element for element', async () => {
    const { ask } = await bucketWith('a.txt', 'b/c.txt', 'd');
    expect((await ask({ query: 'delimiter=/&max-keys=2' })).text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>the-bucket</Name><Prefix/><Marker/><NextMarker>b/</NextMarker><MaxKeys>2</MaxKeys><Delimiter>/</Delimiter><IsTruncated>true</IsTruncated>' +
        `<Contents><Key>a.txt</Key><LastModified>${TIME}</LastModified><ETag>${ETAG.replaceAll('"', '&quot;')}</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>5</Size><Owner><ID>${OWNER}</ID></Owner><StorageClass>STANDARD</StorageClass></Contents>` +
        '<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes></ListBucketResult>',
    );
  });

  it('tells the next marker with a delimiter only', async () => {
    const { ask } = await bucketWith('a', 'b');
    const tree = result(await ask({ query: 'max-keys=1' }));
    expect([textOf(tree, 'IsTruncated'), textOf(tree, 'NextMarker')]).toEqual(['true', undefined]);
  });
});

describe.each([
  ['ListObjects', ''],
  ['ListObjectsV2', 'list-type=2&'],
  ['ListObjectVersions', 'versions&'],
])('parameters of %s', (operation, query) => {
  const root = operation === 'ListObjectVersions' ? 'ListVersionsResult' : 'ListBucketResult';

  it.each([
    ['max-keys=two', 'Provided max-keys not an integer or within integer range'],
    ['max-keys=1.5', 'Provided max-keys not an integer or within integer range'],
    ['max-keys=0x10', 'Provided max-keys not an integer or within integer range'],
    ['max-keys=2147483648', 'Provided max-keys not an integer or within integer range'],
    [`max-keys=${'9'.repeat(40)}`, 'Provided max-keys not an integer or within integer range'],
    ['max-keys=-1', 'Argument max-keys must be an integer between 0 and 2147483647'],
    ['encoding-type=base64', 'Invalid Encoding Method specified in Request'],
    ['encoding-type=', 'Invalid Encoding Method specified in Request'],
  ])('are refused: %s', async (parameter, message) => {
    const { ask } = await bucketWith('a');
    const { status, error } = await ask({ query: `${query}${parameter}` });
    expect([status, error.Code, error.Message, error.ArgumentName]).toEqual([
      400,
      'InvalidArgument',
      message,
      parameter.slice(0, parameter.indexOf('=')),
    ]);
  });

  it('are refused when they are not UTF-8', async () => {
    const { ask } = await bucketWith('a');
    expect((await ask({ query: `${query}prefix=%FF` })).error.Code).toBe('InvalidURI');
  });

  it.each([
    ['max-keys=5000', '1000', 'false'],
    ['max-keys=2147483647', '1000', 'false'],
    ['max-keys=', '1000', 'false'],
    ['max-keys=0', '0', 'false'],
    ['max-keys=1', '1', 'true'],
    ['max-keys=2', '2', 'false'],
  ])('%s counts as %s', async (parameter, maxKeys, isTruncated) => {
    const { ask } = await bucketWith('a', 'b');
    const tree = result(await ask({ query: `${query}${parameter}` }), root);
    expect([textOf(tree, 'MaxKeys'), textOf(tree, 'IsTruncated')]).toEqual([maxKeys, isTruncated]);
  });

  it('names that XML cannot carry come as references, or encoded when asked', async () => {
    const { ask } = await bucketWith('a\u0001b/c d+é~*.txt');
    expect((await ask({ query: `${query}prefix=a` })).text).toContain('<Key>a&#x1;b/c d+é~*.txt</Key>');
    const tree = (await ask({ query: `${query}encoding-type=url&prefix=a&delimiter=%2B` })).text;
    expect(tree).toContain('<EncodingType>url</EncodingType>');
    expect(tree).toContain('<Delimiter>%2B</Delimiter>');
    expect(tree).toContain('<CommonPrefixes><Prefix>a%01b/c+d%2B</Prefix></CommonPrefixes>');
    expect((await ask({ query: `${query}encoding-type=url` })).text).toContain('<Key>a%01b/c+d%2B%C3%A9%7E*.txt</Key>');
  });

  it('need the permission to list, and tell conditions what is asked for', async () => {
    const { ask, keep, parts, people } = await bucketWith('public/a', 'private/b');
    const action = operation === 'ListObjectVersions' ? 's3:ListBucketVersions' : 's3:ListBucket';
    expect((await ask({ query: `${query}prefix=public/`, as: 'reader' })).error.Message).toBe(
      `User: ${people.reader.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    );
    keep({
      ...parts.buckets.get('the-bucket'),
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: people.reader.arn },
          Action: action,
          Resource: 'arn:aws:s3:::the-bucket',
          Condition: { StringEquals: { 's3:prefix': 'public/' } },
        },
      }),
    });
    expect((await ask({ query: `${query}prefix=public/`, as: 'reader' })).status).toBe(200);
    expect((await ask({ query: `${query}prefix=private/`, as: 'reader' })).status).toBe(403);
    expect((await ask({ query, as: 'anonymous' })).error.Message).toBe('Access Denied');
  });
});

describe('pages', () => {
  const names = fc.uniqueArray(
    fc.array(fc.constantFrom('a', 'b', '/', '//', 'é', '\uffee', '😀', ' ', '&'), {
      minLength: 1,
      maxLength: 6,
    }),
    { maxLength: 25, selector: parts => parts.join('') },
  );

  it.each([1, 2] as const)('of any size show the same as a simple reference (version %i)', async version => {
    const asked = fc.record({
      names,
      prefix: fc.constantFrom('', 'a', 'a/', '/', '😀'),
      delimiter: fc.constantFrom('', '/', '//', 'b', 'é'),
      size: fc.integer({ min: 1, max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ names: parts, prefix, delimiter, size }) => {
        const all = parts.map(part => part.join(''));
        const harness = await bucketWith(...all);
        const parameters = {
          'max-keys': size,
          ...(prefix === '' ? {} : { prefix }),
          ...(delimiter === '' ? {} : { delimiter }),
        };
        const list = await pages(harness, parameters, version);
        const expected = reference(all, prefix, delimiter);
        expect({ names: list.names, prefixes: list.prefixes }).toEqual(expected);
        expect(list.sizes.slice(0, -1).every(count => count === size)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('follow markers that are names or common prefixes', async () => {
    const harness = await bucketWith('a', 'b/1', 'b/2', 'b0', 'c/1/x', 'c/1/y', 'c/2', 'd/', 'd/e');
    for (const size of [1, 2, 3, 4, 100]) {
      for (const version of [1, 2] as const) {
        const { names, prefixes } = await pages(harness, { 'max-keys': size, delimiter: '/' }, version);
        expect([names, prefixes]).toEqual([
          ['a', 'b0'],
          ['b/', 'c/', 'd/'],
        ]);
        const inside = await pages(harness, { 'max-keys': size, delimiter: '/', prefix: 'd/' }, version);
        expect([inside.names, inside.prefixes]).toEqual([['d/', 'd/e'], []]);
      }
    }
  });

  it('show names in the order of their UTF-8 bytes', async () => {
    const harness = await bucketWith('😀', '\uffee', 'é', 'z', 'Z', 'a');
    expect((await pages(harness, {}, 2)).names).toEqual(['Z', 'a', 'z', 'é', '\uffee', '😀']);
  });

  it('of rolled up names agree with the reference for any start', () => {
    fc.assert(
      fc.property(names, fc.constantFrom('', 'a', 'b/'), fc.constantFrom('', '/', 'b'), (parts, prefix, delimiter) => {
        const all = parts.map(part => part.join(''));
        const sorted = reference(all, '', '').names;
        const { page } = takePage(rollUp(sorted, { prefix, delimiter, after: '' }), 1000);
        expect(page.flatMap(one => ('name' in one ? [one.name] : []))).toEqual(reference(all, prefix, delimiter).names);
        for (const [index, one] of page.entries()) {
          const after = 'name' in one ? one.name : one.commonPrefix;
          const rest = takePage(rollUp(sorted, { prefix, delimiter, after }), 1000).page;
          expect(rest).toEqual(page.slice(index + 1));
        }
      }),
    );
  });

  it('of ten thousand objects come in ten pages', { timeout: 60_000 }, async () => {
    const harness = await bucketWith(
      ...Array.from({ length: 10_000 }, (_, i) => `folder-${i % 100}/${String(i).padStart(6, '0')}`),
    );
    const all = await pages(harness, {}, 2);
    const rolled = await pages(harness, { delimiter: '/' }, 2);
    expect([all.names.length, all.sizes.length, rolled.prefixes.length]).toEqual([10_000, 10, 100]);
  });

  it('leave out what a delete marker hides, and a folder of nothing but those', async () => {
    const harness = await bucketWith('a', 'b');
    const versionId = '0'.repeat(32);
    harness.note('a', { kind: 'delete-marker', versionId });
    harness.note('gone/x', { kind: 'delete-marker', versionId });
    const tree = result(await harness.ask({ query: 'list-type=2&delimiter=/' }));
    expect([shown(tree), textOf(tree, 'KeyCount')]).toEqual([{ names: ['b'], prefixes: [] }, '1']);
  });
});
