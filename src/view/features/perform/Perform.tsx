import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { MODE_TEXTS, OPERATION_TEXTS } from '../../../content/modes.ts';
import { MODES, OPERATIONS, type RunSpec } from '../../../engine/index.ts';
import { LEVELS, type Level } from '../../../scene/perform.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { changedSpec } from '../../session/spec.ts';
import { formatSpec, parseSpec } from '../../session/specText.ts';
import { Button } from '../../ui/Button.tsx';
import { useRun } from '../../workspace/useRun.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './Perform.module.css';
import { PerformTask } from './PerformTask.tsx';

const LEVEL_TEXTS: Readonly<Record<Level, string>> = {
  0: 'Watch',
  1: 'The last move',
  2: 'The last two',
  3: 'Half',
  4: 'All of it',
};
const FIRST: Level = 0;

/** The learner performs a run: who acts next, what is done, with what, to where. From watching to doing all of it. */
export function Perform(props: WorkspaceProps) {
  const { session, params, setParams } = props;
  const present = useStore(session, state => state.spec);
  const spec = (params.spec === undefined ? undefined : parseSpec(params.spec)) ?? ordinary(present);
  const level = LEVELS.find(one => String(one) === params.level) ?? FIRST;
  const run = useRun(session, spec);
  const [round, setRound] = useState(0);
  // Who goes on from the end of a level has lost the button under the finger: the focus goes to the beginning.
  const goesOn = useRef(false);
  const go = (next: RunSpec, nextLevel: Level) =>
    setParams({ ...params, spec: formatSpec(next), level: String(nextLevel) }, true);
  return (
    <div className={styles.page}>
      <h2>Perform it</h2>
      <p className={styles.lead}>
        Say who acts next, what is done, with what, and where. Any order that keeps the laws is right, and a wrong try
        ends nothing.
      </p>
      <div className={styles.setup}>
        <label className={styles.mode}>
          <span>Mode</span>
          <select
            value={spec.lesson ? '' : spec.mode}
            onChange={event => {
              const mode = MODES.find(one => one === event.target.value);
              if (mode) go(changedSpec(spec, { mode }), level);
            }}
          >
            {spec.lesson && <option value="">An act of a lesson</option>}
            {MODES.map(mode => (
              <option key={mode} value={mode}>
                {MODE_TEXTS[mode].label}
              </option>
            ))}
          </select>
        </label>
        <Segmented
          label="Direction"
          value={spec.operation}
          options={OPERATIONS.map(value => ({ value, text: OPERATION_TEXTS[value].label }))}
          onChoose={operation => go(changedSpec(spec, { operation }), level)}
        />
        <Segmented
          label="How much is yours"
          value={String(level)}
          options={LEVELS.map(value => ({ value: String(value), text: LEVEL_TEXTS[value] }))}
          onChoose={value => go(spec, LEVELS.find(one => String(one) === value) ?? FIRST)}
        />
      </div>
      {run.trace ? (
        <PerformTask
          key={`${formatSpec(spec)} ${level} ${round}`}
          {...props}
          spec={spec}
          trace={run.trace}
          level={level}
          {...(nextLevel(level) === undefined ? {} : { next: LEVEL_TEXTS[nextLevel(level) ?? FIRST] })}
          goesOn={goesOn}
          onNext={() => {
            goesOn.current = true;
            go(spec, nextLevel(level) ?? FIRST);
          }}
          onAgain={() => {
            goesOn.current = true;
            setRound(round + 1);
          }}
        />
      ) : (
        <p className={styles.wait} role="status">
          {run.problem ?? 'The run is being made …'}
          {run.problem !== undefined && <Button onClick={() => go(ordinary(spec), level)}>Take an ordinary run</Button>}
        </p>
      )}
    </div>
  );
}

/** The owner's run over HTTPS in that mode: what an exercise begins with. */
function ordinary({ mode, operation }: RunSpec): RunSpec {
  return { mode, operation, transport: 'https', principal: 'owner' };
}

function nextLevel(level: Level): Level | undefined {
  return LEVELS.find(one => one === level + 1);
}
