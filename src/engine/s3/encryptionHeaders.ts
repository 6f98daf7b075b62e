import type { Header } from '../http/message.ts';
import type { StoredEncryption } from './storedObject.ts';

/** What a response tells about an object's encryption (F-HDR-031…035, F-NON-002). */
export function encryptionHeaders(encryption: StoredEncryption): Header[] {
  switch (encryption.type) {
    case 'NOT-SSE':
      return [];
    case 'SSE-S3':
      return [['x-amz-server-side-encryption', 'AES256']];
    case 'SSE-KMS':
      return [
        ['x-amz-server-side-encryption', 'aws:kms'],
        ['x-amz-server-side-encryption-aws-kms-key-id', encryption.kmsKeyArn],
        // Absent, never `false`, when none is used (F-HDR-034).
        ...(encryption.encryptedBucketKey === undefined
          ? []
          : ([['x-amz-server-side-encryption-bucket-key-enabled', 'true']] as const)),
      ];
    case 'DSSE-KMS':
      return [
        ['x-amz-server-side-encryption', 'aws:kms:dsse'],
        ['x-amz-server-side-encryption-aws-kms-key-id', encryption.kmsKeyArn],
      ];
    case 'SSE-C':
      return [
        ['x-amz-server-side-encryption-customer-algorithm', 'AES256'],
        ['x-amz-server-side-encryption-customer-key-MD5', encryption.customerKeyMd5],
      ];
  }
}
