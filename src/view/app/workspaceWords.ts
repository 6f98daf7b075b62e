import type { WorkspaceName } from '../session/workspaceNames.ts';

/** What the pages beside the lab are called, and what one does there: in tabs and in the list of everything. */
export const WORKSPACE_WORDS: Readonly<Record<WorkspaceName, { readonly title: string; readonly line: string }>> = {
  experiments: {
    title: 'Experiments',
    line: 'Break one thing, predict what happens, run it, understand why.',
  },
  myths: { title: 'Myths', line: 'Claims that learners copy from each other, and the runs that refute them.' },
  compare: { title: 'Side by side', line: 'Two runs in lockstep, and what differs between them.' },
  guide: { title: 'Which mode?', line: 'Say what you need; see which mode fits, and the runs that prove it.' },
  attacker: { title: 'The attacker', line: 'Choose what has leaked; watch what opens and what stays shut.' },
  perform: { title: 'Perform it', line: 'You say who acts next, with what, to where.' },
  recall: { title: 'Recall', line: 'Three questions without the picture. The picture is the answer.' },
};
