import type { JsonObject } from '../trace/event.ts';
import { cloudTrailRecord, type RecordBasics } from './cloudTrailRecord.ts';

/** What S3's calls on behalf of a caller show as address, agent and invoker (F-CT-011). */
const FORWARDED_BY_S3 = 'fas.s3.amazonaws.com';

/** A call of KMS. There is no member for the plaintext or the blob: they are never logged (F-CT-013). */
export interface KmsCall extends Omit<RecordBasics, 'eventName' | 'sourceIp' | 'userAgent'> {
  readonly eventName: 'GenerateDataKey' | 'Decrypt';
  /** Absent when no key could be found for the call. */
  readonly keyArn?: string;
  /** As the caller named the key, if at all. */
  readonly keyId?: string;
  readonly keySpec?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Where a direct call came from, or that S3 made it for the caller. */
  readonly origin: 's3' | { readonly sourceIp: string; readonly userAgent?: string };
}

/** The management event of a KMS call (F-CT-011, F-CT-012, F-CT-013). */
export function kmsRecord(call: KmsCall): JsonObject {
  const { origin, keyArn, keyId, keySpec, encryptionContext, eventName } = call;
  const from = origin === 's3' ? { sourceIp: FORWARDED_BY_S3, userAgent: FORWARDED_BY_S3 } : origin;
  return cloudTrailRecord(
    { ...call, ...from, eventName },
    {
      eventSource: 'kms.amazonaws.com',
      isManagementEvent: true,
      isReadOnly: true,
      ...(origin === 's3' ? { invokedBy: FORWARDED_BY_S3 } : {}),
      requestParameters: {
        ...(keyId === undefined ? {} : { keyId }),
        ...(keySpec === undefined ? {} : { keySpec }),
        ...(eventName === 'Decrypt' ? { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } : {}),
        ...(encryptionContext === undefined ? {} : { encryptionContext }),
      },
      resources:
        keyArn === undefined ? [] : [{ accountId: call.recipientAccountId, type: 'AWS::KMS::Key', ARN: keyArn }],
    },
  );
}
