import { GUIDE_MODE_TEXTS, type GuideMode } from '../../../content/guide.ts';
import type { Advice, RankedMode } from '../../../scene/advise.ts';
import styles from './Others.module.css';
import { SeeIt } from './SeeIt.tsx';
import type { Proofs } from './useProofs.ts';
import { VerdictMark } from './VerdictMark.tsx';
import { findRequirement } from './words.ts';

interface OthersProps {
  readonly advice: Advice<GuideMode>;
  readonly proofs: Proofs;
}

/** Every mode that is not advised, and why not: each no with the run that shows it. */
export function Others({ advice: { best, ranking, needs }, proofs }: OthersProps) {
  const others = ranking.filter(({ mode }) => mode !== best);
  if (needs.length === 0) return null;
  return (
    <section className={styles.others} aria-labelledby="guide-others">
      <h3 id="guide-others">{best ? 'Why not another one' : 'What each mode misses'}</h3>
      <ul className={styles.list}>
        {others.map(ranked => (
          <Other key={ranked.mode} ranked={ranked} proofs={proofs} />
        ))}
      </ul>
    </section>
  );
}

function Other({ ranked, proofs }: { readonly ranked: RankedMode<GuideMode>; readonly proofs: Proofs }) {
  const { mode, failed, partly, outBy } = ranked;
  const { name, costs } = GUIDE_MODE_TEXTS[mode];
  // The first thing that it fails tells enough; in the table stands the rest.
  const [first] = failed.length > 0 ? failed : outBy === 'partly' ? partly : [];
  const requirement = findRequirement(first);
  const more = failed.length - 1;
  return (
    <li className={styles.other}>
      <p className={styles.name}>{name}</p>
      {requirement ? (
        <>
          <p className={styles.why}>
            <VerdictMark meets={requirement.cells[mode].meets} isBare /> <strong>{requirement.label}.</strong>{' '}
            {requirement.cells[mode].reason}
            {more > 0 && ` And ${more} more ${more === 1 ? 'thing' : 'things'} that you asked for.`}
          </p>
          <SeeIt requirement={requirement} mode={mode} proofs={proofs} />
        </>
      ) : (
        <p className={styles.why}>
          <VerdictMark meets="yes" isBare /> <strong>It would do, but asks for more.</strong> {costs}
        </p>
      )}
    </li>
  );
}
