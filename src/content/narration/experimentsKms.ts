import type { Narration } from '../narrationTypes.ts';
import { kmsNarration } from './kms.ts';
import { NO_CALLS_TO_KMS } from './modeGroups.ts';

const {
  'kms.receive': receive,
  'kms.authorize': authorize,
  'kms.wrapDataKey': wrapDataKey,
  'kms.forget': forget,
  'kms.log': log,
  'kms.refuse': refuse,
  'kms.answer': answer,
} = kmsNarration;

/** Calls that concern a KMS key itself. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:CreateGrant',
  'kms:CreateKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:PutKeyPolicy',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:UpdateAlias',
] as const;

/** Words for calls to AWS KMS that are neither part of an upload nor of a download; those follow. */
export const experimentKmsNarration = {
  'kms.receive': {
    variants: [
      {
        when: { verb: 'failed', code: 'bad_record_mac' },
        text: {
          title: 'KMS cannot open the record',
          say: 'The **authentication tag** of the TLS record does not fit: KMS closes the connection and has read nothing.',
        },
      },
      {
        when: { mode: NO_CALLS_TO_KMS },
        text: {
          title: receive.otherwise.title,
          say: 'KMS receives the call from you directly: **Amazon S3** has no part in it.',
        },
      },
    ],
    otherwise: receive.otherwise,
  },
  'kms.authorize': {
    ...authorize,
    variants: [
      {
        when: { verb: 'authorized', isRepeated: true },
        text: {
          title: 'The KMS gate opens',
          say: 'The **KMS gate** opens: {principal} is allowed {action}, and all else that this call takes.',
          stop: 'the policy decides at KMS',
        },
      },
      ...authorize.variants,
    ],
  },
  'kms.wrapDataKey': {
    ...wrapDataKey,
    variants: [
      {
        when: { verb: 'encrypted' },
        text: {
          title: 'KMS encrypts what you sent',
          say: 'Inside its HSM, {key} locks your bytes: one call takes **4,096 bytes** at most.',
          stop: 'the bytes are encrypted',
        },
      },
      ...wrapDataKey.variants,
    ],
  },
  'kms.forget': {
    variants: [
      {
        when: { asks: ['kms:Encrypt'] },
        text: {
          title: 'KMS forgets what it has locked',
          say: 'KMS discards your bytes and the **ciphertext** it made of them: keeping that is up to you.',
        },
      },
      {
        when: { asks: ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'] },
        text: forget.otherwise,
      },
      ...forget.variants,
    ],
    otherwise: forget.otherwise,
  },
  'kms.log': {
    variants: [
      {
        when: { asks: ADMINISTRATION },
        text: {
          title: log.otherwise.title,
          say: 'CloudTrail notes who wanted what of which KMS key: a **management event**, recorded in any case.',
        },
      },
      {
        when: { asks: ['kms:Encrypt'], touches: 'log-record' },
        text: {
          title: log.otherwise.title,
          say: 'CloudTrail notes who asked, which KMS key and the **encryption context**; what is encrypted is never in it.',
        },
      },
    ],
    otherwise: log.otherwise,
  },
  'kms.refuse': {
    ...refuse,
    variants: [
      {
        when: { verb: 'failed', code: 'NotFoundException' },
        text: {
          title: 'KMS refuses',
          say: 'KMS refuses with {code}: here is no such **KMS key**, or there is none any more.',
        },
      },
      {
        when: { verb: 'failed', asks: ADMINISTRATION },
        text: { title: 'KMS refuses', say: 'KMS refuses with {code}: the **KMS key** stays as it is.' },
      },
      {
        when: { verb: 'failed', asks: ['kms:Encrypt'] },
        text: { title: 'KMS refuses', say: 'KMS refuses with {code}: nothing has been **encrypted**.' },
      },
      ...refuse.variants,
    ],
  },
  'kms.answer': {
    variants: [
      { when: { api: 'kms:Decrypt' }, text: answer.variants[0].text },
      { when: { api: 'kms:GenerateDataKey' }, text: answer.otherwise },
      {
        when: { api: 'kms:GenerateDataKeyWithoutPlaintext' },
        text: {
          title: 'KMS hands out the encrypted form',
          say: 'KMS hands out the **encrypted data key** alone: whoever wants to use it must ask KMS again.',
        },
      },
      {
        when: { api: 'kms:ReEncrypt' },
        text: {
          title: 'KMS hands out the new form',
          say: 'KMS sends back the **encrypted data key** in its new lock, and nothing else.',
        },
      },
      {
        when: { api: 'kms:Encrypt', brings: 'encrypted-data-key' },
        text: {
          title: 'KMS hands out the encrypted data key',
          say: 'KMS sends back the **encrypted data key** alone: the data key itself is with S3 already.',
        },
      },
      {
        when: { api: 'kms:Encrypt' },
        text: {
          title: 'KMS hands out the ciphertext',
          say: 'KMS sends back the **ciphertext** of what you sent, and keeps no copy.',
        },
      },
      ...answer.variants,
    ],
    otherwise: answer.otherwise,
  },
} as const satisfies Partial<Narration>;
