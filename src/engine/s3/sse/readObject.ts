import { type Bytes, concat } from '../../bytes/bytes.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { holdInMemory, type S3Request } from '../context.ts';
import type { CustomerKey } from '../customerKey.ts';
import { loadPieces } from '../disk.ts';
import type { StoredObject, StoredPart } from '../storedObject.ts';
import { openObjectKeys } from './objectKeys.ts';

/** Bytes of an object's content; `end` is exclusive. Both lie within the object. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What was read of an object; every artifact of it is in S3's memory. */
export interface OpenedObject {
  /** Contents of the parts that were needed, in their order. */
  readonly parts: readonly Artifact[];
  /** The bytes that were asked for: the whole object, or the range. They are those of `whole` in memory. */
  readonly content: Bytes;
  /** The artifact that `content` is: a part itself, or what was joined or cut from the parts. */
  readonly whole: Artifact;
  /** The object's checksum, opened where the mode encrypts it. */
  readonly checksum?: Artifact;
}

/**
 * Opens a stored object into S3's memory: loads the parts that are needed and nothing of the others (F-SIM-001), opens the
 * keys once, then checksum and contents, and overwrites the keys. What was opened stays in memory until the request is over.
 *
 * @param customerKey needed exactly for SSE-C; from the copy-source headers for the source of a copy
 * @param checksumId which checksum to open with it: the object's own unless told
 * @throws Refusal when KMS refuses or the customer key is another
 * @throws EngineError `decryption-failed` when a piece on the disks was changed
 */
export async function openWhole(
  asked: S3Request,
  stored: StoredObject,
  customerKey?: CustomerKey,
  range?: ByteRange,
  checksumId: ArtifactId | undefined = stored.checksum?.artifact,
): Promise<OpenedObject> {
  const { s3 } = asked;
  const needed = partsWithin(stored.parts, range);
  loadPieces(
    asked,
    piecesFor(stored, needed, checksumId),
    stored.encryption.type === 'NOT-SSE' ? ['F-GEN-008'] : ['F-KSM-011', 'F-ALG-021'],
  );
  const keys = await openObjectKeys(asked, stored.encryption, customerKey);
  const [first] = needed;
  const offset = first ? startOf(stored.parts, first) : 0;
  const total = needed.reduce((sum, part) => sum + part.contentLength, 0);
  // One part needs no second buffer. Of several, each is copied as soon as it is open.
  const joined = needed.length === 1 ? undefined : new Uint8Array(total);
  const parts: Artifact[] = [];
  let checksum: Artifact | undefined;
  let done = 0;
  for (const part of needed) {
    const hasChecksum = part === first && checksumId !== undefined;
    const opened = await keys.open({
      body: s3.recorder.get(part.body),
      ...(hasChecksum ? { checksum: s3.recorder.get(checksumId) } : {}),
    });
    checksum ??= opened.checksum;
    parts.push(opened.body);
    joined?.set(s3.memory.getBytes(opened.body.id), done);
    done += part.contentLength;
  }
  await keys.close();
  const cut = range && (range.start > offset || range.end < offset + total);
  const [only] = parts;
  const opened = checksum ? { parts, checksum } : { parts };
  if (only && !joined && !cut) return { ...opened, whole: only, content: s3.memory.getBytes(only.id) };
  const source = joined ?? (only ? s3.memory.getBytes(only.id) : new Uint8Array(0));
  const content = range ? concat(source.subarray(range.start - offset, range.end - offset)) : source;
  if (content !== source) joined?.fill(0);
  const { objectName } = stored;
  const name = cut && range ? `bytes ${range.start}–${range.end - 1} of ${objectName}` : objectName;
  const whole = await tellDerived(asked, parts, content, name, cut ? 'byte range' : 'parts joined');
  return { ...opened, whole, content };
}

/** Parts that have a byte of the range; all of them without one. */
function partsWithin(parts: readonly StoredPart[], range: ByteRange | undefined): readonly StoredPart[] {
  if (!range) return parts;
  return parts.filter(part => {
    const start = startOf(parts, part);
    return start < range.end && start + part.contentLength > range.start;
  });
}

function startOf(parts: readonly StoredPart[], wanted: StoredPart): number {
  let start = 0;
  for (const part of parts) {
    if (part === wanted) break;
    start += part.contentLength;
  }
  return start;
}

/** What is needed of the object on the disks, in its order: some of its bodies, its locked keys, one checksum. */
function piecesFor(stored: StoredObject, needed: readonly StoredPart[], checksumId: ArtifactId | undefined): string[] {
  const wanted = new Set<string | undefined>([...needed.map(part => part.body), ...keyPiecesOf(stored), checksumId]);
  return stored.pieces.filter(id => wanted.has(id));
}

/** Everything of an object on the disks that is neither a body nor a checksum: its locked keys, and envelopes of clients. */
export function keyPiecesOf({
  pieces,
  parts,
  checksum,
}: Pick<StoredObject, 'pieces' | 'parts' | 'checksum'>): string[] {
  const contents = new Set([...parts.flatMap(part => [part.body, part.checksum]), checksum?.artifact]);
  return pieces.filter(id => !contents.has(id));
}

/** What is joined or cut from opened parts is an artifact too: it is what the answer carries. */
async function tellDerived(
  { s3 }: S3Request,
  parts: readonly Artifact[],
  bytes: Bytes,
  name: string,
  algorithm: string,
): Promise<Artifact> {
  // Of what a client has encrypted, a part is ciphertext too, under the same key.
  const [first] = parts;
  const isCiphertext = parts.length > 0 && parts.every(part => part.kind === 'ciphertext-object');
  const lock = isCiphertext ? first?.lock : undefined;
  const artifact = await s3.recorder.identify({
    kind: isCiphertext ? 'ciphertext-object' : 'plaintext-object',
    name,
    bytes,
    isSecret: !isCiphertext,
    ...(lock ? { lock: { ...lock, contents: [] } } : {}),
  });
  holdInMemory(s3, artifact, bytes);
  s3.recorder.emit({
    verb: 'derived',
    place: 's3.memory',
    inputs: [...new Set(parts.map(part => part.id))],
    outputs: [artifact.id],
    algorithm,
    facts: ['F-SIM-001'],
  });
  return artifact;
}
