import { Component, type ReactNode } from 'react';
import styles from './Message.module.css';

/** Instead of a blank page: what went wrong, and the way back. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly message?: string }> {
  override state: { readonly message?: string } = {};

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : 'unknown reason' };
  }

  override render() {
    if (this.state.message === undefined) return this.props.children;
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
