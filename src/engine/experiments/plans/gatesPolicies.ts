/** What policies, encryption context and audit records really speak of. */
import type { JsonObject } from '../../trace/event.ts';
import type { TraceProperty } from '../../trace/property.ts';
import type { Action } from '../action.ts';
import type { ExperimentPlan } from '../plan.ts';
import { AS_SSE_S3, BUCKET_KEY, bucketPolicy, keyPolicy, onBucket, SSE, SSE_CONTEXT, SSE_KMS_KEY } from './common.ts';
import { DOWNLOAD, kmsShuts, ownerMay, S3_SHUTS, SUCCEEDS, UPLOAD } from './gatesTwo.ts';

const DENIED_BY_STATEMENT = { verb: 'denied', gate: 's3', settledBy: 'explicit-deny' } as const;

/** Of a bucket policy: no upload for which this holds. */
function denyUploads(sid: string, condition: JsonObject): JsonObject {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: '{bucketArn}/*',
    Condition: condition,
  };
}

const ONLY_AES256 = denyUploads('OnlySseS3', { StringNotEquals: { [`s3:${SSE}`]: 'AES256' } });
/** Both conditions must hold: a header is there, and it is another one. */
const ONLY_AES256_IF_SAID = denyUploads('OnlySseS3IfSaid', {
  Null: { [`s3:${SSE}`]: 'false' },
  StringNotEquals: { [`s3:${SSE}`]: 'AES256' },
});
const BARE_UPLOAD: Action = { do: 'upload', bare: true };

const POLICY_DEMANDS_HEADER: ExperimentPlan = {
  id: 'policy-demands-header',
  mode: 'sse-s3',
  setup: [bucketPolicy(ONLY_AES256)],
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'upload', does: [BARE_UPLOAD] },
    { name: 'fixed', operation: 'upload', before: [bucketPolicy(ONLY_AES256_IF_SAID)], does: [BARE_UPLOAD] },
  ],
  shows: { has: DENIED_BY_STATEMENT },
  options: {
    'default-counts': { all: [SUCCEEDS, { answers: { header: [SSE, 'AES256'] } }] },
    'bad-request': { ends: { status: 400 } },
    'denied-by-policy': { all: [{ ends: { status: 403, code: 'AccessDenied' } }, { has: DENIED_BY_STATEMENT }] },
    unencrypted: { all: [SUCCEEDS, { lacks: { actor: 's3', verb: 'encrypted' } }] },
  },
};

const HEADER_MUST_BE_THERE = denyUploads('HeaderMustBeThere', { Null: { [`s3:${SSE}`]: 'true' } });
const ONLY_KMS = denyUploads('OnlySseKms', { StringNotEquals: { [`s3:${SSE}`]: 'aws:kms' } });
const UPLOAD_AS_SSE_S3: Action = { do: 'upload', headers: AS_SSE_S3 };

const NULL_OR_NOT_EQUALS: ExperimentPlan = {
  id: 'null-or-not-equals',
  mode: 'sse-kms-cmk',
  setup: [bucketPolicy(HEADER_MUST_BE_THERE)],
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'no-header', operation: 'upload', does: [BARE_UPLOAD] },
    { name: 'broken', operation: 'upload', mode: 'sse-s3', does: [UPLOAD_AS_SSE_S3] },
    {
      name: 'fixed',
      operation: 'upload',
      mode: 'sse-s3',
      before: [bucketPolicy(ONLY_KMS)],
      does: [UPLOAD_AS_SSE_S3],
    },
  ],
  // Where the policy lets it pass; what comes of it is in the answer.
  shows: { all: [{ has: { verb: 'authorized', gate: 's3' } }, { answers: { status: 200, header: [SSE, 'AES256'] } }] },
  options: {
    'denied-by-policy': { all: [{ ends: { status: 403 } }, { has: DENIED_BY_STATEMENT }] },
    'under-kms': { all: [SUCCEEDS, { answers: { header: [SSE, 'aws:kms'] } }] },
    'under-sse-s3': { all: [SUCCEEDS, { answers: { header: [SSE, 'AES256'] } }] },
  },
};

/** Of a key policy: the account administers the key and does not use it. */
const ACCOUNT_ADMINISTERS: JsonObject = {
  Sid: 'AccountAdministers',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::{account}:root' },
  Action: ['kms:PutKeyPolicy', 'kms:Get*', 'kms:Describe*', 'kms:List*'],
  Resource: '*',
};

/** Of a key policy: the owner uses it, for what the encryption context names. */
function ownerUsesFor(sid: string, ...arns: readonly string[]): JsonObject {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: '{arn:owner}' },
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: '*',
    Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': arns } },
  };
}

const UPLOAD_WITH_BUCKET_KEY: Action = { do: 'upload', headers: { [BUCKET_KEY]: 'true' } };

const BUCKET_KEY_BREAKS_POLICY: ExperimentPlan = {
  id: 'bucket-key-breaks-policy',
  mode: 'sse-kms-cmk',
  setup: [keyPolicy('administrator', ACCOUNT_ADMINISTERS, ownerUsesFor('ForObjectsOfTheBucket', '{bucketArn}/*'))],
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'broken', operation: 'upload', does: [UPLOAD_WITH_BUCKET_KEY] },
    {
      name: 'fixed',
      operation: 'upload',
      before: [
        keyPolicy(
          'administrator',
          ACCOUNT_ADMINISTERS,
          ownerUsesFor('ForTheBucketAndItsObjects', '{bucketArn}', '{bucketArn}/*'),
        ),
      ],
      does: [UPLOAD_WITH_BUCKET_KEY],
    },
  ],
  shows: kmsShuts('kms:GenerateDataKey'),
  options: {
    saves: { all: [SUCCEEDS, { answers: { header: [BUCKET_KEY, 'true'] } }] },
    'context-differs': { all: [{ ends: { status: 403 } }, kmsShuts('kms:GenerateDataKey')] },
    'goes-without': { all: [SUCCEEDS, { answers: { header: [BUCKET_KEY, null] } }] },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

/** By hand what S3 does: a data key for an object, and later its opening; each time with a context that names an object. */
function lockAndOpen(lockedFor: string, openedFor: string): readonly Action[] {
  return [
    {
      do: 'kms',
      operation: 'GenerateDataKeyWithoutPlaintext',
      body: { KeyId: '{key}', KeySpec: 'AES_256', EncryptionContext: { 'aws:s3:arn': lockedFor } },
      keep: { blob: 'CiphertextBlob' },
    },
    {
      do: 'kms',
      operation: 'Decrypt',
      body: { CiphertextBlob: '{blob}', EncryptionContext: { 'aws:s3:arn': openedFor } },
    },
  ];
}

const WRONG_CONTEXT: ExperimentPlan = {
  id: 'wrong-context',
  mode: 'sse-kms-cmk',
  setup: [ownerMay('kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt')],
  acts: [
    {
      name: 'healthy',
      operation: 'download',
      does: lockAndOpen('{bucketArn}/{object}', '{bucketArn}/{object}'),
    },
    { name: 'broken', operation: 'download', does: lockAndOpen('{bucketArn}/{object}', '{bucketArn}/other.txt') },
  ],
  shows: { has: { actor: 'kms', verb: 'failed', code: 'InvalidCiphertextException' } },
  options: {
    opens: SUCCEEDS,
    denied: { ends: { code: 'AccessDeniedException' } },
    'invalid-ciphertext': { ends: { code: 'InvalidCiphertextException' } },
    incorrect: { ends: { code: 'IncorrectKeyException' } },
  },
};

const HTTPS_ONLY: JsonObject = {
  Sid: 'HttpsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['{bucketArn}', '{bucketArn}/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const IN_THE_OPEN = { place: 'network', kind: 'plaintext-object' } as const;

const TLS_BY_POLICY: ExperimentPlan = {
  id: 'tls-by-policy',
  mode: 'sse-s3',
  acts: [
    { name: 'healthy', operation: 'upload', does: [UPLOAD] },
    { name: 'before-policy', operation: 'upload', over: 'http', does: [UPLOAD] },
    { name: 'broken', operation: 'upload', over: 'http', before: [bucketPolicy(HTTPS_ONLY)], does: [UPLOAD] },
    { name: 'fixed', operation: 'upload', does: [UPLOAD] },
  ],
  shows: { has: { verb: 'denied', gate: 's3', because: 'HttpsOnly' } },
  options: {
    'refused-and-safe': { all: [{ ends: { status: 403 } }, { lacks: IN_THE_OPEN }] },
    'refused-and-read': { all: [{ ends: { status: 403 } }, { has: IN_THE_OPEN }] },
    redirected: { ends: { status: 301 } },
    accepted: SUCCEEDS,
  },
};

const TELLING = 'dismissal-j-berger.txt';
const LOOK_AT = (object: string): readonly Action[] => [
  { do: 's3', method: 'HEAD', object },
  { do: 's3', method: 'GET', object, query: 'tagging' },
];
const SUBJECT = 'x-amz-meta-subject';
const SUBJECT_TEXT = 'Dismissal of J. Berger';

const NAMES_ARE_NOT_SECRET: ExperimentPlan = {
  id: 'names-are-not-secret',
  mode: 'sse-kms-cmk',
  setup: [
    UPLOAD,
    {
      do: 'upload',
      object: TELLING,
      headers: {
        [SUBJECT]: SUBJECT_TEXT,
        'x-amz-tagging': 'person=berger',
        // {"case":"dismissal"}
        [SSE_CONTEXT]: 'eyJjYXNlIjoiZGlzbWlzc2FsIn0=',
      },
    },
  ],
  acts: [
    { name: 'healthy', operation: 'download', as: 's3-admin', does: LOOK_AT('{object}') },
    { name: 'broken', operation: 'download', as: 's3-admin', does: LOOK_AT(TELLING) },
    { name: 'record', operation: 'download', does: [{ do: 'download', object: TELLING }] },
    { name: 'fixed', operation: 'upload', does: [{ do: 'upload', object: '7f3a09.txt' }] },
  ],
  shows: { answers: { header: [SUBJECT, SUBJECT_TEXT] } },
  options: {
    'kms-gate': { all: [{ answers: { exchange: 0, status: 403 } }, kmsShuts('kms:Decrypt')] },
    'tags-only': {
      all: [
        { answers: { exchange: 0, status: 200, header: [SUBJECT, null] } },
        { answers: { exchange: 1, body: 'berger' } },
      ],
    },
    'both-readable': {
      all: [
        { answers: { exchange: 0, header: [SUBJECT, SUBJECT_TEXT] } },
        { answers: { exchange: 1, body: 'berger' } },
      ],
    },
    'metadata-only': {
      all: [{ answers: { exchange: 0, header: [SUBJECT, SUBJECT_TEXT] } }, { answers: { exchange: 1, status: 403 } }],
    },
  },
};

/** What may somebody do who copies, on the customer managed key and on the second one. */
function copierMay(onSecondKey: readonly string[]): Action {
  return {
    do: 'permit',
    who: 'reader',
    statements: [
      onBucket('s3:GetObject', 's3:PutObject'),
      { Sid: 'UseFirstKey', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '{key}' },
      ...(onSecondKey.length === 0
        ? []
        : [{ Sid: 'UseSecondKey', Effect: 'Allow', Action: onSecondKey, Resource: '{secondKey}' }]),
    ],
  };
}

function copyUnder(kmsKey: string): Action {
  return {
    do: 's3',
    method: 'PUT',
    object: 'replica/{object}',
    headers: { 'x-amz-copy-source': '/{bucket}/{object}', [SSE]: 'aws:kms', [SSE_KMS_KEY]: kmsKey },
  };
}

const REPLICATION_NEEDS_BOTH_KEYS: ExperimentPlan = {
  id: 'replication-needs-both-keys',
  mode: 'sse-kms-cmk',
  setup: [
    UPLOAD,
    {
      do: 'kms',
      as: 'administrator',
      operation: 'CreateKey',
      body: { Description: 'Second key, for replicas' },
      keep: { secondKey: 'KeyMetadata.Arn' },
    },
    copierMay([]),
  ],
  acts: [
    { name: 'healthy', operation: 'upload', as: 'reader', does: [copyUnder('{key}')] },
    { name: 'broken', operation: 'upload', as: 'reader', does: [copyUnder('{secondKey}')] },
    {
      name: 'fixed',
      operation: 'upload',
      as: 'reader',
      before: [copierMay(['kms:GenerateDataKey'])],
      does: [copyUnder('{secondKey}')],
    },
  ],
  shows: kmsShuts('kms:GenerateDataKey'),
  options: {
    copies: SUCCEEDS,
    source: { all: [{ ends: { status: 403 } }, kmsShuts('kms:Decrypt')] },
    target: {
      all: [
        { ends: { status: 403 } },
        { has: { verb: 'authorized', gate: 'kms', action: 'kms:Decrypt' } },
        kmsShuts('kms:GenerateDataKey'),
      ],
    },
    's3-gate': { all: [{ ends: { status: 403 } }, S3_SHUTS] },
  },
};

const KMS_MANAGEMENT: TraceProperty = { has: { step: 'kms.log', record: 'Management' } };
const S3_MANAGEMENT: TraceProperty = { has: { step: 's3.log', record: 'Management' } };

const MANAGEMENT_EVENTS_ONLY: ExperimentPlan = {
  id: 'management-events-only',
  mode: 'sse-kms-cmk',
  setup: [
    { do: 'upload', headers: { [SSE]: 'aws:kms', [SSE_KMS_KEY]: '{key}' } },
    { do: 'upload', object: 'plain.txt', headers: AS_SSE_S3 },
  ],
  acts: [
    { name: 'healthy', operation: 'download', mode: 'sse-s3', does: [{ do: 'download', object: 'plain.txt' }] },
    { name: 'broken', operation: 'download', does: [DOWNLOAD] },
  ],
  shows: KMS_MANAGEMENT,
  options: {
    both: { all: [S3_MANAGEMENT, KMS_MANAGEMENT] },
    s3: { all: [S3_MANAGEMENT, { not: KMS_MANAGEMENT }] },
    kms: { all: [{ not: S3_MANAGEMENT }, KMS_MANAGEMENT] },
    none: { all: [{ not: S3_MANAGEMENT }, { not: KMS_MANAGEMENT }] },
  },
};

/** Conditions, context, metadata and records. */
export const POLICY_PLANS: readonly ExperimentPlan[] = [
  POLICY_DEMANDS_HEADER,
  NULL_OR_NOT_EQUALS,
  BUCKET_KEY_BREAKS_POLICY,
  WRONG_CONTEXT,
  TLS_BY_POLICY,
  NAMES_ARE_NOT_SECRET,
  REPLICATION_NEEDS_BOTH_KEYS,
  MANAGEMENT_EVENTS_ONLY,
];
