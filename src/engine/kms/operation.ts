import { kmsRecord } from '../audit/kmsRecord.ts';
import { invariant } from '../errors.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { JsonObject } from '../trace/event.ts';
import type { DecryptResponse, GenerateDataKeyResponse, KmsOperation } from './api.ts';
import type { Caller } from './authorizeCall.ts';
import { decrypt } from './decrypt.ts';
import { generateDataKey } from './generateDataKey.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal, type KmsRefusal } from './refusal.ts';
import { parseDecrypt, parseGenerateDataKey } from './requestBody.ts';
import type { Result } from './result.ts';

/**
 * Does what is asked, writes it down (in every case, before anything is answered) and, when refused, says so.
 *
 * @param edkId the blob that arrived with the request, if one did.
 */
export async function perform(
  parts: KmsParts,
  operation: KmsOperation,
  body: JsonObject,
  caller: Caller,
  edkId: ArtifactId | undefined,
): Promise<Result<GenerateDataKeyResponse | DecryptResponse>> {
  const { recorder } = parts;
  const result = await attempt(parts, operation, body, caller, edkId);

  recorder.step('kms.log', 'kms');
  await parts.trail.log(recordOf(parts, operation, body, caller, result));
  if (isRefusal(result)) {
    recorder.step('kms.refuse', 'kms');
    recorder.emit({
      verb: 'failed',
      place: 'kms.host',
      code: result.error.__type,
      message: result.error.message,
      api: `kms:${operation}`,
      facts: result.facts,
    });
  }
  return result;
}

async function attempt(
  parts: KmsParts,
  operation: KmsOperation,
  body: JsonObject,
  caller: Caller,
  edkId: ArtifactId | undefined,
): Promise<Result<GenerateDataKeyResponse | DecryptResponse>> {
  if (operation === 'GenerateDataKey') {
    const request = parseGenerateDataKey(body);
    return isRefusal(request) ? request : generateDataKey(parts, request, caller);
  }
  const request = parseDecrypt(body);
  if (isRefusal(request)) return request;
  invariant(edkId !== undefined, 'a blob that can be read has arrived');
  return decrypt(parts, request, edkId, caller);
}

function recordOf(
  parts: KmsParts,
  operation: KmsOperation,
  body: JsonObject,
  caller: Caller,
  result: Result<unknown>,
): JsonObject {
  const parsed = operation === 'GenerateDataKey' ? parseGenerateDataKey(body) : parseDecrypt(body);
  const { keyArn } = result;
  const { sourceIp = '-', userAgent } = caller;
  return kmsRecord({
    random: parts.random,
    time: parts.clock.now(),
    region: parts.region,
    recipientAccountId: parts.accountId,
    caller: caller.principal,
    eventName: operation,
    ...(keyArn === undefined ? {} : { keyArn }),
    ...(isRefusal(parsed) ? {} : parametersOf(parsed)),
    ...(isRefusal(result) ? { error: { code: result.error.__type, message: result.error.message } } : {}),
    origin: caller.viaService === undefined ? { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) } : 's3',
  });
}

/** What may be written down of a request: never its blob (F-CT-013). */
function parametersOf(request: Exclude<ReturnType<typeof parseDecrypt | typeof parseGenerateDataKey>, KmsRefusal>) {
  return {
    ...(request.KeyId === undefined ? {} : { keyId: request.KeyId }),
    ...('KeySpec' in request ? { keySpec: request.KeySpec } : {}),
    ...(request.EncryptionContext === undefined ? {} : { encryptionContext: request.EncryptionContext }),
  };
}
