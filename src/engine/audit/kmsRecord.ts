import type { JsonObject } from '../trace/event.ts';
import { cloudTrailRecord, type RecordBasics } from './cloudTrailRecord.ts';

/** What S3's calls on behalf of a caller show as address, agent and invoker (F-CT-011). */
const FORWARDED_BY_S3 = 'fas.s3.amazonaws.com';

/** A call of KMS. There is no member for the plaintext, the blob or a token: they are never logged (F-CT-013). */
export interface KmsCall extends Omit<RecordBasics, 'sourceIp' | 'userAgent'> {
  /** `readOnly`; true for operations that change nothing that KMS keeps (F-CT-012). Default true. */
  readonly isReadOnly?: boolean;
  /** Absent when no key could be found for the call. */
  readonly keyArn?: string;
  /** Members of the request, in CloudTrail's spelling: `keyId`, `encryptionContext`, … */
  readonly requestParameters?: JsonObject;
  /** What of the answer is logged; `null` for operations that only read. */
  readonly responseElements?: JsonObject | null;
  readonly keySpec?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** Where a direct call came from, or that S3 made it for the caller. */
  readonly origin: 's3' | { readonly sourceIp: string; readonly userAgent?: string };
}

/** The management event of a KMS call (F-CT-011, F-CT-012, F-CT-013). */
export function kmsRecord(call: KmsCall): JsonObject {
  const { origin, keyArn, keySpec, encryptionContext, isReadOnly = true, responseElements = null } = call;
  const from = origin === 's3' ? { sourceIp: FORWARDED_BY_S3, userAgent: FORWARDED_BY_S3 } : origin;
  const record = cloudTrailRecord(
    { ...call, ...from },
    {
      eventSource: 'kms.amazonaws.com',
      isManagementEvent: true,
      isReadOnly,
      ...(origin === 's3' ? { invokedBy: FORWARDED_BY_S3 } : {}),
      requestParameters: {
        ...call.requestParameters,
        ...(keySpec === undefined ? {} : { keySpec }),
        ...(encryptionContext === undefined ? {} : { encryptionContext }),
      },
      resources:
        keyArn === undefined ? [] : [{ accountId: keyArn.split(':')[4] ?? '', type: 'AWS::KMS::Key', ARN: keyArn }],
    },
  );
  return { ...record, responseElements };
}
