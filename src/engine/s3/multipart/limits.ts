import { integerOf } from '../buckets/parameters.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';

/** How many entries a page of a list has at most. */
const MAX_ENTRIES = 1000;

/** The size of a page as it was asked for: more than 1,000 counts as 1,000. @throws Refusal InvalidArgument */
export function pageSizeOf(name: string, sent: string | undefined): number {
  return Math.min(countOf(name, sent) ?? MAX_ENTRIES, MAX_ENTRIES);
}

/** A number from 0 that was sent. @throws Refusal InvalidArgument */
export function countOf(name: string, sent: string | undefined): number | undefined {
  if (sent === undefined || sent === '') return undefined;
  const count = integerOf(sent);
  if (count === undefined) {
    throw MULTIPART_REFUSALS.argument(name, sent, `Provided ${name} not an integer or within integer range`);
  }
  if (count < 0) {
    throw MULTIPART_REFUSALS.argument(name, sent, `Argument ${name} must be an integer between 0 and 2147483647`);
  }
  return count;
}
