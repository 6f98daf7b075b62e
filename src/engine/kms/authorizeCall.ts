import { accessDeniedMessage, authorizeKms } from '../iam/authorize.ts';
import type { ConditionValues } from '../iam/conditions.ts';
import type { Principal } from '../iam/principal.ts';
import type { Decision, FactId } from '../trace/event.ts';
import type { EncryptionContext, KmsOperation } from './api.ts';
import type { Call } from './call.ts';
import { policyOf } from './keyPolicy.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { rotateIfDue } from './rotate.ts';
import type { GrantRow, KeyRow, KeyState } from './rows.ts';

/** What a call wants of a key. */
export interface Wish {
  /** For example `ReEncryptFrom`; the operation's own name when absent. */
  readonly action?: string;
  /** False when the key was read from the blob. */
  readonly isKeyNamed?: boolean;
  readonly context?: EncryptionContext | undefined;
  /** States in which it is done. Default: only `Enabled`. */
  readonly states?: readonly KeyState[];
  readonly grantTokens?: readonly string[] | undefined;
  /** Condition values of the request, for example `kms:EncryptionAlgorithm`. */
  readonly values?: ConditionValues;
}

/** Every state: for reading, and for what must always be possible. */
export const ANY_STATE: readonly KeyState[] = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'];
/** Every state but that of waiting for deletion. */
export const ALIVE: readonly KeyState[] = ['Enabled', 'Disabled', 'PendingImport'];

/** Operations that take a key by its alias; all others want its id or its ARN (KMS API reference). */
const TAKE_ALIASES: ReadonlySet<string> = new Set<KmsOperation>([
  ...(['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateMac', 'GetPublicKey', 'ReEncrypt', 'Sign', 'Verify'] as const),
  ...(['GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'] as const),
  ...(['GenerateDataKeyWithoutPlaintext', 'VerifyMac'] as const),
]);

/** The key of that name. Whether another account has one at all is not told: the answer is that of a shut gate (F-ERR-050). */
export function resolveNamed(
  { parts, caller, operation }: Call,
  named: string,
  action: string = operation,
): KeyRow | KmsRefusal {
  const { arn, accountId } = caller.principal;
  const found = parts.keys.resolve(named, accountId);
  const [, , , region, owner = accountId] = named.split(':');
  const isForeign = region === parts.region && owner !== accountId && /^\d{12}$/.test(owner);
  if (!isRefusal(found) || !isForeign) return found;
  return REFUSALS.accessDenied(
    `User: ${arn} is not authorized to perform: kms:${action} on resource: ${named} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    'F-ERR-050',
    'F-KMS-073',
  );
}

/** The key that a call names, up to date, if the caller may use it; the refusal otherwise. */
export async function admitNamed(
  call: Call,
  named: string,
  wish: Wish = {},
): Promise<KeyRow | (KmsRefusal & { readonly keyArn?: string })> {
  if (named.includes('alias/') && !TAKE_ALIASES.has(call.operation)) return REFUSALS.malformedKeyId(named);
  const found = resolveNamed(call, named, wish.action);
  if (isRefusal(found)) return found;
  const kmsKey = await rotateIfDue(call.parts, found, call.now);
  const values = named.includes('alias/') ? { 'kms:RequestAlias': named.slice(named.indexOf('alias/')) } : {};
  const refusal = authorizeCall(call, kmsKey, { ...wish, values: { ...values, ...wish.values } });
  return refusal ? { ...refusal, keyArn: kmsKey.arn } : kmsKey;
}

/**
 * The second gate: may this principal use this key for this, and is the key usable at all (F-KSM-004)? Shows the
 * decision in the step `kms.authorize`.
 *
 * @returns what to answer instead, or `undefined` when the way is free.
 */
export function authorizeCall(call: Call, kmsKey: KeyRow, wish: Wish = {}): KmsRefusal | undefined {
  const { parts, caller } = call;
  const { recorder } = parts;
  const { viaService } = caller;
  const action = `kms:${wish.action ?? call.operation}`;
  const tokens = wish.grantTokens ?? [];
  if (tokens.some(token => parts.keys.findGrantByToken(token) === undefined)) return REFUSALS.invalidGrantToken();
  const isAdministration = wish.states !== undefined;
  recorder.step('kms.authorize', 'kms');
  // What counts is how things stand now, not when the call came in.
  const principal = presentOf(call);
  const present = parts.keys.find(kmsKey.keyId) ?? kmsKey;
  const effective = isAdministration ? present : asItCounts(present, call.now);
  const question = {
    principal,
    action,
    keyArn: kmsKey.arn,
    keyPolicy: policyOf(effective),
    encryptionContext: wish.context ?? {},
    grants: grantsThatCount(call, kmsKey, tokens),
    conditionValues: { ...valuesOf(call, kmsKey), ...wish.values },
    ...(viaService === undefined ? {} : { viaService }),
  };
  const byPolicy = authorizeKms(question);
  const byState = byPolicy.isAllowed ? findStateRefusal(effective, wish.states ?? ['Enabled']) : undefined;
  const decision: Decision = byState
    ? { ...byPolicy, isAllowed: false, settledBy: 'key-state', because: STATE_TEXTS[effective.state] }
    : byPolicy;
  recorder.emit({
    verb: decision.isAllowed ? 'authorized' : 'denied',
    place: 'kms.host',
    decision,
    api: `kms:${call.operation}`,
    facts: [...factsOf(call, kmsKey, decision), ...(byState?.facts ?? [])],
  });
  if (byState) return byState;
  if (byPolicy.isAllowed) return undefined;
  const target = wish.isKeyNamed === false ? 'ciphertext' : 'resource';
  return REFUSALS.accessDenied(accessDeniedMessage(byPolicy, target), errorFact(call));
}

/** Whoever calls, with the policies that they have now. */
function presentOf({ parts, caller: { principal } }: Call): Principal {
  const known = parts.findPrincipalByArn(principal.arn);
  return known?.accessKeyId === principal.accessKeyId ? known : principal;
}

/**
 * The gate of calls that are about no existing key: the caller's own account decides, by identity policies.
 *
 * @param resource ARN of an alias; `*` when there is none.
 * @param values condition values of the request.
 */
export function authorizeInAccount(call: Call, resource = '*', values: ConditionValues = {}): KmsRefusal | undefined {
  const { parts, caller, operation } = call;
  const { principal, viaService } = caller;
  const { accountId } = principal;
  parts.recorder.step('kms.authorize', 'kms');
  const judged = authorizeKms({
    principal,
    action: `kms:${operation}`,
    keyArn: resource === '*' ? parts.keys.arnOf('*', accountId) : resource,
    conditionValues: values,
    ...(viaService === undefined ? {} : { viaService }),
  });
  const decision = { ...judged, resource };
  parts.recorder.emit({
    verb: decision.isAllowed ? 'authorized' : 'denied',
    place: 'kms.host',
    decision,
    api: `kms:${operation}`,
    facts: ['F-CSK-020', 'F-KMS-070'],
  });
  if (judged.isAllowed) return undefined;
  return REFUSALS.accessDenied(accessDeniedMessage(decision), 'F-ERR-087');
}

const asBefore = new WeakMap<KeyRow, KeyRow>();

/** The key as those who use it find it: for a while after a change that is still the former state and policy (F-KMS-034). */
function asItCounts(kmsKey: KeyRow, now: number): KeyRow {
  const { before } = kmsKey;
  if (before === undefined || before.until <= now || kmsKey.materials.length === 0) return kmsKey;
  const known = asBefore.get(kmsKey) ?? { ...kmsKey, state: before.state, policy: before.policy };
  asBefore.set(kmsKey, known);
  return known;
}

/** A grant that is new may not have reached all of KMS yet; its token carries it there (F-KMS-074). */
function grantsThatCount({ parts, now }: Call, { keyId }: KeyRow, tokens: readonly string[]): readonly GrantRow[] {
  const delay = 1000 * (parts.propagationSeconds ?? 0);
  return parts.keys
    .grantsOf(keyId)
    .filter(({ createdAt, token }) => createdAt + delay <= now || tokens.includes(token));
}

/** What conditions know of the key. */
function valuesOf({ parts }: Call, { keyId, spec, usage, origin }: KeyRow): ConditionValues {
  const aliases = parts.keys.aliasesOf(keyId).map(({ name }) => name);
  return {
    'kms:KeySpec': spec,
    'kms:KeyUsage': usage,
    'kms:KeyOrigin': origin,
    ...(aliases.length === 0 ? {} : { 'kms:ResourceAliases': aliases }),
  };
}

const STATE_TEXTS: Readonly<Record<KeyState, string>> = {
  Enabled: 'the KMS key is not pending deletion',
  Disabled: 'the KMS key is disabled',
  PendingDeletion: 'the KMS key is pending deletion',
  PendingImport: 'the KMS key is pending import',
};

function findStateRefusal({ state, arn }: KeyRow, states: readonly KeyState[]): KmsRefusal | undefined {
  if (states.includes(state)) return undefined;
  if (state === 'Disabled' && states.includes('Enabled')) return REFUSALS.disabled(arn);
  if (state === 'PendingDeletion') return REFUSALS.pendingDeletion(arn);
  if (state === 'PendingImport' && states.includes('Enabled')) return REFUSALS.pendingImport(arn);
  return REFUSALS.notPendingDeletion(arn);
}

function errorFact({ operation, caller }: Call): FactId {
  if (caller.viaService === undefined) return 'F-ERR-087';
  return operation === 'Decrypt' ? 'F-ERR-049' : 'F-ERR-048';
}

function factsOf({ operation, caller }: Call, kmsKey: KeyRow, decision: Decision): FactId[] {
  const isDirect = caller.viaService === undefined;
  const { conditionValues } = decision;
  const isSameAccount = conditionValues['aws:PrincipalAccount'] === conditionValues['aws:ResourceAccount'];
  return [
    isDirect ? 'F-CSK-020' : operation === 'Decrypt' ? 'F-KSM-013' : 'F-KSM-004',
    'F-KMS-070',
    ...(kmsKey.manager === 'AWS' ? ['F-KSM-035', isDirect ? 'F-CSK-026' : 'F-KSM-036'] : ['F-KMS-072']),
    ...(isSameAccount ? [] : ['F-KMS-073']),
    ...(decision.statements.some(({ policy, isMatch }) => policy === 'grant' && isMatch) ? ['F-KMS-074'] : []),
  ];
}
