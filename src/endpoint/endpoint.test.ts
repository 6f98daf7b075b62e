import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { type EndpointArguments, parseArguments } from './arguments.ts';
import { DEFAULT_USERS } from './defaultUsers.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';
import { sendRaw, statusesIn } from './testing/rawHttp.ts';

const running: Endpoint[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const endpoint of running.splice(0)) await endpoint.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(...argv: string[]) {
  const parsed = parseArguments(['--port', '0', ...argv]);
  const lines: string[] = [];
  const endpoint = await startEndpoint((parsed as { arguments: EndpointArguments }).arguments, line =>
    lines.push(line),
  );
  running.push(endpoint);
  const [admin] = DEFAULT_USERS;
  const config = {
    endpoint: endpoint.url,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: admin?.accessKeyId ?? '', secretAccessKey: admin?.secretAccessKey ?? '' },
  };
  return { ...endpoint, lines, s3: new S3Client(config), kms: new KMSClient(config) };
}
function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'endpoint-')));
  return folders.at(-1) ?? '';
}

describe('the endpoint', () => {
  it('with one seed makes the same keys and ids, and after a start with kept data other ones', async () => {
    const keyId = async ({ kms }: { kms: KMSClient }) =>
      (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
    const [one, two, other] = [await start('--seed', 'a'), await start('--seed', 'a'), await start('--seed', 'b')];
    const ids = [await keyId(one), await keyId(two), await keyId(other)];
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    const data = newFolder();
    const kept = await start('--seed', 'a', '--data', data);
    const first = await keyId(kept);
    await running.pop()?.stop();
    expect(await keyId(await start('--seed', 'a', '--data', data))).not.toBe(first);
  });

  it('counts plain HTTP as what it is unless it is told to trust it', async () => {
    const put = (s3: S3Client) =>
      s3.send(new PutObjectCommand({ Bucket: 'lesson', Key: 'k', Body: 'x', ServerSideEncryption: 'aws:kms' }));
    const plain = await start();
    await plain.s3.send(new CreateBucketCommand({ Bucket: 'lesson' }));
    await expect(put(plain.s3)).rejects.toThrow('must be made over a secure connection');
    const trusting = await start('--trust-loopback');
    await trusting.s3.send(new CreateBucketCommand({ Bucket: 'lesson' }));
    expect((await put(trusting.s3)).ServerSideEncryption).toBe('aws:kms');
  });
});

describe('hostile bytes', () => {
  const paths = [
    '/',
    '//',
    '/../',
    '/lesson/../../etc/passwd',
    '/lesson/%2e%2e/%2e%2e',
    '/lesson/%00',
    '/lesson/%zz',
    '/lesson/%ff%fe',
    '/lesson//a',
    '/__proto__/constructor',
    '/lesson/__proto__',
    '/lesson?__proto__=1&constructor',
    '/lesson?uploads&uploads',
    '/lesson/kept?uploadId=__proto__&partNumber=99999999999999999999',
    '/lesson/kept?versionId=__proto__',
    '/?Action=GetCallerIdentity&Version=__proto__',
    `/lesson/${'a'.repeat(2000)}`,
    `/${'b/'.repeat(3000)}`,
    '/lesson?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=%2F%2F%2F%2F&X-Amz-Date=x&X-Amz-Expires=1e9&X-Amz-SignedHeaders=&X-Amz-Signature=',
  ];
  const headers = [
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261121/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=00',
    'Authorization: AWS4-HMAC-SHA256 Credential=__proto__/constructor/x/kms/aws4_request, SignedHeaders=, Signature=',
    'Authorization: AWS AKIA:sig',
    'Authorization: ',
    'Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: TrentService.__proto__',
    'X-Amz-Target: TrentService.CreateKey',
    'Content-Type: application/xml',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: multipart/form-data; boundary=x',
    'x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\r\nContent-Encoding: aws-chunked\r\nx-amz-decoded-content-length: 1e999',
    'x-amz-date: 99999999T999999Z',
    'Range: bytes=99999999999999999999-',
    'x-amz-copy-source: %zz',
    'x-amz-meta-__proto__: x',
    'Content-MD5: %%%%',
    'x-amz-server-side-encryption-customer-key: AA==',
  ];
  const bodies = [
    '',
    'x',
    '{"__proto__":{"a":1}}',
    `${'['.repeat(5000)}`,
    '{"KeyId":"\\ud83d","Plaintext":"%"}',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    `${'<a>'.repeat(3000)}`,
    '<Delete><Object><Key>__proto__</Key></Object></Delete>',
    'ffffffffffffffff;chunk-signature=x\r\n',
    '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--',
  ];

  it('are answered cleanly or hung up on, the endpoint lives and the store is intact', {
    timeout: 60_000,
  }, async () => {
    const { port, s3, lines } = await start('--seed', 'fuzz');
    await s3.send(new CreateBucketCommand({ Bucket: 'lesson' }));
    await s3.send(new PutObjectCommand({ Bucket: 'lesson', Key: 'kept', Body: 'intact' }));
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE');
    const message = fc.record({
      method,
      path: fc.oneof(fc.constantFrom(...paths), fc.webPath()),
      headers: fc.subarray(headers, { maxLength: 4 }),
      body: fc.oneof(fc.constantFrom(...bodies), fc.string()),
      extraLength: fc.constantFrom(0, 0, 0, 0, -1, 5),
      mangle: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
    });
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 3 }), async messages => {
        const bytes = messages.map(({ method, path, headers, body, extraLength, mangle }) => {
          const length = Math.max(0, Buffer.byteLength(body) + extraLength);
          const head = [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers, `Content-Length: ${length}`];
          const text = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`).toString('latin1');
          if (mangle === 1) return text.slice(0, Math.floor(text.length / 2));
          return mangle === 2 ? text.replace('\r\n', '\n\r\u0000') : text;
        });
        const { text } = await sendRaw(port, [bytes.join('')], { quiet: 25 });
        for (const status of statusesIn(text)) {
          expect(status, bytes.join('')).not.toBe(500);
          answers++;
        }
        const xml = /<\?xml[\s\S]*?<\/(?:Error|ErrorResponse)>/.exec(text)?.[0];
        if (xml !== undefined) expect(XMLValidator.validate(xml)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(answers).toBeGreaterThan(200);
    expect(lines).toEqual([]);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(['lesson']);
    const list = await s3.send(new ListObjectsV2Command({ Bucket: 'lesson' }));
    expect(list.Contents?.map(({ Key }) => Key)).toEqual(['kept']);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'lesson', Key: 'kept' }));
    expect(await Body?.transformToString()).toBe('intact');
  });
});
