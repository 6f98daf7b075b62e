import { useRef, useState } from 'react';
import { MODE_TEXTS, OPERATION_TEXTS } from '../../../content/modes.ts';
import type { RunSpec } from '../../../engine/index.ts';
import { formatSpec, parseSpec } from '../../session/specText.ts';
import { useRun } from '../../workspace/useRun.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './Recall.module.css';
import { RecallTask } from './RecallTask.tsx';

/** Where nothing is asked for and no run is on the stage. */
const OTHERWISE: RunSpec = { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' };

/** Three questions about a run without its picture; the picture comes as the feedback. */
export function Recall(props: WorkspaceProps) {
  const { session, params, setParams } = props;
  // The run that was on the stage when the page was opened: it must not change under the questions.
  const [onStage] = useState(() => session.getState().trace?.run);
  const spec = (params.spec === undefined ? undefined : parseSpec(params.spec)) ?? onStage ?? OTHERWISE;
  const run = useRun(session, spec);
  const [round, setRound] = useState(0);
  // Who goes on from the end has lost the button under the finger: the focus goes to the first question.
  const goesOn = useRef(false);
  return (
    <div className={styles.page}>
      <h2>Recall</h2>
      <p className={styles.lead}>
        Three questions about a run, from memory. {MODE_TEXTS[spec.mode].label},{' '}
        {OPERATION_TEXTS[spec.operation].label.toLowerCase()}. The picture comes with each answer.
      </p>
      {run.trace ? (
        <RecallTask
          key={`${formatSpec(spec)} ${round}`}
          {...props}
          spec={spec}
          trace={run.trace}
          goesOn={goesOn}
          onAgain={() => {
            goesOn.current = true;
            setRound(round + 1);
          }}
          onOther={other => {
            goesOn.current = true;
            setParams({ ...params, spec: formatSpec(other) }, true);
          }}
        />
      ) : (
        <p className={styles.wait} role="status">
          {run.problem ?? 'The run is being made …'}
        </p>
      )}
    </div>
  );
}
