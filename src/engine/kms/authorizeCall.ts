import { accessDeniedMessage, authorizeKms } from '../iam/authorize.ts';
import type { Principal } from '../iam/principal.ts';
import type { Decision, FactId } from '../trace/event.ts';
import type { EncryptionContext, KmsOperation } from './api.ts';
import type { KmsKey } from './keyStore.ts';
import type { KmsParts } from './parts.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';

/** Who calls, and how. */
export interface Caller {
  readonly principal: Principal;
  /** Set when a service calls on the principal's behalf. */
  readonly viaService?: string;
  /** Set for direct calls. */
  readonly sourceIp?: string;
  readonly userAgent?: string;
}

/**
 * The second gate: may this principal use this key for this, and is the key usable at all (F-KSM-004)? Shows the
 * decision in the step `kms.authorize`.
 *
 * @param isKeyNamed false when the key was read from the blob.
 * @returns what to answer instead, or `undefined` when the way is free.
 */
export function authorizeCall(
  { recorder }: KmsParts,
  operation: KmsOperation,
  kmsKey: KmsKey,
  caller: Caller,
  encryptionContext: EncryptionContext,
  isKeyNamed: boolean,
): KmsRefusal | undefined {
  const { principal, viaService } = caller;
  const action = `kms:${operation}`;
  recorder.step('kms.authorize', 'kms');
  const byPolicy = authorizeKms({
    principal,
    action,
    keyArn: kmsKey.arn,
    keyPolicy: kmsKey.policy,
    encryptionContext,
    ...(viaService === undefined ? {} : { viaService }),
  });
  const byState = byPolicy.isAllowed ? findStateRefusal(kmsKey) : undefined;
  const decision: Decision = byState
    ? { ...byPolicy, isAllowed: false, settledBy: 'key-state', because: stateText(kmsKey) }
    : byPolicy;
  recorder.emit({
    verb: decision.isAllowed ? 'authorized' : 'denied',
    place: 'kms.host',
    decision,
    api: action,
    facts: [...factsOf(operation, kmsKey, caller, decision), ...(byState?.facts ?? [])],
  });
  if (byState) return byState;
  if (byPolicy.isAllowed) return undefined;
  return REFUSALS.accessDenied(
    accessDeniedMessage(byPolicy, isKeyNamed ? 'resource' : 'ciphertext'),
    errorFact(operation, caller),
  );
}

function findStateRefusal(kmsKey: KmsKey): KmsRefusal | undefined {
  if (kmsKey.state === 'Disabled') return REFUSALS.disabled(kmsKey.arn);
  return kmsKey.state === 'PendingDeletion' ? REFUSALS.pendingDeletion(kmsKey.arn) : undefined;
}

function stateText(kmsKey: KmsKey): string {
  return kmsKey.state === 'Disabled' ? 'the KMS key is disabled' : 'the KMS key is pending deletion';
}

function errorFact(operation: KmsOperation, { viaService }: Caller): FactId {
  if (viaService === undefined) return 'F-ERR-087';
  return operation === 'Decrypt' ? 'F-ERR-049' : 'F-ERR-048';
}

function factsOf(operation: KmsOperation, kmsKey: KmsKey, caller: Caller, decision: Decision): FactId[] {
  const isDirect = caller.viaService === undefined;
  const { conditionValues } = decision;
  const isSameAccount = conditionValues['aws:PrincipalAccount'] === conditionValues['aws:ResourceAccount'];
  return [
    isDirect ? 'F-CSK-020' : operation === 'Decrypt' ? 'F-KSM-013' : 'F-KSM-004',
    'F-KMS-070',
    ...(kmsKey.manager === 'AWS' ? ['F-KSM-035', isDirect ? 'F-CSK-026' : 'F-KSM-036'] : ['F-KMS-072']),
    ...(isSameAccount ? [] : ['F-KMS-073']),
  ];
}
