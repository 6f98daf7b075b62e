import type { ExperimentPlan } from '../plan.ts';
import {
  CIPHERTEXT,
  copyOntoItself,
  defaultToKms,
  ENCRYPTED_DATA_KEY,
  ENDS_WELL,
  IS_REFUSED,
  lastSays,
  MAKE_SECOND_KEY,
  OWNER_USES_BOTH_KEYS,
  underKms,
  updateEncryption,
} from './timeActions.ts';

const TWO_KEYS = [MAKE_SECOND_KEY, OWNER_USES_BOTH_KEYS, { do: 'upload' }] as const;

/** A copy that changes what the object says of itself, as people make it without thinking of encryption. */
const NEW_METADATA = { 'x-amz-metadata-directive': 'REPLACE', 'content-type': 'text/plain; charset=utf-8' };

/** Which of an object's bytes change under another key: the same answers for both ways. */
const WHAT_CHANGES: ExperimentPlan['options'] = {
  nothing: {
    all: [
      { same: CIPHERTEXT, as: 'healthy' },
      { same: ENCRYPTED_DATA_KEY, as: 'healthy' },
    ],
  },
  envelope: {
    all: [
      { same: CIPHERTEXT, as: 'healthy' },
      { differs: ENCRYPTED_DATA_KEY, from: 'healthy' },
    ],
  },
  everything: {
    all: [
      { differs: CIPHERTEXT, from: 'healthy' },
      { differs: ENCRYPTED_DATA_KEY, from: 'healthy' },
    ],
  },
  refused: IS_REFUSED,
};

/** New encryption for objects that exist. */
export const COPY_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'copy-changes-key',
    mode: 'sse-kms-cmk',
    setup: TWO_KEYS,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'upload', does: [copyOntoItself(underKms('{newKey}'))] },
      { name: 'afterwards', operation: 'download', does: [{ do: 'download' }] },
    ],
    shows: { has: { step: 's3.encrypt', verb: 'encrypted' } },
    options: WHAT_CHANGES,
  },
  {
    id: 'update-changes-key',
    mode: 'sse-kms-cmk',
    setup: TWO_KEYS,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'upload', does: [updateEncryption('{newKey}')] },
      { name: 'afterwards', operation: 'download', does: [{ do: 'download' }] },
    ],
    shows: { has: { step: 'kms.rewrapDataKey' } },
    options: WHAT_CHANGES,
  },
  {
    id: 'copy-lowers-protection',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        does: [copyOntoItself({ ...NEW_METADATA, ...underKms('{key}') })],
      },
      { name: 'broken', operation: 'upload', mode: 'sse-s3', does: [copyOntoItself(NEW_METADATA)] },
      { name: 'who-reads', operation: 'download', as: 's3-admin', does: [{ do: 'download' }] },
      {
        name: 'fixed',
        operation: 'upload',
        before: [defaultToKms('{key}')],
        does: [copyOntoItself(NEW_METADATA)],
      },
    ],
    shows: { has: { step: 's3.wrapDataKey', verb: 'wrapped', actor: 's3' } },
    options: {
      'as-the-source': { all: [ENDS_WELL, lastSays('aws:kms')] },
      'as-the-bucket': { all: [ENDS_WELL, lastSays('AES256')] },
      'not-at-all': { all: [ENDS_WELL, lastSays(null)] },
      refused: IS_REFUSED,
    },
  },
];
