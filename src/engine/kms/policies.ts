import { change } from './administer.ts';
import { ANY_STATE, admitNamed } from './authorizeCall.ts';
import { findPolicyRefusal, MAX_POLICY_LENGTH } from './keyPolicy.ts';
import { bool, optional, required, text } from './members.ts';
import { operation } from './operation.ts';
import { PAGE_MEMBERS, pageOf } from './page.ts';
import { isRefusal, REFUSALS } from './refusal.ts';
import * as use from './useMembers.ts';

/** A key has one policy, and this is its name. */
const DEFAULT = 'default';
const policyName = optional<string>(text({ min: 1, max: 128, pattern: /^[\w]+$/ }));

const getKeyPolicy = operation({
  name: 'GetKeyPolicy',
  members: { KeyId: use.keyId, PolicyName: policyName },
  isReadOnly: true,
  async perform(call, { KeyId, PolicyName = DEFAULT }) {
    const kmsKey = await admitNamed(call, KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (PolicyName !== DEFAULT) return { ...REFUSALS.unknownPolicyName(PolicyName), keyArn };
    return { response: { Policy: kmsKey.policy, PolicyName }, keyArn };
  },
});

const putKeyPolicy = operation({
  name: 'PutKeyPolicy',
  members: {
    KeyId: use.keyId,
    PolicyName: policyName,
    // One more than allowed gets past the reading, to be refused in KMS's own words.
    Policy: required<string>(text({ min: 1, max: 4 * MAX_POLICY_LENGTH })),
    BypassPolicyLockoutSafetyCheck: optional<boolean>(bool),
  },
  async perform(call, { KeyId, PolicyName = DEFAULT, Policy, BypassPolicyLockoutSafetyCheck }) {
    const kmsKey = await admitNamed(call, KeyId, {
      states: ANY_STATE,
      values: { 'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck === true) },
    });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (PolicyName !== DEFAULT) return { ...REFUSALS.unknownPolicyName(PolicyName), keyArn };
    const { principal } = call.caller;
    const refusal = findPolicyRefusal(Policy, keyArn, principal, BypassPolicyLockoutSafetyCheck === true);
    if (refusal) return { ...refusal, keyArn };
    change(call, { ...kmsKey, policy: Policy }, 'F-KMS-041');
    return { keyArn };
  },
});

const listKeyPolicies = operation({
  name: 'ListKeyPolicies',
  members: { KeyId: use.keyId, ...PAGE_MEMBERS },
  isReadOnly: true,
  async perform(call, request) {
    const kmsKey = await admitNamed(call, request.KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const page = pageOf(
      [DEFAULT],
      request,
      'PolicyNames',
      name => name,
      name => name,
    );
    return isRefusal(page) ? { ...page, keyArn } : { response: page, keyArn };
  },
});

export const policyOperations = [getKeyPolicy, putKeyPolicy, listKeyPolicies];
