import { describe, expect, it } from 'vitest';
import { narration } from '../../../content/narration.ts';
import type { Trace } from '../../../engine/index.ts';
import { predictionsOf } from '../../../quiz/predict.ts';
import { eventsAtStep } from '../../../scene/fold.ts';
import { runOf } from '../../../testing/allRuns.ts';
import { guideOf, plainText } from '../../session/guide.ts';
import { DEFAULT_SETTINGS } from '../../session/settings.ts';
import { hiddenFrom } from '../../session/spoilers.ts';
import { listSteps } from './listSteps.ts';

async function refusedDownload(): Promise<Trace> {
  const spec = { mode: 'sse-kms-cmk', operation: 'download', transport: 'https', principal: 's3-admin' } as const;
  return (await runOf(spec)).trace;
}

function asking(trace: Trace, step: number, more: { askFirst?: boolean; skipped?: string[] } = {}) {
  const { askFirst = true, skipped = [] } = more;
  const settings = { ...DEFAULT_SETTINGS, askFirst };
  const events = eventsAtStep(trace, step);
  return { trace, events, predictions: predictionsOf(trace), settings, answers: {}, skipped };
}

function listed(state: ReturnType<typeof asking>) {
  const { trace } = state;
  return listSteps(guideOf(trace, narration), hiddenFrom(state)).map(step => ({
    ...step,
    text: plainText(step.title, trace.artifacts),
  }));
}

describe('the step list while questions are open', () => {
  it('never tells what the next question asks, in a real refused download', async () => {
    const trace = await refusedDownload();
    const gate = predictionsOf(trace).find(({ id }) => id === 'gate-kms');
    expect(gate?.answerId).toBe('shut');
    const answer = /shut|den(y|ies|ied)|refus|403/i;
    const open = listed(asking(trace, 1, { askFirst: false })).map(({ text }) => text);
    expect(open.join('\n')).toMatch(answer);
    for (let step = 0; step < (gate?.step ?? 0); step++) {
      const said = listed(asking(trace, step)).map(({ text }) => text);
      expect(said.join('\n')).not.toMatch(answer);
    }
  });

  it('says why once, then only that there is more', async () => {
    const trace = await refusedDownload();
    const [question] = predictionsOf(trace);
    const first = question?.step ?? 0;
    const steps = listed(asking(trace, first - 1));
    expect(steps).toHaveLength(trace.steps.length);
    expect(steps.filter(({ isHidden }) => isHidden).map(({ number }) => number)[0]).toBe(first);
    expect(steps[first - 1]?.text).toBe('after your answer');
    expect(new Set(steps.slice(first).map(({ text }) => text))).toEqual(new Set(['…']));
    expect(steps.slice(first - 1).some(({ isStop }) => isStop)).toBe(false);
  });

  it('shows a title as soon as its question is skipped or jumped over, up to the next one', async () => {
    const trace = await refusedDownload();
    const [first, second] = predictionsOf(trace);
    if (!first || !second) throw new Error('the run asks too little');
    const skipped = asking(trace, first.step - 1, { skipped: [first.id] });
    expect(hiddenFrom(skipped)).toBe(second.step);
    expect(hiddenFrom({ ...skipped, skipped: [], answers: { [first.id]: first.answerId } })).toBe(second.step);
    expect(hiddenFrom(asking(trace, first.step))).toBe(second.step);
  });

  it('shows all titles when nothing is asked', async () => {
    const trace = await refusedDownload();
    expect(listed(asking(trace, 1, { askFirst: false })).some(({ isHidden }) => isHidden)).toBe(false);
    expect(listed(asking(trace, trace.steps.length)).some(({ isHidden }) => isHidden)).toBe(false);
  });
});
