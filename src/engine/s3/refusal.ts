import { utf8 } from '../bytes/bytes.ts';
import type { Header } from '../http/message.ts';
import type { Decision } from '../trace/event.ts';

/** What S3 answers instead of doing what it was asked. */
export interface S3Error {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** `ArgumentName`, `ArgumentValue` and the like. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Headers that come with it, for example `Content-Range` or `x-amz-delete-marker`. */
  readonly headers?: readonly Header[];
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
const bad = (code: string, message: string, extra?: Record<string, string>): S3Error => ({
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
  signatureMismatch: (check: { accessKeyId: string; sent: string; stringToSign: string; canonicalRequest: string }) =>
    new Refusal(
      {
        status: 403,
        code: 'SignatureDoesNotMatch',
        message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        extra: {
          AWSAccessKeyId: check.accessKeyId,
          StringToSign: check.stringToSign,
          SignatureProvided: check.sent,
          StringToSignBytes: spacedHex(check.stringToSign),
          // A browser form has none: its policy is what is signed.
          ...(check.canonicalRequest === ''
            ? {}
            : { CanonicalRequest: check.canonicalRequest, CanonicalRequestBytes: spacedHex(check.canonicalRequest) }),
        },
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
  checksumMismatch: (algorithm: string) =>
    new Refusal(bad('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`), []),
  checksumMalformed: (header: string) =>
    new Refusal(bad('InvalidRequest', `Value for ${header} header is invalid.`), []),
  checksumUnknown: () =>
    new Refusal(
      bad(
        'InvalidRequest',
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      ),
      [],
    ),
  checksumOther: () =>
    new Refusal(bad('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.'), []),
  severalChecksums: () =>
    new Refusal(
      bad('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.'),
      [],
    ),
  invalidDigest: (sent: string) =>
    new Refusal(bad('InvalidDigest', 'The Content-MD5 you specified was invalid.', { 'Content-MD5': sent }), []),
  md5Mismatch: (sent: string, computed: string) =>
    new Refusal(
      bad('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
        ExpectedDigest: sent,
        CalculatedDigest: computed,
      }),
      [],
    ),
  payloadHashMismatch: (sent: string, computed: string) =>
    new Refusal(
      bad('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.", {
        ClientComputedContentSHA256: sent,
        S3ComputedContentSHA256: computed,
      }),
      [],
    ),
  bucketKeyMalformed: (value: string) =>
    new Refusal(
      bad('InvalidArgument', 'The value specified for x-amz-server-side-encryption-bucket-key-enabled is not valid.', {
        ArgumentName: 'x-amz-server-side-encryption-bucket-key-enabled',
        ArgumentValue: value,
      }),
      ['F-HDR-004'],
    ),
  metadataTooLarge: (size: number, limit: number) =>
    new Refusal(
      bad('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
        Size: String(size),
        MaxSizeAllowed: String(limit),
      }),
      [],
    ),
  methodNotAllowed: (method: string, resourceType: string) =>
    new Refusal(
      {
        status: 405,
        code: 'MethodNotAllowed',
        message: 'The specified method is not allowed against this resource.',
        extra: { Method: method, ResourceType: resourceType },
      },
      [],
    ),
  expectedOwnerMalformed: (sent: string) =>
    new Refusal(
      bad(
        'InvalidBucketOwnerAWSAccountID',
        `The value of the expected bucket owner parameter must be an AWS Account ID... [${sent}]`,
      ),
      [],
    ),
  otherOwner: () => new Refusal({ status: 403, code: 'AccessDenied', message: 'Access Denied' }, []),
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

function spacedHex(text: string): string {
  return Array.from(utf8(text), byte => byte.toString(16).padStart(2, '0')).join(' ');
}
