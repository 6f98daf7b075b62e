import { type ReactNode, useMemo, useState } from 'react';
import type { ArtifactId, Trace } from '../../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { formatBytes } from '../../session/format.ts';
import type { StepGuide } from '../../session/guide.ts';
import { ArtifactName } from '../../ui/ArtifactName.tsx';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import type { StageSlotProps } from '../../workspace/workspace.ts';
import styles from './SideView.module.css';

interface SideViewProps {
  readonly trace: Trace;
  readonly label: string;
  /** The words for the step this run has reached. */
  readonly words: StepGuide | undefined;
  /** From 0; -1 before the first step. */
  readonly step: number;
  /** The row in which the other run stands has no step of this one. */
  readonly isAbsent: boolean;
  /** Where there is room for one stage only: this is the one. */
  readonly isShown: boolean;
  readonly renderStage: (props: StageSlotProps) => ReactNode;
  readonly onOpen: (() => void) | undefined;
}

/** One of the two runs: where it stands, the sentence of that step, and its stage. */
export function SideView({ trace, label, words, step, isAbsent, isShown, renderStage, onOpen }: SideViewProps) {
  const [selected, setSelected] = useState<ArtifactId>();
  const scene = useMemo(() => sceneAt(trace, eventsAtStep(trace, step + 1)), [trace, step]);
  const chosen = selected === undefined ? undefined : trace.artifacts[selected];
  return (
    <section className={styles.side} aria-label={label} data-shown={isShown} data-absent={isAbsent}>
      <header className={styles.head}>
        <h3 className={styles.title}>{label}</h3>
        <span className={styles.count}>
          {step + 1} of {trace.steps.length} steps
        </span>
        {onOpen && (
          <Button look="quiet" className={styles.open} onClick={onOpen}>
            Open in the lab
            <VisuallyHidden>
              {' '}
              ({label}, step {Math.max(1, step + 1)})
            </VisuallyHidden>
          </Button>
        )}
      </header>
      <p className={styles.say}>
        {isAbsent ? (
          <span className={styles.absent}>No such step here.</span>
        ) : (
          words && <SegmentText segments={words.say} artifacts={trace.artifacts} />
        )}
      </p>
      <div className={styles.stage}>
        {renderStage({
          trace,
          scene,
          label: `Stage of ${label}: who holds what`,
          ...(selected === undefined ? {} : { selected }),
          onSelect: artifact => setSelected(now => (now === artifact ? undefined : artifact)),
        })}
      </div>
      <p className={styles.chosen} role="status">
        {chosen && (
          <>
            <ArtifactName artifact={chosen} artifacts={trace.artifacts} />
            {chosen.byteLength !== undefined && `, ${formatBytes(chosen.byteLength)}`}, fingerprint{' '}
            <code>{chosen.fingerprint}</code>
          </>
        )}
      </p>
    </section>
  );
}
