import type { ExperimentText } from './text.ts';

/** Permissions of one account. */
export const TWO_GATES_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'two-gates': {
    title: 'Ana may read the bucket',
    line: 'Somebody with `s3:GetObject` downloads an object under your own KMS key.',
    situation:
      'You uploaded a report under your customer managed key. Ana’s IAM policy allows `s3:GetObject` on the bucket. Now she downloads the report.',
    question: 'What does Ana get?',
    options: {
      plaintext: {
        text: '200 and the report: `s3:GetObject` is the right to read',
        refutes:
          'It is the right to ask S3, and under SSE-S3 that would do. Under SSE-KMS the data key has to be opened by KMS first, on Ana’s behalf.',
      },
      's3-gate': {
        text: '403 from the gate of S3: the bucket policy does not fit',
        refutes:
          'The 403 looks as if it came from S3, so people mend bucket policies. But the S3 gate let Ana pass; the message names `kms:Decrypt`.',
      },
      'kms-gate': { text: '403 from the gate of KMS: nothing allows her `kms:Decrypt`' },
      ciphertext: {
        text: '200 and the ciphertext: she lacks only the key',
        refutes:
          'S3 never hands out the ciphertext of its own encryption. Either it can decrypt for the caller, or there is no object at all.',
      },
    },
    why: 'A read under a KMS key passes **two gates**. S3 asked its policies and let Ana in; then it sent the encrypted data key to KMS in her name, and KMS found no policy that allows her `kms:Decrypt`. The belief that one S3 permission is enough is wrong: S3 adds none of its own rights to those of the caller.',
    rule: 'To read under SSE-KMS you need `s3:GetObject` and `kms:Decrypt`; a 403 names the one that is missing.',
    fix: 'Give Ana `kms:Decrypt` on this key, and let her ask again.',
    fixed: 'Both gates opened. Neither bucket nor object was touched.',
    facts: ['F-KSM-051', 'F-KSM-063', 'F-ERR-049'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['permissions', 'KMS keys'],
  },
  'two-fates': {
    title: 'One bucket, two objects',
    line: 'The same reader asks for two files of the same bucket.',
    situation:
      'Your bucket holds `a.txt`, uploaded with SSE-S3, and `b.txt`, uploaded with SSE-KMS. Ana may read the bucket and has no KMS rights. `a.txt` has just opened for her.',
    question: 'Now Ana asks for `b.txt`. What happens?',
    options: {
      'kms-gate': { text: '403: S3 lets her in, KMS does not open the data key' },
      opens: {
        text: '200: it is the same bucket, the same policy, the same Ana',
        refutes:
          'You think of encryption as something the bucket has. It belongs to each object, and this object’s data key is locked by another key.',
      },
      's3-gate': {
        text: '403: another access control list lies on this object',
        refutes:
          'A difference between two objects makes one think of ACLs. The S3 gate opened for both; what differs is who has to unlock the data key.',
      },
    },
    why: 'Encryption is a property of the object, not of the bucket. For `a.txt` S3 opened the data key itself; for `b.txt` it had to ask KMS in Ana’s name, and was refused. The belief that one bucket means one fate is wrong.',
    rule: 'When one object opens and its neighbour does not, look at the encryption headers of both before you look at policies.',
    fix: 'Look at both with HEAD, give Ana `kms:Decrypt`, and let her ask for `b.txt` again.',
    fixed:
      'The two HEADs answered without any KMS right, one with `AES256` and one with `aws:kms`: there was the difference. With `kms:Decrypt` the second file opened too.',
    facts: ['F-GEN-004', 'F-KSM-063', 'F-KSM-055'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03'],
    topics: ['permissions', 'bucket defaults'],
  },
  'small-works-large-fails': {
    title: 'A report, then a backup',
    line: 'An uploader who may only generate data keys sends a small file and a large one.',
    situation:
      'Your uploader may do everything in the bucket and has one KMS right, `kms:GenerateDataKey`. The report went up. Now a backup follows, as a multipart upload.',
    question: 'How far does the backup get?',
    options: {
      'goes-through': {
        text: 'All the way: parts need no more rights than the report',
        refutes:
          'Each part looks like a small upload. But parts belong to one object under one data key, and that key exists at S3 only in encrypted form.',
      },
      'at-create': {
        text: 'Refused at once: creating the upload takes other KMS rights',
        refutes: 'Creating the upload asks for `kms:GenerateDataKey`, and that is the right the uploader has.',
      },
      'too-large': {
        text: 'Refused with `EntityTooLarge`: the file is the problem',
        refutes:
          'The size is what you notice, so it looks like a limit. It is only the reason for multipart; the refusal is about a permission.',
      },
      'at-part': { text: 'It is created, then the first part fails: no `kms:Decrypt`' },
    },
    why: 'Creating the upload made one data key, for which `kms:GenerateDataKey` was enough. When the first part arrived, S3 needed that key in the open again, and asked KMS to decrypt it in the uploader’s name: 403. “A size limit” is the usual guess, and it is wrong; AWS documents that parts need `kms:Decrypt`.',
    rule: 'Small uploads work and large ones fail with `AccessDenied`: give the uploader `kms:Decrypt` beside `kms:GenerateDataKey`.',
    fix: 'Add `kms:Decrypt` to the uploader’s policy and send the backup again.',
    fixed: 'Every part was admitted, and the parts became one object.',
    facts: ['F-KSM-052', 'F-MPU-003', 'F-MPU-004'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['permissions', 'KMS keys'],
  },
  'encrypt-is-not-enough': {
    title: 'Encrypt and Decrypt are allowed',
    line: 'A policy lists the two KMS rights whose names fit, and somebody uploads.',
    situation:
      'Somebody has tidied up your policy: on the key it now allows `kms:Encrypt` and `kms:Decrypt`, nothing else. You upload a report with SSE-KMS.',
    question: 'What comes of the upload?',
    options: {
      encrypts: {
        text: 'It works: KMS encrypts the report with `kms:Encrypt`',
        refutes:
          'The name suggests it. But KMS never sees the report; it makes a data key, and S3 does the encrypting.',
      },
      'generate-data-key': { text: '403: S3 asks for a data key, `kms:GenerateDataKey`' },
      'falls-back': {
        text: 'It works: S3 falls back to SSE-S3, which needs no KMS',
        refutes: 'S3 does not put another mode in place of the one you asked for. What cannot be done is refused.',
      },
      's3-gate': {
        text: '403 from the gate of S3: `s3:PutObject` is missing',
        refutes:
          'Your policy allows everything in the bucket, and the S3 gate opened. The message names the KMS action that is missing.',
      },
    },
    why: 'For an upload S3 asks KMS one thing: a fresh data key, open and encrypted. The action is `kms:GenerateDataKey`, and your policy does not name it. The belief that an upload “encrypts with the KMS key” is wrong: the KMS key locks data keys only.',
    rule: 'Upload means `kms:GenerateDataKey`, download means `kms:Decrypt`; a plain upload never calls `kms:Encrypt`.',
    fix: 'Put `kms:GenerateDataKey` into the policy instead of `kms:Encrypt`.',
    fixed: 'KMS made the data key, S3 encrypted with it, and the object is stored.',
    facts: ['F-KSM-050', 'F-KSM-004', 'F-KSM-006', 'F-ERR-048'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['permissions', 'KMS keys'],
  },
  'decrypt-cannot-upload': {
    title: 'A reader wants to answer',
    line: 'Somebody who can open every object of the bucket uploads one.',
    situation:
      'Ana reads your reports: she has `s3:GetObject` and `kms:Decrypt`. Now she is to answer, so you add `s3:PutObject`. She uploads `answer.txt` with the same KMS key.',
    question: 'What comes of her upload?',
    options: {
      'generate-data-key': { text: '403 from KMS: `kms:GenerateDataKey` is missing' },
      'is-enough': {
        text: 'It works: who may decrypt with a key may also encrypt',
        refutes:
          'For a key in your hand that would be true. A KMS key never leaves KMS, and each use of it is a right of its own.',
      },
      encrypt: {
        text: '403 from KMS: `kms:Encrypt` is missing',
        refutes: 'A right is missing, but not this one. S3 asks for a new data key, and that is `kms:GenerateDataKey`.',
      },
      'falls-back': {
        text: 'It works, stored with SSE-S3, the bucket’s default',
        refutes: 'The default counts when a request says nothing. Hers asks for SSE-KMS, so S3 does that or refuses.',
      },
    },
    why: 'Reading and writing use the same KMS key through different actions. `kms:Decrypt` opened data keys that exist; a new object needs a new one, and for that KMS wants `kms:GenerateDataKey`. The belief that decrypting includes encrypting is wrong for KMS.',
    rule: 'Give readers `kms:Decrypt`, writers `kms:GenerateDataKey`, and whoever does both, both.',
    fix: 'Add `kms:GenerateDataKey` to Ana’s policy.',
    fixed: 'Her answer went up under a data key of its own.',
    facts: ['F-KSM-050', 'F-KSM-051', 'F-ERR-048'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['permissions', 'KMS keys'],
  },
};
