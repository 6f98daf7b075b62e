import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type AlignedRow, kmsRequests } from '../../../scene/align.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import { type BindingId, findBinding } from '../../session/bindings.ts';
import { plainText, type StepGuide } from '../../session/guide.ts';
import type { Session } from '../../session/session.ts';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import type { PairProps, PairSide, StageSlotProps } from '../../workspace/workspace.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import { rowSentence, rowState } from './differenceWords.ts';
import { LockstepPlayer } from './LockstepPlayer.tsx';
import { RowList } from './RowList.tsx';
import styles from './SideBySide.module.css';
import { SideView } from './SideView.tsx';
import { type Lockstep, stepReached, useLockstep } from './useLockstep.ts';
import { useStepWords } from './useStepWords.ts';

interface SideBySideProps extends PairProps {
  readonly session: Session;
  readonly renderStage: (props: StageSlotProps) => ReactNode;
}

type SideName = 'left' | 'right';

/** Two runs in lockstep: their stages, what differs in the row where they stand, and all rows as a list. */
export function SideBySide({ left, right, row, onRow, session, renderStage }: SideBySideProps) {
  const speed = useStore(session, state => state.speed);
  const hasKeys = useStore(session, state => state.settings.shortcuts);
  const lockstep = useLockstep({ left: left.trace, right: right.trace, row, onRow, speed });
  const words = { left: useStepWords(session, left.trace), right: useStepWords(session, right.trace) };
  const titles = useMemo(
    () => ({ left: titlesOf(left, words.left), right: titlesOf(right, words.right) }),
    [left, right, words.left, words.right],
  );
  const [shown, setShown] = useState<SideName>('left');
  const requests = { left: kmsRequests(left.trace), right: kmsRequests(right.trace) };
  const labels = { left: left.label, right: right.label };
  const { rows, at } = lockstep;
  const here: AlignedRow | undefined = rows[at];
  const valueText = here
    ? `Row ${at + 1} of ${rows.length}: ${titleOfRow(here, titles)}; ${rowState(here, labels)}`
    : 'No rows';
  const sideView = (side: SideName) => {
    const { trace, label, spec } = side === 'left' ? left : right;
    const step = stepReached(rows, at, side);
    return (
      <SideView
        trace={trace}
        label={label}
        words={words[side][step]}
        step={step}
        isAbsent={here?.[side] === undefined}
        isShown={shown === side}
        renderStage={renderStage}
        onOpen={spec && (() => session.showInLab(spec, step + 1))}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the player, wherever inside the focus is; every one has a button.
    <div className={styles.pair} onKeyDown={event => onKey(event, lockstep, hasKeys)}>
      <div className={styles.bar}>
        <LockstepPlayer lockstep={lockstep} valueText={valueText} hasKeys={hasKeys} />
        <p className={styles.where}>
          <span className={styles.count}>
            Row {at + 1} of {rows.length}
          </span>
          <span className={styles.sentence}>
            {here && !here.isSame && (
              <span className={styles.sign} aria-hidden="true">
                ≠
              </span>
            )}
            {here && rowSentence(here, labels)}
          </span>
        </p>
      </div>
      {here && (
        <div className={styles.differences}>
          <DifferenceTable differences={here.differences} labels={labels} />
        </div>
      )}
      <div className={styles.switch}>
        <Segmented
          label="Run in sight"
          value={shown}
          options={[
            { value: 'left', text: left.label },
            { value: 'right', text: right.label },
          ]}
          onChoose={setShown}
        />
      </div>
      <div className={styles.sides}>
        {sideView('left')}
        {sideView('right')}
      </div>
      <RowList
        rows={rows}
        at={at}
        labels={labels}
        words={words}
        artifacts={{ left: left.trace.artifacts, right: right.trace.artifacts }}
        requests={requests}
        onChoose={lockstep.goTo}
      />
      <LiveRegion message={lockstep.isByHand ? valueText : ''} />
    </div>
  );
}

function titlesOf({ trace }: PairSide, words: readonly StepGuide[]): readonly string[] {
  return words.map(({ title }) => plainText(title, trace.artifacts));
}

function titleOfRow(row: AlignedRow, titles: Readonly<Record<SideName, readonly string[]>>): string {
  const left = row.left === undefined ? undefined : titles.left[row.left];
  const right = row.right === undefined ? undefined : titles.right[row.right];
  if (left === undefined || right === undefined || left === right) return left ?? right ?? '';
  return `${left} / ${right}`;
}

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
const PRESSING = 'button, a[href], summary, [role="button"], [role="switch"], [role="tab"]';
const MOVES: Readonly<Partial<Record<BindingId, (lockstep: Lockstep) => void>>> = {
  toggle: ({ toggle }) => toggle(),
  next: ({ next }) => next(),
  previous: ({ previous }) => previous(),
  nextStop: ({ nextDifference }) => nextDifference(),
  previousStop: ({ previousDifference }) => previousDifference(),
  first: ({ first }) => first(),
  last: ({ last }) => last(),
};

/** The keys of the lab, which here move both runs; a named stop is a difference. */
function onKey(event: KeyboardEvent, lockstep: Lockstep, hasKeys: boolean): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest(TYPING) || (event.key === ' ' && target?.closest(PRESSING))) return;
  const binding = findBinding(event.key, hasKeys);
  const move = binding && MOVES[binding.id];
  if (!move) return;
  event.preventDefault();
  move(lockstep);
}
