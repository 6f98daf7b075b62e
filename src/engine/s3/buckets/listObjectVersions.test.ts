import { describe, expect, it } from 'vitest';
import { type BucketAnswer, createBucketHarness } from '../../../testing/bucketHarness.ts';
import { encodeSegment } from '../../http/address.ts';
import { listOf, type Tree, textOf } from '../document.ts';

const OWNER = '1111222233331111222233331111222233331111222233331111222233331111';
const TIME = '2026-11-21T10:00:00.000Z';
const ETAG = '"5d41402abc4b2a76b9719d911017c592"';

const queryOf = (parameters: Readonly<Record<string, string | number>>) =>
  Object.entries(parameters)
    .map(([name, value]) => `${encodeSegment(name)}=${encodeSegment(String(value))}`)
    .join('&');

function result(answer: BucketAnswer): Tree {
  expect(answer.status).toBe(200);
  return (answer.document.ListVersionsResult ?? {}) as Tree;
}

describe('ListObjectVersions', () => {
  const id = (n: number) => String(n).repeat(32);
  const setUp = async () => {
    const harness = await createBucketHarness();
    harness.note('a', { versionId: 'null' });
    harness.note('a', { versionId: id(1) });
    harness.note('a', { kind: 'delete-marker', versionId: id(2) });
    harness.note('b/x', { versionId: id(3) });
    harness.note('b/y', { versionId: id(4) });
    harness.note('c', { versionId: id(5) });
    return harness;
  };
  const told = (tree: Tree) =>
    (['Version', 'DeleteMarker'] as const).flatMap(kind =>
      listOf(tree, kind).map(one => [kind, textOf(one, 'Key'), textOf(one, 'VersionId')?.[0], textOf(one, 'IsLatest')]),
    );

  it('shows versions and delete markers in one list, newest first', async () => {
    const { ask } = await setUp();
    const { text } = await ask({ query: 'versions&delimiter=/&max-keys=3' });
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        `<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>the-bucket</Name><Prefix/><KeyMarker/><VersionIdMarker/><NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>null</NextVersionIdMarker><MaxKeys>3</MaxKeys><Delimiter>/</Delimiter><IsTruncated>true</IsTruncated>` +
        `<DeleteMarker><Key>a</Key><VersionId>${id(2)}</VersionId><IsLatest>true</IsLatest><LastModified>${TIME}</LastModified><Owner><ID>${OWNER}</ID></Owner></DeleteMarker>` +
        [id(1), 'null']
          .map(
            versionId =>
              `<Version><Key>a</Key><VersionId>${versionId}</VersionId><IsLatest>false</IsLatest><LastModified>${TIME}</LastModified><ETag>${ETAG.replaceAll('"', '&quot;')}</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>5</Size><Owner><ID>${OWNER}</ID></Owner><StorageClass>STANDARD</StorageClass></Version>`,
          )
          .join('') +
        '</ListVersionsResult>',
    );
  });

  it.each([
    ['', [1, 2, 3, 4, 5, 100]],
    ['/', [1, 2, 3, 4, 5, 100]],
  ])('pages of any size give the same list (delimiter %j)', async (delimiter, sizes) => {
    const { ask } = await setUp();
    const walk = async (size: number) => {
      const found: string[] = [];
      let next = '';
      for (let page = 0; page < 50; page++) {
        const query = `versions&max-keys=${size}${delimiter === '' ? '' : '&delimiter=/'}${next}`;
        const { text, document } = await ask({ query });
        found.push(
          ...[...text.matchAll(/<Key>(.*?)<\/Key><VersionId>(.*?)<|<CommonPrefixes><Prefix>(.*?)</g)].map(match =>
            match.slice(1).join(' ').trim(),
          ),
        );
        const tree = (document.ListVersionsResult ?? {}) as Tree;
        if (textOf(tree, 'IsTruncated') === 'false') return found.sort();
        const versionId = textOf(tree, 'NextVersionIdMarker');
        next = `&${queryOf({
          'key-marker': textOf(tree, 'NextKeyMarker') ?? '',
          ...(versionId === undefined ? {} : { 'version-id-marker': versionId }),
        })}`;
      }
      throw new Error('a list that never ends');
    };
    const expected =
      delimiter === ''
        ? ['a null', `a ${id(1)}`, `a ${id(2)}`, `b/x ${id(3)}`, `b/y ${id(4)}`, `c ${id(5)}`]
        : ['a null', `a ${id(1)}`, `a ${id(2)}`, 'b/', `c ${id(5)}`];
    for (const size of sizes) expect(await walk(size)).toEqual([...expected].sort());
  });

  it('goes on behind a name, or behind a version of it', async () => {
    const { ask } = await setUp();
    const behind = async (query: string) => told(result(await ask({ query: `versions&${query}` })));
    const rest = [
      ['Version', 'b/x', '3', 'true'],
      ['Version', 'b/y', '4', 'true'],
      ['Version', 'c', '5', 'true'],
    ];
    expect(await behind('key-marker=a')).toEqual(rest);
    expect(await behind(`key-marker=a&version-id-marker=${id(2)}`)).toEqual([
      ['Version', 'a', '1', 'false'],
      ['Version', 'a', 'n', 'false'],
      ...rest,
    ]);
    expect(await behind('key-marker=a&version-id-marker=null')).toEqual(rest);
  });

  it('loses no version when those of the last page were deleted meanwhile', async () => {
    const { ask, parts } = await setUp();
    parts.objects.remove('the-bucket', 'a', id(2));
    const tree = result(await ask({ query: `versions&key-marker=a&version-id-marker=${id(2)}` }));
    expect(told(tree).slice(0, 2)).toEqual([
      ['Version', 'a', '1', 'true'],
      ['Version', 'a', 'n', 'false'],
    ]);
  });

  it.each([
    ['version-id-marker=null', 'A version-id marker cannot be specified without a key marker.'],
    ['key-marker=a&version-id-marker=', 'A version-id marker cannot be empty.'],
    ['key-marker=a&version-id-marker=x', 'Invalid version id specified'],
    [`key-marker=a&version-id-marker=${'x'.repeat(33)}`, 'Invalid version id specified'],
  ])('refuses %s', async (query, message) => {
    const { ask } = await setUp();
    const { status, error } = await ask({ query: `versions&${query}` });
    expect([status, error.Code, error.Message, error.ArgumentName]).toEqual([
      400,
      'InvalidArgument',
      message,
      'version-id-marker',
    ]);
  });
});
