import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serializeHead } from '../engine/wire/head.ts';
import { ALL_SPECS, nameOfSpec, runOf } from './allRuns.ts';
import { formsOf, latin1, secretsAmong } from './leaks.ts';

/** Every message as plaintext, in the order in which they crossed. */
const crossed: { readonly text: string; readonly cargo: readonly string[] }[] = [];

vi.mock('../engine/wire/carry.ts', async importOriginal => {
  const original = await importOriginal<typeof import('../engine/wire/carry.ts')>();
  const carry: typeof original.carry = options => {
    const { message } = options;
    const text = [serializeHead(message), ...message.body.pieces()].map(latin1).join('');
    crossed.push({ text, cargo: 'status' in message ? (message.cargo ?? []) : [] });
    return original.carry(options);
  };
  return { ...original, carry };
});

beforeEach(() => {
  crossed.length = 0;
});

describe.each(ALL_SPECS.map(spec => [nameOfSpec(spec), spec] as const))('%s', (_name, spec) => {
  it('tells of every secret that is in a message, and of the locked ones by the lock', async () => {
    const { trace } = await runOf(spec);
    const events = trace.events.filter(event =>
      event.outputs.some(id => event.place === 'network' && trace.artifacts[id]?.kind === 'capture'),
    );
    expect(events.length).toBeGreaterThan(0);
    // The unrecorded upload before a download crossed first.
    const messages = crossed.slice(-events.length);
    expect(messages[0]?.text).toContain('HTTP/1.1\r\n');

    let found = 0;
    const untold = events.flatMap(({ outputs }, i) => {
      const capture = outputs.map(id => trace.artifacts[id]).find(artifact => artifact?.kind === 'capture');
      const told = capture?.lock ? capture.lock.contents : outputs;
      const present = secretsAmong(Object.values(trace.artifacts)).filter(({ parts }) =>
        parts.some(part => formsOf(part).some(form => messages[i]?.text.includes(form))),
      );
      found += present.length;
      // What a service declares is in its answer, as long as nobody has changed what it keeps.
      const declared = (messages[i]?.cargo ?? []).filter(id => !told.includes(id));
      const missing = present.filter(({ id }) => !told.includes(id)).map(({ id }) => id);
      return [...missing, ...declared].map(id => `${trace.artifacts[id]?.kind} ${id} in message ${i}`);
    });
    expect(untold).toEqual([]);
    const isServerSide = !spec.mode.startsWith('cse-');
    if (isServerSide && trace.outcome.isOk) expect(found).toBeGreaterThan(0);
  });
});
