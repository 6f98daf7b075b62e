import { invariant } from '../errors.ts';
import { type Operator, readOperator } from './conditionTests.ts';
import { type ConditionBlock, listOf } from './policy.ts';
import { type PresentValues, plain, resolveVariables } from './variables.ts';

/** Condition keys and their value or values in a request. An absent key is an absent value. */
export type ConditionValues = Readonly<Record<string, string | readonly string[]>>;

/** The values of a request as conditions look them up: names count without regard to case; a key without values is absent. */
export function presentValues(values: ConditionValues): PresentValues {
  const present = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(values)) {
    const lower = name.toLowerCase();
    const all = [...(present.get(lower) ?? []), ...listOf(value)];
    if (all.length > 0) present.set(lower, all);
  }
  return present;
}

/**
 * The first condition that does not hold, in a few words, or `undefined` when all hold.
 *
 * Of several wanted values one must fit, or with a negated operator none may. An absent value fails every operator
 * except the negated ones (F-POL-021), `Null` with `true` (F-POL-020), `ForAllValues:…` and `…IfExists`.
 *
 * @param hasVariables whether policy variables are replaced, which the older policy version does not know
 */
export function findUnmetCondition(
  block: ConditionBlock | undefined,
  values: PresentValues,
  hasVariables: boolean,
): string | undefined {
  for (const [operator, tests] of Object.entries(block ?? {})) {
    for (const [name, wanted] of Object.entries(tests)) {
      const present = values.get(name.toLowerCase());
      if (!isMet(operator, present, listOf(wanted), hasVariables ? values : undefined)) {
        return unmetText(operator, name, present);
      }
    }
  }
  return undefined;
}

function isMet(
  name: string,
  present: readonly string[] | undefined,
  wanted: readonly string[],
  variables: PresentValues | undefined,
): boolean {
  if (name === 'Null') return wanted.some(text => (text.toLowerCase() === 'true') === (present === undefined));
  const operator = readOperator(name);
  invariant(operator, 'a policy uses only operators that the engine knows');
  const { quantifier, isNegated, isOptional } = operator;
  if (present === undefined) {
    return isOptional || quantifier === 'all' || (isNegated && quantifier === undefined);
  }
  const holds = (value: string) => isNegated !== wanted.some(text => fits(operator, value, text, variables));
  // Without a prefix, a key with several values is asked whether some value fits, or whether none does.
  const isEvery = quantifier === 'all' || (quantifier === undefined && isNegated);
  return isEvery ? present.every(holds) : present.some(holds);
}

function fits(operator: Operator, value: string, wanted: string, variables: PresentValues | undefined): boolean {
  const pieces = variables && operator.takesVariables ? resolveVariables(wanted, variables) : plain(wanted);
  return pieces !== undefined && operator.compare(value, pieces);
}

function unmetText(operator: string, name: string, present: readonly string[] | undefined): string {
  if (present === undefined) return `${name} is absent`;
  return operator === 'Null' ? `${name} is present` : `${name} is ${present.join(', ')}`;
}
