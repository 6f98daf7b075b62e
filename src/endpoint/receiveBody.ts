import type { IncomingMessage } from 'node:http';
import type { Bytes } from '../engine/index.ts';

/** First buffer for a body; it doubles as the body comes, so that a length that is only claimed costs nothing. */
const FIRST_BYTES = 64 * 1024;

/**
 * The whole body in a buffer of its own.
 * @returns `too-large` as soon as it is, the rest unread; `gone` when the sender left before the end
 */
export function receiveBody(message: IncomingMessage, maxBytes: number): Promise<Bytes | 'too-large' | 'gone'> {
  const declared = Number(message.headers['content-length'] ?? Number.NaN);
  if (declared > maxBytes) return Promise.resolve('too-large');
  return new Promise(resolve => {
    let buffer = new Uint8Array(Math.min(Number.isNaN(declared) ? FIRST_BYTES : declared, FIRST_BYTES));
    let length = 0;
    const settle = (result: Bytes | 'too-large' | 'gone'): void => {
      message.off('data', take);
      resolve(result);
    };
    const take = (chunk: Uint8Array): void => {
      if (length + chunk.length > maxBytes) {
        settle('too-large');
        return;
      }
      if (length + chunk.length > buffer.length) {
        const wanted = Math.max(buffer.length * 2, length + chunk.length);
        const larger = new Uint8Array(Math.max(length + chunk.length, Math.min(wanted, declared || wanted)));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(chunk, length);
      length += chunk.length;
    };
    message.on('data', take);
    message.on('end', () => settle(length === buffer.length ? buffer : buffer.slice(0, length)));
    message.on('error', () => settle('gone'));
    message.on('close', () => settle('gone'));
  });
}
