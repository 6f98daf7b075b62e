import { type DragEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { MAX_OBJECT_BYTES } from '../../../worker/protocol.ts';
import { formatBytes } from '../../session/format.ts';
import { TYPED_NAME } from '../../session/object.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ObjectForm.module.css';
import { TakeAwayLink } from './TakeAwayLink.tsx';

/** Brings an object: a text typed here, or a file dropped or picked. It never leaves the page. */
export function ObjectForm({ session }: { readonly session: Session }) {
  const notices = useStore(session, state => state.notices);
  // A text typed after a file is no longer that file.
  const [name, setName] = useState(() =>
    session.getState().text === undefined ? TYPED_NAME : session.getState().object.name,
  );
  const [text, setText] = useState(() => session.getState().text ?? '');
  const [isOver, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { actions } = session;
  const take = (file: File | undefined) => {
    if (!file) return;
    actions.setFile(file);
    const { content } = session.getState().object;
    if (content === file) actions.closeDialog();
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        actions.setText(text, name);
        actions.closeDialog();
      }}
    >
      <p className={styles.hint}>Your text or file stays in this page. Nothing is sent anywhere.</p>
      {notices.length > 0 && <p role="alert">{notices.at(-1)}</p>}
      <label>
        Name
        <input value={name} maxLength={200} onChange={event => setName(event.target.value)} />
      </label>
      <label>
        Text
        <textarea rows={7} value={text} onChange={event => setText(event.target.value)} />
      </label>
      <div className={styles.buttons}>
        <Button look="strong" type="submit">
          Encrypt this text
        </Button>
        <TakeAwayLink session={session} />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same */}
      <div
        className={styles.drop}
        data-over={isOver}
        onDragOver={event => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <span>or drop a file here, up to {formatBytes(MAX_OBJECT_BYTES)}</span>
        <Button onClick={() => picker.current?.click()}>Choose a file</Button>
        <input
          ref={picker}
          type="file"
          className={styles.file}
          aria-label="File"
          tabIndex={-1}
          onChange={event => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
    </form>
  );
}
