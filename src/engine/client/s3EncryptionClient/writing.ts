/** Putting: data key, content, envelope, request (F-CSR-001…007, F-CSK-001…005). */
import { utf8 } from '../../bytes/bytes.ts';
import type { Header, HttpResponse } from '../../http/message.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import { type Customer, forgetAtClient, holdAtClient } from '../customer.ts';
import { hashBody, type ObjectAddress, putObject } from '../s3Client.ts';
import { deriveForWriting, drawIv, encryptContent } from './content.ts';
import { type Entries, type Envelope, encodeEnvelope, type MaterialDescription, splitEntries } from './envelope.ts';
import { type ClientResult, refused } from './failures.ts';
import { encodeInstructionFile, INSTRUCTION_SUFFIX, MARKER } from './instructionFile.ts';
import { dataKeyFromKms } from './kmsWrapping.ts';
import { type ClientOptions, policyOf } from './options.ts';
import { COMMITTING_GCM, type ContentSuite, GCM, MAX_CONTENT_BYTES } from './suites.ts';
import { canWrap, discardKeys, type MadeDataKey, makeDataKey, wrapDataKey } from './wrapping.ts';

/** What a caller may add to a put. */
export interface PutMore {
  /** KMS key rings only: bound to the data key. */
  readonly encryptionContext?: MaterialDescription;
  /** Further headers of the request, for example S3's own encryption of the ciphertext. */
  readonly headers?: readonly Header[];
}

/** An object encrypted on the customer's side, ready to go. */
export interface Sealed {
  readonly ciphertext: Artifact;
  /** Metadata of the object, as headers. */
  readonly headers: readonly Header[];
  /** What of the envelope travels in them. */
  readonly cargo: readonly ArtifactId[];
  /** Entries that go into the instruction file, if there is one. */
  readonly inFile: Entries | undefined;
}

/** Encrypts, discards the keys, and says what goes where. `beforeDiscard` runs while the content key is still at hand. */
export async function seal(
  customer: Customer,
  options: ClientOptions,
  plaintext: Artifact,
  more: PutMore,
  beforeDiscard: (ciphertext: Artifact, keyId: ArtifactId) => Promise<void> = async () => undefined,
): Promise<ClientResult<Sealed>> {
  if ((plaintext.byteLength ?? 0) > MAX_CONTENT_BYTES) return refused('ContentTooLarge');
  const suite = policyOf(options) === 'FORBID_ENCRYPT_ALLOW_DECRYPT' ? GCM : COMMITTING_GCM;
  const made = await newDataKey(customer, options, suite, more.encryptionContext ?? {});
  if ('failure' in made) return made;
  const { dataKey, encryptedDataKey, wrap, description } = made.ok;
  const base = { suite, wrap, description, encryptedDataKey: customer.room.getBytes(encryptedDataKey.id) };
  const { envelope, content, companions } = await contentKeyFor(customer, suite, dataKey, base);
  const ciphertext = await encryptContent(customer, plaintext, content);
  await beforeDiscard(ciphertext, content.keyId);
  discardKeys(customer, [dataKey.id, content.keyId], ['F-CSR-006', 'F-CSK-004']);

  const entries = encodeEnvelope(envelope);
  const { onObject, inFile } = options.writesInstructionFiles
    ? splitEntries(envelope.format, entries)
    : { onObject: entries, inFile: undefined };
  const isBeside = inFile !== undefined;
  const onObjectIds = envelope.format === 'v3' || !isBeside ? companions : [];
  return {
    ok: {
      ciphertext,
      headers: metadataHeaders(onObject),
      cargo: isBeside ? onObjectIds : [encryptedDataKey.id, ...companions],
      inFile,
    },
  };
}

async function contentKeyFor(
  customer: Customer,
  suite: ContentSuite,
  dataKey: Artifact,
  base: Omit<Envelope, 'format' | 'iv' | 'messageId' | 'commitment'>,
) {
  const { room } = customer;
  if (suite.hasCommitment) {
    const { content, commitment, messageId } = await deriveForWriting(customer, dataKey);
    const envelope: Envelope = {
      ...base,
      format: 'v3',
      messageId: room.getBytes(messageId.id),
      commitment: room.getBytes(commitment.id),
    };
    return { envelope, content, companions: [commitment.id, messageId.id] };
  }
  const { content, iv } = await drawIv(customer, dataKey);
  const envelope: Envelope = { ...base, format: 'v2', iv: content.iv };
  return { envelope, content, companions: [iv.id] };
}

async function newDataKey(
  customer: Customer,
  { keyring }: ClientOptions,
  suite: ContentSuite,
  encryptionContext: MaterialDescription,
): Promise<ClientResult<MadeDataKey & { readonly description: MaterialDescription }>> {
  if (keyring.type === 'kms') return dataKeyFromKms(customer, keyring.kmsKeyId, suite, encryptionContext);
  const [first] = keyring.keys;
  if (!first || !canWrap(customer, keyring)) return refused('WrappingKeyMissing');
  const dataKey = await makeDataKey(customer);
  customer.recorder.step('client.wrapDataKey', 'client');
  const wrapped = await wrapDataKey(customer, keyring, dataKey, suite);
  return { ok: { ...wrapped, dataKey, description: first.materialDescription ?? {} } };
}

/** Entries as user metadata (F-FMT-020). */
export function metadataHeaders(entries: Entries): Header[] {
  return Object.entries(entries).map(([name, value]): Header => [`x-amz-meta-${name}`, value]);
}

/** Encrypts and uploads; with instruction files, the file goes first, so that no object is ever without its envelope. */
export async function putEncrypted(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  plaintext: Artifact,
  contentType: string,
  more: PutMore = {},
): Promise<ClientResult<HttpResponse>> {
  const sealed = await seal(customer, options, plaintext, more);
  if ('failure' in sealed) return sealed;
  const { ciphertext, headers, cargo, inFile } = sealed.ok;
  if (inFile) {
    const written = await putInstructionFile(customer, options, address, inFile, INSTRUCTION_SUFFIX);
    if (written.status !== 200) return { ok: written };
  }
  customer.recorder.step('client.prepare', 'client');
  const { checksum, digest } = await hashBody(customer, ciphertext);
  const response = await putObject(customer, options.transport, address, {
    body: ciphertext,
    digest,
    contentType,
    headers: [...headers, ...(more.headers ?? [])],
    cargo: [...cargo, checksum.id],
  });
  return { ok: response };
}

/** Writes the envelope as an object of its own (F-FMT-085). */
export async function putInstructionFile(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  entries: Entries,
  suffix: string,
): Promise<HttpResponse> {
  const { recorder } = customer;
  recorder.step('client.writeInstructions', 'client');
  const objectName = `${address.objectName}${suffix}`;
  const bytes = encodeInstructionFile(entries);
  const file = await recorder.identify({
    kind: 'instruction-file',
    name: objectName,
    bytes,
    isSecret: false,
    fields: fieldsOf(entries, bytes.length),
  });
  holdAtClient(customer, file, bytes);
  recorder.emit({ verb: 'generated', place: 'client', outputs: [file.id], facts: ['F-FMT-085', 'F-FMT-088'] });
  customer.recorder.step('client.prepare', 'client');
  const { checksum, digest } = await hashBody(customer, file);
  const response = await putObject(
    customer,
    options.transport,
    { ...address, objectName },
    {
      body: file,
      digest,
      contentType: 'application/json',
      headers: [MARKER],
      cargo: [checksum.id],
    },
  );
  forgetAtClient(customer, [file.id]);
  return response;
}

/** Each entry of the file as a labelled run of bytes. */
function fieldsOf(entries: Entries, byteLength: number) {
  const labels: Readonly<Record<string, string>> = {
    'x-amz-3': 'F-FMT-031',
    'x-amz-w': 'F-FMT-032',
    'x-amz-m': 'F-FMT-036',
    'x-amz-t': 'F-FMT-035',
    'x-amz-key': 'F-FMT-021',
    'x-amz-key-v2': 'F-FMT-022',
    'x-amz-iv': 'F-FMT-023',
    'x-amz-matdesc': 'F-FMT-024',
    'x-amz-wrap-alg': 'F-FMT-025',
    'x-amz-cek-alg': 'F-FMT-026',
    'x-amz-tag-len': 'F-FMT-027',
  };
  let start = 1;
  return Object.entries(entries).map(([name, value]) => {
    const length = utf8(`${JSON.stringify(name)}:${JSON.stringify(value)}`).length;
    const field = { label: name, start, end: Math.min(start + length, byteLength) };
    start += length + 1;
    const factId = labels[name];
    return factId === undefined ? field : { ...field, factId };
  });
}
