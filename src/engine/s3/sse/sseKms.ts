import type { Artifact } from '../../trace/artifact.ts';
import { decryptDataKey } from '../askKms.ts';
import { forget, type S3Request } from '../context.ts';
import type { StoredEncryption } from '../storedObject.ts';
import { putOnKmsLayer, takeOffKmsLayer } from './kmsLayer.ts';
import type { Protected } from './protection.ts';

/** SSE-KMS without a Bucket Key, upload (F-KSM-003…007). @throws Refusal */
export async function protectWithKms(
  asked: S3Request,
  body: Artifact,
  checksum: Artifact,
  kmsKeyId: string,
): Promise<Protected> {
  const { s3 } = asked;
  const layer = await putOnKmsLayer(asked, body, checksum, kmsKeyId, {
    checksum: 'F-GEN-010',
    object: ['F-KSM-006', 'F-ALG-003'],
  });
  const { dataKey, encryptedDataKey, kmsKeyArn, context } = layer;
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-KSM-006']);
  return {
    body: layer.ciphertext,
    checksum: layer.encryptedChecksum,
    encryption: { type: 'SSE-KMS', encryptedDataKey: encryptedDataKey.id, kmsKeyArn, context },
    companions: [encryptedDataKey],
    secrets: [dataKey.id],
    facts: ['F-KSM-007', 'F-KMS-009'],
  };
}

/** SSE-KMS, download (F-KSM-011…014). @throws Refusal */
export async function openWithKms(
  asked: S3Request,
  ciphertext: Artifact,
  encryption: Extract<StoredEncryption, { type: 'SSE-KMS' }>,
  encryptedChecksum: Artifact,
): Promise<Artifact> {
  const { s3 } = asked;
  const dataKey = await decryptDataKey(asked, encryption.encryptedDataKey, encryption.context);
  const content = await takeOffKmsLayer(asked, dataKey, ciphertext, encryptedChecksum, {
    checksum: 'F-GEN-010',
    object: ['F-KSM-014', 'F-ALG-003'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-KSM-014']);
  return content;
}
