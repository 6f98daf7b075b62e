import styles from './VisuallyHidden.module.css';

/** Says its message politely when it changes. Keep one on the page, always mounted. */
export function LiveRegion({ message }: { readonly message: string }) {
  return (
    <div role="status" aria-live="polite" className={styles.hidden}>
      {message}
    </div>
  );
}
