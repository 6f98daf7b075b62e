import { tellChange } from './administer.ts';
import { ALIVE, ANY_STATE, admitNamed, authorizeInAccount } from './authorizeCall.ts';
import type { Call } from './call.ts';
import { required, text } from './members.ts';
import { seconds } from './metadata.ts';
import { operation } from './operation.ts';
import { pageMembers, pageOf } from './page.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import type { AliasRow } from './rows.ts';
import * as use from './useMembers.ts';

/** F-KMS-089. */
const MAX_ALIASES = 50;

const aliasName = required<string>(text({ min: 1, max: 256, pattern: /^[a-zA-Z0-9:/_-]+$/ }));

const createAlias = operation({
  name: 'CreateAlias',
  members: { AliasName: aliasName, TargetKeyId: use.keyId },
  async perform(call, { AliasName, TargetKeyId }) {
    const { keys } = call.parts;
    const { accountId } = call.caller.principal;
    const wrong = findNameRefusal(AliasName);
    if (wrong) return wrong;
    const arn = keys.arnOf(AliasName, accountId);
    const refusal = authorizeInAccount(call, arn);
    if (refusal) return refusal;
    const kmsKey = await admitTarget(call, TargetKeyId);
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (keys.findAlias(accountId, AliasName)) return { ...REFUSALS.aliasExists(arn), keyArn };
    if (keys.aliasesOf(kmsKey.keyId).length >= MAX_ALIASES) {
      return { ...REFUSALS.limitExceeded('Cannot create more aliases for this key'), keyArn };
    }
    const { keyId } = kmsKey;
    keys.putAlias({ name: AliasName, arn, accountId, keyId, createdAt: call.now, updatedAt: call.now });
    tellChange(call, 'F-KSM-039');
    return { keyArn };
  },
});

/** Points an alias at another key: rotation by hand (F-KMS-058). */
const updateAlias = operation({
  name: 'UpdateAlias',
  members: { AliasName: aliasName, TargetKeyId: use.keyId },
  async perform(call, { AliasName, TargetKeyId }) {
    const { keys } = call.parts;
    const alias = findAlias(call, AliasName);
    if (isRefusal(alias)) return alias;
    const refusal = authorizeInAccount(call, alias.arn);
    if (refusal) return refusal;
    const former = await admitNamed(call, alias.keyId, { states: ANY_STATE });
    if (isRefusal(former)) return former;
    const kmsKey = await admitTarget(call, TargetKeyId);
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (
      former.spec !== kmsKey.spec &&
      (former.usage !== kmsKey.usage || isSymmetric(former.spec) !== isSymmetric(kmsKey.spec))
    ) {
      return {
        ...REFUSALS.invalid('Aliases cannot be moved between keys of different types or usages.', 'F-KMS-058'),
        keyArn,
      };
    }
    keys.putAlias({ ...alias, keyId: kmsKey.keyId, updatedAt: call.now });
    tellChange(call, 'F-KMS-058');
    return { keyArn };
  },
});

const deleteAlias = operation({
  name: 'DeleteAlias',
  members: { AliasName: aliasName },
  async perform(call, { AliasName }) {
    const alias = findAlias(call, AliasName);
    if (isRefusal(alias)) return alias;
    const refusal = authorizeInAccount(call, alias.arn);
    if (refusal) return refusal;
    const kmsKey = await admitNamed(call, alias.keyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    call.parts.keys.removeAlias(alias);
    tellChange(call, 'F-KSM-039');
    return { keyArn: kmsKey.arn };
  },
});

const listAliases = operation({
  name: 'ListAliases',
  members: { KeyId: use.optionalKeyId, ...pageMembers(100) },
  isReadOnly: true,
  async perform(call, request) {
    const { keys } = call.parts;
    const { accountId } = call.caller.principal;
    const refusal = authorizeInAccount(call);
    if (refusal) return refusal;
    const named = request.KeyId === undefined ? undefined : keys.resolve(request.KeyId, accountId);
    if (named && isRefusal(named)) return named;
    const rows = keys.aliasesIn(accountId).filter(({ keyId }) => named === undefined || keyId === named.keyId);
    const page = pageOf(rows, request, 'Aliases', ({ name }) => name, show, 50);
    return isRefusal(page) ? page : { response: page };
  },
});

export const aliasOperations = [createAlias, updateAlias, deleteAlias, listAliases];

function show({ name, arn, keyId, createdAt, updatedAt }: AliasRow) {
  return {
    AliasName: name,
    AliasArn: arn,
    TargetKeyId: keyId,
    CreationDate: seconds(createdAt),
    LastUpdatedDate: seconds(updatedAt),
  };
}

/** The key an alias shall point to: one of the caller's own account. */
async function admitTarget(call: Call, named: string) {
  if (named.includes('alias/')) return REFUSALS.invalid('Aliases must refer to keys. Not aliases', 'F-KMS-058');
  const kmsKey = await admitNamed(call, named, { states: ALIVE });
  const isOwn = isRefusal(kmsKey) || kmsKey.accountId === call.caller.principal.accountId;
  return isOwn ? kmsKey : { ...REFUSALS.unknownKey(kmsKey.arn), keyArn: kmsKey.arn };
}

function findAlias(call: Call, name: string): AliasRow | KmsRefusal {
  const wrong = findNameRefusal(name);
  if (wrong) return wrong;
  const { keys } = call.parts;
  const { accountId } = call.caller.principal;
  return keys.findAlias(accountId, name) ?? REFUSALS.unknownAlias(keys.arnOf(name, accountId));
}

function findNameRefusal(name: string): KmsRefusal | undefined {
  if (!name.startsWith('alias/') || name === 'alias/') return REFUSALS.invalid('Invalid identifier', 'F-KSM-039');
  if (name.includes(':')) return REFUSALS.invalid(`${name} contains invalid characters for an alias`, 'F-KSM-039');
  return /^alias\/aws\//.test(name)
    ? REFUSALS.invalidAliasName(`Aliases that begin with alias/aws/ are reserved: ${name}`)
    : undefined;
}

function isSymmetric(spec: string): boolean {
  return spec === 'SYMMETRIC_DEFAULT';
}
