import type { UserEntry } from './users.ts';

const HOME = '111122223333';
const ELSEWHERE = '444455556666';

/**
 * Who there is when no file names others. The keys are fixed, public and worthless on purpose, in the manner of the examples of
 * AWS's documentation: whoever reads this page knows them.
 */
export const DEFAULT_USERS: readonly UserEntry[] = [
  user(HOME, 'admin', 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', [
    { Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' },
  ]),
  user(HOME, 'application-owner', 'AKIAI44QH8DHBEXAMPLE', 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY', [
    { Sid: 'UseBuckets', Effect: 'Allow', Action: 's3:*', Resource: '*' },
    {
      Sid: 'UseKeys',
      Effect: 'Allow',
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    },
  ]),
  user(HOME, 's3-administrator', 'AKIAQ5S3ADM1NEXAMPLE', '4qLw9dYkRnV2sHxGmB/7cPfJa0uOeTEXAMPLEKEY', [
    { Sid: 'EverythingInS3', Effect: 'Allow', Action: 's3:*', Resource: '*' },
  ]),
  user(ELSEWHERE, 'stranger', 'AKIAX7STRANGREXAMPLE', 'GhUuN3vLsT/1WqYzRk6bDxCfMj/0aHEXAMPLEKEY', [
    { Sid: 'EverythingAtHome', Effect: 'Allow', Action: '*', Resource: '*' },
  ]),
];

function user(
  accountId: string,
  name: string,
  accessKeyId: string,
  secretAccessKey: string,
  statements: readonly object[],
): UserEntry {
  return {
    name,
    accountId,
    accessKeyId,
    secretAccessKey,
    displayName: name,
    email: `${name}@example.com`,
    canonicalId: accountId.repeat(6).slice(0, 64),
    policy: { Version: '2012-10-17', Statement: statements },
  };
}
