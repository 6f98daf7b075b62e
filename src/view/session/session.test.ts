import { describe, expect, it } from 'vitest';
import { eventsAtStep, stepAtEvents } from '../../scene/fold.ts';
import { aSession, fakeLab, settled, traceFor } from '../../testing/sessionHarness.ts';
import { MAX_OBJECT_BYTES } from '../../worker/protocol.ts';
import type { Session } from './session.ts';

function stepOf(session: Session): number {
  const { trace, events } = session.getState();
  return trace ? stepAtEvents(trace, events) : -1;
}

function traceOf(session: Session) {
  const { trace } = session.getState();
  if (!trace) throw new Error('no run yet');
  return trace;
}

async function ready(wishes: Parameters<typeof aSession>[0] = {}) {
  const harness = aSession(wishes);
  await settled();
  return harness;
}

/** A step whose reveal answers a question, and the question. */
function aQuestion(session: Session) {
  const [question] = session.getState().predictions;
  if (!question) throw new Error('the run asks nothing');
  return question;
}

describe('session: runs', () => {
  it('runs at once and shows the first step', async () => {
    const { session, lab } = await ready();
    expect(lab.runs).toHaveLength(1);
    expect(session.getState().status).toBe('ready');
    expect(stepOf(session)).toBe(1);
  });

  it('stands before the first step behind the welcome, and at it after the start', async () => {
    const { session, storage } = await ready({ settings: { introSeen: false } });
    expect(session.getState().isLanding).toBe(true);
    expect(stepOf(session)).toBe(0);
    session.actions.start();
    expect(session.getState().isLanding).toBe(false);
    expect(stepOf(session)).toBe(1);
    expect(storage.content['envelope:settings']).toContain('"introSeen":true');
  });

  it('skips the welcome for a link, and opens its step', async () => {
    const { session } = await ready({ hash: '#v=1&mode=sse-s3&step=3', settings: { introSeen: false } });
    expect(session.getState().isLanding).toBe(false);
    expect(session.getState().spec.mode).toBe('sse-s3');
    expect(stepOf(session)).toBe(3);
  });

  it('clamps the step of a link to the run and says so', async () => {
    const { session } = await ready({ hash: '#v=1&step=999' });
    expect(stepOf(session)).toBe(traceOf(session).steps.length);
    expect(session.getState().notices.join(' ')).toContain('999');
  });

  it('runs again when another mode is chosen, from its first step', async () => {
    const { session, lab } = await ready();
    session.actions.goToStep(4);
    session.actions.choose({ mode: 'sse-c', seed: ' class ' });
    await settled();
    expect(lab.runs.at(-1)?.spec).toMatchObject({ mode: 'sse-c', seed: 'class' });
    expect(stepOf(session)).toBe(1);
  });

  it('takes the seed away when it is emptied', async () => {
    const { session, lab } = await ready({ hash: '#v=1&seed=abc' });
    session.actions.choose({ seed: '' });
    expect(lab.runs.at(-1)?.spec).not.toHaveProperty('seed');
  });

  it('shows only the run asked for last', async () => {
    const lab = fakeLab();
    const { session } = aSession({ lab });
    session.actions.choose({ mode: 'sse-c' });
    expect(lab.runs[0]?.isCancelled).toBe(true);
    const [first, second] = lab.runs;
    if (first) first.finish({ type: 'done', trace: traceFor(first.spec) });
    if (second) second.finish({ type: 'done', trace: traceFor(second.spec) });
    await settled();
    expect(traceOf(session).run.mode).toBe('sse-c');
  });

  it('goes back to the former run when one is cancelled', async () => {
    const lab = fakeLab();
    const { session } = aSession({ lab });
    const [first] = lab.runs;
    first?.finish({ type: 'done', trace: traceFor(first.spec) });
    await settled();
    session.actions.choose({ mode: 'dsse-kms' });
    expect(session.getState().status).toBe('running');
    session.actions.cancelRun();
    await settled();
    expect(session.getState()).toMatchObject({ status: 'ready', spec: { mode: 'sse-kms-cmk' } });
  });

  it('shows no run and the reason when the lab fails, and can try again', async () => {
    let isBroken = true;
    const lab = fakeLab(spec =>
      isBroken ? { type: 'failed', message: 'The lab stopped.' } : { type: 'done', trace: traceFor(spec) },
    );
    const { session } = await ready({ lab });
    expect(session.getState()).toMatchObject({ status: 'failed', error: 'The lab stopped.', trace: undefined });
    isBroken = false;
    session.actions.retry();
    await settled();
    expect(session.getState()).toMatchObject({ status: 'ready', error: undefined });
  });

  it('says "the same" only after it compared the bytes', async () => {
    const answers = { same: 'a small report', different: 'a small raport' };
    for (const [expected, text] of Object.entries(answers)) {
      const lab = fakeLab(spec => ({ type: 'done', trace: traceFor(spec), download: new Blob([text]) }));
      const { session } = aSession({ lab });
      expect(session.getState().comparison).toBe('none');
      await expect.poll(() => session.getState().comparison).toBe(expected);
    }
  });
});

describe('session: a run that was stopped', () => {
  it('stays stopped when the lab finished it all the same', async () => {
    // A lab that never hears of the wish, as with a small run.
    const deaf = fakeLab();
    const lab = {
      ...deaf,
      run: (...asked: Parameters<typeof deaf.run>) => ({ ...deaf.run(...asked), cancel: () => {} }),
    };
    const { session } = aSession({ lab });
    const [first] = lab.runs;
    first?.finish({ type: 'done', trace: traceFor(first.spec) });
    await settled();
    session.actions.choose({ mode: 'dsse-kms' });
    session.actions.cancelRun();
    const second = lab.runs[1];
    second?.finish({ type: 'done', trace: traceFor(second.spec) });
    await settled();
    expect(session.getState()).toMatchObject({ status: 'ready', spec: { mode: 'sse-kms-cmk' } });
    expect(traceOf(session).run.mode).toBe('sse-kms-cmk');
    expect(session.getState().notices).toEqual(['The run was stopped. You see the former one.']);
  });

  it('is not there to be stopped once it has come', async () => {
    const { session } = await ready();
    session.actions.cancelRun();
    expect(session.getState()).toMatchObject({ status: 'ready', notices: [] });
  });
});

describe('session: the object', () => {
  it('is a note again when a text without a name follows a file', async () => {
    const { session, lab } = await ready();
    session.actions.setText('hello');
    expect(lab.runs.at(-1)?.object.name).toBe('report.txt');
    session.actions.setFile(new File(['x'], 'big.bin'));
    session.actions.setText('hello');
    expect(lab.runs.at(-1)?.object.name).toBe('note.txt');
  });

  it('runs anew with a typed text', async () => {
    const { session, lab } = await ready();
    session.actions.setText('hello', 'note.txt');
    expect(lab.runs.at(-1)?.object.name).toBe('note.txt');
    expect(await lab.runs.at(-1)?.object.content.text()).toBe('hello');
  });

  it('refuses a file over 64 MiB in words and keeps the former object', async () => {
    const { session, lab } = await ready();
    const before = session.getState().object;
    const file = new File([], 'big.iso');
    Object.defineProperty(file, 'size', { value: MAX_OBJECT_BYTES + 1 });
    session.actions.setFile(file);
    expect(session.getState().object).toBe(before);
    expect(lab.runs).toHaveLength(1);
    expect(session.getState().notices[0]).toContain('up to 64 MiB');
  });

  it('takes a file of 64 MiB', async () => {
    const { session, lab } = await ready();
    const file = new File([], 'big.iso');
    Object.defineProperty(file, 'size', { value: MAX_OBJECT_BYTES });
    session.actions.setFile(file);
    expect(lab.runs.at(-1)?.object.content).toBe(file);
  });
});

describe('session: downloads', () => {
  const asked = (lab: ReturnType<typeof fakeLab>) =>
    lab.runs.map(({ spec, object }) => `${spec.operation} ${object.name} as ${spec.principal}`);

  it('download what was uploaded without uploading it again', async () => {
    const { session, lab } = await ready();
    session.actions.download();
    expect(asked(lab)).toEqual(['upload report.txt as owner', 'download report.txt as owner']);
  });

  it('carry the number of the object, so that the lab can tell a new one from the one it keeps', async () => {
    const { session, lab } = await ready();
    session.actions.download();
    await settled();
    session.actions.setText('new', 'new.txt');
    await settled();
    const ids = lab.runs.map(({ object }) => object.id);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[1]);
  });
});

describe('session: moving', () => {
  it('goes forward and back to exactly the same moments', async () => {
    const { session } = await ready();
    const forward: number[] = [];
    for (const _ of traceOf(session).steps) {
      forward.push(session.getState().events);
      session.actions.next();
    }
    expect(session.getState().events).toBe(traceOf(session).events.length);
    const back: number[] = [];
    for (const _ of traceOf(session).steps) {
      back.unshift(session.getState().events);
      session.actions.previous();
    }
    expect(back).toEqual(forward);
  });

  it('first finishes the step when it stands inside one', async () => {
    const { session } = await ready();
    const trace = traceOf(session);
    const wide = trace.steps.findIndex(step => step.end - step.first > 1) + 1;
    session.actions.goToStep(wide);
    session.actions.previousFrame();
    expect(stepOf(session)).toBe(wide);
    session.actions.next();
    expect(session.getState().events).toBe(eventsAtStep(trace, wide));
  });

  it('clamps jumps to the run', async () => {
    const { session } = await ready();
    session.actions.goToStep(1e9);
    expect(stepOf(session)).toBe(traceOf(session).steps.length);
    session.actions.goToStep(-5);
    expect(stepOf(session)).toBe(1);
  });

  it('goes from named stop to named stop', async () => {
    const { session } = await ready();
    const stops = session.getState().guide.flatMap((step, index) => (step.stop ? [index + 1] : []));
    expect(stops.length).toBeGreaterThan(1);
    session.actions.nextStop();
    expect(stepOf(session)).toBe(stops[0]);
    session.actions.nextStop();
    expect(stepOf(session)).toBe(stops[1]);
    session.actions.previousStop();
    expect(stepOf(session)).toBe(stops[0]);
  });

  it('says each step that a person causes', async () => {
    const { session } = await ready();
    session.actions.next();
    const { announcement, guide } = session.getState();
    expect(announcement.text).toMatch(new RegExp(`^Step 2 of ${guide.length}\\. title `));
  });
});

describe('session: playing', () => {
  it('shows a step every 1.6 seconds at normal speed', async () => {
    const { session, timers } = await ready();
    session.actions.play();
    expect(stepOf(session)).toBe(2);
    timers.advance(1599);
    expect(stepOf(session)).toBe(2);
    timers.advance(1);
    expect(stepOf(session)).toBe(3);
  });

  it('plays twice as fast at double speed, also when changed on the way', async () => {
    const { session, timers } = await ready();
    session.actions.play();
    session.actions.setSpeed(2);
    timers.advance(800);
    expect(stepOf(session)).toBe(3);
  });

  it('ignores a speed that is not offered', async () => {
    const { session } = await ready();
    session.actions.setSpeed(100);
    expect(session.getState().speed).toBe(1);
  });

  it('stops at the end with no timer left', async () => {
    const { session, timers } = await ready();
    session.actions.play();
    timers.advance(1_000_000);
    expect(session.getState()).toMatchObject({ isPlaying: false, events: traceOf(session).events.length });
    expect(timers.waiting()).toBe(0);
  });

  it('starts over when played at the end', async () => {
    const { session } = await ready();
    session.actions.last();
    session.actions.play();
    expect(stepOf(session)).toBe(1);
    expect(session.getState().isPlaying).toBe(true);
  });

  it('pauses when a dialog opens or a hand takes over', async () => {
    const { session, timers } = await ready();
    session.actions.play();
    session.actions.openDialog('help');
    expect(session.getState().isPlaying).toBe(false);
    session.actions.closeDialog();
    session.actions.play();
    session.actions.previous();
    expect(session.getState().isPlaying).toBe(false);
    expect(timers.waiting()).toBe(0);
  });

  it('is silent while it plays, except at named stops', async () => {
    const { session, timers } = await ready();
    session.actions.play();
    timers.advance(1_000_000);
    const { guide, announcement } = session.getState();
    expect(announcement.count).toBe(guide.filter((step, index) => index > 0 && step.stop).length);
  });

  it('runs until a step and stops there', async () => {
    const { session, timers } = await ready();
    const target = traceOf(session).steps[4];
    if (!target) throw new Error('the run is too short');
    session.actions.runUntil(target.name);
    timers.advance(1_000_000);
    expect(stepOf(session)).toBe(5);
    expect(session.getState()).toMatchObject({ isPlaying: false, runUntil: undefined });
  });

  it('starts over to run until a step that lies behind', async () => {
    const { session, timers } = await ready();
    const { steps } = traceOf(session);
    const once = steps.findIndex(step => steps.filter(other => other.name === step.name).length === 1);
    session.actions.last();
    const name = steps[once]?.name;
    if (name === undefined) throw new Error('every step repeats');
    session.actions.runUntil(name);
    timers.advance(1_000_000);
    expect(stepOf(session)).toBe(once + 1);
  });
});

describe('session: asking first', () => {
  const asking = { settings: { askFirst: true } };

  it('stops before the step and asks', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    expect(session.getState().asking).toBe(question.id);
    expect(stepOf(session)).toBe(question.step - 1);
  });

  it('does not move by hand while it asks', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.next();
    session.actions.play();
    expect(stepOf(session)).toBe(question.step - 1);
    expect(session.getState().isPlaying).toBe(false);
  });

  it('plays up to the question, and plays on after the answer', async () => {
    const { session, timers } = await ready(asking);
    const question = aQuestion(session);
    session.actions.play();
    timers.advance(1_000_000);
    expect(session.getState()).toMatchObject({ asking: question.id, isPlaying: false });
    session.actions.answer(question.answerId);
    expect(session.getState()).toMatchObject({ asking: undefined, answered: question.id, isPlaying: true });
    expect(stepOf(session)).toBe(question.step);
  });

  it('does not play on when it was stepped by hand', async () => {
    const { session, timers } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.answer(question.answerId);
    expect(session.getState().isPlaying).toBe(false);
    expect(timers.waiting()).toBe(0);
  });

  it('asks the same question once only', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.skipQuestion();
    expect(stepOf(session)).toBe(question.step);
    session.actions.previous();
    session.actions.next();
    expect(session.getState().asking).toBeUndefined();
    expect(stepOf(session)).toBe(question.step);
  });

  it('refuses an answer that is not offered', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.answer('nonsense');
    expect(session.getState()).toMatchObject({ asking: question.id, answers: {} });
  });

  it('never asks on a jump, and a jump takes the question away', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step);
    expect(session.getState().asking).toBeUndefined();
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.last();
    expect(session.getState().asking).toBeUndefined();
    expect(stepOf(session)).toBe(traceOf(session).steps.length);
  });

  it('stops before a question on the way to a later stop', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    const target = traceOf(session).steps.at(-1);
    if (!target) throw new Error('no steps');
    session.actions.runUntil(target.name);
    return expect
      .poll(() => session.getState().asking ?? stepOf(session))
      .toBeDefined()
      .then(() => {
        expect(stepOf(session)).toBeLessThan(question.step);
      });
  });

  it('lets go of the question when asking is turned off', async () => {
    const { session } = await ready(asking);
    const question = aQuestion(session);
    session.actions.goToStep(question.step - 1);
    session.actions.next();
    session.actions.change({ askFirst: false });
    expect(session.getState().asking).toBeUndefined();
    expect(stepOf(session)).toBe(question.step);
  });
});

describe('session: lessons', () => {
  it('opens at the first act, goes to others, and leaves for an ordinary run', async () => {
    const { session, lab } = await ready();
    session.actions.openDialog('lessons');
    session.actions.openLesson('swap-v2');
    await settled();
    expect(session.getState()).toMatchObject({ dialog: undefined, spec: { lesson: { id: 'swap-v2', act: 0 } } });
    session.actions.last();
    session.actions.goToAct(3);
    await settled();
    expect(session.getState().trace?.run).toMatchObject({
      mode: 'cse-rsa',
      operation: 'download',
      principal: 'owner',
      lesson: { id: 'swap-v2', act: 3 },
    });
    expect(stepOf(session)).toBe(1);
    session.actions.leaveLesson();
    await settled();
    expect(session.getState().trace?.run).toEqual({
      mode: 'cse-rsa',
      operation: 'download',
      transport: 'https',
      principal: 'owner',
    });
    expect(lab.runs).toHaveLength(4);
  });

  it('ignores acts that there are not, and acts outside of lessons', async () => {
    const { session, lab } = await ready();
    session.actions.goToAct(1);
    session.actions.openLesson('lost-key');
    await settled();
    session.actions.goToAct(2);
    session.actions.goToAct(-1);
    expect(lab.runs).toHaveLength(2);
  });

  it('keep the seed', async () => {
    const { session, lab } = await ready({ hash: '#v=1&seed=class' });
    session.actions.openLesson('lost-key');
    await settled();
    session.actions.choose({ seed: 'another' });
    expect(lab.runs.slice(1).map(({ spec }) => [spec.lesson?.id, spec.seed])).toEqual([
      ['lost-key', 'class'],
      ['lost-key', 'another'],
    ]);
  });

  it.each([
    ['another mode', (session: Session) => session.actions.choose({ mode: 'sse-s3' })],
    ['the other direction', (session: Session) => session.actions.download()],
    ['another text', (session: Session) => session.actions.setText('mine')],
    ['a file', (session: Session) => session.actions.setFile(new File(['x'], 'x.txt'))],
  ])('are left by choosing %s', async (_, choose) => {
    const { session, lab } = await ready({ hash: '#v=1&lesson=lost-key&act=2' });
    expect(session.getState().spec.lesson).toEqual({ id: 'lost-key', act: 1 });
    choose(session);
    expect(lab.runs.at(-1)?.spec).not.toHaveProperty('lesson');
  });

  it('leave the welcome', async () => {
    const { session } = await ready({ settings: { introSeen: false } });
    session.actions.openLesson('lost-key');
    await settled();
    expect(session.getState().isLanding).toBe(false);
    expect(stepOf(session)).toBe(1);
  });

  it('compare with what you uploaded only where it was yours', async () => {
    const lab = fakeLab(spec => ({ type: 'done', trace: traceFor(spec), download: new Blob(['a small report']) }));
    const { session } = aSession({ lab, hash: '#v=1&lesson=lost-key&act=2' });
    await expect.poll(() => session.getState().comparison).toBe('same');
    session.actions.openLesson('swap-v2');
    session.actions.goToAct(1);
    await settled();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(session.getState().download).toBeDefined();
    expect(session.getState().comparison).toBe('none');
  });

  it('fetch what an earlier act brought when a link leads straight to a later one', async () => {
    const lab = fakeLab(spec => ({
      type: 'done',
      trace: traceFor(spec),
      ...(spec.operation === 'download' ? { download: new Blob([`act ${spec.lesson?.act}`]) } : {}),
    }));
    const { session } = await ready({ lab, hash: '#v=1&lesson=swap-v2&act=4' });
    await settled();
    expect(session.getState().trace?.run.lesson).toEqual({ id: 'swap-v2', act: 3 });
    const former = session.getState().formerDownload;
    expect(former?.act).toBe(1);
    expect(await former?.content.text()).toBe('act 1');
    expect(lab.runs.map(run => run.spec.lesson?.act)).toEqual([3, 1]);
  });

  it('keep what an earlier act brought, and nothing of later acts or other lessons', async () => {
    const lab = fakeLab(spec => ({
      type: 'done',
      trace: traceFor(spec),
      ...(spec.operation === 'download' ? { download: new Blob([`act ${spec.lesson?.act}`]) } : {}),
    }));
    const { session } = await ready({ lab, hash: '#v=1&lesson=swap-v2&act=2' });
    const former = () => session.getState().formerDownload?.act;
    const seen = [former()];
    for (const act of [2, 3, 1]) {
      session.actions.goToAct(act);
      await settled();
      seen.push(former());
    }
    session.actions.goToAct(3);
    session.actions.openLesson('swap-v3');
    await settled();
    expect([...seen, former()]).toEqual([undefined, 1, 1, undefined, undefined]);
  });

  it('shows an ordinary run, and says why, when a link names an experiment that there is not', async () => {
    const lab = fakeLab(spec =>
      spec.experiment
        ? { type: 'failed', message: 'There is no experiment of this name.', isUnknown: true }
        : { type: 'done', trace: traceFor(spec) },
    );
    const { session } = aSession({ lab, hash: '#v=1&run=sse-c.upload.https.reader.experiment-nothing-0' });
    await settled();
    await settled();
    expect(session.getState()).toMatchObject({
      status: 'ready',
      spec: { mode: 'sse-c', operation: 'upload', principal: 'owner' },
      notices: ['There is no experiment of this name. You see an ordinary run.'],
    });
    expect(session.getState().spec).not.toHaveProperty('experiment');
  });
});
