import { MODES, PRINCIPALS, type RunSpec, TRANSPORTS } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import styles from './SpecPicker.module.css';
import { changedSide, MODE_GROUPS, MODE_NAMES, PRINCIPAL_BRIEF, TRANSPORT_WORDS } from './specs.ts';

interface SpecPickerProps {
  /** `Left` or `Right`. */
  readonly side: string;
  readonly spec: RunSpec;
  readonly onChange: (spec: RunSpec) => void;
}

/** What one side runs. */
export function SpecPicker({ side, spec, onChange }: SpecPickerProps) {
  const principal = PRINCIPALS.find(each => each === spec.principal);
  return (
    <fieldset className={styles.picker}>
      <legend className={styles.legend}>{side}</legend>
      <select
        className={styles.select}
        aria-label={`${side}: encryption`}
        value={spec.mode}
        onChange={event => {
          const mode = MODES.find(each => each === event.target.value);
          if (mode) onChange(changedSide(spec, { mode }));
        }}
      >
        {MODE_GROUPS.map(group => (
          <optgroup key={group.text} label={group.text}>
            {group.modes.map(mode => (
              <option key={mode} value={mode}>
                {MODE_NAMES[mode]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Segmented
        label={`${side}: operation`}
        value={spec.operation}
        options={[
          { value: 'upload', text: 'Upload' },
          { value: 'download', text: 'Download' },
        ]}
        onChoose={operation => onChange(changedSide(spec, { operation }))}
      />
      <select
        className={styles.select}
        aria-label={`${side}: who asks`}
        value={principal ?? ''}
        onChange={event => {
          const next = PRINCIPALS.find(each => each === event.target.value);
          if (next) onChange(changedSide(spec, { principal: next }));
        }}
      >
        {principal === undefined && <option value="">{spec.principal}</option>}
        {PRINCIPALS.map(each => (
          <option key={each} value={each}>
            as {PRINCIPAL_BRIEF[each]}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={`${side}: line to AWS`}
        value={spec.transport}
        onChange={event => {
          const next = TRANSPORTS.find(each => each === event.target.value);
          if (next) onChange(changedSide(spec, { transport: next }));
        }}
      >
        {TRANSPORTS.map(each => (
          <option key={each} value={each}>
            over {TRANSPORT_WORDS[each]}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
