import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  createS3Harness,
  customerKeyHeaders,
  encryptionXml,
  type S3Harness,
  SSE,
  UNBLOCK_RULE,
} from '../../../testing/s3Harness.ts';
import { toBase64 } from '../../bytes/text.ts';
import { md5 } from '../../crypto/md5.ts';
import { signForm } from '../../sigv4/sigV4.ts';
import { REGION } from '../../world.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
const BOUNDARY = 'a-boundary-nobody-uses';
type Fields = Record<string, string>;
type Conditions = readonly (readonly unknown[] | Record<string, unknown>)[];

interface Upload {
  readonly fields?: Fields;
  readonly conditions?: Conditions;
  readonly expiration?: string;
  /** Instead of what the conditions make. */
  readonly policy?: string;
  readonly file?: string;
  readonly fileName?: string;
  readonly isSigned?: boolean;
  readonly isSecure?: boolean;
  /** Replaces fields after signing. */
  readonly afterSigning?: Fields;
}

function formBody(fields: Fields, file: string | undefined, fileName: string): Uint8Array {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const last =
    file === undefined
      ? ''
      : `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/html\r\n\r\n${file}\r\n`;
  return new TextEncoder().encode(`${parts.join('')}${last}--${BOUNDARY}--\r\n`);
}

let s3: S3Harness;
beforeEach(async () => {
  s3 = await createS3Harness('sse-kms-cmk');
});

async function post(upload: Upload): Promise<Answer> {
  const { fields = {}, conditions = [], file = 'content', fileName = 'a.txt', isSigned = true } = upload;
  const named: Fields = { key: 'posted', ...fields };
  const own = Object.entries(named).map(([name, value]) => ({ [name]: value }));
  const list = upload.conditions === undefined ? [{ bucket: s3.bucketName }, ...own] : conditions;
  const date = '20261121T100000Z';
  const { accessKeyId } = s3.world.customers.owner.credentials;
  const proof: Fields = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/20261121/${REGION}/s3/aws4_request`,
    'x-amz-date': date,
  };
  const { expiration = '2026-11-21T11:00:00.000Z' } = upload;
  const text = JSON.stringify({
    expiration,
    conditions: [...list, ...Object.entries(proof).map(([n, v]) => ({ [n]: v }))],
  });
  const policy = upload.policy ?? toBase64(new TextEncoder().encode(text));
  const signed = isSigned ? await sign(policy, proof) : {};
  const body = formBody({ ...named, ...signed, ...upload.afterSigning }, file, fileName);
  return s3.ask({
    method: 'POST',
    path: `/${s3.bucketName}`,
    headers: [['content-type', `multipart/form-data; boundary=${BOUNDARY}`]],
    as: 'anonymous',
    isSecure: upload.isSecure ?? true,
    body,
  });
}

async function sign(policy: string, proof: Fields): Promise<Fields> {
  const made = await signForm(policy, s3.world.customers.owner.credentials, { region: REGION, service: 's3' }, NOW);
  return { ...proof, ...Object.fromEntries(made), policy };
}

const told = ({ status, error }: Answer) => [status, error.Code, error.Message];
const against = (problem: string) => [403, 'AccessDenied', `Invalid according to Policy: ${problem}`];

describe('a browser form', () => {
  it('stores the file and answers 204', async () => {
    const answer = await post({ fields: { 'Content-Type': 'text/plain', 'x-amz-meta-colour': 'blue' } });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.header('location')).toBe(`https://s3.${REGION}.amazonaws.com/${s3.bucketName}/posted`);
    expect(answer.header('x-amz-checksum-crc64nvme')).toBeDefined();
    expect(answer.header(SSE)).toBe('AES256');
    const got = await s3.get('posted');
    expect([got.text, got.header('content-type'), got.header('x-amz-meta-colour'), got.header('etag')]).toEqual([
      'content',
      'text/plain',
      'blue',
      answer.header('etag'),
    ]);
    expect(s3.world.rooms['s3.memory'].ids()).toEqual([]);
  });

  it('puts the file’s name into the object’s', async () => {
    const key = ['dir/$', '{filename}'].join('');
    const conditions = [['starts-with', '$key', 'dir/'], { bucket: s3.bucketName }];
    await post({ fields: { key }, conditions, fileName: 'b ü.txt' });
    expect(s3.world.objects.names(s3.bucketName)).toEqual(['dir/b ü.txt']);
    expect((await s3.get('dir/b ü.txt')).header('content-type')).toBe('binary/octet-stream');
  });

  it('answers 201 with a document, 200 with nothing, 303 with the way to go on', async () => {
    const created = await post({ fields: { key: 'a/b', success_action_status: '201' } });
    const location = `https://s3.${REGION}.amazonaws.com/${s3.bucketName}/a%2Fb`;
    expect([created.status, created.header('location')]).toEqual([201, location]);
    const etag = created.header('etag')?.slice(1, -1);
    expect(created.text).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${location}</Location><Bucket>${s3.bucketName}</Bucket><Key>a/b</Key><ETag>&quot;${etag}&quot;</ETag></PostResponse>`,
    );
    const ok = await post({ fields: { success_action_status: '200' } });
    expect([ok.status, ok.text]).toEqual([200, '']);
    const led = await post({ fields: { key: 'a b', success_action_redirect: 'https://example.com/done?x=1' } });
    expect([led.status, led.text]).toEqual([303, '']);
    expect(led.header('location')).toBe(
      `https://example.com/done?x=1&bucket=${s3.bucketName}&key=a%20b&etag=%22${etag}%22`,
    );
    expect((await post({ fields: { success_action_redirect: '/relative' } })).status).toBe(204);
  });

  describe('F-HDR-015, F-HDR-029: carries the encryption in its fields', () => {
    it('SSE-KMS', async () => {
      const arn = s3.world.names.kmsKeyArn;
      const fields = { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: arn, [`${SSE}-bucket-key-enabled`]: 'true' };
      const answer = await post({ fields });
      expect([
        answer.header(SSE),
        answer.header(`${SSE}-aws-kms-key-id`),
        answer.header(`${SSE}-bucket-key-enabled`),
      ]).toEqual(['aws:kms', arn, 'true']);
      expect((await s3.get('posted')).text).toBe('content');
    });

    it('SSE-C', async () => {
      await s3.configure(encryptionXml(UNBLOCK_RULE));
      const headers = customerKeyHeaders(new Uint8Array(32).fill(9));
      const answer = await post({ fields: Object.fromEntries(headers) });
      expect([answer.status, answer.header(`${SSE}-customer-key-MD5`)]).toEqual([204, headers[2]?.[1]]);
      expect((await s3.get('posted', headers)).text).toBe('content');
      expect((await post({ fields: Object.fromEntries(headers), isSecure: false })).status).toBe(400);
    });

    it('F-PRE-005: but only what the policy allows', async () => {
      const answer = await post({ afterSigning: { [SSE]: 'aws:kms' } });
      expect(told(answer)).toEqual(against(`Extra input fields: ${SSE}`));
    });
  });

  it('cannot smuggle a header in a field', async () => {
    const fields = { 'Content-Type': 'a/b\r\nX-Evil: 1', 'Cache-Control': 'no—cache', 'x-amz-meta-a': 'ä\r\nb' };
    expect((await post({ fields })).status).toBe(204);
    const { header } = await s3.get('posted');
    expect([header('content-type'), header('cache-control')]).toEqual(['a/b  X-Evil: 1', 'no cache']);
    expect(header('x-amz-meta-a')).toMatch(/^=\?UTF-8\?[BQ]\?[!-~]+\?=$/);
    const led = await post({ fields: { success_action_redirect: 'https://example.com/ü—' } });
    expect(led.header('location')).toMatch(/^https:\/\/example\.com\/%C3%BC%E2%80%94\?bucket=/);
  });

  it('takes tags as a document', async () => {
    const tagging = '<Tagging><TagSet><Tag><Key>a &amp; b</Key><Value>c</Value></Tag></TagSet></Tagging>';
    expect((await post({ fields: { tagging: tagging.replace(' &amp; ', '+') } })).status).toBe(204);
    expect(s3.world.objects.find(s3.bucketName, 'posted')?.tags).toEqual({ 'a+b': 'c' });
    expect((await post({ fields: { tagging: 'not-xml' } })).error.Code).toBe('MalformedXML');
    expect((await post({ fields: { tagging: '<Other></Other>' } })).status).toBe(204);
  });
});

describe('who sends a form', () => {
  it('is proved by the signature over the policy as it came', async () => {
    const signature = { 'x-amz-signature': '0'.repeat(64) };
    expect((await post({ afterSigning: signature })).error.Code).toBe('SignatureDoesNotMatch');
    const other = toBase64(new TextEncoder().encode('{"expiration":"2027-01-01T00:00:00Z","conditions":[]}'));
    expect((await post({ afterSigning: { policy: other } })).error.Code).toBe('SignatureDoesNotMatch');
    const unknown = { 'x-amz-credential': `AKIANOBODY/20261121/${REGION}/s3/aws4_request` };
    expect((await post({ afterSigning: unknown })).error.Code).toBe('InvalidAccessKeyId');
  });

  it('may be nobody, where the bucket’s policy lets everybody write', async () => {
    expect(told(await post({ isSigned: false }))).toEqual([403, 'AccessDenied', 'Access Denied']);
    const resource = `arn:aws:s3:::${s3.bucketName}/posted`;
    const open = { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: resource };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [open] });
    const configure = (query: string, method: string, body = '') =>
      s3.ask({
        method,
        path: `/${s3.bucketName}`,
        query,
        body,
        headers: body === '' ? [] : [['content-md5', toBase64(md5(new TextEncoder().encode(body)))]],
      });
    expect((await configure('publicAccessBlock', 'DELETE')).status).toBe(204);
    expect((await configure('policy', 'PUT', policy)).status).toBe(204);
    expect((await post({ isSigned: false })).status).toBe(204);
    expect((await s3.get('posted')).text).toBe('content');
    const kms = await post({ isSigned: false, fields: { [SSE]: 'aws:kms' } });
    expect([kms.status, kms.error.ArgumentName]).toEqual([400, 'Authorization']);
  });
});

describe('the policy of a form', () => {
  const bucket = () => ({ bucket: s3.bucketName });
  const key = ['eq', '$key', 'posted'];

  it('ends', async () => {
    expect(told(await post({ expiration: '2026-11-21T09:59:59Z' }))).toEqual(against('Policy expired.'));
  });

  it('needs every field to be named, but for those that need no name', async () => {
    expect(told(await post({ afterSigning: { extra: '1' } }))).toEqual(against('Extra input fields: extra'));
    expect((await post({ afterSigning: { 'x-ignore-this': '1' } })).status).toBe(204);
  });

  it.each([
    [['eq', '$key', 'other'], 'Policy Condition failed: ["eq", "$key", "other"]'],
    [{ key: 'other' }, 'Policy Condition failed: ["eq", "$key", "other"]'],
    [['starts-with', '$key', 'Post'], 'Policy Condition failed: ["starts-with", "$key", "Post"]'],
    [['eq', 'key', 'posted'], 'Policy Condition failed: ["eq", "key", "posted"]'],
    [['starts-with', '$Content-Type', ''], 'Policy Condition failed: ["starts-with", "$Content-Type", ""]'],
    [{ bucket: 'another' }, 'Policy Condition failed: ["eq", "$bucket", "another"]'],
    [['content-length-range', 'x', '10'], 'Policy Condition failed: ["content-length-range", "x", "10"]'],
  ])('%j does not hold', async (condition, problem) => {
    expect(told(await post({ conditions: [bucket(), key, condition] }))).toEqual(against(problem));
    expect(s3.world.objects.isEmpty(s3.bucketName)).toBe(true);
  });

  it.each([
    [['starts-with', '$key', '']],
    [['starts-with', '$KEY', 'post']],
    [['content-length-range', 7, '7']],
    [{ Key: 'posted' }],
  ])('%j holds', async condition => {
    expect((await post({ conditions: [bucket(), key, condition] })).status).toBe(204);
  });

  it('says how long the file may be', async () => {
    const sized = (min: number, max: number) =>
      post({ conditions: [bucket(), key, ['content-length-range', min, max]] });
    const large = await sized(1, 6);
    expect([...told(large), large.error.ProposedSize, large.error.MaxSizeAllowed]).toEqual([
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
      '7',
      '6',
    ]);
    const small = await sized(8, 9);
    expect([...told(small), small.error.MinSizeAllowed]).toEqual([
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      '8',
    ]);
  });

  it.each([
    ['x', 'Invalid JSON.'],
    ['[]', 'Invalid JSON.'],
    ['{"conditions":[]}', 'Policy missing expiration.'],
    ['{"expiration":"tomorrow","conditions":[]}', "Invalid 'expiration' value: 'tomorrow'"],
    ['{"expiration":"2027-01-01T00:00:00Z"}', 'Policy missing conditions.'],
    [
      '{"expiration":"2027-01-01T00:00:00Z","conditions":[{"a":"b","c":"d"}]}',
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    [
      '{"expiration":"2027-01-01T00:00:00Z","conditions":[{"a":1}]}',
      'Invalid Simple-Condition: value must be a string.',
    ],
    ['{"expiration":"2027-01-01T00:00:00Z","conditions":[null]}', expect.any(String)],
    ['{"expiration":"2027-01-01T00:00:00Z","conditions":[["in","$key","a"]]}', expect.any(String)],
    ['{"expiration":"2027-01-01T00:00:00Z","conditions":[["eq","$__proto__"]]}', expect.any(String)],
  ])('%s is none', async (text, problem) => {
    const answer = await post({ policy: toBase64(new TextEncoder().encode(text)) });
    expect([answer.status, answer.error.Code]).toEqual([400, 'InvalidPolicyDocument']);
    if (typeof problem === 'string') expect(answer.error.Message).toBe(`Invalid Policy: ${problem}`);
  });
});

describe('what is no form', () => {
  const send = (type: string, body: Uint8Array) =>
    s3.ask({ method: 'POST', path: `/${s3.bucketName}`, headers: [['content-type', type]], as: 'anonymous', body });
  const type = `multipart/form-data; boundary=${BOUNDARY}`;

  it('is told so', async () => {
    expect((await send('text/html', new Uint8Array(3))).error.Condition).toContain(
      'enclosure-type multipart/form-data',
    );
    expect((await send(type, new Uint8Array(3))).error.Code).toBe('MalformedPOSTRequest');
    expect((await send(type, formBody({ key: 'a' }, undefined, ''))).error.ArgumentName).toBe('file');
    expect((await send(type, formBody({}, 'x', 'a'))).error.ArgumentName).toBe('key');
    expect((await send(type, formBody({ key: '' }, 'x', 'a'))).error.ArgumentName).toBe('key');
  });
});
