import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../engine/index.ts';
import { sseKmsUpload } from '../../../testing/stageFixture.ts';
import { hexRows } from './hexRows.ts';
import { inspect, isAvailable, TABS, tabsOf } from './inspect.ts';

const trace = sseKmsUpload();

describe('inspect', () => {
  it('never shows anything of what is still to come', () => {
    for (let events = 0; events <= trace.events.length; events++) {
      const seen = inspect(trace, events, undefined);
      if (seen.record) expect(seen.record.index).toBeLessThan(events);
      if (seen.decision) expect(seen.decision.index).toBeLessThan(events);
      expect(TABS).toContain(seen.suggested);
    }
    expect(TABS.filter(tab => isAvailable(inspect(trace, 0, undefined), tab))).toEqual([]);
  });

  it('suggests the decision in a step that decides', () => {
    const decided = trace.events.find(event => event.verb === 'authorized');
    expect(inspect(trace, (decided?.index ?? 0) + 1, undefined).suggested).toBe('decision');
  });

  it('has a command for steps that belong to an exchange, and only for these', () => {
    const events = trace.events.map((event, index) => ({ ...event, ...(index === 0 ? {} : { exchange: 0 }) }));
    const exchange: Exchange = {
      index: 0,
      link: 'client-s3',
      isSecure: true,
      request: { startLine: 'GET /lab/a HTTP/1.1', headers: [], bodyLength: 0 },
    };
    const asked = { ...trace, events, exchanges: [exchange] };
    expect(isAvailable(inspect(asked, 1, undefined), 'command')).toBe(false);
    expect(inspect(asked, asked.events.length, undefined).command).toBe(exchange);
    expect(inspect(trace, trace.events.length, undefined).command).toBeUndefined();
  });

  it('has a program where something was sealed on the customer’s side, and a tab for it only in such runs', () => {
    const exchange: Exchange = {
      index: 0,
      link: 'client-s3',
      isSecure: true,
      request: { startLine: 'PUT /lab/a HTTP/1.1', headers: [['x-amz-meta-x-amz-3', 'AA']], bodyLength: 9 },
      response: { startLine: 'HTTP/1.1 200 OK', headers: [], bodyLength: 0 },
    };
    const run = { ...trace.run, mode: 'cse-aes' } as const;
    const client = { ...trace, run, exchanges: [exchange] };
    expect(isAvailable(inspect(client, 0, undefined), 'program')).toBe(true);
    expect(isAvailable(inspect({ ...client, exchanges: [] }, 0, undefined), 'program')).toBe(false);
    expect(tabsOf(run)).toEqual(TABS);
    expect(tabsOf(trace.run)).not.toContain('program');
  });

  it('shows the artifact that was selected', () => {
    const [id] = Object.keys(trace.artifacts);
    const seen = inspect(trace, 1, { artifact: id ?? '', place: 'client' });
    expect(seen.artifact?.id).toBe(id);
    expect(seen.suggested).toBe('bytes');
  });
});

describe('hexRows', () => {
  it('cuts bytes into rows with positions and text', () => {
    expect(hexRows('48690a21', 16, 3)).toEqual([
      { offset: 16, bytes: ['48', '69', '0a'], text: 'Hi·' },
      { offset: 19, bytes: ['21'], text: '!' },
    ]);
  });

  it('gives no rows for no bytes', () => {
    expect(hexRows('', 0, 8)).toEqual([]);
  });
});
