import { useId } from 'react';
import { LEAK_TEXTS } from '../../../content/attacker.ts';
import { LEAKS, type Leak } from '../../../engine/index.ts';
import styles from './Leaks.module.css';

interface LeaksProps {
  readonly leaks: readonly Leak[];
  readonly onChange: (leaks: readonly Leak[]) => void;
}

/** What may have leaked, each a switch with one line of what that is. */
export function Leaks({ leaks, onChange }: LeaksProps) {
  const toggle = (leak: Leak) =>
    onChange(LEAKS.filter(one => (one === leak ? !leaks.includes(one) : leaks.includes(one))));
  return (
    <ul className={styles.leaks}>
      {LEAKS.map(leak => (
        <li key={leak}>
          <LeakSwitch leak={leak} isOn={leaks.includes(leak)} onToggle={() => toggle(leak)} />
        </li>
      ))}
    </ul>
  );
}

interface LeakSwitchProps {
  readonly leak: Leak;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

function LeakSwitch({ leak, isOn, onToggle }: LeakSwitchProps) {
  const id = useId();
  const { label, line } = LEAK_TEXTS[leak];
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-line`}
      className={styles.leak}
      onClick={onToggle}
    >
      <span className={styles.track} aria-hidden="true">
        <span className={styles.knob} />
      </span>
      <span className={styles.label} id={`${id}-label`}>
        {label}
      </span>
      <span className={styles.line} id={`${id}-line`}>
        {line}
      </span>
    </button>
  );
}
