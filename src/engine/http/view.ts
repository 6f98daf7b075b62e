import type { JsonObject } from '../trace/event.ts';
import type { MessageView } from '../trace/trace.ts';
import { bodyText, findHeader, type HttpRequest, type HttpResponse, startLineOf } from './message.ts';

const TEXT_LIMIT = 4096;

/** A message as the inspector shows it: head in full; text bodies, cut; JSON bodies parsed. */
export function viewOf(message: HttpRequest | HttpResponse): MessageView {
  const type = findHeader(message, 'content-type') ?? '';
  const isJson = type.includes('json');
  const isService = isJson || type.includes('xml');
  const text = isService && message.body.length > 0 ? bodyText(message.body).slice(0, TEXT_LIMIT) : undefined;
  return {
    startLine: startLineOf(message),
    headers: message.headers,
    bodyLength: message.body.length,
    ...(text === undefined ? {} : { bodyText: text }),
    ...(isJson && text !== undefined && text.length < TEXT_LIMIT ? { json: JSON.parse(text) as JsonObject } : {}),
  };
}
