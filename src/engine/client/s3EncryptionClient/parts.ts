import type { Header, HttpResponse } from '../../http/message.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, holdAtClient } from '../customer.ts';
import { sendInParts } from '../multipart.ts';
import type { ObjectAddress } from '../s3Client.ts';
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
  return sendInParts(customer, transport, address, {
    headers,
    cargo: sealed.ok.cargo,
    parts,
    kept: [sealed.ok.ciphertext.id],
  });
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
