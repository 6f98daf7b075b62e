/** The two ways into KMS: over the wire, and from a service inside AWS. Both lead to the same operations. */
import { randomUuid } from '../audit/randomUuid.ts';
import { type Bytes, copyOf, textOf } from '../bytes/bytes.ts';
import { invariant } from '../errors.ts';
import {
  type Connection,
  findHeader,
  gather,
  type Handler,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from '../http/message.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { InternalKms, KmsErrorBody, KmsOperation } from './api.ts';
import { blobFields } from './blob.ts';
import { perform } from './operation.ts';
import type { KmsParts } from './parts.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { parseCiphertextBlob, parseJsonBody } from './requestBody.ts';

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

  /** Holds the blob that came with a request in `kms.host`; it may be one that KMS has never made. */
  const admitBlob = async (blob: Bytes): Promise<ArtifactId> => {
    const edk = await recorder.identify({
      kind: 'encrypted-data-key',
      name: 'encrypted data key',
      bytes: blob,
      isSecret: false,
      fields: blobFields(blob),
    });
    host.hold(edk.id, copyOf(blob));
    transient.add(edk.id);
    return edk.id;
  };

  const handle: Handler = async (request, connection) => {
    const bytes = gather(request.body);
    const parsed = readRequest(request, bytes);
    const arrived = isRefusal(parsed) || parsed.blob === undefined ? undefined : await admitBlob(parsed.blob);
    if (arrived !== undefined) tellArrival(parts, arrived, connection);
    if (isRefusal(parsed)) return refuseAtDoor(parts, parsed);

    const principal = await parts.authenticate(request, bytes);
    if (!principal) {
      const refused = refuseUnsigned(parts, request, parsed.operation);
      clearHost();
      return refused;
    }
    const userAgent = findHeader(request, 'user-agent');
    const caller = { principal, sourceIp: connection.sourceIp, ...(userAgent === undefined ? {} : { userAgent }) };
    const result = await perform(parts, parsed.operation, parsed.body, caller, arrived);
    if (isRefusal(result)) {
      clearHost();
      return respond(parts, 400, { ...result.error });
    }
    recorder.step('kms.answer', 'kms');
    for (const id of result.outputs) {
      host.hold(id, copyOf(hsm.getBytes(id)));
      transient.add(id);
    }
    recorder.emit({
      verb: 'sent',
      from: 'kms.hsm',
      place: 'kms.host',
      outputs: result.outputs,
      api: `kms:${parsed.operation}`,
      facts: [parsed.operation === 'Decrypt' ? 'F-CSK-012' : 'F-CSK-002', 'F-KMS-005'],
    });
    discard(recorder, hsm, result.outputs, ['F-KMS-009']);
    return { ...respond(parts, 200, { ...result.response }), cargo: result.outputs };
  };

  const internal: InternalKms = async (request, forwarded) => {
    const parsed = readRequest(request, gather(request.body));
    if (isRefusal(parsed)) return refuseAtDoor(parts, parsed);
    const arrived = parsed.blob === undefined ? undefined : await admitBlob(parsed.blob);
    const principal = parts.findPrincipalByArn(forwarded.principalArn);
    invariant(principal, 'a service calls KMS only on behalf of somebody it has recognised');
    const caller = { principal, viaService: forwarded.viaService };
    const result = await perform(parts, parsed.operation, parsed.body, caller, arrived);
    if (isRefusal(result)) {
      clearHost();
      return respond(parts, 400, { ...result.error });
    }
    recorder.step('kms.answer', 'kms');
    recorder.emit({
      verb: 'responded',
      from: 'kms.hsm',
      place: 's3.memory',
      outputs: result.outputs,
      status: 200,
      api: `kms:${parsed.operation}`,
      facts: [parsed.operation === 'Decrypt' ? 'F-KSM-013' : 'F-KSM-005'],
    });
    discard(recorder, hsm, result.outputs, ['F-KMS-009']);
    clearHost();
    return respond(parts, 200, { ...result.response });
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

interface ReadRequest {
  readonly operation: KmsOperation;
  readonly body: Exclude<ReturnType<typeof parseJsonBody>, KmsRefusal>;
  readonly blob: Bytes | undefined;
}

function readRequest(request: HttpRequest, bytes: Bytes): ReadRequest | KmsRefusal {
  const operation = findOperation(request);
  if (operation === undefined) return REFUSALS.unknownOperation();
  const body = parseJsonBody(textOf(bytes));
  if (isRefusal(body)) return body;
  return { operation, body, blob: operation === 'Decrypt' ? parseCiphertextBlob(body) : undefined };
}

function findOperation(request: HttpRequest): KmsOperation | undefined {
  const target = request.method === 'POST' ? findHeader(request, 'x-amz-target') : undefined;
  if (target === 'TrentService.GenerateDataKey') return 'GenerateDataKey';
  return target === 'TrentService.Decrypt' ? 'Decrypt' : undefined;
}

/** Shows the blob coming out of the recorded traffic, in the step that the wire has opened. */
function tellArrival({ recorder }: KmsParts, edkId: ArtifactId, { arrival }: Connection): void {
  if (!arrival) return;
  recorder.emit({
    verb: 'received',
    from: 'network',
    place: 'kms.host',
    inputs: [arrival.capture, ...(arrival.sessionKey === undefined ? [] : [arrival.sessionKey])],
    outputs: [edkId],
    api: 'kms:Decrypt',
    exchange: arrival.exchange,
    facts: ['F-CSK-012'],
  });
}

/** A request that is no call of KMS, or of something KMS does not offer here. */
function refuseAtDoor(parts: KmsParts, { error, facts }: KmsRefusal): HttpResponse {
  parts.recorder.step('kms.refuse', 'kms');
  parts.recorder.emit({ verb: 'failed', place: 'kms.host', code: error.__type, message: error.message, facts });
  return respond(parts, 400, { ...error });
}

/** Without a valid signature nobody is there who could be authorized. The texts are not in AWS's documentation. */
function refuseUnsigned(parts: KmsParts, request: HttpRequest, operation: KmsOperation): HttpResponse {
  const isSigned = findHeader(request, 'authorization') !== undefined;
  const action = `kms:${operation}`;
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
      because: isSigned ? 'the signature does not match the request' : 'the request is not signed',
    },
    facts: ['F-KMS-020'],
  });
  const message = isSigned ? 'The request signature does not match' : 'Missing Authentication Token';
  return refuseAtDoor(parts, REFUSALS.accessDenied(message, 'F-KMS-020'));
}

function respond(parts: KmsParts, status: number, body: KmsErrorBody | object): HttpResponse {
  return {
    status,
    headers: [
      ['content-type', 'application/x-amz-json-1.1'],
      ['x-amzn-requestid', randomUuid(parts.random)],
    ],
    body: textBody(JSON.stringify(body)),
  };
}
