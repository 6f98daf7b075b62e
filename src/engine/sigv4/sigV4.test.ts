import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_BODY, findHeader, type HttpRequest, textBody } from '../http/message.ts';
import { readPayload } from '../http/payload.ts';
import {
  type CheckScope,
  canonicalRequest,
  checkFormSignature,
  checkSignature,
  presign,
  signForm,
  signRequest,
} from './sigV4.ts';

// The worked examples of the Amazon S3 API reference, "Signature Calculations for the Authorization Header", "… Using query
// parameters" and "Browser-Based Upload using HTTP POST".
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const scope = { region: 'us-east-1', service: 's3' } as const;
const then = Date.UTC(2013, 4, 24);
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const getObject: HttpRequest = {
  method: 'GET',
  path: '/test.txt',
  query: '',
  headers: [
    ['host', 'examplebucket.s3.amazonaws.com'],
    ['range', 'bytes=0-9'],
    ['x-amz-content-sha256', EMPTY_HASH],
  ],
  body: EMPTY_BODY,
};
const known: CheckScope = {
  ...scope,
  now: then,
  findSecret: id => (id === credentials.accessKeyId ? credentials : undefined),
};
const check = (request: HttpRequest, changed: Partial<CheckScope> = {}) => {
  const payload = readPayload(request);
  if ('refusal' in payload) throw new Error(payload.refusal.code);
  return checkSignature(request, payload, { ...known, ...changed });
};
const signatureIn = (request: HttpRequest) =>
  /Signature=([0-9a-f]{64})$/.exec(`${findHeader(request, 'authorization')}`)?.[1];
const without = (name: string) => getObject.headers.filter(([header]) => header !== name);

describe('SigV4', () => {
  it.each([
    ['GET of an object', {}, 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'],
    [
      'GET ?lifecycle',
      { path: '/', query: 'lifecycle', headers: without('range') },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'GET ?max-keys=2&prefix=J',
      { path: '/', query: 'max-keys=2&prefix=J', headers: without('range') },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('gives the signature that AWS publishes for its example %s', async (_name, changed, signature) => {
    expect(signatureIn(await signRequest({ ...getObject, ...changed }, credentials, scope, then))).toBe(signature);
  });

  it('accepts the PUT example of AWS, with its $ in the name and a signed Date', async () => {
    const request: HttpRequest = {
      method: 'PUT',
      path: '/test$file.text',
      query: '',
      headers: [
        ['Host', 'examplebucket.s3.amazonaws.com'],
        ['Date', 'Fri, 24 May 2013 00:00:00 GMT'],
        [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
        ],
        ['x-amz-date', '20130524T000000Z'],
        ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
        ['x-amz-content-sha256', '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072'],
      ],
      body: textBody('Welcome to Amazon S3.'),
    };
    expect(await check(request)).toMatchObject({ isValid: true, by: 'header', isSigV4: true });
  });

  it('presigns as AWS does in its example, and accepts it until it expires', async () => {
    const plain = { ...getObject, headers: [['host', 'examplebucket.s3.amazonaws.com'] as const] };
    const presigned = await presign(plain, credentials, scope, then, 86400);
    expect(presigned.query).toContain(
      '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
    const later = (seconds: number) => check(presigned, { now: then + seconds * 1000 });
    expect(await later(86400)).toMatchObject({ isValid: true, by: 'query', payloadHash: 'UNSIGNED-PAYLOAD' });
    expect(await later(86401)).toMatchObject({
      refusal: {
        status: 403,
        code: 'AccessDenied',
        message: 'Request has expired',
        extra: { 'X-Amz-Expires': '86400', Expires: '2013-05-25T00:00:00Z', ServerTime: '2013-05-25T00:00:01Z' },
      },
    });
    expect(await later(-901)).toMatchObject({ kind: 'refused', refusal: { code: 'AccessDenied' } });
    expect(await check({ ...presigned, path: '/other.txt' })).toMatchObject({ isValid: false });
  });

  it('signs a browser form as AWS does in its example, and accepts it', async () => {
    const policy = [
      '{ "expiration": "2015-12-30T12:00:00.000Z",',
      '  "conditions": [',
      '    {"bucket": "sigv4examplebucket"},',
      '    ["starts-with", "$key", "user/user1/"],',
      '    {"acl": "public-read"},',
      '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
      '    ["starts-with", "$Content-Type", "image/"],',
      '    {"x-amz-meta-uuid": "14365123651274"},',
      '    {"x-amz-server-side-encryption": "AES256"},',
      '    ["starts-with", "$x-amz-meta-tag", ""],',
      '',
      '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
      '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
      '    {"x-amz-date": "20151229T000000Z" }',
      '  ]',
      '}',
    ].join('\r\n');
    const fields = new Map(await signForm(btoa(policy), credentials, scope, Date.UTC(2015, 11, 29)));
    expect(fields.get('x-amz-signature')).toBe('8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e');
    expect(await checkFormSignature(fields, known)).toMatchObject({ isValid: true, by: 'form' });
    expect(await checkFormSignature(new Map([...fields, ['policy', btoa('{}')]]), known)).toMatchObject({
      isValid: false,
    });
    expect(await checkFormSignature(new Map([['acl', 'private']]), known)).toEqual({ kind: 'anonymous' });
    fields.delete('x-amz-date');
    expect(await checkFormSignature(fields, known)).toMatchObject({
      refusal: { code: 'InvalidArgument', extra: { ArgumentName: 'X-Amz-Date', ArgumentValue: '' } },
    });
  });

  it('accepts what it signed and refuses a changed header, another secret and a request without signature', async () => {
    const signed = await signRequest({ ...getObject, body: textBody('x') }, credentials, scope, then);
    expect(await check(signed)).toMatchObject({ kind: 'checked', isValid: true });
    expect(await check(signed, { findSecret: () => ({ secretAccessKey: 'another' }) })).toMatchObject({
      isValid: false,
    });
    const changed = signed.headers.map(([name, value]) => [name, name === 'range' ? 'bytes=0-99' : value] as const);
    expect(await check({ ...signed, headers: changed })).toMatchObject({ isValid: false });
    expect(await check(signed, { findSecret: () => undefined })).toEqual({
      kind: 'unknown-access-key',
      accessKeyId: credentials.accessKeyId,
    });
    expect(await check(getObject)).toEqual({ kind: 'anonymous' });
  });

  it('knows a session by its token only', async () => {
    const session = { ...credentials, sessionToken: 'token of the session' };
    const findSecret = () => session;
    const signed = await signRequest(getObject, session, scope, then);
    expect(await check(signed, { findSecret })).toMatchObject({ isValid: true });
    const presigned = await presign(getObject, session, scope, then, 60);
    expect(await check(presigned, { findSecret })).toMatchObject({ isValid: true });
    const tokenless = await signRequest(getObject, credentials, scope, then);
    expect(await check(tokenless, { findSecret })).toMatchObject({ kind: 'unknown-access-key' });
    const other = await signRequest(getObject, { ...session, sessionToken: 'x' }, scope, then);
    expect(await check(other, { findSecret })).toMatchObject({
      refusal: { status: 400, code: 'InvalidToken', extra: { 'Token-0': 'x' } },
    });
    expect(await check(signed)).toMatchObject({ refusal: { code: 'InvalidToken' } });
  });
});

describe('the canonical request', () => {
  const linesOf = (changed: Partial<HttpRequest>, service: 's3' | 'kms' = 's3', names: string[] = []) =>
    canonicalRequest({ ...getObject, ...changed }, names, 'hash', service).split('\n');

  it.each([
    ['/a//b/../c', '/a//b/../c', '/a/c'],
    ['/%7e/%2F', '/~/%2F', '/%257e/%252F'],
    ['/a b(c)', '/a%20b%28c%29', '/a%20b%28c%29'],
    ['/a+b', '/a%20b', '/a%2Bb'],
    ['/%zz', '/%zz', '/%25zz'],
    ['', '/', '/'],
    ['/', '/', '/'],
    ['/a/.', '/a/.', '/a'],
  ])('has path %s as %s in S3 and as %s elsewhere', (path, inS3, elsewhere) => {
    expect([linesOf({ path })[1], linesOf({ path }, 'kms')[1]]).toEqual([inS3, elsewhere]);
  });

  it.each([
    ['b=2&a=1', 'a=1&b=2'],
    ['a=1&a-b=2', 'a=1&a-b=2'],
    ['a=2&a=1&a', 'a=&a=1&a=2'],
    ['x=a+b&y=%2B', 'x=a%20b&y=%2B'],
    ['x=a/b:c~', 'x=a%2Fb%3Ac~'],
    ['B=1&a=1', 'B=1&a=1'],
    ['X-Amz-Signature=0&a', 'a='],
    ['%E0%A4=1&&', '%E0%A4=1'],
  ])('has query %s as %s', (query, expected) => {
    expect(linesOf({ query })[2]).toBe(expected);
  });

  it('joins headers of one name with commas, trims and collapses, and leaves an absent one empty', () => {
    const headers = [
      ['X-A', '  one   two\t three '],
      ['x-a', 'four'],
      ['__proto__', 'p'],
    ] as const;
    expect(linesOf({ headers }, 's3', ['__proto__', 'constructor', 'x-a']).slice(3, 6)).toEqual([
      '__proto__:p',
      'constructor:',
      'x-a:one two three,four',
    ]);
  });
});

describe('a hostile signature', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 Credential=,,=',
      'AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=x',
      `AWS4-HMAC-SHA256 ${'Credential=a,'.repeat(20_000)}`,
      'AWS __proto__:x',
    ),
  );
  it('is refused or wrong, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        hostile,
        fc.constantFrom('s3', 'kms', 'sts'),
        async (authorization, date, query, service) => {
          const request: HttpRequest = {
            ...getObject,
            query,
            headers: [
              ['authorization', authorization],
              ['x-amz-date', date],
              ['date', 'Fri, 24 May 2013 00:00:00 GMT'],
            ],
          };
          const found = await check(request, { service });
          expect(found.kind === 'checked' && found.isValid).toBe(false);
          const inQuery = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${query}&X-Amz-Expires=${date}&X-Amz-Date=${authorization}&X-Amz-Signature=1&X-Amz-SignedHeaders=host`;
          const presigned = await check({ ...request, headers: [], query: inQuery }, { service });
          expect(presigned.kind === 'checked' && presigned.isValid).toBe(false);
        },
      ),
    );
  });
});
