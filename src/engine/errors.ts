/** What must not happen in the engine. What AWS would answer is never one of these: that is a response value. */
export type EngineErrorCode =
  /** A rule of the engine itself does not hold: a bug. */
  | 'invariant'
  /** AES-GCM, RSA-OAEP or a commitment did not verify. One code only, so that nothing is learnt from which check failed. */
  | 'decryption-failed'
  /** The caller asked to stop; the store is as it was. */
  | 'cancelled'
  /** The platform lacks a WebCrypto algorithm or there is no secure context. */
  | 'unsupported'
  /** There is no experiment, or no act of it, of this name. */
  | 'unknown-run'
  /** The input is larger than this engine takes. */
  | 'too-large';

/** Thrown by the engine; carries a stable `code` and never a secret. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}

/**
 * A rule that must hold. The sentence is also the name of the test that shows it.
 * @throws EngineError `invariant`
 */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new EngineError('invariant', sentence);
}
