import { EngineError } from '../errors.ts';

/**
 * The platform's cryptography.
 * @throws EngineError `unsupported` outside a secure context, where browsers do not offer it.
 */
export function subtle(): SubtleCrypto {
  const platform: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (platform === undefined)
    throw new EngineError('unsupported', 'WebCrypto needs a secure context (https or localhost)');
  return platform;
}

/** Runs an opening step; whatever goes wrong in it is the one code `decryption-failed`, so that the cause tells nothing. */
export async function orDecryptionFailed<T>(opening: () => Promise<T>): Promise<T> {
  subtle();
  try {
    return await opening();
  } catch {
    throw new EngineError('decryption-failed', 'the ciphertext, its key or what it is bound to does not verify');
  }
}
