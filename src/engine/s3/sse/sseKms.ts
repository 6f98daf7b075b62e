import type { Artifact } from '../../trace/artifact.ts';
import { decryptDataKey, encryptionContextOf, generateDataKey, parseContextHeader } from '../askKms.ts';
import { forget, type S3Request } from '../context.ts';
import { decryptUnder, encryptUnder } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import type { Protected } from './protection.ts';

/** SSE-KMS without a Bucket Key, upload (F-KSM-003…007). @throws Refusal */
export async function protectWithKms(
  asked: S3Request,
  body: Artifact,
  checksum: Artifact,
  kmsKeyId: string,
): Promise<Protected> {
  const { s3, objectName } = asked;
  const context = encryptionContextOf(asked, parseContextHeader(asked));
  const { dataKey, encryptedDataKey, kmsKeyArn } = await generateDataKey(asked, kmsKeyId, context);
  const encryptedChecksum = await encryptUnder(s3, 's3.encrypt', {
    input: checksum,
    keyId: dataKey.id,
    name: 'encrypted checksum',
    kind: 'encrypted-checksum',
    facts: ['F-GEN-010'],
  });
  const ciphertext = await encryptUnder(s3, 's3.encrypt', {
    input: body,
    keyId: dataKey.id,
    name: objectName,
    facts: ['F-KSM-006', 'F-ALG-003'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-KSM-006']);
  return {
    body: ciphertext,
    checksum: encryptedChecksum,
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
  const { s3, objectName } = asked;
  const dataKey = await decryptDataKey(asked, encryption.encryptedDataKey, encryption.context);
  await decryptUnder(s3, 's3.decrypt', {
    ciphertext: encryptedChecksum,
    keyId: dataKey.id,
    kind: 'checksum',
    name: 'SHA-256 of the object',
    facts: ['F-GEN-010'],
  });
  const content = await decryptUnder(s3, 's3.decrypt', {
    ciphertext,
    keyId: dataKey.id,
    kind: 'plaintext-object',
    name: objectName,
    facts: ['F-KSM-014', 'F-ALG-003'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id], ['F-KSM-014']);
  return content;
}
