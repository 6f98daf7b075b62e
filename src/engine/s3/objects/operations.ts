import type { AnyS3Operation, S3Operation } from '../operation.ts';
import { getObjectAcl, putObjectAcl } from './acl.ts';
import { copyObject } from './copyObject.ts';
import { deleteObject } from './deleteObject.ts';
import { deleteObjects } from './deleteObjects.ts';
import { getObject } from './getObject.ts';
import { headObject } from './headObject.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './objectTagging.ts';
import { postObject } from './postObject.ts';
import { putObject } from './putObject.ts';

/** What most of them have in common. */
const READS = { on: 'object', body: 'none', isReadOnly: true, isManagement: false } as const;
const WRITES = { on: 'object', body: 'none', isReadOnly: false, isManagement: false } as const;

/** Operations on objects. */
export const OBJECT_OPERATIONS: readonly AnyS3Operation[] = [
  { ...WRITES, name: 'PutObject', method: 'PUT', body: 'content', touches: 'write', perform: putObject },
  {
    ...WRITES,
    name: 'CopyObject',
    method: 'PUT',
    header: 'x-amz-copy-source',
    touches: 'write',
    perform: copyObject,
  },
  { ...READS, name: 'GetObject', method: 'GET', touches: 'read', perform: getObject },
  { ...READS, name: 'HeadObject', method: 'HEAD', perform: headObject },
  { ...WRITES, name: 'DeleteObject', method: 'DELETE', perform: deleteObject },
  {
    ...WRITES,
    name: 'DeleteObjects',
    method: 'POST',
    on: 'bucket',
    query: ['delete'],
    body: 'document',
    perform: deleteObjects,
  },
  { ...WRITES, name: 'PostObject', method: 'POST', on: 'bucket', perform: postObject },
  { ...READS, name: 'GetObjectTagging', method: 'GET', query: ['tagging'], perform: getObjectTagging },
  {
    ...WRITES,
    name: 'PutObjectTagging',
    method: 'PUT',
    query: ['tagging'],
    body: 'document',
    perform: putObjectTagging,
  },
  { ...WRITES, name: 'DeleteObjectTagging', method: 'DELETE', query: ['tagging'], perform: deleteObjectTagging },
  { ...READS, name: 'GetObjectAcl', method: 'GET', query: ['acl'], perform: getObjectAcl },
  { ...WRITES, name: 'PutObjectAcl', method: 'PUT', query: ['acl'], body: 'document', perform: putObjectAcl },
] satisfies readonly S3Operation[];
