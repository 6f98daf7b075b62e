import { createHash } from 'node:crypto';

/**
 * A line of a kept file: 16 hexadecimal digits (the first 8 bytes of SHA-256 of what follows), a space, JSON, a line feed.
 * A line that was written in part only is told by its sum.
 */
export function encodeLine(value: unknown): Uint8Array {
  const text = JSON.stringify(value);
  return Buffer.from(`${sumOf(Buffer.from(text))} ${text}\n`);
}

export interface ReadLines {
  /** What the whole lines say, in order. */
  readonly values: readonly unknown[];
  /** Bytes of the whole lines. */
  readonly length: number;
  /** What lies behind the whole lines is a line that was never finished. Absent: nothing lies there. */
  readonly isTorn?: true;
  /** Number (from 1) of a line that is damaged although whole ones follow. */
  readonly damagedLine?: number;
}

/** Reads lines up to the first that is not whole. */
export function readLines(file: Uint8Array): ReadLines {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const values: unknown[] = [];
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const line = found < 0 ? undefined : decodeLine(bytes.subarray(start, end));
    if (line === undefined) {
      const isLast = !hasWholeLine(bytes, end + 1);
      return { values, length: start, ...(isLast ? { isTorn: true } : { damagedLine: values.length + 1 }) };
    }
    values.push(line.value);
    start = end + 1;
  }
  return { values, length: start };
}

/** SHA-256 in hexadecimal digits, all 64 or the first of them. */
export function sumOf(bytes: Uint8Array, digits = 16): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, digits);
}

function decodeLine(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const sum = Buffer.from(bytes.subarray(0, 17)).toString('latin1');
  const text = bytes.subarray(17);
  if (sum !== `${sumOf(text)} `) return undefined;
  return { value: JSON.parse(Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString()) };
}

function hasWholeLine(bytes: Uint8Array, start: number): boolean {
  for (let from = start; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    if (end < 0) return false;
    if (decodeLine(bytes.subarray(from, end)) !== undefined) return true;
    from = end + 1;
  }
  return false;
}
