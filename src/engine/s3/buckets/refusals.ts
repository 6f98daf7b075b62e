import { Refusal } from '../refusal.ts';

const refuse = (status: number, code: string, message: string, extra?: Record<string, string>, facts: string[] = []) =>
  new Refusal({ status, code, message, ...(extra ? { extra } : {}) }, facts);
const argument = (message: string, name: string, value: string | undefined) =>
  refuse(400, 'InvalidArgument', message, {
    ArgumentName: name,
    ...(value === undefined ? {} : { ArgumentValue: value }),
  });
const missing = (code: string, message: string) => (bucketName: string) =>
  refuse(404, code, message, { BucketName: bucketName });

/** What S3 answers to requests about buckets and lists: texts as AWS gives them. */
export const BUCKET_REFUSALS = {
  // documents
  noChecksum: () =>
    refuse(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
      undefined,
      ['F-BKT-003'],
    ),
  documentTooLarge: (limit: number) =>
    refuse(400, 'MaxMessageLengthExceeded', 'Your request was too big.', { MaxMessageLengthBytes: String(limit) }),

  // making and removing
  invalidBucketName: (bucketName: string) =>
    refuse(400, 'InvalidBucketName', 'The specified bucket is not valid.', { BucketName: bucketName }),
  invalidLocation: (location: string) =>
    refuse(400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      LocationConstraint: location,
    }),
  otherLocation: (location: string) =>
    refuse(
      400,
      'IllegalLocationConstraintException',
      `The ${location} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    ),
  ownedByYou: (bucketName: string) =>
    refuse(
      409,
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: bucketName },
    ),
  ownedByOther: (bucketName: string) =>
    refuse(
      409,
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      { BucketName: bucketName },
    ),
  notEmpty: (bucketName: string, hasVersions: boolean) =>
    refuse(
      409,
      'BucketNotEmpty',
      `The bucket you tried to delete is not empty${hasVersions ? '. You must delete all versions in the bucket.' : ''}`,
      { BucketName: bucketName },
    ),

  // configuration that is not there
  noPolicy: missing('NoSuchBucketPolicy', 'The bucket policy does not exist'),
  noPublicAccessBlock: missing(
    'NoSuchPublicAccessBlockConfiguration',
    'The public access block configuration was not found',
  ),
  noOwnershipControls: missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
  noTags: missing('NoSuchTagSet', 'The TagSet does not exist'),
  noEncryption: (bucketName: string) =>
    refuse(
      404,
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
      { BucketName: bucketName },
      ['F-NON-003', 'F-ERR-064'],
    ),
  noWebsite: missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
  noCors: missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  noLifecycle: missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  noReplication: missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  noObjectLock: missing(
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
  ),

  // configuration that is not taken
  noVersioningStatus: () =>
    refuse(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified'),
  malformedPolicy: (problem: string) => refuse(400, 'MalformedPolicy', problem),
  publicPolicy: (principalArn: string, bucketArn: string) =>
    refuse(
      403,
      'AccessDenied',
      `User: ${principalArn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    ),
  aclsOff: () => refuse(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs'),
  aclWithOwnership: () =>
    refuse(
      400,
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    ),
  publicAcl: () =>
    refuse(
      400,
      'InvalidBucketAclWithBlockPublicAccessError',
      'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
    ),
  tooManyTags: (limit: number) => refuse(400, 'BadRequest', `Bucket tag count cannot be greater than ${limit}`),
  sameTag: (name: string) =>
    refuse(400, 'InvalidTag', 'Cannot provide multiple Tags with the same key', { TagKey: name }),
  systemTag: () => refuse(400, 'InvalidTag', 'System tags cannot be added/updated by requester'),
  invalidTagKey: (name: string) =>
    refuse(400, 'InvalidTag', 'The TagKey you have provided is invalid', { TagKey: name }),
  invalidTagValue: (name: string, value: string) =>
    refuse(400, 'InvalidTag', 'The TagValue you have provided is invalid', { TagKey: name, TagValue: value }),

  // headers and parameters
  invalidHeader: (name: string, value: string) => argument(`Invalid ${name} header: ${value}`, name, value),
  notAnInteger: (name: string, value: string) =>
    argument(`Provided ${name} not an integer or within integer range`, name, value),
  negative: (name: string, value: string) =>
    argument(`Argument ${name} must be an integer between 0 and 2147483647`, name, value),
  outOfRange: (name: string, value: string, from: number, to: number) =>
    argument(`Argument ${name} must be an integer between ${from} and ${to}`, name, value),
  encodingType: (value: string) => argument('Invalid Encoding Method specified in Request', 'encoding-type', value),
  regionUnknown: (region: string) =>
    argument(`Argument value ${region} is not a valid AWS Region`, 'bucket-region', undefined),
  listType: (value: string) => argument('Invalid List Type specified in Request', 'list-type', value),
  continuationToken: () => argument('The continuation token provided is incorrect', 'continuation-token', undefined),
  versionMarkerAlone: (value: string) =>
    argument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', value),
  versionMarkerEmpty: () => argument('A version-id marker cannot be empty.', 'version-id-marker', ''),
  versionMarker: (value: string) => argument('Invalid version id specified', 'version-id-marker', value),
} as const;
