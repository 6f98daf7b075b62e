/**
 * The contract of AWS KMS as others see it: JSON 1.1 over HTTP (F-KMS-020). S3 and clients know this file only.
 */

import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../bytes/text.ts';
import { bodyText, type Header, type HttpRequest, type HttpResponse, textBody } from '../http/message.ts';

/** Name/value pairs bound to a ciphertext as additional authenticated data. Not secret (F-KSM-073). */
export type EncryptionContext = Readonly<Record<string, string>>;

export interface GenerateDataKeyRequest {
  readonly KeyId: string;
  readonly KeySpec: 'AES_256';
  readonly EncryptionContext?: EncryptionContext;
}
/** Blobs are Base64 in JSON. */
export interface GenerateDataKeyResponse {
  readonly CiphertextBlob: string;
  readonly Plaintext: string;
  /** Full ARN. */
  readonly KeyId: string;
  /** 64 hex characters (F-KMS-031). */
  readonly KeyMaterialId: string;
}
export interface DecryptRequest {
  readonly CiphertextBlob: string;
  readonly KeyId?: string;
  readonly EncryptionContext?: EncryptionContext;
}
export interface DecryptResponse {
  readonly KeyId: string;
  readonly Plaintext: string;
  readonly EncryptionAlgorithm: 'SYMMETRIC_DEFAULT';
  readonly KeyMaterialId: string;
}
export type KmsErrorCode =
  | 'NotFoundException'
  | 'DisabledException'
  | 'KMSInvalidStateException'
  | 'InvalidCiphertextException'
  | 'IncorrectKeyException'
  | 'AccessDeniedException'
  | 'ThrottlingException'
  | 'ValidationException'
  | 'UnknownOperationException';

export interface KmsErrorBody {
  readonly __type: KmsErrorCode;
  readonly message: string;
}

/** On whose behalf a service inside AWS calls KMS (forward access session). */
export interface ForwardedCaller {
  readonly principalArn: string;
  /** For example `s3.eu-central-1.amazonaws.com`, the value of `kms:ViaService`. */
  readonly viaService: string;
}

/** The door S3 uses: same request shapes, but the caller comes with the call instead of a signature. */
export type InternalKms = (request: HttpRequest, caller: ForwardedCaller) => Promise<HttpResponse>;

export type KmsOperation = 'GenerateDataKey' | 'Decrypt';

/** A JSON 1.1 request, unsigned. */
export function kmsRequest(
  operation: KmsOperation,
  body: GenerateDataKeyRequest | DecryptRequest,
  headers: readonly Header[] = [],
): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: [
      ['content-type', 'application/x-amz-json-1.1'],
      ['x-amz-target', `TrentService.${operation}`],
      ...headers,
    ],
    body: textBody(JSON.stringify(body)),
  };
}

/** Body of a successful answer, or the error. */
export function parseKmsResponse<T>(response: HttpResponse): { ok: T } | { error: KmsErrorBody } {
  const body: unknown = JSON.parse(bodyText(response.body));
  return response.status === 200 ? { ok: body as T } : { error: body as KmsErrorBody };
}

export const encodeBlob: (bytes: Bytes) => string = toBase64;
export const decodeBlob: (text: string) => Bytes | undefined = parseBase64;
