import type { GuideMode, Requirement } from '../../../content/guide.ts';
import styles from './SeeIt.module.css';
import type { Proofs } from './useProofs.ts';
import { labelOf } from './words.ts';

interface SeeItProps {
  readonly requirement: Requirement;
  readonly mode: GuideMode;
  readonly proofs: Proofs;
  readonly text?: string;
}

/** Opens the run that proves a cell, in the lab, at its step. */
export function SeeIt({ requirement, mode, proofs, text = 'See it' }: SeeItProps) {
  const isPending = proofs.pending === `${requirement.id}.${mode}`;
  return (
    <button
      type="button"
      className={styles.see}
      aria-label={`${text}: ${requirement.label} under ${labelOf(mode)}`}
      aria-busy={isPending}
      onClick={() => proofs.open(requirement, mode)}
    >
      {isPending ? 'Running …' : text}
      <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true" focusable="false">
        <path d="M2 6h8M6.5 2.5 10 6 6.5 9.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    </button>
  );
}
