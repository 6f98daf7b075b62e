import { describe, expect, it } from 'vitest';
import { MODES, type RunSpec, type Trace } from '../engine/index.ts';
import LabWorker from '../worker/labWorker.ts?worker';
import type { LabReply, LabRequest } from '../worker/protocol.ts';
import { NOTE, runOf } from './allRuns.ts';

/** What a trace is about, apart from what chance and the clock gave. */
function shapeOf(trace: Trace): string[] {
  return trace.events.map(event => `${event.step} ${event.verb} ${event.place} ${event.outputs.length}`);
}

function inWorker(spec: RunSpec): Promise<LabReply> {
  const worker = new LabWorker();
  const request: LabRequest = {
    type: 'run',
    id: 1,
    spec,
    object: { id: 1, name: NOTE.name, type: NOTE.type, content: new Blob([NOTE.bytes], { type: NOTE.type }) },
  };
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<LabReply>) => {
      if (event.data.type === 'progress') return;
      worker.terminate();
      resolve(event.data);
    };
    worker.onerror = event => reject(new Error(event.message));
    worker.postMessage(request);
  });
}

describe.each(MODES)('in mode %s the engine', mode => {
  const spec: RunSpec = {
    mode,
    operation: 'download',
    transport: 'https',
    principal: 'owner',
    ...(mode === 'cse-rsa' ? {} : { seed: 'three hosts' }),
  };

  it('runs in a page and in a worker alike', async () => {
    const inPage = await runOf(spec);
    const reply = await inWorker(spec);
    expect(reply.type).toBe('done');
    if (reply.type !== 'done') return;
    expect(shapeOf(reply.trace)).toEqual(shapeOf(inPage.trace));
    if (spec.seed !== undefined) expect(JSON.stringify(reply.trace)).toBe(JSON.stringify(inPage.trace));
    expect(new Uint8Array(await (reply.download ?? new Blob()).arrayBuffer())).toEqual(NOTE.bytes);
  });
});
