import type { AnyTrace, Step, StepName } from '../engine/index.ts';
import { type Difference, differencesOf, type Telling, tellingOf, told } from './stepDifferences.ts';

/** Steps of two runs that do the same thing, or a step that only one of them has. Indices count from 0. */
export interface AlignedRow {
  readonly left?: number;
  readonly right?: number;
  /** Both have the step, and it tells the same in both. */
  readonly isSame: boolean;
  /** Empty exactly when the steps tell the same. */
  readonly differences: readonly Difference[];
}

/** Steps in one line do the same work, whoever does it and however it ends. */
const ROLES: readonly (readonly StepName[])[] = [
  ['client.makeDataKey', 's3.makeDataKey', 'kms.makeDataKey'],
  ['client.wrapDataKey', 's3.wrapDataKey', 'kms.wrapDataKey'],
  ['client.unwrapDataKey', 's3.unwrapDataKey', 'kms.unwrapDataKey'],
  ['client.rewrapDataKey', 's3.rewrapDataKey', 'kms.rewrapDataKey'],
  ['client.askKms', 's3.askKms'],
  ['client.encrypt', 's3.encrypt'],
  ['client.decrypt', 'client.decryptRange', 's3.decrypt'],
  ['client.discardKeys', 's3.discardKey'],
  ['s3.answer', 's3.refuse'],
  ['kms.answer', 'kms.refuse', 'kms.throttle'],
  ['client.done', 'client.fail'],
];
const ROLE_BY_NAME: ReadonlyMap<StepName, number> = new Map(
  ROLES.flatMap((names, role) => names.map(name => [name, role] as const)),
);

/** The same name outweighs several steps of the same role: what is called the same is the same thing in every mode. */
const SAME_NAME = 100;
const SAME_ROLE = 20;
/** Of steps with the same name, those that work on the same are taken: a client may send several requests. */
const SAME_CALL = 10;
const SAME_ARTIFACTS = 10;

interface Candidate {
  readonly step: Step;
  readonly telling: Telling;
  /** Which service the line leads to: a message to KMS is none to S3. */
  readonly service: 's3' | 'kms';
}

/**
 * Two runs in lockstep: the common steps with the greatest weight, in order; where they go apart, first those of the left run.
 * Every step of both runs is in exactly one row, and each side is in order. Time and space grow with the product of the numbers of
 * steps.
 */
export function align(left: AnyTrace, right: AnyTrace): readonly AlignedRow[] {
  const lefts = left.steps.map(step => candidateOf(left, step));
  const rights = right.steps.map(step => candidateOf(right, step));
  const width = rights.length + 1;
  const scores = new Int32Array(lefts.length * rights.length);
  const best = new Int32Array((lefts.length + 1) * width);
  const bestAt = (i: number, j: number) => best[i * width + j] ?? 0;
  const scoreAt = (i: number, j: number) => scores[i * rights.length + j] ?? 0;
  for (let i = lefts.length - 1; i >= 0; i--) {
    for (let j = rights.length - 1; j >= 0; j--) {
      const score = scoreOf(lefts[i], rights[j]);
      scores[i * rights.length + j] = score;
      const together = score === 0 ? 0 : score + bestAt(i + 1, j + 1);
      best[i * width + j] = Math.max(together, bestAt(i + 1, j), bestAt(i, j + 1));
    }
  }

  const rows: AlignedRow[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [lefts[i], rights[j]];
    if (one === undefined && other === undefined) return rows;
    const score = scoreAt(i, j);
    if (one && other && score > 0 && bestAt(i, j) === score + bestAt(i + 1, j + 1)) {
      const differences = differencesOf(one.telling, other.telling);
      rows.push({ left: i, right: j, isSame: differences.length === 0, differences });
      i++;
      j++;
    } else if (one && (other === undefined || bestAt(i + 1, j) >= bestAt(i, j + 1))) {
      rows.push({ left: i, isSame: false, differences: [{ what: 'only', left: [one.step.name], right: [] }] });
      i++;
    } else if (other) {
      rows.push({ right: j, isSame: false, differences: [{ what: 'only', left: [], right: [other.step.name] }] });
      j++;
    }
  }
}

/** How many requests of a run went to AWS KMS, whoever sent them. */
export function kmsRequests(trace: AnyTrace): number {
  return trace.exchanges.filter(({ link }) => link === 's3-kms' || link === 'client-kms').length;
}

function candidateOf(trace: AnyTrace, step: Step): Candidate {
  const events = trace.events.slice(step.first, step.end);
  const asksKms = events.some(event => event.exchange !== undefined && linkOf(trace, event.exchange) === 'client-kms');
  const isKms = asksKms || events.some(({ place }) => place === 'kms.host' || place === 'kms.hsm');
  return { step, telling: tellingOf(trace, step), service: isKms ? 'kms' : 's3' };
}

function linkOf(trace: AnyTrace, exchange: number) {
  return trace.exchanges[exchange]?.link;
}

function scoreOf(left: Candidate | undefined, right: Candidate | undefined): number {
  if (!left || !right) return 0;
  const isSameName = left.step.name === right.step.name && left.step.actor === right.step.actor;
  const role = ROLE_BY_NAME.get(left.step.name);
  const isSameRole = role !== undefined && role === ROLE_BY_NAME.get(right.step.name);
  if (isSameName) return left.service === right.service ? SAME_NAME + likeness(left.telling, right.telling) : 0;
  return isSameRole ? SAME_ROLE + Math.floor(likeness(left.telling, right.telling) / 4) : 0;
}

/** From 0 to `SAME_CALL + SAME_ARTIFACTS`. */
function likeness(left: Telling, right: Telling): number {
  const isSameCall = told(left, 'call').toSorted().join() === told(right, 'call').toSorted().join();
  return (isSameCall ? SAME_CALL : 0) + Math.round(SAME_ARTIFACTS * overlap(left, right));
}

/** Share of the kinds of artifacts and keys that both have, from 0 to 1. */
function overlap(left: Telling, right: Telling): number {
  const lefts = new Set([...told(left, 'artifact'), ...told(left, 'key')]);
  const rights = new Set([...told(right, 'artifact'), ...told(right, 'key')]);
  const all = new Set([...lefts, ...rights]);
  const common = [...lefts].filter(kind => rights.has(kind));
  return all.size === 0 ? 1 : common.length / all.size;
}
