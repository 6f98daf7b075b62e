import { invariant } from '../errors.ts';
import { type ConditionBlock, type ConditionTest, listOf } from './policy.ts';
import { isArnLike, isLike } from './wildcard.ts';

/** Condition keys and their values in a request. An absent key is an absent value. */
export type ConditionValues = Readonly<Record<string, string>>;

type Comparison = (value: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<Exclude<ConditionTest, 'Null' | 'StringNotEquals'>, Comparison>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: isLike,
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  ArnLike: isArnLike,
};

/**
 * The first condition that does not hold, in a few words, or `undefined` when all hold.
 *
 * An absent value fails every operator except `StringNotEquals` (F-POL-021), `Null` with `true` (F-POL-020) and the
 * `…IfExists` forms. Names of condition keys are compared without regard to case.
 */
export function findUnmetCondition(block: ConditionBlock | undefined, values: ConditionValues): string | undefined {
  const present = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [operator, tests] of Object.entries(block ?? {})) {
    for (const [name, wanted] of Object.entries(tests)) {
      const value = present.get(name.toLowerCase());
      if (!isMet(operator, value, listOf(wanted))) return unmetText(operator, name, value);
    }
  }
  return undefined;
}

function isMet(operator: string, value: string | undefined, wanted: readonly string[]): boolean {
  if (operator === 'Null') return wanted.some(text => (text === 'true') === (value === undefined));
  const isOptional = operator.endsWith('IfExists');
  const test = isOptional ? operator.slice(0, -'IfExists'.length) : operator;
  if (test === 'StringNotEquals') return value === undefined || !wanted.includes(value);
  invariant(isComparison(test), 'a policy uses only operators that the engine knows');
  if (value === undefined) return isOptional;
  return wanted.some(text => COMPARISONS[test](value, text));
}

function isComparison(test: string): test is keyof typeof COMPARISONS {
  return Object.hasOwn(COMPARISONS, test);
}

function unmetText(operator: string, name: string, value: string | undefined): string {
  if (operator === 'Null') return value === undefined ? `${name} is absent` : `${name} is present`;
  return value === undefined ? `${name} is absent` : `${name} is ${value}`;
}
