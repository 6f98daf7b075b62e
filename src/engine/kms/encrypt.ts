import type { Bytes } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { invariant } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { EncryptionContext } from './api.ts';
import { admitNamed, authorizeCall, resolveNamed } from './authorizeCall.ts';
import { parseBlob } from './blob.ts';
import type { Call, Outcome } from './call.ts';
import { currentOf } from './hsm.ts';
import { specOf } from './keySpecs.ts';
import { arrivedBlob, required, unlogged } from './members.ts';
import { operation } from './operation.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { rotateIfDue } from './rotate.ts';
import type { KeyRow } from './rows.ts';
import { maxOaepBytes, open, openWithRsa, seal, sealToRsa } from './sealing.ts';
import * as use from './useMembers.ts';

type Refused = KmsRefusal & { readonly keyArn?: string };

const CIPHERTEXT = unlogged(required<true>(arrivedBlob(use.MAX_BLOB_BYTES)));

/** F-KMS-024. */
const encrypt = operation({
  name: 'Encrypt',
  members: {
    KeyId: use.keyId,
    EncryptionAlgorithm: use.encryptionAlgorithm,
    EncryptionContext: use.context,
    Plaintext: unlogged(required<true>(arrivedBlob(use.MAX_PLAINTEXT_BYTES))),
    GrantTokens: use.grantTokens,
    DryRun: use.dryRun,
  },
  isReadOnly: true,
  carried: [{ member: 'Plaintext', as: 'plaintext' }],
  quota: 'cryptographic',
  async perform(call, request) {
    const plaintextId = arrivedAs(call, 'Plaintext');
    const lock = { algorithm: request.EncryptionAlgorithm, context: request.EncryptionContext ?? {} };
    const kmsKey = await admitNamed(call, request.KeyId, wishOf(lock, request.GrantTokens));
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const refusal = findLockRefusal(call, kmsKey, lock, call.parts.host.getBytes(plaintextId).length);
    if (refusal) return { ...refusal, keyArn };
    if (request.DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    call.parts.recorder.step('kms.wrapDataKey', 'kms');
    const sealed = await lockUnder(call, kmsKey, lock, plaintextId, call.parts.host.getBytes(plaintextId));
    const response = {
      CiphertextBlob: toBase64(call.parts.hsm.getBytes(sealed.id)),
      KeyId: keyArn,
      EncryptionAlgorithm: lock.algorithm,
    };
    return { response, outputs: [sealed.id], keyArn };
  },
});

/** Finds the KMS key by what the blob says, and opens the blob with it if the caller may (F-KMS-023, F-KSM-013). */
const decrypt = operation({
  name: 'Decrypt',
  members: {
    KeyId: use.optionalKeyId,
    EncryptionAlgorithm: use.encryptionAlgorithm,
    EncryptionContext: use.context,
    CiphertextBlob: CIPHERTEXT,
    GrantTokens: use.grantTokens,
    DryRun: use.dryRun,
  },
  isReadOnly: true,
  carried: [{ member: 'CiphertextBlob', as: 'blob' }],
  quota: 'cryptographic',
  async perform(call, request) {
    const { parts } = call;
    const lock = { algorithm: request.EncryptionAlgorithm, context: request.EncryptionContext ?? {} };
    const opened = await unlock(call, {
      named: request.KeyId,
      lock,
      grantTokens: request.GrantTokens,
      isDryRun: request.DryRun === true,
      step: 'kms.unwrapDataKey',
    });
    if (isRefusal(opened)) return opened;
    const response = {
      KeyId: opened.kmsKey.arn,
      Plaintext: toBase64(parts.hsm.getBytes(opened.plaintext.id)),
      EncryptionAlgorithm: lock.algorithm,
      ...(opened.materialId === undefined ? {} : { KeyMaterialId: opened.materialId }),
    };
    return { response, outputs: [opened.plaintext.id], keyArn: opened.kmsKey.arn };
  },
});

/** Opens a blob and locks what is in it under another key; the plaintext never leaves the HSM (F-KMS-025). */
const reEncrypt = operation({
  name: 'ReEncrypt',
  members: {
    SourceKeyId: use.optionalKeyId,
    SourceEncryptionAlgorithm: use.encryptionAlgorithm,
    SourceEncryptionContext: use.context,
    DestinationKeyId: use.keyId,
    DestinationEncryptionAlgorithm: use.encryptionAlgorithm,
    DestinationEncryptionContext: use.context,
    CiphertextBlob: CIPHERTEXT,
    GrantTokens: use.grantTokens,
    DryRun: use.dryRun,
  },
  isReadOnly: true,
  carried: [{ member: 'CiphertextBlob', as: 'blob' }],
  quota: 'cryptographic',
  async perform(call, request): Promise<Outcome> {
    const { recorder, hsm } = call.parts;
    const from = { algorithm: request.SourceEncryptionAlgorithm, context: request.SourceEncryptionContext ?? {} };
    const to = {
      algorithm: request.DestinationEncryptionAlgorithm,
      context: request.DestinationEncryptionContext ?? {},
    };
    const destination = await admitNamed(call, request.DestinationKeyId, {
      ...wishOf(to, request.GrantTokens),
      action: 'ReEncryptTo',
    });
    if (isRefusal(destination)) return destination;
    const refusal = findLockRefusal(call, destination, to, 0);
    if (refusal) return { ...refusal, keyArn: destination.arn };
    const opened = await unlock(call, {
      named: request.SourceKeyId,
      lock: from,
      grantTokens: request.GrantTokens,
      isDryRun: request.DryRun === true,
      action: 'ReEncryptFrom',
      step: 'kms.rewrapDataKey',
    });
    if (isRefusal(opened)) return opened;
    try {
      const plaintext = hsm.getBytes(opened.plaintext.id);
      const tooLong = findLockRefusal(call, destination, to, plaintext.length);
      if (tooLong) return { ...tooLong, keyArn: destination.arn };
      const sealed = await lockUnder(call, destination, to, opened.plaintext.id, plaintext);
      const response = {
        CiphertextBlob: toBase64(hsm.getBytes(sealed.id)),
        SourceKeyId: opened.kmsKey.arn,
        KeyId: destination.arn,
        SourceEncryptionAlgorithm: from.algorithm,
        DestinationEncryptionAlgorithm: to.algorithm,
        ...(opened.materialId === undefined ? {} : { SourceKeyMaterialId: opened.materialId }),
        ...(isSymmetric(destination) ? { DestinationKeyMaterialId: currentOf(destination).id } : {}),
      };
      return { response, outputs: [sealed.id], keyArn: destination.arn };
    } finally {
      discard(recorder, hsm, [opened.plaintext.id], ['F-KMS-009']);
    }
  },
});

export const encryptOperations = [encrypt, decrypt, reEncrypt];

/** How something is or shall be locked. */
interface Lock {
  readonly algorithm: string;
  readonly context: EncryptionContext;
}

interface Unlocking {
  /** As the caller names the key, if at all. */
  readonly named: string | undefined;
  readonly lock: Lock;
  readonly grantTokens: readonly string[] | undefined;
  readonly isDryRun: boolean;
  readonly action?: string;
  readonly step: 'kms.unwrapDataKey' | 'kms.rewrapDataKey';
}

interface Unlocked {
  readonly kmsKey: KeyRow;
  /** In the HSM. */
  readonly plaintext: Artifact;
  readonly materialId?: string;
}

async function unlock(call: Call, unlocking: Unlocking): Promise<Unlocked | Refused> {
  const blobId = arrivedAs(call, 'CiphertextBlob');
  return unlocking.lock.algorithm === 'SYMMETRIC_DEFAULT'
    ? unlockSymmetric(call, unlocking, blobId)
    : unlockWithRsa(call, unlocking, blobId);
}

async function unlockSymmetric(call: Call, unlocking: Unlocking, blobId: ArtifactId): Promise<Unlocked | Refused> {
  const { parts } = call;
  const { named, lock } = unlocking;
  const read = parseBlob(parts.host.getBytes(blobId));
  const found = named === undefined ? undefined : resolveNamed(call, named, unlocking.action);
  if (found && isRefusal(found)) return found;
  if (found && !isSymmetric(found)) {
    return { ...(findOpenRefusal(call, found, lock.algorithm) ?? REFUSALS.incorrectKey()), keyArn: found.arn };
  }
  if (!read) return { ...REFUSALS.invalidCiphertext(), ...(found ? { keyArn: found.arn } : {}) };
  const stored = parts.keys.find(read.keyId);
  if (found && found.keyId !== stored?.keyId) return { ...REFUSALS.incorrectKey(), keyArn: found.arn };
  if (!stored) return REFUSALS.ciphertextOfUnknownKey();

  const kmsKey = await rotateIfDue(parts, stored, call.now);
  const keyArn = kmsKey.arn;
  const refusal = authorizeCall(call, kmsKey, {
    ...wishOf(lock, unlocking.grantTokens),
    isKeyNamed: named !== undefined,
    ...(unlocking.action === undefined ? {} : { action: unlocking.action }),
  });
  if (refusal) return { ...refusal, keyArn };
  if (unlocking.isDryRun) return { ...REFUSALS.dryRun(), keyArn };
  if (!kmsKey.materials.some(({ id }) => id === read.keyMaterialId)) {
    return { ...REFUSALS.invalidCiphertext(), keyArn };
  }
  parts.recorder.step(unlocking.step, 'kms');
  const plaintext = await open(parts, kmsKey, lock.context, blobId, read);
  return plaintext
    ? { kmsKey, plaintext, materialId: read.keyMaterialId }
    : { ...REFUSALS.invalidCiphertext(), keyArn };
}

/** An RSA ciphertext names no key: the caller must. */
async function unlockWithRsa(call: Call, unlocking: Unlocking, blobId: ArtifactId): Promise<Unlocked | Refused> {
  const { parts } = call;
  const { named, lock } = unlocking;
  if (named === undefined) return REFUSALS.invalidCiphertext();
  const kmsKey = await admitNamed(call, named, {
    ...wishOf(lock, unlocking.grantTokens),
    ...(unlocking.action === undefined ? {} : { action: unlocking.action }),
  });
  if (isRefusal(kmsKey)) return kmsKey;
  const keyArn = kmsKey.arn;
  const refusal = findOpenRefusal(call, kmsKey, lock.algorithm) ?? findContextRefusal(lock);
  if (refusal) return { ...refusal, keyArn };
  if (unlocking.isDryRun) return { ...REFUSALS.dryRun(), keyArn };
  parts.recorder.step(unlocking.step, 'kms');
  const plaintext = await openWithRsa(parts, kmsKey, lock.algorithm, blobId);
  return plaintext ? { kmsKey, plaintext } : { ...REFUSALS.invalidCiphertext(), keyArn };
}

async function lockUnder(
  { parts }: Call,
  kmsKey: KeyRow,
  { algorithm, context }: Lock,
  plaintextId: ArtifactId,
  plaintext: Bytes,
): Promise<Artifact> {
  return isSymmetric(kmsKey)
    ? seal(parts, kmsKey, context, { plaintextId, plaintext, facts: ['F-KMS-024'] })
    : sealToRsa(parts, kmsKey, algorithm, { plaintextId, plaintext, facts: ['F-KMS-024'] });
}

function wishOf({ algorithm, context }: Lock, grantTokens: readonly string[] | undefined) {
  return { context, grantTokens, values: { 'kms:EncryptionAlgorithm': algorithm } };
}

function isSymmetric({ spec }: KeyRow): boolean {
  return spec === 'SYMMETRIC_DEFAULT';
}

/** Why this key does not lock so many bytes in this way, if it does not. */
function findLockRefusal(call: Call, kmsKey: KeyRow, lock: Lock, byteLength: number): KmsRefusal | undefined {
  const { algorithm } = lock;
  const details = specOf(kmsKey.spec);
  if (kmsKey.usage !== 'ENCRYPT_DECRYPT') return REFUSALS.wrongUsage(kmsKey.arn, kmsKey.usage, call.operation);
  if (!('encryption' in details) || !details.encryption.includes(algorithm)) {
    return REFUSALS.wrongAlgorithm(algorithm, kmsKey.spec);
  }
  if (details.family !== 'rsa') return undefined;
  const max = maxOaepBytes(algorithm, details.modulusBits);
  return byteLength > max
    ? REFUSALS.invalid(
        `Algorithm ${algorithm} and key spec ${kmsKey.spec} cannot encrypt data larger than ${max} bytes.`,
      )
    : findContextRefusal(lock);
}

/** Why a key that was named cannot have locked what arrived: recorded for a key of another usage. */
function findOpenRefusal({ operation: name }: Call, kmsKey: KeyRow, algorithm: string): KmsRefusal | undefined {
  const details = specOf(kmsKey.spec);
  if (kmsKey.usage !== 'ENCRYPT_DECRYPT') {
    return name === 'Decrypt' ? REFUSALS.incorrectKey() : REFUSALS.wrongUsage(kmsKey.arn, kmsKey.usage, name);
  }
  const isFit = 'encryption' in details && details.encryption.includes(algorithm);
  return isFit ? undefined : REFUSALS.wrongAlgorithm(algorithm, kmsKey.spec);
}

/** RSA has no additional authenticated data. */
function findContextRefusal({ context }: Lock): KmsRefusal | undefined {
  return Object.keys(context).length === 0
    ? undefined
    : REFUSALS.invalid('EncryptionContext is not supported for asymmetric keys.', 'F-KMS-024');
}

function arrivedAs({ arrived }: Call, member: string): ArtifactId {
  const id = arrived.get(member);
  invariant(id !== undefined, 'bytes that can be read have arrived');
  return id;
}
