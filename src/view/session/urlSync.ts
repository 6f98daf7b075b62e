import { stepAtEvents } from '../../scene/fold.ts';
import type { Session } from './session.ts';
import { formatLink, parseLink } from './urlState.ts';

/** The part of a window that carries the link. */
export interface LinkHost {
  readonly read: () => string;
  readonly push: (hash: string) => void;
  readonly replace: (hash: string) => void;
  /** Calls back when the person goes back or forward, or edits the address. Returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

/**
 * Keeps address and session alike: another run is a new history entry, another step replaces the entry, and going
 * back in the browser goes back to the former run. Returns how to stop.
 */
export function syncLink(session: Session, host: LinkHost): () => void {
  let run: string | undefined;
  const write = () => {
    const { status, trace, events, isLanding } = session.getState();
    if (status !== 'ready' || !trace || isLanding) return;
    const hash = formatLink({ spec: trace.run, step: Math.max(1, stepAtEvents(trace, events)) });
    const nextRun = formatLink({ spec: trace.run });
    const isSameRun = run === undefined || run === nextRun;
    run = nextRun;
    if (hash === host.read()) return;
    if (isSameRun) host.replace(hash);
    else host.push(hash);
  };
  const read = () => {
    const link = parseLink(host.read());
    const { trace, events } = session.getState();
    const isSameRun = trace !== undefined && formatLink({ spec: trace.run }) === formatLink({ spec: link.spec });
    run = formatLink({ spec: link.spec });
    if (isSameRun && link.step === stepAtEvents(trace, events) && link.problems.length === 0) return;
    session.actions.follow(link);
  };
  const stopWriting = session.subscribe(write);
  const stopReading = host.onChange(read);
  return () => {
    stopWriting();
    stopReading();
  };
}
