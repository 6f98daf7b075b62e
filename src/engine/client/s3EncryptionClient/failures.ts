/** What the client itself refuses or cannot do; never an answer of AWS (facts, section 12.7). */

/** What the client says, and what only the trace knows. */
export interface ClientFailure {
  readonly code: string;
  readonly message: string;
  readonly facts: readonly string[];
  /** The true reason, where the client says the same of every manipulation. */
  readonly why?: { readonly code: Manipulation; readonly message: string };
}
export interface Failed {
  readonly failure: ClientFailure;
}
export type ClientResult<T> = { readonly ok: T } | Failed;

/**
 * Reasons why what is stored cannot be opened. Whoever can change stored bytes learns none of them: one code and one
 * sentence for all, since each difference would be an answer to a question of theirs.
 */
const MANIPULATIONS = {
  TamperedMetadata: ['The metadata is no intact envelope of one format.', ['F-ERR-102']],
  TamperedInstructionFile: ['The instruction file is none, or says what only the object may say.', ['F-ERR-103']],
  WrappingKeyMissing: ['The envelope asks for a kind of wrapping key that this key ring does not have.', ['F-SIM-103']],
  UnableToUnwrapDataKey: ['The encrypted data key does not open with this wrapping key.', ['F-ERR-108']],
  ContentAlgorithmMismatch: ['The data key was wrapped for another content algorithm.', ['F-ERR-109', 'F-FMT-059']],
  KeyCommitmentMismatch: ['The key commitment is that of another data key.', ['F-ERR-100']],
  AuthenticationTagMismatch: ['The authentication tag does not fit: content, key or IV is another.', ['F-CSR-014']],
  PaddingMismatch: ['The last block is not padded as it must be: content, key or IV is another.', ['F-FMT-010']],
  EncryptionContextMismatch: [
    'The stored encryption context is not the one that was given.',
    ['F-CSK-011', 'F-ERR-106'],
  ],
} as const;
export type Manipulation = keyof typeof MANIPULATIONS;

/** The one answer to whatever does not verify. */
export const DECRYPTION_FAILED = {
  code: 'DecryptionFailed',
  message: 'The object cannot be opened: what is stored is not what was written, or the key is another.',
} as const;

export function manipulated(code: Manipulation): Failed {
  const [message, facts] = MANIPULATIONS[code];
  return { failure: { ...DECRYPTION_FAILED, facts, why: { code, message } } };
}

/** Refusals that only repeat how the client was set up, or say that there is nothing to open. */
const REFUSALS = {
  WrappingKeyMissing: ['This client’s key ring has no wrapping key for this object.', ['F-CSR-012', 'F-SIM-103']],
  CommitmentPolicyViolation: [
    'The object was written without key commitment, and this client’s commitment policy demands it.',
    ['F-ERR-101', 'F-FMT-006'],
  ],
  LegacyNotEnabled: [
    'The object is wrapped or encrypted by a legacy algorithm; this client was not told to read those.',
    ['F-ERR-104'],
  ],
  RangeNotEnabled: [
    'A range cannot be authenticated; this client was not told to read unauthenticated content.',
    ['F-ERR-104', 'F-FMT-092'],
  ],
  AlgorithmNotAvailable: [
    'The data key is wrapped by an algorithm that this platform’s WebCrypto does not have.',
    ['F-WEB-005', 'F-WEB-006'],
  ],
  NotEncryptedByClient: [
    'Neither metadata nor instruction file tells of an encryption client: it probably did not write this object.',
    ['F-ERR-107'],
  ],
  InstructionFileMissing: [
    'The envelope of this object lies in an instruction file, and that is not there.',
    ['F-ERR-107', 'F-FMT-088'],
  ],
  ReservedContextName: ['The name aws:x-amz-cek-alg in an encryption context is the client’s own.', ['F-CSK-022']],
  KeyringOnlyDecrypts: ['A key ring that names no KMS key can open objects, not write them.', ['F-CSK-025']],
  InstructionFilesNotEnabled: ['This client was not told to write instruction files.', ['F-CSR-026', 'F-FMT-086']],
  NotRewrappable: [
    'An instruction file is re-wrapped under raw keys only, from AES to AES or from RSA to RSA, and not one of the first format.',
    ['F-CSR-026'],
  ],
  SameMaterialDescription: ['The new wrapping key needs another material description than the old one.', ['F-CSR-026']],
  SuffixNotAllowed: ['A suffix of one’s own is for RSA key rings only, and is not empty.', ['F-CSR-026']],
  InvalidRange: ['The range is none, or it begins behind the end of the object.', ['F-FMT-093']],
  RangeNotAvailable: ['Of content in CBC this client opens the whole only, no range.', ['F-FMT-092']],
  ContentTooLarge: ['One key and IV take at most 64 GiB less 32 bytes.', ['F-CSR-031']],
  ChecksumMismatch: ['What arrived is not what was stored.', []],
} as const;
export type ClientRefusal = keyof typeof REFUSALS;

export function refused(code: ClientRefusal): Failed {
  const [message, facts] = REFUSALS[code];
  return { failure: { code, message, facts } };
}
