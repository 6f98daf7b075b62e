import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lawsWitness } from '../testing/servedLaws.ts';
import { createServedWorld, type Sent, type ServedWorld } from '../testing/servedWorld.ts';
import type { Cloud } from './cloud.ts';
import { EngineError } from './errors.ts';
import { bodyOf, EMPTY_BODY, type Handler, type Header } from './http/message.ts';
import { createServer, type Incoming } from './serve.ts';
import { signRequest } from './sigv4/sigV4.ts';

const SSE = 'x-amz-server-side-encryption';
const TAGGING = '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>';
const md5 = (text: string): Header => ['content-md5', createHash('md5').update(text).digest('base64')];
const tagging: Sent = { method: 'PUT', path: '/served', query: 'tagging', body: TAGGING, headers: [md5(TAGGING)] };

async function openWorld(complaints: string[] = []): Promise<ServedWorld> {
  const world = await createServedWorld('serve', {}, lawsWitness(complaints));
  const body =
    '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
  expect((await world.send({ method: 'PUT', path: '/served', body })).status).toBe(200);
  return world;
}

const plainGet: Incoming = {
  request: { method: 'GET', path: '/served', query: '', headers: [['host', 's3.amazonaws.com']], body: EMPTY_BODY },
  isSecure: true,
  sourceIp: '203.0.113.9',
};
const OK = { status: 200, headers: [], body: EMPTY_BODY };

/** The cloud with another S3 in it. */
function withS3(cloud: Cloud, handle: Handler): Cloud {
  return { ...cloud, s3: { ...cloud.s3, handle } };
}

describe('one request after another', () => {
  it('a second one waits until the first is answered', async () => {
    const { cloud } = await openWorld();
    const log: string[] = [];
    const serve = createServer(
      withS3(cloud, async request => {
        log.push(`begin ${request.path}`);
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
        log.push(`end ${request.path}`);
        return OK;
      }),
    );
    const paths = ['/a', '/b', '/c'];
    await Promise.all(
      paths.map((path, n) => serve({ ...plainGet, request: { ...plainGet.request, path } }, n % 2 === 0)),
    );
    expect(log).toEqual(paths.flatMap(path => [`begin ${path}`, `end ${path}`]));
  });

  it.each([
    ['recorded', true],
    ['not recorded', false],
  ])('an error of any kind does not reach the next one (%s)', async (_what, isRecorded) => {
    const { cloud, send } = await openWorld();
    const errors = [new TypeError('broken'), new EngineError('invariant', 'something holds')];
    const faults: EngineError[] = [];
    const serve = createServer(
      withS3(cloud, async () => {
        const hsm = cloud.rooms['kms.hsm'];
        const left = { kind: 'data-key', name: 'data key', bytes: new Uint8Array(32).fill(3), isSecret: true } as const;
        hsm.hold((await cloud.recorder.identify(left)).id, left.bytes);
        const error = errors.shift();
        if (error) throw error;
        return OK;
      }),
      { onFault: fault => faults.push(fault) },
    );
    const before = cloud.rooms['kms.hsm'].ids();
    const turns = [serve(plainGet, isRecorded), serve(plainGet, isRecorded)];
    await expect(turns[0]).rejects.toThrow('broken');
    expect(await turns[1]).toMatchObject({ response: { status: 500 } });
    expect(faults.map(fault => fault.message)).toEqual(['something holds']);
    expect(cloud.rooms['kms.hsm'].ids()).toEqual(before);
    expect(cloud.recorder.isRecording).toBe(false);
    const next = await send({ path: '/served', isRecorded: true });
    expect([next.status, next.trace?.outcome.isOk]).toEqual([200, true]);
  });

  it('is answered but not recorded when it could not cross a line', async () => {
    const { cloud } = await openWorld();
    const serve = createServer(withS3(cloud, async () => OK));
    const request = { ...plainGet.request, path: '/é' };
    expect(await serve({ ...plainGet, request }, true)).toMatchObject({ response: { status: 200 } });
    expect((await serve({ ...plainGet, request }, true)).trace).toBeUndefined();
    expect((await serve(plainGet, true)).trace).toBeDefined();
  });
});

describe('what is left of a request', () => {
  const framed = '5\r\nhello\r\n0\r\n\r\n';
  const rows: readonly (readonly [string, Sent])[] = [
    ['an object', { method: 'PUT', path: '/served/a', body: 'hello' }],
    [
      'an object in chunks',
      {
        method: 'PUT',
        path: '/served/a',
        body: framed,
        headers: [
          ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
          ['x-amz-decoded-content-length', '5'],
        ],
      },
    ],
    [
      'a plaintext for KMS',
      {
        service: 'kms',
        method: 'POST',
        body: '{"KeyId":"alias/none","Plaintext":"aGVsbG8="}',
        headers: [
          ['content-type', 'application/x-amz-json-1.1'],
          ['x-amz-target', 'TrentService.Encrypt'],
        ],
      },
    ],
  ];
  it.each(rows.flatMap(([what, sent]) => [[what, sent, true] as const, [what, sent, false] as const]))(
    'its body is overwritten: %s',
    async (_what, { service = 's3', method = '', path = '/', headers = [], body = '' }, isRecorded) => {
      const { cloud } = await openWorld();
      const principal = cloud.findPrincipal('AKIAIOSFODNN7EXAMPLE');
      if (!principal) throw new Error('admin is there');
      const bytes = new TextEncoder().encode(String(body));
      const hash: Header = ['x-amz-content-sha256', createHash('sha256').update(bytes).digest('hex')];
      const isHashed = headers.some(([name]) => name === hash[0]);
      const request = await signRequest(
        {
          method,
          path,
          query: '',
          headers: [['host', `${service}.eu-central-1.amazonaws.com`], ...(isHashed ? [] : [hash]), ...headers],
          body: bodyOf(bytes),
        },
        principal,
        { region: 'eu-central-1', service },
        cloud.clock.now(),
      );
      const { response } = await createServer(cloud)({ ...plainGet, request }, isRecorded);
      expect(response.status).toBe(service === 's3' ? 200 : 400);
      expect([...bytes]).toEqual(Array(bytes.length).fill(0));
    },
  );

  it.each([true, false])(
    'a document about a bucket is not overwritten where S3 keeps it (recorded: %s)',
    async isRecorded => {
      const { send } = await openWorld();
      expect((await send({ ...tagging, isRecorded })).status).toBe(204);
      expect((await send({ path: '/served', query: 'tagging', isRecorded })).text).toContain('<Key>a</Key>');
    },
  );

  it('nothing that came and went stays on the list of changes, when no host ever asks for it', async () => {
    const { cloud, send, kms } = await openWorld();
    cloud.takeChanges();
    for (let n = 0; n < 5; n++) {
      const bucket = `/passing-${n}`;
      await send({
        method: 'PUT',
        path: bucket,
        body: '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>',
      });
      await send({ ...tagging, path: bucket });
      await send({ method: 'PUT', path: `${bucket}/a`, body: `content ${n}` });
      await send({ method: 'DELETE', path: `${bucket}/a` });
      expect((await send({ method: 'DELETE', path: bucket })).status).toBe(204);
      await kms('Decrypt', { CiphertextBlob: 'AAAA' });
    }
    expect(cloud.takeChanges()).toEqual({ rows: [], stored: [], dropped: [], artifacts: [] });
  });
});

describe('the laws hold in the trace', () => {
  const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
  const stories: Record<string, (world: ServedWorld) => Promise<readonly number[]>> = {
    'when an object and a document are the same bytes, whichever came first': async world => {
      const object: Sent = {
        method: 'PUT',
        path: '/served/a',
        body: TAGGING,
        headers: [[SSE, 'AES256']],
        isRecorded: true,
      };
      const answers = [];
      for (const sent of [object, { ...tagging, isRecorded: true }, object])
        answers.push((await world.send(sent)).status);
      return answers;
    },
    'when a document comes in chunks': async world => {
      const headers: Header[] = [
        ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
        ['x-amz-decoded-content-length', String(TAGGING.length)],
        md5(TAGGING),
      ];
      return [await world.send({ ...tagging, body: chunked(TAGGING), headers, isRecorded: true })].map(
        one => one.status,
      );
    },
    'when the framing of an object is broken': async world => {
      const headers: Header[] = [
        ['x-amz-content-sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
        ['x-amz-decoded-content-length', '5'],
      ];
      const broken: Sent = { method: 'PUT', path: '/served/a', body: '5\r\nhel', headers, isRecorded: true };
      expect((await world.send(broken)).code).toBe('IncompleteBody');
      return [];
    },
    'when KMS is called without a type of content, and what it gave is sent to S3 in a header': async world => {
      const made = await world.kms('CreateKey', {});
      const KeyId = /"KeyId":"([^"]*)"/.exec(made.text)?.[1];
      const bare: Sent = { headers: [['x-amz-target', 'TrentService.Encrypt']], isRecorded: true };
      const sealed = await world.kms('Encrypt', { KeyId, Plaintext: 'aGVsbG8=' }, bare);
      const blob = /"CiphertextBlob":"([^"]*)"/.exec(sealed.text)?.[1] ?? '';
      const headers: Header[] = [['x-amz-meta-key', blob]];
      const kept = await world.send({ method: 'PUT', path: '/served/a', body: 'x', headers, isRecorded: true });
      return [sealed.status, kept.status];
    },
  };
  it.each(Object.entries(stories))('%s', async (_what, play) => {
    const complaints: string[] = [];
    const statuses = await play(await openWorld(complaints));
    expect(complaints).toEqual([]);
    for (const status of statuses) expect([200, 204]).toContain(status);
  });
});
