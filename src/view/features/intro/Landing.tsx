import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Landing.module.css';

/** The first visit: one breath, one button. The lab already runs behind it. */
export function Landing({ session }: { readonly session: Session }) {
  const { actions } = session;
  return (
    <section className={styles.landing} aria-labelledby="landing-title">
      <div className={styles.card}>
        <h1 id="landing-title">Watch your own file being encrypted by Amazon S3’s rules.</h1>
        <p>Real AES-256, in your browser, nothing leaves it.</p>
        <Button look="strong" className={styles.start} onClick={actions.start}>
          Start: step through an SSE-KMS upload
        </Button>
        <button type="button" className={styles.link} onClick={() => actions.openDialog('intro')}>
          Two-minute introduction: the rooms and five words
        </button>
        <button type="button" className={styles.link} onClick={() => actions.openDialog('lessons')}>
          Nine lessons on client-side encryption
        </button>
      </div>
    </section>
  );
}
