import type { Trace } from '../../../../engine/index.ts';
import { type AskedRequest, isThrottled, requestsOf } from '../../../../scene/requestsOf.ts';

/** An act that was played, as its experiment calls it. */
export interface PlayedAct {
  readonly label: string;
  readonly trace: Trace;
}

/** One line of the plot. */
export interface PlotRow {
  readonly label: string;
  readonly requests: readonly AskedRequest[];
  /** Calls to KMS in all. */
  readonly kms: number;
  readonly isThrottled: boolean;
}

/** From how many requests on there is something to follow from one to the next. */
const SEVERAL = 4;
/** A hundred million requests to KMS cost about 300 USD (F-BKY-014). */
const USD_FOR_A_MILLION = 3;
export const PRICE_FACTS = ['F-BKY-014'] as const;

/** The lines of the plot; none when no act sends several requests of which some need KMS, and none is throttled. */
export function plotRows(acts: readonly PlayedAct[]): readonly PlotRow[] {
  const rows = acts.map(({ label, trace }): PlotRow => {
    const requests = requestsOf(trace);
    return { label, requests, kms: requests.at(-1)?.kmsSoFar ?? 0, isThrottled: isThrottled(trace) };
  });
  const isWorthIt = rows.some(row => row.isThrottled || (row.requests.length >= SEVERAL && row.kms > 0));
  return isWorthIt ? rows : [];
}

/** How often KMS was asked in each act: `healthy 6, this time 1`. */
export function countWords(rows: readonly PlotRow[]): string {
  return rows.map(({ label, kms }) => `${label.toLowerCase()} ${kms}`).join(', ');
}

/**
 * What that costs, where it can be compared: acts of equally many requests that did not ask KMS equally often, none of them throttled.
 */
export function costWords(rows: readonly PlotRow[]): string | undefined {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return undefined;
  const isFair = rows.every(row => !row.isThrottled && row.requests.length === first.requests.length);
  if (!isFair || others.every(({ kms }) => kms === first.kms)) return undefined;
  const prices = rows.map(({ label, kms }) => `${label.toLowerCase()} ${kms * USD_FOR_A_MILLION} USD`).join(', ');
  return `A hundred million requests to KMS cost about 300 USD. A million times what you see here: ${prices}.`;
}

/** A request without the bucket, which is the same all along: `PUT file-1.txt`. */
export function requestWords({ asked }: AskedRequest): string {
  const [method = '', path = ''] = asked.split(' ');
  const object = path.slice(path.indexOf('/', 1) + 1);
  return `${method} ${path.indexOf('/', 1) > 0 && object !== '' ? object : 'the bucket'}`;
}

/** What S3 answered: `503 SlowDown`. */
export function answerWords({ status, code }: AskedRequest): string {
  if (status === undefined) return 'no answer';
  return code === undefined ? String(status) : `${status} ${code}`;
}
