import { describe, expect, it } from 'vitest';
import { type Header, type HttpRequest, textBody } from '../http/message.ts';
import { readPayload } from '../http/payload.ts';
import { type CheckScope, checkSignature, presign, signatureMismatch, signRequest } from './sigV4.ts';

type Service = CheckScope['service'];
const NOW = Date.UTC(2026, 10, 21, 10);
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const region = 'eu-central-1';
const request: HttpRequest = {
  method: 'PUT',
  path: '/bucket/object',
  query: '',
  headers: [
    ['host', 'localhost:4566'],
    ['x-amz-content-sha256', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'],
  ],
  body: textBody('x'),
};

const check = (asked: HttpRequest, service: Service) => {
  const payload = readPayload(asked);
  if ('refusal' in payload) throw new Error(payload.refusal.code);
  const findSecret = (id: string) => (id === credentials.accessKeyId ? credentials : undefined);
  return checkSignature(asked, payload, { region, service, now: NOW, findSecret });
};

/** How a request differs from a good one. */
interface Change {
  readonly region?: string;
  readonly service?: Service;
  readonly at?: number;
  readonly expires?: number;
  /** Of the header `authorization`, or of the query when presigned. */
  readonly edit?: (text: string) => string;
  readonly added?: readonly Header[];
  readonly query?: string;
  readonly without?: string;
}
type Answer = readonly [status: number, code: string, message: string, extra?: Record<string, string>];

async function byHeader(asked: Service, change: Change) {
  const signed = await signRequest(
    request,
    credentials,
    { region: change.region ?? region, service: change.service ?? asked },
    change.at ?? NOW,
  );
  const headers = signed.headers
    .filter(([name]) => name !== change.without)
    .map(([name, value]) => [name, name === 'authorization' ? (change.edit ?? String)(value) : value] as const);
  return check({ ...signed, query: change.query ?? '', headers: [...headers, ...(change.added ?? [])] }, asked);
}

async function byQuery(asked: Service, change: Change) {
  const presigned = await presign(
    { ...request, headers: [['host', 'localhost:4566']] },
    credentials,
    { region: change.region ?? region, service: change.service ?? asked },
    change.at ?? NOW,
    change.expires ?? 60,
  );
  return check(
    {
      ...presigned,
      query: (change.edit ?? String)(presigned.query),
      headers: [...presigned.headers, ...(change.added ?? [])],
    },
    asked,
  );
}

const shown = ([status, code, message, extra]: Answer) => ({
  kind: 'refused',
  isOldSignature: false,
  refusal: { status, code, message, ...(extra ? { extra } : {}) },
});
const MALFORMED = 'AuthorizationHeaderMalformed';
const PREFIX = 'The authorization header is malformed;';

describe('S3 refuses in a header', () => {
  it.each<[string, Change, Answer]>([
    [
      'another Region',
      { region: 'us-east-1' },
      [400, MALFORMED, `${PREFIX} the region 'us-east-1' is wrong; expecting '${region}'`, { Region: region }],
    ],
    [
      'another service',
      { service: 'kms' },
      [400, MALFORMED, `${PREFIX} incorrect service "kms". This endpoint belongs to "s3".`],
    ],
    [
      'another terminator',
      { edit: text => text.replace('aws4_request', 'aws5') },
      [400, MALFORMED, `${PREFIX} incorrect terminal "aws5". This endpoint uses "aws4_request".`],
    ],
    [
      'a broken credential',
      { edit: text => text.replace('/aws4_request', '') },
      [
        400,
        MALFORMED,
        `${PREFIX} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`,
      ],
    ],
    [
      'another day',
      { edit: text => text.replace('20261121', '20261120') },
      [
        400,
        MALFORMED,
        `${PREFIX} Invalid credential date "20261120". This date is not the same as X-Amz-Date: "20261121".`,
      ],
    ],
    [
      'a missing part',
      { edit: text => text.replace(/, Signature=.*/, '') },
      [
        400,
        MALFORMED,
        `${PREFIX} the authorization header requires three components: Credential, SignedHeaders, and Signature.`,
      ],
    ],
    [
      'another scheme',
      { edit: () => 'Bearer abc' },
      [
        400,
        'InvalidArgument',
        'Unsupported Authorization Type',
        { ArgumentName: 'Authorization', ArgumentValue: 'Bearer abc' },
      ],
    ],
    [
      'a clock more than 15 minutes ahead',
      { at: NOW + 901_000 },
      [
        403,
        'RequestTimeTooSkewed',
        'The difference between the request time and the current time is too large.',
        {
          RequestTime: '20261121T101501Z',
          ServerTime: '2026-11-21T10:00:00Z',
          MaxAllowedSkewMilliseconds: '900000',
        },
      ],
    ],
    [
      'no time',
      { without: 'x-amz-date' },
      [403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header'],
    ],
    [
      'no payload hash',
      { without: 'x-amz-content-sha256' },
      [400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256'],
    ],
    [
      'a header that was added on the way',
      { added: [['x-amz-acl', 'public-read']] },
      [
        403,
        'AccessDenied',
        'There were headers present in the request which were not signed',
        { HeadersNotSigned: 'x-amz-acl' },
      ],
    ],
    [
      'an unsigned host',
      { edit: text => text.replace('SignedHeaders=host;', 'SignedHeaders=') },
      [
        403,
        'AccessDenied',
        'There were headers present in the request which were not signed',
        { HeadersNotSigned: 'host' },
      ],
    ],
  ])('%s', async (_name, change, answer) => {
    expect(await byHeader('s3', change)).toEqual(shown(answer));
  });

  it.each(['?', 'X-Amz-Algorithm=AWS4-HMAC-SHA256', 'AWSAccessKeyId=a&Signature=b&Expires=1'])(
    'a second mechanism in the query "%s", and only then',
    async query => {
      const found = await byHeader('s3', { query });
      if (query === '?') expect(found).toMatchObject({ kind: 'checked' });
      else
        expect(found).toMatchObject({
          refusal: { status: 400, code: 'InvalidArgument', extra: { ArgumentName: 'Authorization' } },
        });
    },
  );

  it('version 2 of the signature, and tells it apart (F-ERR-034)', async () => {
    const old = { ...request, headers: [['authorization', 'AWS AKIDEXAMPLE:c2lnbmF0dXJl'] as const] };
    expect(await check(old, 's3')).toMatchObject({ isOldSignature: true, refusal: { code: 'InvalidArgument' } });
    const inQuery = { ...request, query: 'AWSAccessKeyId=AKIDEXAMPLE&Expires=1&Signature=x' };
    expect(await check(inQuery, 's3')).toMatchObject({ isOldSignature: true });
  });

  it.each(['', 'x', 'UNSIGNED', 'A'.repeat(64)])('"%s" as a payload hash', async hash => {
    const headers = [request.headers[0] ?? ['host', ''], ['x-amz-content-sha256', hash]] as const;
    const signed = await signRequest({ ...request, headers }, credentials, { region, service: 's3' }, NOW);
    expect(await check(signed, 's3')).toMatchObject({
      refusal: { code: 'InvalidArgument', extra: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: hash } },
    });
  });
});

describe('S3 refuses in a query', () => {
  const CODE = 'AuthorizationQueryParametersError';
  it.each<[string, Change, Answer]>([
    [
      'another Region',
      { region: 'us-east-1' },
      [
        400,
        CODE,
        `Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting '${region}'`,
        { Region: region },
      ],
    ],
    [
      'a missing part',
      { edit: text => text.replace(/X-Amz-Expires=60&/, '') },
      [
        400,
        CODE,
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      ],
    ],
    [
      'more than a week',
      { expires: 604_801 },
      [
        400,
        CODE,
        'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      ],
    ],
    ['a negative life', { expires: -1 }, [400, CODE, 'X-Amz-Expires must be non-negative']],
    [
      'a life that is no number',
      { edit: text => text.replace('Expires=60', 'Expires=1e3') },
      [400, CODE, 'X-Amz-Expires should be a number'],
    ],
    [
      'a date in another form',
      { edit: text => text.replace('Date=20261121T100000Z', 'Date=2026-11-21') },
      [400, CODE, `X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`],
    ],
    [
      'another algorithm',
      { edit: text => text.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-MD5') },
      [400, CODE, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"'],
    ],
    [
      'a header that was added on the way (F-PRE-002)',
      { added: [['x-amz-server-side-encryption', 'AES256']] },
      [
        403,
        'AccessDenied',
        'There were headers present in the request which were not signed',
        { HeadersNotSigned: 'x-amz-server-side-encryption' },
      ],
    ],
  ])('%s', async (_name, change, answer) => {
    expect(await byQuery('s3', change)).toEqual(shown(answer));
  });
});

describe('KMS and STS refuse', () => {
  it.each<[string, Change, Answer, Answer]>([
    [
      'another Region',
      { region: 'us-east-1' },
      [400, 'InvalidSignatureException', 'Credential should be scoped to a valid region. '],
      [403, 'SignatureDoesNotMatch', 'Credential should be scoped to a valid region. '],
    ],
    [
      'a missing part',
      { edit: text => text.replace(/, Signature=.*/, '') },
      [400, 'IncompleteSignatureException', "Authorization header requires 'Signature' parameter."],
      [400, 'IncompleteSignature', "Authorization header requires 'Signature' parameter."],
    ],
    [
      'a clock that is late',
      { at: NOW - 600_000 },
      [
        400,
        'InvalidSignatureException',
        'Signature expired: 20261121T095000Z is now earlier than 20261121T095500Z (20261121T100000Z - 5 min.)',
      ],
      [
        403,
        'SignatureDoesNotMatch',
        'Signature expired: 20261121T095000Z is now earlier than 20261121T095500Z (20261121T100000Z - 5 min.)',
      ],
    ],
    [
      'a clock that is early',
      { at: NOW + 600_000 },
      [
        400,
        'InvalidSignatureException',
        'Signature not yet current: 20261121T101000Z is still later than 20261121T100500Z (20261121T100000Z + 5 min.)',
      ],
      [
        403,
        'SignatureDoesNotMatch',
        'Signature not yet current: 20261121T101000Z is still later than 20261121T100500Z (20261121T100000Z + 5 min.)',
      ],
    ],
  ])('%s', async (_name, change, kms, sts) => {
    expect(await byHeader('kms', change)).toEqual(shown(kms));
    expect(await byHeader('sts', change)).toEqual(shown(sts));
  });

  it('a body that is not the signed one, since they hash what came', async () => {
    const signed = await signRequest(request, credentials, { region, service: 'kms' }, NOW);
    expect(await check(signed, 'kms')).toMatchObject({ isValid: true });
    expect(await check({ ...signed, body: textBody('y') }, 'kms')).toMatchObject({ isValid: false });
  });

  it('nothing of what they are asked with a good signature in the query', async () => {
    expect(await byQuery('sts', {})).toMatchObject({ isValid: true });
    expect(await byQuery('sts', { edit: text => text.replace('Signature=', 'Signature=0') })).toMatchObject({
      isValid: false,
    });
  });
});

describe('the answer to a wrong signature', () => {
  it('shows in S3 what should have been signed, byte for byte', async () => {
    const found = await byHeader('s3', { edit: text => `${text.slice(0, -1)}!` });
    if (found.kind !== 'checked') throw new Error(found.kind);
    const { extra, ...rest } = signatureMismatch(found, 's3');
    expect(rest).toEqual({
      status: 403,
      code: 'SignatureDoesNotMatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    });
    expect(Object.keys(extra ?? {})).toEqual([
      'AWSAccessKeyId',
      'StringToSign',
      'SignatureProvided',
      'StringToSignBytes',
      'CanonicalRequest',
      'CanonicalRequestBytes',
    ]);
    expect(extra?.StringToSignBytes?.startsWith('41 57 53 34 2d ')).toBe(true);
    expect(extra?.SignatureProvided?.endsWith('!')).toBe(true);
    expect(extra?.CanonicalRequest).toContain('\nhost:localhost:4566\n');
  });

  it('is short elsewhere', async () => {
    const found = await byHeader('kms', { edit: text => `${text.slice(0, -1)}!` });
    if (found.kind !== 'checked') throw new Error(found.kind);
    expect(signatureMismatch(found, 'kms')).toMatchObject({ status: 400, code: 'InvalidSignatureException' });
  });
});
