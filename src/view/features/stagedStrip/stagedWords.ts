import { LEAK_TEXTS } from '../../../content/attacker.ts';
import { EXPERIMENT_TEXTS } from '../../../content/experiments/all.ts';
import { EXPERIMENT_PLANS, type RunSpec } from '../../../engine/index.ts';
import { formatSpec } from '../../session/specText.ts';
import type { WorkspaceName, WorkspaceParams } from '../../session/workspaceNames.ts';
import { changedWords } from '../../workspace/changeWords.ts';

/** What a run that belongs to a page beside the lab says of itself, and the way back to that page. */
export interface Staged {
  /** What kind of run it is, for the name of the strip. */
  readonly kind: string;
  readonly title: string;
  /** Which of several runs. */
  readonly detail?: string;
  readonly back: { readonly name: WorkspaceName; readonly params: WorkspaceParams; readonly words: string };
}

/** As the page of the experiment calls them; further acts go by their names. */
const ACT_WORDS: Readonly<Record<string, string>> = { healthy: 'Healthy', broken: 'This time', fixed: 'With the fix' };

/** Of an experiment, a changed run or an attack; `undefined` of any other run, and of an experiment that there is not. */
export function findStaged(run: RunSpec): Staged | undefined {
  const { experiment, fork, attack } = run;
  if (experiment) return ofExperiment(experiment);
  if (fork) {
    const { fork: _fork, ...base } = run;
    const when = fork.after === 0 ? 'before the first step' : `after step ${fork.after}`;
    return {
      kind: 'Changed run',
      title: `Changed ${when}: ${changedWords(fork.change)}`,
      back: {
        name: 'compare',
        params: { left: formatSpec(base), right: formatSpec(run) },
        words: 'Side by side',
      },
    };
  }
  return attack && ofAttack(run, attack);
}

function ofExperiment({ id, act, byte }: NonNullable<RunSpec['experiment']>): Staged | undefined {
  const plan = EXPERIMENT_PLANS.find(one => one.id === id);
  const text = plan && EXPERIMENT_TEXTS[plan.id];
  const name = plan?.acts[act]?.name;
  if (!plan || !text || name === undefined) return undefined;
  const words = ACT_WORDS[name] ?? capital(name.replaceAll('-', ' '));
  return {
    kind: 'Experiment',
    title: text.title,
    detail: `Act ${act + 1} of ${plan.acts.length}: ${words}`,
    back: {
      name: 'experiments',
      // Whoever has not predicted yet is asked first, whatever the address says.
      params: { id: plan.id, stage: 'outcome', ...(byte === undefined ? {} : { byte: String(byte) }) },
      words: 'Back to the experiment',
    },
  };
}

function ofAttack(run: RunSpec, { leaks, memoryAt }: NonNullable<RunSpec['attack']>): Staged {
  const labels = leaks.map(leak => LEAK_TEXTS[leak].label);
  const held = [labels.slice(0, -1).join(', '), labels.at(-1)].filter(Boolean).join(' and ') || 'nothing';
  const params: WorkspaceParams = {
    leaks: leaks.join('.'),
    mode: run.mode,
    ...(run.transport === 'https' ? {} : { net: run.transport }),
    ...(memoryAt === undefined ? {} : { at: String(memoryAt) }),
  };
  return {
    kind: 'Attack',
    title: `The attacker holds ${held}`,
    ...(memoryAt === undefined ? {} : { detail: `S3’s memory after step ${memoryAt} of the upload` }),
    back: { name: 'attacker', params, words: 'Back to the attacker' },
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
