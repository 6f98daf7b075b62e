import type { ReactNode } from 'react';
import type { ArtifactId, FactId, Place, RunSpec, Trace } from '../../engine/index.ts';
import type { Scene } from '../../scene/fold.ts';
import type { Session } from '../session/session.ts';
import type { WorkspaceParams } from '../session/workspaceNames.ts';

export * from '../session/workspaceNames.ts';

export interface StageSlotProps {
  readonly trace: Trace;
  readonly scene: Scene;
  readonly selected?: ArtifactId;
  readonly onSelect?: (artifact: ArtifactId, place: Place) => void;
  /** Tells two stages apart for screen readers. */
  readonly label?: string;
}

/** One of two runs that are shown side by side. */
export interface PairSide {
  readonly trace: Trace;
  /** A few words: "Healthy", "SSE-S3", "After the change". */
  readonly label: string;
  /** As which run it opens in the lab; absent: not at all. */
  readonly spec?: RunSpec;
}

export interface PairProps {
  readonly left: PairSide;
  readonly right: PairSide;
  /** Row of the alignment to stand at, from 0; absent: the first row in which the two differ. */
  readonly row?: number;
  /** Called when the player stands at another row. */
  readonly onRow?: (row: number) => void;
}

/** What every page beside the lab is given. */
export interface WorkspaceProps {
  readonly session: Session;
  readonly params: WorkspaceParams;
  /** Another address of the same page: a new entry in the history when `isNew`, otherwise in place of the present one. */
  readonly setParams: (params: WorkspaceParams, isNew?: boolean) => void;
  /** The lab's stage: features do not import each other. */
  readonly renderStage: (props: StageSlotProps) => ReactNode;
  /** Chips with the sources of a sentence; `about` names it for screen readers. */
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
  /** Two runs in lockstep. */
  readonly renderPair: (props: PairProps) => ReactNode;
}
