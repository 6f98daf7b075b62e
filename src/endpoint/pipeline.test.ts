import { describe, expect, it } from 'vitest';
import { type CloudChanges, EngineError, type Incoming, type Serve, textBody } from '../engine/index.ts';
import { KeepProblem } from './keep/problem.ts';
import { createFaultBox, createPipeline } from './pipeline.ts';
import { NOTHING, storing } from './testing/changes.ts';

const incoming = (path: string): Incoming => ({
  request: { method: 'PUT', path, query: '', headers: [], body: textBody('') },
  isSecure: true,
  sourceIp: '127.0.0.1',
});
const tick = () => new Promise(go => setTimeout(go, 5));

/** A world whose requests change what their path says, and a disk whose writes end when told. */
function setUp(more: { fail?: string; commitFails?: boolean } = {}) {
  const log: string[] = [];
  const lines: string[] = [];
  const commits: { changes: CloudChanges; finish: () => void }[] = [];
  let changes: CloudChanges = NOTHING;
  let problem: KeepProblem | undefined;
  const serve: Serve = async ({ request }) => {
    log.push(`begin ${request.path}`);
    await Promise.resolve();
    changes = storing(request.path, 'a2', new Uint8Array(request.path === '/large' ? 2 ** 21 : 3).fill(7));
    log.push(`end ${request.path}`);
    if (more.fail === request.path) throw new TypeError('broken');
    return { response: { status: 200, headers: [], body: textBody(request.path) } };
  };
  const pipeline = createPipeline({
    serve,
    takeChanges: () => {
      const taken = changes;
      changes = NOTHING;
      return taken;
    },
    keep: {
      failure: () => problem,
      commit: taken =>
        new Promise((resolve, reject) => {
          commits.push({
            changes: taken,
            finish: () => {
              problem = more.commitFails ? new KeepProblem('/data could not be written to: ENOSPC.') : undefined;
              if (problem) reject(problem);
              else resolve();
            },
          });
        }),
    },
    report: line => lines.push(line),
  });
  return { pipeline, log, lines, commits, serve };
}

describe('the pipeline', () => {
  it('gives an answer away when it is kept, and not before', async () => {
    const { pipeline, commits } = setUp();
    let isAnswered = false;
    const answer = pipeline(incoming('/one')).then(response => {
      isAnswered = true;
      return response;
    });
    await tick();
    expect([commits.length, isAnswered]).toEqual([1, false]);
    commits[0]?.finish();
    expect((await answer).status).toBe(200);
  });

  it('serves the next request while the disk is waited for, each with its own changes', async () => {
    const { pipeline, commits, log } = setUp();
    const answers = [pipeline(incoming('/one')), pipeline(incoming('/two'))];
    await tick();
    expect(log).toEqual(['begin /one', 'end /one', 'begin /two', 'end /two']);
    expect(commits.map(({ changes }) => changes.rows.map(row => row.id))).toEqual([['/one'], ['/two']]);
    for (const { finish } of commits) finish();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('waits for large contents, which it does not copy, and copies small ones', async () => {
    const { pipeline, commits, log } = setUp();
    const answers = [pipeline(incoming('/large')), pipeline(incoming('/two'))];
    await tick();
    expect(log).toEqual(['begin /large', 'end /large']);
    commits[0]?.finish();
    await tick();
    expect(log).toHaveLength(4);
    commits[1]?.finish();
    await Promise.all(answers);
  });

  it('keeps what a failing request has changed, passes the failure on, and serves the next one', async () => {
    const { pipeline, commits } = setUp({ fail: '/bad' });
    const bad = pipeline(incoming('/bad'));
    const good = pipeline(incoming('/good'));
    await expect(bad).rejects.toThrow('broken');
    await tick();
    expect(commits.map(({ changes }) => changes.rows[0]?.id)).toEqual(['/bad', '/good']);
    for (const { finish } of commits) finish();
    expect((await good).status).toBe(200);
  });

  it('answers 503 when it could not be kept, and to everything after, and says so once', async () => {
    const { pipeline, commits, lines, log } = setUp({ commitFails: true });
    const answers = [pipeline(incoming('/one')), pipeline(incoming('/two'))];
    await tick();
    for (const { finish } of commits) finish();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503]);
    expect((await pipeline(incoming('/three'))).status).toBe(503);
    expect(log).not.toContain('begin /three');
    expect(lines).toEqual(['/data could not be written to: ENOSPC.']);
  });

  it('without a folder answers at once', async () => {
    const { serve } = setUp();
    const pipeline = createPipeline({ serve, takeChanges: () => NOTHING, report: () => undefined });
    expect((await pipeline(incoming('/one'))).status).toBe(200);
  });

  it('tells the operator which rule of the engine did not hold, once, and where', async () => {
    const { onFault, takeFault } = createFaultBox();
    const lines: string[] = [];
    const serve: Serve = async ({ request }) => {
      const isBad = request.path === '/bad';
      if (isBad) onFault(new EngineError('invariant', 'a room holds what it works with'));
      return { response: { status: isBad ? 500 : 200, headers: [], body: textBody('') } };
    };
    const pipeline = createPipeline({
      serve,
      takeChanges: () => NOTHING,
      takeFault,
      report: line => lines.push(line.split('\n')[0] ?? ''),
    });
    const bad = incoming('/bad');
    await pipeline({ ...bad, request: { ...bad.request, query: 'X-Amz-Signature=abc' } });
    await pipeline(incoming('/good'));
    expect(lines).toEqual([
      'internal error in the engine: PUT "/bad": EngineError (invariant): a room holds what it works with',
    ]);
  });
});
