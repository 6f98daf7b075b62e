import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../../engine/index.ts';
import { runOf } from '../../../testing/allRuns.ts';
import { sseKmsUpload } from '../../../testing/stageFixture.ts';
import { ACT_SECONDS, startsOf } from './schedule.ts';

function eventsOf(trace: ReturnType<typeof sseKmsUpload>, name: string): readonly TraceEvent[] {
  const step = trace.steps.find(it => it.name === name);
  return step ? trace.events.slice(step.first, step.end) : [];
}

describe('the order within a step', () => {
  it('breaks what is discarded only when what was handed out has arrived', () => {
    const events = eventsOf(sseKmsUpload(), 'kms.answer');
    const starts = startsOf(events, () => true);
    const at = (verb: string) => events.filter(event => event.verb === verb).map(event => starts.get(event.index));
    expect(at('responded')).toEqual([0]);
    expect(at('discarded').length).toBeGreaterThan(0);
    expect(new Set(at('discarded'))).toEqual(new Set([ACT_SECONDS]));
  });

  it('shows a comparison after the hash it needs', async () => {
    const { trace } = await runOf({ mode: 'sse-s3', operation: 'upload', transport: 'https', principal: 'owner' });
    const events = eventsOf(trace, 's3.checkHash');
    const starts = startsOf(events, () => true);
    expect(events.map(event => [event.verb, starts.get(event.index)])).toEqual([
      ['hashed', 0],
      ['compared', ACT_SECONDS],
    ]);
  });

  it('gives no time to what nobody sees', () => {
    const events = eventsOf(sseKmsUpload(), 'kms.answer');
    const starts = startsOf(events, event => event.verb === 'discarded');
    expect([...starts.values()].every(start => start === 0)).toBe(true);
  });

  it('never lets the last event wait longer than 1.6 seconds', () => {
    const events = sseKmsUpload().events;
    expect(Math.max(...startsOf(events, () => true).values())).toBe(1.6);
  });
});
