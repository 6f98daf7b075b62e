import { useMemo, useState } from 'react';
import type { ArtifactId, FactId, Trace } from '../../../engine/index.ts';
import { eventsAtStep, sceneAt } from '../../../scene/fold.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentText } from '../../ui/SegmentText.tsx';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './AttackStage.module.css';
import type { Played } from './usePlayed.ts';

interface AttackStageProps extends Pick<WorkspaceProps, 'renderStage' | 'renderSources'> {
  readonly played: Played;
  readonly onOpenInLab: (step: number) => void;
  readonly modeName: string;
}

/** One attack, step by step. Starts anew with every other attack: give it a `key`. */
export function AttackStage({ played, modeName, renderStage, renderSources, onOpenInLab }: AttackStageProps) {
  const { trace, words } = played;
  const [step, setStep] = useState(1);
  const [selected, setSelected] = useState<ArtifactId>();
  const last = trace.steps.length;
  const scene = useMemo(() => sceneAt(trace, eventsAtStep(trace, step)), [trace, step]);
  const now = words[step - 1];
  const facts = factsOf(trace, step);
  return (
    <div className={styles.attack}>
      <nav className={styles.steps} aria-label="Steps of the attack">
        <ol>
          {words.map(({ title }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position
            <li key={index}>
              <button
                type="button"
                aria-current={index + 1 === step ? 'step' : undefined}
                onClick={() => setStep(index + 1)}
              >
                <span className={styles.number}>{index + 1}</span>
                <span>
                  <SegmentText segments={title} artifacts={trace.artifacts} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.main}>
        {/* biome-ignore lint/a11y/useSemanticElements: a labelled group of buttons, not form fields. */}
        <div role="group" aria-label="Player of the attack" className={styles.player}>
          <Button aria-disabled={step <= 1} onClick={() => setStep(1)}>
            First
          </Button>
          <Button aria-disabled={step <= 1} onClick={() => setStep(Math.max(1, step - 1))}>
            Back
          </Button>
          <Button aria-disabled={step >= last} onClick={() => setStep(Math.min(last, step + 1))}>
            Next
          </Button>
          <Button aria-disabled={step >= last} onClick={() => setStep(last)}>
            Last
          </Button>
          <span className={styles.count}>
            Step {step} of {last}
          </span>
          <Button look="quiet" className={styles.open} onClick={() => onOpenInLab(step)}>
            Open in the lab
          </Button>
        </div>
        <div className={styles.say} aria-live="polite">
          {now && (
            <p>
              <SegmentText segments={now.say} artifacts={trace.artifacts} />
            </p>
          )}
          {facts.length > 0 && renderSources(facts, `step ${step} of the attack`)}
        </div>
        <div className={styles.stage}>
          {renderStage({
            trace,
            scene,
            label: `Stage of the attack on ${modeName}: who holds what`,
            ...(selected === undefined ? {} : { selected }),
            onSelect: artifact => setSelected(before => (before === artifact ? undefined : artifact)),
          })}
        </div>
      </div>
    </div>
  );
}

/** Sources of all that happens in a step, each once. */
function factsOf(trace: Trace, step: number): readonly FactId[] {
  const events = trace.events.filter(event => event.step === step - 1);
  return [...new Set(events.flatMap(event => event.facts))];
}
