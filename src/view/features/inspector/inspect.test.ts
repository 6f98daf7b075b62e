import { describe, expect, it } from 'vitest';
import { sseKmsUpload } from '../../../testing/stageFixture.ts';
import { hexRows } from './hexRows.ts';
import { inspect, isAvailable, TABS } from './inspect.ts';

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
