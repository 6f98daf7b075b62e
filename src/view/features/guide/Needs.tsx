import { type ReactNode, useId } from 'react';
import { REQUIREMENT_GROUPS, type Requirement, STEMS } from '../../../content/guide.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Needs.module.css';

interface NeedsProps {
  readonly needs: readonly string[];
  readonly onChange: (needs: readonly string[]) => void;
  /** At its foot. */
  readonly children?: ReactNode;
}

/** What can be asked for, as switches, in the words of exams; or whole questions that set several of them. */
export function Needs({ needs, onChange, children }: NeedsProps) {
  const stem = STEMS.findIndex(one => one.needs.join('.') === needs.join('.'));
  const toggle = (id: string) => {
    onChange(needs.includes(id) ? needs.filter(one => one !== id) : [...needs, id]);
  };
  return (
    <section className={styles.needs} aria-labelledby="guide-needs">
      <div className={styles.head}>
        <h3 id="guide-needs">The company …</h3>
        <Button look="quiet" className={styles.clear} disabled={needs.length === 0} onClick={() => onChange([])}>
          Clear
        </Button>
      </div>
      <label className={styles.stem}>
        <span>Start from a question as exams put it</span>
        <select value={stem} onChange={event => onChange(STEMS[Number(event.target.value)]?.needs ?? [])}>
          <option value={-1}>Your own choice</option>
          {STEMS.map(({ text }, index) => (
            <option key={text} value={index}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {stem >= 0 && <p className={styles.quote}>{STEMS[stem]?.text}</p>}
      <div className={styles.groups}>
        {REQUIREMENT_GROUPS.map(({ title, requirements }) => (
          <fieldset key={title} className={styles.group}>
            <legend>{title}</legend>
            {requirements.map(requirement => (
              <Need
                key={requirement.id}
                requirement={requirement}
                isOn={needs.includes(requirement.id)}
                onToggle={() => toggle(requirement.id)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {children}
    </section>
  );
}

interface NeedProps {
  readonly requirement: Requirement;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** On or off, told by place and by a mark, not by colour. */
function Need({ requirement, isOn, onToggle }: NeedProps) {
  const id = useId();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-ask`}
      className={styles.need}
      onClick={onToggle}
    >
      <span className={styles.track} aria-hidden="true">
        <span className={styles.knob} />
      </span>
      <span className={styles.label} id={`${id}-label`}>
        {requirement.label}
      </span>
      <span className={styles.ask} id={`${id}-ask`}>
        … {requirement.ask}
      </span>
    </button>
  );
}
