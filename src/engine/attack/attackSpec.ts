/** What an attack is, as data: no part of the engine comes along. */
import { LEAKS, type Leak, type Mode, type RunSpec, type Transport } from '../trace/trace.ts';

/** What may be said about an attack beside mode and leaks. */
export interface AttackMore {
  /** The line of the victim's upload and download. Default `https`. */
  readonly transport?: Transport;
  /** With `s3-memory`: after which step of the upload, from 1. Absent: the worst moment. */
  readonly memoryAt?: number;
  readonly seed?: string;
}

/** The run in which somebody who holds these leaks tries everything: each leak once, in the order of `LEAKS`. */
export function attackSpec(mode: Mode, leaks: readonly Leak[], more: AttackMore = {}): RunSpec {
  const { transport = 'https', memoryAt, seed } = more;
  const held = LEAKS.filter(leak => leaks.includes(leak));
  const isTimed = held.includes('s3-memory') && memoryAt !== undefined;
  return {
    mode,
    operation: 'download',
    transport,
    principal: 'thief',
    attack: { leaks: held, ...(isTimed ? { memoryAt } : {}) },
    ...(seed === undefined ? {} : { seed }),
  };
}
