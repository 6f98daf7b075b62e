/**
 * The contract of AWS KMS as others see it: JSON 1.1 over HTTP (F-KMS-020). S3 and clients know this file only.
 */

import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64, toBase64 } from '../bytes/text.ts';
import { bodyText, type Header, type HttpRequest, type HttpResponse, textBody } from '../http/message.ts';

/** Name/value pairs bound to a ciphertext as additional authenticated data. Not secret (F-KSM-073). */
export type EncryptionContext = Readonly<Record<string, string>>;

/** `SYMMETRIC_DEFAULT` for symmetric keys (F-KMS-033), OAEP for RSA keys. */
export type EncryptionAlgorithm = 'SYMMETRIC_DEFAULT' | 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';

/** Members that requests for cryptographic operations have in common. */
interface UseRequest {
  readonly GrantTokens?: readonly string[];
  /** Only ask whether it would be done (F-ERR-091). */
  readonly DryRun?: boolean;
}

/** F-KMS-021. Either `KeySpec` or `NumberOfBytes` (F-KMS-032). */
export interface GenerateDataKeyRequest extends UseRequest {
  readonly KeyId: string;
  readonly KeySpec?: 'AES_256' | 'AES_128';
  readonly NumberOfBytes?: number;
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
/** F-KMS-022. */
export type GenerateDataKeyWithoutPlaintextResponse = Omit<GenerateDataKeyResponse, 'Plaintext'>;

/** F-KMS-023. */
export interface DecryptRequest extends UseRequest {
  readonly CiphertextBlob: string;
  readonly KeyId?: string;
  readonly EncryptionAlgorithm?: EncryptionAlgorithm;
  readonly EncryptionContext?: EncryptionContext;
}
export interface DecryptResponse {
  readonly KeyId: string;
  readonly Plaintext: string;
  readonly EncryptionAlgorithm: EncryptionAlgorithm;
  /** Of symmetric keys only. */
  readonly KeyMaterialId?: string;
}

/** F-KMS-024. */
export interface EncryptRequest extends UseRequest {
  readonly KeyId: string;
  /** Base64 of 1 to 4,096 bytes. */
  readonly Plaintext: string;
  readonly EncryptionAlgorithm?: EncryptionAlgorithm;
  readonly EncryptionContext?: EncryptionContext;
}
export interface EncryptResponse {
  readonly CiphertextBlob: string;
  readonly KeyId: string;
  readonly EncryptionAlgorithm: EncryptionAlgorithm;
}

/** F-KMS-025. */
export interface ReEncryptRequest extends UseRequest {
  readonly CiphertextBlob: string;
  readonly SourceKeyId?: string;
  readonly SourceEncryptionContext?: EncryptionContext;
  readonly SourceEncryptionAlgorithm?: EncryptionAlgorithm;
  readonly DestinationKeyId: string;
  readonly DestinationEncryptionContext?: EncryptionContext;
  readonly DestinationEncryptionAlgorithm?: EncryptionAlgorithm;
}
export interface ReEncryptResponse {
  readonly CiphertextBlob: string;
  readonly SourceKeyId: string;
  readonly KeyId: string;
  readonly SourceEncryptionAlgorithm: EncryptionAlgorithm;
  readonly DestinationEncryptionAlgorithm: EncryptionAlgorithm;
  readonly SourceKeyMaterialId?: string;
  readonly DestinationKeyMaterialId?: string;
}

/** Codes that KMS itself answers with. Who could not be authenticated gets further ones. */
export type KmsErrorCode =
  | 'AccessDeniedException'
  | 'AlreadyExistsException'
  | 'DisabledException'
  | 'DryRunOperationException'
  | 'ExpiredImportTokenException'
  | 'IncorrectKeyException'
  | 'IncorrectKeyMaterialException'
  | 'InvalidAliasNameException'
  | 'InvalidArnException'
  | 'InvalidCiphertextException'
  | 'InvalidGrantIdException'
  | 'InvalidGrantTokenException'
  | 'InvalidImportTokenException'
  | 'InvalidKeyUsageException'
  | 'InvalidMarkerException'
  | 'InvalidSignatureException'
  | 'KMSInvalidMacException'
  | 'KMSInvalidSignatureException'
  | 'KMSInvalidStateException'
  | 'LimitExceededException'
  | 'MalformedPolicyDocumentException'
  | 'MissingAuthenticationTokenException'
  | 'NotFoundException'
  | 'SerializationException'
  | 'TagException'
  | 'ThrottlingException'
  | 'UnknownOperationException'
  | 'UnsupportedOperationException'
  | 'ValidationException';

export interface KmsErrorBody {
  /** One of `KmsErrorCode`, or what the check of the signature says. */
  readonly __type: string;
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

/** Every operation that is offered here. */
export const KMS_OPERATIONS = [
  'CancelKeyDeletion',
  'CreateAlias',
  'CreateGrant',
  'CreateKey',
  'Decrypt',
  'DeleteAlias',
  'DeleteImportedKeyMaterial',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetParametersForImport',
  'GetPublicKey',
  'ImportKeyMaterial',
  'ListAliases',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListKeys',
  'ListResourceTags',
  'ListRetirableGrants',
  'PutKeyPolicy',
  'ReEncrypt',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'Sign',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
  'Verify',
  'VerifyMac',
] as const;
export type KmsOperation = (typeof KMS_OPERATIONS)[number];

/** A JSON 1.1 request, unsigned. `body` is the operation's members; blobs are Base64. */
export function kmsRequest(operation: KmsOperation, body: object, headers: readonly Header[] = []): HttpRequest {
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

/** Body of a successful answer, or the error. An operation without answer has an empty body. */
export function parseKmsResponse<T>(response: HttpResponse): { ok: T } | { error: KmsErrorBody } {
  const body: unknown = JSON.parse(bodyText(response.body) || '{}');
  return response.status === 200 ? { ok: body as T } : { error: body as KmsErrorBody };
}

export const encodeBlob: (bytes: Bytes) => string = toBase64;
export const decodeBlob: (text: string) => Bytes | undefined = parseBase64;
