import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../../engine/index.ts';
import { aSession, fakeLab, settled, traceFor } from '../../testing/sessionHarness.ts';

const SPEC: RunSpec = { mode: 'sse-c', operation: 'upload', transport: 'https', principal: 'owner' };

describe('a run beside the lab', () => {
  it('is played once, as long as the object is the same', async () => {
    const { session, lab } = aSession();
    await settled();
    const before = lab.runs.length;
    const [first, again] = await Promise.all([session.play(SPEC), session.play(SPEC)]);
    expect(again).toBe(first);
    expect(lab.runs.length).toBe(before + 1);
    session.actions.setText('another text');
    await settled();
    await session.play(SPEC);
    expect(lab.runs.filter(({ spec }) => spec.mode === 'sse-c')).toHaveLength(2);
  });

  it('leaves the lab’s own run alone', async () => {
    const { session } = aSession();
    await settled();
    const { trace } = session.getState();
    await session.play(SPEC);
    expect(session.getState().trace).toBe(trace);
  });

  it('that fails says why, and is tried anew the next time', async () => {
    let isBroken = true;
    const lab = fakeLab(spec =>
      isBroken ? { type: 'failed', message: 'The lab stopped.' } : { type: 'done', trace: traceFor(spec) },
    );
    const { session } = aSession({ lab });
    await settled();
    await expect(session.play(SPEC)).rejects.toThrow('The lab stopped.');
    isBroken = false;
    expect((await session.play(SPEC)).run).toEqual(SPEC);
  });

  it('has words for each of its steps', async () => {
    const { session } = aSession();
    await settled();
    const trace = await session.play(SPEC);
    expect(await session.wordsFor(trace)).toHaveLength(trace.steps.length);
  });
});

describe('a page beside the lab', () => {
  it('stops what plays, closes what is open, and gives the lab back as it was', async () => {
    const { session } = aSession();
    await settled();
    session.actions.goToStep(2);
    session.actions.play();
    session.actions.openDialog('explore');
    session.openWorkspace('recall');
    expect(session.getState()).toMatchObject({ isPlaying: false, dialog: undefined, isLanding: false });
    expect(session.getState().workspace).toEqual({ name: 'recall', params: {}, entry: 1 });
    const { events } = session.getState();
    session.leaveWorkspace();
    expect(session.getState()).toMatchObject({ workspace: undefined, events });
  });
});
