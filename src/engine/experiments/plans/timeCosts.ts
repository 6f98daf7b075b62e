import type { TraceProperty } from '../../trace/property.ts';
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import { BUCKET_KEY } from './common.ts';
import { callsKms, defaultToKms, ENDS_WELL, head, MAKE_SECOND_KEY } from './timeActions.ts';

/** S3 and KMS made so many data keys. */
function dataKeys(byS3: number, byKms: number): TraceProperty {
  return {
    all: [
      { has: { step: 's3.makeDataKey', verb: 'generated' }, times: byS3 },
      { has: { step: 'kms.makeDataKey', verb: 'generated' }, times: byKms },
    ],
  };
}

function ofThree(make: (n: number) => Action): readonly Action[] {
  return [1, 2, 3].map(make);
}

/** Long enough for any small quota to be whole again. */
const REST: Action = { do: 'wait', seconds: 10 };

/** Another application of the account, with a key of its own, uses the quota up. */
const OTHER_APPLICATION: Action = {
  do: 'repeat',
  times: 5,
  action: {
    do: 'kms',
    as: 'administrator',
    operation: 'GenerateDataKeyWithoutPlaintext',
    body: { KeyId: '{newKey}', KeySpec: 'AES_256' },
  },
};

/** How often KMS is asked: Bucket Keys and quotas. */
export const COST_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'one-bucket-key-for-all',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload', object: 'old.txt', text: 'The report of last quarter.' }],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      {
        name: 'broken',
        operation: 'upload',
        before: [defaultToKms('{key}', true)],
        does: [...ofThree(n => ({ do: 'upload', object: `file-${n}.txt`, bare: true })), head('old.txt')],
      },
    ],
    shows: { has: { step: 's3.wrapDataKey', verb: 'wrapped', actor: 's3' } },
    options: {
      'one-for-all': { all: [dataKeys(0, 1), { has: { step: 's3.encrypt', verb: 'encrypted' } }] },
      'three-by-kms': { has: { step: 'kms.makeDataKey', verb: 'generated' }, times: 3 },
      'three-and-one': {
        all: [dataKeys(3, 1), { answers: { exchange: -1, status: 200, header: [BUCKET_KEY, null] } }],
      },
      'old-too': { answers: { exchange: -1, header: [BUCKET_KEY, 'true'] } },
    },
  },
  {
    id: 'bucket-key-saves-calls',
    mode: 'sse-kms-cmk',
    world: { bucketKeySeconds: 300 },
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        does: [
          ...ofThree(n => ({ do: 'upload', object: `file-${n}.txt` })),
          ...ofThree(n => ({ do: 'download', object: `file-${n}.txt` })),
        ],
      },
      {
        name: 'broken',
        operation: 'download',
        before: [defaultToKms('{key}', true)],
        does: [
          ...ofThree(n => ({ do: 'upload', object: `other-${n}.txt`, bare: true })),
          ...ofThree(n => ({ do: 'download', object: `other-${n}.txt` })),
        ],
      },
    ],
    shows: { has: { what: 'bucket-key', isEqual: true } },
    options: { six: callsKms(6), four: callsKms(4), one: callsKms(1), two: callsKms(2) },
  },
  {
    id: 'throttled',
    mode: 'sse-kms-cmk',
    world: { kmsRequestsPerSecond: 1 },
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      {
        name: 'broken',
        operation: 'upload',
        before: [REST],
        does: [{ do: 'upload' }, { do: 'repeat', times: 3, action: { do: 'upload', object: 'file-{n}.txt' } }],
      },
      {
        name: 'fixed',
        operation: 'upload',
        before: [defaultToKms('{key}', true), REST],
        does: [{ do: 'upload', bare: true }, ...ofThree(n => ({ do: 'upload', object: `file-${n}.txt`, bare: true }))],
      },
    ],
    shows: { has: { step: 'kms.throttle', verb: 'throttled' } },
    options: {
      stored: ENDS_WELL,
      'kms-code': { ends: { status: 400, code: 'ThrottlingException' } },
      denied: { ends: { status: 403, code: 'AccessDenied' } },
      'slow-down': { ends: { status: 503, code: 'SlowDown' } },
    },
  },
  {
    id: 'quota-is-shared',
    mode: 'sse-kms-cmk',
    world: { kmsRequestsPerSecond: 1, bucketKeySeconds: 300 },
    setup: [MAKE_SECOND_KEY],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      {
        name: 'broken',
        operation: 'upload',
        before: [REST, OTHER_APPLICATION],
        does: [{ do: 'upload', object: 'second.txt' }],
      },
      {
        name: 'fixed',
        operation: 'upload',
        before: [
          defaultToKms('{key}', true),
          REST,
          { do: 'upload', as: 'owner', object: 'first.txt', bare: true },
          REST,
          OTHER_APPLICATION,
        ],
        does: [{ do: 'upload', object: 'second.txt', bare: true }],
      },
    ],
    shows: { has: { step: 'kms.throttle', verb: 'throttled' } },
    options: {
      'own-quota': { all: [ENDS_WELL, callsKms(1)] },
      'slow-down': { all: [{ ends: { status: 503, code: 'SlowDown' } }, callsKms(1)] },
      waits: { all: [ENDS_WELL, { has: { step: 's3.askKms', verb: 'sent' }, times: { atLeast: 2 } }] },
    },
  },
];
