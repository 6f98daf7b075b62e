import { PHRASES, type TapYield } from '../phrases.ts';

/** Whose eyes: a group of places as it is told. */
export type Spot = 'client' | 'network' | 's3' | 'disk' | 'kms';
/** What may lie on the disks. */
export type DiskThing = 'plaintext' | 'data-key' | 'encrypted-data-key' | 'key-check' | 'ciphertext';
/** Which header asked S3 for what. */
export type HeaderChoice = 'aes256' | 'kms' | 'dsse' | 'customer' | 'none';
/** When a key was overwritten, against what came after its work. */
export type DiscardTime = 'before' | 'after' | 'never';
/** Whose requests stand in the log. */
export type LogContent = 'both' | 's3' | 'kms' | 'none';
/** Who said no. */
export type Refuser = 'you' | 's3' | 'kms' | 'nobody';

/** The words of all recall questions. */
export const RECALL_PHRASES = {
  disks: {
    question: 'Which of these lies on the **disks** of Amazon S3 after this run?',
    options: {
      plaintext: 'The object, readable',
      'data-key': 'The data key, readable',
      'encrypted-data-key': 'An encrypted data key',
      'key-check': 'A salted HMAC of the key',
      ciphertext: 'Ciphertext that locks in the object',
    } satisfies Record<DiskThing, string>,
    explanation: 'On the disks of this run: {things}.',
  },
  readable: {
    object: 'Where did **the object** lie readable, at any moment of this run?',
    dataKey: 'Where did {key} lie readable, at any moment of this run?',
    spots: {
      client: 'on your side',
      network: 'on the network',
      s3: 'in the memory of Amazon S3',
      disk: 'on the disks of Amazon S3',
      kms: 'inside AWS KMS',
    } satisfies Record<Spot, string>,
    nowhere: 'Nowhere: it stayed locked',
    reasons: {
      client: 'your program had it',
      network: 'the line to Amazon S3 was open',
      s3: 'Amazon S3 worked with it in memory',
      disk: 'it was stored as it is',
      kms: 'the HSM of AWS KMS made or opened it',
    } satisfies Record<Spot, string>,
    explanation: {
      somewhere: 'In this run {reasons}; nowhere else could it be read.',
      nowhere: 'It stayed locked all the time.',
    },
  },
  order: {
    question: 'Which of these came **first** in this run?',
    explanation: 'It was step {first}. The others came at steps {others}.',
  },
  contentLock: {
    question: 'Which key locks {content}, as it lies on the disks?',
    explanation: 'On the disks it wears the lock of {key}: whoever wants to read it needs that key first.',
  },
  kmsRequests: {
    question: 'How many requests did **AWS KMS** get in this run?',
    none: 'None',
    one: '1 request',
    many: '{count} requests',
    explanation: {
      none: 'Nobody asked KMS anything in this run.',
      unlogged: 'KMS was asked, and said nothing of it in the log. The object itself never goes there.',
      some: 'KMS was asked for {actions}. The object itself never goes there.',
    },
  },
  log: {
    question: 'Whose requests stand in **CloudTrail** after this run?',
    options: {
      both: 'Those to S3 and those to KMS',
      s3: 'Only those to S3',
      kms: 'Only those to KMS',
      none: 'None at all',
    } satisfies Record<LogContent, string>,
    explanation: 'The entries of this run: {entries}.',
  },
  header: {
    upload: 'Which **header** of your upload told Amazon S3 how to encrypt?',
    download: 'Which encryption **header** did your download carry?',
    options: {
      aes256: '`x-amz-server-side-encryption: AES256`',
      kms: '`x-amz-server-side-encryption: aws:kms`',
      dsse: '`x-amz-server-side-encryption: aws:kms:dsse`',
      customer: '`x-amz-server-side-encryption-customer-algorithm: AES256`',
      none: 'None',
    } satisfies Record<HeaderChoice, string>,
    explanation: {
      upload: 'The request said so itself: {header}.',
      download: 'Only a customer key has to come again with the download, in headers of its own: {header}.',
      noneUp: 'No header of the request spoke of encryption. What S3 does then is its default.',
      noneDown: 'S3 finds all it needs beside the object: a download names no key and no mode.',
    },
  },
  discardTime: {
    question: '{who} had {key} in memory. **When** was it overwritten?',
    who: { you: 'Your program', s3: 'Amazon S3' },
    milestone: {
      stored: 'the ciphertext went to the disks',
      sent: 'the ciphertext was sent to Amazon S3',
      responded: 'the answer left',
    },
    options: {
      before: 'Before {milestone}',
      after: 'Only after {milestone}',
      never: 'Not at all in this run',
    } satisfies Record<DiscardTime, string>,
    explanation: {
      before: 'It was overwritten with zeros as soon as its work was done.',
      after: 'It was overwritten with zeros, but only after {milestone}.',
      never: 'It was still in memory when the run ended.',
    },
  },
  refuser: {
    question: 'This run did not get through. **Who** said no first?',
    options: {
      you: 'Your own program',
      s3: 'Amazon S3',
      kms: 'AWS KMS',
      nobody: 'Nobody: the bytes were damaged on the way',
    } satisfies Record<Refuser, string>,
    explanation: 'The reason: {because}.',
    bare: 'It ended with {code}.',
  },
  eavesdropper: {
    question: 'What could an **eavesdropper** read from everything that was recorded on the line?',
    options: PHRASES.eavesdropper.options satisfies Record<TapYield, string>,
    explanation: PHRASES.eavesdropper.explanation,
  },
} as const;
