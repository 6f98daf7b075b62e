import type { ExperimentPlan } from '../plan.ts';
import { ACCOUNT_DECIDES } from './common.ts';
import {
  administer,
  CIPHERTEXT,
  copyOntoItself,
  ENCRYPTED_DATA_KEY,
  ENDS_WELL,
  IS_REFUSED,
  MAKE_SECOND_KEY,
  underKms,
  updateEncryption,
} from './timeActions.ts';

/** A key policy that leaves the account in charge and lets the other account open data keys. */
const SHARING_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    ACCOUNT_DECIDES,
    {
      Sid: 'OtherAccountOpens',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::{otherAccount}:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    },
  ],
});

/** Rotation, and what can be done to whose key. */
export const ROTATION_PLANS: readonly ExperimentPlan[] = [
  {
    id: 'rotation',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }],
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'broken',
        operation: 'download',
        as: 'administrator',
        does: [administer('RotateKeyOnDemand'), { do: 'download' }],
      },
      { name: 'next-upload', operation: 'upload', does: [{ do: 'upload', object: 'next.txt' }] },
    ],
    // There is a new key, and the old one opens what it has locked.
    shows: {
      all: [
        { has: { step: 'kms.unwrapDataKey', verb: 'unwrapped' } },
        { has: { step: 'kms.administer', verb: 'generated', kind: 'backing-key' } },
        { same: ENCRYPTED_DATA_KEY, as: 'healthy' },
      ],
    },
    options: {
      locked: IS_REFUSED,
      rewritten: { differs: CIPHERTEXT, from: 'healthy' },
      untouched: {
        all: [ENDS_WELL, { same: CIPHERTEXT, as: 'healthy' }, { same: ENCRYPTED_DATA_KEY, as: 'healthy' }],
      },
      rewrapped: {
        all: [
          { same: CIPHERTEXT, as: 'healthy' },
          { differs: ENCRYPTED_DATA_KEY, from: 'healthy' },
        ],
      },
    },
  },
  {
    id: 'rotation-and-leaked-key',
    mode: 'sse-kms-cmk',
    setup: [{ do: 'upload' }, MAKE_SECOND_KEY],
    acts: [
      { name: 'healthy', operation: 'download', does: [{ do: 'download' }] },
      {
        name: 'broken',
        operation: 'upload',
        as: 'administrator',
        does: [administer('RotateKeyOnDemand'), updateEncryption('{newKey}')],
      },
      {
        name: 'fixed',
        operation: 'upload',
        as: 'administrator',
        does: [copyOntoItself(underKms('{newKey}'))],
      },
    ],
    shows: { has: { step: 'kms.rewrapDataKey' } },
    options: {
      'new-data-key': { differs: CIPHERTEXT, from: 'healthy' },
      'new-envelope': {
        all: [
          { same: CIPHERTEXT, as: 'healthy' },
          { differs: ENCRYPTED_DATA_KEY, from: 'healthy' },
        ],
      },
      untouched: {
        all: [
          { same: CIPHERTEXT, as: 'healthy' },
          { same: ENCRYPTED_DATA_KEY, as: 'healthy' },
        ],
      },
    },
  },
  {
    id: 'aws-managed-rotation',
    mode: 'sse-kms-aws',
    setup: [{ do: 'upload' }],
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        as: 'administrator',
        does: [administer('RotateKeyOnDemand')],
      },
      {
        name: 'broken',
        operation: 'upload',
        as: 'administrator',
        does: [administer('RotateKeyOnDemand', '{awsKey}')],
      },
      {
        name: 'fixed',
        operation: 'upload',
        as: 'administrator',
        does: [updateEncryption('{key}'), administer('EnableKeyRotation', '{key}', { RotationPeriodInDays: 180 })],
      },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', action: 'kms:RotateKeyOnDemand' } },
    options: {
      now: { has: { step: 'kms.administer', verb: 'generated' } },
      refused: IS_REFUSED,
      later: { all: [ENDS_WELL, { lacks: { step: 'kms.administer', verb: 'generated' } }] },
    },
  },
  {
    id: 'aws-managed-policy',
    mode: 'sse-kms-aws',
    setup: [{ do: 'upload' }],
    acts: [
      {
        name: 'healthy',
        operation: 'upload',
        as: 'administrator',
        does: [administer('PutKeyPolicy', '{key}', { Policy: SHARING_POLICY })],
      },
      {
        name: 'broken',
        operation: 'upload',
        as: 'administrator',
        does: [administer('PutKeyPolicy', '{awsKey}', { Policy: SHARING_POLICY })],
      },
      {
        name: 'fixed',
        operation: 'upload',
        as: 'administrator',
        does: [updateEncryption('{key}')],
      },
    ],
    shows: { has: { step: 'kms.authorize', verb: 'denied', action: 'kms:PutKeyPolicy' } },
    options: {
      stored: { all: [ENDS_WELL, { has: { step: 'kms.administer' } }] },
      ignored: { all: [ENDS_WELL, { lacks: { step: 'kms.administer' } }] },
      refused: IS_REFUSED,
    },
  },
];
