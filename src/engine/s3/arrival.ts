import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { type Connection, findHeader, gather, type HttpRequest } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import { holdInMemory, type S3Parts } from './context.ts';

/** Headers whose values are artifacts of their own when the world knows their bytes. */
const TELLING_HEADERS = ['x-amz-server-side-encryption-customer-key', 'x-amz-checksum-sha256'];

/** The request's body in S3's memory. */
export interface Arrival {
  readonly body: Artifact | undefined;
  readonly bodyBytes: Bytes;
}

/**
 * Takes what arrived into S3's memory: the body, and what the headers carry. Identity is by content, so the
 * trace shows the very object and key that the client sent.
 */
export async function takeIn(s3: S3Parts, request: HttpRequest, connection: Connection): Promise<Arrival> {
  const { recorder } = s3;
  const found: Artifact[] = [];
  const bodyBytes = gather(request.body);
  let body: Artifact | undefined;
  const isConfiguration = request.query.split('&').includes('encryption');
  if (request.method === 'PUT' && !isConfiguration) {
    body = await recorder.identify({ kind: 'plaintext-object', name: 'object', bytes: bodyBytes, isSecret: true });
    holdInMemory(s3, body, bodyBytes);
    found.push(body);
  } else if (isConfiguration && bodyBytes.length > 0) {
    body = await recorder.identify({
      kind: 'configuration',
      name: 'encryption rule',
      bytes: bodyBytes,
      isSecret: false,
    });
    holdInMemory(s3, body, bodyBytes);
    found.push(body);
  }
  const telling = request.headers.filter(
    ([name]) => TELLING_HEADERS.includes(name.toLowerCase()) || isUserMetadata(name),
  );
  for (const [, value] of telling) {
    const bytes = parseBase64(value);
    const known = bytes && bytes.length >= 16 ? await recorder.find(bytes) : undefined;
    if (!bytes || !known || found.includes(known)) continue;
    holdInMemory(s3, known, bytes);
    found.push(known);
  }
  const arrival = connection.arrival;
  recorder.emit({
    verb: 'received',
    from: 'network',
    place: 's3.memory',
    inputs: arrival ? [arrival.capture, ...(arrival.sessionKey ? [arrival.sessionKey] : [])] : [],
    outputs: found.map(artifact => artifact.id),
    facts: connection.isSecure ? ['F-GEN-001', 'F-GEN-017'] : ['F-GEN-018'],
  });
  return { body, bodyBytes };
}

export function isUserMetadata(headerName: string): boolean {
  return headerName.toLowerCase().startsWith('x-amz-meta-');
}

/** The SHA-256 the client sent, Base64, if any. */
export function findSentChecksum(request: HttpRequest): string | undefined {
  return findHeader(request, 'x-amz-checksum-sha256');
}
