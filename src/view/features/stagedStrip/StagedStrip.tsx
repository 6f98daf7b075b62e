import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import styles from './StagedStrip.module.css';
import { findStaged } from './stagedWords.ts';

/** Above the stage, when the run on it belongs to a page beside the lab: to which, and the way back. */
export function StagedStrip({ session }: { readonly session: Session }) {
  const run = useStore(session, state => state.trace?.run);
  const staged = useMemo(() => run && findStaged(run), [run]);
  if (!staged) return null;
  const { kind, title, detail, back } = staged;
  return (
    <section className={styles.strip} aria-label={`${kind}: ${title}`}>
      <p className={styles.words}>
        <span className={styles.title}>{title}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </p>
      <button type="button" className={styles.back} onClick={() => session.openWorkspace(back.name, back.params)}>
        {back.words}
      </button>
    </section>
  );
}
