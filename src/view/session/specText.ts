import {
  CLIENT_FORMATS,
  DISK_PIECES,
  ENVELOPE_PLACES,
  type Fork,
  GUESTS,
  LEAKS,
  LESSONS,
  MODES,
  OPERATIONS,
  type PersonName,
  PRINCIPALS,
  type RunChange,
  type RunSpec,
  TRANSPORTS,
} from '../../engine/index.ts';
import { changedSpec, findActSpec, SEED_LIMIT } from './spec.ts';

/**
 * A run in one word of an address: `sse-kms-cmk.upload.https.owner`, then `format-…`, `envelope-…`, `lesson-<id>-<act>`,
 * `experiment-<id>-<act>`, `byte-<n>`, `fork-<after>-<change>`, `leaks-<a>+<b>`, `at-<n>`, `seed-<text>` as far as they are needed. The
 * opposite of `parseSpec`.
 */
export function formatSpec(spec: RunSpec): string {
  const { mode, operation, transport, principal, lesson, experiment, fork, attack, format, envelope, seed } = spec;
  const parts: string[] = [mode, operation, transport, principal];
  if (lesson) parts.push(`lesson-${lesson.id}-${lesson.act}`);
  else {
    if (format === 'v2') parts.push(`format-${format}`);
    if (envelope === 'instruction-file') parts.push(`envelope-${envelope}`);
  }
  if (experiment) parts.push(`experiment-${experiment.id}-${experiment.act}`);
  if (experiment?.byte !== undefined) parts.push(`byte-${experiment.byte}`);
  if (fork) parts.push(`fork-${fork.after}-${formatChange(fork.change)}`);
  if (attack) parts.push(`leaks-${attack.leaks.join('+')}`);
  if (attack?.memoryAt !== undefined) parts.push(`at-${attack.memoryAt}`);
  if (seed) parts.push(`seed-${encodeURIComponent(seed).replaceAll('.', '%2E')}`);
  return parts.join('.');
}

/** Reads what `formatSpec` wrote; `undefined` for anything else. Never throws, whatever it is given. */
export function parseSpec(text: string): RunSpec | undefined {
  const [first, second, third, fourth, ...rest] = text.slice(0, 400).split('.');
  const mode = find(MODES, first);
  const operation = find(OPERATIONS, second);
  const transport = find(TRANSPORTS, third);
  const principal: PersonName | undefined = find([...PRINCIPALS, ...GUESTS], fourth);
  if (!mode || !operation || !transport || !principal) return undefined;
  const more = new Map<string, string>();
  for (const part of rest) {
    const dash = part.indexOf('-');
    if (dash < 1) return undefined;
    more.set(part.slice(0, dash), part.slice(dash + 1));
  }
  const seed = decode(more.get('seed'))?.slice(0, SEED_LIMIT);
  const seeded = seed ? { seed } : {};
  const lesson = parseNumbered(more.get('lesson'));
  if (more.has('lesson')) {
    const id = find(LESSONS, lesson?.id);
    return id && lesson ? findActSpec(id, lesson.number, seed) : undefined;
  }
  const format = find(CLIENT_FORMATS, more.get('format'));
  const envelope = find(ENVELOPE_PLACES, more.get('envelope'));
  const bare: RunSpec = { mode, operation, transport, principal: 'owner' };
  const plain = {
    ...changedSpec(bare, { ...(format ? { format } : {}), ...(envelope ? { envelope } : {}) }),
    principal,
  };
  const extra = parseExtra(more);
  return extra && { ...plain, ...extra, ...seeded };
}

function parseExtra(more: ReadonlyMap<string, string>): Pick<RunSpec, 'experiment' | 'fork' | 'attack'> | undefined {
  if (more.has('experiment')) {
    const named = parseNumbered(more.get('experiment'));
    if (!named) return undefined;
    const byte = parseCount(more.get('byte'));
    return { experiment: { id: named.id, act: named.number, ...(byte === undefined ? {} : { byte }) } };
  }
  if (more.has('fork')) {
    const fork = parseFork(more.get('fork') ?? '');
    return fork && { fork };
  }
  if (more.has('leaks')) {
    const leaks = LEAKS.filter(leak => more.get('leaks')?.split('+').includes(leak));
    const memoryAt = parseCount(more.get('at'));
    return { attack: { leaks, ...(memoryAt === undefined ? {} : { memoryAt }) } };
  }
  return {};
}

function formatChange(change: RunChange): string {
  switch (change.kind) {
    case 'flip':
      return `flip-${change.piece}-${change.byte}`;
    case 'meddle':
      return `meddle-${change.byte}`;
    case 'forbid':
      return `forbid-${change.action}`;
    case 'key-state':
      return `key-${change.state}`;
    case 'principal':
      return `as-${change.principal}`;
    case 'transport':
      return `over-${change.transport}`;
  }
}

function parseFork(text: string): Fork | undefined {
  const [, count, change = ''] = /^(\d{1,3})-(.*)$/.exec(text) ?? [];
  const after = parseCount(count);
  const read = parseChange(change);
  return after === undefined || !read ? undefined : { after, change: read };
}

function parseChange(text: string): RunChange | undefined {
  const [, kind, value = ''] = /^(flip|meddle|forbid|key|as|over)-(.*)$/.exec(text) ?? [];
  if (kind === 'flip') {
    const named = parseNumbered(value);
    const piece = find(DISK_PIECES, named?.id);
    return piece && named ? { kind: 'flip', piece, byte: named.number } : undefined;
  }
  if (kind === 'meddle') {
    const byte = parseCount(value);
    return byte === undefined ? undefined : { kind: 'meddle', byte };
  }
  if (kind === 'forbid') return /^(s3|kms):[A-Za-z]{3,40}$/.test(value) ? { kind: 'forbid', action: value } : undefined;
  if (kind === 'key') {
    const state = find(['Disabled', 'PendingDeletion'] as const, value);
    return state && { kind: 'key-state', state };
  }
  if (kind === 'as') {
    const principal = find(PRINCIPALS, value);
    return principal && { kind: 'principal', principal };
  }
  const transport = kind === 'over' ? find(TRANSPORTS, value) : undefined;
  return transport && { kind: 'transport', transport };
}

/** `some-name-12`. */
function parseNumbered(text: string | undefined): { readonly id: string; readonly number: number } | undefined {
  const [, id, digits] = /^([a-z0-9][a-z0-9-]{0,63})-(\d{1,6})$/.exec(text ?? '') ?? [];
  return id && digits ? { id, number: Number(digits) } : undefined;
}

function parseCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function find<T extends string>(allowed: readonly T[], text: string | undefined): T | undefined {
  return allowed.find(one => one === text);
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
