import { useMemo } from 'react';
import type { Trace } from '../../../engine/index.ts';
import {
  LANGUAGE_NAMES,
  type OpeningProgram,
  openingProgram,
  PROGRAM_LANGUAGES,
  type ProgramLanguage,
} from '../../../scene/openingPrograms.ts';
import { OWN_ENDPOINT } from '../../../scene/ownEndpoint.ts';
import { Code, CodeLine, Copy } from './Code.tsx';
import styles from './Inspector.module.css';
import { type CommandTarget, OwnEndpoint, TargetChoice } from './OwnEndpoint.tsx';

export type { ProgramLanguage };

const WORDS = {
  title: 'Open the object with Amazon’s own client',
  language: 'Language',
  install: 'line that gets the library',
  program: 'program',
  missing: 'Its bucket is empty: first upload the object there, with this client and the same key.',
  none: 'Nothing that the S3 Encryption Client has sealed passed in this run.',
} as const;

interface ProgramTabProps {
  readonly trace: Trace;
  readonly language: ProgramLanguage;
  readonly target: CommandTarget;
  readonly onChooseLanguage: (language: ProgramLanguage) => void;
  readonly onChooseTarget: (target: CommandTarget) => void;
}

/** The whole program that downloads and opens the object of this run, in the languages that have an S3 Encryption Client. */
export function ProgramTab({ trace, language, target, onChooseLanguage, onChooseTarget }: ProgramTabProps) {
  const opening = useMemo(
    () => openingProgram(trace, language, target === 'own' ? { endpoint: OWN_ENDPOINT } : {}),
    [trace, language, target],
  );
  if (!opening) return <p className={styles.note}>{WORDS.none}</p>;
  const program = 'without' in opening ? undefined : opening;
  const what = `${LANGUAGE_NAMES[language]} ${WORDS.program}`;
  return (
    <>
      <h3 className={styles.title}>{WORDS.title}</h3>
      <div className={styles.choices}>
        <select
          className={styles.select}
          aria-label={WORDS.language}
          value={language}
          onChange={event => {
            const chosen = PROGRAM_LANGUAGES.find(each => each === event.target.value);
            if (chosen) onChooseLanguage(chosen);
          }}
        >
          {PROGRAM_LANGUAGES.map(each => (
            <option key={each} value={each}>
              {LANGUAGE_NAMES[each]}
            </option>
          ))}
        </select>
        <TargetChoice target={target} onChoose={onChooseTarget} />
      </div>
      {'without' in opening && <p>{opening.without}</p>}
      {program && <Program what={what} program={program} />}
      {program && target === 'own' && <OwnEndpoint run={trace.run} missing={WORDS.missing} />}
    </>
  );
}

function Program({ what, program }: { readonly what: string; readonly program: OpeningProgram }) {
  return (
    <>
      <p>{program.needs}</p>
      <CodeLine what={WORDS.install} text={program.install} />
      <div className={styles.bar}>
        <code className={styles.file}>{program.file}</code>
        <Copy key={program.text} what={what} text={program.text} />
      </div>
      <Code what={what} text={program.text} isUnbroken />
      {program.notes.length > 0 && <p className={styles.note}>{program.notes.join(' ')}</p>}
    </>
  );
}
