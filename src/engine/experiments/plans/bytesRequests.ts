/** Experiments about headers, lines, signatures and what answers tell. */
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import { SSE, SSE_KMS_KEY } from './common.ts';
import { defaultToKms } from './timeActions.ts';

const REFUSED_ARGUMENT = { has: { verb: 'failed', place: 's3.memory', code: 'InvalidArgument' } } as const;

const WITH_KMS = { [SSE]: 'aws:kms', [SSE_KMS_KEY]: '{key}' };

/** A link to an upload that has to ask for SSE-KMS: the header is part of what was signed (F-PRE-002). */
const SIGN_UPLOAD: Action = { do: 'presign', as: 'owner', method: 'PUT', seconds: 900, headers: WITH_KMS };

/** A link of the old kind (Signature Version 2), as a query; its credentials are those of AWS's documentation. */
const OLD_LINK = 'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1795300000&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D';

/** MD5 of the four letters `test`, as an ETag. */
const MD5_OF_TEST = '"098f6bcd4621d373cade4e832627b4f6"';

export const REQUEST_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'header-with-hyphen',
    mode: 'sse-s3',
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload', headers: { [SSE]: 'AES-256' } }] },
      { name: 'fixed', operation: 'upload', does: [{ do: 'upload', bare: true }] },
    ],
    shows: REFUSED_ARGUMENT,
    options: {
      same: { answers: { header: [SSE, 'AES256'] } },
      refused: { ends: { status: 400, code: 'InvalidArgument' } },
      plain: { has: { verb: 'stored', place: 's3.disk', kind: 'plaintext-object' } },
      forbidden: { ends: { status: 403 } },
    },
  },
  {
    id: 'key-id-with-aes256',
    mode: 'sse-kms-cmk',
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'sse-s3', does: [{ do: 'upload' }] },
      {
        name: 'broken',
        operation: 'upload',
        does: [{ do: 'upload', bare: true, headers: { [SSE]: 'AES256', [SSE_KMS_KEY]: '{key}' } }],
      },
      { name: 'fixed', operation: 'upload', does: [{ do: 'upload' }] },
    ],
    shows: REFUSED_ARGUMENT,
    options: {
      kms: { has: { step: 's3.askKms', api: 'kms:GenerateDataKey' } },
      ignored: { all: [{ ends: { isOk: true } }, { lacks: { actor: 'kms' } }] },
      forbidden: { ends: { status: 403 } },
      refused: { ends: { status: 400, code: 'InvalidArgument' } },
    },
  },
  {
    id: 'aes256-names-the-mode',
    mode: 'sse-kms-cmk',
    setup: [defaultToKms('{key}')],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload', bare: true }] },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload', bare: true, headers: { [SSE]: 'AES256' } }] },
      { name: 'fixed', operation: 'upload', does: [{ do: 'upload', bare: true, headers: { [SSE]: 'aws:kms' } }] },
    ],
    shows: { has: { step: 's3.makeDataKey' } },
    options: {
      kms: { has: { step: 's3.askKms', api: 'kms:GenerateDataKey' } },
      s3: { all: [{ answers: { header: [SSE, 'AES256'] } }, { lacks: { actor: 'kms' } }] },
      refused: { ends: { status: 400 } },
      plain: { has: { verb: 'stored', place: 's3.disk', kind: 'plaintext-object' } },
    },
  },
  {
    id: 'presigned-missing-header',
    mode: 'sse-kms-cmk',
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        as: 'anonymous',
        before: [SIGN_UPLOAD],
        does: [{ do: 'follow-link', headers: WITH_KMS }],
      },
      { name: 'broken', operation: 'upload', as: 'anonymous', before: [SIGN_UPLOAD], does: [{ do: 'follow-link' }] },
      {
        name: 'fixed',
        operation: 'upload',
        as: 'anonymous',
        before: [defaultToKms('{key}'), { do: 'presign', as: 'owner', method: 'PUT', seconds: 900 }],
        does: [{ do: 'follow-link' }],
      },
    ],
    shows: { has: { what: 'signature', isEqual: false } },
    options: {
      kms: { has: { step: 's3.askKms', api: 'kms:GenerateDataKey' } },
      signature: { ends: { status: 403, code: 'SignatureDoesNotMatch' } },
      s3: { answers: { header: [SSE, 'AES256'] } },
      policy: { has: { verb: 'denied', gate: 's3' } },
    },
  },
  {
    id: 'kms-over-http',
    mode: 'sse-kms-cmk',
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'sse-s3', operation: 'upload', mode: 'sse-s3', over: 'http', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', over: 'http', does: [{ do: 'upload' }] },
    ],
    shows: { has: { step: 's3.checkTransport', settledBy: 'transport' } },
    options: {
      works: { ends: { isOk: true } },
      read: { all: [{ ends: { status: 400 } }, { has: { place: 'network', kind: 'plaintext-object' } }] },
      unread: { all: [{ ends: { isOk: false } }, { lacks: { place: 'network', kind: 'plaintext-object' } }] },
      policy: { ends: { status: 403 } },
    },
  },
  {
    id: 'old-signature',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        as: 'anonymous',
        before: [{ do: 'presign', as: 'owner', seconds: 900 }],
        does: [{ do: 'follow-link' }],
      },
      {
        name: 'broken',
        operation: 'download',
        as: 'anonymous',
        does: [{ do: 's3', method: 'GET', query: OLD_LINK }],
      },
    ],
    shows: REFUSED_ARGUMENT,
    options: {
      works: { ends: { isOk: true } },
      version: { ends: { status: 400, code: 'InvalidArgument', says: 'Signature Version 4' } },
      mismatch: { ends: { status: 403, code: 'SignatureDoesNotMatch' } },
      denied: { has: { verb: 'denied', gate: 'kms' } },
    },
  },
  {
    id: 'sse-header-on-get',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'broken',
        operation: 'download',
        does: [{ do: 'download', headers: { [SSE]: 'aws:kms', [SSE_KMS_KEY]: '{key}' } }],
      },
    ],
    shows: REFUSED_ARGUMENT,
    options: {
      named: { all: [{ ends: { isOk: true } }, { has: { step: 's3.askKms', api: 'kms:Decrypt' } }] },
      client: { has: { step: 'client.decrypt' } },
      denied: { ends: { status: 403 } },
      refused: {
        all: [{ ends: { status: 400, code: 'InvalidArgument' } }, { lacks: { actor: 'kms' } }],
      },
    },
  },
  {
    id: 'etag-is-md5',
    mode: 'sse-kms-cmk',
    text: 'test',
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'sse-s3', does: [{ do: 'upload' }] },
      {
        name: 'multipart',
        operation: 'upload',
        mode: 'sse-s3',
        does: [{ do: 'multipart', object: 'large.bin', mebibytes: 6 }],
      },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'fixed', operation: 'download', does: [{ do: 'download' }] },
    ],
    shows: {
      all: [
        { answers: { header: [SSE, 'aws:kms'] } },
        { not: { answers: { header: ['etag', MD5_OF_TEST] } } },
        { has: { verb: 'stored', place: 's3.disk' } },
      ],
    },
    options: {
      md5: { answers: { header: ['etag', MD5_OF_TEST] } },
      other: {
        all: [
          { ends: { isOk: true } },
          { not: { answers: { header: ['etag', null] } } },
          { not: { answers: { header: ['etag', MD5_OF_TEST] } } },
        ],
      },
      none: { answers: { header: ['etag', null] } },
    },
  },
  {
    id: 'same-file-twice',
    mode: 'sse-kms-cmk',
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload' }] },
    ],
    shows: {
      all: [
        { has: { verb: 'discarded', place: 's3.disk', kind: 'ciphertext-object' } },
        { differs: { kind: 'ciphertext-object', place: 's3.disk' }, from: 'healthy' },
      ],
    },
    options: {
      same: {
        all: [
          { same: { kind: 'ciphertext-object', place: 's3.disk' }, as: 'healthy' },
          { has: { verb: 'stored', place: 's3.disk', kind: 'ciphertext-object' } },
        ],
      },
      rewrapped: {
        all: [
          { same: { kind: 'ciphertext-object', place: 's3.disk' }, as: 'healthy' },
          { differs: { kind: 'encrypted-data-key', place: 's3.disk' }, from: 'healthy' },
        ],
      },
      nothing: { lacks: { verb: 'stored', place: 's3.disk', kind: 'ciphertext-object' } },
      new: {
        all: [
          { differs: { kind: 'ciphertext-object', place: 's3.disk' }, from: 'healthy' },
          { differs: { kind: 'encrypted-data-key', place: 's3.disk' }, from: 'healthy' },
        ],
      },
    },
  },
  {
    id: 'no-option-means-plaintext',
    mode: 'sse-s3',
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload', bare: true }] },
    ],
    shows: {
      all: [
        { asks: { header: [SSE, null] } },
        { has: { step: 's3.encrypt', verb: 'encrypted' } },
        { answers: { header: [SSE, 'AES256'] } },
      ],
    },
    options: {
      plain: { has: { verb: 'stored', place: 's3.disk', kind: 'plaintext-object' } },
      refused: { ends: { isOk: false } },
      encrypted: { answers: { header: [SSE, 'AES256'] } },
      kms: { has: { step: 's3.askKms' } },
    },
  },
];
