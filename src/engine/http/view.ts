import type { JsonObject, JsonValue } from '../trace/event.ts';
import type { MessageView } from '../trace/trace.ts';
import { type Body, findHeader, gather, type HttpRequest, type HttpResponse, startLineOf } from './message.ts';

const TEXT_LIMIT = 4096;

/**
 * A message as the inspector shows it: head in full; text bodies, cut; JSON bodies parsed. A body may belie its type: a
 * learner's own file can be broken, and ciphertext keeps the type of what is inside.
 */
export function viewOf(message: HttpRequest | HttpResponse): MessageView {
  const type = findHeader(message, 'content-type') ?? '';
  const isJson = type.includes('json');
  const isService = isJson || type.includes('xml');
  const text = isService && message.body.length > 0 ? findText(message.body) : undefined;
  const json = isJson && text !== undefined && message.body.length <= TEXT_LIMIT ? findJson(text) : undefined;
  return {
    startLine: startLineOf(message),
    headers: message.headers,
    bodyLength: message.body.length,
    ...(text === undefined ? {} : { bodyText: text }),
    ...(json === undefined ? {} : { json }),
  };
}

/** The body's first 4,096 bytes as text, or `undefined` when they are not UTF-8. */
function findText(body: Body): string | undefined {
  const head = gather(body).subarray(0, TEXT_LIMIT);
  try {
    // A character that is cut at the limit is left out.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: body.length > TEXT_LIMIT });
  } catch {
    return undefined;
  }
}

function findJson(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
