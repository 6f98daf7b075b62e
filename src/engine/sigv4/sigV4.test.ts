import { describe, expect, it } from 'vitest';
import { EMPTY_BODY, findHeader, type HttpRequest, textBody } from '../http/message.ts';
import { checkSignature, signRequest } from './sigV4.ts';

// The worked examples of the Amazon S3 API reference, "Signature Calculations for the Authorization Header".
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const scope = { region: 'us-east-1', service: 's3' } as const;
const then = Date.UTC(2013, 4, 24);
const getObject: HttpRequest = {
  method: 'GET',
  path: '/test.txt',
  query: '',
  headers: [
    ['host', 'examplebucket.s3.amazonaws.com'],
    ['range', 'bytes=0-9'],
    ['x-amz-content-sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ],
  body: EMPTY_BODY,
};

describe('SigV4', () => {
  it('gives the signature that AWS publishes for its GET example', async () => {
    const signed = await signRequest(getObject, credentials, scope, then);
    expect(findHeader(signed, 'authorization')).toContain(
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('gives the signature that AWS publishes for a sub-resource (GET ?lifecycle)', async () => {
    const lifecycle = {
      ...getObject,
      path: '/',
      query: 'lifecycle',
      headers: getObject.headers.filter(([name]) => name !== 'range'),
    };
    const signed = await signRequest(lifecycle, credentials, scope, then);
    expect(findHeader(signed, 'authorization')).toContain(
      'Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    );
  });

  it('accepts what it signed and refuses a changed header, another secret and a request without signature', async () => {
    const signed = await signRequest({ ...getObject, body: textBody('x') }, credentials, scope, then);
    const check = (request: HttpRequest, secret = credentials.secretAccessKey) =>
      checkSignature(request, scope, id => (id === credentials.accessKeyId ? secret : undefined));
    expect(await check(signed)).toMatchObject({ kind: 'checked', isValid: true });
    expect(await check(signed, 'another')).toMatchObject({ kind: 'checked', isValid: false });
    const changed = signed.headers.map(([name, value]) => [name, name === 'range' ? 'bytes=0-99' : value] as const);
    expect(await check({ ...signed, headers: changed })).toMatchObject({ isValid: false });
    expect(await check(getObject)).toEqual({ kind: 'anonymous' });
  });
});
