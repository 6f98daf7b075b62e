import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LessonId, RunSpec, Trace } from '../../engine/index.ts';
import type { Prediction } from '../../quiz/predict.ts';
import { eventsAtStep } from '../../scene/fold.ts';
import type { Narration } from '../../scene/narrate.ts';
import { guideOf } from './guide.ts';
import type { LabClient, LabResult, PendingRun, Progress } from './labClient.ts';
import { fileObject, isSameContent, objectProblem, TYPED_NAME, textObject } from './object.ts';
import { createPlayer } from './player.ts';
import { readSettings, type SettingsStorage, writeSettings } from './settings.ts';
import { createSide, type Side } from './side.ts';
import { bringsObject, changedSpec, findActSpec, findDownloadBefore, isClientSide, isSameSpec } from './spec.ts';
import type { SessionActions, SessionState, SpecChange } from './state.ts';
import { createTakeAway, type TakeAway } from './takeAway.ts';
import type { Timers } from './timers.ts';
import type { ParsedLink } from './urlState.ts';

/** The store and what can be done with it. Knows no React and no DOM. */
export interface Session extends StoreApi<SessionState>, Side {
  readonly actions: SessionActions;
  readonly takeAway: TakeAway;
  /** Starts the first run. */
  readonly begin: () => void;
  readonly dispose: () => void;
}

export interface SessionOptions {
  readonly lab: LabClient;
  readonly timers: Timers;
  readonly storage?: SettingsStorage | undefined;
  /** The words for steps. Those that a run of the encryption client needs besides may be fetched with the first such run. */
  readonly narration: Partial<Narration>;
  readonly furtherNarration?: () => Promise<Partial<Narration>>;
  /** Makes the questions of a run. They may come later than the run: stepping does not wait for them. */
  readonly predict: (trace: Trace) => Promise<readonly Prediction[]>;
  /** The object until the learner brings one. */
  readonly sample: { readonly name: string; readonly type: string; readonly text: string };
  /** Where the page was opened. */
  readonly link: ParsedLink;
}

/** A session over a lab. Call `begin` to start the first run. */
export function createSession(options: SessionOptions): Session {
  const { lab, timers, storage, predict, sample, link } = options;
  const settings = readSettings(storage);
  const store = createStore<SessionState>(() => ({
    spec: link.spec,
    object: textObject(sample.name, sample.text, sample.type),
    text: sample.text,
    status: 'starting',
    progress: undefined,
    error: undefined,
    notices: link.problems,
    trace: undefined,
    guide: [],
    predictions: [],
    download: undefined,
    formerDownload: undefined,
    comparison: 'none',
    events: 0,
    isPlaying: false,
    speed: 1,
    runUntil: undefined,
    answers: {},
    skipped: [],
    asking: undefined,
    answered: undefined,
    settings,
    ownKeys: {},
    selected: undefined,
    dialog: undefined,
    view: 'stage',
    workspace: link.workspace && { ...link.workspace, entry: 1 },
    isLanding: !link.isDeep && !settings.introSeen,
    announcement: { text: '', count: 0 },
  }));
  const { getState: get, setState: set } = store;
  const player = createPlayer(store, timers);
  const { takeAway, keyFor } = createTakeAway({ lab, store, rerun: () => run(1) });
  let pending: PendingRun | undefined;
  let { narration } = options;

  /** Words for a run, while the run is under way. Offline before they came: its steps go by their bare names. */
  const fetchWords = async (spec: RunSpec) => {
    const { experiment, fork, attack } = spec;
    if (!(isClientSide(spec.mode) || experiment || fork || attack) || !options.furtherNarration) return narration;
    const further = await options.furtherNarration().catch(() => ({}));
    narration = { ...narration, ...further };
    return narration;
  };

  /** Runs; afterwards stands at this step, 0 being the moment before the first. */
  const run = (step: number, spec: RunSpec = get().spec, also: Partial<SessionState> = {}) => {
    pending?.cancel();
    const { object, trace } = get();
    // In one go: whoever listens must not take the former run for the answer to the new wish.
    set({
      spec,
      status: trace ? 'running' : 'starting',
      progress: undefined,
      error: undefined,
      asking: undefined,
      ...also,
    });
    player.stop();
    const onProgress = (progress: Progress) => {
      if (pending === mine) set({ progress });
    };
    const mine = lab.run(spec, object, onProgress, keyFor(spec));
    pending = mine;
    void Promise.all([mine.result, fetchWords(spec)]).then(([result]) => {
      if (pending !== mine) return;
      pending = undefined;
      settle(result, step, object.content);
    });
  };

  const settle = (result: LabResult, step: number, original: Blob) => {
    if (result.type === 'done') {
      const formerDownload = formerOf(get(), result.trace);
      arrive(result.trace, step);
      set({ download: result.download, formerDownload, comparison: 'none' });
      if (result.download && !formerDownload) fetchFormer(result.trace);
      // What a lesson brings along itself was never the learner's: there is nothing to compare it with.
      if (result.download && !bringsObject(result.trace.run)) compare(result.trace, original, result.download);
      return;
    }
    const { trace } = get();
    if (result.type === 'cancelled' && trace) {
      set({ status: 'ready', progress: undefined, spec: trace.run });
      notice('The run was stopped. You see the former one.');
      return;
    }
    const error = result.type === 'failed' ? result.message : 'The run was stopped before it was finished.';
    if (result.type === 'failed' && result.isUnknown) {
      // A link to an experiment that there is not.
      notice(`${result.message} You see an ordinary run.`);
      run(1, changedSpec(get().spec, {}));
      return;
    }
    set({ status: 'failed', progress: undefined, trace: undefined, error });
  };

  /** Who opens an act by its link has not seen what the acts before brought back; the lab has them at hand. */
  const fetchFormer = (trace: Trace) => {
    const { lesson, seed } = trace.run;
    const before = lesson && findDownloadBefore(lesson.id, lesson.act);
    const spec = lesson && before !== undefined && findActSpec(lesson.id, before, seed);
    if (!spec) return;
    void lab
      .run(spec, get().object, () => undefined)
      .result.then(result => {
        if (get().trace !== trace || result.type !== 'done' || !result.download) return;
        set({ formerDownload: { act: before, content: result.download } });
      });
  };

  const arrive = (trace: Trace, step: number) => {
    const last = trace.steps.length;
    if (step > last) notice(`The link names step ${step}; this run has ${last} steps. You see the last one.`);
    set({
      status: 'ready',
      progress: undefined,
      trace,
      spec: trace.run,
      guide: guideOf(trace, narration),
      predictions: [],
      events: eventsAtStep(trace, Math.min(step, last)),
      answers: {},
      skipped: [],
      asking: undefined,
      answered: undefined,
      selected: undefined,
    });
    const hear = (predictions: readonly Prediction[]) => {
      if (get().trace === trace) set({ predictions });
    };
    // Offline before the questions came: the run goes without them.
    predict(trace).then(hear, () => undefined);
  };

  const compare = (trace: Trace, original: Blob, download: Blob) => {
    const done = (isSame: boolean) => {
      if (get().trace === trace) set({ comparison: isSame ? 'same' : 'different' });
    };
    // Unreadable blobs (a file changed on disk) leave the comparison undone: the page then claims nothing.
    isSameContent(original, download).then(done, () => undefined);
  };

  const notice = (text: string) => set(state => ({ notices: [...state.notices, text] }));
  const change: SessionActions['change'] = part => {
    const next = { ...get().settings, ...part };
    set({ settings: next });
    writeSettings(storage, next);
    if (part.askFirst === false && get().asking !== undefined) player.actions.skipQuestion();
  };
  const leaveLanding = () => {
    if (!get().isLanding) return;
    set({ isLanding: false });
    change({ introSeen: true });
  };
  // Whoever moves or reads is inside: the welcome must not lie over it.
  store.subscribe((now, before) => {
    if (now.events > 0 && now.events !== before.events) leaveLanding();
    if (now.view !== before.view) leaveLanding();
  });
  const choose = (wish: SpecChange) => {
    leaveLanding();
    run(1, changedSpec(get().spec, wish));
  };
  const showAct = (id: LessonId, act: number) => {
    const spec = findActSpec(id, act, get().spec.seed);
    if (!spec) return;
    leaveLanding();
    run(1, spec);
  };

  const actions: SessionActions = {
    ...player.actions,
    choose,
    change,
    upload: () => choose({ operation: 'upload' }),
    download: () => choose({ operation: 'download' }),
    openLesson: id => {
      set({ dialog: undefined });
      showAct(id, 0);
    },
    goToAct: act => {
      const { lesson } = get().spec;
      if (lesson) showAct(lesson.id, act);
    },
    leaveLesson: () => choose({}),
    setText: (text, name) => {
      const { object, text: former } = get();
      const named = textObject(name?.trim() || (former === undefined ? TYPED_NAME : object.name), text);
      const problem = objectProblem(named.name, named.content);
      if (problem !== undefined) return notice(problem);
      set({ object: named, text });
      choose({});
    },
    setFile: file => {
      const problem = objectProblem(file.name, file);
      if (problem !== undefined) return notice(problem);
      set({ object: fileObject(file), text: undefined });
      choose({});
    },
    follow: moment => {
      const { trace, status, workspace } = get();
      if (moment.workspace) {
        // First of all: whoever listens must not take the former page for the present one.
        const entry = workspace?.entry ?? 1;
        set({ workspace: { ...moment.workspace, entry }, isLanding: false, dialog: undefined });
        player.stop();
        return;
      }
      const isHere = status === 'ready' && trace !== undefined && isSameSpec(trace.run, moment.spec);
      // In one go with what comes instead of a page: whoever listens must not see the former run in between.
      if (isHere) {
        set({ workspace: undefined });
        player.actions.goToStep(moment.step ?? 1);
      } else run(moment.step ?? 1, moment.spec, { workspace: undefined });
      // Only now: before it, the address would be taken for that of the run behind the welcome, and be overwritten.
      leaveLanding();
      if (moment.problems?.length) set({ notices: moment.problems });
    },
    retry: () => run(1),
    cancelRun: () => {
      const mine = pending;
      if (!mine) return;
      mine.cancel();
      // A small run is over before the lab hears of it: whatever it still replies, the person stopped it.
      pending = undefined;
      settle({ type: 'cancelled' }, 0, get().object.content);
    },
    start: () => {
      leaveLanding();
      player.actions.goToStep(1);
    },
    select: selected => set({ selected }),
    openDialog: dialog => {
      player.stop();
      set({ dialog });
    },
    closeDialog: () => set({ dialog: undefined }),
    setView: view => set({ view }),
    dismissNotices: () => set({ notices: [] }),
  };
  const side = createSide({ lab, store, pause: player.stop, wordsOf: fetchWords, follow: actions.follow });
  return Object.assign(store, {
    actions,
    takeAway,
    ...side,
    begin: () => run(get().isLanding ? 0 : (link.step ?? 1)),
    dispose: () => {
      player.stop();
      lab.dispose();
    },
  });
}

/** What an act before `next` brought back, when it is of the same lesson. */
function formerOf({ trace, download, formerDownload }: SessionState, next: Trace): SessionState['formerDownload'] {
  const [was, is] = [trace?.run, next.run];
  if (!was?.lesson || was.lesson.id !== is.lesson?.id || was.seed !== is.seed) return undefined;
  const former = download ? { act: was.lesson.act, content: download } : formerDownload;
  return former && former.act < is.lesson.act ? former : undefined;
}
