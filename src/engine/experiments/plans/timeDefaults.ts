import type { ExperimentPlan } from '../plan.ts';
import { bucketPolicy, SSE, SSE_KMS_KEY } from './common.ts';
import {
  block,
  copyOntoItself,
  DAY_SECONDS,
  defaultTo,
  defaultToKms,
  ENDS_WELL,
  head,
  IS_REFUSED,
  lastSays,
  underKms,
  updateEncryption,
} from './timeActions.ts';

const EXPLICIT_SSE_S3 = { do: 'upload', object: 'second.txt', bare: true, headers: { [SSE]: 'AES256' } } as const;

/** What a bucket's default decides, and what it does not. */
export const DEFAULT_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'default-changed',
    mode: 'sse-s3',
    setup: [{ do: 'upload', bare: true }, defaultToKms('{key}')],
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        mode: 'sse-kms-cmk',
        does: [{ do: 'upload', object: 'new.txt', bare: true }],
      },
      { name: 'broken', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'fixed',
        operation: 'download',
        mode: 'sse-kms-cmk',
        before: [{ ...updateEncryption('{key}'), as: 'administrator' }],
        does: [{ do: 'download' }],
      },
    ],
    shows: { has: { step: 's3.unwrapDataKey', verb: 'unwrapped', actor: 's3' } },
    options: {
      'under-kms': { all: [lastSays('aws:kms'), { has: { step: 's3.askKms' } }] },
      refused: IS_REFUSED,
      'as-before': { all: [lastSays('AES256'), { lacks: { step: 's3.askKms' } }] },
    },
  },
  {
    id: 'header-beats-default',
    mode: 'sse-kms-cmk',
    setup: [defaultToKms('{key}')],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload', bare: true }] },
      { name: 'broken', operation: 'upload', mode: 'sse-s3', does: [EXPLICIT_SSE_S3] },
      {
        name: 'fixed',
        operation: 'upload',
        before: [
          bucketPolicy({
            Sid: 'NoOtherMode',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:PutObject',
            Resource: '{bucketArn}/*',
            Condition: { StringNotEquals: { [`s3:${SSE}`]: 'aws:kms' }, Null: { [`s3:${SSE}`]: 'false' } },
          }),
        ],
        does: [EXPLICIT_SSE_S3, { do: 'upload', object: 'second.txt', bare: true }],
      },
    ],
    shows: { has: { step: 's3.wrapDataKey', verb: 'wrapped', actor: 's3' } },
    options: {
      default: { all: [ENDS_WELL, lastSays('aws:kms')] },
      refused: IS_REFUSED,
      header: { all: [ENDS_WELL, lastSays('AES256')] },
    },
  },
  {
    id: 'default-key-of-another-region-or-account',
    mode: 'sse-kms-cmk',
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        does: [defaultToKms('{key}'), { do: 'upload', bare: true }],
      },
      {
        name: 'broken',
        operation: 'upload',
        does: [
          defaultToKms('arn:aws:kms:us-east-1:{account}:key/{keyId}'),
          { do: 'upload', object: 'second.txt', bare: true },
        ],
      },
      {
        name: 'fixed',
        operation: 'upload',
        does: [defaultToKms('{key}'), { do: 'upload', object: 'second.txt', bare: true }],
      },
    ],
    shows: { has: { step: 'kms.refuse', verb: 'failed', code: 'NotFoundException' } },
    options: {
      'with-the-rule': { answers: { exchange: 0, status: 400 } },
      'other-key': ENDS_WELL,
      'with-the-upload': {
        all: [{ answers: { exchange: 0, status: 200 } }, { ends: { status: 400, code: 'KMS.NotFoundException' } }],
      },
      forbidden: {
        all: [{ answers: { exchange: 0, status: 200 } }, { ends: { status: 403, code: 'AccessDenied' } }],
      },
    },
  },
  {
    id: 'sse-c-cannot-be-default',
    mode: 'sse-c',
    acts: [
      { name: 'healthy', operation: 'upload', does: [defaultTo('AES256')] },
      { name: 'broken', operation: 'upload', does: [defaultTo('SSE-C')] },
      {
        name: 'fixed',
        operation: 'upload',
        before: [block('NONE')],
        does: [{ do: 'upload' }],
      },
    ],
    shows: { has: { step: 's3.refuse', verb: 'failed', code: 'MalformedXML' } },
    options: {
      accepted: { ends: { status: 200 } },
      blocked: { ends: { status: 403, code: 'AccessDenied' } },
      malformed: { ends: { status: 400, code: 'MalformedXML' } },
    },
  },
  {
    id: 'delete-bucket-default',
    mode: 'sse-kms-cmk',
    setup: [defaultToKms('{key}')],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload', bare: true }] },
      {
        name: 'broken',
        operation: 'upload',
        mode: 'sse-s3',
        does: [
          { do: 's3', method: 'DELETE', object: null, query: 'encryption' },
          { do: 'upload', object: 'second.txt', bare: true },
        ],
      },
      {
        name: 'fixed',
        operation: 'upload',
        does: [defaultToKms('{key}'), { do: 'upload', object: 'second.txt', bare: true }],
      },
    ],
    shows: { has: { step: 's3.wrapDataKey', verb: 'wrapped', actor: 's3' } },
    options: {
      plain: { all: [ENDS_WELL, lastSays(null)] },
      'sse-s3': { all: [ENDS_WELL, lastSays('AES256')] },
      kms: { all: [ENDS_WELL, lastSays('aws:kms')] },
      refused: IS_REFUSED,
    },
  },
  {
    id: 'legacy-object-stays-plain',
    mode: 'none',
    world: { isBefore2023: true },
    setup: [{ do: 'upload', bare: true }, { do: 'wait', seconds: 4 * 365 * DAY_SECONDS }, defaultTo('AES256')],
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        mode: 'sse-s3',
        does: [{ do: 'upload', object: 'new.txt', bare: true }],
      },
      { name: 'broken', operation: 'download', does: [{ do: 'download' }] },
      { name: 'update', operation: 'upload', as: 'administrator', does: [updateEncryption('{key}')] },
      { name: 'fixed', operation: 'upload', mode: 'sse-s3', does: [copyOntoItself()] },
    ],
    shows: {
      all: [
        { has: { step: 's3.load', kind: 'plaintext-object' } },
        { answers: { exchange: -1, status: 200, header: [SSE, null] } },
      ],
    },
    options: {
      encrypted: { all: [ENDS_WELL, lastSays('AES256')] },
      plain: { all: [ENDS_WELL, lastSays(null), { lacks: { step: 's3.decrypt' } }] },
      refused: IS_REFUSED,
    },
  },
  {
    id: 'upload-into-other-mode',
    mode: 'sse-s3',
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }, head()] },
      {
        name: 'broken',
        operation: 'upload',
        mode: 'sse-kms-cmk',
        does: [{ do: 'upload', object: 'second.txt', headers: underKms('{key}') }, head(), head('second.txt')],
      },
    ],
    shows: { answers: { exchange: -1, header: [SSE, 'aws:kms'] } },
    options: {
      both: { answers: { exchange: 1, header: [SSE, 'aws:kms'] } },
      neither: { answers: { exchange: 2, header: [SSE, 'AES256'] } },
      each: {
        all: [
          { answers: { exchange: 1, header: [SSE, 'AES256'] } },
          { answers: { exchange: 1, header: [SSE_KMS_KEY, null] } },
          { answers: { exchange: 2, header: [SSE, 'aws:kms'] } },
        ],
      },
      refused: { answers: { exchange: 0, status: 403 } },
    },
  },
];
