/** What a request carries besides its words: blobs, plaintexts, messages. Each is an artifact of the world. */

import { type Bytes, copyOf } from '../bytes/bytes.ts';
import { gather, type HttpRequest } from '../http/message.ts';
import type { Artifact, ArtifactId, ArtifactKind } from '../trace/artifact.ts';
import type { JsonObject } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import { decodeBlob } from './api.ts';
import { blobFields } from './blob.ts';
import { findOperation, parseJsonBody } from './envelope.ts';
import type { Carried, Operation } from './operation.ts';
import { isRefusal } from './refusal.ts';
import { MAX_BLOB_BYTES } from './useMembers.ts';

interface Kind {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly isSecret: boolean;
}

const KINDS: Readonly<Record<Carried['as'], Kind>> = {
  blob: { kind: 'encrypted-data-key', name: 'encrypted data key', isSecret: false },
  plaintext: { kind: 'plaintext-object', name: 'plaintext', isSecret: true },
  message: { kind: 'plaintext-object', name: 'message', isSecret: true },
  mac: { kind: 'checksum', name: 'HMAC', isSecret: false },
};

/** One of them with its bytes, by the member it came in. */
export interface CarriedArtifact {
  readonly member: string;
  readonly artifact: Artifact;
  readonly bytes: Bytes;
}

/** Everything a request carries that can be read; it may be something KMS has never made. */
export async function identifyCarried(
  recorder: Recorder,
  { carried }: Operation,
  body: JsonObject,
): Promise<CarriedArtifact[]> {
  const found: CarriedArtifact[] = [];
  for (const { member, as } of carried) {
    const text = Object.hasOwn(body, member) ? body[member] : undefined;
    const bytes = typeof text === 'string' ? decodeBlob(text) : undefined;
    if (!bytes || bytes.length === 0 || bytes.length > MAX_BLOB_BYTES) continue;
    const fields = as === 'blob' ? blobFields(bytes) : [];
    found.push({ member, artifact: await recorder.identify({ ...KINDS[as], bytes, fields }), bytes });
  }
  return found;
}

/**
 * The same for whoever puts a request on the line: its cargo, with bytes in buffers of their own. None for what is no
 * request to KMS.
 */
export async function cargoOf(
  recorder: Recorder,
  request: HttpRequest,
): Promise<{ readonly id: ArtifactId; readonly bytes: Bytes }[]> {
  const operation = findOperation(request);
  const body = operation ? parseJsonBody(gather(request.body)) : undefined;
  if (!operation || !body || isRefusal(body)) return [];
  const found = await identifyCarried(recorder, operation, body);
  return found.map(({ artifact, bytes }) => ({ id: artifact.id, bytes: copyOf(bytes) }));
}
