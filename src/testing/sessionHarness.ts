import { type RunSpec, STEP_NAMES, type Trace } from '../engine/index.ts';
import { predictionsOf } from '../quiz/predict.ts';
import type { Narration } from '../scene/narrate.ts';
import type { LabClient, LabResult, PendingRun, Progress } from '../view/session/labClient.ts';
import { createSession, type Session } from '../view/session/session.ts';
import { DEFAULT_SETTINGS, type Settings, type SettingsStorage } from '../view/session/settings.ts';
import type { Timers } from '../view/session/timers.ts';
import { parseLink } from '../view/session/urlState.ts';
import type { LabObject } from '../worker/protocol.ts';
import { sseKmsUpload } from './stageFixture.ts';

/** Narration whose titles are the names of the steps; making and discarding a data key are named stops. */
export const plainNarration = Object.fromEntries(
  STEP_NAMES.map(name => [
    name,
    {
      otherwise: {
        title: `title ${name}`,
        say: `say **${name}**`,
        ...(/makeDataKey|discardKey|encrypt$/.test(name) ? { stop: `stop ${name}` } : {}),
      },
    },
  ]),
) as Narration;

/** Timers that move only when told to. */
export function fakeTimers(): Timers & { advance: (ms: number) => void; readonly waiting: () => number } {
  let now = 0;
  let queue: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    after: (ms, callback) => {
      const entry = { at: now + ms, callback };
      queue.push(entry);
      return () => {
        queue = queue.filter(other => other !== entry);
      };
    },
    advance: ms => {
      const end = now + ms;
      for (;;) {
        const [next] = queue.filter(entry => entry.at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = next.at;
        queue = queue.filter(entry => entry !== next);
        next.callback();
      }
      now = end;
    },
    waiting: () => queue.length,
  };
}

/** A storage in memory. */
export function fakeStorage(
  content: Record<string, string> = {},
): SettingsStorage & { content: Record<string, string> } {
  return {
    content,
    getItem: name => content[name] ?? null,
    setItem: (name, value) => {
      content[name] = value;
    },
  };
}

export interface AskedRun {
  readonly spec: RunSpec;
  readonly object: LabObject;
  readonly onProgress: (progress: Progress) => void;
  readonly finish: (result: LabResult) => void;
  isCancelled: boolean;
}

/** A lab that remembers what it was asked, and answers when told to; with `answer` it answers by itself. */
export function fakeLab(answer?: (spec: RunSpec, object: LabObject) => LabResult): LabClient & { runs: AskedRun[] } {
  const runs: AskedRun[] = [];
  return {
    runs,
    run: (spec, object, onProgress): PendingRun => {
      let finish: (result: LabResult) => void = () => undefined;
      const result = new Promise<LabResult>(resolve => {
        finish = resolve;
      });
      const run: AskedRun = { spec, object, onProgress, finish, isCancelled: false };
      runs.push(run);
      if (answer) finish(answer(spec, object));
      return {
        result,
        cancel: () => {
          run.isCancelled = true;
          finish({ type: 'cancelled' });
        },
      };
    },
    dispose: () => undefined,
  };
}

/** The believable upload, as if it had been asked for with this wish. */
export function traceFor(spec: RunSpec): Trace {
  return { ...sseKmsUpload(), run: spec };
}

interface Wishes {
  readonly hash?: string;
  readonly settings?: Partial<Settings>;
  readonly lab?: LabClient & { runs: AskedRun[] };
  readonly narration?: Narration;
}

/** A session over fakes. `await settled()` lets a finished run arrive. */
export function aSession(wishes: Wishes = {}): {
  session: Session;
  timers: ReturnType<typeof fakeTimers>;
  lab: ReturnType<typeof fakeLab>;
  storage: ReturnType<typeof fakeStorage>;
} {
  const settings = { ...DEFAULT_SETTINGS, introSeen: true, askFirst: false, ...wishes.settings };
  const storage = fakeStorage({ 'envelope:settings': JSON.stringify(settings) });
  const lab = wishes.lab ?? fakeLab(spec => ({ type: 'done', trace: traceFor(spec) }));
  const timers = fakeTimers();
  const session = createSession({
    lab,
    timers,
    storage,
    narration: wishes.narration ?? plainNarration,
    predict: trace => Promise.resolve(predictionsOf(trace)),
    sample: { name: 'report.txt', type: 'text/plain', text: 'a small report' },
    link: parseLink(wishes.hash ?? ''),
  });
  session.begin();
  return { session, timers, lab, storage };
}

/** Lets promises that are already kept arrive. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
