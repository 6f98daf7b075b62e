import { useStore } from 'zustand';
import { Popover } from '../../parts/Popover.tsx';
import type { Session } from '../../session/session.ts';
import { ClientOptions } from './ClientOptions.tsx';
import styles from './ModePicker.module.css';

/** `V3`, or what else the client writes; opens the choice. */
export function ClientOptionsButton({ session }: { readonly session: Session }) {
  const format = useStore(session, state => (state.spec.format ?? 'v3').toUpperCase());
  const hasFile = useStore(session, state => state.spec.envelope === 'instruction-file');
  return (
    <Popover
      className={styles.options}
      text={
        <>
          {format}
          {hasFile && <span> + file</span>}
        </>
      }
      label={`Format ${format}, envelope in ${hasFile ? 'an instruction file' : 'the metadata'}. Change it`}
      panelLabel="Format and envelope"
      side="below"
    >
      <div className={styles.panel}>
        <ClientOptions session={session} />
      </div>
    </Popover>
  );
}
