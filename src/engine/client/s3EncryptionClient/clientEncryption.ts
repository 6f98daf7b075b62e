/** The S3 Encryption Client's put and get, with a raw key or with KMS (facts, sections 8 and 9). */
import type { Bytes } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { EngineError } from '../../errors.ts';
import type { HttpResponse } from '../../http/message.ts';
import type { Artifact, ArtifactId } from '../../trace/artifact.ts';
import type { Transport } from '../../trace/trace.ts';
import { type Customer, forgetAtClient } from '../customer.ts';
import { decrypt, generateDataKey } from '../kmsClient.ts';
import { hashBody, type ObjectAddress, putObject } from '../s3Client.ts';
import { decryptContent, deriveForReading, deriveForWriting, encryptContent } from './content.ts';
import { type Envelope, encodeEnvelope, parseEnvelope, SUITE, WRAP_CODES } from './format.ts';
import { makeDataKey, type RawKeyring, unwrapDataKey, type WrappedDataKey, wrapDataKey } from './keyring.ts';

/** The key ring a client was constructed with. */
export type ClientKeyring = RawKeyring | { readonly kmsKeyId: string };

/** What the client itself refuses or cannot do; never an answer of AWS. */
export interface ClientFailure {
  readonly code: string;
  readonly message: string;
  readonly facts: readonly string[];
}
export type ClientResult<T> = { readonly ok: T } | { readonly failure: ClientFailure };

/** The pair a KMS keyring always binds (F-CSK-022); the object's ARN is not part of it (F-CSK-023). */
const KMS_CONTEXT = { 'aws:x-amz-cek-alg': SUITE } as const;
/** Pairs of the stored context that are the client's own business (F-CSK-011). */
const RESERVED_NAMES = ['kms_cmk_id', 'aws:x-amz-cek-alg'];

/** Encrypts on the customer's side and uploads ciphertext with its envelope in user metadata (F-CSR-001…007, F-CSK-001…005). */
export async function putEncrypted(
  customer: Customer,
  transport: Transport,
  address: ObjectAddress,
  plaintext: Artifact,
  contentType: string,
  keyring: ClientKeyring,
): Promise<ClientResult<HttpResponse>> {
  const isKms = typeof keyring === 'object';
  const made = isKms ? await dataKeyFromKms(customer, keyring.kmsKeyId) : await dataKeyOfOwn(customer, keyring);
  if ('failure' in made) return made;
  const { dataKey, wrapped } = made.ok;
  const keys = await deriveForWriting(customer, dataKey);
  const ciphertext = await encryptContent(customer, plaintext, keys.derivedKey);
  customer.recorder.step('client.discardKeys', 'client');
  forgetAtClient(customer, [dataKey.id, keys.derivedKey.id], ['F-CSR-006', 'F-CSK-004']);

  const headers = encodeEnvelope({
    wrapCode: wrapped.wrapCode,
    encryptedDataKey: wrapped.bytes,
    messageId: customer.room.getBytes(keys.messageId.id),
    commitment: customer.room.getBytes(keys.commitment.id),
    ...(isKms ? { encryptionContext: KMS_CONTEXT } : {}),
  });
  customer.recorder.step('client.prepare', 'client');
  const { checksum, digest } = await hashBody(customer, ciphertext);
  const envelope: ArtifactId[] = [wrapped.encryptedDataKey.id, keys.commitment.id, keys.messageId.id];
  return {
    ok: await putObject(customer, transport, address, {
      body: ciphertext,
      digest,
      contentType,
      headers,
      cargo: [...envelope, checksum.id],
    }),
  };
}

async function dataKeyOfOwn(customer: Customer, keyring: RawKeyring): Promise<ClientResult<MadeDataKey>> {
  const { keyRing } = customer;
  if (keyring === 'aes' ? keyRing.wrappingKey === undefined : keyRing.rsa === undefined)
    return { failure: NO_WRAPPING_KEY };
  const dataKey = await makeDataKey(customer);
  return { ok: { dataKey, wrapped: await wrapDataKey(customer, keyring, dataKey) } };
}

interface MadeDataKey {
  readonly dataKey: Artifact;
  readonly wrapped: WrappedDataKey;
}

async function dataKeyFromKms(customer: Customer, kmsKeyId: string): Promise<ClientResult<MadeDataKey>> {
  customer.recorder.step('client.askKms', 'client');
  const answer = await generateDataKey(customer, {
    KeyId: kmsKeyId,
    KeySpec: 'AES_256',
    EncryptionContext: KMS_CONTEXT,
  });
  if ('error' in answer) {
    return { failure: { code: answer.error.__type, message: answer.error.message, facts: ['F-CSK-020'] } };
  }
  const { dataKey, encryptedDataKey } = answer.ok;
  const bytes = customer.room.getBytes(encryptedDataKey.id);
  return { ok: { dataKey, wrapped: { encryptedDataKey, bytes, wrapCode: WRAP_CODES['kms+context'] } } };
}

const NO_WRAPPING_KEY: ClientFailure = {
  code: 'WrappingKeyMissing',
  message: 'This client’s key ring has no wrapping key for this object.',
  facts: ['F-CSR-012', 'F-SIM-103'],
};

/** Opens what a GET brought (F-CSR-011…014, F-CSK-011…013). `ciphertext` and the envelope are in the customer's room. */
export async function openEncrypted(
  customer: Customer,
  response: HttpResponse,
  ciphertext: Artifact,
  objectName: string,
  kmsKeyId: string | undefined,
): Promise<ClientResult<Artifact>> {
  const { recorder } = customer;
  recorder.step('client.recognise', 'client');
  const parsed = parseEnvelope(response.headers);
  if ('problem' in parsed) {
    const code = parsed.problem === 'tampered-metadata' ? 'TamperedMetadata' : 'NotEncryptedByClient';
    return { failure: { code, message: 'The object’s metadata is not an intact V3 envelope.', facts: ['F-ERR-102'] } };
  }
  const { envelope } = parsed;
  const encryptedDataKey = await takeFromMetadata(
    customer,
    'encrypted-data-key',
    'encrypted data key',
    envelope.encryptedDataKey,
  );
  const messageId = await takeFromMetadata(customer, 'message-id', 'message id', envelope.messageId);
  recorder.emit({
    verb: 'loaded',
    from: 'client',
    place: 'client',
    outputs: [encryptedDataKey.id, messageId.id],
    facts: ['F-CSR-011', 'F-FMT-040'],
  });
  const unwrapped = await unwrap(customer, envelope, encryptedDataKey, kmsKeyId);
  if ('failure' in unwrapped) return unwrapped;
  const dataKey = unwrapped.ok;
  const derivedKey = await deriveForReading(customer, dataKey, messageId, envelope.commitment);
  if (!derivedKey) {
    return {
      failure: { code: 'KeyCommitmentMismatch', message: 'The key commitment does not match.', facts: ['F-ERR-100'] },
    };
  }
  try {
    const plaintext = await decryptContent(customer, ciphertext, derivedKey, objectName);
    recorder.step('client.discardKeys', 'client');
    forgetAtClient(customer, [dataKey.id, derivedKey.id], ['F-CSK-004']);
    return { ok: plaintext };
  } catch (thrown) {
    if (!(thrown instanceof EngineError) || thrown.code !== 'decryption-failed') throw thrown;
    return { failure: { code: 'DecryptionFailed', message: 'The object does not verify.', facts: ['F-CSR-014'] } };
  }
}

/** What stands in the metadata, whoever made it: an envelope that was changed must be refused by its cryptography. */
async function takeFromMetadata(
  customer: Customer,
  kind: 'encrypted-data-key' | 'message-id',
  name: string,
  bytes: Bytes,
): Promise<Artifact> {
  const artifact = await customer.recorder.identify({ kind, name, bytes, isSecret: false });
  if (!customer.room.has(artifact.id)) customer.room.hold(artifact.id, bytes);
  return artifact;
}

const COULD_NOT_UNWRAP: ClientFailure = {
  code: 'UnableToUnwrapDataKey',
  message: 'The encrypted data key could not be opened.',
  facts: ['F-ERR-108'],
};

async function unwrap(
  customer: Customer,
  envelope: Envelope,
  encryptedDataKey: Artifact,
  kmsKeyId: string | undefined,
): Promise<ClientResult<Artifact>> {
  if (envelope.wrapCode !== WRAP_CODES['kms+context']) {
    const { wrappingKey, rsa } = customer.keyRing;
    if (envelope.wrapCode === WRAP_CODES['AES/GCM'] ? !wrappingKey : !rsa) return { failure: NO_WRAPPING_KEY };
    const dataKey = await unwrapDataKey(customer, encryptedDataKey, envelope.wrapCode);
    return dataKey ? { ok: dataKey } : { failure: COULD_NOT_UNWRAP };
  }
  if (kmsKeyId === undefined) return { failure: NO_WRAPPING_KEY };
  // This client's caller never names pairs of their own: whatever else stands there was put there by somebody else.
  if (Object.keys(envelope.encryptionContext ?? {}).some(name => !RESERVED_NAMES.includes(name))) {
    const message = 'The stored encryption context is not the expected one.';
    return { failure: { code: 'EncryptionContextMismatch', message, facts: ['F-CSK-011', 'F-ERR-106'] } };
  }
  customer.recorder.step('client.askKms', 'client');
  const answer = await decrypt(
    customer,
    {
      CiphertextBlob: blobText(customer, encryptedDataKey),
      KeyId: kmsKeyId,
      ...(envelope.encryptionContext ? { EncryptionContext: envelope.encryptionContext } : {}),
    },
    encryptedDataKey,
  );
  if ('ok' in answer) return answer;
  return { failure: { code: answer.error.__type, message: answer.error.message, facts: ['F-CSK-020', 'F-CSK-012'] } };
}

function blobText(customer: Customer, encryptedDataKey: Artifact): string {
  return toBase64(customer.room.getBytes(encryptedDataKey.id));
}
