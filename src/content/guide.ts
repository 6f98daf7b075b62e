import { accessRequirements } from './guide/access.ts';
import { effortRequirements } from './guide/effort.ts';
import { keyRequirements } from './guide/keys.ts';
import type { Requirement } from './guide/requirement.ts';
import { trustRequirements } from './guide/trust.ts';

export { GUIDE_MODE_TEXTS, GUIDE_MODES, type GuideModeText } from './guide/modes.ts';
export type { Cell, ExperimentProof, GuideMode, Requirement, Trial, Verdict } from './guide/requirement.ts';
export { STEMS, type Stem } from './guide/stems.ts';

/** What can be asked of a mode, in groups for the list. Large: load it when it is first needed. */
export const REQUIREMENT_GROUPS: readonly { readonly title: string; readonly requirements: readonly Requirement[] }[] =
  [
    { title: 'Effort and cost', requirements: effortRequirements },
    { title: 'Keys and their record', requirements: keyRequirements },
    { title: 'Whom you trust', requirements: trustRequirements },
    { title: 'Who else gets at it', requirements: accessRequirements },
  ];

/** All requirements, in the order of the list. */
export const REQUIREMENTS: readonly Requirement[] = REQUIREMENT_GROUPS.flatMap(({ requirements }) => requirements);
