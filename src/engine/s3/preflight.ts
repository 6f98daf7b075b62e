import { findHeader, type HttpRequest } from '../http/message.ts';
import { Refusal } from './refusal.ts';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

/** What a browser's question before a foreign page's request is answered: no bucket lets foreign pages in here. */
export function refusePreflight(
  request: HttpRequest,
  on: 'service' | 'bucket' | 'object',
  hasBucket: boolean,
): Refusal {
  const refuse = (status: number, code: string, message: string, extra = {}) =>
    new Refusal({ status, code, message, extra }, []);
  if (findHeader(request, 'origin') === undefined) {
    return refuse(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  }
  const method = findHeader(request, 'access-control-request-method');
  if (method === undefined || !METHODS.includes(method)) {
    return refuse(400, 'BadRequest', `Invalid Access-Control-Request-Method: ${method ?? 'null'}`);
  }
  const why = hasBucket ? 'CORS is not enabled for this bucket.' : 'Bucket not found';
  const ResourceType = hasBucket ? on.toUpperCase() : 'BUCKET';
  return refuse(403, 'AccessForbidden', `CORSResponse: ${why}`, { Method: method, ResourceType });
}
