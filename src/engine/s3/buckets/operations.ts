import type { AnyS3Operation, S3Operation, S3ServiceOperation } from '../operation.ts';
import { getBucketAcl, putBucketAcl } from './acl.ts';
import { deleteBucketEncryption, getBucketEncryption } from './bucketEncryption.ts';
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './bucketPolicy.ts';
import { createBucket } from './createBucket.ts';
import { deleteBucket } from './deleteBucket.ts';
import { getBucketLocation, headBucket } from './describeBucket.ts';
import { listBuckets } from './listBuckets.ts';
import { listObjects, listObjectsV2 } from './listObjects.ts';
import { listObjectVersions } from './listObjectVersions.ts';
import { deleteOwnershipControls, getOwnershipControls, putOwnershipControls } from './ownershipControls.ts';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './publicAccessBlock.ts';
import { putBucketEncryption } from './putBucketEncryption.ts';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './tagging.ts';
import { UNCONFIGURED_OPERATIONS } from './unconfigured.ts';
import { getBucketVersioning, putBucketVersioning } from './versioning.ts';

type Perform = S3Operation['perform'];

const onBucket = { on: 'bucket', isManagement: true } as const;
const reading = { ...onBucket, method: 'GET', body: 'none', isReadOnly: true } as const;
const putting = { ...onBucket, method: 'PUT', body: 'document', isReadOnly: false } as const;
const deleting = { ...onBucket, method: 'DELETE', body: 'none', isReadOnly: false } as const;

const read = (name: string, query: string, perform: Perform): S3Operation => ({
  ...reading,
  name,
  query: [query],
  perform,
});
const put = (name: string, query: string, perform: Perform): S3Operation => ({
  ...putting,
  name,
  query: [query],
  perform,
});
const remove = (name: string, query: string, perform: Perform): S3Operation => ({
  ...deleting,
  name,
  query: [query],
  perform,
});

const SERVICE_OPERATIONS: readonly S3ServiceOperation[] = [
  { ...reading, name: 'ListBuckets', on: 'service', needsNoBucket: true, perform: listBuckets },
  { ...putting, name: 'CreateBucket', needsNoBucket: true, perform: createBucket },
];

/** Operations on buckets and on the service. Lists of objects and HeadBucket are data events (F-CT-015). */
export const BUCKET_OPERATIONS: readonly AnyS3Operation[] = [
  ...SERVICE_OPERATIONS,
  { ...deleting, name: 'DeleteBucket', perform: deleteBucket },
  { ...reading, name: 'HeadBucket', method: 'HEAD', isManagement: false, perform: headBucket },
  read('GetBucketLocation', 'location', getBucketLocation),

  { ...reading, name: 'ListObjects', isManagement: false, perform: listObjects },
  { ...read('ListObjectsV2', 'list-type', listObjectsV2), isManagement: false },
  { ...read('ListObjectVersions', 'versions', listObjectVersions), isManagement: false },

  read('GetBucketEncryption', 'encryption', getBucketEncryption),
  put('PutBucketEncryption', 'encryption', putBucketEncryption),
  remove('DeleteBucketEncryption', 'encryption', deleteBucketEncryption),

  read('GetBucketVersioning', 'versioning', getBucketVersioning),
  put('PutBucketVersioning', 'versioning', putBucketVersioning),

  read('GetBucketPolicy', 'policy', getBucketPolicy),
  put('PutBucketPolicy', 'policy', putBucketPolicy),
  remove('DeleteBucketPolicy', 'policy', deleteBucketPolicy),
  read('GetBucketPolicyStatus', 'policyStatus', getBucketPolicyStatus),

  read('GetPublicAccessBlock', 'publicAccessBlock', getPublicAccessBlock),
  put('PutPublicAccessBlock', 'publicAccessBlock', putPublicAccessBlock),
  remove('DeletePublicAccessBlock', 'publicAccessBlock', deletePublicAccessBlock),

  read('GetBucketOwnershipControls', 'ownershipControls', getOwnershipControls),
  put('PutBucketOwnershipControls', 'ownershipControls', putOwnershipControls),
  remove('DeleteBucketOwnershipControls', 'ownershipControls', deleteOwnershipControls),

  read('GetBucketTagging', 'tagging', getBucketTagging),
  put('PutBucketTagging', 'tagging', putBucketTagging),
  remove('DeleteBucketTagging', 'tagging', deleteBucketTagging),

  read('GetBucketAcl', 'acl', getBucketAcl),
  put('PutBucketAcl', 'acl', putBucketAcl),

  ...UNCONFIGURED_OPERATIONS,
];
