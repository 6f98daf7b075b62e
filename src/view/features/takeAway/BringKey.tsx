import { useRef, useState } from 'react';
import type { KeyType } from '../../session/takeAway.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './TakeAway.module.css';
import { KEY_FORMS, WORDS } from './words.ts';

/** Larger files are no keys; only their beginning is read, to be told so. */
const MOST_BYTES = 64 * 1024;

interface BringKeyProps {
  readonly type: KeyType;
  readonly isBusy: boolean;
  readonly onBring: (text: string) => void;
  readonly onCancel: () => void;
}

/** A key of one's own, pasted or from a file. What was typed stays until it is taken. */
export function BringKey({ type, isBusy, onBring, onCancel }: BringKeyProps) {
  const [text, setText] = useState('');
  const picker = useRef<HTMLInputElement>(null);
  const { hint, file } = KEY_FORMS[type];
  const words = WORDS.wrappingKey;
  const take = async (picked: File | undefined) => {
    if (!picked) return;
    const content = await picked
      .slice(0, MOST_BYTES)
      .text()
      .catch(() => '');
    setText(content);
    onBring(content);
  };
  return (
    <form
      className={styles.bring}
      onSubmit={event => {
        event.preventDefault();
        onBring(text);
      }}
    >
      <label>
        {words.text}
        <textarea
          rows={type === 'aes' ? 2 : 6}
          value={text}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          placeholder={file}
          onChange={event => setText(event.target.value)}
        />
      </label>
      <p className={styles.hint}>{hint}</p>
      <div className={styles.actions}>
        <Button look={isBusy ? 'plain' : 'strong'} type="submit" disabled={isBusy}>
          {words.use}
        </Button>
        <Button disabled={isBusy} onClick={() => picker.current?.click()}>
          {words.file}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
        <input
          ref={picker}
          type="file"
          className={styles.file}
          aria-label="Key file"
          tabIndex={-1}
          onChange={event => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
    </form>
  );
}
