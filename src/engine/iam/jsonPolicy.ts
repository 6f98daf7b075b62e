import { utf8 } from '../bytes/bytes.ts';
import { type PolicyKind, PolicyProblem, type ProblemSentences } from './policyProblems.ts';

/** More than any policy has, whitespace included; what is longer is not read at all. */
const LONGEST_TEXT = 262_144;

/** How long a policy may be, and what is counted. AWS counts policies of people and of buckets without whitespace. */
const LIMITS: Readonly<Record<PolicyKind, { readonly bytes: number; readonly isWhole: boolean }>> = {
  bucket: { bytes: 20_480, isWhole: false },
  // F-KMS-089
  key: { bytes: 32_768, isWhole: true },
  identity: { bytes: 6_144, isWhole: false },
  session: { bytes: 2_048, isWhole: true },
};

/** A JSON object as it was written; its own members only, whatever they are called. */
export type Members = ReadonlyMap<string, unknown>;

/**
 * The members of the policy's outer object.
 * @throws PolicyProblem
 */
export function readJson(text: string, kind: PolicyKind, say: ProblemSentences): Members {
  if (text.length > LONGEST_TEXT) throw new PolicyProblem(say.tooLarge);
  if (kind === 'bucket' && !text.startsWith('{')) throw new PolicyProblem(say.notJson);
  const { bytes, isWhole } = LIMITS[kind];
  let value: unknown;
  let counted: string;
  try {
    value = JSON.parse(text);
    // Lists within lists can be too deep even for this.
    counted = isWhole ? text : JSON.stringify(value);
  } catch {
    throw new PolicyProblem(say.brokenJson);
  }
  const members = membersOf(value);
  if (!members) throw new PolicyProblem(say.notJson);
  if (utf8(counted).length > bytes) throw new PolicyProblem(say.tooLarge);
  const repeated = findRepeatedMember(text);
  if (repeated !== undefined) throw new PolicyProblem(say.repeatedMember(repeated));
  return members;
}

/** The members of a JSON object, or `undefined` for anything else. */
export function membersOf(value: unknown): Members | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

/** A string or a list of strings; anything else is `undefined`. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every(item => typeof item === 'string') ? list : undefined;
}

/**
 * The first member that its object names twice, which would silently replace the first.
 * @param text valid JSON
 */
function findRepeatedMember(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, isName] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (isName !== undefined) {
      const name = String(JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)));
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
