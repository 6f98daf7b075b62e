import type { ExperimentText } from './text.ts';

/** Words for experiments about a bucket's default. */
export const DEFAULT_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'default-changed': {
    title: 'A new default, an old object',
    line: 'You switch a bucket’s default to SSE-KMS and open a file from before.',
    situation:
      'An object was uploaded while the bucket’s default was SSE-S3. Then you set the default to SSE-KMS with your customer managed key; a new upload went to KMS. Now you download the old object.',
    setup: 'The old object was uploaded without any encryption header. The new default names the key by its full ARN.',
    question: 'Who opens the old object?',
    options: {
      'under-kms': {
        text: 'KMS: the answer says `aws:kms` now',
        refutes:
          'It sounds as if the bucket were encrypted, and everything in it. But encryption belongs to each object, and the default is read only when an object is written.',
      },
      'as-before': { text: 'S3 itself: the answer says `AES256`' },
      refused: {
        text: 'Nobody: it no longer fits the bucket’s rule',
        refutes:
          'The default is no condition for reading. S3 looks at what is stored with the object, and never compares it with the bucket’s rule.',
      },
    },
    why: 'That a new default re-encrypts what is already there is a common belief, and it is wrong. The run shows S3 unwrapping the old data key with its own root key; KMS is never asked. A default fills in what an upload leaves open, at the moment of the upload.',
    rule: 'A default is for new objects; to change old ones, copy them or use UpdateObjectEncryption.',
    fix: 'Have S3 wrap the old object’s data key under the KMS key, with UpdateObjectEncryption.',
    fixed: 'The object lies under your key now: the next download asked KMS, and the answer said `aws:kms`.',
    facts: ['F-BKT-009', 'F-GEN-004', 'F-UOE-001'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['bucket defaults', 'KMS keys'],
  },
  'header-beats-default': {
    title: 'Is a default a rule?',
    line: 'The default is your KMS key. An old program still asks for SSE-S3.',
    situation:
      'The bucket’s default is SSE-KMS with your key, and an upload without headers went there. Now an old program uploads with `x-amz-server-side-encryption: AES256`.',
    question: 'What becomes of this upload?',
    options: {
      default: {
        text: 'Stored under KMS: the default decides',
        refutes:
          'A default that could be bypassed by one header seems pointless. But that is what a default is: it speaks when nobody else does, and here the request spoke.',
      },
      refused: {
        text: 'Refused: it contradicts the bucket',
        refutes:
          'This takes the default for a rule that is enforced. S3 has no such check; only a policy can turn an upload away for its mode.',
      },
      header: { text: 'Stored under SSE-S3: the header decides' },
    },
    why: 'A bucket default is often taken for enforcement. That is wrong: the run stored the object under S3’s own root key, answered 200 and never asked KMS. The header is looked at first, the default only if there is none.',
    rule: 'The default says what happens when nobody asks; a policy says what may be asked.',
    fix: 'Deny `s3:PutObject` in the bucket policy when a header names another mode than `aws:kms`.',
    fixed:
      'The upload with `AES256` got 403 `AccessDenied`; the same upload without a header fell to the default and was stored under KMS.',
    facts: ['F-BKT-011', 'F-HDR-037', 'F-POL-024', 'F-POL-020'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['bucket defaults', 'headers', 'policies'],
  },
  'default-key-of-another-region-or-account': {
    title: 'A default key from another Region',
    line: 'The bucket’s default names a KMS key that it can never use.',
    situation:
      'With the right key in the default, rule and upload worked. Now you set the default to the ARN of a key in `us-east-1`; the bucket is in `eu-central-1`. Then you upload a file without headers.',
    question: 'Where does the mistake show?',
    options: {
      'with-the-upload': { text: 'At the upload: 400 `KMS.NotFoundException`' },
      'with-the-rule': {
        text: 'At the rule: PutBucketEncryption answers 400',
        refutes:
          'One would check a key when it is configured. S3 does not: for general purpose buckets it keeps the name as it came, and answered 200.',
      },
      'other-key': {
        text: 'Nowhere: S3 falls back to `aws/s3`',
        refutes:
          '`aws/s3` is used when no key is named at all. A key that is named but cannot be used is never replaced by another one.',
      },
      forbidden: {
        text: 'At the upload: 403 `AccessDenied`',
        refutes:
          'That would be the answer for a key that exists here and does not admit you. This key was not even found in the Region of the bucket, so no policy was asked.',
      },
    },
    why: 'Many believe that a rule which was accepted is a rule that works. It is not: S3 does not look the key up when the rule is written. The first to find out is KMS, at the first upload, since S3 can only use a key of its bucket’s own Region. A key of another account would have to be named by its full ARN, and its policy must let you use it; that, too, shows at the upload only.',
    rule: 'After you have set a default key, upload something: only that tests it.',
    fix: 'Name the right key in the default and upload again.',
    fixed: 'Rule and upload were both answered with 200, and KMS made the data key.',
    facts: ['F-KSM-082', 'F-BKT-008', 'F-KSM-031', 'F-ERR-042', 'F-KSM-040'],
    exams: ['DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['bucket defaults', 'KMS keys'],
  },
  'sse-c-cannot-be-default': {
    title: 'SSE-C as the bucket’s default',
    line: 'You want every upload to use a key of your own, by default.',
    situation:
      'A default of `AES256` was accepted. Now you write the same rule with `SSE-C` as its algorithm, so that nobody can forget the customer key.',
    question: 'What does PutBucketEncryption answer?',
    options: {
      blocked: {
        text: '403 `AccessDenied`: SSE-C is blocked here',
        refutes:
          'SSE-C is blocked in new buckets, that much is true. But the block turns away uploads that use it, not rules; and lifting it would not help here.',
      },
      malformed: { text: '400 `MalformedXML`: there is no such default' },
      accepted: {
        text: '200: uploads without a key fail from now on',
        refutes:
          'A default fills in what an upload leaves out. For SSE-C that would be your key, which S3 does not have and never keeps.',
      },
    },
    why: 'SSE-C looks like the fourth value of a list, but a default can only be SSE-S3, SSE-KMS or DSSE-KMS. The run shows S3 refusing the document before anything was configured. The reason lies in the mode: the key travels with each request, so there is nothing that a bucket could add.',
    rule: 'A default cannot hold your key; with SSE-C every upload must bring it.',
    fix: 'Unblock SSE-C in this bucket, and send the customer key with the upload.',
    fixed: 'The upload was stored under the key that came with it.',
    facts: ['F-BKT-002', 'F-SSC-024', 'F-ERR-063', 'F-BLK-008'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['bucket defaults', 'SSE-C'],
  },
  'delete-bucket-default': {
    title: 'The default is deleted',
    line: 'You remove a bucket’s encryption rule and upload once more.',
    situation:
      'The bucket’s default was SSE-KMS with your key, and an upload went there. Now you call DeleteBucketEncryption, which answers 204, and upload a file without headers.',
    question: 'How is this file stored?',
    options: {
      plain: {
        text: 'Not encrypted: no header in the answer',
        refutes:
          'The name of the call suggests it, and before 2023 it was so. Today there is no setting for “none”, and no call that leads there.',
      },
      refused: {
        text: 'Not at all: the bucket has no rule',
        refutes: 'A bucket is never without a rule: what nobody has configured is SSE-S3.',
      },
      kms: {
        text: 'Under your KMS key: the answer says `aws:kms`',
        refutes: 'What was uploaded before stays under that key. For new uploads the rule is gone at once.',
      },
      'sse-s3': { text: 'Under SSE-S3: the answer says `AES256`' },
    },
    why: 'Deleting the rule does not delete encryption. That belief is wrong since January 2023: the run answered `AES256` and wrapped the data key under S3’s root key. DeleteBucketEncryption is a reset to SSE-S3, and you can repeat it as often as you like.',
    rule: 'You can lower a bucket’s default to SSE-S3, but never to nothing.',
    fix: 'Write the rule with your KMS key again.',
    fixed: 'The next upload without headers went to KMS again.',
    facts: ['F-BKT-003', 'F-NON-004', 'F-GEN-006', 'F-GEN-007'],
    exams: ['CLF-C02', 'SAA-C03', 'SOA-C03'],
    topics: ['bucket defaults'],
  },
  'legacy-object-stays-plain': {
    title: 'An object from 2022',
    line: 'A file from before S3 encrypted everything, in a bucket of today.',
    situation:
      'In December 2022 a file was uploaded without headers into a bucket without a default. Years later the default SSE-S3 is switched on, and new uploads say `AES256`. Now you download the old file.',
    question: 'What does S3 do with the old file?',
    options: {
      plain: { text: 'It reads plaintext from its disks, no header' },
      encrypted: {
        text: 'It decrypts it: the answer says `AES256`',
        refutes:
          '“S3 encrypts everything since 2023” is true of what was written since. Nobody went back and rewrote what lay there.',
      },
      refused: {
        text: 'It refuses it until it is encrypted',
        refutes: 'Old objects stay readable as they are. That is convenient, and the reason why they are overlooked.',
      },
    },
    why: 'That the change of January 2023 encrypted old objects too is wrong, and a default that is switched on later does no more. In the run S3 loaded the file’s own bytes: there was no data key to open, and no encryption header in the answer. UpdateObjectEncryption does not help either: another act shows it refusing an object without encryption with 400 `InvalidRequest`.',
    rule: 'What was written without encryption stays so until it is written again.',
    fix: 'Copy the object onto itself, so that S3 writes it once more.',
    fixed:
      'The copy is a new object under the default of today: the answer says `AES256`, and the plaintext is gone from the disks.',
    facts: ['F-GEN-008', 'F-NON-001', 'F-NON-006', 'F-CPY-006'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['bucket defaults', 'copies'],
  },
  'upload-into-other-mode': {
    title: 'Two files, two modes, one bucket',
    line: 'You upload one file under SSE-S3 and the next under SSE-KMS.',
    situation:
      'The bucket’s default is SSE-S3, and your first file lies there. You upload a second one that names SSE-KMS and your key. Then you ask for the headers of both with HEAD.',
    question: 'What do the two HEAD answers say?',
    options: {
      neither: {
        text: 'Both `AES256`: the bucket has one mode',
        refutes:
          'People speak of encrypted buckets, but a bucket only holds settings. The upload named its own mode, and that was taken.',
      },
      each: { text: 'The first `AES256`, the second `aws:kms`' },
      both: {
        text: 'Both `aws:kms`: the strictest one wins',
        refutes: 'The second upload did not touch the first file. Objects of one bucket know nothing of each other.',
      },
      refused: {
        text: 'Only one answers: the second upload got 403',
        refutes: 'Nothing forbids a mode that is not the default, unless a policy or a block does so.',
      },
    },
    why: 'The belief behind many puzzles is that a bucket is encrypted in one way. It is wrong: mode and key are kept with each object, and HEAD reads them from there. The run shows two objects side by side, one under S3’s root key and one under your KMS key. This is why the same reader may open one file of a bucket and not the next.',
    rule: 'Ask the object, not the bucket: HEAD tells its mode and its key.',
    facts: ['F-GEN-004', 'F-GEN-003', 'F-GEN-005', 'F-HDR-037'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03'],
    topics: ['headers', 'bucket defaults'],
  },
};
