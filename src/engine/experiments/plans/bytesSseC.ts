/** Experiments about keys that customers send along (SSE-C). */
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import { SSE } from './common.ts';
import { block } from './timeActions.ts';

const UNBLOCK = block('NONE');

const WITH_KEY = {
  [`${SSE}-customer-algorithm`]: 'AES256',
  [`${SSE}-customer-key`]: '{customerKey}',
  [`${SSE}-customer-key-md5`]: '{customerKeyMd5}',
};

/** An object under the owner's key lies there. */
const STORED: readonly Action[] = [UNBLOCK, { do: 'upload' }];

export const SSE_C_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'sse-c-wrong-key',
    mode: 'sse-c',
    setup: STORED,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'download', before: [{ do: 'other-key' }], does: [{ do: 'download' }] },
    ],
    shows: { has: { what: 'key-check', isEqual: false } },
    options: {
      noise: { ends: { isOk: true } },
      md5: { has: { what: 'key-md5', isEqual: false } },
      check: {
        all: [{ ends: { status: 403, code: 'AccessDenied' } }, { has: { what: 'key-check', isEqual: false } }],
      },
      invalid: { ends: { status: 400 } },
    },
  },
  {
    id: 'sse-c-no-key',
    mode: 'sse-c',
    setup: STORED,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'download', does: [{ do: 'download', bare: true }] },
    ],
    shows: { has: { verb: 'failed', place: 's3.memory', code: 'InvalidRequest' } },
    options: {
      forbidden: { ends: { status: 403 } },
      invalid: { ends: { status: 400, code: 'InvalidRequest' } },
      ciphertext: { all: [{ ends: { isOk: true } }, { lacks: { step: 's3.decrypt' } }] },
      plaintext: { all: [{ ends: { isOk: true } }, { has: { step: 's3.decrypt' } }] },
    },
  },
  {
    id: 'sse-c-head-without-key',
    mode: 'sse-c',
    setup: STORED,
    acts: [
      {
        name: 'healthy',
        operation: 'download',
        does: [{ do: 's3', method: 'HEAD', headers: WITH_KEY }],
      },
      { name: 'broken', operation: 'download', does: [{ do: 's3', method: 'HEAD' }] },
    ],
    shows: { has: { verb: 'failed', place: 's3.memory', code: 'InvalidRequest' } },
    options: {
      headers: { ends: { isOk: true } },
      told: { all: [{ ends: { status: 400 } }, { answers: { exchange: -1, body: 'InvalidRequest' } }] },
      forbidden: { ends: { status: 403 } },
      silent: {
        all: [{ ends: { status: 400 } }, { not: { answers: { exchange: -1, body: 'InvalidRequest' } } }],
      },
    },
  },
  {
    id: 'sse-c-key-lost',
    mode: 'sse-c',
    setup: STORED,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      { name: 'broken', operation: 'download', does: [{ do: 'lose-key' }, { do: 'download' }] },
    ],
    shows: { has: { verb: 'failed', place: 's3.memory', code: 'InvalidRequest' } },
    options: {
      rebuilt: { has: { step: 's3.decrypt' } },
      kms: { has: { actor: 'kms' } },
      shut: {
        all: [
          { ends: { isOk: false, status: 400 } },
          { same: { kind: 'ciphertext-object', place: 's3.disk' }, as: 'healthy' },
        ],
      },
      cleared: {
        all: [
          { ends: { isOk: false } },
          { not: { same: { kind: 'ciphertext-object', place: 's3.disk' }, as: 'healthy' } },
        ],
      },
    },
  },
  {
    id: 'sse-c-delete-without-key',
    mode: 'sse-c',
    setup: STORED,
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'list',
        operation: 'download',
        does: [{ do: 's3', method: 'GET', object: null, query: 'list-type=2' }],
      },
      { name: 'broken', operation: 'upload', does: [{ do: 's3', method: 'DELETE' }] },
    ],
    shows: { has: { step: 's3.delete' } },
    options: {
      invalid: { ends: { status: 400 } },
      forbidden: { ends: { status: 403 } },
      deleted: { all: [{ ends: { status: 204 } }, { has: { step: 's3.delete', place: 's3.disk' } }] },
      kept: { all: [{ ends: { isOk: true } }, { lacks: { step: 's3.delete' } }] },
    },
  },
  {
    id: 'sse-c-over-http',
    mode: 'sse-c',
    setup: [UNBLOCK],
    acts: [
      { name: 'healthy', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', over: 'http', does: [{ do: 'upload' }] },
      { name: 'fixed', operation: 'upload', before: [{ do: 'other-key' }], does: [{ do: 'upload' }] },
    ],
    shows: { has: { verb: 'sent', place: 'network', kind: 'customer-key' } },
    options: {
      works: { ends: { isOk: true } },
      safe: { all: [{ ends: { isOk: false } }, { lacks: { place: 'network', kind: 'customer-key' } }] },
      leaked: { all: [{ ends: { status: 400 } }, { has: { place: 'network', kind: 'customer-key' } }] },
      redirect: { any: [{ ends: { status: 301 } }, { ends: { status: 307 } }] },
    },
  },
  {
    id: 'sse-c-blocked',
    mode: 'sse-c',
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'sse-s3', does: [{ do: 'upload' }] },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload' }] },
      { name: 'fixed', operation: 'upload', does: [UNBLOCK, { do: 'upload' }] },
    ],
    shows: { has: { verb: 'failed', place: 's3.memory', code: 'AccessDenied' } },
    options: {
      stored: { all: [{ ends: { isOk: true } }, { has: { place: 's3.disk', kind: 'key-check' } }] },
      downgraded: { answers: { header: [SSE, 'AES256'] } },
      permission: { has: { verb: 'denied', settledBy: 'implicit-deny' } },
      blocked: { ends: { status: 403, code: 'AccessDenied', says: 'blocked' } },
    },
  },
  {
    id: 'sse-c-or-client-side',
    mode: 'sse-c',
    setup: [UNBLOCK],
    acts: [
      { name: 'healthy', operation: 'upload', mode: 'cse-aes', does: [], lesson: { id: 'lost-key', act: 0 } },
      { name: 'broken', operation: 'upload', does: [{ do: 'upload' }] },
    ],
    shows: { has: { place: 's3.memory', kind: 'plaintext-object' } },
    options: {
      ciphertext: { lacks: { place: 's3.memory', kind: 'plaintext-object' } },
      text: {
        all: [
          { has: { place: 's3.memory', kind: 'plaintext-object' } },
          { lacks: { place: 's3.memory', kind: 'customer-key' } },
        ],
      },
      kept: { has: { place: 's3.disk', kind: 'customer-key' } },
      both: {
        all: [
          { has: { place: 's3.memory', kind: 'plaintext-object' } },
          { has: { place: 's3.memory', kind: 'customer-key' } },
          { lacks: { place: 's3.disk', kind: 'customer-key' } },
        ],
      },
    },
  },
];
