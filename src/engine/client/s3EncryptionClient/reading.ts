/** Getting: recognise, check the policy, choose the key, unwrap, check the commitment, open (F-CSR-010…014, F-CSK-010…013). */
import type { Bytes } from '../../bytes/bytes.ts';
import { invariant } from '../../errors.ts';
import { findHeader, gather, type HttpResponse } from '../../http/message.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, holdAtClient } from '../customer.ts';
import { checkHash, getObject, type ObjectAddress } from '../s3Client.ts';
import {
  type ByteRange,
  type ContentKey,
  decryptContent,
  decryptRange,
  deriveForReading,
  identifyIv,
  isRange,
  widenRange,
} from './content.ts';
import {
  type Entries,
  type Envelope,
  type MaterialDescription,
  parseBinding,
  parseEnvelope,
  recognise,
} from './envelope.ts';
import { type ClientResult, type Failed, manipulated, refused } from './failures.ts';
import { INSTRUCTION_SUFFIX, parseInstructionFile } from './instructionFile.ts';
import { unwrapByKms } from './kmsWrapping.ts';
import { decodeMetadataText } from './metadataText.ts';
import { type ClientOptions, policyOf } from './options.ts';
import type { FormatVersion } from './suites.ts';
import { discardKeys, unwrapDataKey } from './wrapping.ts';

/** What a caller may add to a get. */
export interface GetMore {
  /** Bytes of the plaintext, both ends included. Not authenticated, and refused unless the client was told so (F-FMT-092). */
  readonly range?: ByteRange;
  /** KMS key rings only: must be what was given at the put (F-CSK-011). */
  readonly encryptionContext?: MaterialDescription;
  /** Default `.instruction` (F-FMT-085). */
  readonly instructionFileSuffix?: string;
}

/** What a get brought: without plaintext when S3 itself refused. */
export interface Got {
  readonly response: HttpResponse;
  readonly plaintext?: Artifact;
}

/** An envelope and its parts as artifacts in the customer's room. */
interface Taken {
  readonly envelope: Envelope;
  readonly encryptedDataKey: Artifact;
  readonly messageId?: Artifact;
}

const RECOGNISED = ['F-CSR-011', 'F-FMT-040'];

/** Downloads and opens. Nothing of the plaintext is given out before all of it is verified, but for a range. */
export async function getEncrypted(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  more: GetMore = {},
): Promise<ClientResult<Got>> {
  const { range } = more;
  if (range && !options.enableLegacyUnauthenticatedModes) return refused('RangeNotEnabled');
  if (range && !isRange(range)) return refused('InvalidRange');
  const widened = range && widenRange(range);
  const response = await getObject(
    customer,
    options.transport,
    address,
    widened ? [['range', `bytes=${widened.first}-${widened.last}`]] : [],
  );
  if (response.status === 416) return refused('InvalidRange');
  if (response.status !== 200 && response.status !== 206) return { ok: { response } };
  const received = await takeBody(customer, response, address.objectName, 'ciphertext-object');
  if (!(await checkHash(customer, response, received))) return refused('ChecksumMismatch');

  const taken = await takeEnvelope(customer, options, address, response, more);
  if ('failure' in taken) return taken;
  if ('response' in taken) return { ok: taken };
  if (range && !taken.envelope.suite.isAuthenticated) return refused('RangeNotAvailable');
  const content = await contentKeyOf(customer, options, taken, more);
  if ('failure' in content) return content;
  const opened = await open(customer, { taken, key: content.ok.key, received, address, response, range });
  discardKeys(customer, [content.ok.dataKey, content.ok.key.keyId], ['F-CSK-004']);
  return 'failure' in opened ? opened : { ok: { response, plaintext: opened.ok } };
}

/** The body as an artifact, also when it is nothing that was ever uploaded. */
export async function takeBody(
  customer: Customer,
  response: HttpResponse,
  objectName: string,
  kind: 'ciphertext-object' | 'plaintext-object' | 'instruction-file',
): Promise<Artifact> {
  const { recorder, room } = customer;
  const bytes = gather(response.body);
  const received = await recorder.identify({ kind, name: objectName, bytes, isSecret: kind === 'plaintext-object' });
  if (!room.has(received.id)) room.hold(received.id, bytes);
  return received;
}

/** User metadata without its prefix; names in lower case. */
export function entriesOf(response: HttpResponse): Entries {
  const prefix = 'x-amz-meta-';
  const entries: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (lower.startsWith(prefix)) entries[lower.slice(prefix.length)] = decodeMetadataText(value);
  }
  return entries;
}

/** Finds the envelope, in the metadata or in an instruction file, and checks that this client may read such objects. */
async function takeEnvelope(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  response: HttpResponse,
  more: GetMore,
): Promise<Failed | { readonly response: HttpResponse } | Taken> {
  const { recorder } = customer;
  recorder.step('client.recognise', 'client');
  const entries = entriesOf(response);
  const recognised = recognise(entries);
  if (recognised.is === 'tampered') return manipulated('TamperedMetadata');
  if (recognised.is === 'whole') {
    return readEnvelope(customer, options, { format: recognised.format, entries, problem: 'TamperedMetadata' });
  }
  const isSplit = recognised.is === 'split';
  if (isSplit) {
    const binding = parseBinding(entries);
    if (!binding) return manipulated('TamperedMetadata');
    const before = new Set(customer.room.ids());
    const messageId = await take(customer, 'message-id', 'message id', binding.messageId);
    tellRead(customer, before, [messageId.id]);
  }
  const suffix = more.instructionFileSuffix ?? INSTRUCTION_SUFFIX;
  const beside = { ...address, objectName: `${address.objectName}${suffix}` };
  const answer = await getObject(customer, options.transport, beside);
  if (answer.status === 404) return refused(isSplit ? 'InstructionFileMissing' : 'NotEncryptedByClient');
  if (answer.status !== 200) return { response: answer };
  const file = await takeBody(customer, answer, beside.objectName, 'instruction-file');
  recorder.step('client.readInstructions', 'client');
  const parsed = parseInstructionFile(customer.room.getBytes(file.id), isSplit);
  if (!parsed) return manipulated('TamperedInstructionFile');
  const onObject = isSplit ? entries : {};
  return readEnvelope(customer, options, {
    format: parsed.format,
    entries: { ...onObject, ...parsed.entries },
    problem: 'TamperedInstructionFile',
    file,
  });
}

async function readEnvelope(
  customer: Customer,
  options: ClientOptions,
  found: {
    readonly format: FormatVersion;
    readonly entries: Entries;
    readonly problem: 'TamperedMetadata' | 'TamperedInstructionFile';
    readonly file?: Artifact;
  },
): Promise<Failed | Taken> {
  const { recorder } = customer;
  const { file, format } = found;
  const envelope = parseEnvelope(format, found.entries);
  if (!envelope) return manipulated(found.problem);
  const before = new Set(customer.room.ids());
  const encryptedDataKey = await take(customer, 'encrypted-data-key', 'encrypted data key', envelope.encryptedDataKey);
  const messageId =
    envelope.format === 'v3' ? await take(customer, 'message-id', 'message id', envelope.messageId) : undefined;
  const iv = envelope.format === 'v3' ? undefined : await takeIv(customer, envelope.iv);
  const inFile = [encryptedDataKey.id, ...(iv ? [iv.id] : [])];
  if (file) {
    const facts = [...RECOGNISED, 'F-FMT-088'];
    recorder.emit({ verb: 'derived', place: 'client', inputs: [file.id], outputs: inFile, facts });
  } else {
    tellRead(customer, before, [...inFile, ...(messageId ? [messageId.id] : [])]);
  }
  const refusal = checkPolicy(customer, options, envelope);
  return refusal ?? { envelope, encryptedDataKey, ...(messageId ? { messageId } : {}) };
}

/**
 * Tells what was read out of the metadata: most of it has come over the line as what it was; what somebody changed on S3's
 * side is nothing the world knew, and comes into being with this reading.
 */
function tellRead(customer: Customer, before: ReadonlySet<ArtifactId>, ids: readonly ArtifactId[]): void {
  const { recorder } = customer;
  const known = ids.filter(id => before.has(id));
  const changed = ids.filter(id => !before.has(id));
  if (known.length > 0)
    recorder.emit({ verb: 'loaded', from: 'client', place: 'client', outputs: known, facts: RECOGNISED });
  if (changed.length > 0) recorder.emit({ verb: 'derived', place: 'client', outputs: changed, facts: RECOGNISED });
}

/** What stands in the envelope, whoever made it: what was changed must be refused by its cryptography. */
async function take(
  customer: Customer,
  kind: 'encrypted-data-key' | 'message-id',
  name: string,
  bytes: Bytes,
): Promise<Artifact> {
  const artifact = await customer.recorder.identify({ kind, name, bytes, isSecret: false });
  if (!customer.room.has(artifact.id)) customer.room.hold(artifact.id, bytes.slice());
  return artifact;
}

async function takeIv(customer: Customer, bytes: Bytes): Promise<Artifact> {
  const iv = await identifyIv(customer, bytes);
  if (!customer.room.has(iv.id)) holdAtClient(customer, iv, bytes.slice());
  return iv;
}

/** Whether this client may read such an object at all, before anything is unwrapped (F-ERR-101, F-ERR-104). */
function checkPolicy(customer: Customer, options: ClientOptions, envelope: Envelope): Failed | undefined {
  const policy = policyOf(options);
  const isAllowed = envelope.suite.hasCommitment || policy !== 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
  const format = envelope.format.toUpperCase();
  customer.recorder.step('client.checkPolicy', 'client');
  customer.recorder.emit({
    verb: 'compared',
    place: 'client',
    what: 'commitment-policy',
    left: { label: 'commitment policy of the client', text: policy },
    right: {
      label: 'format of the object',
      text: `${format}, ${envelope.suite.hasCommitment ? 'with' : 'without'} commitment`,
    },
    isEqual: isAllowed,
    facts: isAllowed ? ['F-FMT-006'] : ['F-FMT-006', 'F-ERR-101'],
  });
  if (!isAllowed) return refused('CommitmentPolicyViolation');
  if (envelope.wrap.isLegacy && !options.enableLegacyWrappingAlgorithms) return refused('LegacyNotEnabled');
  if (!envelope.suite.isAuthenticated && !options.enableLegacyUnauthenticatedModes) return refused('LegacyNotEnabled');
  return undefined;
}

/** The key that opens the content; with commitment, only after that was compared. */
async function contentKeyOf(
  customer: Customer,
  { keyring }: ClientOptions,
  { envelope, encryptedDataKey, messageId }: Taken,
  more: GetMore,
): Promise<ClientResult<{ readonly key: ContentKey; readonly dataKey: ArtifactId }>> {
  const isRawAndEmpty = keyring.type !== 'kms' && keyring.keys.length === 0;
  if (isRawAndEmpty) return refused('WrappingKeyMissing');
  if (keyring.type !== envelope.wrap.keyring) return manipulated('WrappingKeyMissing');
  const unwrapped =
    keyring.type === 'kms'
      ? await unwrapByKms(customer, keyring.kmsKeyId, envelope, encryptedDataKey, more.encryptionContext ?? {})
      : await unwrapDataKey(customer, keyring, envelope, encryptedDataKey);
  if ('failure' in unwrapped) return unwrapped;
  const dataKey = unwrapped.ok;
  if (envelope.format !== 'v3') return { ok: { key: { keyId: dataKey.id, iv: envelope.iv }, dataKey: dataKey.id } };
  invariant(messageId, 'an envelope with commitment has a message id');
  const derived = await deriveForReading(customer, dataKey, messageId, envelope.commitment);
  if ('failure' in derived) {
    discardKeys(customer, [dataKey.id], ['F-CSK-004']);
    return derived;
  }
  return { ok: { key: derived.ok, dataKey: dataKey.id } };
}

async function open(
  customer: Customer,
  what: {
    readonly taken: Taken;
    readonly key: ContentKey;
    readonly received: Artifact;
    readonly address: ObjectAddress;
    readonly response: HttpResponse;
    readonly range: GetMore['range'];
  },
): Promise<ClientResult<Artifact>> {
  const { taken, key, received, range } = what;
  const { objectName } = what.address;
  const { suite } = taken.envelope;
  if (!range) return decryptContent(customer, received, key, objectName, suite);
  const part = parseContentRange(findHeader(what.response, 'content-range'), received.byteLength ?? 0, range);
  if (part === undefined || range.first >= part.total - 16) return refused('InvalidRange');
  return { ok: await decryptRange(customer, received, key, objectName, range, part) };
}

/**
 * `bytes 0-63/120`: where the part begins, and how long the whole is. A whole answer counts as the range of all; a part that is
 * not the one that was asked for is none.
 */
function parseContentRange(
  text: string | undefined,
  length: number,
  asked: ByteRange,
): { offset: number; total: number } | undefined {
  if (text === undefined) return { offset: 0, total: length };
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(text);
  if (!match) return undefined;
  const [offset, total] = [Number(match[1]), Number(match[2])];
  return offset === widenRange(asked).first && offset + length <= total ? { offset, total } : undefined;
}
