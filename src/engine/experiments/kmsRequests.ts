/** Requests to KMS on the customer’s own line. */
import { utf8 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import type { Customer } from '../client/customer.ts';
import { fail, finish } from '../client/transfer.ts';
import { sha256 } from '../crypto/sha2.ts';
import { invariant } from '../errors.ts';
import { bodyText, type HttpRequest, type HttpResponse } from '../http/message.ts';
import { KMS_OPERATIONS, kmsRequest } from '../kms/api.ts';
import { signRequest } from '../sigv4/sigV4.ts';
import type { JsonObject, JsonValue } from '../trace/event.ts';
import type { Outcome, Transport } from '../trace/trace.ts';
import type { Action } from './action.ts';
import { type Answered, type Bench, keepOf } from './bench.ts';
import { fillAll } from './names.ts';

export async function askKms(
  bench: Bench,
  action: Extract<Action, { do: 'kms' }>,
  customer: Customer,
  transport: Transport,
): Promise<Answered> {
  const operation = KMS_OPERATIONS.find(name => name === action.operation);
  invariant(operation, 'KMS has the operation of an experiment');
  const body = fillAll(action.body, bench.names);
  invariant(body !== null && typeof body === 'object', 'a request to KMS is an object');
  const { recorder, room, region, credentials, clock } = customer;
  recorder.step('client.askKms', 'client');
  const plain = kmsRequest(operation, body, [['host', `kms.${region}.amazonaws.com`]]);
  const carried = await bench.world.kms.cargoOf(plain);
  const fresh = carried.filter(({ id }) => !room.has(id));
  for (const { id, bytes } of fresh) room.hold(id, bytes);
  if (fresh.length > 0) {
    recorder.emit({ verb: 'generated', place: 'client', outputs: fresh.map(({ id }) => id), facts: [] });
  }
  const payload = utf8(bodyText(plain.body));
  const dressed: HttpRequest = {
    ...plain,
    headers: [
      ...plain.headers,
      ['content-length', String(payload.length)],
      ['x-amz-content-sha256', toHex(await sha256(payload))],
    ],
  };
  const request = customer.isAnonymous
    ? dressed
    : await signRequest(dressed, credentials, { region, service: 'kms' }, clock.now());
  recorder.emit({
    verb: 'derived',
    place: 'client',
    algorithm: 'SigV4: HMAC-SHA-256',
    api: `kms:${operation}`,
    facts: ['F-CSK-020', 'F-KMS-020'],
  });
  const response = await customer.send(
    'kms',
    request,
    carried.map(({ id }) => id),
    transport,
  );
  const text = bodyText(response.body);
  const told = parseJson(text);
  keepOf(bench, action.keep, path => textAt(told, path));
  return {
    customer,
    isRefused: response.status >= 400,
    end: () => ({ outcome: finishKms(customer, response, told) }),
  };
}

export function finishKms(customer: Customer, response: HttpResponse, told: JsonValue): Outcome {
  if (response.status < 400) return finish(customer, response, []);
  const code = (textAt(told, '__type') ?? 'Unknown').split('#').at(-1) ?? '';
  const message = textAt(told, 'message') ?? textAt(told, 'Message') ?? '';
  return { ...fail(customer, { code, message, facts: [] }), status: response.status };
}

export function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text || '{}') as JsonValue;
  } catch {
    return null;
  }
}

export function textAt(value: JsonValue, path: string): string | undefined {
  let here: JsonValue | undefined = value;
  for (const name of path.split('.')) {
    here = here !== null && typeof here === 'object' ? (here as JsonObject)[name] : undefined;
    if (here === undefined) return undefined;
  }
  return typeof here === 'string' ? here : JSON.stringify(here);
}
