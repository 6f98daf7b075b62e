import { invariant } from '../../errors.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import type { FactId } from '../../trace/event.ts';
import type { EncryptionChoice } from '../chooseEncryption.ts';
import type { S3Request } from '../context.ts';
import type { CustomerKey } from '../customerKey.ts';
import { REFUSALS } from '../refusal.ts';
import type { StoredEncryption } from '../storedObject.ts';
import { newTwoLayerKeys, openTwoLayerKeys } from './dsseKms.ts';
import { READABLE_CHECKSUMS } from './readableChecksums.ts';
import { newCustomerKeys, openCustomerKeys } from './sseC.ts';
import { newKmsKeys, openKmsKeys } from './sseKms.ts';
import { newS3Keys, openS3Keys } from './sseS3.ts';

/** A body and what is kept to check it, both encrypted as the mode has it. */
export interface SealedContent {
  readonly body: Artifact;
  /** Only KMS modes encrypt it (F-GEN-010, F-DSS-027); elsewhere it is the one that was given. */
  readonly checksum?: Artifact;
}

/** The keys of one object, open in S3's memory while a request is worked on. */
export interface ObjectKeys {
  /** Encrypts content that is in memory; may be called for several objects' parts. */
  readonly seal: (content: SealedContent) => Promise<SealedContent>;
  /** Decrypts content that is in memory. @throws EngineError `decryption-failed` */
  readonly open: (content: SealedContent) => Promise<SealedContent>;
  /** The checksum alone, as it is stored: encrypted in KMS modes (F-GEN-010), elsewhere the one given. */
  readonly sealChecksum: (checksum: Artifact) => Promise<Artifact>;
  /** Opens a stored checksum alone (F-KSM-056). @throws EngineError `decryption-failed` */
  readonly openChecksum: (checksum: Artifact) => Promise<Artifact>;
  /** Wraps what must be kept, if that is not done yet, and overwrites every key. */
  readonly close: () => Promise<ClosedKeys>;
}

/** What is left when the keys are gone. */
export interface ClosedKeys {
  readonly encryption: StoredEncryption;
  /** What must be stored beside the bodies to open them again; in memory. */
  readonly companions: readonly ArtifactId[];
  /** What storing them shows. */
  readonly facts: readonly FactId[];
}

/** Nothing is encrypted at rest: the world before 5 January 2023 (F-NON-001). */
const NO_KEYS: ObjectKeys = {
  seal: async content => content,
  open: async content => content,
  ...READABLE_CHECKSUMS,
  close: async () => ({ encryption: { type: 'NOT-SSE' }, companions: [], facts: ['F-NON-001'] }),
};

/** Keys for a new object. @throws Refusal when KMS refuses */
export async function newObjectKeys(asked: S3Request, choice: EncryptionChoice): Promise<ObjectKeys> {
  switch (choice.algorithm) {
    case undefined:
      return NO_KEYS;
    case 'AES256':
      return newS3Keys(asked);
    case 'aws:kms':
      return newKmsKeys(asked, choice);
    case 'aws:kms:dsse':
      return newTwoLayerKeys(asked, choice);
    case 'SSE-C':
      invariant(choice.customerKey, 'SSE-C comes with a key');
      return newCustomerKeys(asked, choice.customerKey);
  }
}

/**
 * Opens the keys of something stored. Its pieces must be in memory.
 * @param mismatch what to answer when a customer key is not the right one; F-ERR-010 unless told
 * @throws Refusal
 */
export async function openObjectKeys(
  asked: S3Request,
  encryption: StoredEncryption,
  customerKey?: CustomerKey,
  mismatch = REFUSALS.sseCWrongKey,
): Promise<ObjectKeys> {
  switch (encryption.type) {
    case 'NOT-SSE':
      return NO_KEYS;
    case 'SSE-S3':
      return openS3Keys(asked, encryption);
    case 'SSE-KMS':
      return openKmsKeys(asked, encryption);
    case 'DSSE-KMS':
      return openTwoLayerKeys(asked, encryption);
    case 'SSE-C':
      invariant(customerKey, 'an SSE-C object is opened with a key');
      return openCustomerKeys(asked, encryption, customerKey, mismatch);
  }
}
