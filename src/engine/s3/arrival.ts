import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import type { Connection, HttpRequest } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import { holdInMemory, type S3Parts } from './context.ts';
import type { AnyS3Operation } from './operation.ts';

/** Headers whose values are artifacts of their own when the world knows their bytes. */
const TELLING_HEADERS = [
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-checksum-sha256',
];

/** The request's body in S3's memory. */
export interface Arrival {
  readonly body: Artifact | undefined;
  readonly bodyBytes: Bytes;
}

/**
 * Takes what arrived into S3's memory: the body, and what the headers carry. Identity is by content, so the
 * trace shows the very object and key that the client sent.
 */
export async function takeIn(
  s3: S3Parts,
  operation: AnyS3Operation | undefined,
  request: HttpRequest,
  bodyBytes: Bytes,
  connection: Connection,
): Promise<Arrival> {
  const { recorder } = s3;
  const found: Artifact[] = [];
  const body = await identifyBody(s3, operation, bodyBytes);
  if (body) {
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

async function identifyBody(
  { recorder }: S3Parts,
  operation: AnyS3Operation | undefined,
  bytes: Bytes,
): Promise<Artifact | undefined> {
  if (operation?.body === 'content') {
    return recorder.identify({ kind: 'plaintext-object', name: 'object', bytes, isSecret: true });
  }
  if (operation?.body !== 'document' || bytes.length === 0) return undefined;
  const name = operation.name === 'PutBucketEncryption' ? 'encryption rule' : `${operation.name} document`;
  return recorder.identify({ kind: 'configuration', name, bytes, isSecret: false });
}

export function isUserMetadata(headerName: string): boolean {
  return headerName.toLowerCase().startsWith('x-amz-meta-');
}
