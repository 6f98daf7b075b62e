import { useMemo } from 'react';
import type { RunSpec } from '../../../engine/index.ts';
import { formatSpec, parseSpec } from '../../session/specText.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import type { PairProps, WorkspaceParams, WorkspaceProps } from '../../workspace/workspace.ts';
import styles from './Compare.module.css';
import { SwapIcon } from './icons.tsx';
import { ModeTable } from './ModeTable.tsx';
import { SpecPicker } from './SpecPicker.tsx';
import { DEFAULT_PAIR, isSamePair, labelsOf, PAIR_SEED, type Pair, PRESETS, seeded } from './specs.ts';
import { useRuns } from './useRuns.ts';

/** Any two runs side by side, and what the runs of their modes show. */
export function Compare({ session, params, setParams, renderPair }: WorkspaceProps) {
  const pair = useMemo(() => pairOf(params), [params]);
  const isAll = params.all === '1';
  const choose = (next: Pair) => setParams(paramsOf(next, isAll), true);
  const [left, right] = useRuns(session, [pair.left, pair.right]);
  const labels = labelsOf(pair);
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
      <h2 className={styles.title}>Side by side</h2>
      <p className={styles.intro}>
        Two runs of the same object in lockstep: steps that do the same stand in one row, and what differs is marked.
      </p>
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
      <div className={styles.pickers}>
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
      </div>
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
