import type { Session } from '../session/session.ts';
import { WORKSPACES } from '../session/workspaceNames.ts';
import styles from './Explore.module.css';
import { WORKSPACE_WORDS } from './workspaceWords.ts';

/** Everything there is besides stepping through a run. */
export function Explore({ session }: { readonly session: Session }) {
  return (
    <ul className={styles.list}>
      {WORKSPACES.map(name => (
        <li key={name}>
          <button type="button" className={styles.entry} onClick={() => session.openWorkspace(name)}>
            <span className={styles.title}>{WORKSPACE_WORDS[name].title}</span>
            <span className={styles.line}>{WORKSPACE_WORDS[name].line}</span>
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles.entry} onClick={() => session.actions.openDialog('lessons')}>
          <span className={styles.title}>Lessons</span>
          <span className={styles.line}>Client-side encryption in nine small stories.</span>
        </button>
      </li>
      <li>
        <button type="button" className={styles.entry} onClick={() => session.actions.openDialog('fork')}>
          <span className={styles.title}>Change one thing, from this step on</span>
          <span className={styles.line}>
            A byte, a permission, the key’s state, who asks or the line: see both futures.
          </span>
        </button>
      </li>
    </ul>
  );
}
