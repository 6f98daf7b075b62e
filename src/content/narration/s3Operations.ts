import type { Narration } from '../narrationTypes.ts';

/** Words for what S3 does besides taking, keeping and giving back one object. */
export const s3OperationNarration = {
  's3.lookUp': {
    otherwise: {
      title: 'S3 looks into its index',
      say: 'S3 answers from its **index**: names, lengths and headers are not encrypted, so no key is needed.',
    },
  },
  's3.checkConditions': {
    otherwise: {
      title: 'S3 checks your conditions',
      say: 'Your request counts only for a certain state of the object: S3 looks at its **ETag** or its date.',
    },
  },
  's3.findBucketKey': {
    variants: [
      {
        when: { verb: 'stored' },
        text: {
          title: 'S3 keeps the Bucket Key for a while',
          say: 'S3 keeps the new key as a **Bucket Key**: for some minutes it wraps the data keys of many objects.',
          stop: 'the Bucket Key is kept',
        },
      },
      {
        when: { verb: 'compared', isEqual: true },
        text: {
          title: 'S3 has a Bucket Key at hand',
          say: 'S3 still holds a live **Bucket Key** for this bucket, this requester and this KMS key: KMS is not asked.',
        },
      },
      {
        when: { verb: 'compared', isEqual: false },
        text: {
          title: 'S3 has no Bucket Key at hand',
          say: 'No live **Bucket Key** for this bucket, this requester and this KMS key: S3 must ask KMS.',
        },
      },
    ],
    otherwise: {
      title: 'S3 looks for a Bucket Key',
      say: 'S3 looks for a live **Bucket Key** of this bucket, this requester and this KMS key, to spare a call to KMS.',
    },
  },
  's3.openUpload': {
    otherwise: {
      title: 'S3 opens a multipart upload',
      say: 'S3 notes the upload and its encryption: the **upload id** ties all the parts to it.',
    },
  },
  's3.assemble': {
    otherwise: {
      title: 'S3 joins the parts',
      say: 'S3 makes one object of the **parts**, in the order of their numbers.',
    },
  },
  's3.rewrapDataKey': {
    variants: [
      {
        when: { verb: 'wrapped' },
        text: {
          title: 'S3 wraps the data key anew',
          say: 'Only the **data key** is wrapped anew, under {key}: not one byte of the object is written again.',
        },
      },
    ],
    otherwise: {
      title: 'S3 wraps the data key anew',
      say: 'Only the **data key** changes its lock: not one byte of the object is written again.',
    },
  },
  's3.delete': {
    otherwise: {
      title: 'S3 deletes',
      say: 'What is deleted leaves the disks without being opened: deleting needs no **key**.',
    },
  },
} as const satisfies Partial<Narration>;
