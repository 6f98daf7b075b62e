import type { Fact } from './fact.ts';
import { SOURCES } from './sources.ts';

/** Prices and quotas of AWS KMS. */
export const kmsQuotaFacts = {
  'F-KMS-080': {
    text: 'A customer managed key costs 1 USD a month, each of its first two rotations 1 USD more; requests cost extra.',
    grade: 'documented',
    ...SOURCES.kmsPrice,
  },
  'F-KMS-081': {
    text: 'Data keys cost nothing, calls do; a key that waits for its deletion costs nothing, unless it is cancelled.',
    grade: 'documented',
    ...SOURCES.kmsPrice,
  },
  'F-KMS-082': {
    text: 'Symmetric operations share one quota: 10,000, 20,000 or 100,000 requests a second, by Region.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-083': {
    text: 'The quotas 5,500, 10,000 and 30,000 that courses name are older values.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-084': {
    text: 'RSA, ECC and ML-DSA operations have quotas of their own of 1,000 requests a second.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-085': {
    text: 'Managing keys has small quotas: 5 CreateKey, 15 ScheduleKeyDeletion, 50 CreateGrant a second.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-086': {
    text: 'What S3 asks KMS for you counts against your quota; across accounts, the caller’s quota counts.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-087': {
    text: 'Most KMS quotas can be raised through Service Quotas.',
    grade: 'documented',
    ...SOURCES.kmsQuota,
  },
  'F-KMS-088': {
    text: 'Against throttling help Bucket Keys, a higher quota, waiting longer between tries, and caching data keys.',
    grade: 'documented',
    ...SOURCES.kmsThrottling,
  },
  'F-KMS-089': {
    text: 'A Region takes 100,000 customer managed keys; each key takes 50 aliases, 50,000 grants and a policy of 32 KB.',
    grade: 'documented',
    ...SOURCES.kmsResources,
  },
} as const satisfies Record<string, Fact>;
