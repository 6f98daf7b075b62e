import { isoSeconds } from '../../clock.ts';

/** `2026-11-21T10:00:00.000Z`: S3's documents have milliseconds, and S3 keeps none. */
export function xmlTime(milliseconds: number): string {
  return isoSeconds(milliseconds).replace('Z', '.000Z');
}
