import type { Artifact } from '../../trace/artifact.ts';
import { decryptDataKey } from '../askKms.ts';
import { forget, type S3Request } from '../context.ts';
import { decryptUnder, encryptUnder, makeDataKey, unwrapWithRoot, wrapUnderRoot } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import { putOnKmsLayer, takeOffKmsLayer } from './kmsLayer.ts';
import type { Protected } from './protection.ts';

/**
 * DSSE-KMS, upload: layer 1 under a data key from KMS, layer 2 under a key of S3's own (F-DSS-002…005).
 * @throws Refusal
 */
export async function protectWithTwoLayers(
  asked: S3Request,
  body: Artifact,
  checksum: Artifact,
  kmsKeyId: string,
): Promise<Protected> {
  const { s3, objectName } = asked;
  const layer = await putOnKmsLayer(asked, body, checksum, kmsKeyId, {
    checksum: 'F-DSS-027',
    object: ['F-DSS-003'],
  });
  const { dataKey, encryptedDataKey, kmsKeyArn, context, ciphertext: inner } = layer;
  const secondKey = await makeDataKey(s3, 's3.makeSecondKey', ['F-DSS-004', 'F-DSS-034', 'F-SIM-013']);
  const outer = await encryptUnder(s3, 's3.encryptAgain', {
    input: inner,
    keyId: secondKey.id,
    name: objectName,
    facts: ['F-DSS-004', 'F-SIM-013'],
  });
  const secondEncryptedKey = await wrapUnderRoot(s3, 's3.wrapSecondKey', secondKey.id, ['F-DSS-034', 'F-SIM-013']);
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id, secondKey.id], ['F-KSM-006']);
  forget(s3, [inner.id]);
  return {
    body: outer,
    checksum: layer.encryptedChecksum,
    encryption: {
      type: 'DSSE-KMS',
      encryptedDataKey: encryptedDataKey.id,
      secondEncryptedKey: secondEncryptedKey.id,
      kmsKeyArn,
      context,
    },
    companions: [encryptedDataKey, secondEncryptedKey],
    secrets: [dataKey.id, secondKey.id],
    facts: ['F-DSS-005'],
  };
}

/** DSSE-KMS, download: the outer layer first, then KMS, then the inner one (F-DSS-011). @throws Refusal */
export async function openTwoLayers(
  asked: S3Request,
  outer: Artifact,
  encryption: Extract<StoredEncryption, { type: 'DSSE-KMS' }>,
  encryptedChecksum: Artifact,
): Promise<Artifact> {
  const { s3, objectName } = asked;
  const dataKey = await decryptDataKey(asked, encryption.encryptedDataKey, encryption.context);
  const secondKey = await unwrapWithRoot(s3, 's3.unwrapSecondKey', encryption.secondEncryptedKey, [
    'F-DSS-011',
    'F-SIM-013',
  ]);
  const inner = await decryptUnder(s3, 's3.decryptOuter', {
    ciphertext: outer,
    keyId: secondKey.id,
    kind: 'ciphertext-object',
    name: objectName,
    facts: ['F-DSS-011', 'F-SIM-013'],
  });
  const content = await takeOffKmsLayer(asked, dataKey, inner, encryptedChecksum, {
    checksum: 'F-DSS-027',
    object: ['F-DSS-011'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [dataKey.id, secondKey.id], ['F-KSM-014']);
  return content;
}
