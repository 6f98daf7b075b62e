import type { RefObject } from 'react';
import type { RunSpec, Trace } from '../../../engine/index.ts';
import type { WorkspaceProps } from '../../workspace/workspace.ts';

export const CONFIDENCES = ['sure', 'think', 'guess'] as const;
/** How sure somebody was, said with the answer. */
export type Confidence = (typeof CONFIDENCES)[number];

export interface RecallAnswer {
  readonly optionId: string;
  readonly confidence: Confidence;
}

export interface RecallTaskProps extends Pick<WorkspaceProps, 'session' | 'renderStage'> {
  readonly spec: RunSpec;
  readonly trace: Trace;
  /** Whether these questions were asked for at the end of others. */
  readonly goesOn: RefObject<boolean>;
  readonly onAgain: () => void;
  /** Asks about another run. */
  readonly onOther: (spec: RunSpec) => void;
}
