import { useStore } from 'zustand';
import { PRINCIPALS, TRANSPORTS } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { formatBytes } from '../../session/format.ts';
import type { Session } from '../../session/session.ts';
import styles from './Header.module.css';
import { ModePicker } from './ModePicker.tsx';
import { OPERATION_WORDS, PRINCIPAL_BRIEF, PRINCIPAL_WORDS, TRANSPORT_WORDS } from './words.ts';

/** What is run: mode, direction, object, who asks and over which line. Each change runs anew. */
export function Header({ session }: { readonly session: Session }) {
  const spec = useStore(session, state => state.spec);
  const object = useStore(session, state => state.object);
  const view = useStore(session, state => state.view);
  const { actions } = session;
  return (
    <header className={styles.header}>
      <h1 className={styles.brand}>Envelope</h1>
      <ModePicker session={session} />
      <Segmented
        label="Operation"
        value={spec.operation}
        options={OPERATION_WORDS}
        onChoose={operation => (operation === 'upload' ? actions.upload() : actions.download())}
      />
      <button
        type="button"
        className={styles.object}
        aria-label={`Object: ${object.name}, ${formatBytes(object.content.size)}. Change it`}
        onClick={() => actions.openDialog('object')}
      >
        <span className={styles.name}>{object.name}</span>
        <span className={styles.size}>{formatBytes(object.content.size)}</span>
      </button>
      <span className={styles.space} />
      <select
        className={styles.select}
        aria-label="Who asks"
        title={`as ${PRINCIPAL_WORDS[spec.principal]}`}
        value={spec.principal}
        onChange={event => {
          const principal = PRINCIPALS.find(each => each === event.target.value);
          if (principal) actions.choose({ principal });
        }}
      >
        {PRINCIPALS.map(each => (
          <option key={each} value={each}>
            {PRINCIPAL_BRIEF[each]}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label="Line to AWS"
        value={spec.transport}
        onChange={event => {
          const transport = TRANSPORTS.find(each => each === event.target.value);
          if (transport) actions.choose({ transport });
        }}
      >
        {TRANSPORTS.map(each => (
          <option key={each} value={each}>
            {TRANSPORT_WORDS[each]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className={styles.text}
        aria-label="As text"
        title="The run as text"
        aria-pressed={view === 'text'}
        onClick={() => actions.setView(view === 'text' ? 'stage' : 'text')}
      >
        <svg
          viewBox="0 0 20 20"
          width="18"
          height="18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          aria-hidden="true"
        >
          <path d="M3 5h14M3 10h14M3 15h9" />
        </svg>
      </button>
      <button
        type="button"
        className={styles.gear}
        aria-label="Settings"
        title="Settings"
        onClick={() => actions.openDialog('setup')}
      >
        <svg
          viewBox="0 0 20 20"
          width="18"
          height="18"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          aria-hidden="true"
        >
          <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
          <circle cx="13" cy="6" r="2" />
          <circle cx="7" cy="14" r="2" />
        </svg>
      </button>
    </header>
  );
}
