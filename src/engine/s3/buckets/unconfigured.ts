import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Operation } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import type { XmlTree } from '../xml.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

interface Unconfigured {
  readonly name: string;
  readonly query: string;
  readonly action: string;
  readonly answer: readonly [rootName: string, content: XmlTree] | ((bucketName: string) => Refusal);
}

/** Settings that cannot be made here, and what S3 answers when nobody made them. */
const UNCONFIGURED: readonly Unconfigured[] = [
  {
    name: 'GetBucketLogging',
    query: 'logging',
    action: 's3:GetBucketLogging',
    answer: ['BucketLoggingStatus', {}],
  },
  {
    name: 'GetBucketNotificationConfiguration',
    query: 'notification',
    action: 's3:GetBucketNotification',
    answer: ['NotificationConfiguration', {}],
  },
  {
    name: 'GetBucketAccelerateConfiguration',
    query: 'accelerate',
    action: 's3:GetAccelerateConfiguration',
    answer: ['AccelerateConfiguration', {}],
  },
  {
    name: 'GetBucketRequestPayment',
    query: 'requestPayment',
    action: 's3:GetBucketRequestPayment',
    answer: ['RequestPaymentConfiguration', { Payer: 'BucketOwner' }],
  },
  {
    name: 'GetBucketWebsite',
    query: 'website',
    action: 's3:GetBucketWebsite',
    answer: BUCKET_REFUSALS.noWebsite,
  },
  { name: 'GetBucketCors', query: 'cors', action: 's3:GetBucketCORS', answer: BUCKET_REFUSALS.noCors },
  {
    name: 'GetBucketLifecycleConfiguration',
    query: 'lifecycle',
    action: 's3:GetLifecycleConfiguration',
    answer: BUCKET_REFUSALS.noLifecycle,
  },
  {
    name: 'GetBucketReplication',
    query: 'replication',
    action: 's3:GetReplicationConfiguration',
    answer: BUCKET_REFUSALS.noReplication,
  },
  {
    name: 'GetObjectLockConfiguration',
    query: 'object-lock',
    action: 's3:GetBucketObjectLockConfiguration',
    answer: BUCKET_REFUSALS.noObjectLock,
  },
];

/** Reading what was never set up; setting it up is not implemented and is answered so by the table's lack of it. */
export const UNCONFIGURED_OPERATIONS: readonly S3Operation[] = UNCONFIGURED.map(({ name, query, action, answer }) => ({
  name,
  method: 'GET',
  on: 'bucket',
  query: [query],
  body: 'none',
  isReadOnly: true,
  isManagement: true,
  perform: async (asked: S3Request) => {
    authorize(asked, action);
    if (typeof answer === 'function') throw answer(asked.bucket.name);
    return { response: xmlAnswer(...answer) };
  },
}));
