import { EngineError } from '../engine/index.ts';

/**
 * For the operator: where it happened and of which kind. The message of an unknown error is left out: it may quote what a client
 * has sent, and so a secret.
 */
export function describeFailure(where: string, thrown: unknown): string {
  const { name, stack } = thrown instanceof Error ? thrown : { name: typeof thrown, stack: '' };
  const code = thrown instanceof Error && 'code' in thrown ? ` (${String(thrown.code)})` : '';
  const frames = (stack ?? '')
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .slice(0, 6);
  // The engine's own errors never carry a secret.
  const message = thrown instanceof EngineError ? `: ${thrown.message}` : '';
  return [`${where}: ${name}${code}${message}`, ...frames].join('\n');
}
