import { type Bytes, textOf } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { invariant } from '../errors.ts';
import { findHeader, type HttpResponse } from '../http/message.ts';
import { viewOf } from '../http/view.ts';
import {
  type DecryptResponse,
  decodeBlob,
  type EncryptionContext,
  encodeBlob,
  type GenerateDataKeyResponse,
  type KmsErrorBody,
  type KmsOperation,
  kmsRequest,
  parseKmsResponse,
} from '../kms/api.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { objectArn } from './bucket.ts';
import { holdInMemory, type S3Request } from './context.ts';
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

async function call(
  asked: S3Request,
  operation: KmsOperation,
  body: Parameters<typeof kmsRequest>[1],
  carried: ArtifactId[],
) {
  const { s3, principal } = asked;
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
    facts: [operation === 'Decrypt' ? 'F-KSM-012' : 'F-KSM-003', 'F-SIM-101'],
  });
  const response: HttpResponse = await s3.kms(request, { principalArn: principal.arn, viaService });
  s3.recorder.closeExchange(exchange, viewOf(response));
  return response;
}

/** KMS's error as S3 shows it (facts, section 12.3). */
function refusalFor(error: KmsErrorBody): Refusal {
  if (error.__type === 'AccessDeniedException') {
    return new Refusal({ status: 403, code: 'AccessDenied', message: error.message }, [
      'F-KSM-063',
      'F-ERR-048',
      'F-ERR-049',
    ]);
  }
  if (error.__type === 'ThrottlingException') {
    return new Refusal(
      {
        status: 503,
        code: 'SlowDown',
        message: 'Please reduce your request rate for operations involving AWS KMS.',
      },
      ['F-ERR-051'],
    );
  }
  return new Refusal({ status: 400, code: `KMS.${error.__type}`, message: error.message }, ['F-ERR-040']);
}

/** Asks KMS for a fresh data key on the requester's behalf (F-KSM-003…005). @throws Refusal */
export async function generateDataKey(
  asked: S3Request,
  kmsKeyId: string,
  context: EncryptionContext,
): Promise<{ dataKey: Artifact; encryptedDataKey: Artifact; kmsKeyArn: string }> {
  const { s3 } = asked;
  const response = await call(
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
    dataKey: await take(asked, plaintext),
    encryptedDataKey: await take(asked, blob),
    kmsKeyArn: answer.ok.KeyId,
  };

  async function take(request: S3Request, bytes: Bytes): Promise<Artifact> {
    const artifact = await request.s3.recorder.find(bytes);
    invariant(artifact, 'S3 gets from KMS only what KMS made');
    holdInMemory(s3, artifact, bytes);
    return artifact;
  }
}

/** Has KMS open a stored data key with the stored context (F-KSM-012, F-KSM-013). @throws Refusal */
export async function decryptDataKey(
  asked: S3Request,
  edkId: ArtifactId,
  context: EncryptionContext,
): Promise<Artifact> {
  const { s3 } = asked;
  const blob = s3.memory.getBytes(edkId);
  const response = await call(asked, 'Decrypt', { CiphertextBlob: encodeBlob(blob), EncryptionContext: context }, [
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
