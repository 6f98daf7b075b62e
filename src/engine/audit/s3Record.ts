import type { JsonObject } from '../trace/event.ts';
import { cloudTrailRecord, type RecordBasics } from './cloudTrailRecord.ts';

/** How S3 encrypted, in the words of its data events (F-CT-001…005). */
export type SseApplied = 'Default_SSE_S3' | 'SSE_S3' | 'Default_SSE_KMS' | 'SSE_KMS' | 'SSE_C';

/**
 * The value of `SSEApplied`; `undefined` for an object that is not encrypted, and for DSSE-KMS, whose value is not
 * published (F-CT-006).
 *
 * @param isDefault whether the bucket's default chose the method rather than the request.
 */
export function sseAppliedOf(
  method: 'AES256' | 'aws:kms' | 'aws:kms:dsse' | 'SSE-C' | undefined,
  isDefault: boolean,
): SseApplied | undefined {
  if (method === 'AES256') return isDefault ? 'Default_SSE_S3' : 'SSE_S3';
  if (method === 'aws:kms') return isDefault ? 'Default_SSE_KMS' : 'SSE_KMS';
  return method === 'SSE-C' ? 'SSE_C' : undefined;
}

/** A call of S3. */
export interface S3Call extends RecordBasics {
  readonly isReadOnly: boolean;
  readonly isManagement: boolean;
  /** How the request was signed. */
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST' | 'ANONYMOUS';
  /** Absent for calls on the service. */
  readonly bucketName?: string;
  /** Absent for calls on the bucket. */
  readonly objectName?: string;
  /** Further parameters of the request worth recording. Never a customer key. */
  readonly requestParameters?: JsonObject;
  readonly sseApplied?: SseApplied;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
}

/** Presigned access shows as `QueryString` (F-CT-017). */
const METHODS = {
  'REST-HEADER': 'AuthHeader',
  'REST-QUERY-STRING': 'QueryString',
  POST: 'HtmlForm',
  ANONYMOUS: undefined,
} as const;

/** A data event for calls on objects (F-CT-015), a management event for calls on buckets (F-CT-014). */
export function s3Record(call: S3Call): JsonObject {
  const { bucketName, objectName, sseApplied, bytesIn = 0, bytesOut = 0, isManagement, isReadOnly } = call;
  const bucketArn = `arn:aws:s3:::${bucketName}`;
  const method = METHODS[call.authType];
  return cloudTrailRecord(call, {
    eventSource: 's3.amazonaws.com',
    isManagementEvent: isManagement,
    isReadOnly,
    requestParameters: {
      ...(bucketName === undefined ? {} : { bucketName }),
      ...(objectName === undefined ? {} : { key: objectName }),
      ...call.requestParameters,
    },
    additionalEventData: {
      ...(method === undefined ? {} : { SignatureVersion: 'SigV4', AuthenticationMethod: method }),
      bytesTransferredIn: bytesIn,
      bytesTransferredOut: bytesOut,
      ...(sseApplied === undefined ? {} : { SSEApplied: sseApplied }),
    },
    resources: [
      ...(objectName === undefined ? [] : [{ type: 'AWS::S3::Object', ARN: `${bucketArn}/${objectName}` }]),
      ...(bucketName === undefined
        ? []
        : [{ accountId: call.recipientAccountId, type: 'AWS::S3::Bucket', ARN: bucketArn }]),
    ],
  });
}
