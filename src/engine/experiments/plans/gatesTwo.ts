/** Which permissions an upload and a download ask for: the gate of S3, and behind it the gate of KMS. */
import type { TraceProperty } from '../../trace/property.ts';
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import { AS_SSE_S3, onBucket, onKey, SSE } from './common.ts';

export const SUCCEEDS: TraceProperty = { ends: { isOk: true } };
export const BROUGHT_PLAINTEXT: TraceProperty = {
  has: { verb: 'decrypted', actor: 's3', kind: 'plaintext-object' },
};
export const BROUGHT_CIPHERTEXT: TraceProperty = {
  all: [SUCCEEDS, { has: { kind: 'ciphertext-object', place: 'client' } }],
};
export const S3_SHUTS: TraceProperty = { has: { verb: 'denied', gate: 's3' } };

export function kmsShuts(action: string): TraceProperty {
  return { has: { verb: 'denied', gate: 'kms', action } };
}

export const UPLOAD: Action = { do: 'upload' };
export const DOWNLOAD: Action = { do: 'download' };
/** Ana may read the bucket, and use the customer managed key for this. */
export function anaMay(...kmsActions: readonly string[]): Action {
  return {
    do: 'permit',
    who: 'reader',
    statements: [onBucket('s3:GetObject', 's3:ListBucket'), onKey(...kmsActions)],
  };
}
export function ownerMay(...kmsActions: readonly string[]): Action {
  return { do: 'permit', who: 'owner', statements: [onBucket('s3:*'), onKey(...kmsActions)] };
}

const TWO_GATES: ExperimentPlan = {
  id: 'two-gates',
  mode: 'sse-kms-cmk',
  setup: [UPLOAD],
  acts: [
    { name: 'healthy', operation: 'download', does: [DOWNLOAD] },
    { name: 'broken', operation: 'download', as: 'reader', does: [DOWNLOAD] },
    { name: 'fixed', operation: 'download', as: 'reader', before: [anaMay('kms:Decrypt')], does: [DOWNLOAD] },
  ],
  shows: kmsShuts('kms:Decrypt'),
  options: {
    plaintext: SUCCEEDS,
    's3-gate': S3_SHUTS,
    'kms-gate': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, kmsShuts('kms:Decrypt')] },
    ciphertext: BROUGHT_CIPHERTEXT,
  },
};

const TWO_FATES: ExperimentPlan = {
  id: 'two-fates',
  mode: 'sse-kms-cmk',
  setup: [
    { do: 'upload', object: 'a.txt', headers: AS_SSE_S3 },
    { do: 'upload', object: 'b.txt' },
  ],
  acts: [
    { name: 'healthy', operation: 'download', as: 'reader', does: [{ do: 'download', object: 'a.txt' }] },
    { name: 'broken', operation: 'download', as: 'reader', does: [{ do: 'download', object: 'b.txt' }] },
    {
      name: 'fixed',
      operation: 'download',
      as: 'reader',
      before: [anaMay('kms:Decrypt')],
      does: [
        { do: 's3', method: 'HEAD', object: 'a.txt' },
        { do: 's3', method: 'HEAD', object: 'b.txt' },
        { do: 'download', object: 'b.txt' },
      ],
    },
  ],
  shows: kmsShuts('kms:Decrypt'),
  options: {
    'kms-gate': { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
    opens: SUCCEEDS,
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

const SMALL_WORKS: ExperimentPlan = {
  id: 'small-works-large-fails',
  mode: 'sse-kms-cmk',
  setup: [ownerMay('kms:GenerateDataKey')],
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'upload', does: [{ do: 'multipart', object: 'backup.bin', mebibytes: 6 }] },
    {
      name: 'fixed',
      operation: 'upload',
      before: [ownerMay('kms:GenerateDataKey', 'kms:Decrypt')],
      does: [{ do: 'multipart', object: 'backup.bin', mebibytes: 6 }],
    },
  ],
  shows: kmsShuts('kms:Decrypt'),
  options: {
    'goes-through': SUCCEEDS,
    'at-create': { all: [{ answers: { exchange: 0, status: 403 } }, kmsShuts('kms:GenerateDataKey')] },
    'too-large': { ends: { status: 400, code: 'EntityTooLarge' } },
    'at-part': {
      all: [
        { answers: { exchange: 0, status: 200 } },
        { answers: { exchange: 1, status: 403 } },
        kmsShuts('kms:Decrypt'),
      ],
    },
  },
};

const ENCRYPT_IS_NOT_ENOUGH: ExperimentPlan = {
  id: 'encrypt-is-not-enough',
  mode: 'sse-kms-cmk',
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'upload', before: [ownerMay('kms:Encrypt', 'kms:Decrypt')], does: [UPLOAD] },
    {
      name: 'fixed',
      operation: 'upload',
      before: [ownerMay('kms:GenerateDataKey', 'kms:Decrypt')],
      does: [UPLOAD],
    },
  ],
  shows: kmsShuts('kms:GenerateDataKey'),
  options: {
    encrypts: { all: [SUCCEEDS, { has: { verb: 'authorized', action: 'kms:Encrypt' } }] },
    'generate-data-key': { all: [{ ends: { status: 403 } }, kmsShuts('kms:GenerateDataKey')] },
    'falls-back': { all: [SUCCEEDS, { answers: { header: [SSE, 'AES256'] } }] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

/** A reader of reports who is now to answer them. */
function anaAnswers(...kmsActions: readonly string[]): Action {
  return { do: 'permit', who: 'reader', statements: [onBucket('s3:GetObject', 's3:PutObject'), onKey(...kmsActions)] };
}

const DECRYPT_CANNOT_UPLOAD: ExperimentPlan = {
  id: 'decrypt-cannot-upload',
  mode: 'sse-kms-cmk',
  setup: [UPLOAD, anaAnswers('kms:Decrypt')],
  acts: [
    { name: 'healthy', operation: 'download', as: 'reader', does: [DOWNLOAD] },
    { name: 'broken', operation: 'upload', as: 'reader', does: [{ do: 'upload', object: 'answer.txt' }] },
    {
      name: 'fixed',
      operation: 'upload',
      as: 'reader',
      before: [anaAnswers('kms:Decrypt', 'kms:GenerateDataKey')],
      does: [{ do: 'upload', object: 'answer.txt' }],
    },
  ],
  shows: kmsShuts('kms:GenerateDataKey'),
  options: {
    'generate-data-key': { all: [{ ends: { status: 403 } }, kmsShuts('kms:GenerateDataKey')] },
    'is-enough': { all: [SUCCEEDS, { has: { verb: 'authorized', action: 'kms:Decrypt' } }] },
    encrypt: { all: [{ ends: { status: 403 } }, kmsShuts('kms:Encrypt')] },
    'falls-back': { all: [SUCCEEDS, { answers: { header: [SSE, 'AES256'] } }] },
  },
};

/** Permissions of one account. */
export const TWO_GATES_PLANS: readonly ExperimentPlan[] = [
  TWO_GATES,
  TWO_FATES,
  SMALL_WORKS,
  ENCRYPT_IS_NOT_ENOUGH,
  DECRYPT_CANNOT_UPLOAD,
];
