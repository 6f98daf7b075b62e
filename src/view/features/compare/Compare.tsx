import { type ReactNode, useMemo } from 'react';
import type { RunSpec } from '../../../engine/index.ts';
import { useMedia } from '../../parts/useMedia.ts';
import { formatSpec, parseSpec } from '../../session/specText.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { changedWords } from '../../workspace/changeWords.ts';
import type { PairProps, WorkspaceParams, WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './Compare.module.css';
import { SwapIcon } from './icons.tsx';
import { ModeTable } from './ModeTable.tsx';
import { SpecPicker } from './SpecPicker.tsx';
import { DEFAULT_PAIR, forkOf, isSamePair, labelsOf, PAIR_SEED, type Pair, PRESETS, seeded } from './specs.ts';
import { useRuns } from './useRuns.ts';

/** Any two runs side by side, and what the runs of their modes show. */
export function Compare({ session, params, setParams, renderPair }: WorkspaceProps) {
  const pair = useMemo(() => pairOf(params), [params]);
  const isAll = params.all === '1';
  const choose = (next: Pair) => setParams(paramsOf(next, isAll), true);
  const [left, right] = useRuns(session, [pair.left, pair.right]);
  const labels = labelsOf(pair);
  const fork = forkOf(pair);
  // Where both stages are not in sight at once anyway, the choice makes room for one of them.
  const isNarrow = useMedia('(max-width: 1099px)');
  const sides =
    left?.status === 'ready' && right?.status === 'ready'
      ? {
          left: { trace: left.trace, label: labels.left, spec: pair.left },
          right: { trace: right.trace, label: labels.right, spec: pair.right },
        }
      : undefined;
  const problem = [left, right].find(state => state?.status === 'failed');
  return (
    <div className={styles.compare}>
      <div className={styles.head}>
        <h2 className={styles.title}>Side by side</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a labelled group of buttons, not form fields. */}
        <div role="group" aria-label="Pairs worth seeing" className={styles.presets}>
          {PRESETS.map(preset => (
            <button
              key={preset.text}
              type="button"
              className={styles.preset}
              aria-pressed={isSamePair(preset.pair, pair)}
              onClick={() => choose(preset.pair)}
            >
              {preset.text}
            </button>
          ))}
        </div>
      </div>
      <Fold isFolded={isNarrow} text="Choose both runs">
        <SpecPicker side="Left" spec={pair.left} onChange={spec => choose({ ...pair, left: spec })} />
        <IconButton
          look="quiet"
          className={styles.swap}
          label="Swap sides"
          onClick={() => choose({ left: pair.right, right: pair.left })}
        >
          <SwapIcon />
        </IconButton>
        <SpecPicker side="Right" spec={pair.right} onChange={spec => choose({ ...pair, right: spec })} />
      </Fold>
      {fork && (
        <p className={styles.fork}>
          {fork.after === 0 ? 'From the start' : `The same up to step ${fork.after}; then`} {changedWords(fork.change)}.
        </p>
      )}
      <div aria-busy={sides === undefined && problem === undefined} className={styles.pair}>
        {problem?.status === 'failed' && (
          <p className={styles.problem} role="alert">
            {problem.message}
          </p>
        )}
        {!sides && !problem && <p className={styles.waiting}>Both runs are under way …</p>}
        {sides &&
          renderPair(pairProps(sides, params, row => setParams({ ...paramsOf(pair, isAll), row: String(row + 1) })))}
      </div>
      <ModeTable
        session={session}
        modes={[pair.left.mode, pair.right.mode]}
        seed={pair.left.seed ?? PAIR_SEED}
        isWaiting={sides === undefined && problem === undefined}
        isAll={isAll}
        onAll={next => setParams({ ...paramsOf(pair, next), ...(params.row === undefined ? {} : { row: params.row }) })}
      />
    </div>
  );
}

interface FoldProps {
  readonly isFolded: boolean;
  readonly text: string;
  readonly children: ReactNode;
}

/** What is there at once where there is room, and at a press where there is not. */
function Fold({ isFolded, text, children }: FoldProps) {
  if (!isFolded) return <div className={styles.pickers}>{children}</div>;
  return (
    <details className={styles.fold}>
      <summary>{text}</summary>
      <div className={styles.pickers}>{children}</div>
    </details>
  );
}

function pairProps(sides: Pick<PairProps, 'left' | 'right'>, params: WorkspaceParams, onRow: (row: number) => void) {
  const row = rowOf(params.row);
  return { ...sides, ...(row === undefined ? {} : { row }), onRow };
}

/** A row of the address, counted there from 1; anything that is no number is no row. */
function rowOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) - 1 : undefined;
}

/** What the address asks for; what it does not say, or says wrongly, is that of the usual pair. */
function pairOf({ left, right }: WorkspaceParams): Pair {
  const read = (text: string | undefined, usual: RunSpec) =>
    (text === undefined ? undefined : parseSpec(text)) ?? usual;
  return seeded({ left: read(left, DEFAULT_PAIR.left), right: read(right, DEFAULT_PAIR.right) });
}

function paramsOf({ left, right }: Pair, isAll: boolean): WorkspaceParams {
  return { left: formatSpec(left), right: formatSpec(right), ...(isAll ? { all: '1' } : {}) };
}
