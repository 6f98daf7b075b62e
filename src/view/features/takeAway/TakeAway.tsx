import { useState } from 'react';
import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { keyTypeOf } from '../../session/takeAway.ts';
import { KeySection } from './KeySection.tsx';
import { ObjectSection } from './ObjectSection.tsx';
import styles from './TakeAway.module.css';
import { WORDS } from './words.ts';

/** A wrapping key and the object it opens leave the page, or a key enters it: after a warning. */
export function TakeAway({ session }: { readonly session: Session }) {
  const type = useStore(session, state => keyTypeOf(state.spec));
  const isHeld = useStore(session, state => type !== undefined && state.ownKeys[type] !== undefined);
  const [isAgreed, setAgreed] = useState(isHeld);
  if (type === undefined) return <p>{WORDS.other}</p>;
  return (
    <div className={styles.page}>
      <section className={styles.warning} aria-label={WORDS.warning.title}>
        <h3>{WORDS.warning.title}</h3>
        <ul>
          {WORDS.warning.points.map(point => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <label className={styles.agree}>
          <input type="checkbox" checked={isAgreed} onChange={event => setAgreed(event.target.checked)} />
          {WORDS.warning.agree}
        </label>
      </section>
      <KeySection key={type} session={session} type={type} isAgreed={isAgreed} />
      <ObjectSection session={session} type={type} />
    </div>
  );
}
