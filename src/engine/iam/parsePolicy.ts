import { type Members, membersOf, readJson, stringsOf } from './jsonPolicy.ts';
import { parseCondition } from './parseCondition.ts';
import { parsePrincipal } from './parsePrincipal.ts';
import type { PolicyDocument, PolicyStatement } from './policy.ts';
import { type PolicyKind, PolicyProblem, PROBLEMS, type ProblemSentences } from './policyProblems.ts';
import { type S3Target, targetsOf } from './s3Actions.ts';
import { findUnknownVariable } from './variables.ts';

export type { PolicyKind } from './policyProblems.ts';

/** What a policy is put on. */
export interface PolicyTarget {
  /** Of a bucket policy. */
  readonly bucketName?: string;
  /** Whether AWS knows an ARN, a 12-digit account or a canonical id that a `Principal` names. Absent: everybody well-formed is known. */
  readonly principalExists?: (name: string) => boolean;
}

/** The policy, ready to be evaluated, or the sentence with which AWS refuses it. */
export type ParsedPolicy = { readonly ok: PolicyDocument } | { readonly problem: string };

interface Rules {
  readonly kind: PolicyKind;
  readonly say: ProblemSentences;
  readonly target: PolicyTarget;
  readonly hasVariables: boolean;
}

/**
 * Reads a policy and refuses everything that would not be evaluated exactly as it is written: an operator, a condition
 * key, a variable or a member that the engine does not know is a problem, never ignored.
 *
 * S3 answers `MalformedPolicy` with the sentence, KMS `MalformedPolicyDocumentException`.
 */
export function parsePolicy(text: string, kind: PolicyKind, target: PolicyTarget = {}): ParsedPolicy {
  const say = PROBLEMS[kind];
  try {
    return { ok: parseDocument(readJson(text, kind, say), kind, target, say) };
  } catch (error) {
    if (error instanceof PolicyProblem) return { problem: error.message };
    throw error;
  }
}

const DOCUMENT_MEMBERS: readonly string[] = ['Version', 'Id', 'Statement'];
const STATEMENT_MEMBERS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function parseDocument(
  members: Members,
  kind: PolicyKind,
  target: PolicyTarget,
  say: ProblemSentences,
): PolicyDocument {
  refuseUnknown(members, DOCUMENT_MEMBERS, say);
  const Version = versionOf(members.get('Version'), say);
  const Id = members.get('Id');
  if (Id !== undefined && typeof Id !== 'string') throw new PolicyProblem(say.syntax);
  const written = members.get('Statement');
  if (written === undefined) throw new PolicyProblem(say.missing('Statement'));
  const statements: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (statements.length === 0) throw new PolicyProblem(say.noStatement);
  const rules: Rules = { kind, say, target, hasVariables: Version === '2012-10-17' };
  const Statement = statements.map(statement => parseStatement(statement, rules));
  const sids = Statement.flatMap(({ Sid }) => (Sid ? [Sid] : []));
  if (new Set(sids).size < sids.length) throw new PolicyProblem(say.repeatedSid);
  return { ...(Version ? { Version } : {}), ...(Id === undefined ? {} : { Id }), Statement };
}

function versionOf(value: unknown, say: ProblemSentences): PolicyDocument['Version'] {
  if (value === undefined || value === '2012-10-17' || value === '2008-10-17') return value;
  throw new PolicyProblem(say.version);
}

function parseStatement(written: unknown, rules: Rules): PolicyStatement {
  const { kind, say, target, hasVariables } = rules;
  const members = membersOf(written);
  if (!members) throw new PolicyProblem(say.syntax);
  refuseUnknown(members, STATEMENT_MEMBERS, say);
  const Sid = sidOf(members.get('Sid'), kind, say);
  const Effect = effectOf(members, say);
  const isForResource = kind === 'bucket' || kind === 'key';
  const who = oneOf(members, 'Principal', 'NotPrincipal', isForResource, say);
  if (who && !isForResource) throw new PolicyProblem(say.principalForbidden);
  if (who?.name === 'NotPrincipal' && Effect === 'Allow') throw new PolicyProblem(say.principalOfAllow);
  const action = listMember(members, 'Action', 'NotAction', say);
  const resource = listMember(members, 'Resource', 'NotResource', say);
  for (const name of action.values) checkAction(name, rules);
  for (const name of resource.values) checkResource(name, rules);
  if (kind === 'bucket' && action.name === 'Action' && resource.name === 'Resource') {
    checkTargets(action.values, resource.values, say);
  }
  const condition = members.get('Condition');
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    ...(who ? { [who.name]: parsePrincipal(who.value, who.name, say, target.principalExists) } : {}),
    [action.name]: action.values,
    [resource.name]: resource.values,
    ...(condition === undefined ? {} : { Condition: parseCondition(condition, kind, hasVariables, say) }),
  };
}

function refuseUnknown(members: Members, known: readonly string[], say: ProblemSentences): void {
  const unknown = [...members.keys()].find(name => !known.includes(name));
  if (unknown !== undefined) throw new PolicyProblem(say.unknownMember(unknown));
}

function sidOf(value: unknown, kind: PolicyKind, say: ProblemSentences): string | undefined {
  if (value === undefined) return undefined;
  const isOwn = kind === 'identity' || kind === 'session';
  if (typeof value !== 'string' || (isOwn && !/^[A-Za-z0-9]*$/.test(value))) throw new PolicyProblem(say.syntax);
  return value === '' ? undefined : value;
}

function effectOf(members: Members, say: ProblemSentences): 'Allow' | 'Deny' {
  const value = members.get('Effect');
  if (value === 'Allow' || value === 'Deny') return value;
  if (value === undefined) throw new PolicyProblem(say.missing('Effect'));
  throw new PolicyProblem(typeof value === 'string' ? say.effect(value) : say.syntax);
}

/** One of two members that exclude each other. */
function oneOf<Name extends string>(
  members: Members,
  plain: Name,
  negated: Name,
  isRequired: boolean,
  say: ProblemSentences,
): { readonly name: Name; readonly value: unknown } | undefined {
  const present = [plain, negated].filter(name => members.has(name));
  if (present.length > 1) throw new PolicyProblem(say.syntax);
  const name = present[0];
  if (name === undefined && isRequired) throw new PolicyProblem(say.missing(plain));
  return name === undefined ? undefined : { name, value: members.get(name) };
}

function listMember<Name extends string>(members: Members, plain: Name, negated: Name, say: ProblemSentences) {
  const found = oneOf(members, plain, negated, true, say);
  const values = stringsOf(found?.value);
  if (!found || !values) throw new PolicyProblem(say.syntax);
  if (values.length === 0) throw new PolicyProblem(say.empty(found.name));
  return { name: found.name, values };
}

/** Services whose actions a policy of each kind may name. */
const SERVICES: Readonly<Record<PolicyKind, readonly string[]>> = {
  bucket: ['s3'],
  key: ['kms'],
  identity: ['s3', 'kms', 'sts'],
  session: ['s3', 'kms', 'sts'],
};

function checkAction(action: string, { kind, say }: Rules): void {
  if (action === '*') return;
  const [, service = ''] = /^([a-z0-9]+):[A-Za-z0-9*?]+$/i.exec(action) ?? [];
  const isKnown = SERVICES[kind].includes(service.toLowerCase());
  if (!isKnown || (kind === 'bucket' && targetsOf(action).length === 0)) throw new PolicyProblem(say.action(action));
}

function checkResource(resource: string, { kind, say, target, hasVariables }: Rules): void {
  if (!isResource(resource, kind, target)) throw new PolicyProblem(say.resource(resource));
  const unknown = hasVariables ? findUnknownVariable(resource) : undefined;
  if (unknown !== undefined) throw new PolicyProblem(say.variable(unknown));
}

function isResource(resource: string, kind: PolicyKind, { bucketName }: PolicyTarget): boolean {
  if (kind !== 'bucket') {
    return resource === '*' || resource.startsWith(kind === 'key' ? 'arn:aws:kms:' : 'arn:');
  }
  const bucket = /^arn:aws:s3:::([^/*?$]+)(?:\/|$)/.exec(resource)?.[1];
  return bucket !== undefined && (bucketName === undefined || bucket === bucketName);
}

/** Each action must be about one of the statement's resources at least. */
function checkTargets(actions: readonly string[], resources: readonly string[], say: ProblemSentences): void {
  const named = new Set<S3Target>(resources.map(resource => (resource.includes('/') ? 'object' : 'bucket')));
  const isIdle = (action: string) => action !== '*' && !targetsOf(action).some(target => named.has(target));
  if (actions.some(isIdle)) throw new PolicyProblem(say.actionWithoutResource);
}
