import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSegment, formatObjectPath, parseObjectPath } from './address.ts';

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
