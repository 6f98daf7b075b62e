/** Who gets in: other accounts, administrators, thieves, the public, whoever holds a link. */
import type { JsonObject } from '../../trace/event.ts';
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import {
  ACCOUNT_DECIDES,
  AS_SSE_S3,
  bucketPolicy,
  keyPolicy,
  MOVE_UNDER_CUSTOMER_KEY,
  onBucket,
  onKey,
} from './common.ts';
import {
  BROUGHT_CIPHERTEXT,
  BROUGHT_PLAINTEXT,
  DOWNLOAD,
  kmsShuts,
  ownerMay,
  S3_SHUTS,
  SUCCEEDS,
  UPLOAD,
} from './gatesTwo.ts';

/** Of a bucket policy: the other account's user may read. */
const STRANGER_READS: JsonObject = {
  Sid: 'OtherAccountReads',
  Effect: 'Allow',
  Principal: { AWS: '{arn:stranger}' },
  Action: 's3:GetObject',
  Resource: '{bucketArn}/*',
};
/** Of a key policy: the other account's user may have data keys opened. */
const STRANGER_DECRYPTS: JsonObject = {
  Sid: 'OtherAccountDecrypts',
  Effect: 'Allow',
  Principal: { AWS: '{arn:stranger}' },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const NOTHING_ADMITS_THEM = { verb: 'denied', gate: 'kms', because: 'nothing in the key policy' } as const;
const OWN_ACCOUNT_IS_SILENT = { verb: 'denied', gate: 'kms', because: 'no identity policy allows' } as const;

const CROSS_ACCOUNT_AWS_S3: ExperimentPlan = {
  id: 'cross-account-aws-s3',
  mode: 'sse-kms-aws',
  setup: [UPLOAD, bucketPolicy(STRANGER_READS)],
  acts: [
    { name: 'healthy', operation: 'download', does: [DOWNLOAD] },
    { name: 'broken', operation: 'download', as: 'stranger', does: [DOWNLOAD] },
    {
      name: 'fixed',
      operation: 'download',
      as: 'stranger',
      mode: 'sse-kms-cmk',
      before: [keyPolicy('administrator', ACCOUNT_DECIDES, STRANGER_DECRYPTS), MOVE_UNDER_CUSTOMER_KEY],
      does: [DOWNLOAD],
    },
  ],
  shows: { has: NOTHING_ADMITS_THEM },
  options: {
    opens: SUCCEEDS,
    'key-policy': { all: [{ ends: { status: 403 } }, { has: NOTHING_ADMITS_THEM }] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
    'own-account': { all: [{ ends: { status: 403 } }, { has: OWN_ACCOUNT_IS_SILENT }] },
  },
};

const CROSS_ACCOUNT_CUSTOMER_KEY: ExperimentPlan = {
  id: 'cross-account-customer-key',
  mode: 'sse-kms-cmk',
  setup: [
    UPLOAD,
    bucketPolicy(STRANGER_READS),
    { do: 'permit', who: 'stranger', statements: [onBucket('s3:GetObject')] },
  ],
  acts: [
    { name: 'healthy', operation: 'download', does: [DOWNLOAD] },
    { name: 'bucket-policy-only', operation: 'download', as: 'stranger', does: [DOWNLOAD] },
    {
      name: 'broken',
      operation: 'download',
      as: 'stranger',
      before: [keyPolicy('administrator', ACCOUNT_DECIDES, STRANGER_DECRYPTS)],
      does: [DOWNLOAD],
    },
    {
      name: 'fixed',
      operation: 'download',
      as: 'stranger',
      before: [{ do: 'permit', who: 'stranger', statements: [onBucket('s3:GetObject'), onKey('kms:Decrypt')] }],
      does: [DOWNLOAD],
    },
  ],
  shows: { has: OWN_ACCOUNT_IS_SILENT },
  options: {
    opens: SUCCEEDS,
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
    'own-account': { all: [{ ends: { status: 403 } }, { has: OWN_ACCOUNT_IS_SILENT }] },
    'key-policy': { all: [{ ends: { status: 403 } }, { has: NOTHING_ADMITS_THEM }] },
  },
};

/** Of a key policy: one user, by name, and nobody else. Whoever is named needs no identity policy. */
const OWNER_ALONE: JsonObject = {
  Sid: 'OwnerAlone',
  Effect: 'Allow',
  Principal: { AWS: '{arn:owner}' },
  Action: 'kms:*',
  Resource: '*',
};

const I_AM_ADMINISTRATOR: ExperimentPlan = {
  id: 'i-am-administrator',
  mode: 'sse-kms-cmk',
  setup: [UPLOAD, keyPolicy('administrator', OWNER_ALONE)],
  acts: [
    { name: 'healthy', operation: 'download', does: [DOWNLOAD] },
    { name: 'broken', operation: 'download', as: 'administrator', does: [DOWNLOAD] },
    {
      name: 'fixed',
      operation: 'download',
      as: 'administrator',
      before: [keyPolicy('owner', ACCOUNT_DECIDES)],
      does: [DOWNLOAD],
    },
  ],
  shows: { has: NOTHING_ADMITS_THEM },
  options: {
    opens: SUCCEEDS,
    'no-such-key': { ends: { status: 400, code: 'KMS.NotFoundException' } },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
    'key-policy': { all: [{ ends: { status: 403 } }, { has: NOTHING_ADMITS_THEM }] },
  },
};

const LEAKED_ACCESS_KEY: ExperimentPlan = {
  id: 'leaked-access-key',
  mode: 'sse-s3',
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'download', as: 'thief', does: [DOWNLOAD] },
    {
      name: 'under-customer-key',
      operation: 'download',
      as: 'thief',
      mode: 'sse-kms-cmk',
      before: [MOVE_UNDER_CUSTOMER_KEY],
      does: [DOWNLOAD],
    },
    {
      name: 'fixed',
      operation: 'download',
      as: 'thief',
      mode: 'sse-kms-cmk',
      before: [ownerMay('kms:GenerateDataKey')],
      does: [DOWNLOAD],
    },
  ],
  shows: BROUGHT_PLAINTEXT,
  options: {
    ciphertext: BROUGHT_CIPHERTEXT,
    plaintext: { all: [SUCCEEDS, BROUGHT_PLAINTEXT] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
    'kms-gate': { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
  },
};

const EVERYBODY_READS: JsonObject = {
  Sid: 'EverybodyReads',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: '{bucketArn}/*',
};

const ANONYMOUS_READ: ExperimentPlan = {
  id: 'anonymous-read',
  mode: 'sse-kms-cmk',
  setup: [
    { do: 's3', method: 'DELETE', object: null, query: 'publicAccessBlock' },
    bucketPolicy(EVERYBODY_READS),
    { do: 'upload', object: 'open.txt', headers: AS_SSE_S3 },
    UPLOAD,
  ],
  acts: [
    { name: 'healthy', operation: 'download', as: 'anonymous', does: [{ do: 'download', object: 'open.txt' }] },
    { name: 'broken', operation: 'download', as: 'anonymous', does: [DOWNLOAD] },
    {
      name: 'fixed',
      operation: 'download',
      as: 'anonymous',
      before: [{ do: 'presign', as: 'owner', seconds: 600 }],
      does: [{ do: 'follow-link' }],
    },
  ],
  shows: { has: { actor: 's3', verb: 'failed', code: 'InvalidArgument' } },
  options: {
    opens: SUCCEEDS,
    'not-signed': { ends: { status: 400, code: 'InvalidArgument' } },
    's3-gate': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, S3_SHUTS] },
    'kms-gate': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, kmsShuts('kms:Decrypt')] },
  },
};

const ADMIN_UNDER_SSE_S3: ExperimentPlan = {
  id: 'admin-under-sse-s3',
  mode: 'sse-s3',
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'download', as: 's3-admin', does: [DOWNLOAD] },
    {
      name: 'fixed',
      operation: 'download',
      as: 's3-admin',
      mode: 'sse-kms-cmk',
      before: [MOVE_UNDER_CUSTOMER_KEY],
      does: [DOWNLOAD],
    },
  ],
  shows: BROUGHT_PLAINTEXT,
  options: {
    'kms-gate': { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
    ciphertext: BROUGHT_CIPHERTEXT,
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
    plaintext: { all: [SUCCEEDS, BROUGHT_PLAINTEXT, { lacks: { actor: 'kms' } }] },
  },
};

const KMS_OPENS = { verb: 'authorized', gate: 'kms', action: 'kms:Decrypt' } as const;

const ADMIN_UNDER_AWS_S3: ExperimentPlan = {
  id: 'admin-under-aws-s3',
  mode: 'sse-kms-aws',
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'download', as: 's3-admin', does: [DOWNLOAD] },
    {
      name: 'fixed',
      operation: 'download',
      as: 's3-admin',
      mode: 'sse-kms-cmk',
      before: [MOVE_UNDER_CUSTOMER_KEY],
      does: [DOWNLOAD],
    },
  ],
  shows: { has: KMS_OPENS },
  options: {
    'kms-gate': { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
    'kms-admits': { all: [SUCCEEDS, { has: KMS_OPENS }] },
    'kms-is-not-asked': { all: [SUCCEEDS, { lacks: { actor: 'kms' } }] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

const GRANT_TO_S3_ADMIN: Action = {
  do: 'kms',
  as: 'administrator',
  operation: 'CreateGrant',
  body: { KeyId: '{key}', GranteePrincipal: '{arn:s3-admin}', Operations: ['Decrypt'] },
};

const ADMIN_UNDER_CUSTOMER_KEY: ExperimentPlan = {
  id: 'admin-under-customer-key',
  mode: 'sse-kms-cmk',
  setup: [UPLOAD],
  acts: [
    { name: 'healthy', operation: 'download', does: [DOWNLOAD] },
    { name: 'broken', operation: 'download', as: 's3-admin', does: [DOWNLOAD] },
    { name: 'fixed', operation: 'download', as: 's3-admin', before: [GRANT_TO_S3_ADMIN], does: [DOWNLOAD] },
  ],
  shows: kmsShuts('kms:Decrypt'),
  options: {
    plaintext: SUCCEEDS,
    ciphertext: BROUGHT_CIPHERTEXT,
    'kms-gate': { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

const PRESIGNED: ExperimentPlan = {
  id: 'presigned-signer-loses-decrypt',
  mode: 'sse-kms-cmk',
  setup: [UPLOAD, { do: 'presign', seconds: 3600 }],
  acts: [
    { name: 'healthy', operation: 'download', as: 'anonymous', does: [{ do: 'follow-link' }] },
    {
      name: 'broken',
      operation: 'download',
      as: 'anonymous',
      before: [ownerMay('kms:GenerateDataKey')],
      does: [{ do: 'follow-link' }],
    },
    {
      name: 'fixed',
      operation: 'download',
      as: 'anonymous',
      before: [ownerMay('kms:GenerateDataKey', 'kms:Decrypt')],
      does: [{ do: 'follow-link' }],
    },
  ],
  shows: kmsShuts('kms:Decrypt'),
  options: {
    opens: SUCCEEDS,
    signature: { ends: { status: 403, code: 'SignatureDoesNotMatch' } },
    'kms-gate': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, kmsShuts('kms:Decrypt')] },
    's3-gate': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, S3_SHUTS] },
  },
};

/** People, and what their rights are worth. */
export const PEOPLE_PLANS: readonly ExperimentPlan[] = [
  CROSS_ACCOUNT_AWS_S3,
  CROSS_ACCOUNT_CUSTOMER_KEY,
  I_AM_ADMINISTRATOR,
  LEAKED_ACCESS_KEY,
  ANONYMOUS_READ,
  ADMIN_UNDER_SSE_S3,
  ADMIN_UNDER_AWS_S3,
  ADMIN_UNDER_CUSTOMER_KEY,
  PRESIGNED,
];
