import type { PersonName, RunSpec } from '../../../engine/index.ts';
import { startCommandOf } from '../../../scene/ownEndpoint.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { CodeLine } from './Code.tsx';
import styles from './Inspector.module.css';

/** Where requests go: to AWS, or to an endpoint that the learner has started. */
export type CommandTarget = 'aws' | 'own';

const WORDS = {
  target: 'Send to',
  targets: [
    { value: 'aws', text: 'AWS', title: 'Amazon itself, with your own account' },
    { value: 'own', text: 'My endpoint', title: 'The small S3 and KMS of this project, on your machine' },
  ],
  start: 'command that starts the endpoint',
  unseeded:
    'Key ids and encrypted keys are this run’s own: no endpoint has them. Use a Seed (in Settings), and here is how to start one that has.',
} as const;

/** Names of the people in what the endpoint prints. */
const PEOPLE: Readonly<Partial<Record<PersonName, string>>> = {
  owner: 'application-owner',
  's3-admin': 's3-administrator',
  stranger: 'stranger',
};

interface TargetChoiceProps {
  readonly target: CommandTarget;
  readonly onChoose: (target: CommandTarget) => void;
}

/** AWS, or one's own endpoint. */
export function TargetChoice({ target, onChoose }: TargetChoiceProps) {
  return <Segmented label={WORDS.target} options={WORDS.targets} value={target} onChoose={onChoose} />;
}

/** How to start an endpoint that has the names and keys of this run; `missing` says what it has not. */
export function OwnEndpoint({ run, missing }: { readonly run: RunSpec; readonly missing: string }) {
  const line = startCommandOf(run);
  if (line === undefined) return <p className={styles.note}>{WORDS.unseeded}</p>;
  return (
    <>
      <p className={styles.note}>
        Start the endpoint in the folder of this project and paste the lines it prints under “{PEOPLE[run.principal]}”
        into your terminal. {missing}
      </p>
      <CodeLine what={WORDS.start} text={line} />
    </>
  );
}
