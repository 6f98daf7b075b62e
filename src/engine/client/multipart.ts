/** A multipart upload from beginning to end: what is sent is the caller's business. */
import { utf8 } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { bodyText, findHeader, type Header, type HttpResponse } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Transport } from '../trace/trace.ts';
import { type Customer, forgetAtClient, holdAtClient } from './customer.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  hashBody,
  type ObjectAddress,
  parseError,
  uploadPart,
} from './s3Client.ts';
import type { ClientResult } from './s3EncryptionClient/failures.ts';

/** What goes up in parts. */
export interface InParts {
  /** Of the request that opens the upload: encryption and metadata are chosen there (F-MPU-001). */
  readonly headers: readonly Header[];
  /** What travels in those headers, for the trace. */
  readonly cargo: readonly ArtifactId[];
  /** In the customer's room, in order; every one but the last at least 5 MiB. */
  readonly parts: readonly Artifact[];
  /** Parts that stay in the customer's memory when they are sent. */
  readonly kept: readonly ArtifactId[];
}

/** Opens, sends the parts and completes. Stops at the first refusal: what was sent by then is dropped (AbortMultipartUpload). */
export async function sendInParts(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  { headers, cargo, parts, kept }: InParts,
): Promise<ClientResult<HttpResponse>> {
  const opened = await createMultipartUpload(customer, transport, address, headers, cargo);
  const id = /<UploadId>([^<]+)<\/UploadId>/.exec(bodyText(opened.body))?.[1];
  if (opened.status !== 200 || id === undefined) return { ok: opened };
  const lines: string[] = [];
  for (const [index, body] of parts.entries()) {
    const { checksum, digest } = await hashBody(customer, body);
    const answer = await uploadPart(
      customer,
      transport,
      address,
      { id, number: index + 1 },
      { body, checksum, digest },
    );
    if (answer.status !== 200) {
      // Parts of an upload that nobody completes would lie there, and be paid for.
      await abortMultipartUpload(customer, transport, address, id);
      return { ok: answer };
    }
    forgetAtClient(customer, [checksum.id, ...(kept.includes(body.id) ? [] : [body.id])]);
    const etag = findHeader(answer, 'etag') ?? '';
    lines.push(
      `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag><ChecksumSHA256>${toBase64(digest)}</ChecksumSHA256></Part>`,
    );
  }
  const xml = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${lines.join('')}</CompleteMultipartUpload>`;
  const document = await customer.recorder.identify({
    kind: 'configuration',
    name: 'list of parts',
    bytes: utf8(xml),
    isSecret: false,
  });
  holdAtClient(customer, document, utf8(xml));
  customer.recorder.step('client.prepare', 'client');
  customer.recorder.emit({ verb: 'generated', place: 'client', outputs: [document.id], facts: ['F-MPU-001'] });
  const completed = await completeMultipartUpload(customer, transport, address, id, { document, xml });
  // S3 may answer 200 first and find the error afterwards.
  return completed.status === 200 && !bodyText(completed.body).includes('<CompleteMultipartUploadResult')
    ? { failure: { ...parseError(completed), facts: ['F-MPU-001'] } }
    : { ok: completed };
}
