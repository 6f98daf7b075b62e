import { useState } from 'react';
import { INTRO_CARDS } from '../../../content/intro.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Intro.module.css';

/** Two minutes before the first flow: the rooms, then five words. Can be left at any card. */
export function Intro({ session }: { readonly session: Session }) {
  const [at, setAt] = useState(0);
  const card = INTRO_CARDS[at];
  const isLast = at === INTRO_CARDS.length - 1;
  const { actions } = session;
  const leave = () => {
    actions.closeDialog();
    if (session.getState().isLanding) actions.start();
  };
  if (!card) return null;
  return (
    <div className={styles.intro}>
      <p className={styles.count}>
        {at + 1} of {INTRO_CARDS.length}
      </p>
      <div aria-live="polite">
        <h3>{card.title}</h3>
        <p>{card.text}</p>
      </div>
      <div className={styles.buttons}>
        <Button look="quiet" onClick={leave}>
          Skip
        </Button>
        <span className={styles.space} />
        <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
          Back
        </Button>
        <Button look="strong" onClick={isLast ? leave : () => setAt(at + 1)}>
          {isLast ? 'To the lab' : 'Next'}
        </Button>
      </div>
    </div>
  );
}
