/** The two ways into KMS: over the wire, and from a service inside AWS. Both lead to the same operations. */
import { copyOf } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import {
  type Connection,
  findHeader,
  gather,
  type Handler,
  type HttpRequest,
  type HttpResponse,
} from '../http/message.ts';
import type { Principal } from '../iam/principal.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId, JsonObject } from '../trace/event.ts';
import type { InternalKms, KmsOperation } from './api.ts';
import type { Answer } from './call.ts';
import { identifyCarried } from './cargo.ts';
import { findOperation, parseJsonBody, respond, respondRefusal } from './envelope.ts';
import { ensureS3Key } from './makeKey.ts';
import type { Operation } from './operation.ts';
import type { KmsParts } from './parts.ts';
import { perform } from './perform.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';

interface Doors {
  readonly handle: Handler;
  readonly internal: InternalKms;
  forget(): void;
}

export function createDoors(parts: KmsParts): Doors {
  const { recorder, host, hsm } = parts;
  /** What a call has put into `kms.host` and must not stay there. */
  const transient = new Set<ArtifactId>();

  const clearHost = (): void => {
    discard(recorder, host, transient, ['F-KMS-009']);
    transient.clear();
  };

  /** Holds what came with a request in `kms.host`. */
  const admit = async (operation: Operation, body: JsonObject): Promise<Map<string, ArtifactId>> => {
    const arrived = new Map<string, ArtifactId>();
    for (const { member, artifact, bytes } of await identifyCarried(recorder, operation, body)) {
      arrived.set(member, artifact.id);
      if (host.has(artifact.id)) continue;
      host.hold(artifact.id, bytes);
      transient.add(artifact.id);
    }
    return arrived;
  };

  const handle: Handler = async (request, connection) => {
    const bytes = gather(request.body);
    const operation = findOperation(request);
    if (!operation) return refuseAtDoor(parts, REFUSALS.unknownOperation());
    const body = parseJsonBody(bytes);
    const arrived = isRefusal(body) ? new Map<string, ArtifactId>() : await admit(operation, body);
    tellArrival(parts, operation, [...new Set(arrived.values())], connection);

    const principal = await parts.authenticate(request, bytes);
    if (!principal || 'refusal' in principal) {
      const refusal = principal ? REFUSALS.unauthenticated(principal.refusal) : refusalOfUnsigned(request);
      const refused = refuseUnsigned(parts, operation, refusal);
      clearHost();
      return refused;
    }
    if (isRefusal(body)) return refuseAtDoor(parts, body);
    const outcome = await perform(parts, operation, body, callerOf(principal, request, connection), arrived);
    if (isRefusal(outcome)) {
      clearHost();
      return respondRefusal(parts, outcome);
    }
    const outputs = outcome.outputs ?? [];
    if (outputs.length > 0) {
      recorder.step('kms.answer', 'kms');
      for (const id of outputs) {
        if (host.has(id) && !transient.has(id)) continue;
        host.hold(id, copyOf(hsm.getBytes(id)));
        transient.add(id);
      }
      const facts = [...(DIRECT_FACTS[operation.name] ?? []), 'F-KMS-005'];
      recorder.emit({ verb: 'sent', from: 'kms.hsm', place: 'kms.host', outputs, api: `kms:${operation.name}`, facts });
      discard(recorder, hsm, outputs, ['F-KMS-009']);
    }
    return { ...respondAnswer(parts, outcome), cargo: outputs };
  };

  const internal: InternalKms = async (request, forwarded) => {
    const operation = findOperation(request);
    if (!operation) return refuseAtDoor(parts, REFUSALS.unknownOperation());
    const body = parseJsonBody(gather(request.body));
    if (isRefusal(body)) return refuseAtDoor(parts, body);
    const arrived = await admit(operation, body);
    const principal = parts.findPrincipalByArn(forwarded.principalArn);
    invariant(principal, 'a service calls KMS only on behalf of somebody it has recognised');
    const caller = { principal, viaService: forwarded.viaService };
    for (const named of [body.KeyId, body.DestinationKeyId]) {
      if (typeof named === 'string') await ensureS3Key(parts, named, principal.accountId);
    }
    const outcome = await perform(parts, operation, body, caller, arrived);
    if (isRefusal(outcome)) {
      clearHost();
      return respondRefusal(parts, outcome);
    }
    const outputs = outcome.outputs ?? [];
    recorder.step('kms.answer', 'kms');
    recorder.emit({
      verb: 'responded',
      from: 'kms.hsm',
      place: 's3.memory',
      outputs,
      status: 200,
      api: `kms:${operation.name}`,
      facts: FORWARDED_FACTS[operation.name] ?? ['F-SIM-101'],
    });
    discard(recorder, hsm, outputs, ['F-KMS-009']);
    clearHost();
    return respondAnswer(parts, outcome);
  };

  return {
    handle,
    internal,
    forget() {
      recorder.step('kms.forget', 'kms');
      clearHost();
    },
  };
}

type FactsOfOperation = Partial<Record<KmsOperation, readonly FactId[]>>;
const DIRECT_FACTS: FactsOfOperation = { Decrypt: ['F-CSK-012'], GenerateDataKey: ['F-CSK-002'] };
const FORWARDED_FACTS: FactsOfOperation = { Decrypt: ['F-KSM-013'], GenerateDataKey: ['F-KSM-005'] };

function callerOf(principal: Principal, request: HttpRequest, { sourceIp }: Connection) {
  const userAgent = findHeader(request, 'user-agent');
  return { principal, sourceIp, ...(userAgent === undefined ? {} : { userAgent }) };
}

function respondAnswer(parts: KmsParts, { response }: Answer): HttpResponse {
  return respond(parts, 200, response);
}

/** Shows what came out of the recorded traffic, in the step that the wire has opened. */
function tellArrival(
  { recorder }: KmsParts,
  { name }: Operation,
  outputs: readonly ArtifactId[],
  { arrival }: Connection,
): void {
  if (!arrival || outputs.length === 0) return;
  recorder.emit({
    verb: 'received',
    from: 'network',
    place: 'kms.host',
    inputs: [arrival.capture, ...(arrival.sessionKey === undefined ? [] : [arrival.sessionKey])],
    outputs,
    api: `kms:${name}`,
    exchange: arrival.exchange,
    facts: name === 'Decrypt' ? ['F-CSK-012'] : ['F-KMS-020'],
  });
}

/** A request that is no call of KMS, or of something KMS does not offer here. */
function refuseAtDoor(parts: KmsParts, refusal: KmsRefusal): HttpResponse {
  const { error, facts } = refusal;
  parts.recorder.step('kms.refuse', 'kms');
  parts.recorder.emit({ verb: 'failed', place: 'kms.host', code: error.__type, message: error.message, facts });
  return respondRefusal(parts, refusal);
}

function refusalOfUnsigned(request: HttpRequest): KmsRefusal {
  return findHeader(request, 'authorization') === undefined ? REFUSALS.missingToken() : REFUSALS.wrongSignature();
}

/** Without a valid signature nobody is there who could be authorized. */
function refuseUnsigned(parts: KmsParts, { name }: Operation, refusal: KmsRefusal): HttpResponse {
  const action = `kms:${name}`;
  const isMissing = refusal.error.__type === 'MissingAuthenticationTokenException';
  parts.recorder.step('kms.authorize', 'kms');
  parts.recorder.emit({
    verb: 'denied',
    place: 'kms.host',
    api: action,
    decision: {
      gate: 'kms',
      isAllowed: false,
      principal: 'anonymous',
      action,
      resource: '*',
      conditionValues: {},
      statements: [],
      settledBy: 'signature',
      because: isMissing ? 'the request is not signed' : 'the signature of the request does not count',
    },
    facts: ['F-KMS-020'],
  });
  return refuseAtDoor(parts, refusal);
}
