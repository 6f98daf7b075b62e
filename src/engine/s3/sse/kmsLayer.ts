import type { Artifact } from '../../trace/artifact.ts';
import type { FactId } from '../../trace/event.ts';
import type { S3Request } from '../context.ts';
import { decryptUnder, encryptUnder } from '../dataKeys.ts';
import type { SealedContent } from './objectKeys.ts';

interface LayerFacts {
  readonly checksum: FactId;
  readonly object: readonly FactId[];
}

/** Encrypts checksum and object under a data key that KMS has to do with (F-GEN-010, F-DSS-027). */
export async function putOnKmsLayer(
  asked: S3Request,
  dataKey: Artifact,
  { body, checksum }: SealedContent,
  facts: LayerFacts,
): Promise<SealedContent> {
  const { s3, objectName } = asked;
  const encryptedChecksum = checksum && (await sealChecksum(asked, dataKey, checksum, facts.checksum));
  const ciphertext = await encryptUnder(s3, 's3.encrypt', {
    input: body,
    keyId: dataKey.id,
    name: objectName,
    facts: facts.object,
  });
  return { body: ciphertext, ...(encryptedChecksum ? { checksum: encryptedChecksum } : {}) };
}

/** Encrypts a checksum alone, as the completion of a multipart upload needs it (F-GEN-010). */
export async function sealChecksum(
  asked: S3Request,
  dataKey: Artifact,
  checksum: Artifact,
  fact: FactId,
): Promise<Artifact> {
  return encryptUnder(asked.s3, 's3.encrypt', {
    input: checksum,
    keyId: dataKey.id,
    name: 'encrypted checksum',
    kind: 'encrypted-checksum',
    facts: [fact],
  });
}

/** Opens checksum and object with a data key that has been opened before. */
export async function takeOffKmsLayer(
  asked: S3Request,
  dataKey: Artifact,
  { body, checksum }: SealedContent,
  facts: LayerFacts,
): Promise<SealedContent> {
  const { s3, objectName } = asked;
  const openedChecksum = checksum && (await openChecksum(asked, dataKey, checksum, facts.checksum));
  const content = await decryptUnder(s3, 's3.decrypt', {
    ciphertext: body,
    keyId: dataKey.id,
    kind: 'plaintext-object',
    name: objectName,
    facts: facts.object,
  });
  return { body: content, ...(openedChecksum ? { checksum: openedChecksum } : {}) };
}

/** Opens an encrypted checksum alone, as HEAD in checksum mode needs it (F-KSM-056). */
export async function openChecksum(
  asked: S3Request,
  dataKey: Artifact,
  encryptedChecksum: Artifact,
  fact: FactId,
): Promise<Artifact> {
  return decryptUnder(asked.s3, 's3.decrypt', {
    ciphertext: encryptedChecksum,
    keyId: dataKey.id,
    kind: 'checksum',
    name: 'checksum of the object',
    facts: [fact],
  });
}
