import { describe, expect, it } from 'vitest';
import { multipartEtag } from './etag.ts';

describe('F-ETG-005: the ETag of an object made of parts', () => {
  it.each([
    ['one KMS part', ['1a9f0234d9c670a8c2f8b1ceda267641'], '93a0cb8ec20934211e19adabef9a6407-1'],
    [
      'three SSE-C parts',
      ['cf96b8ba9d9e9e6349399eb3fc08a3f7', 'baa1d9ab47364489d4954efe66a37864', '6e7021813aee13e435eeaff924b9160c'],
      '2d296eb6540ecd21430c385336c5dc9c-3',
    ],
  ])('is the MD5 of the parts’ ETags as bytes, and their number, as AWS answered for %s', (_name, etags, expected) => {
    expect(multipartEtag(etags)).toBe(expected);
  });
});
