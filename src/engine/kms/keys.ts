import { change } from './administer.ts';
import { ALIVE, ANY_STATE, admitNamed, authorizeInAccount } from './authorizeCall.ts';
import type { Call, Outcome } from './call.ts';
import { defaultPolicyText, findPolicyRefusal, MAX_POLICY_LENGTH } from './keyPolicy.ts';
import { ALL_KEY_SPECS, isModelled, KEY_USAGES, type KeySpec, type KeyUsage, usagesOf } from './keySpecs.ts';
import { ensureS3Key, makeKey } from './makeKey.ts';
import { bool, integer, listOf, oneOf, optional, required, text, withDefault } from './members.ts';
import { keyMetadata, loggedMetadata, loggedMoment, seconds } from './metadata.ts';
import { operation } from './operation.ts';
import { PAGE_MEMBERS, pageOf } from './page.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { DAY } from './rotate.ts';
import type { KeyState, Tag } from './rows.ts';
import { findTagRefusal, tag } from './tags.ts';
import * as use from './useMembers.ts';

const description = text({ max: 8192 });
const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
/** F-KMS-089. */
const MAX_KEYS = 100_000;

const createKey = operation({
  name: 'CreateKey',
  members: {
    Policy: optional<string>(text({ min: 1, max: 4 * MAX_POLICY_LENGTH })),
    Description: withDefault<string>(description, ''),
    KeyUsage: optional<KeyUsage>(oneOf(KEY_USAGES)),
    CustomerMasterKeySpec: optional<string>(oneOf(ALL_KEY_SPECS)),
    KeySpec: optional<string>(oneOf(ALL_KEY_SPECS)),
    Origin: withDefault<(typeof ORIGINS)[number]>(oneOf(ORIGINS), 'AWS_KMS'),
    BypassPolicyLockoutSafetyCheck: withDefault<boolean>(bool, false),
    Tags: withDefault<readonly Tag[]>(listOf(tag, 50), []),
    MultiRegion: withDefault<boolean>(bool, false),
  },
  async perform(call, request) {
    const { parts, now } = call;
    const { principal } = call.caller;
    const { Origin: origin, Tags: tags, Description, BypassPolicyLockoutSafetyCheck } = request;
    const kind = kindOf(request.KeySpec ?? request.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT', request.KeyUsage);
    if (isRefusal(kind)) return kind;
    const refusal = authorizeInAccount(call, '*', {
      'kms:KeySpec': kind.spec,
      'kms:KeyUsage': kind.usage,
      'kms:KeyOrigin': origin,
      'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck),
    });
    if (refusal) return refusal;
    if (request.MultiRegion) return REFUSALS.unsupported('Multi-Region keys are not supported here.', 'F-KSM-032');
    if (origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE') {
      return REFUSALS.unsupported('Custom key stores are not supported here.', 'F-KMS-064');
    }
    if (origin === 'EXTERNAL' && kind.spec !== 'SYMMETRIC_DEFAULT') {
      return REFUSALS.unsupported('Imported material is supported here for symmetric keys only.', 'F-KMS-063');
    }
    const { accountId } = principal;
    const wrongTags = findTagRefusal(tags);
    if (wrongTags) return wrongTags;
    const isFull = parts.keys.keysIn(accountId).length >= MAX_KEYS;
    if (isFull) return REFUSALS.limitExceeded('The account has as many KMS keys as it may have');
    const anyKeyArn = parts.keys.arnOf('key/*', accountId);
    const wrongPolicy =
      request.Policy === undefined
        ? undefined
        : findPolicyRefusal(request.Policy, anyKeyArn, principal, BypassPolicyLockoutSafetyCheck);
    if (wrongPolicy) return wrongPolicy;
    parts.recorder.step('kms.administer', 'kms');
    const policy = request.Policy ?? defaultPolicyText(accountId);
    const kmsKey = await makeKey(
      parts,
      { accountId, manager: 'CUSTOMER', ...kind, origin, description: Description, policy, tags },
      now,
    );
    return {
      response: { KeyMetadata: keyMetadata(kmsKey) },
      keyArn: kmsKey.arn,
      logged: { keyMetadata: loggedMetadata(kmsKey) },
    };
  },
});

function kindOf(spec: string, usage: KeyUsage | undefined): { spec: KeySpec; usage: KeyUsage } | KmsRefusal {
  if (!isModelled(spec)) return REFUSALS.unsupported(`KeySpec ${spec} is not supported here.`, 'F-KMS-055');
  if (usage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    return REFUSALS.invalid(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
      'F-ERR-089',
    );
  }
  const wanted = usage ?? 'ENCRYPT_DECRYPT';
  return usagesOf(spec).includes(wanted)
    ? { spec, usage: wanted }
    : REFUSALS.invalid(`KeyUsage ${wanted} is not compatible with KeySpec ${spec}`, 'F-ERR-089');
}

/** DescribeKey makes the AWS managed key that a predefined alias stands for, as S3 does (F-KSM-033). */
const describeKey = operation({
  name: 'DescribeKey',
  members: { KeyId: use.keyId, GrantTokens: use.grantTokens },
  isReadOnly: true,
  async perform(call, { KeyId, GrantTokens }) {
    await ensureS3Key(call.parts, KeyId, call.caller.principal.accountId);
    const kmsKey = await admitNamed(call, KeyId, { states: ANY_STATE, grantTokens: GrantTokens });
    if (isRefusal(kmsKey)) return kmsKey;
    return { response: { KeyMetadata: keyMetadata(kmsKey) }, keyArn: kmsKey.arn };
  },
});

const listKeys = operation({
  name: 'ListKeys',
  members: PAGE_MEMBERS,
  isReadOnly: true,
  async perform(call, request) {
    const refusal = authorizeInAccount(call);
    if (refusal) return refusal;
    const rows = call.parts.keys.keysIn(call.caller.principal.accountId);
    const page = pageOf(
      rows,
      request,
      'Keys',
      ({ keyId }) => keyId,
      ({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn }),
    );
    return isRefusal(page) ? page : { response: page };
  },
});

const SETTLED: readonly KeyState[] = ['Enabled', 'Disabled'];

/** A rotation that was missed while the key was disabled happens now, once (F-KMS-057). */
const enableKey = operation({
  name: 'EnableKey',
  members: { KeyId: use.keyId },
  async perform(call, { KeyId }) {
    const kmsKey = await admitNamed(call, KeyId, { states: SETTLED });
    if (isRefusal(kmsKey)) return kmsKey;
    const { rotation } = kmsKey;
    const isMissed = rotation.nextAt !== undefined && rotation.nextAt < call.now;
    change(
      call,
      { ...kmsKey, state: 'Enabled', rotation: isMissed ? { ...rotation, nextAt: call.now } : rotation },
      'F-KMS-060',
    );
    return { keyArn: kmsKey.arn, logged: { keyId: kmsKey.arn } };
  },
});

const disableKey = operation({
  name: 'DisableKey',
  members: { KeyId: use.keyId },
  async perform(call, { KeyId }) {
    const kmsKey = await admitNamed(call, KeyId, { states: SETTLED });
    if (isRefusal(kmsKey)) return kmsKey;
    change(call, { ...kmsKey, state: 'Disabled' }, 'F-KMS-061', 'F-KMS-069');
    return { keyArn: kmsKey.arn, logged: { keyId: kmsKey.arn } };
  },
});

const scheduleKeyDeletion = operation({
  name: 'ScheduleKeyDeletion',
  members: { KeyId: use.keyId, PendingWindowInDays: withDefault<number>(integer(7, 30), 30) },
  async perform(call, { KeyId, PendingWindowInDays }) {
    const kmsKey = await admitNamed(call, KeyId, {
      states: ALIVE,
      values: { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(PendingWindowInDays) },
    });
    if (isRefusal(kmsKey)) return kmsKey;
    const deletionAt = call.now + PendingWindowInDays * DAY;
    const { arn } = change(call, { ...kmsKey, state: 'PendingDeletion', deletionAt }, 'F-KMS-066', 'F-KMS-062');
    const answer = { KeyId: arn, DeletionDate: seconds(deletionAt), KeyState: 'PendingDeletion', PendingWindowInDays };
    return {
      response: answer,
      keyArn: arn,
      logged: { keyId: arn, deletionDate: loggedMoment(deletionAt), keyState: 'PendingDeletion' },
    };
  },
});

const cancelKeyDeletion = operation({
  name: 'CancelKeyDeletion',
  members: { KeyId: use.keyId },
  async perform(call, { KeyId }) {
    const kmsKey = await admitNamed(call, KeyId, { states: ['PendingDeletion'] });
    if (isRefusal(kmsKey)) return kmsKey;
    const { deletionAt: _, ...rest } = kmsKey;
    const state = kmsKey.materials.length === 0 ? 'PendingImport' : 'Disabled';
    change(call, { ...rest, state }, 'F-KMS-068');
    return answerArn(kmsKey.arn);
  },
});

const updateKeyDescription = operation({
  name: 'UpdateKeyDescription',
  members: { KeyId: use.keyId, Description: required<string>(description) },
  async perform(call: Call, { KeyId, Description }): Promise<Outcome> {
    const kmsKey = await admitNamed(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    change(call, { ...kmsKey, description: Description }, 'F-KMS-003');
    return { keyArn: kmsKey.arn };
  },
});

export const keyOperations = [
  createKey,
  describeKey,
  listKeys,
  enableKey,
  disableKey,
  scheduleKeyDeletion,
  cancelKeyDeletion,
  updateKeyDescription,
];

function answerArn(arn: string): Outcome {
  return { response: { KeyId: arn }, keyArn: arn, logged: { keyId: arn } };
}
