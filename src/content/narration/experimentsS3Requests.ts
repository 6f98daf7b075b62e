import type { Narration } from '../narrationTypes.ts';
import { S3_ASKS_KMS } from './modeGroups.ts';
import { s3RequestNarration } from './s3Requests.ts';

const {
  's3.receive': receive,
  's3.checkSignature': checkSignature,
  's3.authorize': authorize,
  's3.configure': configure,
  's3.checkHash': checkHash,
  's3.log': log,
  's3.refuse': refuse,
} = s3RequestNarration;

/** What needs no data key of an object, and so nothing from KMS. */
const WITHOUT_DATA_KEY = ['head', 'tags', 'list', 'delete', 'abort-upload', 'bucket-read', 'bucket-change'] as const;

const RECEIVES = 'S3 receives the request';

/** Words for requests to S3 beside up- and downloads; the usual ones follow. */
export const experimentS3RequestNarration = {
  's3.receive': {
    variants: [
      {
        when: { verb: 'failed', code: 'bad_record_mac' },
        text: {
          title: 'S3 cannot open the record',
          say: 'The **authentication tag** of the TLS record does not fit: S3 closes the connection and has read nothing.',
        },
      },
      {
        when: { asks: ['list'] },
        text: {
          title: RECEIVES,
          say: 'You ask for a **list** of the objects: nothing of their content is read for that.',
        },
      },
      {
        when: { asks: ['tags'] },
        text: {
          title: RECEIVES,
          say: 'You ask for the **tags** of the object alone: not one byte of its content is read.',
        },
      },
      {
        when: { asks: ['delete'] },
        text: { title: RECEIVES, say: 'You ask S3 to **delete** an object: nothing of it comes along, and no key.' },
      },
      {
        when: { asks: ['abort-upload'] },
        text: { title: RECEIVES, say: 'You give the upload up: S3 is to throw away the **parts** that it has so far.' },
      },
      {
        when: { asks: ['copy'] },
        text: {
          title: RECEIVES,
          say: 'You name an **original** that S3 has already: there is nothing of the object in it, in no form.',
        },
      },
      {
        when: { asks: ['update'] },
        text: {
          title: RECEIVES,
          say: 'You want another **encryption** for an object that S3 has already: none of its bytes come along.',
        },
      },
      {
        when: { asks: ['open-upload'] },
        text: { title: RECEIVES, say: 'You announce an upload in **parts**: nothing of the object has come yet.' },
      },
      {
        when: { asks: ['complete-upload'] },
        text: { title: RECEIVES, say: 'You list the **parts** that S3 is to join: nothing more of the object comes.' },
      },
      {
        when: { asks: ['part'], brings: 'plaintext-object' },
        text: {
          title: 'S3 receives a part of your object',
          say: 'A **part** of your object lies in S3’s memory as plaintext; nothing of it is on the disks yet.',
        },
      },
      {
        when: { asks: ['bucket-change', 'bucket-read', 'other'] },
        text: {
          title: RECEIVES,
          say: 'Your request reaches S3’s **memory**: it is not about the bytes of an object, and has none in it.',
        },
      },
      {
        when: { asks: ['get'], by: 'anonymous' },
        text: {
          title: RECEIVES,
          say: 'Your request reaches S3’s **memory**: S3 reads what you want, and whether somebody has signed it.',
        },
      },
      ...receive.variants,
    ],
    otherwise: receive.otherwise,
  },
  's3.checkSignature': {
    ...checkSignature,
    variants: [
      {
        when: { verb: 'compared', isEqual: true, by: 'thief' },
        text: {
          title: 'S3 checks the signature',
          say: 'S3 computes the same **signature**: to it, whoever holds the access key is its owner.',
        },
      },
      {
        when: { verb: 'compared', isEqual: true, by: 'anonymous' },
        text: {
          title: 'S3 checks the signature of the link',
          say: 'S3 computes the same **signature** as the link has: your request counts as that of whoever signed it.',
        },
      },
      {
        when: { verb: 'compared', isEqual: false, by: 'anonymous' },
        text: {
          title: 'The signatures differ',
          say: 'S3 computes another **signature** than the link has: what you send is not what was signed.',
        },
      },
      ...checkSignature.variants,
    ],
  },
  's3.authorize': {
    ...authorize,
    variants: [
      {
        when: { verb: 'authorized', isAlone: true, asks: WITHOUT_DATA_KEY, mode: S3_ASKS_KMS },
        text: { title: 'The S3 gate opens', say: 'The **S3 gate** opens: {principal} is allowed {action}.' },
      },
      ...authorize.variants,
    ],
  },
  's3.checkHash': {
    ...checkHash,
    variants: [
      {
        when: { verb: 'hashed', asks: ['complete-upload'] },
        text: {
          title: 'S3 hashes the checksums',
          say: 'S3 hashes the checksums of the parts, one after another: the result is a **checksum of checksums**.',
        },
      },
      { when: { verb: 'hashed', asks: ['copy'] }, text: checkHash.variants[4].text },
      ...checkHash.variants,
    ],
  },
  's3.configure': {
    variants: [
      { when: { after: 'client.unblock' }, text: configure.otherwise },
      {
        when: { api: 'PutBucketEncryption' },
        text: {
          title: 'The bucket’s encryption rule changes',
          say: 'The bucket has another **encryption rule** now: it counts for uploads to come, not for what is stored.',
        },
      },
      {
        when: { method: 'DELETE' },
        text: {
          title: 'The bucket drops a setting',
          say: 'The bucket’s own **setting** is gone: what S3 does by default counts again.',
        },
      },
    ],
    otherwise: {
      title: 'S3 keeps a setting',
      say: 'S3 writes the **setting** down: from now on it counts for what is asked.',
    },
  },
  's3.log': {
    variants: [{ when: { verb: 'logged', isManagement: true }, text: log.variants[0].text }, ...log.variants],
    otherwise: log.otherwise,
  },
  's3.refuse': {
    ...refuse,
    variants: [
      {
        when: { verb: 'failed', code: 'InternalError', after: 's3.damage' },
        text: {
          title: 'S3 gives nothing out',
          say: 'An **authentication tag** does not fit: S3 gives nothing out, and its error code is {code}.',
        },
      },
      {
        when: { verb: 'failed', asks: ['head'] },
        text: {
          title: 'S3 refuses',
          say: 'S3 refuses with {code}; but the answer to a HEAD has no **body** that could say so.',
        },
      },
      ...refuse.variants,
    ],
  },
} as const satisfies Partial<Narration>;
