import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import type { Connection, HttpRequest } from '../http/message.ts';
import type { Artifact } from '../trace/artifact.ts';
import type { Recorder } from '../trace/recorder.ts';
import { holdInMemory, type S3Parts } from './context.ts';
import type { AnyS3Operation } from './operation.ts';

/** Headers whose values are artifacts of their own when the world knows their bytes. */
const TELLING_HEADERS = [
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-checksum-sha256',
];

/** Shorter values are no keys and no checksums, but words that happen to be Base64. */
const MIN_TELLING_BYTES = 12;

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
  for (const { artifact, bytes } of await findInHeaders(recorder, request)) {
    if (found.includes(artifact)) continue;
    holdInMemory(s3, artifact, bytes);
    found.push(artifact);
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

/** What the headers carry of what the world knows, each in a buffer of its own. */
export async function findInHeaders(
  recorder: Recorder,
  request: HttpRequest,
): Promise<{ readonly artifact: Artifact; readonly bytes: Bytes }[]> {
  const found: { artifact: Artifact; bytes: Bytes }[] = [];
  for (const [name, value] of request.headers) {
    if (!TELLING_HEADERS.includes(name.toLowerCase()) && !isUserMetadata(name)) continue;
    const bytes = parseBase64(value);
    const artifact = bytes && bytes.length >= MIN_TELLING_BYTES ? await recorder.find(bytes) : undefined;
    if (bytes && artifact) found.push({ artifact, bytes });
  }
  return found;
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
