import { describe, expect, it } from 'vitest';
import { traceFor } from '../../testing/sessionHarness.ts';
import type { LabReply, LabRequest } from '../../worker/protocol.ts';
import { createLabClient, type LabPort, type Progress } from './labClient.ts';
import { textObject } from './object.ts';
import { DEFAULT_SPEC } from './urlState.ts';

function aWorkshop() {
  const ports: (LabPort & { asked: LabRequest[]; isEnded: boolean })[] = [];
  const client = createLabClient(() => {
    const port = {
      asked: [] as LabRequest[],
      isEnded: false,
      onmessage: null,
      onerror: null,
      postMessage: (request: LabRequest) => {
        port.asked.push(request);
      },
      terminate: () => {
        port.isEnded = true;
      },
    } as LabPort & { asked: LabRequest[]; isEnded: boolean };
    ports.push(port);
    return port;
  });
  const say = (reply: LabReply) => ports.at(-1)?.onmessage?.({ data: reply } as MessageEvent<LabReply>);
  const run = (onProgress: (progress: Progress) => void = () => {}) =>
    client.run(DEFAULT_SPEC, textObject('a.txt', 'a'), onProgress);
  return { client, ports, say, run };
}

describe('labClient', () => {
  it('gives each answer to the run that asked', async () => {
    const { run, say } = aWorkshop();
    const first = run();
    const second = run();
    say({ type: 'failed', id: 2, code: 'invariant', message: 'second' });
    say({ type: 'done', id: 1, trace: traceFor(DEFAULT_SPEC) });
    expect(await second.result).toEqual({ type: 'failed', message: 'second' });
    expect((await first.result).type).toBe('done');
  });

  it('passes progress on', () => {
    const { run, say } = aWorkshop();
    const seen: Progress[] = [];
    run(progress => seen.push(progress));
    say({ type: 'progress', id: 1, phase: 'encrypting', done: 1, total: 2 });
    expect(seen).toEqual([{ phase: 'encrypting', done: 1, total: 2 }]);
  });

  it('asks the worker to cancel by number', async () => {
    const { run, say, ports } = aWorkshop();
    const pending = run();
    pending.cancel();
    expect(ports[0]?.asked.at(-1)).toEqual({ type: 'cancel', id: 1 });
    say({ type: 'cancelled', id: 1 });
    expect(await pending.result).toEqual({ type: 'cancelled' });
  });

  it('tells all that wait when the worker crashes, and starts another for the next run', async () => {
    const { run, say, ports } = aWorkshop();
    const pending = [run(), run()];
    ports[0]?.onerror?.({ message: 'out of memory', preventDefault: () => {} } as ErrorEvent);
    for (const each of pending) {
      const result = await each.result;
      expect(result.type === 'failed' && result.message).toContain('out of memory');
    }
    expect(ports[0]?.isEnded).toBe(true);
    const next = run();
    expect(ports).toHaveLength(2);
    say({ type: 'done', id: 3, trace: traceFor(DEFAULT_SPEC) });
    expect((await next.result).type).toBe('done');
  });

  it('fails in words when no worker can be started', async () => {
    const client = createLabClient(() => {
      throw new Error('blocked');
    });
    const result = await client.run(DEFAULT_SPEC, textObject('a.txt', 'a'), () => {}).result;
    expect(result.type === 'failed' && result.message).toContain('blocked');
  });
});
