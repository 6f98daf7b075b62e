import { invariant } from '../errors.ts';
import { Store, type Table } from '../state/store.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';
import type { AliasRow, GrantRow, KeyRow } from './rows.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^mrk-[0-9a-f]{32}$/;
const ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(?:key\/([0-9a-zA-Z-]+)|(alias\/[\w/:-]+))$/;

/** The KMS keys, aliases and grants of one Region, of all accounts. */
export class KeyStore {
  readonly #region: string;
  readonly #keys: Table<KeyRow>;
  readonly #aliases: Table<AliasRow>;
  readonly #grants: Table<GrantRow>;

  constructor(region: string, store: Store = new Store()) {
    this.#region = region;
    this.#keys = store.table('kms.keys');
    this.#aliases = store.table('kms.aliases');
    this.#grants = store.table('kms.grants');
  }

  /** @param what `key/…`, `alias/…` or `*`. */
  arnOf(what: string, accountId: string): string {
    return `arn:aws:kms:${this.#region}:${accountId}:${what}`;
  }

  /** By UUID, as a blob carries it. */
  find(keyId: string): KeyRow | undefined {
    return this.#keys.find(keyId);
  }

  /** Writes the row of a key, new or changed. */
  put(row: KeyRow): KeyRow {
    this.#keys.set(row.keyId, row);
    return row;
  }

  /** A key with everything that hangs on it (F-KMS-067). */
  remove(keyId: string): void {
    this.#keys.delete(keyId);
    for (const alias of this.aliasesOf(keyId)) this.removeAlias(alias);
    for (const grant of this.grantsOf(keyId)) this.#grants.delete(grant.grantId);
  }

  all(): readonly KeyRow[] {
    return this.#keys.values();
  }

  keysIn(accountId: string): KeyRow[] {
    return this.#keys.values().filter(row => row.accountId === accountId);
  }

  findAlias(accountId: string, name: string): AliasRow | undefined {
    return this.#aliases.find(`${accountId}/${name}`);
  }

  putAlias(row: AliasRow): void {
    this.#aliases.set(`${row.accountId}/${row.name}`, row);
  }

  removeAlias(row: AliasRow): void {
    this.#aliases.delete(`${row.accountId}/${row.name}`);
  }

  aliasesIn(accountId: string): AliasRow[] {
    return this.#aliases.values().filter(row => row.accountId === accountId);
  }

  aliasesOf(keyId: string): AliasRow[] {
    return this.#aliases.values().filter(row => row.keyId === keyId);
  }

  findGrant(grantId: string): GrantRow | undefined {
    return this.#grants.find(grantId);
  }

  findGrantByToken(token: string): GrantRow | undefined {
    return this.#grants.values().find(row => row.token === token);
  }

  putGrant(row: GrantRow): void {
    this.#grants.set(row.grantId, row);
  }

  removeGrant(grantId: string): void {
    this.#grants.delete(grantId);
  }

  grantsOf(keyId: string): GrantRow[] {
    return this.#grants.values().filter(row => row.keyId === keyId);
  }

  grants(): readonly GrantRow[] {
    return this.#grants.values();
  }

  /** For administration, by UUID, ARN or alias. @throws EngineError `invariant` when there is none. */
  get(named: string, accountId: string): KeyRow {
    const found = this.resolve(named, accountId);
    invariant('arn' in found, 'only KMS keys that exist are administered');
    return found;
  }

  /**
   * The key a caller names by UUID, ARN, alias or alias ARN. Without an ARN, names count in the caller's own account
   * (F-KSM-039, F-KSM-040).
   */
  resolve(named: string, callerAccountId: string): KeyRow | KmsRefusal {
    const arn = ARN.exec(named);
    if (arn) {
      const [, region = '', accountId = '', keyId, alias] = arn;
      if (region !== this.#region) return REFUSALS.otherRegion(region);
      if (keyId !== undefined) return this.#lookUp(accountId, keyId) ?? REFUSALS.unknownKey(named);
      return this.#lookUpAlias(accountId, alias ?? '') ?? REFUSALS.unknownAlias(named);
    }
    if (named.startsWith('arn:')) return REFUSALS.otherRegion(named);
    if (named.startsWith('alias/')) {
      const aliasArn = this.arnOf(named, callerAccountId);
      return this.#lookUpAlias(callerAccountId, named) ?? REFUSALS.unknownAlias(aliasArn);
    }
    if (!UUID.test(named)) return REFUSALS.malformedKeyId(named);
    const keyArn = this.arnOf(`key/${named}`, callerAccountId);
    return this.#lookUp(callerAccountId, named) ?? REFUSALS.unknownKey(keyArn);
  }

  /** The alias and account in a name or ARN of an alias, or `undefined` for anything else. */
  readAlias(named: string, callerAccountId: string): { accountId: string; name: string } | undefined {
    if (named.startsWith('alias/')) return { accountId: callerAccountId, name: named };
    const [, region, accountId = '', , name] = ARN.exec(named) ?? [];
    return name === undefined || region !== this.#region ? undefined : { accountId, name };
  }

  #lookUp(accountId: string, keyId: string): KeyRow | undefined {
    const row = this.#keys.find(keyId);
    return row?.accountId === accountId ? row : undefined;
  }

  #lookUpAlias(accountId: string, name: string): KeyRow | undefined {
    const alias = this.findAlias(accountId, name);
    return alias && this.#keys.find(alias.keyId);
  }
}
