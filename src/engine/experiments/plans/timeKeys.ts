import type { ExperimentPlan } from '../plan.ts';
import {
  administer,
  DAY_SECONDS,
  defaultToKms,
  ENDS_WELL,
  MAKE_SECOND_KEY,
  OWNER_USES_BOTH_KEYS,
  SCHEDULE_DELETION,
  updateEncryption,
} from './timeActions.ts';

const HEALTHY_DOWNLOAD = { name: 'healthy', operation: 'download', does: [{ do: 'download' }] } as const;

/** What becomes of objects when the KMS key above them is disabled or goes. */
export const KEY_STATE_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'key-disabled',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      HEALTHY_DOWNLOAD,
      {
        name: 'broken',
        operation: 'download',
        before: [administer('DisableKey')],
        does: [{ do: 'download' }],
      },
      { name: 'fixed', operation: 'download', before: [administer('EnableKey')], does: [{ do: 'download' }] },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', settledBy: 'key-state' } },
    options: {
      forbidden: { ends: { status: 403, code: 'AccessDenied' } },
      opens: ENDS_WELL,
      disabled: { ends: { status: 400, code: 'KMS.DisabledException' } },
      hidden: { ends: { status: 404 } },
    },
  },
  {
    id: 'deletion-scheduled',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      HEALTHY_DOWNLOAD,
      {
        name: 'broken',
        operation: 'download',
        as: 'administrator',
        does: [SCHEDULE_DELETION, { do: 'download' }],
      },
      {
        name: 'fixed',
        operation: 'download',
        as: 'administrator',
        does: [administer('CancelKeyDeletion'), administer('EnableKey'), { do: 'download' }],
      },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', settledBy: 'key-state' } },
    options: {
      'seven-days': ENDS_WELL,
      'at-once': { ends: { status: 400, code: 'KMS.KMSInvalidStateException' } },
      gone: { ends: { status: 400, code: 'KMS.NotFoundException' } },
      forbidden: { ends: { status: 403, code: 'AccessDenied' } },
    },
  },
  {
    id: 'deletion-cancelled',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      HEALTHY_DOWNLOAD,
      {
        name: 'broken',
        operation: 'download',
        as: 'administrator',
        before: [SCHEDULE_DELETION, { do: 'wait', seconds: 2 * DAY_SECONDS }],
        does: [administer('CancelKeyDeletion'), { do: 'download' }],
      },
      {
        name: 'fixed',
        operation: 'download',
        as: 'administrator',
        does: [administer('EnableKey'), { do: 'download' }],
      },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', settledBy: 'key-state' } },
    options: {
      opens: ENDS_WELL,
      pending: { ends: { status: 400, code: 'KMS.KMSInvalidStateException' } },
      disabled: { ends: { status: 400, code: 'KMS.DisabledException' } },
    },
  },
  {
    id: 'deletion-carried-out',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      HEALTHY_DOWNLOAD,
      {
        name: 'broken',
        operation: 'download',
        before: [SCHEDULE_DELETION, { do: 'wait', seconds: 8 * DAY_SECONDS }],
        does: [{ do: 'download' }],
      },
      {
        name: 'too-late',
        operation: 'download',
        as: 'administrator',
        does: [administer('CancelKeyDeletion')],
      },
    ],
    shows: { has: { step: 'kms.refuse', verb: 'failed', code: 'AccessDeniedException' } },
    options: {
      ciphertext: ENDS_WELL,
      'object-gone': { ends: { status: 404, code: 'NoSuchKey' } },
      pending: { ends: { status: 400, code: 'KMS.KMSInvalidStateException' } },
      'no-key': { ends: { status: 403, code: 'AccessDenied' } },
    },
  },
  {
    id: 'change-key-delete-old',
    mode: 'sse-kms-cmk',
    setup: [MAKE_SECOND_KEY, OWNER_USES_BOTH_KEYS, { do: 'upload' }, defaultToKms('{newKey}')],
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        does: [{ do: 'upload', object: 'new.txt', bare: true }, { do: 'download' }],
      },
      { name: 'broken', operation: 'download', before: [SCHEDULE_DELETION], does: [{ do: 'download' }] },
      {
        name: 'fixed',
        operation: 'download',
        before: [
          administer('CancelKeyDeletion'),
          administer('EnableKey'),
          updateEncryption('{newKey}'),
          SCHEDULE_DELETION,
        ],
        does: [{ do: 'download' }],
      },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', settledBy: 'key-state' } },
    options: {
      moved: ENDS_WELL,
      forbidden: { ends: { status: 403, code: 'AccessDenied' } },
      'key-state': { ends: { status: 400, code: 'KMS.KMSInvalidStateException' } },
      'not-found': { ends: { status: 400, code: 'KMS.NotFoundException' } },
    },
  },
  {
    id: 'disabling-takes-time',
    mode: 'sse-kms-cmk',
    world: { bucketKeySeconds: 300 },
    setup: [defaultToKms('{key}', true), { do: 'upload', bare: true }],
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        before: [{ do: 'wait', seconds: 600 }],
        does: [{ do: 'download' }],
      },
      { name: 'broken', operation: 'download', before: [administer('DisableKey')], does: [{ do: 'download' }] },
      {
        name: 'fixed',
        operation: 'download',
        before: [{ do: 'wait', seconds: 600 }],
        does: [{ do: 'download' }],
      },
    ],
    shows: { has: { what: 'bucket-key', isEqual: true } },
    options: {
      'at-once': { ends: { status: 400, code: 'KMS.DisabledException' } },
      'kms-opens': { all: [ENDS_WELL, { has: { step: 'kms.unwrapDataKey' } }] },
      'without-kms': { all: [ENDS_WELL, { lacks: { step: 's3.askKms' } }] },
    },
  },
];
