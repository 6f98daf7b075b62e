import type { Decision } from '../trace/event.ts';

/** Codes of S3's error answers in use (facts, section 12). */
export type S3ErrorCode =
  | 'AccessDenied'
  | 'BadDigest'
  | 'InternalError'
  | 'InvalidAccessKeyId'
  | 'InvalidArgument'
  | 'InvalidBucketName'
  | 'InvalidDigest'
  | 'InvalidEncryptionAlgorithmError'
  | 'InvalidRequest'
  | 'InvalidURI'
  | 'MalformedXML'
  | 'MissingContentLength'
  | 'NoSuchBucket'
  | 'NoSuchKey'
  | 'NotImplemented'
  | 'SignatureDoesNotMatch'
  | 'SlowDown'
  | 'XAmzContentSHA256Mismatch'
  | `KMS.${string}`;

/** What S3 answers instead of doing what it was asked. */
export interface S3Error {
  readonly status: number;
  readonly code: S3ErrorCode;
  readonly message: string;
  /** `ArgumentName`, `ArgumentValue` and the like. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Carries an error answer up to the service's door. Never leaves S3: there it becomes a response value. */
export class Refusal {
  readonly error: S3Error;
  /** The gate's verdict, when one led to this. */
  readonly decision: Decision | undefined;
  readonly facts: readonly string[];

  constructor(error: S3Error, facts: readonly string[], decision?: Decision) {
    this.error = error;
    this.facts = facts;
    this.decision = decision;
  }
}

const SSE_HEADER = 'x-amz-server-side-encryption';
const sseArgument = (value?: string) => ({
  ArgumentName: SSE_HEADER,
  ...(value === undefined ? {} : { ArgumentValue: value }),
});
const bad = (code: S3ErrorCode, message: string, extra?: Record<string, string>): S3Error => ({
  status: 400,
  code,
  message,
  ...(extra ? { extra } : {}),
});

/** The catalogue: texts as AWS gives them, each with its fact. */
export const REFUSALS = {
  sseCOverHttp: () =>
    new Refusal(
      bad(
        'InvalidRequest',
        'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
      ),
      ['F-ERR-001', 'F-SSC-004'],
    ),
  kmsOverHttp: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Requests specifying Server Side Encryption with AWS KMS managed keys must be made over a secure connection.',
      ),
      ['F-ERR-035', 'F-KSM-060'],
    ),
  sseCWithSse: (value: string) =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
        sseArgument(value),
      ),
      ['F-ERR-002'],
    ),
  sseCAlgorithm: (value: string) =>
    new Refusal(
      bad(
        'InvalidEncryptionAlgorithmError',
        'The Encryption request you specified is not valid. Supported value: AES256.',
        sseArgument(value),
      ),
      ['F-ERR-003'],
    ),
  sseCNoAlgorithm: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
        sseArgument(),
      ),
      ['F-ERR-004'],
    ),
  sseCNoKey: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
        sseArgument(),
      ),
      ['F-ERR-005'],
    ),
  sseCNoMd5: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
        sseArgument(),
      ),
      ['F-ERR-006'],
    ),
  sseCKeyLength: () =>
    new Refusal(bad('InvalidArgument', 'The secret key was invalid for the specified algorithm.', sseArgument()), [
      'F-ERR-007',
    ]),
  sseCMd5: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'The calculated MD5 hash of the key did not match the hash that was provided.',
        sseArgument(),
      ),
      ['F-ERR-008'],
    ),
  sseCNeeded: () =>
    new Refusal(
      bad(
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
      ),
      ['F-ERR-009'],
    ),
  sseCWrongKey: () =>
    new Refusal(
      {
        status: 403,
        code: 'AccessDenied',
        message:
          'Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.',
      },
      ['F-ERR-010', 'F-SSC-012'],
    ),
  sseCNotApplicable: () =>
    new Refusal(bad('InvalidRequest', 'The encryption parameters are not applicable to this object.'), ['F-ERR-012']),
  sseCBlocked: (principalArn: string, resource: string) =>
    new Refusal(
      {
        status: 403,
        code: 'AccessDenied',
        message: `User: ${principalArn} is not authorized to perform: s3:PutObject on resource: "${resource}" because this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type`,
      },
      ['F-ERR-016', 'F-BLK-003', 'F-BLK-011'],
    ),
  sseUnknown: (value: string) =>
    new Refusal(bad('InvalidArgument', 'The encryption method specified is not supported', sseArgument(value)), [
      'F-ERR-030',
    ]),
  sseOnRead: (value: string) =>
    new Refusal(
      bad(
        'InvalidArgument',
        'x-amz-server-side-encryption header is not supported for this operation.',
        sseArgument(value),
      ),
      ['F-ERR-031', 'F-HDR-021'],
    ),
  kmsKeyWithoutKms: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
        sseArgument(),
      ),
      ['F-ERR-032'],
    ),
  contextMalformed: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      ),
      ['F-ERR-033'],
    ),
  kmsUnsigned: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
        { ArgumentName: 'Authorization', ArgumentValue: 'null' },
      ),
      ['F-ERR-034', 'F-KSM-060'],
    ),
  accessDenied: (message: string, decision?: Decision) =>
    new Refusal({ status: 403, code: 'AccessDenied', message }, ['F-ERR-037'], decision),
  signatureMismatch: () =>
    new Refusal(
      {
        status: 403,
        code: 'SignatureDoesNotMatch',
        message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      },
      [],
    ),
  unknownAccessKey: (accessKeyId: string) =>
    new Refusal(
      {
        status: 403,
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
        extra: { AWSAccessKeyId: accessKeyId },
      },
      [],
    ),
  checksumMismatch: () =>
    new Refusal(bad('BadDigest', 'The SHA256 you specified did not match the calculated checksum.'), []),
  payloadHashMismatch: () =>
    new Refusal(
      bad('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed."),
      [],
    ),
  noSuchBucket: (bucketName: string) =>
    new Refusal(
      {
        status: 404,
        code: 'NoSuchBucket',
        message: 'The specified bucket does not exist',
        extra: { BucketName: bucketName },
      },
      ['F-ERR-062'],
    ),
  noSuchKey: (objectName: string) =>
    new Refusal(
      { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.', extra: { Key: objectName } },
      [],
    ),
  malformedXml: () =>
    new Refusal(
      bad('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema'),
      ['F-ERR-060'],
    ),
  kmsKeyNotApplicable: () =>
    new Refusal(
      bad(
        'InvalidArgument',
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
        { ArgumentName: 'ApplyServerSideEncryptionByDefault' },
      ),
      ['F-ERR-061', 'F-BKT-007'],
    ),
  invalidUri: () => new Refusal(bad('InvalidURI', "Couldn't parse the specified URI."), []),
  notImplemented: () =>
    new Refusal(
      {
        status: 501,
        code: 'NotImplemented',
        message: 'A header or request you provided implies functionality that is not implemented',
      },
      [],
    ),
} as const;
