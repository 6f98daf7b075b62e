/** Multipart upload of an object that is encrypted on the customer's side (F-FMT-074, F-MPU-001). */
import { utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { bodyText, findHeader, type Header, type HttpResponse } from '../../http/message.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, forgetAtClient, holdAtClient } from '../customer.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  hashBody,
  type ObjectAddress,
  parseError,
  uploadPart,
} from '../s3Client.ts';
import type { ClientResult } from './failures.ts';
import { INSTRUCTION_SUFFIX } from './instructionFile.ts';
import type { ClientOptions } from './options.ts';
import { type PutMore, putInstructionFile, seal } from './writing.ts';

/** S3's least size of a part that is not the last (F-MPU-001). */
const MIN_PART_BYTES = 5 * 1024 * 1024;
/** The largest that S3 takes in one part, 5 GiB (F-MPU-001). */
const MAX_PART_BYTES = 5 * 1024 ** 3;

export interface PartsMore extends PutMore {
  /** Bytes of ciphertext a part; at least 5 MiB, rounded down to whole blocks. The last part ends with the tag. */
  readonly partBytes?: number;
}

/**
 * Encrypts the whole as one message, with one key, one IV and one tag at its very end, and sends it in parts: the parts are
 * S3's business and no unit of encryption. The envelope goes with the opening request.
 */
export async function uploadInParts(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  plaintext: Artifact,
  contentType: string,
  more: PartsMore = {},
): Promise<ClientResult<HttpResponse>> {
  const { transport } = options;
  const parts: Artifact[] = [];
  const partBytes = wholeBlocks(more.partBytes ?? MIN_PART_BYTES);
  const sealed = await seal(customer, options, plaintext, more, async (ciphertext, keyId) => {
    parts.push(...(await cut(customer, ciphertext, keyId, partBytes)));
  });
  if ('failure' in sealed) return sealed;
  if (sealed.ok.inFile) {
    const written = await putInstructionFile(customer, options, address, sealed.ok.inFile, INSTRUCTION_SUFFIX);
    if (written.status !== 200) return { ok: written };
  }
  const headers: Header[] = [
    ['content-type', contentType],
    ['x-amz-checksum-algorithm', 'SHA256'],
    ...sealed.ok.headers,
    ...(more.headers ?? []),
  ];
  const opened = await createMultipartUpload(customer, transport, address, headers, sealed.ok.cargo);
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
    forgetAtClient(customer, [checksum.id, ...(body.id === sealed.ok.ciphertext.id ? [] : [body.id])]);
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

/** A size of parts that S3 takes, in whole blocks, as the streaming clients demand of every part but the last (F-MPU-009). */
function wholeBlocks(wanted: number): number {
  const partBytes = Math.min(Math.max(MIN_PART_BYTES, wanted), MAX_PART_BYTES);
  return Number.isNaN(partBytes) ? MIN_PART_BYTES : partBytes - (partBytes % 16);
}

/** The ciphertext in pieces, as artifacts; the only piece of a small one is the ciphertext itself. */
async function cut(
  customer: Customer,
  ciphertext: Artifact,
  keyId: ArtifactId,
  partBytes: number,
): Promise<Artifact[]> {
  const whole = customer.room.getBytes(ciphertext.id);
  const count = Math.ceil(whole.length / partBytes);
  if (count <= 1) return [ciphertext];
  const parts: Artifact[] = [];
  for (let index = 0; index < count; index++) {
    const bytes = whole.slice(index * partBytes, (index + 1) * partBytes);
    const part = await customer.recorder.identify({
      kind: 'ciphertext-object',
      name: `part ${index + 1} of ${count}`,
      bytes,
      isSecret: false,
      lock: { keyId, contents: [], algorithm: 'AES-256-GCM' },
    });
    holdAtClient(customer, part, bytes);
    parts.push(part);
  }
  customer.recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [ciphertext.id],
    outputs: parts.map(part => part.id),
    facts: ['F-MPU-001'],
  });
  return parts;
}
