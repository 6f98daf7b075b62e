import type { RefObject } from 'react';
import type { RunSpec, Trace } from '../../../engine/index.ts';
import type { Level } from '../../../scene/perform.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';

/** What one level of one run is given. */
export interface PerformTaskProps extends Pick<WorkspaceProps, 'session' | 'renderStage'> {
  readonly spec: RunSpec;
  readonly trace: Trace;
  readonly level: Level;
  /** The next level in words; absent after the last. */
  readonly next?: string;
  /** Whether the level was begun from the end of another one. */
  readonly goesOn: RefObject<boolean>;
  readonly onNext: () => void;
  readonly onAgain: () => void;
}
