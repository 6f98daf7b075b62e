import { stepAtEvents } from '../../scene/fold.ts';
import type { Session } from './session.ts';
import { formatLink, formatWorkspace, parseLink } from './urlState.ts';
import type { WorkspaceState } from './workspaceNames.ts';

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
  /** What the present entry of the history is about. */
  let entry: string | undefined;
  const put = (hash: string, next: string) => {
    const isSame = entry === undefined || entry === next;
    entry = next;
    if (hash === host.read()) return;
    if (isSame) host.replace(hash);
    else host.push(hash);
  };
  const write = () => {
    const { status, trace, events, isLanding, workspace } = session.getState();
    if (workspace) return put(formatWorkspace(workspace), entryOf(workspace));
    if (status !== 'ready' || !trace || isLanding) return;
    const hash = formatLink({ spec: trace.run, step: Math.max(1, stepAtEvents(trace, events)) });
    put(hash, formatLink({ spec: trace.run }));
  };
  const read = () => {
    const link = parseLink(host.read());
    const { trace, events, workspace } = session.getState();
    if (link.workspace) {
      const next = { ...link.workspace, entry: workspace?.entry ?? 1 };
      entry = entryOf(next);
      if (workspace && formatWorkspace(workspace) === formatWorkspace(next)) return;
      session.actions.follow(link);
      return;
    }
    const isSameRun = trace !== undefined && formatLink({ spec: trace.run }) === formatLink({ spec: link.spec });
    entry = formatLink({ spec: link.spec });
    if (!workspace && isSameRun && link.step === stepAtEvents(trace, events) && link.problems.length === 0) return;
    session.actions.follow(link);
  };
  const stopWriting = session.subscribe(write);
  const stopReading = host.onChange(read);
  return () => {
    stopWriting();
    stopReading();
  };
}

function entryOf({ name, entry }: Pick<WorkspaceState, 'name' | 'entry'>): string {
  return `${name} ${entry}`;
}
