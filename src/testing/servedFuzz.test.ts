import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bodyOf,
  createServer,
  type EngineError,
  gather,
  type Header,
  type HttpRequest,
  type Principal,
} from '../engine/index.ts';
import { signRequest } from '../engine/sigv4/sigV4.ts';
import { TEST_REGION, testPrincipals } from './doors.ts';
import { bytesOf, type Hostile, hostile, KEPT, md5, SSE } from './hostileRequests.ts';
import { lawsWitness } from './servedLaws.ts';
import { createServedWorld, type ServedWorld } from './servedWorld.ts';

interface Answered {
  readonly status: number;
  readonly code: string;
}

const principals: readonly Principal[] = testPrincipals();

/** Ids that a world has given out, by the words that stand for them. */
type Given = Readonly<Record<string, string>>;

const fillIn = (text: string, given: Given) =>
  text.replaceAll(/\b(?:RSA-KEY|MAC-KEY|KEY|UPLOAD|BLOB)\b/g, word => given[word] ?? word);

async function requestOf(sent: Hostile, given: Given, now: number): Promise<HttpRequest> {
  const { service, method, path } = sent;
  const query = fillIn(sent.query, given);
  const body = service === 'kms' ? bytesOf(fillIn(new TextDecoder().decode(sent.body), given)) : sent.body;
  const has = (name: string) => sent.headers.some(([header]) => header === name);
  const plain: HttpRequest = {
    method,
    path,
    query,
    headers: [
      ['host', `${service}.${TEST_REGION}.amazonaws.com`],
      ['content-length', String(body.length)],
      ...(has('x-amz-content-sha256')
        ? []
        : ([['x-amz-content-sha256', createHash('sha256').update(body).digest('hex')]] as const)),
      ...sent.headers.map(([name, value]): Header => [name, fillIn(value, given)]),
    ],
    body: bodyOf(new Uint8Array(body)),
  };
  const principal = principals.find(one => one.name === sent.as);
  return principal ? signRequest(plain, principal, { region: TEST_REGION, service }, now) : plain;
}

const MODES: readonly (readonly Header[])[] = [
  [],
  [[SSE, 'aws:kms']],
  [
    [SSE, 'aws:kms'],
    [`${SSE}-bucket-key-enabled`, 'true'],
  ],
  [[SSE, 'aws:kms:dsse']],
];

/** A world with objects that must still be there afterwards, and buckets to make a mess of. */
async function openWorld() {
  const world = await createServedWorld('fuzz');
  const make = async (sent: Parameters<ServedWorld['send']>[0]) => {
    const answer = await world.send(sent);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
  };
  const region = `<CreateBucketConfiguration><LocationConstraint>${TEST_REGION}</LocationConstraint></CreateBucketConfiguration>`;
  for (const name of [KEPT, 'fuzz-one', 'fuzz-two', 'fuzz-versions'])
    await make({ method: 'PUT', path: `/${name}`, body: region });
  const versioning = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  await make({
    method: 'PUT',
    path: '/fuzz-versions',
    query: 'versioning',
    body: versioning,
    headers: [['content-md5', md5(bytesOf(versioning))]],
  });
  const kept = ['a', 'b', 'c', 'd'];
  for (const [n, name] of kept.entries()) {
    await make({ method: 'PUT', path: `/${KEPT}/${name}`, body: `the content of ${name}`, headers: MODES[n] ?? [] });
  }
  await make({ method: 'PUT', path: '/fuzz-one/plain.txt', body: 'plain' });

  const newKey = async (wanted: object) =>
    /"KeyId":"([^"]*)"/.exec((await world.kms('CreateKey', wanted)).text)?.[1] ?? '';
  const upload = await world.send({ method: 'POST', path: '/fuzz-one/plain.txt', query: 'uploads' });
  const KEY = await newKey({});
  const blob = await world.kms('GenerateDataKey', { KeyId: KEY, KeySpec: 'AES_256' });
  const given: Given = {
    KEY,
    'RSA-KEY': await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }),
    'MAC-KEY': await newKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    UPLOAD: encodeURIComponent(/<UploadId>([^<]*)</.exec(upload.text)?.[1] ?? ''),
    BLOB: /"CiphertextBlob":"([^"]*)"/.exec(blob.text)?.[1] ?? '',
  };
  expect(Object.values(given)).not.toContain('');

  const complaints: string[] = [];
  const faults: EngineError[] = [];
  const serve = createServer(world.cloud, { witness: lawsWitness(complaints), onFault: fault => faults.push(fault) });
  const attack = async (sent: Hostile, isRecorded: boolean): Promise<Answered> => {
    const request = await requestOf(sent, given, world.cloud.clock.now());
    const { response } = await serve({ request, isSecure: sent.isSecure, sourceIp: '203.0.113.9' }, isRecorded);
    const text = new TextDecoder().decode(gather(response.body));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters would end a header
    for (const [, value] of response.headers) expect(value).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f]/);
    return {
      status: response.status,
      code: /<Code>([^<]*)</.exec(text)?.[1] ?? /"__type":"([^"]*)"/.exec(text)?.[1] ?? '',
    };
  };
  const readBack = async () => {
    const read = await Promise.all(kept.map(name => world.send({ path: `/${KEPT}/${name}` })));
    expect(read.map(({ text }) => text)).toEqual(kept.map(name => `the content of ${name}`));
  };
  const clear = () => {
    complaints.length = 0;
    faults.length = 0;
  };
  return { attack, readBack, clear, complaints, faults };
}

describe('whatever somebody with credentials sends', () => {
  let plain: Awaited<ReturnType<typeof openWorld>>;
  let recorded: Awaited<ReturnType<typeof openWorld>>;
  beforeAll(async () => {
    [plain, recorded] = [await openWorld(), await openWorld()];
  });

  it('is answered as AWS answers, recorded or not alike; the laws hold, and what lies there stays', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(hostile, async sent => {
        for (const world of [plain, recorded]) world.clear();
        const one = await plain.attack(sent, false);
        const other = await recorded.attack(sent, true);
        expect([...plain.faults, ...recorded.faults].map(fault => fault.stack)).toEqual([]);
        expect(recorded.complaints).toEqual([]);
        expect(one.status < 500 || one.status === 501, `${one.status} ${one.code}`).toBe(true);
        expect(other).toEqual(one);
        statuses.set(one.status, (statuses.get(one.status) ?? 0) + 1);
      }),
      { numRuns: 900 },
    );
    await plain.readBack();
    await recorded.readBack();
    for (const status of [200, 400, 403, 404]) expect(statuses.get(status), String(status)).toBeGreaterThan(0);
  }, 600_000);
});
