import type { StoreApi } from 'zustand/vanilla';
import type { RunSpec, Trace } from '../../engine/index.ts';
import { guideOf, type StepGuide } from './guide.ts';
import type { LabClient } from './labClient.ts';
import { formatSpec } from './specText.ts';
import type { SessionState } from './state.ts';
import type { WorkspaceName, WorkspaceParams } from './workspaceNames.ts';

/** How many runs beside the lab's are remembered. */
const MOST = 48;

/** What pages beside the lab can do. */
export interface Side {
  /**
   * A run beside the one on the lab’s stage, with the learner’s object; remembered while the object is the same.
   * Rejects with an Error whose message may be shown.
   */
  readonly play: (spec: RunSpec) => Promise<Trace>;
  /** The words for every step of a run; index 0 is step 1. */
  readonly wordsFor: (trace: Trace) => Promise<readonly StepGuide[]>;
  /** Leaves the page for the lab, and shows a moment of a run there. */
  readonly showInLab: (spec: RunSpec, step?: number) => void;
  readonly openWorkspace: (name: WorkspaceName, params?: WorkspaceParams) => void;
  /** Another address of the same page; a new entry in the history when `isNew`. */
  readonly setWorkspaceParams: (params: WorkspaceParams, isNew?: boolean) => void;
  /** Back to the lab as it was left. */
  readonly leaveWorkspace: () => void;
}

interface SideOptions {
  readonly lab: LabClient;
  readonly store: StoreApi<SessionState>;
  /** Stops whatever moves on the lab’s stage. */
  readonly pause: () => void;
  readonly wordsOf: (spec: RunSpec) => Promise<Parameters<typeof guideOf>[1]>;
  readonly follow: (moment: { readonly spec: RunSpec; readonly step?: number }) => void;
}

export function createSide({ lab, store, pause, wordsOf, follow }: SideOptions): Side {
  const played = new Map<string, Promise<Trace>>();

  const ask = async (spec: RunSpec): Promise<Trace> => {
    const { result } = lab.run(spec, store.getState().object, () => undefined);
    const told = await result;
    if (told.type === 'done') return told.trace;
    throw new Error(told.type === 'failed' ? told.message : 'The run was stopped before it was finished.');
  };
  const play = (spec: RunSpec): Promise<Trace> => {
    const name = `${store.getState().object.id}/${formatSpec(spec)}`;
    const known = played.get(name);
    if (known) return known;
    const trace = ask(spec);
    played.set(name, trace);
    const [oldest] = played.keys();
    if (played.size > MOST && oldest !== undefined) played.delete(oldest);
    // What failed may go well the next time.
    trace.catch(() => played.delete(name));
    return trace;
  };

  return {
    play,
    wordsFor: async trace => guideOf(trace, await wordsOf(trace.run)),
    showInLab: (spec, step) => follow({ spec, ...(step === undefined ? {} : { step }) }),
    openWorkspace: (name, params = {}) => {
      pause();
      store.setState(({ workspace }) => ({
        workspace: { name, params, entry: (workspace?.entry ?? 0) + 1 },
        dialog: undefined,
        isLanding: false,
      }));
    },
    setWorkspaceParams: (params, isNew = false) => {
      store.setState(({ workspace }) =>
        workspace ? { workspace: { ...workspace, params, entry: workspace.entry + (isNew ? 1 : 0) } } : {},
      );
    },
    leaveWorkspace: () => store.setState({ workspace: undefined }),
  };
}
