import { useMemo } from 'react';
import type { Exchange, RunSpec } from '../../../engine/index.ts';
import { equivalentOf } from '../../../scene/equivalent.ts';
import { OWN_ENDPOINT } from '../../../scene/ownEndpoint.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { Code, Copy } from './Code.tsx';
import styles from './Inspector.module.css';
import { type CommandTarget, OwnEndpoint, TargetChoice } from './OwnEndpoint.tsx';

export type CommandForm = 'cli' | 'sdk';
export type { CommandTarget };

const WORDS = {
  title: 'Send it yourself',
  form: 'Written for',
  forms: [
    { value: 'cli', text: 'AWS CLI', title: 'A command for a terminal' },
    { value: 'sdk', text: 'SDK', title: 'A program for node and the AWS SDK for JavaScript' },
  ],
  what: { cli: 'AWS CLI command', sdk: 'SDK program' },
  none: 'There is no command for this request.',
} as const;

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
        <TargetChoice target={target} onChoose={onChooseTarget} />
        <Copy key={text} what={WORDS.what[form]} text={text} />
      </div>
      <Code what={WORDS.what[form]} text={text} />
      {command.note !== undefined && <p className={styles.note}>{command.note}</p>}
      {target === 'own' && <OwnEndpoint run={run} missing={whatIsMissing(run, exchange)} />}
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
