import type { Artifact } from '../../trace/artifact.ts';
import { decryptDataKey, encryptionContextOf, generateDataKey } from '../askKms.ts';
import type { EncryptionChoice } from '../chooseEncryption.ts';
import { forget, type S3Request } from '../context.ts';
import { decryptUnder, encryptUnder, makeDataKey, unwrapWithRoot, wrapUnderRoot } from '../dataKeys.ts';
import type { StoredEncryption } from '../storedObject.ts';
import { openChecksum, putOnKmsLayer, sealChecksum, takeOffKmsLayer } from './kmsLayer.ts';
import type { ClosedKeys, ObjectKeys, SealedContent } from './objectKeys.ts';

type DsseKms = Extract<StoredEncryption, { type: 'DSSE-KMS' }>;

/**
 * DSSE-KMS, upload: layer 1 under a data key from KMS, layer 2 under a key of S3's own (F-DSS-002…005).
 * @throws Refusal
 */
export async function newTwoLayerKeys(asked: S3Request, choice: EncryptionChoice): Promise<ObjectKeys> {
  const { s3 } = asked;
  const context = encryptionContextOf(asked, choice.context);
  const { dataKey, encryptedDataKey, kmsKeyArn } = await generateDataKey(asked, choice.kmsKeyId, context);
  let second: Artifact | undefined;
  const inners = new Set<string>();
  const secondKey = async () => {
    second ??= await makeDataKey(s3, 's3.makeSecondKey', ['F-DSS-004', 'F-DSS-034', 'F-SIM-013']);
    return second;
  };
  return {
    seal: content => seal(asked, dataKey, secondKey, content, inners),
    open: async content => open(asked, dataKey, await secondKey(), content),
    ...checksumsUnder(asked, dataKey),
    close: async () => {
      const { id } = await secondKey();
      const secondEncryptedKey = await wrapUnderRoot(s3, 's3.wrapSecondKey', id, ['F-DSS-034', 'F-SIM-013']);
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id, id], ['F-KSM-006']);
      forget(s3, [...inners]);
      return closed({
        type: 'DSSE-KMS',
        encryptedDataKey: encryptedDataKey.id,
        secondEncryptedKey: secondEncryptedKey.id,
        kmsKeyArn,
        context,
      });
    },
  };
}

/** DSSE-KMS, download: KMS, then the outer layer, then the inner one (F-DSS-011). @throws Refusal */
export async function openTwoLayerKeys(asked: S3Request, encryption: DsseKms): Promise<ObjectKeys> {
  const { s3 } = asked;
  const dataKey = await decryptDataKey(asked, encryption.encryptedDataKey, encryption.context);
  let second: Artifact | undefined;
  const secondKey = async () => {
    second ??= await unwrapWithRoot(s3, 's3.unwrapSecondKey', encryption.secondEncryptedKey, [
      'F-DSS-011',
      'F-SIM-013',
    ]);
    return second;
  };
  const inners = new Set<string>();
  return {
    seal: content => seal(asked, dataKey, secondKey, content, inners),
    open: async content => open(asked, dataKey, await secondKey(), content),
    ...checksumsUnder(asked, dataKey),
    close: async () => {
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [dataKey.id, ...(second ? [second.id] : [])], ['F-KSM-014']);
      forget(s3, [...inners]);
      return closed(encryption);
    },
  };
}

/** Checksums lie under the inner key alone (F-DSS-027). */
function checksumsUnder(asked: S3Request, dataKey: Artifact): Pick<ObjectKeys, 'sealChecksum' | 'openChecksum'> {
  return {
    sealChecksum: checksum => sealChecksum(asked, dataKey, checksum, 'F-DSS-027'),
    openChecksum: checksum => openChecksum(asked, dataKey, checksum, 'F-DSS-027'),
  };
}

/** Opens only the checksum of an object: it lies under the inner key alone (F-DSS-027). @throws Refusal */
export async function openTwoLayerChecksum(
  asked: S3Request,
  encryption: DsseKms,
  checksum: Artifact,
): Promise<Artifact> {
  const dataKey = await decryptDataKey(asked, encryption.encryptedDataKey, encryption.context);
  const opened = await openChecksum(asked, dataKey, checksum, 'F-DSS-027');
  asked.s3.recorder.step('s3.discardKey', 's3');
  forget(asked.s3, [dataKey.id], ['F-KSM-014']);
  return opened;
}

async function seal(
  asked: S3Request,
  dataKey: Artifact,
  secondKey: () => Promise<Artifact>,
  content: SealedContent,
  inners: Set<string>,
): Promise<SealedContent> {
  const inner = await putOnKmsLayer(asked, dataKey, content, { checksum: 'F-DSS-027', object: ['F-DSS-003'] });
  inners.add(inner.body.id);
  const outer = await encryptUnder(asked.s3, 's3.encryptAgain', {
    input: inner.body,
    keyId: (await secondKey()).id,
    name: asked.objectName,
    facts: ['F-DSS-004', 'F-SIM-013'],
  });
  return { ...inner, body: outer };
}

async function open(
  asked: S3Request,
  dataKey: Artifact,
  secondKey: Artifact,
  { body, checksum }: SealedContent,
): Promise<SealedContent> {
  const inner = await decryptUnder(asked.s3, 's3.decryptOuter', {
    ciphertext: body,
    keyId: secondKey.id,
    kind: 'ciphertext-object',
    name: asked.objectName,
    facts: ['F-DSS-011', 'F-SIM-013'],
  });
  return takeOffKmsLayer(
    asked,
    dataKey,
    { body: inner, ...(checksum ? { checksum } : {}) },
    { checksum: 'F-DSS-027', object: ['F-DSS-011'] },
  );
}

function closed(encryption: DsseKms): ClosedKeys {
  return {
    encryption,
    companions: [encryption.encryptedDataKey, encryption.secondEncryptedKey],
    facts: ['F-DSS-005'],
  };
}
