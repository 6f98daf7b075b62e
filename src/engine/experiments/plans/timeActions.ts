/** What the experiments about time, cost and change do again and again. */
import type { TraceProperty } from '../../trace/property.ts';
import type { Action } from '../action.ts';
import { onBucket, SSE, SSE_KMS_KEY } from './common.ts';

export const DAY_SECONDS = 24 * 60 * 60;

/** A bucket's rule (F-BKT-005). */
export function rule(inner: string): string {
  return `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule>${inner}</Rule></ServerSideEncryptionConfiguration>`;
}

/** PutBucketEncryption by somebody who may. @param inner elements of the rule */
export function putRule(inner: string): Action {
  return { do: 's3', method: 'PUT', object: null, query: 'encryption', body: rule(inner) };
}

/** The default mode becomes SSE-KMS. @param kmsKey template of an ARN */
export function defaultToKms(kmsKey: string, hasBucketKey = false): Action {
  return putRule(
    `<ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${kmsKey}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${hasBucketKey}</BucketKeyEnabled>`,
  );
}

/** The default mode becomes another one than SSE-KMS. */
export function defaultTo(algorithm: string): Action {
  return putRule(
    `<ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault>`,
  );
}

/** Whether uploads may bring keys along: new buckets block it until somebody says otherwise (F-BLK-002, F-BLK-006, F-BLK-008). */
export function block(type: 'NONE' | 'SSE-C'): Action {
  return putRule(`<BlockedEncryptionTypes><EncryptionType>${type}</EncryptionType></BlockedEncryptionTypes>`);
}

/** UpdateObjectEncryption of the experiment's object (F-UOE-004). @param kmsKey template of an ARN */
export function updateEncryption(kmsKey: string) {
  return {
    do: 's3',
    method: 'PUT',
    query: 'encryption',
    body: `<ObjectEncryption xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><SSE-KMS><KMSKeyArn>${kmsKey}</KMSKeyArn></SSE-KMS></ObjectEncryption>`,
  } as const satisfies Action;
}

/** CopyObject of the experiment's object onto itself (F-CPY-006). */
export function copyOntoItself(headers: Readonly<Record<string, string>> = {}): Action {
  return { do: 's3', method: 'PUT', headers: { 'x-amz-copy-source': '/{bucket}/{object}', ...headers } };
}

/** The headers that name SSE-KMS. @param kmsKey template of an ARN */
export function underKms(kmsKey: string): Readonly<Record<string, string>> {
  return { [SSE]: 'aws:kms', [SSE_KMS_KEY]: kmsKey };
}

export function head(object?: string): Action {
  return { do: 's3', method: 'HEAD', ...(object === undefined ? {} : { object }) };
}

/** What an administrator does to the lab's customer managed key, or another one. */
export function administer(operation: string, kmsKey = '{key}', more: Readonly<Record<string, string | number>> = {}) {
  return { do: 'kms', as: 'administrator', operation, body: { KeyId: kmsKey, ...more } } satisfies Action;
}

export const SCHEDULE_DELETION: Action = administer('ScheduleKeyDeletion', '{key}', { PendingWindowInDays: 7 });

/** A second customer managed key; its ARN is `{newKey}` from then on. */
export const MAKE_SECOND_KEY: Action = {
  do: 'kms',
  as: 'administrator',
  operation: 'CreateKey',
  body: { Description: 'Second key of the lab' },
  keep: { newKey: 'KeyMetadata.Arn' },
};

/** The owner may use the second key as well as the first, also to have data keys wrapped anew (F-KSM-059). */
export const OWNER_USES_BOTH_KEYS: Action = {
  do: 'permit',
  who: 'owner',
  statements: [
    onBucket('s3:*'),
    {
      Sid: 'UseKeys',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey'],
      Resource: ['{key}', '{newKey}'],
    },
  ],
};

/** What lies on S3's disks. */
export const CIPHERTEXT = { kind: 'ciphertext-object', place: 's3.disk' } as const;
export const ENCRYPTED_DATA_KEY = { kind: 'encrypted-data-key', place: 's3.disk' } as const;

/** S3 answered last that the object is, or would be, protected like this; `null`: not at all. */
export function lastSays(value: string | null): TraceProperty {
  return { answers: { exchange: -1, header: [SSE, value] } };
}

export const ENDS_WELL: TraceProperty = { ends: { isOk: true } };
export const IS_REFUSED: TraceProperty = { ends: { isOk: false } };

/** S3 called KMS this many times. */
export function callsKms(times: number): TraceProperty {
  return { has: { step: 's3.askKms', verb: 'sent' }, times };
}
