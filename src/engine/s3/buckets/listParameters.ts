import type { Query } from '../../http/query.ts';
import { integerOf, textParameter } from './parameters.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

const MAX_KEYS = 1000;

/** What all lists of a bucket's objects are asked with. */
export interface ListParameters {
  readonly prefix: string;
  /** Empty: none. */
  readonly delimiter: string;
  /** At most 1000. */
  readonly maxKeys: number;
  readonly encodingType: 'url' | undefined;
  /** How a name stands in the document. */
  readonly encode: (text: string) => string;
}

/** @throws Refusal */
export function readListParameters(query: Query): ListParameters {
  const encodingType = textParameter(query, 'encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') throw BUCKET_REFUSALS.encodingType(encodingType);
  return {
    prefix: textParameter(query, 'prefix') ?? '',
    delimiter: textParameter(query, 'delimiter') ?? '',
    maxKeys: maxKeysOf(query),
    encodingType,
    encode: encodingType === 'url' ? encodeName : text => text,
  };
}

function maxKeysOf(query: Query): number {
  const text = textParameter(query, 'max-keys') || String(MAX_KEYS);
  const number = integerOf(text);
  if (number === undefined) throw BUCKET_REFUSALS.notAnInteger('max-keys', text);
  if (number < 0) throw BUCKET_REFUSALS.negative('max-keys', text);
  return Math.min(number, MAX_KEYS);
}

/** Percent-encoding as forms have it, a space being `+`; slashes stay. */
export function encodeName(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()~]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
