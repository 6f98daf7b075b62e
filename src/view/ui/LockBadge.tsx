import type { Artifact } from '../../engine/index.ts';
import { KEY_LOOKS, keyLookOf } from './keyStyle.ts';
import styles from './LockBadge.module.css';

interface LockBadgeProps {
  /** The keys that open it, outermost first. */
  readonly openers: readonly Artifact[];
}

/** A small lock for each layer, in the colour and with the letter of the key that opens it; read outside-in. */
export function LockBadge({ openers }: LockBadgeProps) {
  return (
    <span className={styles.badges} aria-hidden="true">
      {openers.map(opener => (
        <span className={styles.badge} key={opener.id} style={{ backgroundColor: KEY_LOOKS[keyLookOf(opener)].color }}>
          <svg viewBox="0 0 8 10" width="7" height="9" focusable="false" aria-hidden="true">
            <path d="M2 4.6V3a2 2 0 0 1 4 0v1.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
            <rect x="0.6" y="4.4" width="6.8" height="5" rx="1" fill="currentColor" />
          </svg>
          {opener.letter ?? '?'}
        </span>
      ))}
    </span>
  );
}
