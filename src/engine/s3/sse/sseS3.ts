import type { Artifact } from '../../trace/artifact.ts';
import { forget, type S3Request } from '../context.ts';
import { decryptUnder, encryptUnder, makeDataKey, unwrapWithRoot, wrapUnderRoot } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import type { ObjectKeys } from './objectKeys.ts';
import { READABLE_CHECKSUMS } from './readableChecksums.ts';

type SseS3 = Extract<StoredEncryption, { type: 'SSE-S3' }>;

/** SSE-S3, upload: own data key, AES-256-GCM, wrapped under S3's root key (F-S3M-004…007). */
export async function newS3Keys(asked: S3Request): Promise<ObjectKeys> {
  const { s3 } = asked;
  const dataKey = await makeDataKey(s3, 's3.makeDataKey', ['F-S3M-004', 'F-SIM-002']);
  return {
    ...withDataKey(asked, dataKey),
    close: async () => {
      const encryptedDataKey = await wrapUnderRoot(s3, 's3.wrapDataKey', dataKey.id, ['F-S3M-006']);
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id], ['F-S3M-007', 'F-ALG-027']);
      return {
        encryption: { type: 'SSE-S3', encryptedDataKey: encryptedDataKey.id },
        companions: [encryptedDataKey.id],
        facts: ['F-S3M-007', 'F-ALG-021'],
      };
    },
  };
}

/** SSE-S3, download (F-S3M-012). */
export async function openS3Keys(asked: S3Request, encryption: SseS3): Promise<ObjectKeys> {
  const { s3 } = asked;
  const dataKey = await unwrapWithRoot(s3, 's3.unwrapDataKey', encryption.encryptedDataKey, ['F-S3M-012']);
  return {
    ...withDataKey(asked, dataKey),
    close: async () => {
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id], ['F-ALG-027']);
      return { encryption, companions: [encryption.encryptedDataKey], facts: ['F-S3M-007', 'F-ALG-021'] };
    },
  };
}

function withDataKey(asked: S3Request, dataKey: Artifact): Omit<ObjectKeys, 'close'> {
  const { s3, objectName } = asked;
  return {
    ...READABLE_CHECKSUMS,
    seal: async ({ body, checksum }) => {
      const ciphertext = await encryptUnder(s3, 's3.encrypt', {
        input: body,
        keyId: dataKey.id,
        name: objectName,
        facts: ['F-S3M-005', 'F-ALG-001'],
      });
      return { body: ciphertext, ...(checksum ? { checksum } : {}) };
    },
    open: async ({ body, checksum }) => {
      const content = await decryptUnder(s3, 's3.decrypt', {
        ciphertext: body,
        keyId: dataKey.id,
        kind: 'plaintext-object',
        name: objectName,
        facts: ['F-S3M-012', 'F-ALG-001'],
      });
      return { body: content, ...(checksum ? { checksum } : {}) };
    },
  };
}
