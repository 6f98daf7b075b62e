import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkConserved, checkSecret } from '../../../scene/laws.ts';
import { createServedWorld, type Sent, type ServedAnswer, type ServedWorld } from '../../../testing/servedWorld.ts';
import type { Header } from '../../http/message.ts';

const MIN_PART = 5 * 1024 * 1024;
const SECOND = 1000;
const whole = new Uint8Array(MIN_PART + SECOND).map((_, at) => (at * 7 + (at >> 9)) % 256);
const PATH = '/parts-of-objects/a';

let world: ServedWorld;
const ask = (sent: Sent): Promise<ServedAnswer> => world.send({ path: PATH, ...sent });
const read = (headers: readonly Header[], query = '', method = 'GET') =>
  ask({ method, query, headers, isRecorded: true });

beforeAll(async () => {
  world = await createServedWorld('parts');
  const region = '<LocationConstraint>eu-central-1</LocationConstraint>';
  const body = `<CreateBucketConfiguration>${region}</CreateBucketConfiguration>`;
  expect((await ask({ method: 'PUT', path: '/parts-of-objects', body })).status).toBe(200);
  const headers: Header[] = [['x-amz-server-side-encryption', 'aws:kms']];
  const created = await ask({ method: 'POST', query: 'uploads', headers });
  const uploadId = encodeURIComponent(/<UploadId>([^<]*)</.exec(created.text)?.[1] ?? '');
  const bodies = [whole.slice(0, MIN_PART), whole.slice(MIN_PART)];
  const listed: string[] = [];
  for (const [at, part] of bodies.entries()) {
    const query = `partNumber=${at + 1}&uploadId=${uploadId}`;
    const etag = (await ask({ method: 'PUT', query, body: part })).header('etag');
    listed.push(`<Part><PartNumber>${at + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  }
  const complete = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
  const done = await ask({ method: 'POST', query: `uploadId=${uploadId}`, body: complete });
  expect(done.status).toBe(200);
}, 30_000);

/** How many bodies were brought from the disks. */
const loaded = ({ trace }: ServedAnswer) =>
  (trace?.events ?? [])
    .flatMap(event => (event.verb === 'loaded' && event.from === 's3.disk' ? event.outputs : []))
    .filter(id => trace?.artifacts[id]?.kind === 'ciphertext-object').length;

describe('an object of several parts', () => {
  it.each([
    ['bytes=10-19', 10, 20, 1],
    [`bytes=${MIN_PART}-${MIN_PART}`, MIN_PART, MIN_PART + 1, 1],
    [`bytes=${MIN_PART - 5}-${MIN_PART + 4}`, MIN_PART - 5, MIN_PART + 5, 2],
    ['bytes=-7', MIN_PART + SECOND - 7, MIN_PART + SECOND, 1],
    [`bytes=0-${MIN_PART - 1}`, 0, MIN_PART, 1],
  ])('gives %s, and only the parts that are needed are brought from the disks', async (range, start, end, parts) => {
    const answer = await read([['range', range]]);
    expect(answer.status).toBe(206);
    expect(Buffer.compare(answer.bytes, whole.subarray(start, end))).toBe(0);
    expect(answer.header('content-range')).toBe(`bytes ${start}-${end - 1}/${whole.length}`);
    expect(loaded(answer)).toBe(parts);
    const { trace } = answer;
    if (!trace) throw new Error('recorded');
    expect([...checkConserved(trace), ...checkSecret(trace)]).toEqual([]);
    const name = `bytes ${start}–${end - 1} of a`;
    const names = Object.values(trace.artifacts).map(artifact => artifact.name);
    // A whole part is that part, and no slice of it.
    expect(names.includes(name)).toBe(!(start === 0 && end === MIN_PART));
  });

  it.each([
    ['1', 0, MIN_PART],
    ['2', MIN_PART, MIN_PART + SECOND],
  ])('gives part %s', async (number, start, end) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await read([], `partNumber=${number}`, method);
      expect([answer.status, answer.header('x-amz-mp-parts-count'), answer.header('content-length')]).toEqual([
        206,
        '2',
        String(end - start),
      ]);
      if (method === 'GET') expect(Buffer.compare(answer.bytes, whole.subarray(start, end))).toBe(0);
    }
  });

  it('has no third part', async () => {
    expect((await read([], 'partNumber=3')).code).toBe('InvalidPartNumber');
  });

  it('F-ETG-001, F-ETG-003: is copied in one, and then has the MD5 of its content under SSE-S3', async () => {
    const before = (await read([], '', 'HEAD')).header('etag');
    expect(before).toMatch(/^"[0-9a-f]{32}-2"$/);
    const headers: Header[] = [
      ['x-amz-copy-source', PATH],
      ['x-amz-server-side-encryption', 'AES256'],
    ];
    const copied = await world.send({ method: 'PUT', path: `${PATH}2`, headers, isRecorded: true });
    expect(copied.status).toBe(200);
    const answer = await world.send({ path: `${PATH}2` });
    expect(Buffer.compare(answer.bytes, whole)).toBe(0);
    expect(answer.header('etag')).toBe(`"${createHash('md5').update(whole).digest('hex')}"`);
    const { trace } = copied;
    if (!trace) throw new Error('recorded');
    expect([...checkConserved(trace), ...checkSecret(trace)]).toEqual([]);
  });
});
