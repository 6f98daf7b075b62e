import type { AnyS3Operation } from '../operation.ts';
import { abortMultipartUpload } from './abortMultipartUpload.ts';
import { completeMultipartUpload } from './completeMultipartUpload.ts';
import { createMultipartUpload } from './createMultipartUpload.ts';
import { getObjectAttributes } from './getObjectAttributes.ts';
import { listMultipartUploads } from './listMultipartUploads.ts';
import { listParts } from './listParts.ts';
import { updateObjectEncryption } from './updateObjectEncryption.ts';
import { uploadPart } from './uploadPart.ts';
import { uploadPartCopy } from './uploadPartCopy.ts';

const WRITES = { isReadOnly: false, isManagement: false } as const;
const READS = { isReadOnly: true, isManagement: false } as const;

/** Operations of multipart uploads, and what shows or changes an object's encryption where it lies. */
export const MULTIPART_OPERATIONS: readonly AnyS3Operation[] = [
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    query: ['uploads'],
    body: 'none',
    ...WRITES,
    touches: 'write',
    perform: createMultipartUpload,
  },
  {
    name: 'UploadPart',
    method: 'PUT',
    on: 'object',
    query: ['partNumber', 'uploadId'],
    body: 'content',
    ...WRITES,
    perform: uploadPart,
  },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    on: 'object',
    query: ['partNumber', 'uploadId'],
    header: 'x-amz-copy-source',
    body: 'none',
    ...WRITES,
    perform: uploadPartCopy,
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    query: ['uploadId'],
    body: 'document',
    ...WRITES,
    perform: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    on: 'object',
    query: ['uploadId'],
    body: 'none',
    ...WRITES,
    perform: abortMultipartUpload,
  },
  {
    name: 'ListParts',
    method: 'GET',
    on: 'object',
    query: ['uploadId'],
    body: 'none',
    ...READS,
    perform: listParts,
  },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    on: 'bucket',
    query: ['uploads'],
    body: 'none',
    ...READS,
    perform: listMultipartUploads,
  },
  {
    name: 'GetObjectAttributes',
    method: 'GET',
    on: 'object',
    query: ['attributes'],
    body: 'none',
    ...READS,
    touches: 'read',
    perform: getObjectAttributes,
  },
  {
    name: 'UpdateObjectEncryption',
    method: 'PUT',
    on: 'object',
    query: ['encryption'],
    body: 'document',
    ...WRITES,
    perform: updateObjectEncryption,
  },
];
