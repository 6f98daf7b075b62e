import { useMemo, useState } from 'react';
import type { Exchange, PrincipalName, RunSpec } from '../../../engine/index.ts';
import { equivalentOf } from '../../../scene/equivalent.ts';
import { OWN_ENDPOINT, startCommandOf } from '../../../scene/ownEndpoint.ts';
import { copyText } from '../../parts/copyText.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import styles from './Inspector.module.css';

export type CommandForm = 'cli' | 'sdk';
/** Where the request goes: to AWS, or to an endpoint that the learner has started. */
export type CommandTarget = 'aws' | 'own';

const WORDS = {
  title: 'Send it yourself',
  form: 'Written for',
  forms: [
    { value: 'cli', text: 'AWS CLI', title: 'A command for a terminal' },
    { value: 'sdk', text: 'SDK', title: 'A program for node and the AWS SDK for JavaScript' },
  ],
  target: 'Send to',
  targets: [
    { value: 'aws', text: 'AWS', title: 'Amazon itself, with your own account' },
    { value: 'own', text: 'My endpoint', title: 'The small S3 and KMS of this project, on your machine' },
  ],
  what: { cli: 'AWS CLI command', sdk: 'SDK program' },
  start: 'command that starts the endpoint',
  copy: { none: 'Copy', copied: 'Copied', failed: 'Not copied' },
  none: 'There is no command for this request.',
  unseeded:
    'Key ids and encrypted keys are this run’s own: no endpoint has them. Use a Seed (in Settings), and here is how to start one that has.',
} as const;

/** Names of the people in what the endpoint prints. */
const PEOPLE: Readonly<Record<PrincipalName, string>> = {
  owner: 'application-owner',
  's3-admin': 's3-administrator',
  stranger: 'stranger',
};

interface CommandTabProps {
  readonly run: RunSpec;
  readonly exchange: Exchange;
  readonly form: CommandForm;
  readonly target: CommandTarget;
  readonly onChooseForm: (form: CommandForm) => void;
  readonly onChooseTarget: (target: CommandTarget) => void;
}

/** The request of the step, as one would send it from a terminal or a program. */
export function CommandTab({ run, exchange, form, target, onChooseForm, onChooseTarget }: CommandTabProps) {
  const command = useMemo(
    () => equivalentOf(exchange, { mode: run.mode, ...(target === 'own' ? { endpoint: OWN_ENDPOINT } : {}) }),
    [exchange, run.mode, target],
  );
  if (!command) return <p className={styles.note}>{WORDS.none}</p>;
  const text = command[form];
  return (
    <>
      <h3 className={styles.title}>{WORDS.title}</h3>
      <div className={styles.choices}>
        <Segmented label={WORDS.form} options={WORDS.forms} value={form} onChoose={onChooseForm} />
        <Segmented label={WORDS.target} options={WORDS.targets} value={target} onChoose={onChooseTarget} />
        <Copy key={text} what={WORDS.what[form]} text={text} />
      </div>
      <Code what={WORDS.what[form]} text={text} />
      {command.note !== undefined && <p className={styles.note}>{command.note}</p>}
      {target === 'own' && <OwnEndpoint run={run} exchange={exchange} />}
    </>
  );
}

/** How to start an endpoint that has the names and keys of this run. */
function OwnEndpoint({ run, exchange }: { readonly run: RunSpec; readonly exchange: Exchange }) {
  const line = startCommandOf(run);
  if (line === undefined) return <p className={styles.note}>{WORDS.unseeded}</p>;
  return (
    <>
      <p className={styles.note}>
        Start the endpoint in the folder of this project and paste the lines it prints under “{PEOPLE[run.principal]}”
        into your terminal. {whatIsMissing(run, exchange)}
      </p>
      <div className={styles.line}>
        <Code what={WORDS.start} text={line} />
        <Copy key={line} what={WORDS.start} text={line} />
      </div>
    </>
  );
}

/** The endpoint knows the keys of the run, but not what the run has stored. */
function whatIsMissing({ operation, transport, mode }: RunSpec, { link }: Exchange): string {
  if (operation === 'upload' || link !== 'client-s3') return '';
  if (transport === 'https' || !/^(?:sse-kms|dsse|sse-c)/.test(mode)) {
    return 'Its bucket is empty: send the commands of the upload first.';
  }
  // A customer key over plain HTTP is refused before anybody looks for the object.
  if (mode === 'sse-c') return '';
  return 'Its bucket is empty, and over plain HTTP the upload is refused too: it will answer NoSuchKey.';
}

function Code({ what, text }: { readonly what: string; readonly text: string }) {
  return (
    <section aria-label={what}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

/** Copies and says so, in sight and aloud: a name that changes under the focus is not read by every screen reader. */
function Copy({ what, text }: { readonly what: string; readonly text: string }) {
  const [outcome, setOutcome] = useState<keyof typeof WORDS.copy>('none');
  return (
    <>
      <button
        type="button"
        className={styles.copy}
        aria-label={`${WORDS.copy[outcome]}: ${what}`}
        onClick={() => void copyText(text).then(isDone => setOutcome(isDone ? 'copied' : 'failed'))}
        onBlur={() => setOutcome('none')}
      >
        {WORDS.copy[outcome]}
      </button>
      <LiveRegion message={outcome === 'none' ? '' : `${WORDS.copy[outcome]}: ${what}`} />
    </>
  );
}
