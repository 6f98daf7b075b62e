import type { Artifact } from '../../trace/artifact.ts';
import { forget, type S3Request } from '../context.ts';
import { decryptUnder, encryptUnder, makeDataKey, unwrapWithRoot, wrapUnderRoot } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import type { Protected } from './protection.ts';

/** SSE-S3, upload: own data key, AES-256-GCM, wrapped under S3's root key (F-S3M-004…007). */
export async function protectWithS3Key(asked: S3Request, body: Artifact, checksum: Artifact): Promise<Protected> {
  const { s3, objectName } = asked;
  const dataKey = await makeDataKey(s3, 's3.makeDataKey', ['F-S3M-004', 'F-SIM-002']);
  const ciphertext = await encryptUnder(s3, 's3.encrypt', {
    input: body,
    keyId: dataKey.id,
    name: objectName,
    facts: ['F-S3M-005', 'F-ALG-001'],
  });
  const encryptedDataKey = await wrapUnderRoot(s3, 's3.wrapDataKey', dataKey.id, ['F-S3M-006']);
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-S3M-007', 'F-ALG-027']);
  return {
    body: ciphertext,
    checksum,
    encryption: { type: 'SSE-S3', encryptedDataKey: encryptedDataKey.id },
    companions: [encryptedDataKey],
    secrets: [dataKey.id],
    facts: ['F-S3M-007', 'F-ALG-021'],
  };
}

/** SSE-S3, download (F-S3M-012). */
export async function openWithS3Key(
  asked: S3Request,
  ciphertext: Artifact,
  encryption: Extract<StoredEncryption, { type: 'SSE-S3' }>,
): Promise<Artifact> {
  const { s3, objectName } = asked;
  const dataKey = await unwrapWithRoot(s3, 's3.unwrapDataKey', encryption.encryptedDataKey, ['F-S3M-012']);
  const content = await decryptUnder(s3, 's3.decrypt', {
    ciphertext,
    keyId: dataKey.id,
    kind: 'plaintext-object',
    name: objectName,
    facts: ['F-S3M-012', 'F-ALG-001'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-ALG-027']);
  return content;
}
