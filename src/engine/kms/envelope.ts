/** The outside of a JSON 1.1 request and of its answer (F-KMS-020). */

import { randomUuid } from '../audit/randomUuid.ts';
import { type Bytes, textOf } from '../bytes/bytes.ts';
import { httpDate } from '../clock.ts';
import { EMPTY_BODY, findHeader, type HttpRequest, type HttpResponse, textBody } from '../http/message.ts';
import type { JsonObject } from '../trace/event.ts';
import { isObject } from './members.ts';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import type { KmsParts } from './parts.ts';
import { type KmsRefusal, REFUSALS } from './refusal.ts';

const TARGET = 'TrentService.';

/** The operation that `X-Amz-Target` names, if it is offered. */
export function findOperation(request: HttpRequest): Operation | undefined {
  const target = request.method === 'POST' ? findHeader(request, 'x-amz-target') : undefined;
  return target?.startsWith(TARGET) ? OPERATIONS.get(target.slice(TARGET.length)) : undefined;
}

/** The members of a request; an empty body has none. */
export function parseJsonBody(bytes: Bytes): JsonObject | KmsRefusal {
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(textOf(bytes));
    if (isObject(value)) return value;
  } catch {
    // refused below like every other body that is no object
  }
  return REFUSALS.serialization('Unexpected token received from parser');
}

/** An answer. An operation that answers nothing has an empty body. */
export function respond(parts: KmsParts, status: number, body: object | undefined): HttpResponse {
  return {
    status,
    headers: [
      ['x-amzn-RequestId', randomUuid(parts.random)],
      ['Cache-Control', 'no-cache, no-store, must-revalidate, private'],
      ['Expires', '0'],
      ['Pragma', 'no-cache'],
      ['Date', httpDate(parts.clock.now())],
      ['Content-Type', 'application/x-amz-json-1.1'],
    ],
    body: body === undefined ? EMPTY_BODY : textBody(JSON.stringify(body)),
  };
}

export function respondRefusal(parts: KmsParts, { error, status = 400 }: KmsRefusal): HttpResponse {
  return respond(parts, status, error);
}
