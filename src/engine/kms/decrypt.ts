import { concat } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { openAesGcm } from '../crypto/aesGcm.ts';
import { EngineError } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { DecryptResponse, EncryptionContext } from './api.ts';
import { authorizeCall, type Caller } from './authorizeCall.ts';
import { type Blob, encodeBlobHeader, parseBlob } from './blob.ts';
import { encodeEncryptionContext } from './encryptionContext.ts';
import { withCallKey } from './hsm.ts';
import type { KmsKey } from './keyStore.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal, REFUSALS } from './refusal.ts';
import type { DecryptBody } from './requestBody.ts';
import type { Result } from './result.ts';

/**
 * Finds the KMS key by what the blob says, and opens the blob with it if the caller may and the context is the same
 * (F-KSM-013).
 *
 * @param edkId the blob as an artifact, held in `kms.host`.
 */
export async function decrypt(
  parts: KmsParts,
  request: DecryptBody,
  edkId: ArtifactId,
  caller: Caller,
): Promise<Result<DecryptResponse>> {
  const blob = parseBlob(parts.host.getBytes(edkId));
  if (!blob) return REFUSALS.invalidCiphertext();
  const kmsKey = parts.keys.find(blob.keyId);
  if (request.KeyId !== undefined) {
    const named = parts.keys.resolve(request.KeyId, caller.principal.accountId);
    if (isRefusal(named)) return named;
    if (named.keyId !== kmsKey?.keyId) return { ...REFUSALS.incorrectKey(), keyArn: named.arn };
  }
  if (!kmsKey) return REFUSALS.ciphertextOfUnknownKey();

  const context = request.EncryptionContext ?? {};
  const refusal = authorizeCall(parts, 'Decrypt', kmsKey, caller, context, request.KeyId !== undefined);
  if (refusal) return { ...refusal, keyArn: kmsKey.arn };
  if (blob.keyMaterialId !== kmsKey.material.id) return { ...REFUSALS.invalidCiphertext(), keyArn: kmsKey.arn };

  const dataKey = await findDataKey(parts, kmsKey, edkId, blob, context);
  if (!dataKey) return { ...REFUSALS.invalidCiphertext(), keyArn: kmsKey.arn };
  return {
    response: {
      KeyId: kmsKey.arn,
      Plaintext: toBase64(parts.hsm.getBytes(dataKey.id)),
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: kmsKey.material.id,
    },
    outputs: [dataKey.id],
    keyArn: kmsKey.arn,
  };
}

/** The data key inside, or `undefined` when blob and context do not verify. */
async function findDataKey(
  parts: KmsParts,
  kmsKey: KmsKey,
  edkId: ArtifactId,
  blob: Blob,
  context: EncryptionContext,
): Promise<Artifact | undefined> {
  const { recorder, hsm } = parts;
  recorder.step('kms.unwrapDataKey', 'kms');
  try {
    return await withCallKey(parts, kmsKey, blob.nonce, async (callKey, cryptoKey) => {
      const aad = concat(encodeEncryptionContext(context), encodeBlobHeader(blob));
      const bytes = await openAesGcm({ cryptoKey, iv: blob.iv, aad, sealed: blob.sealed });
      const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
      hsm.hold(dataKey.id, bytes);
      recorder.emit({
        verb: 'unwrapped',
        place: 'kms.hsm',
        inputs: [edkId, callKey.id],
        outputs: [dataKey.id],
        key: callKey.id,
        algorithm: 'AES-256-GCM',
        facts: ['F-KSM-013', 'F-KMS-007', 'F-KSM-074', 'F-SIM-009'],
      });
      return dataKey;
    });
  } catch (error) {
    if (error instanceof EngineError && error.code === 'decryption-failed') return undefined;
    throw error;
  }
}
