/** What a policy is for, which decides what it may hold and who refuses it. */
export type PolicyKind = 'identity' | 'bucket' | 'key' | 'session';

/** The sentence for each thing that can be wrong with a policy. */
export interface ProblemSentences {
  readonly notJson: string;
  readonly brokenJson: string;
  readonly tooLarge: string;
  readonly syntax: string;
  readonly version: string;
  readonly noStatement: string;
  readonly repeatedSid: string;
  readonly principal: string;
  readonly principalOfAllow: string;
  readonly principalForbidden: string;
  readonly repeatedMember: (name: string) => string;
  readonly unknownMember: (name: string) => string;
  readonly missing: (name: string) => string;
  readonly empty: (name: string) => string;
  readonly effect: (value: string) => string;
  readonly action: (value: string) => string;
  readonly resource: (value: string) => string;
  readonly actionWithoutResource: string;
  readonly conditionOperator: (name: string) => string;
  readonly conditionName: (name: string) => string;
  readonly conditionValue: (operator: string, value: string) => string;
  readonly variable: (text: string) => string;
}

/** Where AWS's own sentence is not known, or AWS would accept what is not modelled here. */
const OURS = {
  repeatedMember: (name: string) => `The member ${name} appears twice`,
  conditionName: (name: string) => `The condition key ${name} is not supported here`,
  conditionOperator: (name: string) => `The condition operator ${name} is not supported here`,
  conditionValue: (operator: string, value: string) => `${value} is no value for the condition operator ${operator}`,
  variable: (text: string) => `The policy variable ${text} is not supported here`,
  principalOfAllow: 'Allow with NotPrincipal is not allowed',
  actionWithoutResource: 'Action does not apply to any resource(s) in statement',
};

const BUCKET: ProblemSentences = {
  ...OURS,
  notJson: "Policies must be valid JSON and the first byte must be '{'",
  brokenJson: 'This policy contains invalid Json',
  tooLarge: 'Normalized policy document exceeds the maximum allowed size of 20480 bytes',
  syntax: 'Invalid policy syntax.',
  version: 'The policy must contain a valid version string',
  noStatement: 'Could not parse the policy: Statement is empty!',
  repeatedSid: 'Statement IDs (SID) in a single policy must be unique.',
  principal: 'Invalid principal in policy',
  principalForbidden: 'Invalid policy syntax.',
  unknownMember: name => `Unknown field ${name}`,
  missing: name => `Missing required field ${name}`,
  empty: name => `Missing required field ${name} cannot be empty!`,
  effect: value => `Invalid effect: ${value}`,
  action: () => 'Policy has invalid action',
  resource: () => 'Policy has invalid resource',
  conditionOperator: name => `Invalid Condition type : ${name}`,
  conditionName: name => (/^aws:/i.test(name) ? OURS.conditionName(name) : 'Policy has an invalid condition key'),
};

const KEY: ProblemSentences = {
  ...OURS,
  notJson: 'The policy is not valid JSON',
  brokenJson: 'The policy is not valid JSON',
  tooLarge: 'The key policy is longer than 32768 bytes',
  syntax: 'The policy contains a syntax error',
  version: 'The policy has an invalid version',
  noStatement: 'The policy contains no statement',
  repeatedSid: 'The policy contains statements with the same Sid',
  principal: 'Policy contains a statement with one or more invalid principals.',
  principalForbidden: 'The policy contains a syntax error',
  unknownMember: name => `The policy contains the unknown member ${name}`,
  missing: name => `Policy contains a statement with no ${name}`,
  empty: name => `Policy contains a statement with an empty ${name}`,
  effect: value => `Policy contains a statement with the invalid Effect ${value}`,
  action: value => `Policy contains a statement with the invalid action ${value}`,
  resource: value => `Policy contains a statement with the invalid resource ${value}`,
};

const IAM: ProblemSentences = {
  ...OURS,
  notJson: 'Syntax errors in policy.',
  brokenJson: 'Syntax errors in policy.',
  tooLarge: 'Cannot exceed quota for PolicySize: 6144',
  syntax: 'Syntax errors in policy.',
  version: 'Syntax errors in policy.',
  noStatement: 'Syntax errors in policy.',
  repeatedSid: 'Statement IDs (SID) in a single policy must be unique.',
  principal: 'Policy document should not specify a principal.',
  principalForbidden: 'Policy document should not specify a principal.',
  unknownMember: name => `The policy contains the unknown member ${name}`,
  missing: name => MISSING_IN_IAM.get(name) ?? 'Syntax errors in policy.',
  empty: name => MISSING_IN_IAM.get(name) ?? 'Syntax errors in policy.',
  effect: () => 'Syntax errors in policy.',
  action: value =>
    value.includes(':')
      ? `The action ${value} belongs to no service here`
      : 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  resource: value => `Resource ${value} must be in ARN format or "*".`,
};

const MISSING_IN_IAM: ReadonlyMap<string, string> = new Map([
  ['Action', 'Policy statement must contain actions.'],
  ['Resource', 'Policy statement must contain resources.'],
]);

export const PROBLEMS: Readonly<Record<PolicyKind, ProblemSentences>> = {
  bucket: BUCKET,
  key: KEY,
  identity: IAM,
  session: { ...IAM, tooLarge: 'Cannot exceed quota for PolicySize: 2048' },
};

/** Thrown while a policy is read, and caught by `parsePolicy`: the sentence for its author. */
export class PolicyProblem extends Error {
  constructor(sentence: string) {
    // It repeats what a stranger wrote, and goes into XML and JSON.
    super(sentence.slice(0, 512).replace(/[^\x20-\x7e\u00a0-\ud7ff]/g, '?'));
    this.name = 'PolicyProblem';
  }
}
