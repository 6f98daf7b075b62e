/** Experiments about layers and keys: damage on the disks, KMS's part, two layers, and what a client locked itself. */
import type { ExperimentPlan } from '../plan.ts';
import { BUCKET_KEY, SSE } from './common.ts';
import { defaultToKms } from './timeActions.ts';

const WITH_BUCKET_KEY = { [BUCKET_KEY]: 'true' };

/** Of 5,001 bytes: more than KMS itself would encrypt (F-KMS-017). The same in Base64: three letters are four. */
const LONG_TEXT = 'abc'.repeat(1667);
const LONG_BASE64 = 'YWJj'.repeat(1667);
/** 32 bytes, as many as a data key has. */
const SHORT_BASE64 = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

const COPY_NAME = 'copy-of-{object}';
const copy = (headers: Readonly<Record<string, string>> = {}) =>
  ({
    do: 's3',
    method: 'PUT',
    object: COPY_NAME,
    headers: { 'x-amz-copy-source': '/{bucket}/{object}', ...headers },
  }) as const;

const NEW_UPLOAD = [{ do: 'upload' }] as const;

export const LAYER_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'flip-ciphertext',
    mode: 'sse-kms-cmk',
    setup: NEW_UPLOAD,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'broken',
        operation: 'download',
        does: [{ do: 'flip', piece: 'ciphertext', byte: 40 }, { do: 'download' }],
      },
      { name: 'fixed', operation: 'download', before: NEW_UPLOAD, does: [{ do: 'download' }] },
    ],
    shows: { has: { step: 's3.decrypt', verb: 'failed', code: 'AuthenticationTagMismatch' } },
    options: {
      letter: { ends: { isOk: true } },
      client: { has: { step: 'client.checkHash', what: 'checksum', isEqual: false } },
      kms: { has: { actor: 'kms', verb: 'failed' } },
      whole: { all: [{ ends: { status: 500 } }, { has: { step: 'kms.unwrapDataKey' } }] },
    },
  },
  {
    id: 'flip-encrypted-data-key',
    mode: 'sse-kms-cmk',
    setup: NEW_UPLOAD,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'broken',
        operation: 'download',
        does: [{ do: 'flip', piece: 'encrypted-data-key', byte: -20 }, { do: 'download' }],
      },
      { name: 'fixed', operation: 'download', before: NEW_UPLOAD, does: [{ do: 'download' }] },
    ],
    shows: { has: { actor: 'kms', verb: 'failed' } },
    options: {
      kms: { all: [{ has: { actor: 'kms', verb: 'failed' } }, { lacks: { step: 's3.decrypt' } }] },
      noise: { ends: { isOk: true } },
      s3: { all: [{ ends: { status: 500 } }, { lacks: { actor: 'kms', verb: 'failed' } }] },
      spare: { has: { step: 's3.decrypt' } },
    },
  },
  {
    id: 'flip-tag',
    mode: 'sse-s3',
    setup: NEW_UPLOAD,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'download', does: [{ do: 'flip', piece: 'tag', byte: -1 }, { do: 'download' }] },
      { name: 'fixed', operation: 'download', before: NEW_UPLOAD, does: [{ do: 'download' }] },
    ],
    shows: { has: { step: 's3.decrypt', verb: 'failed', code: 'AuthenticationTagMismatch' } },
    options: {
      fine: { all: [{ ends: { isOk: true } }, { lacks: { what: 'checksum', isEqual: false } }] },
      repaired: { has: { verb: 'stored', place: 's3.disk', kind: 'ciphertext-object' } },
      nothing: {
        all: [
          { ends: { status: 500, code: 'InternalError' } },
          { lacks: { place: 'client', kind: 'plaintext-object' } },
        ],
      },
      client: { has: { step: 'client.checkHash', isEqual: false } },
    },
  },
  {
    id: 'kms-encrypts-my-file',
    mode: 'sse-kms-cmk',
    text: LONG_TEXT,
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        does: [{ do: 'kms', operation: 'Encrypt', body: { KeyId: '{key}', Plaintext: SHORT_BASE64 } }],
      },
      {
        name: 'broken',
        operation: 'upload',
        does: [{ do: 'kms', operation: 'Encrypt', body: { KeyId: '{key}', Plaintext: LONG_BASE64 } }],
      },
      { name: 'fixed', operation: 'upload', does: NEW_UPLOAD },
    ],
    shows: { has: { verb: 'failed', code: 'ValidationException' } },
    options: {
      encrypts: { all: [{ ends: { isOk: true } }, { has: { verb: 'wrapped', place: 'kms.hsm' }, times: 1 }] },
      pieces: { has: { verb: 'wrapped', place: 'kms.hsm' }, times: { atLeast: 2 } },
      denied: { has: { verb: 'denied', gate: 'kms' } },
      refused: { ends: { isOk: false, code: 'ValidationException' } },
    },
  },
  {
    id: 'dsse-two-kms-keys',
    mode: 'dsse-kms',
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'sse-kms-cmk', does: NEW_UPLOAD },
      { name: 'broken', operation: 'upload', does: NEW_UPLOAD },
    ],
    shows: { has: { step: 's3.makeSecondKey' } },
    options: {
      twice: { has: { step: 's3.askKms', verb: 'sent' }, times: { atLeast: 2 } },
      reused: {
        all: [{ has: { step: 's3.askKms', verb: 'sent' }, times: 1 }, { lacks: { step: 's3.makeSecondKey' } }],
      },
      once: {
        all: [{ has: { step: 's3.askKms', verb: 'sent' }, times: 1 }, { has: { step: 's3.makeSecondKey' } }],
      },
    },
  },
  {
    id: 'dsse-bucket-key',
    mode: 'dsse-kms',
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        mode: 'sse-kms-cmk',
        before: [{ do: 'upload', headers: WITH_BUCKET_KEY }],
        does: [{ do: 'upload', headers: WITH_BUCKET_KEY }],
      },
      {
        name: 'broken',
        operation: 'upload',
        before: [{ do: 'upload', headers: WITH_BUCKET_KEY }],
        does: [{ do: 'upload', headers: WITH_BUCKET_KEY }],
      },
    ],
    shows: { has: { step: 's3.askKms', verb: 'sent' } },
    options: {
      refused: { ends: { isOk: false } },
      ignored: {
        all: [
          { answers: { header: [SSE, 'aws:kms:dsse'] } },
          { answers: { header: [BUCKET_KEY, null] } },
          { has: { step: 's3.askKms', verb: 'sent' } },
        ],
      },
      used: { all: [{ ends: { isOk: true } }, { lacks: { step: 's3.askKms' } }] },
      single: { answers: { header: [SSE, 'aws:kms'] } },
    },
  },
  {
    id: 'client-side-from-console',
    mode: 'cse-aes',
    setup: NEW_UPLOAD,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'download', does: [{ do: 'download', plainly: true }] },
    ],
    shows: {
      all: [{ has: { step: 'client.receive', kind: 'ciphertext-object' } }, { lacks: { step: 'client.decrypt' } }],
    },
    options: {
      text: { has: { place: 'client', kind: 'plaintext-object' } },
      noise: {
        all: [
          { ends: { isOk: true } },
          { has: { step: 'client.receive', kind: 'ciphertext-object' } },
          { lacks: { place: 'client', kind: 'plaintext-object' } },
        ],
      },
      denied: { ends: { status: 403 } },
      invalid: { ends: { status: 400 } },
    },
  },
  {
    id: 'copy-loses-metadata',
    mode: 'cse-aes',
    setup: NEW_UPLOAD,
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        does: [copy(), { do: 'download', object: COPY_NAME }],
      },
      {
        name: 'broken',
        operation: 'download',
        does: [
          copy({ 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-department': 'finance' }),
          { do: 'download', object: COPY_NAME },
        ],
      },
      {
        name: 'fixed',
        operation: 'download',
        does: [copy({ 'x-amz-metadata-directive': 'COPY' }), { do: 'download', object: COPY_NAME }],
      },
    ],
    shows: { has: { verb: 'failed', place: 'client', code: 'NotEncryptedByClient' } },
    options: {
      opens: { ends: { isOk: true } },
      refused: { answers: { exchange: 0, status: 400 } },
      lost: {
        all: [
          { answers: { exchange: 0, status: 200 } },
          { ends: { isOk: false } },
          { lacks: { step: 'client.unwrapDataKey' } },
        ],
      },
      tag: { all: [{ ends: { isOk: false } }, { has: { step: 'client.decrypt' } }] },
    },
  },
  {
    id: 'client-side-plus-sse',
    mode: 'cse-aes',
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'sse-s3', does: NEW_UPLOAD },
      { name: 'broken', operation: 'upload', does: NEW_UPLOAD },
      { name: 'with-kms', operation: 'upload', before: [defaultToKms('{key}')], does: NEW_UPLOAD },
      { name: 'admin', operation: 'download', as: 's3-admin', does: [{ do: 'download', plainly: true }] },
    ],
    shows: { all: [{ has: { step: 'client.encrypt' } }, { has: { step: 's3.encrypt' } }] },
    options: {
      once: { all: [{ ends: { isOk: true } }, { lacks: { step: 's3.encrypt' } }] },
      kms: { has: { actor: 'kms' } },
      twice: {
        all: [{ has: { step: 'client.encrypt' } }, { has: { step: 's3.encrypt' } }, { lacks: { actor: 'kms' } }],
      },
      refused: { ends: { isOk: false } },
    },
  },
  {
    id: 'client-key-lost',
    mode: 'cse-aes',
    acts: [
      { name: 'healthy', operation: 'upload', does: [], lesson: { id: 'lost-key', act: 0 } },
      { name: 'broken', operation: 'download', does: [], lesson: { id: 'lost-key', act: 1 } },
    ],
    shows: { has: { verb: 'failed', place: 'client', code: 'WrappingKeyMissing' } },
    options: {
      kms: { has: { actor: 'kms' } },
      refused: { all: [{ ends: { isOk: false } }, { lacks: { step: 'client.receive', kind: 'ciphertext-object' } }] },
      closed: {
        all: [
          { ends: { isOk: false } },
          { has: { step: 'client.receive', kind: 'ciphertext-object' } },
          { lacks: { actor: 'kms' } },
        ],
      },
      opens: { ends: { isOk: true } },
    },
  },
  {
    id: 'instruction-file-swapped',
    mode: 'cse-rsa',
    format: 'v2',
    envelope: 'instruction-file',
    acts: [
      { name: 'healthy', operation: 'download', does: [], lesson: { id: 'swap-v2', act: 1 } },
      { name: 'broken', operation: 'download', does: [], lesson: { id: 'swap-v2', act: 3 } },
      { name: 'fixed', operation: 'download', does: [], lesson: { id: 'swap-v3', act: 3 } },
    ],
    shows: {
      all: [
        { has: { step: 'client.decrypt', verb: 'decrypted' } },
        { differs: { kind: 'plaintext-object', place: 'client' }, from: 'healthy' },
      ],
    },
    options: {
      unwrap: { all: [{ ends: { isOk: false } }, { lacks: { step: 'client.decrypt' } }] },
      tag: { all: [{ ends: { isOk: false } }, { has: { step: 'client.decrypt' } }] },
      same: {
        all: [{ ends: { isOk: true } }, { same: { kind: 'plaintext-object', place: 'client' }, as: 'healthy' }],
      },
      other: {
        all: [{ ends: { isOk: true } }, { differs: { kind: 'plaintext-object', place: 'client' }, from: 'healthy' }],
      },
    },
  },
  {
    id: 'two-plaintexts-one-object',
    mode: 'cse-aes',
    acts: [
      { name: 'healthy', operation: 'upload', does: [], lesson: { id: 'range', act: 0 } },
      { name: 'broken', operation: 'download', does: [], lesson: { id: 'range', act: 2 } },
      { name: 'fixed', operation: 'download', does: [], lesson: { id: 'range', act: 3 } },
    ],
    shows: { has: { step: 'client.decryptRange' } },
    options: {
      commitment: { has: { what: 'commitment', isEqual: false } },
      s3: { has: { actor: 's3', verb: 'failed' } },
      changed: { all: [{ ends: { isOk: true } }, { has: { step: 'client.decryptRange' } }] },
      tag: { all: [{ ends: { isOk: false } }, { lacks: { actor: 's3', verb: 'failed' } }] },
    },
  },
];
