/** What each lesson consists of, as far as a page must know it before anything has run. */
import { invariant } from '../errors.ts';
import type { ClientFormat, EnvelopePlace, LessonId, Mode, Operation, PrincipalName, RunSpec } from '../trace/trace.ts';

/** One run of a lesson. The stage calls it by `mode` and `operation`; who is at the client is `principal`. */
export interface Act {
  /** Stable name within the lesson: prose and tests hang on it. */
  readonly name: string;
  /** What the recorded part mostly is: something goes up, or something comes down. */
  readonly operation: Operation;
  readonly principal: PrincipalName;
  /** The object is on their desk at the beginning, as in every first act. */
  readonly bringsObject?: true;
}

export interface LessonPlan {
  readonly mode: Mode;
  /** `yours`: the learner's object goes through it; `given`: the lesson brings its own. */
  readonly object: 'yours' | 'given';
  /** What the client of its acts writes, where it is not the default. */
  readonly format?: ClientFormat;
  readonly envelope?: EnvelopePlace;
  readonly acts: readonly Act[];
}

const up = (name: string, principal: PrincipalName = 'owner'): Act => ({ name, operation: 'upload', principal });
const down = (name: string, principal: PrincipalName = 'owner'): Act => ({ name, operation: 'download', principal });

/** Every lesson's acts, in order. All go over HTTPS. */
export const LESSON_PLANS: Readonly<Record<LessonId, LessonPlan>> = {
  // Three wrapping keys in the ring; the material description stored with the object tells which one opens it.
  'material-description': { mode: 'cse-aes', object: 'yours', acts: [up('upload'), down('download')] },
  // The envelope lies in an instruction file: re-wrapping it changes the wrapping key, and no byte of the object.
  'rotate-wrapping-key': {
    mode: 'cse-rsa',
    object: 'yours',
    envelope: 'instruction-file',
    acts: [up('upload'), up('rewrap'), down('download-new-key'), down('download-old-key')],
  },
  // An insider uploads one ciphertext that two data keys open, and later swaps the instruction file.
  'swap-v2': {
    mode: 'cse-rsa',
    object: 'given',
    format: 'v2',
    envelope: 'instruction-file',
    acts: [up('plant', 's3-admin'), down('read-before'), up('swap', 's3-admin'), down('read-after')],
  },
  'swap-v3': {
    mode: 'cse-rsa',
    object: 'given',
    envelope: 'instruction-file',
    acts: [up('plant', 's3-admin'), down('read-before'), up('swap', 's3-admin'), down('read-after')],
  },
  'lost-key': { mode: 'cse-aes', object: 'yours', acts: [up('upload'), down('lose-and-download')] },
  // Client-side encryption, and SSE-KMS with your key on top.
  'two-layers': {
    mode: 'cse-aes',
    object: 'yours',
    acts: [up('upload'), down('download'), down('plain-download', 's3-admin')],
  },
  // Somebody with write access flips bits; a range read does not notice, a whole read does.
  range: {
    mode: 'cse-aes',
    object: 'given',
    acts: [up('upload'), up('tamper', 's3-admin'), down('read-range'), down('read-whole')],
  },
  // A plain client, a copy with replaced metadata: what S3 can still do with an object it cannot read.
  's3-features': {
    mode: 'cse-aes',
    object: 'yours',
    acts: [up('upload'), down('plain-download'), up('copy'), down('download-copy')],
  },
  // A message of the AWS Encryption SDK is no object of the S3 Encryption Client, nor the other way round.
  'encryption-sdk': {
    mode: 'cse-aes',
    object: 'yours',
    acts: [
      up('upload-sdk-message'),
      down('open-sdk-message'),
      { ...up('upload-client-object'), bringsObject: true },
      down('open-with-sdk'),
    ],
  },
};

/** The run that an act of a lesson is; `index` counts from 0. @throws EngineError `invariant` for an act that it does not have */
export function actSpecOf({ id, seed }: { readonly id: LessonId; readonly seed?: string }, index: number): RunSpec {
  const { acts, mode, format, envelope } = LESSON_PLANS[id];
  const act = acts[index];
  invariant(act, 'a lesson has the act that is asked for');
  return {
    mode,
    operation: act.operation,
    transport: 'https',
    principal: act.principal,
    ...(format ? { format } : {}),
    ...(envelope ? { envelope } : {}),
    lesson: { id, act: index },
    ...(seed ? { seed } : {}),
  };
}
