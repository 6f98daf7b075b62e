/** The policy of a browser form: what may be uploaded with it (S3 API reference, "Creating a POST policy"). */
import { textOf } from '../../bytes/bytes.ts';
import { parseBase64 } from '../../bytes/text.ts';
import { parseIsoDate } from '../../http/date.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

interface Condition {
  readonly operator: 'eq' | 'starts-with';
  /** Lowercase, without `$`. */
  readonly field: string;
  readonly value: string;
  /** As S3 names it when it does not hold. */
  readonly text: string;
}

interface LengthRange {
  readonly min: number;
  readonly max: number;
}

interface PostPolicy {
  /** Milliseconds since 1970. */
  readonly expiration: number;
  readonly conditions: readonly Condition[];
  readonly lengths: readonly LengthRange[];
}

/** Fields that no condition needs to name, besides `x-ignore-…`. */
const FREE_FIELDS = ['x-amz-signature', 'policy', 'file', 'awsaccesskeyid', 'signature'];

/** Reads a policy in Base64. @throws Refusal */
export function parsePostPolicy(encoded: string): PostPolicy {
  const bytes = parseBase64(encoded.replace(/\s/g, ''));
  const policy = asRecord(findJson(bytes ? textOf(bytes) : ''));
  if (!policy) throw OBJECT_REFUSALS.policyDocument('Invalid JSON.');
  const { expiration: date, conditions: list } = policy;
  if (date === undefined) throw OBJECT_REFUSALS.policyDocument('Policy missing expiration.');
  const expiration = typeof date === 'string' ? parseIsoDate(date) : undefined;
  if (expiration === undefined) throw OBJECT_REFUSALS.policyDocument(`Invalid 'expiration' value: '${String(date)}'`);
  if (!Array.isArray(list)) throw OBJECT_REFUSALS.policyDocument('Policy missing conditions.');
  const conditions: Condition[] = [];
  const lengths: LengthRange[] = [];
  for (const one of list as unknown[]) {
    if (!Array.isArray(one)) conditions.push(parseSimple(one));
    else if (String(one[0]).toLowerCase() === 'content-length-range') lengths.push(parseLengths(one));
    else conditions.push(parseTest(one));
  }
  return { expiration, conditions, lengths };
}

/** `{"field": "value"}`. */
function parseSimple(one: unknown): Condition {
  const entries = Object.entries(asRecord(one) ?? {});
  const [entry, ...others] = entries;
  if (!entry || others.length > 0) {
    throw OBJECT_REFUSALS.policyDocument(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    );
  }
  const [name, value] = entry;
  if (typeof value !== 'string') {
    throw OBJECT_REFUSALS.policyDocument('Invalid Simple-Condition: value must be a string.');
  }
  return { operator: 'eq', field: name.toLowerCase(), value, text: inList(['eq', `$${name}`, value]) };
}

/** `["eq", "$field", "value"]`. Without `$` it names no field, so that it cannot hold. */
function parseTest(one: readonly unknown[]): Condition {
  const [operator, name, value] = one;
  const known = (['eq', 'starts-with'] as const).find(each => each === String(operator).toLowerCase());
  if (one.length !== 3 || !known || typeof name !== 'string' || typeof value !== 'string') {
    throw OBJECT_REFUSALS.policyDocument(`Invalid Condition: ${JSON.stringify(one)}`);
  }
  const field = name.startsWith('$') ? name.slice(1).toLowerCase() : '';
  return { operator: known, field, value, text: inList(one) };
}

/** `["content-length-range", 1, 1048576]`; both ends belong to it. */
function parseLengths(one: readonly unknown[]): LengthRange {
  const [min, max] = one.slice(1).map(end => (/^\d{1,15}$/.test(String(end)) ? Number(end) : undefined));
  if (one.length !== 3 || min === undefined || max === undefined) {
    throw OBJECT_REFUSALS.againstPolicy(`Policy Condition failed: ${inList(one)}`);
  }
  return { min, max };
}

/**
 * Checks a form against its policy: it has not expired, every condition holds, and every field is named by one.
 * @param fields by name in lowercase; `bucket` counts whether the form has it or not
 * @throws Refusal
 */
export function checkPostPolicy(
  policy: PostPolicy,
  fields: ReadonlyMap<string, string>,
  upload: { readonly bucketName: string; readonly contentLength: number; readonly now: number },
): void {
  if (upload.now >= policy.expiration) throw OBJECT_REFUSALS.againstPolicy('Policy expired.');
  const given = new Map([...fields, ['bucket', upload.bucketName]]);
  for (const condition of policy.conditions) {
    if (!isMet(condition, given.get(condition.field))) {
      throw OBJECT_REFUSALS.againstPolicy(`Policy Condition failed: ${condition.text}`);
    }
  }
  const named = new Set(policy.conditions.map(({ field }) => field));
  const extra = [...fields.keys()].filter(
    name => !named.has(name) && !FREE_FIELDS.includes(name) && !name.startsWith('x-ignore-') && name !== 'bucket',
  );
  if (extra.length > 0) throw OBJECT_REFUSALS.againstPolicy(`Extra input fields: ${extra.join(', ')}`);
  for (const { min, max } of policy.lengths) {
    if (upload.contentLength < min) throw OBJECT_REFUSALS.entityTooSmall(upload.contentLength, min);
    if (upload.contentLength > max) throw OBJECT_REFUSALS.entityTooLarge(upload.contentLength, max);
  }
}

function isMet({ operator, field, value }: Condition, given: string | undefined): boolean {
  if (given === undefined) return false;
  if (operator === 'eq') return given === value;
  // Several media types, with commas between them, must all begin that way.
  const parts = field === 'content-type' ? given.split(',').map(part => part.trim()) : [given];
  return parts.every(part => part.startsWith(value));
}

/** As S3 writes a condition into its answer. */
function inList(one: readonly unknown[]): string {
  return `[${one.map(part => JSON.stringify(part)).join(', ')}]`;
}

function findJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
