import { MODE_TEXTS } from '../../../content/modes.ts';
import type { Mode, RunSpec, Trace } from '../../../engine/index.ts';
import { changedSpec } from '../../session/spec.ts';
import { formatSpec } from '../../session/specText.ts';
import type { WorkspaceName, WorkspaceParams } from '../../session/workspaceNames.ts';

/** A page to go on to, with what it is to show. */
export interface Way {
  readonly name: WorkspaceName;
  readonly params: WorkspaceParams;
  readonly words: string;
}

/** With which mode each is worth comparing: its nearest relative, so that what differs is what matters. */
const RELATIVES: Readonly<Record<Mode, Mode>> = {
  'sse-s3': 'sse-kms-cmk',
  'sse-kms-aws': 'sse-kms-cmk',
  'sse-kms-cmk': 'sse-s3',
  'dsse-kms': 'sse-kms-cmk',
  'sse-c': 'cse-aes',
  'cse-aes': 'sse-c',
  'cse-rsa': 'cse-aes',
  'cse-kms': 'sse-kms-cmk',
  none: 'sse-s3',
};

/** Whether the run is of the lab alone: lessons, experiments, changed runs and attacks have ways on of their own. */
export function isOrdinary({ lesson, experiment, fork, attack }: RunSpec): boolean {
  return !(lesson ?? experiment ?? fork ?? attack);
}

/** Where to go on from an ordinary run that was played to its end; nowhere from others. */
export function waysOn({ run }: Pick<Trace, 'run'>): readonly Way[] {
  if (!isOrdinary(run)) return [];
  const spec = formatSpec(run);
  const relative = RELATIVES[run.mode];
  const other = changedSpec(run, { mode: relative });
  return [
    { name: 'recall', params: { spec }, words: 'Three questions without the picture' },
    // It has been watched just now: the exercise begins with a move of one's own.
    { name: 'perform', params: { spec, level: '1' }, words: 'Perform it yourself' },
    {
      name: 'compare',
      params: { left: spec, right: formatSpec(other) },
      words: `Compare with ${MODE_TEXTS[relative].label}`,
    },
  ];
}
