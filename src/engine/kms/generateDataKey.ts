import { concat } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { sealAesGcm } from '../crypto/aesGcm.ts';
import type { Artifact } from '../trace/artifact.ts';
import type { EncryptionContext, GenerateDataKeyRequest, GenerateDataKeyResponse } from './api.ts';
import { authorizeCall, type Caller } from './authorizeCall.ts';
import { blobFields, encodeBlob, encodeBlobHeader, IV_BYTES, NONCE_BYTES } from './blob.ts';
import { encodeEncryptionContext } from './encryptionContext.ts';
import { withCallKey } from './hsm.ts';
import type { KmsKey } from './keyStore.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal } from './refusal.ts';
import type { Result } from './result.ts';

const DATA_KEY_BYTES = 32;

/**
 * Makes a random data key and gives it out twice: as it is, and encrypted under the KMS key with the context as
 * additional authenticated data (F-KMS-008, F-KSM-004).
 */
export async function generateDataKey(
  parts: KmsParts,
  request: GenerateDataKeyRequest,
  caller: Caller,
): Promise<Result<GenerateDataKeyResponse>> {
  const kmsKey = parts.keys.resolve(request.KeyId, caller.principal.accountId);
  if (isRefusal(kmsKey)) return kmsKey;
  const context = request.EncryptionContext ?? {};
  const refusal = authorizeCall(parts, 'GenerateDataKey', kmsKey, caller, context, true);
  if (refusal) return { ...refusal, keyArn: kmsKey.arn };

  const dataKey = await makeDataKey(parts);
  const encryptedDataKey = await wrapDataKey(parts, kmsKey, dataKey, context);
  return {
    response: {
      CiphertextBlob: toBase64(parts.hsm.getBytes(encryptedDataKey.id)),
      Plaintext: toBase64(parts.hsm.getBytes(dataKey.id)),
      KeyId: kmsKey.arn,
      KeyMaterialId: kmsKey.material.id,
    },
    outputs: [dataKey.id, encryptedDataKey.id],
    keyArn: kmsKey.arn,
  };
}

async function makeDataKey({ recorder, random, hsm }: KmsParts): Promise<Artifact> {
  recorder.step('kms.makeDataKey', 'kms');
  const bytes = random.bytes(DATA_KEY_BYTES);
  const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  hsm.hold(dataKey.id, bytes);
  recorder.emit({
    verb: 'generated',
    place: 'kms.hsm',
    outputs: [dataKey.id],
    algorithm: '256 random bits',
    facts: ['F-KSM-004', 'F-KMS-008', 'F-KMS-012'],
  });
  return dataKey;
}

async function wrapDataKey(
  parts: KmsParts,
  kmsKey: KmsKey,
  dataKey: Artifact,
  context: EncryptionContext,
): Promise<Artifact> {
  const { recorder, random, hsm } = parts;
  recorder.step('kms.wrapDataKey', 'kms');
  const nonce = random.bytes(NONCE_BYTES);
  const iv = random.bytes(IV_BYTES);
  const header = { keyId: kmsKey.keyId, keyMaterialId: kmsKey.material.id, nonce };
  return withCallKey(parts, kmsKey, nonce, async (callKey, cryptoKey) => {
    const aad = concat(encodeEncryptionContext(context), encodeBlobHeader(header));
    const sealed = await sealAesGcm({ cryptoKey, iv, aad, plaintext: hsm.getBytes(dataKey.id) });
    const blob = encodeBlob({ ...header, iv, sealed });
    const encryptedDataKey = await recorder.identify({
      kind: 'encrypted-data-key',
      name: 'encrypted data key',
      bytes: blob,
      isSecret: false,
      fields: blobFields(blob),
      lock: { keyId: callKey.id, contents: [dataKey.id], algorithm: 'AES-256-GCM' },
    });
    hsm.hold(encryptedDataKey.id, blob);
    recorder.emit({
      verb: 'wrapped',
      place: 'kms.hsm',
      inputs: [dataKey.id, callKey.id],
      outputs: [encryptedDataKey.id],
      key: callKey.id,
      algorithm: 'AES-256-GCM',
      facts: ['F-KSM-004', 'F-KMS-007', 'F-SIM-007', 'F-SIM-009'],
    });
    return encryptedDataKey;
  });
}
