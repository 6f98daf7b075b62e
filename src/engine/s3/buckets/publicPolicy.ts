/** Which bucket policies S3 calls public (S3 user guide, "The meaning of public"). */
import { isIpRange } from '../../iam/ipRange.ts';
import { listOf, type PolicyDocument, type PolicyStatement } from '../../iam/policy.ts';

/** Condition keys that, held to fixed values, keep the public out. */
const NARROWING = new Set(
  ['PrincipalAccount', 'PrincipalArn', 'PrincipalOrgID', 'SourceAccount', 'SourceArn', 'SourceOwner', 'SourceVpc']
    .concat(['SourceVpce', 'userid'])
    .map(name => `aws:${name.toLowerCase()}`),
);
const HOLDS_TO_VALUES = /^(?:ForAnyValue:)?(?:StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;
/** Wider ranges than these are as good as everybody. */
const WIDEST = { v4: 8, v6: 32 };

/** Whether a statement of the policy lets in everybody, without a condition that narrows it to somebody. */
export function isPublicPolicy({ Statement }: PolicyDocument): boolean {
  return Statement.some(
    statement => statement.Effect === 'Allow' && namesEverybody(statement) && !isNarrowed(statement),
  );
}

function namesEverybody({ Principal, NotPrincipal }: PolicyStatement): boolean {
  if (Principal === undefined) return NotPrincipal !== undefined;
  return Principal === '*' || Object.values(Principal).some(names => listOf(names).some(name => name.includes('*')));
}

function isNarrowed({ Condition = {} }: PolicyStatement): boolean {
  return Object.entries(Condition).some(([operator, tests]) =>
    Object.entries(tests ?? {}).some(([conditionKey, values]) => {
      const name = conditionKey.toLowerCase();
      if (operator === 'IpAddress') return name === 'aws:sourceip' && listOf(values).every(isNarrowRange);
      return HOLDS_TO_VALUES.test(operator) && NARROWING.has(name) && listOf(values).every(isFixed);
    }),
  );
}

function isFixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value);
}

function isNarrowRange(range: string): boolean {
  const [address = '', length] = range.split('/');
  const widest = address.includes(':') ? WIDEST.v6 : WIDEST.v4;
  return isIpRange(range) && (length === undefined || Number(length) >= widest);
}
