import { Readable } from 'node:stream';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { computeChecksum } from '../crypto/checksums.ts';
import { parseAddress } from '../http/address.ts';
import { bodyOf, type Header, type HttpRequest } from '../http/message.ts';
import { type Payload, readPayload, storedContentEncoding } from '../http/payload.ts';
import { type CheckScope, checkFormSignature, checkSignature, verifyChunks } from './sigV4.ts';

const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's3cr3t', sessionToken: 'token' };

/** What the SDK hands to whoever sends. */
interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | readonly string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

async function bytesOf(body: unknown) {
  if (typeof body === 'string') return utf8(body);
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  if (body instanceof Readable) {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(typeof piece === 'string' ? utf8(piece) : Uint8Array.from(piece));
    return concat(...pieces);
  }
  return concat();
}

/** Catches the requests of a client on their way out, as HTTP would carry them. */
function catcher() {
  const caught: HttpRequest[] = [];
  const handle = async (request: Outgoing) => {
    const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
      [value ?? ''].flat().map(text => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
    );
    caught.push({
      method: request.method,
      path: request.path,
      query: query.join('&'),
      headers: Object.entries(request.headers),
      body: bodyOf(await bytesOf(request.body)),
    });
    const response = { statusCode: 200, headers: {}, body: Readable.from([]) };
    return { response: Object.assign(response, { reason: 'OK' }) };
  };
  return { caught, handler: { handle, metadata: { handlerProtocol: 'http/1.1' } } };
}

async function verify(request: HttpRequest | undefined, service: CheckScope['service']) {
  if (!request) throw new Error('nothing was sent');
  const payload = readPayload(request);
  if ('refusal' in payload) throw new Error(payload.refusal.code);
  const now = Date.now();
  const found = await checkSignature(request, payload, { region, service, now, findSecret: () => credentials });
  if (found.kind !== 'checked') throw new Error(JSON.stringify(found));
  const isWhole = await verifyChunks(payload, found, credentials.secretAccessKey);
  return { isValid: found.isValid && isWhole, payload, by: found.by };
}

function s3(forcePathStyle = false) {
  const { caught, handler } = catcher();
  const client = new S3Client({ region, credentials, requestHandler: handler, forcePathStyle });
  // A program’s answer does not matter here: only what was asked.
  const send = async (asking: Promise<unknown>) => {
    await asking.catch(() => undefined);
    return caught.at(-1);
  };
  return { client, send };
}

describe('the AWS SDK’s own requests', () => {
  it.each([true, false])('for an object with a difficult name are accepted (path-style: %s)', async isPathStyle => {
    const { client, send } = s3(isPathStyle);
    const name = "a b/+%ü'()*!~//./x&y=z?#/";
    const request = await send(
      client.send(new PutObjectCommand({ Bucket: 'my-bucket', Key: name, Body: 'text', Metadata: { a: 'b  c' } })),
    );
    expect(await verify(request, 's3')).toMatchObject({ isValid: true, by: 'header' });
    expect(request && parseAddress(request, [])).toEqual({
      bucketName: 'my-bucket',
      objectName: name,
      style: isPathStyle ? 'path' : 'virtual-host',
    });
  });

  it('for a list with query parameters are accepted', async () => {
    const { client, send } = s3();
    const asked = { Bucket: 'b-1', Prefix: 'a+b /ü', Delimiter: '/', StartAfter: '~*' };
    expect(await verify(await send(client.send(new ListObjectsV2Command(asked))), 's3')).toMatchObject({
      isValid: true,
    });
  });

  it('with a stream come out of their chunks, with the checksum in the trailer', async () => {
    const { client, send } = s3();
    const content = concat(new Uint8Array(100_000).fill(1), utf8('end'));
    const request = await send(
      client.send(
        new PutObjectCommand({
          Bucket: 'my-bucket',
          Key: 'x',
          Body: Readable.from([content.subarray(0, 65536), content.subarray(65536)]),
          ContentLength: content.length,
          ContentEncoding: 'gzip',
        }),
      ),
    );
    const { isValid, payload } = await verify(request, 's3');
    const shown: Partial<Payload> = { framing: 'aws-chunked', isSigned: false, hasTrailer: true };
    expect([isValid, payload]).toEqual([true, expect.objectContaining(shown)]);
    expect(payload.bytes).toEqual(content);
    const digest = toBase64(await computeChecksum('CRC32', content));
    expect(payload.trailers).toEqual([['x-amz-checksum-crc32', digest]]);
    const encoding = request?.headers.find(([header]) => header.toLowerCase() === 'content-encoding')?.[1];
    expect(storedContentEncoding(encoding)).toBe('gzip');
  });

  it('presigned are accepted from whoever has the address', async () => {
    const { client } = s3();
    const put = new PutObjectCommand({ Bucket: 'my-bucket', Key: 'a b', ServerSideEncryption: 'AES256' });
    const get = new GetObjectCommand({ Bucket: 'my-bucket', Key: 'ü+', ResponseContentType: 'text/css; a="b"' });
    for (const [method, command, options, more] of [
      ['GET', get, {}, []],
      [
        'PUT',
        put,
        { unhoistableHeaders: new Set(['x-amz-server-side-encryption']) },
        [['x-amz-server-side-encryption', 'AES256']] satisfies Header[],
      ],
    ] as const) {
      const url = new URL(await getSignedUrl(client, command, { expiresIn: 60, ...options }));
      const request: HttpRequest = {
        method,
        path: url.pathname,
        query: url.search.slice(1),
        headers: [['host', url.host], ...more],
        body: bodyOf(concat()),
      };
      expect(await verify(request, 's3')).toMatchObject({ isValid: true, by: 'query' });
    }
  });

  it('as a browser form are accepted', async () => {
    const { client } = s3();
    const { fields } = await createPresignedPost(client, { Bucket: 'my-bucket', Key: 'x', Expires: 60 });
    const lower = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
    const scope: CheckScope = { region, service: 's3', now: Date.now(), findSecret: () => credentials };
    expect(await checkFormSignature(lower, scope)).toMatchObject({ isValid: true, by: 'form' });
    expect(textOf(utf8(atob(lower.get('policy') ?? '')))).toContain('my-bucket');
  });

  it('to KMS and STS are accepted', async () => {
    const kms = catcher();
    const sts = catcher();
    const options = { region, credentials };
    await new KMSClient({ ...options, requestHandler: kms.handler }).send(new ListKeysCommand({})).catch(() => {});
    await new STSClient({ ...options, requestHandler: sts.handler })
      .send(new GetCallerIdentityCommand({}))
      .catch(() => {});
    expect(await verify(kms.caught[0], 'kms')).toMatchObject({ isValid: true });
    expect(await verify(sts.caught[0], 'sts')).toMatchObject({ isValid: true });
  });
});
