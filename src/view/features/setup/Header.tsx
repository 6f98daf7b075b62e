import { useStore } from 'zustand';
import { type PersonName, PRINCIPALS, TRANSPORTS, type Trace } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { formatBytes } from '../../session/format.ts';
import type { Session } from '../../session/session.ts';
import { bringsObject, isClientSide } from '../../session/spec.ts';
import type { SessionState } from '../../session/state.ts';
import { SettingsIcon } from '../../ui/SettingsIcon.tsx';
import styles from './Header.module.css';
import { ModePicker } from './ModePicker.tsx';
import { OPERATION_WORDS, PRINCIPAL_BRIEF, PRINCIPAL_WORDS, TRANSPORT_WORDS } from './words.ts';

/** What is run: mode, direction, object, who asks and over which line. Each change runs anew. */
export function Header({ session }: { readonly session: Session }) {
  const spec = useStore(session, state => state.spec);
  const name = useStore(session, state => given(state)?.objectName ?? state.object.name);
  const size = useStore(session, sizeOf);
  const view = useStore(session, state => state.view);
  const { actions } = session;
  return (
    <header className={styles.header} data-crowded={isClientSide(spec.mode)}>
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
        aria-label={`Object: ${size === undefined ? name : `${name}, ${size}`}. Change it`}
        onClick={() => actions.openDialog('object')}
      >
        <span className={styles.name}>{name}</span>
        {size !== undefined && <span className={styles.size}>{size}</span>}
      </button>
      <span className={styles.space} />
      <button
        type="button"
        className={styles.lessons}
        aria-label="Explore"
        title="Experiments, lessons, side by side and more"
        data-on={spec.lesson !== undefined || spec.experiment !== undefined || spec.fork !== undefined}
        onClick={() => actions.openDialog('explore')}
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
          <path d="M10 5.5C8.5 4 6 3.5 3 3.8v11.4c3-.3 5.5.2 7 1.7 1.5-1.5 4-2 7-1.7V3.8c-3-.3-5.5.2-7 1.7zM10 5.5V17" />
        </svg>
        <span className={styles.word}>Explore</span>
      </button>
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
        {peopleFor(spec.principal).map(each => (
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
        <SettingsIcon />
      </button>
    </header>
  );
}

/** Those who can be chosen, and a guest while one is at the client. */
function peopleFor(present: PersonName): readonly PersonName[] {
  return PRINCIPALS.some(each => each === present) ? PRINCIPALS : [...PRINCIPALS, present];
}

/** The object of a lesson or an experiment that brings its own: that is what is on the stage then, not the learner's. */
function given({ trace }: SessionState): Trace | undefined {
  return trace && bringsObject(trace.run) ? trace : undefined;
}

/** In words; not known of an object that a lesson makes up on the way. */
function sizeOf(state: SessionState): string | undefined {
  const lesson = given(state);
  if (lesson?.objectLength === 0) return undefined;
  return formatBytes(lesson?.objectLength ?? state.object.content.size);
}
