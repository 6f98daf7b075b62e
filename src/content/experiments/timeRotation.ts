import type { ExperimentText } from './text.ts';

/** Words for experiments about rotation, and about whose key it is. */
export const ROTATION_TEXTS: Readonly<Record<string, ExperimentText>> = {
  rotation: {
    title: 'The KMS key is rotated',
    line: 'New key material, an old object.',
    situation:
      'An object lies under your customer managed key. An administrator rotates the key on demand: KMS makes new key material. Then the old object is downloaded.',
    question: 'What has the rotation done to the old object?',
    options: {
      rewritten: {
        text: 'S3 has encrypted its bytes anew',
        refutes:
          'To rotate sounds like to replace the lock on every door. But S3 is not even told: rotation happens inside KMS, between two lines of its own books.',
      },
      locked: {
        text: 'It opens no more: its material was replaced',
        refutes: 'The old material is not thrown away. KMS keeps every version for as long as the key exists.',
      },
      rewrapped: {
        text: 'Only its encrypted data key is a new one',
        refutes:
          'This would be the cheap way to do it, and there is a call for that: UpdateObjectEncryption. Rotation itself touches no blob that lies anywhere.',
      },
      untouched: { text: 'Nothing: same bytes on the disks, and it opens' },
    },
    why: 'Both common beliefs are wrong: rotation neither re-encrypts objects nor breaks them. Ciphertext and encrypted data key are byte for byte what they were, and KMS opened the blob with the old material, whose id stands in it. Only what is encrypted from now on uses the new material: look at the upload in the next act.',
    rule: 'Rotation changes what the next data key is wrapped with, and nothing that lies there.',
    facts: ['F-KSM-085', 'F-KMS-051', 'F-KMS-056', 'F-KMS-050'],
    exams: ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['rotation', 'KMS keys'],
  },
  'rotation-and-leaked-key': {
    title: 'Rotate after a leak',
    line: 'The data key of one object has leaked. Does a new KMS key help?',
    situation:
      'Somebody has got hold of the plaintext data key of one object, and may see the disks. An administrator rotates the KMS key and, to be sure, has S3 wrap the data key under a second KMS key with UpdateObjectEncryption.',
    question: 'What is different on S3’s disks afterwards?',
    options: {
      'new-envelope': { text: 'Only the encrypted data key is another one' },
      untouched: {
        text: 'Nothing at all: both are as before',
        refutes:
          'That is true of the rotation alone. The update did replace one piece: the envelope around the data key.',
      },
      'new-data-key': {
        text: 'Both: the object has a new data key',
        refutes:
          'It is what one wants after a leak, and what the word rotation promises. But a new data key means writing every byte of the object again, and neither call did.',
      },
    },
    why: 'That rotation repairs a leak is wrong. The leaked key never was the KMS key; it is the data key, and the ciphertext on the disks is still locked with exactly that. A new envelope around a key does not change the key: whoever has it needs no envelope.',
    rule: 'A leaked data key stays leaked until the object itself is encrypted anew.',
    fix: 'Copy the object onto itself: S3 makes a new data key and writes new ciphertext.',
    fixed:
      'The ciphertext on the disks is another one now, and the leaked key fits nothing that lies there. An old version or a copy elsewhere it would still open.',
    facts: ['F-KSM-086', 'F-KMS-056', 'F-UOE-002', 'F-CPY-006'],
    exams: ['SAA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['rotation', 'copies'],
  },
  'aws-managed-rotation': {
    title: 'Rotate the key aws/s3',
    line: 'An administrator wants new material for an AWS managed key.',
    situation:
      'Your objects lie under `aws/s3`, the AWS managed key. An administrator with full access has just rotated your customer managed key on demand. Now they ask for the same with `aws/s3`.',
    question: 'What does KMS answer?',
    options: {
      now: {
        text: '200: there is new material at once',
        refutes:
          'It is a KMS key in your account, so it looks like yours. But its administration is AWS’s, and so is its calendar.',
      },
      later: {
        text: '200: it is noted for the yearly rotation',
        refutes: 'AWS managed keys rotate about once a year, that is true. But nobody takes orders for it.',
      },
      refused: { text: '400: refused, even to administrators' },
    },
    why: '“I am administrator, so I may” fails here: the policy of `aws/s3` is AWS’s, and it admits no administration. There are three kinds of key. An AWS owned key you never see, and its service decides; an AWS managed key rotates every year, and you watch; for a customer managed key you choose: off, every 90 to 2,560 days, or now. That the refusal is an `AccessDeniedException` follows from the policy in our model.',
    rule: 'If you must decide when a key rotates, it has to be a customer managed key.',
    fix: 'Move the object under your own key with UpdateObjectEncryption, and switch that key’s rotation on.',
    fixed: 'The data key is wrapped under your key, which now rotates every 180 days, because you said so.',
    facts: ['F-KMS-043', 'F-KMS-053', 'F-KSM-042', 'F-KMS-040', 'F-KMS-052', 'F-KSM-035'],
    exams: ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['rotation', 'KMS keys'],
  },
  'aws-managed-policy': {
    title: 'Share through the policy of aws/s3',
    line: 'An administrator writes another account into a key policy.',
    situation:
      'Another account is to read your objects. An administrator has put a key policy that lets it decrypt on your customer managed key, and that worked. The objects, however, lie under `aws/s3`: now the same policy goes there.',
    question: 'What does PutKeyPolicy for aws/s3 answer?',
    options: {
      refused: { text: '400: refused, even to administrators' },
      stored: {
        text: '200: and the other account may decrypt',
        refutes:
          'The same document was accepted a moment ago, but for a key that is yours. The policy of an AWS managed key is written by AWS alone.',
      },
      ignored: {
        text: '200: stored, but without effect',
        refutes: 'That would be the worst of answers. KMS says no, and changes nothing.',
      },
    },
    why: 'It is a common plan to share objects under `aws/s3` by “just one more statement”, and it cannot work. The key’s policy admits the people of your account, through S3, and nobody can edit it: the run shows KMS refusing an administrator who may do everything. Only customer managed keys can be opened to another account.',
    rule: 'What you want to share must not lie under `aws/s3`.',
    fix: 'Move the object under the customer managed key, whose policy already lets the other account in.',
    fixed: 'The data key is wrapped under a key whose policy you can write. The object’s bytes stayed as they were.',
    facts: ['F-KMS-041', 'F-KSM-035', 'F-KSM-037', 'F-KMS-046'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03', 'SAP-C02'],
    topics: ['sharing', 'policies', 'KMS keys'],
  },
};
