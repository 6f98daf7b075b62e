import { useRef } from 'react';
import { findLesson } from '../../../content/attacker.ts';
import { MODE_TEXTS } from '../../../content/modes.ts';
import { attackSpec, LEAKS, type Leak, MODES, type Mode, type RunSpec } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { formatSpec } from '../../session/specText.ts';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import type { WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './Attacker.module.css';
import { AttackStage } from './AttackStage.tsx';
import { type AttackChoice, readChoice, writeChoice } from './attackParams.ts';
import { Leaks } from './Leaks.tsx';
import { Moments } from './Moments.tsx';
import { ResultList } from './ResultList.tsx';
import { ResultMark } from './ResultMark.tsx';
import { SingleTable } from './SingleTable.tsx';
import { usePlayed } from './usePlayed.ts';
import { useReadings } from './useReadings.ts';

/** One seed for all: the victim's upload is the same one, whatever has leaked of it. */
const SEED = 'attacker';

/** Choose what has leaked, and see in every mode what opens and what stays shut: somebody really tries. */
export function Attacker({ session, params, setParams, renderStage, renderSources }: WorkspaceProps) {
  const choice = readChoice(params);
  const chosen = useRef<HTMLElement>(null);
  const { leaks, mode, transport, memoryAt } = choice;
  const choose = (change: Partial<AttackChoice>) => setParams(writeChoice({ ...choice, ...change }), true);

  // Steps of one mode's upload are no steps of another's: only the chosen mode is looked into at the chosen moment.
  const specOf = (one: Mode): RunSpec =>
    attackSpec(one, leaks, {
      transport,
      seed: SEED,
      ...(one === mode && memoryAt !== undefined ? { memoryAt } : {}),
    });
  const singleOf = (one: Mode, leak: Leak) => attackSpec(one, [leak], { transport, seed: SEED });
  const first = [mode, ...MODES.filter(one => one !== mode)].map(specOf);
  const singles = MODES.flatMap(one => LEAKS.map(leak => singleOf(one, leak)));
  const readings = useReadings(session, [...first, ...singles]);
  const count = MODES.filter(one => readings.of(specOf(one))).length;
  const singleCount = singles.filter(spec => readings.of(spec)).length;

  const spec = specOf(mode);
  const played = usePlayed(session, spec);
  const isLooking = leaks.includes('s3-memory');
  const upload = usePlayed(
    session,
    isLooking ? { mode, operation: 'upload', transport, principal: 'owner', seed: SEED } : undefined,
  );
  const reading = readings.of(spec);
  const lesson = reading && findLesson({ ...choice, way: reading.way });
  const modeName = MODE_TEXTS[mode].label;
  const opened = MODES.filter(one => readings.of(specOf(one))?.result === 'open').length;
  const summary =
    count < MODES.length ? `${count} of ${MODES.length} modes tried` : `${opened} of ${MODES.length} modes open`;

  return (
    <div className={styles.attacker}>
      <div className={styles.intro}>
        <h2>The attacker holds …</h2>
        <p>
          Somebody has uploaded and downloaded your object, and something of it has leaked. The attacker tries every key
          on every lock and asks S3 and KMS: what you see is what came of it.
        </p>
      </div>
      <div className={styles.columns}>
        <section className={styles.choice} aria-labelledby="attack-leaks">
          <h3 id="attack-leaks">What has leaked</h3>
          <Leaks leaks={leaks} onChange={next => choose({ leaks: next })} />
          <div className={styles.line}>
            <span>The victim’s line</span>
            <Segmented
              label="The victim’s line"
              options={[
                { value: 'https', text: 'HTTPS' },
                { value: 'http', text: 'plain HTTP' },
              ]}
              value={transport}
              onChoose={next => setParams(withMoment({ ...choice, transport: next }, undefined), true)}
            />
          </div>
        </section>
        <section className={styles.results} aria-labelledby="attack-results">
          <div className={styles.head}>
            <h3 id="attack-results">What opens, what stays shut</h3>
            <span className={styles.progress}>{summary}</span>
          </div>
          <LiveRegion message={count === MODES.length ? summary : ''} />
          {readings.problem && <p className={styles.problem}>{readings.problem}</p>}
          <ResultList
            choice={choice}
            readingOf={one => readings.of(specOf(one))}
            onChoose={one => setParams(withMoment({ ...choice, mode: one }, undefined), true)}
          />
        </section>
      </div>
      {isLooking && upload?.trace.run.mode === mode && (
        <Moments
          upload={upload}
          modeName={modeName}
          memoryAt={memoryAt}
          onChange={next => setParams(withMoment(choice, next), false)}
        />
      )}
      <section ref={chosen} className={styles.chosen} aria-labelledby="attack-chosen">
        <div className={styles.head}>
          <h3 id="attack-chosen">The attack on {modeName}</h3>
          <ResultMark result={reading?.result} />
        </div>
        {lesson && (
          <div className={styles.lesson}>
            <p>{lesson.text}</p>
            {renderSources(lesson.facts, `what the attack on ${modeName} shows`)}
          </div>
        )}
        {played ? (
          <AttackStage
            key={formatSpec(played.trace.run)}
            played={played}
            modeName={MODE_TEXTS[played.trace.run.mode].label}
            renderStage={renderStage}
            renderSources={renderSources}
            onOpenInLab={step => session.showInLab(played.trace.run, step)}
          />
        ) : (
          <p className={styles.waiting}>The attack is under way …</p>
        )}
      </section>
      <section className={styles.all} aria-labelledby="attack-all">
        <div className={styles.head}>
          <h3 id="attack-all">Each leak alone</h3>
          {singleCount < singles.length && (
            <span className={styles.progress}>
              {singleCount} of {singles.length} tried
            </span>
          )}
        </div>
        <p className={styles.note}>
          S3’s memory at its worst moment. A press takes that leak and mode to the stage above.
        </p>
        <SingleTable
          readingOf={(one, leak) => readings.of(singleOf(one, leak))}
          onChoose={(one, leak) => {
            setParams(writeChoice({ leaks: [leak], mode: one, transport }), true);
            chosen.current?.scrollIntoView();
          }}
        />
      </section>
    </div>
  );
}

/** Another moment, or the worst one again: steps of one upload are no steps of another. */
function withMoment({ memoryAt: _, ...choice }: AttackChoice, next: number | undefined) {
  return writeChoice({ ...choice, ...(next === undefined ? {} : { memoryAt: next }) });
}
