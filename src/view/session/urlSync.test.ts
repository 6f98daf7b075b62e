import { describe, expect, it } from 'vitest';
import { stepAtEvents } from '../../scene/fold.ts';
import { aSession, settled } from '../../testing/sessionHarness.ts';
import { syncLink } from './urlSync.ts';

function aHost(start = '') {
  const history = [start];
  let at = 0;
  let listener = () => {};
  return {
    history,
    read: () => history[at] ?? '',
    push: (hash: string) => {
      history.splice(at + 1);
      history.push(hash);
      at += 1;
    },
    replace: (hash: string) => {
      history[at] = hash;
    },
    onChange: (callback: () => void) => {
      listener = callback;
      return () => {
        listener = () => {};
      };
    },
    visit: (hash: string) => {
      history.push(hash);
      at += 1;
      // Browsers tell a changed hash twice: popstate, then hashchange.
      listener();
      listener();
    },
    back: () => {
      at -= 1;
      listener();
    },
  };
}

async function synced(hash = '', introSeen = true) {
  const host = aHost(hash);
  const { session, lab } = aSession({ hash, settings: { introSeen } });
  syncLink(session, host);
  await settled();
  return { host, session, lab };
}

describe('urlSync', () => {
  it('replaces the link while stepping', async () => {
    const { host, session } = await synced();
    session.actions.next();
    session.actions.next();
    expect(host.history).toEqual(['#v=1&mode=sse-kms-cmk&op=upload&net=https&as=owner&step=3']);
  });

  it('adds an entry for another run', async () => {
    const { host, session } = await synced();
    session.actions.choose({ mode: 'sse-c' });
    await settled();
    expect(host.history).toHaveLength(2);
    expect(host.history[1]).toContain('mode=sse-c');
  });

  it('goes back to the former run and its step', async () => {
    const { host, session } = await synced();
    session.actions.goToStep(3);
    session.actions.choose({ operation: 'download' });
    await settled();
    host.back();
    await settled();
    const { trace, events } = session.getState();
    expect(trace?.run.operation).toBe('upload');
    expect(trace && stepAtEvents(trace, events)).toBe(3);
    expect(host.history).toHaveLength(2);
  });

  it('goes to another step of the same run without running again', async () => {
    const { host, session, lab } = await synced();
    host.replace('#v=1&mode=sse-kms-cmk&op=upload&net=https&as=owner&step=5');
    host.push('#');
    host.back();
    const { trace, events } = session.getState();
    expect(trace && stepAtEvents(trace, events)).toBe(5);
    expect(lab.runs).toHaveLength(1);
  });

  it('opens a link that is entered while the welcome is up', async () => {
    const { host, session } = await synced('', false);
    expect(session.getState().isLanding).toBe(true);
    host.visit('#v=1&mode=dsse-kms&op=upload&net=https&as=owner&step=4');
    await settled();
    const { trace, events, isLanding } = session.getState();
    expect(isLanding).toBe(false);
    expect(trace?.run.mode).toBe('dsse-kms');
    expect(trace && stepAtEvents(trace, events)).toBe(4);
    expect(host.history).toEqual(['', '#v=1&mode=dsse-kms&op=upload&net=https&as=owner&step=4']);
  });

  it('adds an entry for each act of a lesson, and goes back to the former act', async () => {
    const { host, session } = await synced();
    session.actions.openLesson('swap-v2');
    await settled();
    session.actions.goToAct(1);
    await settled();
    expect(host.history.slice(1)).toEqual([
      '#v=1&mode=cse-rsa&op=upload&net=https&as=s3-admin&lesson=swap-v2&act=1&step=1',
      '#v=1&mode=cse-rsa&op=download&net=https&as=owner&lesson=swap-v2&act=2&step=1',
    ]);
    host.back();
    await settled();
    expect(session.getState().trace?.run.lesson).toEqual({ id: 'swap-v2', act: 0 });
    expect(host.history).toHaveLength(3);
  });

  it('takes another format for another run', async () => {
    const { host, session } = await synced('#v=1&mode=cse-aes&op=upload&net=https&as=owner&step=1');
    session.actions.choose({ format: 'v2' });
    await settled();
    expect(host.history.at(-1)).toContain('&format=v2&step=1');
    host.back();
    await settled();
    expect(session.getState().trace?.run).not.toHaveProperty('format');
  });

  it('says what of an entered link could not be followed, once', async () => {
    const { host, session } = await synced();
    host.visit('#v=1&lesson=range&act=9');
    await settled();
    expect(session.getState().notices).toEqual([
      'The link names act "9", which this lesson does not have. You see the first one.',
    ]);
    expect(host.history.at(-1)).toContain('lesson=range&act=1&step=1');
  });

  it('never writes text or keys', async () => {
    const { host, session } = await synced();
    session.actions.setText('my secret words', 'diary.txt');
    await settled();
    session.actions.last();
    expect(host.history.join()).not.toMatch(/secret|diary/);
  });

  it('gives each page beside the lab an entry, and goes back to the lab', async () => {
    const { host, session } = await synced('#v=1&mode=sse-s3&op=upload&net=https&as=owner&step=2');
    const lab = host.read();
    session.openWorkspace('compare', { left: 'a' });
    expect(host.read()).toBe('#v=1&page=compare&left=a');
    session.setWorkspaceParams({ left: 'b' });
    session.openWorkspace('myths');
    expect(host.history).toEqual([lab, '#v=1&page=compare&left=b', '#v=1&page=myths']);
    host.back();
    expect(session.getState().workspace).toMatchObject({ name: 'compare', params: { left: 'b' } });
    host.back();
    await settled();
    expect(session.getState().workspace).toBeUndefined();
    expect(host.read()).toBe(lab);
    expect(host.history).toHaveLength(3);
  });

  it('gives another address of the same page an entry only when it is a new one', async () => {
    const { host, session } = await synced('#v=1&page=experiments');
    session.setWorkspaceParams({ id: 'two-gates' }, true);
    session.setWorkspaceParams({ id: 'two-gates', stage: 'why' });
    expect(host.history).toEqual(['#v=1&page=experiments', '#v=1&page=experiments&id=two-gates&stage=why']);
    host.back();
    expect(session.getState().workspace).toMatchObject({ name: 'experiments', params: {} });
  });

  it('shows a run of a page in the lab, one entry further', async () => {
    const { host, session } = await synced('#v=1&page=guide');
    session.showInLab({ mode: 'sse-c', operation: 'upload', transport: 'https', principal: 'owner' }, 3);
    await settled();
    expect(session.getState().workspace).toBeUndefined();
    expect(host.history).toEqual(['#v=1&page=guide', '#v=1&mode=sse-c&op=upload&net=https&as=owner&step=3']);
  });
});
