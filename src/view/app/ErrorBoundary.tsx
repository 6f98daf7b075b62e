import { Component, type ReactNode } from 'react';
import styles from './Message.module.css';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** Leaves the part that failed; absent: it is the whole page. */
  readonly onLeave?: () => void;
}

/** Instead of a blank page, or of a part of one: what went wrong, and the way back. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly message?: string }> {
  override state: { readonly message?: string } = {};

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : 'unknown reason' };
  }

  override render() {
    const { children, onLeave } = this.props;
    if (this.state.message === undefined) return children;
    if (onLeave) {
      return (
        <div className={styles.message} role="alert">
          <p>This part could not be loaded. Without a connection you can go on with what has been open before.</p>
          <button type="button" onClick={onLeave}>
            Back to the lab
          </button>{' '}
          <button type="button" onClick={() => window.location.reload()}>
            Load it again
          </button>
        </div>
      );
    }
    return (
      <main className={styles.message} role="alert">
        <h1>This page has stopped.</h1>
        <p>A part of it failed ({this.state.message}). Nothing of yours was sent or stored.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load it again
        </button>
      </main>
    );
  }
}
