import type { Actor, Place } from '../../../engine/index.ts';
import type { AlignedRow } from '../../../scene/align.ts';
import { type Aspect, CHANCE, type Difference } from '../../../scene/stepDifferences.ts';

/** What differs, as the head of a line. */
export const ASPECT_WORDS: Readonly<Record<Aspect, string>> = {
  actor: 'Who does it',
  principal: 'Who asks',
  call: 'API call',
  header: 'Headers',
  verb: 'What is done',
  artifact: 'With what',
  key: 'With which keys',
  algorithm: 'Algorithm',
  place: 'Where',
  verdict: 'Decision',
  statement: 'Statements that apply',
  comparison: 'Comparison',
  status: 'HTTP status',
  code: 'Error code',
  record: 'Log record',
};

export const ACTOR_WORDS: Readonly<Partial<Record<Actor, string>>> = {
  client: 'you',
  s3: 'Amazon S3',
  kms: 'AWS KMS',
  tap: 'the tap',
  trail: 'CloudTrail',
};
const PLACE_WORDS: Readonly<Record<Place, string>> = {
  client: 'your side',
  network: 'the network',
  's3.memory': 'S3 memory',
  's3.disk': 'S3 disks',
  's3.keys': 'S3’s own keys',
  'kms.host': 'KMS, outside the HSM',
  'kms.hsm': 'the HSM of KMS',
  audit: 'CloudTrail',
};
const KIND_WORDS: Readonly<Record<string, string>> = {
  'plaintext-object': 'the object, readable',
  'ciphertext-object': 'the object, encrypted',
  'backing-key': 'KMS key',
  's3-root-key': 'S3 root key',
  'customer-key': 'your SSE-C key',
  'wrapping-key': 'your wrapping key',
  'public-key': 'your public key',
  'derived-key': 'a derived key',
};
const GATE_WORDS: Readonly<Record<string, string>> = {
  's3 authorized': 'S3 allows',
  's3 denied': 'S3 denies',
  'kms authorized': 'KMS allows',
  'kms denied': 'KMS denies',
};
/** By the last part of their ARN; others are called as it says. */
const PERSON_WORDS: Readonly<Record<string, string>> = { ana: 'Ana', 's3-administrator': 'S3 administrator' };
const STATEMENT_WORDS: Readonly<Record<string, string>> = {
  identity: 'identity policy',
  session: 'session policy',
  bucket: 'bucket policy',
  key: 'key policy',
  grant: 'grant',
};

/** One thing that a side has and the other has not. */
export interface DifferenceText {
  readonly text: string;
  /** Stands in the byte typeface: a name that AWS uses. */
  readonly isCode: boolean;
}

/** Aspects whose texts are names of AWS. */
const CODE_ASPECTS: ReadonlySet<Aspect> = new Set<Aspect>(['call', 'header', 'code', 'record']);

/** The words for one side of a difference; what is there several times is counted. */
export function textsOf({ what }: Difference, texts: readonly string[]): readonly DifferenceText[] {
  if (what === 'only') return [];
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({
    text: `${wordOf(what, text)}${count > 1 ? ` × ${count}` : ''}`,
    isCode: CODE_ASPECTS.has(what),
  }));
}

function wordOf(what: Aspect, text: string): string {
  switch (what) {
    case 'actor':
      return lookUp(ACTOR_WORDS, text) ?? text;
    case 'place':
      return lookUp(PLACE_WORDS, text) ?? text;
    case 'artifact':
    case 'key':
      return lookUp(KIND_WORDS, text) ?? text.replaceAll('-', ' ');
    case 'verdict':
      return lookUp(GATE_WORDS, text) ?? text;
    case 'statement': {
      const [policy = '', ...sid] = text.split(' ');
      return `${sid.join(' ')} (${lookUp(STATEMENT_WORDS, policy) ?? policy})`;
    }
    case 'principal':
      return lookUp(PERSON_WORDS, text) ?? text.replaceAll('-', ' ');
    case 'comparison':
      return text.replaceAll('-', ' ');
    case 'header':
      return text.endsWith(`: ${CHANCE}`) ? text.slice(0, -`: ${CHANCE}`.length) : text;
    default:
      return text;
  }
}

function lookUp(table: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** How a row stands, in a word or two. */
export function rowState(row: AlignedRow, labels: { readonly left: string; readonly right: string }): string {
  if (row.left === undefined) return `only in “${labels.right}”`;
  if (row.right === undefined) return `only in “${labels.left}”`;
  return row.isSame ? 'same' : 'differs';
}

/** What differs in a row, in one sentence. */
export function rowSentence(row: AlignedRow, labels: { readonly left: string; readonly right: string }): string {
  if (row.left === undefined) return `This step is only in “${labels.right}”.`;
  if (row.right === undefined) return `This step is only in “${labels.left}”.`;
  if (row.isSame) return 'The same on both sides.';
  const aspects = row.differences.flatMap(({ what }) => (what === 'only' ? [] : [ASPECT_WORDS[what].toLowerCase()]));
  return `Differs in: ${aspects.map(aspect => aspect.replace(/^(http|api)\b/, name => name.toUpperCase())).join(', ')}.`;
}
