import { GUIDE_MODES, type GuideMode, REQUIREMENTS, type Requirement } from '../../../content/guide.ts';
import { judge } from '../../../scene/property.ts';
import type { Session } from '../../session/session.ts';
import { findActOf, trialOf } from './proofs.ts';

export type Check = 'holds' | 'fails';

/** What running has shown of cells, by `requirement.mode`. */
export type Checks = Readonly<Record<string, Check>>;

export const CELL_COUNT = REQUIREMENTS.length * GUIDE_MODES.length;

/** Whether a cell is what its run says, in this browser and with the learner's object. */
async function checkCell(session: Session, requirement: Requirement, mode: GuideMode): Promise<Check> {
  for (const claim of [trialOf(requirement, mode), findActOf(requirement, mode)]) {
    if (claim && !judge(claim.shows, { trace: await session.play(claim.spec) }).holds) return 'fails';
  }
  return 'holds';
}

/**
 * Checks every cell, one after the other, and tells of each as it comes. Stops when `isWanted` says no.
 * @throws Error of the session, when a run cannot be made
 */
export async function checkCells(
  session: Session,
  tell: (id: string, check: Check) => void,
  isWanted: () => boolean,
): Promise<void> {
  // By mode, since what is stored for one run serves the next one of the same mode.
  for (const mode of GUIDE_MODES) {
    for (const requirement of REQUIREMENTS) {
      if (!isWanted()) return;
      const check = await checkCell(session, requirement, mode);
      if (isWanted()) tell(`${requirement.id}.${mode}`, check);
    }
  }
}
