/** Where the facts come from, by short name. */
export const SOURCES = {
  sse: {
    source: 'Amazon S3 User Guide: Protecting data with server-side encryption',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html',
  },
  sseS3: {
    source: 'Amazon S3 User Guide: Using SSE-S3',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html',
  },
  sseKms: {
    source: 'Amazon S3 User Guide: Using SSE-KMS',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  },
  dsse: {
    source: 'Amazon S3 User Guide: Using DSSE-KMS',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html',
  },
  sseC: {
    source: 'Amazon S3 User Guide: Using SSE-C',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html',
  },
  cse: {
    source: 'Amazon S3 User Guide: Using client-side encryption',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingClientSideEncryption.html',
  },
  block: {
    source: 'Amazon S3 User Guide: Blocking or unblocking SSE-C',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html',
  },
  blockFaq: {
    source: 'Amazon S3 User Guide: Default SSE-C setting FAQ',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html',
  },
  defaultEncryption: {
    source: 'Amazon S3 User Guide: Configuring default encryption',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html',
  },
  defaultFaq: {
    source: 'Amazon S3 User Guide: Default encryption FAQ',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html',
  },
  bucketEncryption: {
    source: 'Amazon S3 User Guide: Setting default encryption for buckets',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html',
  },
  bucketKey: {
    source: 'Amazon S3 User Guide: S3 Bucket Keys',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
  },
  tracking: {
    source: 'Amazon S3 User Guide: Monitoring default encryption with CloudTrail',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption-tracking.html',
  },
  replication: {
    source: 'Amazon S3 User Guide: Replicating encrypted objects',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  },
  multipart: {
    source: 'Amazon S3 User Guide: Multipart upload',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html',
  },
  update: {
    source: 'Amazon S3 User Guide: Updating server-side encryption',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/update-sse-encryption.html',
  },
  denied: {
    source: 'Amazon S3 User Guide: Troubleshooting access denied (403) errors',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html',
  },
  network: {
    source: 'Amazon S3 User Guide: Infrastructure security',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/network-isolation.html',
  },
  policies: {
    source: 'Amazon S3 User Guide: Bucket policy examples',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html',
  },
  metadata: {
    source: 'Amazon S3 User Guide: Working with object metadata',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html',
  },
  errors: {
    source: 'Amazon S3 API Reference: Error responses',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
  },
  post: {
    source: 'Amazon S3 API Reference: POST Object',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html',
  },
  cloudFront: {
    source: 'Amazon CloudFront Developer Guide: Restricting access to S3',
    url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  },
  dataEvents: {
    source: 'AWS CloudTrail User Guide: Logging data events',
    url: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
  },
  s3Model: {
    source: 'Service model of Amazon S3 (botocore)',
    url: 'https://github.com/boto/botocore',
  },
  kmsModel: {
    source: 'Service model of AWS KMS (botocore)',
    url: 'https://github.com/boto/botocore',
  },
  botocore: { source: 'Client source code: botocore', url: 'https://github.com/boto/botocore' },
  recorded: {
    source: 'Recorded answers of Amazon S3 (LocalStack test suite)',
    url: 'https://github.com/localstack/localstack',
  },
  recordedKms: {
    source: 'Recorded answers of AWS KMS (LocalStack test suite)',
    url: 'https://github.com/localstack/localstack',
  },
  kmsRotation: {
    source: 'AWS KMS Developer Guide: Rotating keys',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  },
  kmsState: {
    source: 'AWS KMS Developer Guide: Key states',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  },
  kmsPolicy: {
    source: 'AWS KMS Developer Guide: Policy evaluation',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
  },
  kmsGrants: {
    source: 'AWS KMS Developer Guide: Grants',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  },
  kmsConditions: {
    source: 'AWS KMS Developer Guide: Condition keys',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  },
  kmsThrottling: {
    source: 'AWS KMS Developer Guide: Throttling',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html',
  },
  kmsQuota: {
    source: 'AWS KMS Developer Guide: Request quotas',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html',
  },
  kmsResources: {
    source: 'AWS KMS Developer Guide: Resource quotas',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  kmsUsage: {
    source: 'AWS KMS Developer Guide: Determining past usage of a key',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-determining-usage.html',
  },
  kmsPrice: { source: 'AWS KMS pricing', url: 'https://aws.amazon.com/kms/pricing/' },
  hierarchy: {
    source: 'AWS KMS Cryptographic Details: Key hierarchy',
    url: 'https://docs.aws.amazon.com/kms/latest/cryptographic-details/key-hierarchy.html',
  },
  primitives: {
    source: 'AWS KMS Cryptographic Details: Cryptographic primitives',
    url: 'https://docs.aws.amazon.com/kms/latest/cryptographic-details/crypto-primitives.html',
  },
  dataKeys: {
    source: 'AWS KMS Cryptographic Details: Generating data keys',
    url: 'https://docs.aws.amazon.com/kms/latest/cryptographic-details/generating-data-keys.html',
  },
  javaClient: {
    source: 'Client source code: Amazon S3 Encryption Client for Java',
    url: 'https://github.com/aws/amazon-s3-encryption-client-java',
  },
  goClient: {
    source: 'Client source code: Amazon S3 Encryption Client for Go',
    url: 'https://github.com/aws/amazon-s3-encryption-client-go',
  },
  netClient: {
    source: 'Client source code: Amazon S3 Encryption Client for .NET',
    url: 'https://github.com/aws/amazon-s3-encryption-client-dotnet',
  },
  pythonClient: {
    source: 'Client source code: Amazon S3 Encryption Client for Python',
    url: 'https://github.com/aws/amazon-s3-encryption-client-python',
  },
  clientAdvisory: {
    source: 'Security advisory CVE-2025-14763 on the S3 Encryption Client',
    url: 'https://osv.dev/vulnerability/GHSA-x44p-gvrj-pj2r',
  },
  clientSpec: {
    source: 'Specification of the Amazon S3 Encryption Client',
    url: 'https://github.com/awslabs/aws-encryption-sdk-specification',
  },
  webCrypto: { source: 'Web Cryptography API', url: 'https://www.w3.org/TR/WebCryptoAPI/' },
  minio: { source: 'MinIO, a server that speaks the S3 protocol', url: 'https://github.com/minio/minio' },
  s3Tests: { source: 'ceph s3-tests, a conformance suite', url: 'https://github.com/ceph/s3-tests' },
  moto: { source: 'moto, an emulator of AWS', url: 'https://github.com/getmoto/moto' },
  report: { source: 'Reports of practitioners' },
  derived: { source: 'Follows from documented behaviour' },
  unpublished: { source: 'Not published by AWS' },
  lab: { source: 'A choice of this lab' },
} as const;
