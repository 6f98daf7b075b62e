import { LEAKS, type Leak, MODES, type Mode, TRANSPORTS, type Transport } from '../../../engine/index.ts';
import type { WorkspaceParams } from '../../workspace/workspace.ts';

/** What the learner has chosen. */
export interface AttackChoice {
  readonly leaks: readonly Leak[];
  readonly mode: Mode;
  /** The line of the victim's upload and download. */
  readonly transport: Transport;
  /** After which step of the upload, from 1; absent: the worst moment. */
  readonly memoryAt?: number;
}

const MOST_STEPS = 999;

/** Reads the address; whatever it does not say, or not well, falls back. */
export function readChoice(params: WorkspaceParams): AttackChoice {
  const named = (Object.hasOwn(params, 'leaks') ? params.leaks : undefined) ?? 'disk';
  const parts = named.slice(0, 200).split('.');
  const at = /^\d{1,3}$/.test(params.at ?? '') ? Number(params.at) : 0;
  return {
    leaks: LEAKS.filter(leak => parts.includes(leak)),
    mode: MODES.find(mode => mode === params.mode) ?? 'sse-kms-cmk',
    transport: TRANSPORTS.find(transport => transport === params.net) ?? 'https',
    ...(at >= 1 && at <= MOST_STEPS ? { memoryAt: at } : {}),
  };
}

/** The address of a choice. */
export function writeChoice({ leaks, mode, transport, memoryAt }: AttackChoice): WorkspaceParams {
  return {
    leaks: leaks.join('.'),
    mode,
    ...(transport === 'https' ? {} : { net: transport }),
    ...(memoryAt === undefined || !leaks.includes('s3-memory') ? {} : { at: String(memoryAt) }),
  };
}
