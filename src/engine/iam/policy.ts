/** Conditions that ask whether a value is like one of those wanted, without prefix and suffix. */
export type PositiveTest =
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringLike'
  | `Numeric${'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'}`
  | `Date${'Equals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals'}`
  | 'Bool'
  | 'IpAddress'
  | 'ArnEquals'
  | 'ArnLike';
/** Conditions that ask whether a value is like none of them. */
export type NegatedTest =
  | 'StringNotEquals'
  | 'StringNotEqualsIgnoreCase'
  | 'StringNotLike'
  | 'NumericNotEquals'
  | 'DateNotEquals'
  | 'NotIpAddress'
  | 'ArnNotEquals'
  | 'ArnNotLike';
export type ConditionTest = PositiveTest | NegatedTest;
/** `…IfExists` also holds when the value is absent; the prefixes ask about every or some value of a key with several. */
export type ConditionOperator = 'Null' | `${'' | 'ForAllValues:' | 'ForAnyValue:'}${ConditionTest}${'' | 'IfExists'}`;

/** Condition key to the value or values it is held against. */
export type ConditionTests = Readonly<Record<string, string | readonly string[]>>;

/** Operator to its tests. All operators and keys must hold. */
export type ConditionBlock = Readonly<Partial<Record<ConditionOperator, ConditionTests>>>;

/** `*`, or who by kind: `AWS` lists `*`, ARNs, account ids or an account's `…:root`. Services and identity providers match no user. */
export type PolicyPrincipal =
  | '*'
  | {
      readonly AWS?: string | readonly string[];
      readonly CanonicalUser?: string | readonly string[];
      readonly Service?: string | readonly string[];
      readonly Federated?: string | readonly string[];
    };

/** One statement, with AWS's member names. */
export interface PolicyStatement {
  /** Without one, a decision calls the statement by its position: `1`, `2`, … */
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Only in policies of resources. */
  readonly Principal?: PolicyPrincipal;
  /** Only in policies of resources that deny. */
  readonly NotPrincipal?: PolicyPrincipal;
  /** Of `Action` and `NotAction` there is one, as of `Resource` and `NotResource`. */
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/** A policy as AWS writes it. */
export interface PolicyDocument {
  /** Without one, the older version counts, which knows no policy variables. */
  readonly Version?: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
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
