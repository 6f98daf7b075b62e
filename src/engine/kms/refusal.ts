import type { FactId } from '../trace/event.ts';
import type { KmsErrorBody, KmsErrorCode } from './api.ts';

/** An error answer of KMS and the facts that say so. */
export interface KmsRefusal {
  readonly error: KmsErrorBody;
  /** HTTP status; 400 when absent. */
  readonly status?: number;
  readonly facts: readonly FactId[];
}

/** Whether a result is a refusal. */
export function isRefusal(result: object): result is KmsRefusal {
  return 'error' in result && 'facts' in result;
}

function refusal(code: KmsErrorCode, message: string, ...facts: FactId[]): KmsRefusal {
  return { error: { __type: code, message }, facts };
}

/** A request that one of KMS's own rules forbids, in the words of a sentence. */
const invalid = (message: string, ...facts: FactId[]) =>
  refusal('ValidationException', message, ...(facts.length === 0 ? ['F-ERR-090'] : facts));

/** The catalogue: texts as AWS gives them, with the fact where there is one (facts, section 12.6). */
export const REFUSALS = {
  malformedKeyId: (keyId: string) => refusal('NotFoundException', `Invalid keyId '${keyId}'`, 'F-ERR-080'),
  unknownKey: (keyArn: string) => refusal('NotFoundException', `Key '${keyArn}' does not exist`, 'F-ERR-080'),
  unknownAlias: (aliasArn: string) => refusal('NotFoundException', `Alias ${aliasArn} is not found.`, 'F-ERR-080'),
  otherRegion: (region: string) => refusal('NotFoundException', `Invalid arn ${region}`, 'F-ERR-080'),
  unknownGrant: (grantId: string) => refusal('NotFoundException', `Grant ID ${grantId} not found`, 'F-KMS-074'),
  unknownPolicyName: (name: string) => refusal('NotFoundException', `No such policy exists: ${name}`, 'F-KMS-070'),
  disabled: (keyArn: string) => refusal('DisabledException', `${keyArn} is disabled.`, 'F-ERR-081', 'F-KMS-061'),
  pendingDeletion: (keyArn: string) =>
    refusal('KMSInvalidStateException', `${keyArn} is pending deletion.`, 'F-ERR-082', 'F-KMS-062'),
  pendingImport: (keyArn: string) =>
    refusal('KMSInvalidStateException', `${keyArn} is pending import.`, 'F-ERR-083', 'F-KMS-063'),
  noPendingMaterial: (keyArn: string) =>
    refusal(
      'KMSInvalidStateException',
      `No available key material pending rotation for the key: ${keyArn}.`,
      'F-KMS-055',
    ),
  notPendingDeletion: (keyArn: string) =>
    refusal('KMSInvalidStateException', `${keyArn} is not pending deletion.`, 'F-KMS-067'),
  invalidCiphertext: () => refusal('InvalidCiphertextException', '', 'F-ERR-084', 'F-KSM-074'),
  incorrectKey: () =>
    refusal(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
      'F-ERR-085',
      'F-KMS-016',
    ),
  ciphertextOfUnknownKey: () =>
    refusal(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
      'F-ERR-088',
    ),
  accessDenied: (message: string, ...facts: FactId[]) => refusal('AccessDeniedException', message, ...facts),
  throttled: () =>
    refusal(
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
      'F-ERR-086',
    ),
  wrongUsage: (keyArn: string, usage: string, operation: string) =>
    refusal(
      'InvalidKeyUsageException',
      `${keyArn} key usage is ${usage} which is not valid for ${operation}.`,
      'F-ERR-089',
    ),
  wrongAlgorithm: (algorithm: string, spec: string) =>
    refusal('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${spec}.`, 'F-ERR-089'),
  dryRun: () =>
    refusal('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.', 'F-ERR-091'),
  rotationsUsedUp: (keyArn: string) =>
    refusal(
      'LimitExceededException',
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${keyArn}`,
      'F-ERR-092',
      'F-KMS-054',
    ),
  limitExceeded: (message: string) => refusal('LimitExceededException', message, 'F-KMS-089'),
  /** @param violations each `Value 'x' at 'member' failed to satisfy constraint: …`. */
  violations: (violations: readonly string[]) =>
    invalid(
      `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`,
    ),
  invalid,
  serialization: (message: string) => refusal('SerializationException', message, 'F-KMS-020'),
  unsupported: (message: string, ...facts: FactId[]) => refusal('UnsupportedOperationException', message, ...facts),
  wrongOrigin: (keyArn: string, origin: string) =>
    refusal(
      'UnsupportedOperationException',
      `${keyArn} origin is ${origin} which is not valid for this operation.`,
      'F-KMS-055',
    ),
  aliasExists: (aliasArn: string) =>
    refusal('AlreadyExistsException', `An alias with the name ${aliasArn} already exists`, 'F-KMS-058'),
  invalidAliasName: (message: string) => refusal('InvalidAliasNameException', message, 'F-KMS-058'),
  malformedPolicy: (message: string) => refusal('MalformedPolicyDocumentException', message, 'F-KMS-070'),
  lockout: () =>
    refusal(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
      'F-KMS-070',
    ),
  invalidArn: (message: string) => refusal('InvalidArnException', message, 'F-KMS-074'),
  invalidGrantToken: () => refusal('InvalidGrantTokenException', 'Grant token is invalid.', 'F-KMS-074'),
  invalidMarker: () => refusal('InvalidMarkerException', 'Could not deserialize marker', 'F-KMS-020'),
  tags: (message: string) => refusal('TagException', message, 'F-KMS-020'),
  invalidMac: () => refusal('KMSInvalidMacException', '', 'F-KMS-082'),
  invalidKmsSignature: () => refusal('KMSInvalidSignatureException', '', 'F-KMS-084'),
  invalidImportToken: () => refusal('InvalidImportTokenException', '', 'F-KMS-063'),
  expiredImportToken: () => refusal('ExpiredImportTokenException', '', 'F-KMS-063'),
  incorrectMaterial: () => refusal('IncorrectKeyMaterialException', '', 'F-KMS-063'),
  unknownOperation: () => refusal('UnknownOperationException', '', 'F-KMS-020'),
  missingToken: () => refusal('MissingAuthenticationTokenException', 'Missing Authentication Token', 'F-KMS-020'),
  wrongSignature: () =>
    refusal(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      'F-KMS-020',
    ),
  /** What the check of the signature says. */
  unauthenticated: ({ status, code, message }: { status: number; code: string; message: string }): KmsRefusal => ({
    error: { __type: code, message },
    status,
    facts: ['F-KMS-020'],
  }),
} as const;
