/** Reads the members of a JSON 1.1 request: what arrives is not trusted, and is refused in AWS's words (F-ERR-090). */

import { type Bytes, utf8, zeroize } from '../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../trace/event.ts';
import { decodeBlob } from './api.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';

/** What is wrong so far: values of the wrong type end the reading, others are collected. */
export interface Reading {
  readonly violations: string[];
  misfit: string | undefined;
}
export type Reader<T> = (value: JsonValue, path: string, reading: Reading) => T | undefined;

/** One member of a request. */
export interface Member<T> {
  readonly read: Reader<NonNullable<T>>;
  readonly isRequired: boolean;
  /** False for blobs, tokens and plaintexts: they are never logged (F-CT-013). */
  readonly isLogged: boolean;
  readonly fallback?: T;
}
export type Shape = Readonly<Record<string, Member<unknown>>>;
/** A request as its shape says; what was left out is `undefined`. */
export type Request<S extends Shape> = { readonly [K in keyof S]: S[K] extends Member<infer T> ? T : never };

export function required<T>(read: Reader<NonNullable<T>>): Member<T> {
  return { read, isRequired: true, isLogged: true };
}
export function optional<T>(read: Reader<NonNullable<T>>): Member<T | undefined> {
  return { read, isRequired: false, isLogged: true };
}
export function withDefault<T>(read: Reader<NonNullable<T>>, fallback: T): Member<T> {
  return { read, isRequired: false, isLogged: true, fallback };
}
/** The same member, never to be written down. */
export function unlogged<T>(member: Member<T>): Member<T> {
  return { ...member, isLogged: false };
}

/** The members of a shape, or the refusal. Members nobody knows are passed over. */
export function readMembers<S extends Shape>(shape: S, body: JsonObject): Request<S> | KmsRefusal {
  const reading: Reading = { violations: [], misfit: undefined };
  const request = readShape(shape, body, '', reading);
  if (reading.misfit !== undefined) return REFUSALS.serialization(reading.misfit);
  return reading.violations.length > 0 ? REFUSALS.violations(reading.violations) : request;
}

/** What of a request may be written down, with the names CloudTrail uses: `KeyId` is `keyId` there. */
export function loggedMembers(shape: Shape, request: Readonly<Record<string, unknown>>): JsonObject {
  const told = Object.entries(shape)
    .filter(([name, { isLogged }]) => isLogged && request[name] !== undefined)
    .map(([name]) => [lowerFirst(name), request[name]]);
  return Object.fromEntries(told) as JsonObject;
}

function readShape<S extends Shape>(shape: S, body: JsonObject, path: string, reading: Reading): Request<S> {
  const pairs = Object.entries(shape).map(([name, member]): [string, unknown] => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    const here = `${path}${lowerFirst(name)}`;
    if (value !== undefined && value !== null) return [name, member.read(value, here, reading)];
    if (member.isRequired) violate(reading, 'null', here, 'Member must not be null');
    return [name, member.fallback];
  });
  return Object.fromEntries(pairs) as Request<S>;
}

function violate(reading: Reading, value: string | undefined, path: string, constraint: string): undefined {
  const told = value === undefined ? 'Value' : value === 'null' ? 'Value null' : `Value '${value}'`;
  reading.violations.push(`${told} at '${path}' failed to satisfy constraint: ${constraint}`);
}

function misfit(reading: Reading, value: JsonValue, wanted: string): undefined {
  if (typeof value === 'object') {
    reading.misfit ??= Array.isArray(value)
      ? 'Unrecognized collection type class java.util.ArrayList'
      : 'Start of structure or map found where not expected.';
    return;
  }
  const found = typeof value === 'string' ? 'STRING_VALUE' : typeof value === 'number' ? 'NUMBER_VALUE' : nameOf(value);
  reading.misfit ??= `${found} cannot be converted to ${wanted}`;
}

function nameOf(value: boolean): string {
  return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
}

interface TextRule {
  readonly min?: number;
  readonly max?: number;
  /** As AWS prints it; the whole text must match. */
  readonly pattern?: RegExp;
}

export function text(rule: TextRule = {}): Reader<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = rule;
  return (value, path, reading) => {
    if (typeof value !== 'string') return misfit(reading, value, 'String');
    // A half of a surrogate pair has no UTF-8: two such texts could become the same bytes.
    if (/\p{Surrogate}/u.test(value)) {
      reading.misfit ??= 'Unpaired surrogate in a string';
      return;
    }
    const shown = value.slice(0, 2048);
    if (value.length < min) violate(reading, shown, path, `Member must have length greater than or equal to ${min}`);
    if (value.length > max)
      return violate(reading, shown, path, `Member must have length less than or equal to ${max}`);
    if (pattern && !pattern.test(value)) {
      violate(reading, shown, path, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    return value;
  };
}

export function oneOf<const T extends string>(values: readonly T[]): Reader<T> {
  return (value, path, reading) => {
    if (typeof value !== 'string') return misfit(reading, value, 'String');
    const found = values.find(candidate => candidate === value);
    return (
      found ?? violate(reading, value.slice(0, 256), path, `Member must satisfy enum value set: [${values.join(', ')}]`)
    );
  };
}

export function integer(min: number, max: number): Reader<number> {
  return (value, path, reading) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) return misfit(reading, value, 'Integer');
    if (value < min) violate(reading, `${value}`, path, `Member must have value greater than or equal to ${min}`);
    if (value > max) violate(reading, `${value}`, path, `Member must have value less than or equal to ${max}`);
    return value;
  };
}

export const bool: Reader<boolean> = (value, _, reading) =>
  typeof value === 'boolean' ? value : misfit(reading, value, 'Boolean');

/** A moment, in milliseconds since 1970; on the wire it is seconds. */
export const moment: Reader<number> = (value, _, reading) =>
  typeof value === 'number' && Math.abs(value) < 1e11 ? value * 1000 : misfit(reading, value, 'Date');

/** Base64 of 1 to `max` bytes (F-KMS-017). */
export function blob(max: number): Reader<Bytes> {
  return (value, path, reading) => {
    if (typeof value !== 'string') return misfit(reading, value, 'ByteBuffer');
    const bytes = decodeBlob(value);
    if (!bytes) return violate(reading, undefined, path, 'Member must be Base64');
    if (bytes.length < 1) violate(reading, undefined, path, 'Member must have length greater than or equal to 1');
    if (bytes.length > max) violate(reading, undefined, path, `Member must have length less than or equal to ${max}`);
    return bytes;
  };
}

/** The same for bytes that are held in `kms.host` already: they are only checked, and no second copy is kept. */
export function arrivedBlob(max: number): Reader<true> {
  const read = blob(max);
  return (value, path, reading) => {
    const bytes = read(value, path, reading);
    if (bytes) zeroize(bytes);
    return bytes && true;
  };
}

export function listOf<T>(read: Reader<T>, max: number): Reader<readonly T[]> {
  return (value, path, reading) => {
    if (!Array.isArray(value)) return misfit(reading, value, 'List');
    if (value.length > max) {
      return violate(reading, undefined, path, `Member must have length less than or equal to ${max}`);
    }
    return value.flatMap((item: JsonValue, i) => {
      const found = read(item, `${path}.${i + 1}.member`, reading);
      return found === undefined ? [] : [found];
    });
  };
}

export function structure<S extends Shape>(shape: S): Reader<Request<S>> {
  return (value, path, reading) =>
    isObject(value) ? readShape(shape, value, `${path}.`, reading) : misfit(reading, value, 'Structure');
}

/** Texts by name, each of at most `max` UTF-8 bytes; names such as `__proto__` are names like others. */
export function textMap(max: number): Reader<Readonly<Record<string, string>>> {
  const read = text();
  return (value, path, reading) => {
    if (!isObject(value)) {
      // KMS's own word for a map that is none is not known.
      return Array.isArray(value)
        ? violate(reading, undefined, path, 'Member must be a map')
        : misfit(reading, value, 'Map');
    }
    const isTooLong = (part: JsonValue) => typeof part === 'string' && utf8(part).length > max;
    if (Object.entries(value).flat().some(isTooLong))
      return violate(reading, undefined, path, `Member must have length less than or equal to ${max}`);
    const pairs = Object.entries(value).map(([name, part]): [string, string] => {
      read(name, path, reading);
      return [name, read(part, path, reading) ?? ''];
    });
    return Object.fromEntries(pairs);
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
