import {
  type Fork,
  type Mode,
  PRINCIPALS,
  type PrincipalName,
  type RunSpec,
  type Transport,
} from '../../../engine/index.ts';
import { isClientSide } from '../../session/spec.ts';
import { formatSpec } from '../../session/specText.ts';
import { changedLabel, changedWords } from '../../workspace/changeWords.ts';

/** Seed of both runs unless an address names another: with one seed the same object has the same bytes on both sides. */
export const PAIR_SEED = 'side-by-side';

export interface Pair {
  readonly left: RunSpec;
  readonly right: RunSpec;
}

const plain = (mode: Mode, more: Partial<RunSpec> = {}): RunSpec => ({
  mode,
  operation: 'upload',
  transport: 'https',
  principal: 'owner',
  seed: PAIR_SEED,
  ...more,
});
const ADMIN_READS = { operation: 'download', principal: 's3-admin' } as const;

/** What one wants to see when nothing is said. */
export const DEFAULT_PAIR: Pair = { left: plain('sse-s3'), right: plain('sse-kms-cmk') };

/** Pairs that belong side by side: each shows one thing that is easily taken for another. */
export const PRESETS: readonly { readonly text: string; readonly pair: Pair }[] = [
  { text: 'SSE-S3 and SSE-KMS', pair: DEFAULT_PAIR },
  {
    text: 'aws/s3 and your key, as the S3 administrator',
    pair: { left: plain('sse-kms-aws', ADMIN_READS), right: plain('sse-kms-cmk', ADMIN_READS) },
  },
  { text: 'SSE-C and client-side', pair: { left: plain('sse-c'), right: plain('cse-aes') } },
  { text: 'SSE-KMS and DSSE-KMS', pair: { left: plain('sse-kms-cmk'), right: plain('dsse-kms') } },
  { text: 'HTTP and HTTPS', pair: { left: plain('sse-s3', { transport: 'http' }), right: plain('sse-s3') } },
];

export const PRINCIPAL_WORDS: Readonly<Record<PrincipalName, string>> = {
  owner: 'application owner',
  's3-admin': 'S3 administrator',
  stranger: 'stranger',
};
/** Where room is short. */
export const PRINCIPAL_BRIEF: Readonly<Record<PrincipalName, string>> = {
  owner: 'owner',
  's3-admin': 'S3 admin',
  stranger: 'stranger',
};
export const TRANSPORT_WORDS: Readonly<Record<Transport, string>> = { https: 'HTTPS', http: 'HTTP' };

export const MODE_GROUPS: readonly { readonly text: string; readonly modes: readonly Mode[] }[] = [
  { text: 'Server-side', modes: ['sse-s3', 'sse-kms-cmk', 'sse-kms-aws', 'dsse-kms', 'sse-c'] },
  { text: 'Client-side', modes: ['cse-aes', 'cse-rsa', 'cse-kms'] },
  { text: 'Before 2023', modes: ['none'] },
];
export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  'sse-s3': 'SSE-S3',
  'sse-kms-cmk': 'SSE-KMS · your key',
  'sse-kms-aws': 'SSE-KMS · aws/s3',
  'dsse-kms': 'DSSE-KMS',
  'sse-c': 'SSE-C',
  'cse-aes': 'Client-side · AES',
  'cse-rsa': 'Client-side · RSA',
  'cse-kms': 'Client-side · KMS',
  none: 'Before 2023',
};

type Wish = Partial<Pick<RunSpec, 'mode' | 'operation' | 'transport' | 'principal'>>;

/** A run with another wish. A choice made by hand leaves a lesson, an experiment, a fork or an attack. */
export function changedSide(spec: RunSpec, wish: Wish): RunSpec {
  const { mode, operation, transport, principal, format, envelope, seed } = { ...spec, ...wish };
  const isSpecial = isPartOfMore(spec);
  const keepsClient = isClientSide(mode) && !isSpecial;
  return {
    mode,
    operation,
    transport,
    principal: PRINCIPALS.find(each => each === principal) ?? 'owner',
    ...(keepsClient && format ? { format } : {}),
    ...(keepsClient && envelope ? { envelope } : {}),
    seed: seed ?? PAIR_SEED,
  };
}

/** Both runs under one seed: that of the left run, else of the right one. */
export function seeded({ left, right }: Pair): Pair {
  const seed = left.seed ?? right.seed ?? PAIR_SEED;
  return { left: { ...left, seed }, right: { ...right, seed } };
}

function isPartOfMore(spec: RunSpec): boolean {
  return Boolean(spec.lesson ?? spec.experiment ?? spec.fork ?? spec.attack);
}

/** When one of two runs is the other but for one change: which, what is changed, and after which step. */
export function forkOf({ left, right }: Pair): (Fork & { readonly side: 'left' | 'right' }) | undefined {
  const bare = ({ fork: _fork, ...spec }: RunSpec) => formatSpec(spec);
  if (bare(left) !== bare(right)) return undefined;
  if (right.fork && !left.fork) return { ...right.fork, side: 'right' };
  return left.fork && !right.fork ? { ...left.fork, side: 'left' } : undefined;
}

/** Short names that tell two runs apart: the mode, and of the rest what is not the same. */
export function labelsOf({ left, right }: Pair): { readonly left: string; readonly right: string } {
  const fork = forkOf({ left, right });
  if (fork?.side === 'right') return { left: 'As it was', right: changedLabel(fork.change) };
  if (fork) return { left: changedLabel(fork.change), right: 'As it was' };
  const tellsApart = (pick: (spec: RunSpec) => string | undefined) => pick(left) !== pick(right);
  const parts: readonly ((spec: RunSpec) => string | undefined)[] = [
    spec => (spec.operation === 'upload' ? 'upload' : 'download'),
    spec => {
      const known = PRINCIPALS.find(each => each === spec.principal);
      return known ? `as ${PRINCIPAL_WORDS[known]}` : `as ${spec.principal}`;
    },
    spec => TRANSPORT_WORDS[spec.transport],
    spec => (isClientSide(spec.mode) ? `format ${(spec.format ?? 'v3').toUpperCase()}` : undefined),
    spec => (spec.envelope === 'instruction-file' ? 'instruction file' : undefined),
    spec => (spec.lesson ? `lesson, act ${spec.lesson.act + 1}` : undefined),
    spec => (spec.experiment ? `experiment, act ${spec.experiment.act + 1}` : undefined),
    spec => (spec.fork ? changedWords(spec.fork.change) : undefined),
    spec => (spec.attack ? 'an attacker tries' : undefined),
  ];
  // The format tells two runs apart only where both have one.
  const telling = parts.filter(
    (pick, index) => tellsApart(pick) && (index !== 3 || (pick(left) !== undefined && pick(right) !== undefined)),
  );
  const nameOf = (spec: RunSpec) => [MODE_NAMES[spec.mode], ...telling.flatMap(pick => pick(spec) ?? [])].join(', ');
  return { left: nameOf(left), right: nameOf(right) };
}

/** Whether two pairs ask for the same runs, whatever their seeds. */
export function isSamePair(one: Pair, other: Pair): boolean {
  const textOf = (spec: RunSpec) => JSON.stringify({ ...changedSide(spec, {}), seed: '', more: isPartOfMore(spec) });
  return textOf(one.left) === textOf(other.left) && textOf(one.right) === textOf(other.right);
}
