import type { EncryptionContext } from '../../kms/api.ts';
import type { Artifact } from '../../trace/artifact.ts';
import type { FactId } from '../../trace/event.ts';
import { encryptionContextOf, generateDataKey, parseContextHeader } from '../askKms.ts';
import type { S3Request } from '../context.ts';
import { decryptUnder, encryptUnder } from '../dataKeys.ts';

/** An object under a data key from KMS; that key is still in memory. */
export interface KmsLayer {
  readonly dataKey: Artifact;
  readonly encryptedDataKey: Artifact;
  readonly kmsKeyArn: string;
  readonly context: EncryptionContext;
  readonly ciphertext: Artifact;
  /** KMS modes keep the checksum encrypted too (F-GEN-010, F-DSS-027). */
  readonly encryptedChecksum: Artifact;
}

/** Gets a data key from KMS and encrypts checksum and object under it. @throws Refusal */
export async function putOnKmsLayer(
  asked: S3Request,
  body: Artifact,
  checksum: Artifact,
  kmsKeyId: string,
  facts: { readonly checksum: FactId; readonly object: readonly FactId[] },
): Promise<KmsLayer> {
  const { s3, objectName } = asked;
  const context = encryptionContextOf(asked, parseContextHeader(asked));
  const { dataKey, encryptedDataKey, kmsKeyArn } = await generateDataKey(asked, kmsKeyId, context);
  const encryptedChecksum = await encryptUnder(s3, 's3.encrypt', {
    input: checksum,
    keyId: dataKey.id,
    name: 'encrypted checksum',
    kind: 'encrypted-checksum',
    facts: [facts.checksum],
  });
  const ciphertext = await encryptUnder(s3, 's3.encrypt', {
    input: body,
    keyId: dataKey.id,
    name: objectName,
    facts: facts.object,
  });
  return { dataKey, encryptedDataKey, kmsKeyArn, context, ciphertext, encryptedChecksum };
}

/** Opens checksum and object with a data key that KMS has opened before. */
export async function takeOffKmsLayer(
  asked: S3Request,
  dataKey: Artifact,
  ciphertext: Artifact,
  encryptedChecksum: Artifact,
  facts: { readonly checksum: FactId; readonly object: readonly FactId[] },
): Promise<Artifact> {
  const { s3, objectName } = asked;
  await decryptUnder(s3, 's3.decrypt', {
    ciphertext: encryptedChecksum,
    keyId: dataKey.id,
    kind: 'checksum',
    name: 'SHA-256 of the object',
    facts: [facts.checksum],
  });
  return decryptUnder(s3, 's3.decrypt', {
    ciphertext,
    keyId: dataKey.id,
    kind: 'plaintext-object',
    name: objectName,
    facts: facts.object,
  });
}
