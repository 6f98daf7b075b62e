/** Further experiments: the ransom of 2025, bucket-level keys of two people, a bucket of 2022, a thief before a sealed object. */
import type { ExperimentPlan } from '../plan.ts';
import { onBucket, onKey, SSE, SSE_KMS_KEY } from './common.ts';
import { block, CIPHERTEXT, callsKms, copyOntoItself, defaultTo, defaultToKms, ENDS_WELL } from './timeActions.ts';

/** A key that nobody but the thief has: 32 bytes, and their MD5. */
const KEY_OF_THIEF = {
  [`${SSE}-customer-algorithm`]: 'AES256',
  [`${SSE}-customer-key`]: 'dGhlIHRoaWVmIGhhcyBjaG9zZW4gdGhlc2UgYnl0ZXM=',
  [`${SSE}-customer-key-md5`]: 'btT/WTGYc5W3dsctpzUWJw==',
};

const RANSOM: ExperimentPlan = {
  id: 'ransom-by-sse-c',
  mode: 'sse-s3',
  setup: [{ do: 'upload' }, block('NONE')],
  acts: [
    { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
    { name: 'broken', operation: 'upload', mode: 'sse-c', as: 'thief', does: [copyOntoItself(KEY_OF_THIEF)] },
    { name: 'afterwards', operation: 'download', mode: 'sse-c', does: [{ do: 'download', bare: true }] },
    {
      name: 'fixed',
      operation: 'upload',
      mode: 'sse-c',
      as: 'thief',
      before: [block('SSE-C'), { do: 'upload', bare: true }],
      does: [copyOntoItself(KEY_OF_THIEF)],
    },
  ],
  shows: { has: { step: 's3.encrypt', verb: 'encrypted', kind: 'customer-key' } },
  options: {
    denied: { ends: { status: 403, code: 'AccessDenied' } },
    source: { ends: { status: 400 } },
    unchanged: { all: [ENDS_WELL, { same: CIPHERTEXT, as: 'healthy' }] },
    locked: {
      all: [ENDS_WELL, { differs: CIPHERTEXT, from: 'healthy' }, { has: { place: 's3.disk', kind: 'key-check' } }],
    },
  },
};

const BUCKET_KEY_OF_EACH: ExperimentPlan = {
  id: 'bucket-key-of-each',
  mode: 'sse-kms-cmk',
  world: { bucketKeySeconds: 300 },
  setup: [
    defaultToKms('{key}', true),
    {
      do: 'permit',
      who: 'reader',
      statements: [onBucket('s3:GetObject', 's3:PutObject'), onKey('kms:GenerateDataKey', 'kms:Decrypt')],
    },
    { do: 'upload', object: 'first.txt', bare: true },
  ],
  acts: [
    { name: 'healthy', operation: 'upload', does: [{ do: 'upload', object: 'second.txt', bare: true }] },
    { name: 'broken', operation: 'upload', as: 'reader', does: [{ do: 'upload', object: 'third.txt', bare: true }] },
    { name: 'again', operation: 'upload', as: 'reader', does: [{ do: 'upload', object: 'fourth.txt', bare: true }] },
  ],
  shows: { has: { step: 's3.askKms', verb: 'sent' } },
  options: {
    shared: { all: [ENDS_WELL, callsKms(0)] },
    own: { all: [ENDS_WELL, callsKms(1), { has: { step: 's3.makeDataKey', verb: 'generated' } }] },
    'by-kms': { all: [ENDS_WELL, { lacks: { step: 's3.makeDataKey', verb: 'generated' } }] },
    refused: { ends: { isOk: false } },
  },
};

const IN_2022: ExperimentPlan = {
  id: 'no-option-in-2022',
  mode: 'none',
  world: { isBefore2023: true },
  acts: [
    {
      name: 'healthy',
      operation: 'upload',
      mode: 'sse-s3',
      does: [{ do: 'upload', bare: true, headers: { [SSE]: 'AES256' } }],
    },
    { name: 'broken', operation: 'upload', does: [{ do: 'upload', object: 'second.txt', bare: true }] },
    {
      name: 'fixed',
      operation: 'upload',
      mode: 'sse-s3',
      before: [defaultTo('AES256')],
      does: [{ do: 'upload', object: 'second.txt', bare: true }],
    },
  ],
  shows: { has: { verb: 'stored', place: 's3.disk', kind: 'plaintext-object' } },
  options: {
    encrypted: { answers: { header: [SSE, 'AES256'] } },
    refused: { ends: { isOk: false } },
    plain: {
      all: [
        ENDS_WELL,
        { answers: { header: [SSE, null] } },
        { has: { verb: 'stored', place: 's3.disk', kind: 'plaintext-object' } },
      ],
    },
  },
};

const THIEF_AND_SEALED_OBJECT: ExperimentPlan = {
  id: 'leaked-access-key-client-side',
  mode: 'cse-aes',
  setup: [{ do: 'upload' }],
  acts: [
    { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
    { name: 'broken', operation: 'download', as: 'thief', does: [{ do: 'download', plainly: true }] },
    {
      name: 'under-sse-s3',
      operation: 'download',
      mode: 'sse-s3',
      as: 'thief',
      before: [{ do: 'upload', object: 'open.txt', bare: true }],
      does: [{ do: 'download', object: 'open.txt' }],
    },
    {
      name: 'under-aws-s3',
      operation: 'download',
      mode: 'sse-kms-aws',
      as: 'thief',
      before: [
        {
          do: 'upload',
          object: 'managed.txt',
          bare: true,
          headers: { [SSE]: 'aws:kms', [SSE_KMS_KEY]: '{awsKey}' },
        },
      ],
      does: [{ do: 'download', object: 'managed.txt' }],
    },
  ],
  shows: {
    all: [{ has: { step: 'client.receive', kind: 'ciphertext-object' } }, { lacks: { step: 'client.decrypt' } }],
  },
  options: {
    plaintext: { has: { place: 'client', kind: 'plaintext-object' } },
    's3-gate': { all: [{ ends: { status: 403 } }, { has: { verb: 'denied', gate: 's3' } }] },
    ciphertext: {
      all: [
        ENDS_WELL,
        { has: { step: 'client.receive', kind: 'ciphertext-object' } },
        { lacks: { place: 'client', kind: 'plaintext-object' } },
      ],
    },
    'kms-gate': { has: { verb: 'denied', gate: 'kms' } },
  },
};

export const EXTRA_PLANS: readonly ExperimentPlan[] = [RANSOM, BUCKET_KEY_OF_EACH, IN_2022, THIEF_AND_SEALED_OBJECT];
