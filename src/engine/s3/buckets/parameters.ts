import type { Query } from '../../http/query.ts';
import { REFUSALS } from '../refusal.ts';

/** A parameter of the query, `undefined` when absent. @throws Refusal when it is not percent-encoded UTF-8 */
export function textParameter(query: Query, name: string): string | undefined {
  const text = query.get(name);
  if (text === undefined && query.has(name)) throw REFUSALS.invalidUri();
  return text;
}

/** A decimal integer of at most 32 bits with sign, or `undefined`. */
export function integerOf(text: string): number | undefined {
  const number = /^-?\d{1,10}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && Math.abs(number) <= 2_147_483_647 ? number : undefined;
}
