import { type Bytes, textOf } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { invariant } from '../errors.ts';
import { findHeader, type HttpResponse } from '../http/message.ts';
import { viewOf } from '../http/view.ts';
import {
  type DecryptResponse,
  decodeBlob,
  type EncryptionContext,
  type EncryptResponse,
  encodeBlob,
  type GenerateDataKeyResponse,
  type KmsErrorBody,
  type KmsOperation,
  kmsRequest,
  parseKmsResponse,
  type ReEncryptResponse,
} from '../kms/api.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import { objectArn } from './bucket.ts';
import { holdInMemory, type S3Parts, type S3Request } from './context.ts';
import { REFUSALS, Refusal } from './refusal.ts';

/** The context S3 binds to a data key: the object's ARN, and the caller's own pairs (F-KSM-070, F-KSM-072). */
export function encryptionContextOf(asked: S3Request, own: EncryptionContext): EncryptionContext {
  return { ...own, 'aws:s3:arn': objectArn(asked.bucket.name, asked.objectName) };
}

/** The caller's own pairs from `x-amz-server-side-encryption-context` (F-HDR-003). @throws Refusal */
export function parseContextHeader(asked: S3Request): EncryptionContext {
  const header = findHeader(asked.request, 'x-amz-server-side-encryption-context');
  if (header === undefined) return {};
  const decoded = parseBase64(header);
  try {
    const pairs: unknown = JSON.parse(decoded ? textOf(decoded) : '');
    const isMap = typeof pairs === 'object' && pairs !== null && !Array.isArray(pairs);
    if (isMap && Object.values(pairs).every(value => typeof value === 'string')) return pairs as EncryptionContext;
  } catch {
    // not JSON: refused below like every other wrong form
  }
  throw REFUSALS.contextMalformed();
}

/** What asking KMS for something shows. */
const CALL_FACTS: Partial<Record<KmsOperation, readonly FactId[]>> = {
  GenerateDataKey: ['F-KSM-003', 'F-SIM-101'],
  Decrypt: ['F-KSM-012', 'F-SIM-101'],
  Encrypt: ['F-UOE-002', 'F-KSM-059', 'F-SIM-101'],
  ReEncrypt: ['F-UOE-002', 'F-KSM-059', 'F-SIM-101'],
};

/**
 * Calls KMS through the door inside AWS, on the requester's behalf.
 * @param carried what travels in the request, in S3's memory
 * @throws Refusal for somebody who did not sign: KMS must know on whose behalf (F-ERR-034)
 */
export async function callKms(
  asked: S3Request,
  operation: KmsOperation,
  body: Parameters<typeof kmsRequest>[1],
  carried: readonly ArtifactId[],
): Promise<HttpResponse> {
  const { s3, principal, authType } = asked;
  if (authType === 'ANONYMOUS') throw REFUSALS.kmsUnsigned();
  const viaService = `s3.${s3.region}.amazonaws.com`;
  s3.recorder.step('s3.askKms', 's3');
  const request = kmsRequest(operation, body, [['host', `kms.${s3.region}.amazonaws.com`]]);
  const exchange = s3.recorder.openExchange('s3-kms', true, viewOf(request));
  s3.recorder.emit({
    verb: 'sent',
    from: 's3.memory',
    place: 'kms.host',
    outputs: carried,
    api: `kms:${operation}`,
    facts: CALL_FACTS[operation] ?? ['F-SIM-101'],
  });
  const response: HttpResponse = await s3.kms(request, { principalArn: principal.arn, viaService });
  s3.recorder.closeExchange(exchange, viewOf(response));
  return response;
}

/** What KMS's errors show when they come through S3; all others are passed on like them. */
const ERROR_FACTS: Readonly<Record<string, readonly FactId[]>> = {
  NotFoundException: ['F-ERR-040', 'F-ERR-041', 'F-ERR-042', 'F-ERR-043', 'F-ERR-044'],
  DisabledException: ['F-ERR-045', 'F-KSM-083'],
  KMSInvalidStateException: ['F-ERR-046', 'F-KSM-084'],
  InvalidKeyUsageException: ['F-ERR-047'],
  AccessDeniedException: ['F-KSM-063', 'F-ERR-048', 'F-ERR-049', 'F-ERR-050'],
  ThrottlingException: ['F-ERR-051'],
};

/** KMS's error as S3 shows it (facts, section 12.3). */
export function refusalFor({ __type: type, message }: KmsErrorBody): Refusal {
  const facts = Object.hasOwn(ERROR_FACTS, type) ? (ERROR_FACTS[type] ?? []) : ['F-ERR-040'];
  if (type === 'AccessDeniedException') return new Refusal({ status: 403, code: 'AccessDenied', message }, facts);
  if (type === 'ThrottlingException') {
    const text = 'Please reduce your request rate for operations involving AWS KMS.';
    return new Refusal({ status: 503, code: 'SlowDown', message: text }, facts);
  }
  return new Refusal({ status: 400, code: `KMS.${type}`, message }, facts);
}

/** Asks KMS for a fresh data key on the requester's behalf (F-KSM-003…005). @throws Refusal */
export async function generateDataKey(
  asked: S3Request,
  kmsKeyId: string,
  context: EncryptionContext,
): Promise<{ dataKey: Artifact; encryptedDataKey: Artifact; kmsKeyArn: string }> {
  const { s3 } = asked;
  const response = await callKms(
    asked,
    'GenerateDataKey',
    { KeyId: kmsKeyId, KeySpec: 'AES_256', EncryptionContext: context },
    [],
  );
  const answer = parseKmsResponse<GenerateDataKeyResponse>(response);
  if ('error' in answer) throw refusalFor(answer.error);
  const plaintext = decodeBlob(answer.ok.Plaintext);
  const blob = decodeBlob(answer.ok.CiphertextBlob);
  invariant(plaintext && blob, 'KMS answers GenerateDataKey with a key and a blob');
  return {
    dataKey: await takeMade(s3, plaintext),
    encryptedDataKey: await takeMade(s3, blob),
    kmsKeyArn: answer.ok.KeyId,
  };
}

/** Has KMS lock a data key that S3 made itself (F-KMS-024, F-UOE-002). @throws Refusal */
export async function encryptDataKey(
  asked: S3Request,
  dataKeyId: ArtifactId,
  kmsKeyId: string,
  context: EncryptionContext,
): Promise<{ encryptedDataKey: Artifact; kmsKeyArn: string }> {
  const { s3 } = asked;
  const body = { KeyId: kmsKeyId, Plaintext: encodeBlob(s3.memory.getBytes(dataKeyId)), EncryptionContext: context };
  const answer = parseKmsResponse<EncryptResponse>(await callKms(asked, 'Encrypt', body, [dataKeyId]));
  if ('error' in answer) throw refusalFor(answer.error);
  const blob = decodeBlob(answer.ok.CiphertextBlob);
  invariant(blob, 'KMS answers Encrypt with a blob');
  return { encryptedDataKey: await takeMade(s3, blob), kmsKeyArn: answer.ok.KeyId };
}

/** Has KMS lock a stored data key under another KMS key; S3 does not see what is in it (F-KMS-025). @throws Refusal */
export async function reEncryptDataKey(
  asked: S3Request,
  source: { readonly edkId: ArtifactId; readonly context: EncryptionContext },
  kmsKeyId: string,
  context: EncryptionContext,
): Promise<{ encryptedDataKey: Artifact; kmsKeyArn: string }> {
  const { s3 } = asked;
  const body = {
    CiphertextBlob: encodeBlob(s3.memory.getBytes(source.edkId)),
    SourceEncryptionContext: source.context,
    DestinationKeyId: kmsKeyId,
    DestinationEncryptionContext: context,
  };
  const answer = parseKmsResponse<ReEncryptResponse>(await callKms(asked, 'ReEncrypt', body, [source.edkId]));
  if ('error' in answer) throw refusalFor(answer.error);
  const blob = decodeBlob(answer.ok.CiphertextBlob);
  invariant(blob, 'KMS answers ReEncrypt with a blob');
  return { encryptedDataKey: await takeMade(s3, blob), kmsKeyArn: answer.ok.KeyId };
}

async function takeMade(s3: S3Parts, bytes: Bytes): Promise<Artifact> {
  const artifact = await s3.recorder.find(bytes);
  invariant(artifact, 'S3 gets from KMS only what KMS made');
  holdInMemory(s3, artifact, bytes);
  return artifact;
}

/** Has KMS open a stored data key with the stored context (F-KSM-012, F-KSM-013). @throws Refusal */
export async function decryptDataKey(
  asked: S3Request,
  edkId: ArtifactId,
  context: EncryptionContext,
): Promise<Artifact> {
  const { s3 } = asked;
  const blob = s3.memory.getBytes(edkId);
  const response = await callKms(asked, 'Decrypt', { CiphertextBlob: encodeBlob(blob), EncryptionContext: context }, [
    edkId,
  ]);
  const answer = parseKmsResponse<DecryptResponse>(response);
  if ('error' in answer) throw refusalFor(answer.error);
  const bytes = decodeBlob(answer.ok.Plaintext);
  invariant(bytes, 'KMS answers Decrypt with a key');
  const dataKey = await s3.recorder.find(bytes);
  invariant(dataKey, 'S3 gets from KMS only what KMS opened');
  holdInMemory(s3, dataKey, bytes);
  return dataKey;
}
