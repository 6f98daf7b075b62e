import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSegment, formatObjectPath, parseAddress, parseObjectPath } from './address.ts';
import { EMPTY_BODY } from './message.ts';

const names = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom('👩‍🔬', 'a/b', '/', '//', 'a/', '.', '..', '../x', '%', '%2f', '?', '#', '\u0000', '+', ' '),
);

describe('an object’s address', () => {
  it('leads back to bucket and object, whatever the name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{3,20}$/), names, (bucketName, objectName) => {
        expect(parseObjectPath(formatObjectPath(bucketName, objectName))).toEqual({ bucketName, objectName });
        expect(parseObjectPath(formatObjectPath(bucketName))).toEqual({ bucketName, objectName: undefined });
      }),
    );
  });

  it('has only unreserved characters, percent signs and the name’s own slashes in it', () => {
    fc.assert(
      fc.property(names, objectName => {
        const path = formatObjectPath('bucket', objectName);
        expect(path).toMatch(/^\/bucket\/(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})*$/);
        expect(path.split('/').length).toBe(objectName.split('/').length + 2);
      }),
    );
  });

  it('escapes what SigV4 wants escaped and encodeURIComponent leaves', () => {
    expect(encodeSegment("!'()*-._~")).toBe('%21%27%28%29%2A-._~');
  });

  it('can be written for a name that has no UTF-8', () => {
    expect(encodeSegment('a\ud83d')).toBe('a%EF%BF%BD');
  });

  it.each(['', '/', 'bucket/x', '//x', '/bucket/%', '/bucket/%e0%a4', '/%zz'])('is malformed as "%s"', path => {
    expect(parseObjectPath(path)).toBeUndefined();
  });

  it('of a bucket may end with a slash', () => {
    expect(parseObjectPath('/bucket/')).toEqual({ bucketName: 'bucket', objectName: undefined });
  });
});

describe('a request’s address', () => {
  const hosts = ['localhost', 's3.localhost'];
  const find = (host: string | undefined, path: string) =>
    parseAddress(
      { method: 'GET', path, query: '', headers: host === undefined ? [] : [['Host', host]], body: EMPTY_BODY },
      hosts,
    );

  it.each([
    ['localhost:4566', '/', undefined, undefined, 'path'],
    ['localhost:4566', '/bucket', 'bucket', undefined, 'path'],
    ['localhost', '/bucket/', 'bucket', undefined, 'path'],
    ['localhost', '/bucket//', 'bucket', '/', 'path'],
    ['localhost', '/bucket/a//b/', 'bucket', 'a//b/', 'path'],
    ['localhost', '/bucket/a/../%2E%2e/c', 'bucket', 'a/../../c', 'path'],
    ['localhost', '/bucket/a+b%2Bc%20', 'bucket', 'a b+c ', 'path'],
    ['localhost', '/bucket/%C3%BC', 'bucket', 'ü', 'path'],
    ['bucket.localhost:4566', '/', 'bucket', undefined, 'virtual-host'],
    ['my.bucket.localhost', '/a/b', 'my.bucket', 'a/b', 'virtual-host'],
    ['Bucket.LOCALHOST.', '//x', 'bucket', '/x', 'virtual-host'],
    ['s3.localhost', '/bucket/x', 'bucket', 'x', 'path'],
    ['bucket.s3.localhost', '/x', 'bucket', 'x', 'virtual-host'],
    ['bucket.s3.eu-central-1.amazonaws.com', '/x', 'bucket', 'x', 'virtual-host'],
    ['my.bucket.s3.amazonaws.com', '/x', 'my.bucket', 'x', 'virtual-host'],
    ['bucket.s3.dualstack.eu-central-1.amazonaws.com', '/x', 'bucket', 'x', 'virtual-host'],
    ['bucket.s3-us-west-2.amazonaws.com', '/x', 'bucket', 'x', 'virtual-host'],
    ['s3.eu-central-1.amazonaws.com', '/bucket/x', 'bucket', 'x', 'path'],
    ['s3.amazonaws.com', '/bucket/x', 'bucket', 'x', 'path'],
    ['127.0.0.1:4566', '/bucket/x', 'bucket', 'x', 'path'],
    ['[::1]:4566', '/bucket/x', 'bucket', 'x', 'path'],
    ['example.com', '/bucket/x', 'bucket', 'x', 'path'],
    [undefined, '/bucket/x', 'bucket', 'x', 'path'],
    ['.localhost', '/bucket/x', 'bucket', 'x', 'path'],
  ])('at %s with path %s is bucket %s, object %s, by %s', (host, path, bucketName, objectName, style) => {
    expect(find(host, path)).toEqual({ bucketName, objectName, style });
  });

  it.each([
    ['localhost', '/bucket/%E0%A4'],
    ['localhost', '/%/x'],
    ['localhost', '//x'],
    ['localhost', ''],
    ['localhost', 'http://localhost/x'],
    ['localhost', '*'],
    ['bucket.localhost', '/%zz'],
  ])('at %s with path %s is malformed', (host, path) => {
    expect(find(host, path)).toBeUndefined();
  });

  it('of random text never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (host, path) => {
        expect(find(`${host}.localhost`, `/${path}`)?.objectName).not.toBe('');
      }),
    );
  });
});
