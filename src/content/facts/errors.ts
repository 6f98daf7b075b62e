import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

const { derived, unpublished } = SOURCES;

/** Refusals of S3, KMS and the client, and ETags. */
export const errorFacts = {
  'F-ERR-001': {
    text: 'S3 refuses SSE-C over plain HTTP; the code and the words shown here come from a server that imitates S3.',
    grade: 'secondary',
    ...SOURCES.minio,
  },
  'F-ERR-002': {
    text: 'SSE-C headers and the SSE header exclude each other: 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-003': {
    text: 'An SSE-C algorithm other than AES256 gives 400 InvalidEncryptionAlgorithmError.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-004': {
    text: 'An SSE-C key without an algorithm gives 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-005': {
    text: 'An SSE-C algorithm without a key gives 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-006': {
    text: 'An SSE-C key without its MD5 gives 400, as a server that imitates S3 has it.',
    grade: 'secondary',
    ...SOURCES.minio,
  },
  'F-ERR-007': {
    text: 'An SSE-C key of the wrong length is refused at upload with 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-008': {
    text: 'A key MD5 that does not fit the key gives 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-009': {
    text: 'Reading an SSE-C object without a key gives 400 InvalidRequest.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-010': {
    text: 'Reading an SSE-C object with the wrong key gives 403 AccessDenied.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-011': {
    text: 'Reading with a key of the wrong length gives 403 as well.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-012': {
    text: 'SSE-C headers for an object that is not SSE-C give 400 InvalidRequest.',
    grade: 'secondary',
    source: 'Report: boto3, issue 982',
    url: 'https://github.com/boto/boto3/issues/982',
  },
  'F-ERR-013': {
    text: 'A copy from an SSE-C source without its key gives 400 InvalidRequest.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-014': {
    text: 'Parts of a multipart upload must carry SSE-C headers exactly when its beginning did.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-015': {
    text: 'A part under another SSE-C key is refused with 400 InvalidRequest.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-016': {
    text: 'An SSE-C upload into a bucket that blocks it gives 403 AccessDenied.',
    grade: 'documented',
    ...SOURCES.block,
  },
  'F-ERR-017': {
    text: 'A refused HEAD has a status but no body.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-018': {
    text: 'S3 checks SSE-C requests in an order: block, conflict, algorithm, key, MD5, length, then the object itself.',
    grade: 'derived',
    ...derived,
  },
  'F-ERR-030': {
    text: 'An unknown mode in the SSE header gives 400 InvalidArgument.',
    grade: 'secondary',
    ...SOURCES.s3Tests,
  },
  'F-ERR-031': {
    text: 'The SSE header on a read gives 400.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ERR-032': {
    text: 'A KMS key id without a KMS mode gives 400 InvalidArgument.',
    grade: 'secondary',
    ...SOURCES.s3Tests,
  },
  'F-ERR-033': {
    text: 'A context header that is not Base64 of a JSON object of strings is refused.',
    grade: 'secondary',
    source: 'Report: minio-go, issue 2235',
    url: 'https://github.com/minio/minio-go/issues/2235',
  },
  'F-ERR-034': {
    text: 'A KMS-protected object asked for without Signature Version 4 gives 400 InvalidArgument.',
    grade: 'secondary',
    source: 'Reports, among them botocore, issue 377',
    url: 'https://github.com/boto/botocore/issues/377',
  },
  'F-ERR-035': {
    text: 'A KMS-protected object over plain HTTP is refused with 400.',
    grade: 'secondary',
    source: 'Report: AWS SDK for JavaScript, issue 2335',
    url: 'https://github.com/aws/aws-sdk-js/issues/2335',
  },
  'F-ERR-036': {
    text: 'When a policy denies a request outright, the 403 says “with an explicit deny”.',
    grade: 'documented',
    ...SOURCES.denied,
  },
  'F-ERR-037': {
    text: 'When no policy allows a request, the 403 names the action that nothing allows.',
    grade: 'documented',
    ...SOURCES.denied,
  },
  'F-ERR-038': {
    text: 'In a directory bucket, writing with another encryption than the object has gives 400 EncryptionTypeMismatch.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ERR-040': {
    text: 'A malformed KMS key id gives 400 KMS.NotFoundException.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-041': {
    text: 'A KMS key that does not exist gives 400 KMS.NotFoundException.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-042': {
    text: 'A KMS key ARN of another Region gives 400 KMS.NotFoundException.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-043': {
    text: 'S3 looks for a bare KMS key id in the bucket’s own Region only.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-044': {
    text: 'The text aws/s3 is not a key id; the alias is alias/aws/s3.',
    grade: 'secondary',
    source: 'Report: AWS CLI, issue 4507',
    url: 'https://github.com/aws/aws-cli/issues/4507',
  },
  'F-ERR-045': {
    text: 'Under a disabled KMS key S3 answers 400 KMS.DisabledException.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-046': {
    text: 'Under a KMS key that waits for deletion S3 answers 400 KMS.KMSInvalidStateException.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-047': {
    text: 'A KMS key of the wrong kind gives 400 KMS.InvalidKeyUsageException.',
    grade: 'documented',
    ...SOURCES.errors,
  },
  'F-ERR-048': {
    text: 'Without kms:GenerateDataKey an upload ends with 403 AccessDenied, which names that action.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-ERR-049': {
    text: 'Without kms:Decrypt a download ends with 403 AccessDenied, which names that action.',
    grade: 'secondary',
    source: 'AWS CDK, notes on S3 deployment',
    url: 'https://github.com/aws/aws-cdk',
  },
  'F-ERR-050': {
    text: 'When a key of another account does not admit you, the 403 says that no resource-based policy allows access.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-ERR-051': {
    text: 'When KMS throttles the calls that S3 makes for you, S3 answers 503 SlowDown.',
    grade: 'secondary',
    source: 'Report: cql-replicator, issue 92',
    url: 'https://github.com/aws-samples/cql-replicator/issues/92',
  },
  'F-ERR-052': {
    text: 'How S3 reports trouble inside KMS is not published.',
    grade: 'model',
    ...unpublished,
  },
  'F-ERR-060': {
    text: 'An encryption rule that is not well-formed gives 400 MalformedXML.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-061': {
    text: 'A KMS key id in a rule for SSE-S3 gives 400 InvalidArgument.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-062': {
    text: 'A bucket that does not exist gives 404 NoSuchBucket.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
  'F-ERR-063': {
    text: 'An unknown algorithm in a rule gives 400 MalformedXML.',
    grade: 'secondary',
    source: 'Report: AWS Controllers for Kubernetes, issue 1505',
    url: 'https://github.com/aws-controllers-k8s/community/issues/1505',
  },
  'F-ERR-064': {
    text: 'Before 2023 asking for a rule that nobody had set was an error.',
    grade: 'documented',
    ...SOURCES.errors,
  },
  'F-ERR-080': {
    text: 'KMS answers 400 NotFoundException for a key it does not know.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-081': {
    text: 'KMS answers 400 DisabledException while a key is disabled.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-ERR-082': {
    text: 'KMS answers 400 KMSInvalidStateException while a key waits for its deletion.',
    grade: 'documented',
    ...SOURCES.kmsState,
  },
  'F-ERR-083': {
    text: 'KMS answers 400 KMSInvalidStateException while a key waits for imported material.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-084': {
    text: 'A wrong encryption context or a damaged blob gives InvalidCiphertextException with no explanation.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-085': {
    text: 'Naming another key than the blob’s gives IncorrectKeyException.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-086': {
    text: 'Over the request quota KMS answers ThrottlingException.',
    grade: 'documented',
    ...SOURCES.kmsThrottling,
  },
  'F-ERR-087': {
    text: 'Without permission KMS answers AccessDeniedException and names the action that nothing allows.',
    grade: 'secondary',
    ...SOURCES.report,
  },
  'F-ERR-088': {
    text: 'When a blob belongs to a key that you may not see, KMS does not tell whether that key exists.',
    grade: 'secondary',
    ...SOURCES.moto,
  },
  'F-ERR-089': {
    text: 'A KMS key made for another use gives InvalidKeyUsageException.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-090': {
    text: 'A KMS request outside its limits gives ValidationException.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-091': {
    text: 'A dry run that would succeed gives DryRunOperationException.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-092': {
    text: 'More rotations on demand than allowed give LimitExceededException.',
    grade: 'documented',
    ...SOURCES.recordedKms,
  },
  'F-ERR-093': {
    text: 'Trouble inside KMS has exceptions of its own, which may be tried again.',
    grade: 'documented',
    ...SOURCES.kmsModel,
  },
  'F-ERR-100': {
    text: 'When the key commitment differs, the client stops and treats the object as tampered with.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-101': {
    text: 'A client that requires commitment refuses objects without one before it decrypts.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-102': {
    text: 'Metadata that mixes formats or lacks a part counts as tampered with.',
    grade: 'documented',
    ...SOURCES.clientSpec,
  },
  'F-ERR-103': {
    text: 'An instruction file that holds the commitment itself is refused.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-104': {
    text: 'The client refuses old ways of wrapping and encrypting unless you opt in.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-105': {
    text: 'The client refuses a tag length other than 128 bits.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-106': {
    text: 'The client refuses when the context you give differs from the stored one.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-107': {
    text: 'Without recognisable metadata the client looks for an instruction file, and then gives up.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-108': {
    text: 'With the wrong wrapping key the data key does not open; the client says only that it cannot unwrap.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ERR-109': {
    text: 'An RSA-wrapped key that names another content suite is refused as altered.',
    grade: 'documented',
    ...SOURCES.javaClient,
  },
  'F-ETG-001': {
    text: 'Under SSE-S3, or without encryption, the ETag of a single upload is the MD5 of the content.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-002': {
    text: 'Under SSE-KMS and SSE-C the ETag is not the MD5 of the content.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-003': {
    text: 'The ETag of a multipart upload is never the MD5 of the content.',
    grade: 'documented',
    ...SOURCES.s3Model,
  },
  'F-ETG-004': {
    text: 'ETags under KMS and SSE-C look like any other and differ between two uploads of the same bytes.',
    grade: 'documented',
    ...SOURCES.recorded,
  },
} as const satisfies Record<string, Fact>;
