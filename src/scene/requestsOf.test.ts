import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPERIMENT_PLANS, type Exchange, runExperiment, type Trace } from '../engine/index.ts';
import { isThrottled, requestsOf } from './requestsOf.ts';

async function actsOf(id: string): Promise<Readonly<Record<string, Trace>>> {
  const plan = EXPERIMENT_PLANS.find(one => one.id === id);
  if (!plan) throw new Error(`no experiment ${id}`);
  const played = await runExperiment({ plan, seed: 'requests' });
  return Object.fromEntries(Object.entries(played).map(([name, { trace }]) => [name, trace]));
}
const get = (acts: Readonly<Record<string, Trace>>, name: string): Trace => {
  const trace = acts[name];
  if (!trace) throw new Error(`no act ${name}`);
  return trace;
};
const exchange = (index: number, link: Exchange['link'], status?: string, bodyText?: string): Exchange => ({
  index,
  link,
  isSecure: true,
  request: { startLine: 'PUT /bucket/a%20b?partNumber=1 HTTP/1.1', headers: [], bodyLength: 0 },
  ...(status === undefined
    ? {}
    : {
        response: {
          startLine: `HTTP/1.1 ${status}`,
          headers: [],
          bodyLength: 0,
          ...(bodyText === undefined ? {} : { bodyText }),
        },
      }),
});

describe('the requests of a run', () => {
  it.each([
    ['bucket-key-saves-calls', 'healthy', [1, 2, 3, 4, 5, 6]],
    ['bucket-key-saves-calls', 'broken', [1, 1, 1, 1, 1, 1]],
    ['one-bucket-key-for-all', 'broken', [1, 1, 1, 1]],
    ['throttled', 'broken', [1, 2]],
    ['throttled', 'fixed', [1, 1, 1, 1]],
    ['quota-is-shared', 'fixed', [0]],
  ])('%s, act %s: KMS has been asked %j times after each (F-KSM-080, F-BKY-001)', async (id, act, expected) => {
    const requests = requestsOf(get(await actsOf(id), act));
    expect(requests.map(({ kmsSoFar }) => kmsSoFar)).toEqual(expected);
  });

  it('say which one met the quota, what S3 answered, and that KMS refused (F-ERR-051)', async () => {
    const acts = await actsOf('throttled');
    const [first, second] = requestsOf(get(acts, 'broken'));
    expect(first).toMatchObject({ status: 200, kms: 1, refused: 0 });
    expect(first).not.toHaveProperty('code');
    expect(second).toMatchObject({ status: 503, code: 'SlowDown', kms: 1, refused: 1 });
    expect(second?.asked).toMatch(/^PUT \/[^/]+\/file-1\.txt$/);
    expect([isThrottled(get(acts, 'broken')), isThrottled(get(acts, 'healthy'))]).toEqual([true, false]);
  });

  it('belong to the customer; a call to KMS of the customer’s own is no request and counts for none', () => {
    const exchanges = [
      exchange(0, 'client-kms', '200 OK'),
      exchange(1, 'client-s3', '200 OK'),
      exchange(2, 's3-kms', '200 OK'),
      exchange(3, 'client-kms', '400 Bad Request'),
      exchange(4, 'client-s3', '404 Not Found', '<Error><Code>NoSuchKey</Code></Error>'),
    ];
    expect(requestsOf({ exchanges })).toEqual([
      { exchange: 1, asked: 'PUT /bucket/a%20b', status: 200, kms: 1, refused: 0, kmsSoFar: 1 },
      { exchange: 4, asked: 'PUT /bucket/a%20b', status: 404, code: 'NoSuchKey', kms: 0, refused: 0, kmsSoFar: 1 },
    ]);
  });

  it('have no status while no answer came, and no code that an ordinary answer happens to contain', () => {
    const exchanges = [
      exchange(0, 'client-s3'),
      exchange(1, 'client-s3', 'nonsense'),
      exchange(2, 'client-s3', '200 OK', '<Code>x</Code>'),
    ];
    for (const request of requestsOf({ exchanges }))
      expect(Object.keys(request)).toEqual(expect.not.arrayContaining(['code']));
    expect(requestsOf({ exchanges }).map(({ status }) => status)).toEqual([undefined, undefined, 200]);
  });

  it('account for every call of S3 to KMS that follows a request, whatever the order', () => {
    const links = fc.array(fc.constantFrom<Exchange['link'][]>('client-s3', 'client-kms', 's3-kms'));
    fc.assert(
      fc.property(links, order => {
        const requests = requestsOf({ exchanges: order.map((link, index) => exchange(index, link, '200 OK')) });
        const begin = order.indexOf('client-s3');
        const calls = begin < 0 ? 0 : order.slice(begin).filter(link => link === 's3-kms').length;
        expect(requests).toHaveLength(order.filter(link => link === 'client-s3').length);
        expect(requests.at(-1)?.kmsSoFar ?? 0).toBe(calls);
        expect(requests.reduce((sum, { kms }) => sum + kms, 0)).toBe(calls);
      }),
    );
  });
});
