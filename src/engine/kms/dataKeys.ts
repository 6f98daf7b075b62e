import { toBase64 } from '../bytes/text.ts';
import type { Artifact } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { admitNamed } from './authorizeCall.ts';
import type { Call, Outcome } from './call.ts';
import { currentOf } from './hsm.ts';
import { integer, oneOf, optional, type Request } from './members.ts';
import { operation } from './operation.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { seal } from './sealing.ts';
import * as use from './useMembers.ts';

const MEMBERS = {
  KeyId: use.keyId,
  KeySpec: optional<'AES_256' | 'AES_128'>(oneOf(['AES_256', 'AES_128'])),
  NumberOfBytes: optional<number>(integer(1, 1024)),
  EncryptionContext: use.context,
  GrantTokens: use.grantTokens,
  DryRun: use.dryRun,
};
type DataKeyRequest = Request<typeof MEMBERS>;

/** F-KMS-021, F-KMS-022. */
export const dataKeyOperations = [
  operation({
    name: 'GenerateDataKey',
    members: MEMBERS,
    isReadOnly: true,
    quota: 'cryptographic',
    perform: (call, request) => generateDataKey(call, request, true),
  }),
  operation({
    name: 'GenerateDataKeyWithoutPlaintext',
    members: MEMBERS,
    isReadOnly: true,
    quota: 'cryptographic',
    perform: (call, request) => generateDataKey(call, request, false),
  }),
];

/**
 * Makes a random data key and gives it out twice: as it is, and encrypted under the KMS key with the context as
 * additional authenticated data (F-KMS-008, F-KSM-004).
 */
async function generateDataKey(call: Call, request: DataKeyRequest, withPlaintext: boolean): Promise<Outcome> {
  const { parts } = call;
  const byteLength = lengthOf(request);
  if (typeof byteLength !== 'number') return byteLength;
  const context = request.EncryptionContext ?? {};
  const kmsKey = await admitNamed(call, request.KeyId, {
    context,
    grantTokens: request.GrantTokens,
    values: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' },
  });
  if (isRefusal(kmsKey)) return kmsKey;
  const keyArn = kmsKey.arn;
  if (kmsKey.spec !== 'SYMMETRIC_DEFAULT') {
    const wrong =
      kmsKey.usage === 'ENCRYPT_DECRYPT'
        ? REFUSALS.wrongAlgorithm('SYMMETRIC_DEFAULT', kmsKey.spec)
        : REFUSALS.wrongUsage(keyArn, kmsKey.usage, call.operation);
    return { ...wrong, keyArn };
  }
  if (request.DryRun === true) return { ...REFUSALS.dryRun(), keyArn };

  const dataKey = await makeDataKey(parts, byteLength);
  parts.recorder.step('kms.wrapDataKey', 'kms');
  const encryptedDataKey = await seal(parts, kmsKey, context, {
    plaintextId: dataKey.id,
    plaintext: parts.hsm.getBytes(dataKey.id),
    facts: ['F-KSM-004'],
  });
  const response = {
    CiphertextBlob: toBase64(parts.hsm.getBytes(encryptedDataKey.id)),
    ...(withPlaintext ? { Plaintext: toBase64(parts.hsm.getBytes(dataKey.id)) } : {}),
    KeyId: keyArn,
    KeyMaterialId: currentOf(kmsKey).id,
  };
  if (!withPlaintext) discard(parts.recorder, parts.hsm, [dataKey.id], ['F-KMS-022']);
  return { response, outputs: [...(withPlaintext ? [dataKey.id] : []), encryptedDataKey.id], keyArn };
}

/** Bytes of the data key: one of the two members says, not both (F-KMS-032). */
function lengthOf({ KeySpec, NumberOfBytes }: DataKeyRequest): number | KmsRefusal {
  if (KeySpec !== undefined && NumberOfBytes !== undefined) {
    return REFUSALS.invalid('Please specify either number of bytes or key spec.', 'F-KMS-032');
  }
  if (NumberOfBytes !== undefined) return NumberOfBytes;
  if (KeySpec === undefined) {
    return REFUSALS.invalid('Please specify either number of bytes or key spec.', 'F-KMS-032');
  }
  return KeySpec === 'AES_256' ? 32 : 16;
}

async function makeDataKey({ recorder, random, hsm }: KmsParts, byteLength: number): Promise<Artifact> {
  recorder.step('kms.makeDataKey', 'kms');
  const bytes = random.bytes(byteLength);
  const dataKey = await recorder.identify({ kind: 'data-key', name: 'data key', bytes, isSecret: true });
  hsm.hold(dataKey.id, bytes);
  recorder.emit({
    verb: 'generated',
    place: 'kms.hsm',
    outputs: [dataKey.id],
    algorithm: `${8 * byteLength} random bits`,
    facts: ['F-KSM-004', 'F-KMS-008', 'F-KMS-012'],
  });
  return dataKey;
}
