import { useStore } from 'zustand';
import { Switch } from '../../parts/Switch.tsx';
import { BINDINGS, isCharacter } from '../../session/bindings.ts';
import { BINDING_WORDS } from '../../session/bindingWords.ts';
import type { Session } from '../../session/session.ts';
import styles from './Help.module.css';

const GROUPS = ['Playing', 'Moving', 'Page'] as const;

/** Every key and what it does, from the table that makes them work. */
export function Help({ session }: { readonly session: Session }) {
  const shortcuts = useStore(session, state => state.settings.shortcuts);
  return (
    <div className={styles.help}>
      <p>
        Everything you see comes from a real run: real AES-256 in your browser. Step with the arrows; press a token to
        see its bytes; nothing leaves this page.
      </p>
      <p>
        <b>Lessons</b>, at the top, tell client-side encryption in a few acts each. In client-side modes the{' '}
        <b>Program</b> tab shows the program that opens the object with Amazon’s own client; where you give the object
        you can take it away with its wrapping key, or bring a key of your own.
      </p>
      {GROUPS.map(group => (
        <table key={group}>
          <caption>{group}</caption>
          <tbody>
            {BINDINGS.filter(binding => BINDING_WORDS[binding.id].group === group).map(binding => (
              <tr key={binding.id} data-off={isCharacter(binding) && !shortcuts}>
                <th scope="row">
                  <kbd>{BINDING_WORDS[binding.id].shown}</kbd>
                </th>
                <td>
                  {BINDING_WORDS[binding.id].label}
                  {isCharacter(binding) && !shortcuts && ' (turned off)'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <Switch
        label="Single-key shortcuts"
        isOn={shortcuts}
        onChange={isOn => session.actions.change({ shortcuts: isOn })}
      />
      <p>
        <button type="button" className={styles.link} onClick={() => session.actions.openDialog('intro')}>
          Two-minute introduction: the rooms and five words
        </button>
      </p>
    </div>
  );
}
