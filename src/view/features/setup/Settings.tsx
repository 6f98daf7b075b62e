import { useState } from 'react';
import { useStore } from 'zustand';
import { type PersonName, PRINCIPALS, TRANSPORTS } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { Switch } from '../../parts/Switch.tsx';
import type { Session } from '../../session/session.ts';
import { isClientSide, SEED_LIMIT } from '../../session/spec.ts';
import { Button } from '../../ui/Button.tsx';
import { ClientOptions } from './ClientOptions.tsx';
import styles from './Settings.module.css';
import { TakeAwayLink } from './TakeAwayLink.tsx';
import { PRINCIPAL_WORDS, TRANSPORT_WORDS } from './words.ts';

const THEMES = [
  { value: 'system', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
] as const;
const MOTIONS = [
  { value: 'system', text: 'As the system' },
  { value: 'on', text: 'On' },
  { value: 'off', text: 'Off' },
] as const;

/** Everything that can be set: the run's circumstances, chance, and the page. */
export function Settings({ session }: { readonly session: Session }) {
  const spec = useStore(session, state => state.spec);
  const settings = useStore(session, state => state.settings);
  const [seed, setSeed] = useState(spec.seed ?? '');
  const { actions } = session;
  return (
    <div className={styles.settings}>
      <h3>The run</h3>
      <div className={styles.row}>
        <span>Who asks</span>
        <Segmented
          label="Who asks"
          value={spec.principal}
          options={PRINCIPALS.map((value): { value: PersonName; text: string } => ({
            value,
            text: PRINCIPAL_WORDS[value],
          }))}
          onChoose={chosen => {
            const principal = PRINCIPALS.find(each => each === chosen);
            if (principal) actions.choose({ principal });
          }}
        />
      </div>
      <div className={styles.row}>
        <span>Line to AWS</span>
        <Segmented
          label="Line to AWS"
          value={spec.transport}
          options={TRANSPORTS.map(value => ({ value, text: TRANSPORT_WORDS[value] }))}
          onChoose={transport => actions.choose({ transport })}
        />
      </div>
      {isClientSide(spec.mode) && !spec.lesson && <ClientOptions session={session} />}
      <form
        className={styles.row}
        onSubmit={event => {
          event.preventDefault();
          actions.choose({ seed });
        }}
      >
        <label htmlFor="seed">Seed</label>
        <span className={styles.seed}>
          <input
            id="seed"
            value={seed}
            maxLength={SEED_LIMIT}
            autoComplete="off"
            spellCheck={false}
            onChange={event => setSeed(event.target.value)}
          />
          <Button type="submit">Use</Button>
        </span>
      </form>
      <p className={styles.hint}>
        With a seed, the same bytes appear on every screen of a class. Leave it empty for real chance.
      </p>
      <TakeAwayLink session={session} />
      <h3>The page</h3>
      <div className={styles.row}>
        <span>Theme</span>
        <Segmented
          label="Theme"
          value={settings.theme}
          options={THEMES}
          onChoose={theme => actions.change({ theme })}
        />
      </div>
      <div className={styles.row}>
        <span>Motion</span>
        <Segmented
          label="Motion"
          value={settings.motion}
          options={MOTIONS}
          onChoose={motion => actions.change({ motion })}
        />
      </div>
      <Switch
        label="Ask me first, before decisive steps"
        isOn={settings.askFirst}
        onChange={askFirst => actions.change({ askFirst })}
      />
      <Switch
        label="Single-key shortcuts"
        isOn={settings.shortcuts}
        onChange={shortcuts => actions.change({ shortcuts })}
      />
    </div>
  );
}
