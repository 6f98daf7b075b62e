/** Members that the requests of cryptographic operations share. */

import { MAX_CONTEXT_BYTES } from './encryptionContext.ts';
import { ENCRYPTION_ALGORITHMS } from './keySpecs.ts';
import { bool, listOf, oneOf, optional, required, text, textMap, unlogged, withDefault } from './members.ts';

const keyText = text({ min: 1, max: 2048 });

export const keyId = required<string>(keyText);
export const optionalKeyId = optional<string>(keyText);
export const context = optional<Readonly<Record<string, string>>>(textMap(MAX_CONTEXT_BYTES));
export const dryRun = optional<boolean>(bool);
/** At most 10, never logged (F-KMS-017). */
export const grantTokens = unlogged(optional<readonly string[]>(listOf(text({ min: 1, max: 8192 }), 10)));
export const encryptionAlgorithm = withDefault<string>(oneOf(ENCRYPTION_ALGORITHMS), 'SYMMETRIC_DEFAULT');
/** F-KMS-017. */
export const MAX_BLOB_BYTES = 6144;
export const MAX_PLAINTEXT_BYTES = 4096;
