import styles from './Message.module.css';

/** The browser gives real cryptography to secure pages only: says so, and what to do. */
export function InsecureNotice() {
  return (
    <main className={styles.message}>
      <h1>This address has no cryptography.</h1>
      <p>
        Envelope runs real AES-256 with the cryptography that is built into your browser. Browsers give it to secure
        addresses only, and this page was opened over plain HTTP.
      </p>
      <p>
        Open the page over <b>https://</b>, or on your own machine as <b>http://localhost</b>.
      </p>
    </main>
  );
}
