import { toBase64, toHex } from '../bytes/text.ts';
import type { JsonObject } from '../trace/event.ts';
import { tellChange } from './administer.ts';
import { ANY_STATE, admitNamed, authorizeInAccount } from './authorizeCall.ts';
import type { Call } from './call.ts';
import { MAX_CONTEXT_BYTES } from './encryptionContext.ts';
import { specOf } from './keySpecs.ts';
import { listOf, oneOf, optional, required, structure, text, textMap, unlogged } from './members.ts';
import { seconds } from './metadata.ts';
import { operation } from './operation.ts';
import { pageMembers, pageOf } from './page.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import type { GrantConstraints, GrantRow, KeyRow } from './rows.ts';
import * as use from './useMembers.ts';

const ALWAYS = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
/** What a grant on a key of each family may allow. */
const GRANT_OPERATIONS = {
  symmetric: [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
    ...ALWAYS,
  ],
  rsa: ['Decrypt', 'Encrypt', 'GetPublicKey', 'ReEncryptFrom', 'ReEncryptTo', 'Sign', 'Verify', ...ALWAYS],
  ecc: ['DeriveSharedSecret', 'GetPublicKey', 'Sign', 'Verify', ...ALWAYS],
  hmac: ['GenerateMac', 'VerifyMac', ...ALWAYS],
} as const;
const EVERY_OPERATION = [...new Set(Object.values(GRANT_OPERATIONS).flat())];
/** F-KMS-089. */
const MAX_GRANTS = 50_000;
const ARN =
  /^arn:aws:(?:iam::\d{12}:(?:root|(?:user|role)\/[\w+=,.@/-]+)|sts::\d{12}:(?:assumed-role|federated-user)\/[\w+=,.@/-]+)$/;

const principal = text({ min: 1, max: 256 });
const contextMap = optional<Readonly<Record<string, string>>>(textMap(MAX_CONTEXT_BYTES));

const createGrant = operation({
  name: 'CreateGrant',
  members: {
    KeyId: use.keyId,
    GranteePrincipal: required<string>(principal),
    RetiringPrincipal: optional<string>(principal),
    Operations: required<readonly string[]>(listOf(oneOf(EVERY_OPERATION), EVERY_OPERATION.length)),
    Constraints: optional<GrantConstraints>((value, path, reading) => {
      const read = structure({ EncryptionContextSubset: contextMap, EncryptionContextEquals: contextMap });
      const found = read(value, path, reading);
      return found && given(found);
    }),
    GrantTokens: use.grantTokens,
    Name: optional<string>(text({ min: 1, max: 256, pattern: /^[a-zA-Z0-9:/_-]+$/ })),
    DryRun: use.dryRun,
  },
  async perform(call, request) {
    const { parts, now, caller } = call;
    const kmsKey = await admitNamed(call, request.KeyId, {
      grantTokens: request.GrantTokens,
      values: {
        'kms:GrantIsForAWSResource': String(caller.viaService !== undefined),
        'kms:GranteePrincipal': request.GranteePrincipal,
        'kms:GrantOperations': request.Operations,
      },
    });
    if (isRefusal(kmsKey)) return kmsKey;
    const { arn: keyArn, keyId } = kmsKey;
    const refusal = findGrantRefusal(call, kmsKey, request);
    if (refusal) return { ...refusal, keyArn };
    if (request.DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    const wanted: Omit<GrantRow, 'grantId' | 'token' | 'createdAt'> = {
      keyId,
      granteePrincipal: request.GranteePrincipal,
      operations: request.Operations,
      issuingAccount: `arn:aws:iam::${caller.principal.accountId}:root`,
      ...given({ name: request.Name, retiringPrincipal: request.RetiringPrincipal, constraints: request.Constraints }),
    };
    // The same grant under the same name is the same grant: asking twice is safe.
    const same = request.Name === undefined ? undefined : parts.keys.grantsOf(keyId).find(row => isSame(row, wanted));
    const grant = same ?? {
      ...wanted,
      grantId: toHex(parts.random.bytes(32)),
      token: toBase64(parts.random.bytes(66)),
      createdAt: now,
    };
    parts.keys.putGrant(grant);
    tellChange(call, 'F-KMS-074');
    return {
      response: { GrantToken: grant.token, GrantId: grant.grantId },
      keyArn,
      logged: { grantId: grant.grantId, keyId: keyArn },
    };
  },
});

const listGrants = operation({
  name: 'ListGrants',
  members: {
    KeyId: use.keyId,
    GrantId: optional<string>(text({ min: 1, max: 128 })),
    GranteePrincipal: optional<string>(principal),
    ...pageMembers(100),
  },
  isReadOnly: true,
  async perform(call, request) {
    const kmsKey = await admitNamed(call, request.KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const rows = call.parts.keys
      .grantsOf(kmsKey.keyId)
      .filter(({ grantId }) => request.GrantId === undefined || grantId === request.GrantId)
      .filter(row => request.GranteePrincipal === undefined || row.granteePrincipal === request.GranteePrincipal);
    if (request.GrantId !== undefined && rows.length === 0)
      return { ...REFUSALS.unknownGrant(request.GrantId), keyArn };
    const page = pageOf(rows, request, 'Grants', idOf, row => show(row, keyArn), 50);
    return isRefusal(page) ? { ...page, keyArn } : { response: page, keyArn };
  },
});

const listRetirableGrants = operation({
  name: 'ListRetirableGrants',
  members: { RetiringPrincipal: required<string>(principal), ...pageMembers(100) },
  isReadOnly: true,
  async perform(call, request) {
    const { keys } = call.parts;
    const refusal = authorizeInAccount(call);
    if (refusal) return refusal;
    const rows = keys.grants().filter(row => row.retiringPrincipal === request.RetiringPrincipal);
    const page = pageOf(rows, request, 'Grants', idOf, row => show(row, keys.find(row.keyId)?.arn ?? ''), 50);
    return isRefusal(page) ? page : { response: page };
  },
});

/** Whoever revokes a grant needs permission on the key; whoever retires it is named in the grant (F-KMS-074). */
const revokeGrant = operation({
  name: 'RevokeGrant',
  members: { KeyId: use.keyId, GrantId: required<string>(text({ min: 1, max: 128 })), DryRun: use.dryRun },
  async perform(call, { KeyId, GrantId, DryRun }) {
    const kmsKey = await admitNamed(call, KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const grant = call.parts.keys.findGrant(GrantId);
    if (grant?.keyId !== kmsKey.keyId) return { ...REFUSALS.unknownGrant(GrantId), keyArn };
    if (DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    call.parts.keys.removeGrant(GrantId);
    tellChange(call, 'F-KMS-074');
    return { keyArn };
  },
});

const retireGrant = operation({
  name: 'RetireGrant',
  members: {
    GrantToken: unlogged(optional<string>(text({ min: 1, max: 8192 }))),
    KeyId: use.optionalKeyId,
    GrantId: optional<string>(text({ min: 1, max: 128 })),
    DryRun: use.dryRun,
  },
  async perform(call, request) {
    const { keys } = call.parts;
    const grant = findRetired(call, request);
    if (isRefusal(grant)) return grant;
    const keyArn = keys.find(grant.keyId)?.arn ?? '';
    const refusal = findRetirementRefusal(call, grant, keyArn);
    if (refusal) return { ...refusal, keyArn };
    if (request.DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    keys.removeGrant(grant.grantId);
    tellChange(call, 'F-KMS-074');
    return { keyArn };
  },
});

export const grantOperations = [createGrant, listGrants, listRetirableGrants, revokeGrant, retireGrant];

function idOf({ grantId }: GrantRow): string {
  return grantId;
}

function show(row: GrantRow, keyArn: string): JsonObject {
  const { grantId, name, createdAt, granteePrincipal, retiringPrincipal, issuingAccount, operations, constraints } =
    row;
  return {
    KeyId: keyArn,
    GrantId: grantId,
    Name: name ?? '',
    CreationDate: seconds(createdAt),
    GranteePrincipal: granteePrincipal,
    ...(retiringPrincipal === undefined ? {} : { RetiringPrincipal: retiringPrincipal }),
    IssuingAccount: issuingAccount,
    Operations: operations,
    ...(constraints === undefined ? {} : { Constraints: { ...constraints } }),
  };
}

function isSame(row: GrantRow, wanted: object): boolean {
  const { grantId: _, token: __, createdAt: ___, ...rest } = row;
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(rest) === sorted(wanted);
}

/** The members that have a value. */
function given<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

interface GrantWish {
  readonly GranteePrincipal: string;
  readonly RetiringPrincipal: string | undefined;
  readonly Operations: readonly string[];
  readonly Constraints: GrantConstraints | undefined;
}

function findGrantRefusal({ parts }: Call, kmsKey: KeyRow, wish: GrantWish): KmsRefusal | undefined {
  const strange = [wish.GranteePrincipal, wish.RetiringPrincipal].find(arn => arn !== undefined && !ARN.test(arn));
  if (strange !== undefined) return REFUSALS.invalidArn(`ARN does not refer to a valid principal: ${strange}`);
  const { family } = specOf(kmsKey.spec);
  const allowed: readonly string[] = GRANT_OPERATIONS[family];
  const misfit = wish.Operations.find(name => !allowed.includes(name));
  if (misfit !== undefined) {
    return REFUSALS.invalid(`Operation ${misfit} is not valid for keys of spec ${kmsKey.spec}`, 'F-KMS-074');
  }
  if (wish.Operations.length === 0) {
    return REFUSALS.violations([
      "Value '[]' at 'operations' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ]);
  }
  if (wish.Constraints !== undefined && family !== 'symmetric') {
    return REFUSALS.invalid('Constraints are only valid for symmetric encryption keys', 'F-KMS-074');
  }
  const isFull = parts.keys.grantsOf(kmsKey.keyId).length >= MAX_GRANTS;
  return isFull ? REFUSALS.limitExceeded('The key has as many grants as it may have') : undefined;
}

interface Retirement {
  readonly GrantToken: string | undefined;
  readonly KeyId: string | undefined;
  readonly GrantId: string | undefined;
}

/** By its token, or by key and id. */
function findRetired({ parts, caller }: Call, { GrantToken, KeyId, GrantId }: Retirement): GrantRow | KmsRefusal {
  const { keys } = parts;
  if (GrantToken !== undefined) return keys.findGrantByToken(GrantToken) ?? REFUSALS.invalidGrantToken();
  if (KeyId === undefined || GrantId === undefined) {
    return REFUSALS.invalid('A grant token, or a key ARN and a grant ID, must be given', 'F-KMS-074');
  }
  const kmsKey = keys.resolve(KeyId, caller.principal.accountId);
  if (isRefusal(kmsKey)) return kmsKey;
  const grant = keys.findGrant(GrantId);
  return grant?.keyId === kmsKey.keyId ? grant : REFUSALS.unknownGrant(GrantId);
}

/** The grant itself says who may retire it; shown as the decision of the KMS gate. */
function findRetirementRefusal({ parts, caller }: Call, grant: GrantRow, keyArn: string): KmsRefusal | undefined {
  const { arn, accountId } = caller.principal;
  const root = `arn:aws:iam::${accountId}:root`;
  const isRetiring = grant.retiringPrincipal === arn;
  const isGrantee = grant.granteePrincipal === arn && grant.operations.includes('RetireGrant');
  const isIssuer = arn === root && grant.issuingAccount === root;
  const isAllowed = isRetiring || isGrantee || isIssuer;
  const action = 'kms:RetireGrant';
  parts.recorder.step('kms.authorize', 'kms');
  parts.recorder.emit({
    verb: isAllowed ? 'authorized' : 'denied',
    place: 'kms.host',
    api: action,
    decision: {
      gate: 'kms',
      isAllowed,
      principal: arn,
      action,
      resource: keyArn,
      conditionValues: {},
      statements: [
        {
          policy: 'grant',
          sid: grant.grantId,
          effect: 'Allow',
          isMatch: isAllowed,
          because: isAllowed ? 'applies' : 'names other principals',
        },
      ],
      settledBy: isAllowed ? 'allow' : 'implicit-deny',
      because: isAllowed ? 'the grant names who may retire it' : 'the grant is for others to retire',
    },
    facts: ['F-KMS-074'],
  });
  return isAllowed
    ? undefined
    : REFUSALS.accessDenied(`User: ${arn} is not authorized to perform: ${action} on resource: ${keyArn}`, 'F-KMS-074');
}
