import type { EngineErrorCode, RunSpec, Trace } from '../engine/index.ts';
import type { TakeAwayAnswer, TakeAwayQuestion, WrappingKeyFile } from './takeAwayProtocol.ts';

/** What the learner brought: a text or a file. A `File` crosses to the worker by reference, not by copy. */
export interface LabObject {
  /** Tells objects apart: the same number means the same object, since a Blob loses its identity on the way. */
  readonly id: number;
  readonly name: string;
  /** Media type, possibly empty. */
  readonly type: string;
  readonly content: Blob;
}

export type LabRequest =
  | {
      readonly type: 'run';
      readonly id: number;
      readonly spec: RunSpec;
      readonly object: LabObject;
      /** A key of the learner's, in the mode of its type. */
      readonly wrappingKey?: WrappingKeyFile;
    }
  | { readonly type: 'ask'; readonly id: number; readonly question: TakeAwayQuestion }
  | { readonly type: 'cancel'; readonly id: number };

export type LabReply =
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly phase: string;
      readonly done: number;
      readonly total: number;
      /** A download that finds another object, or none, has the owner store this one first, unrecorded. */
      readonly isPreparing?: true;
    }
  | { readonly type: 'done'; readonly id: number; readonly trace: Trace; readonly download?: Blob }
  | { readonly type: 'answer'; readonly id: number; readonly answer: TakeAwayAnswer }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly code: EngineErrorCode; readonly message: string };

/** The most bytes one object may have here. A 1 GiB object streamed to disk is a later goal. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
