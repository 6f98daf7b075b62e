import type { GuideMode } from './requirement.ts';

/** A question as exams put it, in our own words. */
export interface Stem {
  readonly text: string;
  /** Ids of the requirements that it holds. */
  readonly needs: readonly string[];
  /** The answer that exams take for the best one; the advice is held against it. */
  readonly best: GuideMode;
}

/** From the general to the special. Sources: F-EXM facts, section “decision words”. */
export const STEMS: readonly Stem[] = [
  {
    text: 'Everything in the bucket must be encrypted at rest with the least operational overhead.',
    needs: ['least-effort'],
    best: 'sse-s3',
  },
  {
    text: 'Millions of small objects a day must be encrypted, with no keys to manage and no extra charges.',
    needs: ['least-effort', 'no-kms'],
    best: 'sse-s3',
  },
  {
    text: 'Auditors ask for a record of each use of the key; the team wants no key to look after.',
    needs: ['least-effort', 'audit'],
    best: 'sse-kms-aws',
  },
  {
    text: 'The security team must see who used the key, rotate it on its own schedule and disable it at once.',
    needs: ['audit', 'control'],
    best: 'sse-kms-cmk',
  },
  {
    text: 'Storage administrators manage the bucket, but must not be able to read what is in it.',
    needs: ['separation'],
    best: 'sse-kms-cmk',
  },
  {
    text: 'Objects under a KMS key, each use of it on record, are shared with a partner’s AWS account.',
    needs: ['audit', 'cross-account'],
    best: 'sse-kms-cmk',
  },
  {
    text: 'The company controls its KMS key, but uploads so much that KMS answers with throttling.',
    needs: ['no-kms', 'audit', 'control'],
    best: 'sse-kms-cmk',
  },
  {
    text: 'A regulation demands two independent layers of encryption and control over the keys.',
    needs: ['control', 'two-layers'],
    best: 'dsse-kms',
  },
  {
    text: 'Keys are made and kept on premises, and S3 is to do the encryption.',
    needs: ['keys-outside'],
    best: 'sse-c',
  },
  {
    text: 'Data must be encrypted before it leaves the company; use of the key must be on record.',
    needs: ['audit', 'no-plaintext'],
    best: 'cse-kms',
  },
  {
    text: 'AWS must have neither the plaintext nor a key that opens it, at no time.',
    needs: ['no-plaintext', 'no-key-at-aws'],
    best: 'cse-aes',
  },
  {
    text: 'Pictures of a public website lie in the bucket, and they must be encrypted at rest.',
    needs: ['public-read'],
    best: 'sse-s3',
  },
  {
    text: 'No mistake of the staff may ever make the data unreadable, and each use of the key is to be on record.',
    needs: ['audit', 'survive-loss'],
    best: 'sse-kms-aws',
  },
  {
    text: 'Old applications cannot be changed, and each use of the key must be on record.',
    needs: ['any-client', 'audit'],
    best: 'sse-kms-aws',
  },
  {
    text: 'Sensors without TLS upload measurements that nobody on the line may read.',
    needs: ['plain-http'],
    best: 'cse-aes',
  },
];
