import { findConditionKey } from './conditionKeys.ts';
import { isBool, readOperator } from './conditionTests.ts';
import { membersOf } from './jsonPolicy.ts';
import type { ConditionBlock, ConditionOperator, ConditionTests } from './policy.ts';
import { type PolicyKind, PolicyProblem, type ProblemSentences } from './policyProblems.ts';
import { findUnknownVariable } from './variables.ts';

/** Whose condition keys a policy of each kind may name. */
const VENDORS: Readonly<Record<PolicyKind, readonly string[]>> = {
  bucket: ['aws', 's3'],
  key: ['aws', 'kms'],
  identity: ['aws', 's3', 'kms'],
  session: ['aws', 's3', 'kms'],
};

/**
 * Reads a statement's `Condition`. Numbers and truth values become text, as AWS takes them.
 * @throws PolicyProblem
 */
export function parseCondition(
  value: unknown,
  kind: PolicyKind,
  hasVariables: boolean,
  say: ProblemSentences,
): ConditionBlock {
  const operators = membersOf(value);
  if (!operators) throw new PolicyProblem(say.syntax);
  const block = [...operators].map(([operator, tests]): [ConditionOperator, ConditionTests] => {
    if (!isOperator(operator)) throw new PolicyProblem(say.conditionOperator(operator));
    const members = membersOf(tests);
    if (!members) throw new PolicyProblem(say.syntax);
    const checked = [...members].map(([name, wanted]): [string, readonly string[]] => {
      const conditionKey = findConditionKey(name);
      if (!conditionKey || !VENDORS[kind].includes(conditionKey.vendor)) {
        throw new PolicyProblem(say.conditionName(name));
      }
      return [name, parseValues(wanted, operator, hasVariables, say)];
    });
    return [operator, Object.fromEntries(checked)];
  });
  return Object.fromEntries(block);
}

function parseValues(
  wanted: unknown,
  operator: ConditionOperator,
  hasVariables: boolean,
  say: ProblemSentences,
): readonly string[] {
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (list.length === 0) throw new PolicyProblem(say.syntax);
  return list.map(item => {
    const isPlain = typeof item === 'string' || typeof item === 'boolean' || Number.isFinite(item);
    if (!isPlain) throw new PolicyProblem(say.syntax);
    const text = String(item);
    checkValue(text, operator, hasVariables, say);
    return text;
  });
}

function checkValue(text: string, operator: ConditionOperator, hasVariables: boolean, say: ProblemSentences): void {
  const known = readOperator(operator);
  if (known?.takesVariables && hasVariables && text.includes('${')) {
    const unknown = findUnknownVariable(text);
    if (unknown !== undefined) throw new PolicyProblem(say.variable(unknown));
    return;
  }
  if (!(known ? known.isValue(text) : isBool(text))) throw new PolicyProblem(say.conditionValue(operator, text));
}

function isOperator(name: string): name is ConditionOperator {
  return name === 'Null' || readOperator(name) !== undefined;
}
