import { kmsRecord } from '../audit/kmsRecord.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { JsonObject } from '../trace/event.ts';
import type { Call, Caller, Outcome } from './call.ts';
import { deleteDueKeys } from './deleteDueKeys.ts';
import { specOf } from './keySpecs.ts';
import type { Operation, Prepared } from './operation.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';

/**
 * Does what is asked, writes it down (in every case, before anything is answered) and, when refused, says so.
 *
 * @param arrived what arrived with the request, by member.
 */
export async function perform(
  parts: KmsParts,
  operation: Operation,
  body: JsonObject,
  caller: Caller,
  arrived: ReadonlyMap<string, ArtifactId>,
): Promise<Outcome> {
  const { recorder } = parts;
  const call: Call = { parts, operation: operation.name, caller, now: parts.clock.now(), arrived };
  deleteDueKeys(parts, call.now);
  const prepared = operation.prepare(body);
  const outcome = isRefusal(prepared) ? prepared : await attempt(call, prepared, body);

  recorder.step('kms.log', 'kms');
  await parts.trail.log(recordOf(call, operation, prepared, outcome));
  if (isRefusal(outcome)) {
    recorder.step('kms.refuse', 'kms');
    recorder.emit({
      verb: 'failed',
      place: 'kms.host',
      code: outcome.error.__type,
      message: outcome.error.message,
      api: `kms:${operation.name}`,
      facts: outcome.facts,
    });
  }
  return outcome;
}

async function attempt(call: Call, prepared: Prepared, body: JsonObject): Promise<Outcome> {
  const { parts, caller } = call;
  const kind = prepared.quota === 'cryptographic' ? kindOf(call, body) : prepared.quota;
  if (parts.limits.take(caller.principal.accountId, kind, call.now)) return prepared.perform(call);
  const refusal = REFUSALS.throttled();
  parts.recorder.step('kms.throttle', 'kms');
  parts.recorder.emit({
    verb: 'throttled',
    place: 'kms.host',
    code: refusal.error.__type,
    message: refusal.error.message,
    api: `kms:${call.operation}`,
    facts: ['F-ERR-086', 'F-KMS-082', 'F-KMS-086'],
  });
  return refusal;
}

/** Which quota a cryptographic operation counts against: that of the key's family (F-KMS-082, F-KMS-084). */
function kindOf({ parts, caller }: Call, body: JsonObject): string {
  const named = body.KeyId ?? body.DestinationKeyId;
  const found = typeof named === 'string' ? parts.keys.resolve(named, caller.principal.accountId) : undefined;
  const family = found && 'spec' in found ? specOf(found.spec).family : 'symmetric';
  return family === 'rsa' || family === 'ecc' ? family : 'symmetric';
}

function recordOf(call: Call, operation: Operation, prepared: Prepared | KmsRefusal, outcome: Outcome): JsonObject {
  const { parts, caller } = call;
  const { keyArn } = outcome;
  const { sourceIp = '-', userAgent } = caller;
  return kmsRecord({
    random: parts.random,
    time: call.now,
    region: parts.region,
    recipientAccountId: keyArn?.split(':')[4] ?? caller.principal.accountId,
    caller: caller.principal,
    eventName: operation.name,
    isReadOnly: operation.isReadOnly,
    ...(keyArn === undefined ? {} : { keyArn }),
    requestParameters: isRefusal(prepared) ? {} : prepared.parameters,
    ...(isRefusal(outcome)
      ? { error: { code: outcome.error.__type, message: outcome.error.message } }
      : { responseElements: outcome.logged ?? null }),
    origin: caller.viaService === undefined ? { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) } : 's3',
  });
}
