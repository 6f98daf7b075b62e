/** Why a data folder cannot be used, for the operator: which file, and what to do. Never a secret. */
export class KeepProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeepProblem';
  }
}

/** The system's code, such as `ENOSPC`, or the error's name. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return thrown instanceof Error ? thrown.name : 'unknown';
}
