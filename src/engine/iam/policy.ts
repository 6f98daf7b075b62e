/** Operators of policy conditions in use here; `…IfExists` also holds when the value is absent. */
export type ConditionTest =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringLike'
  | 'Bool'
  | 'Null'
  | 'NumericLessThan'
  | 'ArnLike';
export type ConditionOperator = ConditionTest | `${Exclude<ConditionTest, 'Null'>}IfExists`;

/** Operator to condition key to the value or values it is held against. All operators and keys must hold. */
export type ConditionBlock = Readonly<
  Partial<Record<ConditionOperator, Readonly<Record<string, string | readonly string[]>>>>
>;

/** One statement, with AWS's member names. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Only in policies of resources: `*`, ARNs, account ids or an account's `…:root`. */
  readonly Principal?: '*' | { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/** A policy as AWS writes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** One or several values of a policy member as a list. */
export function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** Account id (12 digits) of an ARN, or `''` for an ARN without one, such as a bucket's. */
export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
