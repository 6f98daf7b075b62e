import { useState } from 'react';
import { useStore } from 'zustand';
import { stepAtEvents } from '../../../scene/fold.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './GoTo.module.css';

/** Goes to a step by its number. */
export function GoTo({ session }: { readonly session: Session }) {
  const count = useStore(session, state => state.trace?.steps.length ?? 1);
  const [number, setNumber] = useState(() => {
    const { trace, events } = session.getState();
    return String(trace ? Math.max(1, stepAtEvents(trace, events)) : 1);
  });
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        if (number.trim() !== '' && Number.isFinite(Number(number))) session.actions.goToStep(Number(number));
        session.actions.closeDialog();
      }}
    >
      <label>
        Step, from 1 to {count}
        <input
          type="number"
          inputMode="numeric"
          min={1}
          max={count}
          value={number}
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type this number
          autoFocus
          onFocus={event => event.target.select()}
          onChange={event => setNumber(event.target.value)}
        />
      </label>
      <Button look="strong" type="submit">
        Go
      </Button>
    </form>
  );
}
