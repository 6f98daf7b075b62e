/** What several groups of experiments set up: policies, and names of headers. */
import type { JsonObject } from '../../trace/event.ts';
import type { PersonName } from '../../trace/trace.ts';
import type { Action } from '../action.ts';

export const SSE = 'x-amz-server-side-encryption';
export const SSE_KMS_KEY = `${SSE}-aws-kms-key-id`;
export const SSE_CONTEXT = `${SSE}-context`;
export const BUCKET_KEY = `${SSE}-bucket-key-enabled`;

/** Headers of an upload that asks for SSE-S3, in a mode that would ask for KMS. */
export const AS_SSE_S3 = { [SSE]: 'AES256', [SSE_KMS_KEY]: null };

/** The owner replaces the bucket's policy. */
export function bucketPolicy(...statements: readonly JsonObject[]): Action {
  const body = { Version: '2012-10-17', Statement: statements };
  return { do: 's3', as: 'owner', over: 'https', method: 'PUT', object: null, query: 'policy', body };
}

/** Somebody replaces the policy of the customer managed key, even if they could not do so a second time. */
export function keyPolicy(as: PersonName, ...statements: readonly JsonObject[]): Action {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const body = { KeyId: '{key}', PolicyName: 'default', Policy, BypassPolicyLockoutSafetyCheck: true };
  return { do: 'kms', as, over: 'https', operation: 'PutKeyPolicy', body };
}

/** Of a key policy: the account decides by identity policies (F-KMS-072). */
export const ACCOUNT_DECIDES: JsonObject = {
  Sid: 'EnableIamPolicies',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::{account}:root' },
  Action: 'kms:*',
  Resource: '*',
};

/** Of an identity policy: these actions on the bucket and what is in it. */
export function onBucket(...actions: readonly string[]): JsonObject {
  return { Sid: 'UseBuckets', Effect: 'Allow', Action: actions, Resource: ['{bucketArn}', '{bucketArn}/*'] };
}

/** Of an identity policy: these actions on the customer managed key. */
export function onKey(...actions: readonly string[]): JsonObject {
  return { Sid: 'UseKey', Effect: 'Allow', Action: actions, Resource: '{key}' };
}

/** The owner has S3 write the object anew, under the customer managed key. */
export const MOVE_UNDER_CUSTOMER_KEY: Action = {
  do: 's3',
  as: 'owner',
  over: 'https',
  method: 'PUT',
  headers: { 'x-amz-copy-source': '/{bucket}/{object}', [SSE]: 'aws:kms', [SSE_KMS_KEY]: '{key}' },
};
