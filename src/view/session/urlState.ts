import {
  CLIENT_FORMATS,
  ENVELOPE_PLACES,
  LESSON_PLANS,
  LESSONS,
  MODES,
  type Mode,
  OPERATIONS,
  type Operation,
  type PersonName,
  PRINCIPALS,
  type RunSpec,
  TRANSPORTS,
  type Transport,
} from '../../engine/index.ts';
import { changedSpec, findActSpec, isClientSide, SEED_LIMIT } from './spec.ts';
import { formatSpec, parseSpec } from './specText.ts';
import { WORKSPACES, type WorkspaceParams, type WorkspaceState } from './workspaceNames.ts';

/** What a link says: which run, and optionally which step of it (from 1). Never text, never keys. */
export interface LinkedMoment {
  readonly spec: RunSpec;
  readonly step?: number;
}

export interface ParsedLink extends LinkedMoment {
  /** One sentence for each part of the link that could not be followed. */
  readonly problems: readonly string[];
  /** False when the link says nothing at all: a first visit. */
  readonly isDeep: boolean;
  /** A page beside the lab. */
  readonly workspace?: Pick<WorkspaceState, 'name' | 'params'>;
}

export const LINK_VERSION = '1';
export const DEFAULT_SPEC: RunSpec = {
  mode: 'sse-kms-cmk',
  operation: 'upload',
  transport: 'https',
  principal: 'owner',
};

/** Reads a location hash. Unknown or broken parts fall back to the default, and are named in `problems`. */
export function parseLink(hash: string): ParsedLink {
  const text = hash.replace(/^#/, '');
  const parts = new URLSearchParams(text);
  const problems: string[] = [];
  const version = parts.get('v');
  if (text !== '' && version !== LINK_VERSION) {
    problems.push(
      version === null
        ? 'The link does not say its version; it was read as far as possible.'
        : `The link is of version "${cut(version)}", which this page does not know; it was read as far as possible.`,
    );
  }
  const find = <T extends string>(name: string, label: string, allowed: readonly T[]): T | undefined => {
    const value = parts.get(name);
    if (value === null) return undefined;
    const found = allowed.find(candidate => candidate === value);
    if (found === undefined) problems.push(`The link names the ${label} "${cut(value)}", which does not exist here.`);
    return found;
  };
  const pick = <T extends string>(name: string, label: string, allowed: readonly T[], otherwise: T): T =>
    find(name, label, allowed) ?? otherwise;
  const mode: Mode = pick('mode', 'mode', MODES, DEFAULT_SPEC.mode);
  const operation: Operation = pick('op', 'operation', OPERATIONS, DEFAULT_SPEC.operation);
  const transport: Transport = pick('net', 'transport', TRANSPORTS, DEFAULT_SPEC.transport);
  const principal: PersonName = pick('as', 'principal', PRINCIPALS, 'owner');
  const format = find('format', 'format', CLIENT_FORMATS);
  const envelope = find('envelope', 'place of the envelope', ENVELOPE_PLACES);
  const lesson = find('lesson', 'lesson', LESSONS);
  // A lesson that there is not was complained about already.
  const isLost = parts.has('lesson') && !lesson;
  const act = isLost ? 0 : parseAct(parts.get('act'), lesson && LESSON_PLANS[lesson].acts.length, problems);
  if ((format || envelope) && !lesson && !isClientSide(mode)) {
    problems.push('The link chooses a format or an envelope, which only client-side encryption has.');
  }
  const seed = parts.get('seed')?.slice(0, SEED_LIMIT);
  const step = parseStep(parts.get('step'), problems);
  const plain: RunSpec = { mode, operation, transport, principal, ...(seed ? { seed } : {}) };
  const chosen = { ...(format ? { format } : {}), ...(envelope ? { envelope } : {}) };
  const staged = parseStaged(parts.get('run'), seed, problems);
  const page = find('page', 'page', WORKSPACES);
  return {
    // The lesson says the rest, whatever else the link says; so do experiments, changed runs and attacks.
    spec: staged ??
      (lesson && findActSpec(lesson, act, seed)) ?? { ...changedSpec(plain, chosen), ...(seed ? { seed } : {}) },
    ...(step === undefined ? {} : { step }),
    problems,
    isDeep: text !== '',
    ...(page ? { workspace: { name: page, params: paramsOf(parts) } } : {}),
  };
}

/** A run in one word: what has no parts of its own in a link. */
function parseStaged(text: string | null, seed: string | undefined, problems: string[]): RunSpec | undefined {
  if (text === null) return undefined;
  const spec = parseSpec(text);
  if (spec) return { ...spec, ...(seed ? { seed } : {}) };
  problems.push(`The link names the run "${cut(text)}", which does not exist here.`);
  return undefined;
}

/** Names and values that a page may have in its address: short, and few. */
function paramsOf(parts: URLSearchParams): WorkspaceParams {
  const own = [...parts].filter(
    ([name, value]) => /^[a-z]{1,16}$/.test(name) && !['v', 'page'].includes(name) && value.length <= 400,
  );
  return Object.fromEntries(own.slice(0, 12));
}

/** The hash of a page beside the lab, with `#`. */
export function formatWorkspace({ name, params }: Pick<WorkspaceState, 'name' | 'params'>): string {
  return `#${new URLSearchParams({ v: LINK_VERSION, page: name, ...params })}`;
}

/** The hash of a moment, with `#`. The opposite of `parseLink`. */
export function formatLink({ spec, step }: LinkedMoment): string {
  if (spec.experiment || spec.fork || spec.attack) {
    const { seed, ...unseeded } = spec;
    const staged = new URLSearchParams({ v: LINK_VERSION, run: formatSpec(unseeded) });
    if (seed) staged.set('seed', seed);
    if (step !== undefined && step > 0) staged.set('step', String(step));
    return `#${staged}`;
  }
  const parts = new URLSearchParams({
    v: LINK_VERSION,
    mode: spec.mode,
    op: spec.operation,
    net: spec.transport,
    as: spec.principal,
  });
  if (spec.lesson) {
    parts.set('lesson', spec.lesson.id);
    parts.set('act', String(spec.lesson.act + 1));
  } else if (isClientSide(spec.mode)) {
    if (spec.format === 'v2') parts.set('format', spec.format);
    if (spec.envelope === 'instruction-file') parts.set('envelope', spec.envelope);
  }
  if (spec.seed) parts.set('seed', spec.seed);
  if (step !== undefined && step > 0) parts.set('step', String(step));
  return `#${parts}`;
}

function parseStep(value: string | null, problems: string[]): number | undefined {
  if (value === null) return undefined;
  const step = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (step >= 1) return step;
  problems.push(`The link names step "${cut(value)}", which is no step.`);
  return undefined;
}

/** An act from 0; the first one when the link names none, or none that there is. */
function parseAct(value: string | null, count: number | undefined, problems: string[]): number {
  if (value === null) return 0;
  const act = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (count !== undefined && act >= 1 && act <= count) return act - 1;
  problems.push(
    count === undefined
      ? `The link names act "${cut(value)}", but no lesson.`
      : `The link names act "${cut(value)}", which this lesson does not have. You see the first one.`,
  );
  return 0;
}

function cut(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
