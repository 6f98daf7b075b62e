import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import { progressText } from './progressWords.ts';
import styles from './RunStatus.module.css';
import { TakeAwayNote } from './TakeAwayNote.tsx';

/** How the run is doing: starting, working on something large, failed. Plus what the page must tell you. */
export function RunStatus({ session }: { readonly session: Session }) {
  const status = useStore(session, state => state.status);
  const progress = useStore(session, state => state.progress);
  const error = useStore(session, state => state.error);
  const notices = useStore(session, state => state.notices);
  const seed = useStore(session, state => state.spec.seed);
  const isRsa = useStore(session, state => state.spec.mode === 'cse-rsa');
  const { actions } = session;
  const isBusy = status === 'starting' || status === 'running';
  return (
    <div className={styles.status}>
      {seed !== undefined && (
        <p className={styles.note}>
          Seed in use: <code>{seed}</code>. The same bytes appear wherever this seed is used: not for real secrets.
          {isRsa && ' Only the RSA keys and what they lock differ: browsers take no seed for RSA.'}
        </p>
      )}
      <TakeAwayNote session={session} className={styles.note} />
      {notices.length > 0 && (
        <div className={styles.note} role="status">
          <div>
            {notices.map(text => (
              <p key={text}>{text}</p>
            ))}
          </div>
          <Button look="quiet" onClick={actions.dismissNotices}>
            Dismiss
          </Button>
        </div>
      )}
      {isBusy && (
        <div className={styles.busy} data-late={progress !== undefined} role="status">
          <span>{progress ? progressText(progress) : 'Running in your browser…'}</span>
          {progress && <progress value={progress.done} max={Math.max(1, progress.total)} aria-label="Progress" />}
          {progress && <Button onClick={actions.cancelRun}>Cancel</Button>}
        </div>
      )}
      {status === 'failed' && (
        <div className={styles.failed} role="alert">
          <p>{error}</p>
          <Button look="strong" onClick={actions.retry}>
            Run again
          </Button>
        </div>
      )}
    </div>
  );
}
