import type { FactId } from '../trace/event.ts';
import type { KmsErrorBody, KmsErrorCode } from './api.ts';

/** An error answer of KMS (status 400) and the facts that say so. */
export interface KmsRefusal {
  readonly error: KmsErrorBody;
  readonly facts: readonly FactId[];
}

/** Whether a result is a refusal. */
export function isRefusal(result: object): result is KmsRefusal {
  return 'error' in result;
}

function refusal(code: KmsErrorCode, message: string, ...facts: FactId[]): KmsRefusal {
  return { error: { __type: code, message }, facts };
}

/** The catalogue: texts as AWS gives them, each with its fact (facts, section 12.6). */
export const REFUSALS = {
  malformedKeyId: (keyId: string) => refusal('NotFoundException', `Invalid keyId '${keyId}'`, 'F-ERR-080'),
  unknownKey: (keyArn: string) => refusal('NotFoundException', `Key '${keyArn}' does not exist`, 'F-ERR-080'),
  otherRegion: (region: string) => refusal('NotFoundException', `Invalid arn ${region}`, 'F-ERR-080'),
  disabled: (keyArn: string) => refusal('DisabledException', `${keyArn} is disabled.`, 'F-ERR-081', 'F-KMS-061'),
  pendingDeletion: (keyArn: string) =>
    refusal('KMSInvalidStateException', `${keyArn} is pending deletion.`, 'F-ERR-082', 'F-KMS-062'),
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
  invalid: (member: string, constraint: string) =>
    refusal(
      'ValidationException',
      `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
      'F-ERR-090',
    ),
  unknownOperation: () => refusal('UnknownOperationException', '', 'F-KMS-020'),
} as const;
