import type { Bytes } from '../bytes/bytes.ts';
import { utf8 } from '../bytes/bytes.ts';
import type { JsonObject, JsonValue } from '../trace/event.ts';
import { decodeBlob, type EncryptionContext, type GenerateDataKeyRequest } from './api.ts';
import { MAX_CONTEXT_BYTES } from './encryptionContext.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';

/** Decrypt's members with the blob decoded. */
export interface DecryptBody {
  readonly ciphertextBlob: Bytes;
  readonly KeyId?: string;
  readonly EncryptionContext?: EncryptionContext;
}

/** A JSON object from a request body; what arrives is not trusted. */
export function parseJsonBody(text: string): JsonObject | KmsRefusal {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { ...value };
  } catch {
    // refused below like every other body that is no object
  }
  return REFUSALS.invalid('body', 'Member must be a JSON object');
}

export function parseGenerateDataKey(body: JsonObject): GenerateDataKeyRequest | KmsRefusal {
  const keyId = parseKeyId(body.KeyId);
  if (keyId === undefined) return REFUSALS.invalid('keyId', 'Member must not be null');
  if (typeof keyId !== 'string') return keyId;
  if (body.KeySpec !== 'AES_256') return REFUSALS.invalid('keySpec', 'Member must satisfy enum value set: [AES_256]');
  const context = parseContext(body.EncryptionContext);
  return isRefusal(context) ? context : { KeyId: keyId, KeySpec: 'AES_256', ...context };
}

export function parseDecrypt(body: JsonObject): DecryptBody | KmsRefusal {
  const ciphertextBlob = parseCiphertextBlob(body);
  if (!ciphertextBlob) return REFUSALS.invalid('ciphertextBlob', 'Member must have length between 1 and 6144');
  const keyId = parseKeyId(body.KeyId);
  if (typeof keyId === 'object') return keyId;
  const context = parseContext(body.EncryptionContext);
  if (isRefusal(context)) return context;
  return { ciphertextBlob, ...(keyId === undefined ? {} : { KeyId: keyId }), ...context };
}

/** The bytes of `CiphertextBlob`: 1 to 6144 (F-KMS-017). */
export function parseCiphertextBlob(body: JsonObject): Bytes | undefined {
  const bytes = typeof body.CiphertextBlob === 'string' ? decodeBlob(body.CiphertextBlob) : undefined;
  return bytes && bytes.length >= 1 && bytes.length <= 6144 ? bytes : undefined;
}

function parseKeyId(value: JsonValue | undefined): string | undefined | KmsRefusal {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length >= 1 && value.length <= 2048) return value;
  return REFUSALS.invalid('keyId', 'Member must have length between 1 and 2048');
}

function parseContext(value: JsonValue | undefined): { EncryptionContext?: EncryptionContext } | KmsRefusal {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) return REFUSALS.invalid('encryptionContext', 'Member must be a map');
  const pairs: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') return REFUSALS.invalid('encryptionContext', 'Map value must be a string');
    if ([name, text].some(part => utf8(part).length > MAX_CONTEXT_BYTES)) {
      return REFUSALS.invalid(
        'encryptionContext',
        `Member must have length less than or equal to ${MAX_CONTEXT_BYTES}`,
      );
    }
    pairs[name] = text;
  }
  return { EncryptionContext: pairs };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
