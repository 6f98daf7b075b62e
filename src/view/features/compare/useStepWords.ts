import { useEffect, useState } from 'react';
import type { Trace } from '../../../engine/index.ts';
import type { StepGuide } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';

/** The words for the steps of a run; until they are there, steps go by their bare names. */
export function useStepWords(session: Session, trace: Trace): readonly StepGuide[] {
  const [words, setWords] = useState<{ readonly trace: Trace; readonly guide: readonly StepGuide[] }>();
  useEffect(() => {
    let isWanted = true;
    session.wordsFor(trace).then(
      guide => {
        if (isWanted) setWords({ trace, guide });
      },
      // Offline before the words came: the bare names stay.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [session, trace]);
  if (words?.trace === trace) return words.guide;
  return trace.steps.map(({ name }) => ({ title: [{ code: name }], say: [{ code: name }] }));
}
