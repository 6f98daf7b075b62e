import { isInRange, isIpRange } from './ipRange.ts';
import type { ConditionTest, NegatedTest, PositiveTest } from './policy.ts';
import { type Piece, patternOfPieces, textOfPieces } from './variables.ts';
import { isArnLike, isLike } from './wildcard.ts';

interface Test {
  /** Whether a request's value is as the policy wants it. */
  readonly compare: (value: string, wanted: readonly Piece[]) => boolean;
  /** Whether a policy may write this value. */
  readonly isValue: (text: string) => boolean;
  readonly takesVariables: boolean;
}

const NUMBER = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?$/;
/** The forms of ISO 8601 that W3C's note on dates allows. */
const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;
/** Seconds since 1970; four digits are a year. */
const EPOCH_SECONDS = /^\d{5,12}$/;

function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

function millisecondsOf(text: string): number {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  return DATE.test(text) ? Date.parse(text) : Number.NaN;
}

const text = (compare: Test['compare']): Test => ({ compare, isValue: () => true, takesVariables: true });
const ordered = (read: (text: string) => number, compare: (value: number, wanted: number) => boolean): Test => ({
  compare: (value, wanted) => compare(read(value), read(textOfPieces(wanted))),
  isValue: value => !Number.isNaN(read(value)),
  takesVariables: false,
});
const arn: Test = {
  compare: (value, wanted) => isArnLike(value, patternOfPieces(wanted)),
  isValue: value => value.split(':').length >= 6,
  takesVariables: true,
};
const equals = (value: number, wanted: number) => value === wanted;
const lessThan = (value: number, wanted: number) => value < wanted;
const lessThanEquals = (value: number, wanted: number) => value <= wanted;
const greaterThan = (value: number, wanted: number) => value > wanted;
const greaterThanEquals = (value: number, wanted: number) => value >= wanted;

const POSITIVE: Readonly<Record<PositiveTest, Test>> = {
  StringEquals: text((value, wanted) => value === textOfPieces(wanted)),
  StringEqualsIgnoreCase: text((value, wanted) => value.toLowerCase() === textOfPieces(wanted).toLowerCase()),
  StringLike: text((value, wanted) => isLike(value, patternOfPieces(wanted))),
  NumericEquals: ordered(numberOf, equals),
  NumericLessThan: ordered(numberOf, lessThan),
  NumericLessThanEquals: ordered(numberOf, lessThanEquals),
  NumericGreaterThan: ordered(numberOf, greaterThan),
  NumericGreaterThanEquals: ordered(numberOf, greaterThanEquals),
  DateEquals: ordered(millisecondsOf, equals),
  DateLessThan: ordered(millisecondsOf, lessThan),
  DateLessThanEquals: ordered(millisecondsOf, lessThanEquals),
  DateGreaterThan: ordered(millisecondsOf, greaterThan),
  DateGreaterThanEquals: ordered(millisecondsOf, greaterThanEquals),
  Bool: {
    compare: (value, wanted) => value.toLowerCase() === textOfPieces(wanted).toLowerCase(),
    isValue: isBool,
    takesVariables: false,
  },
  IpAddress: {
    compare: (value, wanted) => isInRange(value, textOfPieces(wanted)),
    isValue: isIpRange,
    takesVariables: false,
  },
  // AWS documents both to behave the same.
  ArnEquals: arn,
  ArnLike: arn,
};

const NEGATED: Readonly<Record<NegatedTest, PositiveTest>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

/** Every test, for tests and for lists on the screen. */
export const CONDITION_TESTS: readonly ConditionTest[] = [
  ...Object.keys(POSITIVE).filter(isPositive),
  ...Object.keys(NEGATED).filter(isNegated),
];

/** An operator of a condition, taken apart. */
export interface Operator extends Test {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly isNegated: boolean;
  /** `…IfExists` */
  readonly isOptional: boolean;
}

/** Takes an operator's name apart, or returns `undefined` for one that the engine does not know; `Null` is none. */
export function readOperator(name: string): Operator | undefined {
  const quantifier = name.startsWith('ForAllValues:') ? 'all' : name.startsWith('ForAnyValue:') ? 'any' : undefined;
  const rest = quantifier === undefined ? name : name.slice(name.indexOf(':') + 1);
  const isOptional = rest.endsWith('IfExists');
  const test = isOptional ? rest.slice(0, -'IfExists'.length) : rest;
  if (isPositive(test)) return { ...POSITIVE[test], quantifier, isOptional, isNegated: false };
  if (isNegated(test)) return { ...POSITIVE[NEGATED[test]], quantifier, isOptional, isNegated: true };
  return undefined;
}

function isPositive(test: string): test is PositiveTest {
  return Object.hasOwn(POSITIVE, test);
}

function isNegated(test: string): test is NegatedTest {
  return Object.hasOwn(NEGATED, test);
}

/** `true` or `false`, in any case. */
export function isBool(value: string): boolean {
  return /^(?:true|false)$/i.test(value);
}
