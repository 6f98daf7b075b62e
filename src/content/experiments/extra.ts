import type { ExperimentText } from './text.ts';

/** Words for further experiments: a ransom, two people and their Bucket Keys, a bucket of 2022, a thief before a sealed object. */
export const EXTRA_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'ransom-by-sse-c': {
    title: 'A stolen access key and a key of the thief',
    line: 'A thief copies your object onto itself and brings an SSE-C key along.',
    situation:
      'Your report is stored with SSE-S3, and SSE-C is allowed in the bucket. A thief has your application’s access key. They tell S3 to copy the report onto itself, under a customer key that only they have.',
    setup: 'SSE-C was unblocked in this bucket, as it was everywhere before April 2026.',
    question: 'What becomes of the report?',
    options: {
      denied: {
        text: '403: S3 refuses a key that is not yours',
        refutes:
          'S3 does not know any customer key, so none is foreign to it. Whoever may write the object may choose the key, and the stolen access key may write.',
      },
      locked: { text: 'It is encrypted anew, under a key that only the thief has' },
      unchanged: {
        text: 'Nothing: a copy onto itself leaves the bytes as they are',
        refutes:
          'A copy is a new object. S3 opened the old one with its own key and encrypted the text again, with the key in the request.',
      },
      source: {
        text: '400: an SSE-S3 object cannot go under a customer key',
        refutes: 'The request alone decides how the copy is encrypted; how the source was encrypted plays no part.',
      },
    },
    why: 'S3 opened the object for somebody who signed as your application, and locked it with the key that came along. It keeps no copy of that key, only a value to check it by. “Encryption protects you from thieves” is wrong here: they used it against you. In early 2025 attackers did this on a large scale and asked for ransom. Without versioning or a backup the report is lost.',
    rule: 'Keep **SSE-C blocked** where nobody needs it, and keep versions: whoever may write an object may also lock you out.',
    fix: 'Restore the report from a copy, block SSE-C in the bucket, and let the thief try again.',
    fixed:
      'Same thief, same access key: S3 refused before it read anything, because uploads with customer keys are blocked.',
    facts: ['F-BLK-016', 'F-BLK-003', 'F-CPY-001', 'F-SSC-001', 'F-ERR-009'],
    exams: ['SCS-C03', 'SAP-C02'],
    topics: ['SSE-C', 'permissions', 'copies'],
  },
  'bucket-key-of-each': {
    title: 'Two people, one bucket with a Bucket Key',
    line: 'You upload with a Bucket Key, and right afterwards Ana does.',
    situation:
      'The bucket’s default is SSE-KMS with a Bucket Key. Your second upload needed no call to KMS. A moment later Ana uploads into the same bucket, under the same KMS key; she has every right to.',
    setup: 'Ana may put objects, and use the KMS key for `kms:GenerateDataKey` and `kms:Decrypt`.',
    question: 'What does S3 do for Ana’s object?',
    options: {
      own: { text: 'It asks KMS once, and then makes the data key itself' },
      shared: {
        text: 'It uses the bucket-level key that it has from you: no call',
        refutes:
          'Then Ana would be served with a key that was opened on your authority. A bucket-level key is kept per requester.',
      },
      'by-kms': {
        text: 'It asks KMS for the object’s own data key, as without a Bucket Key',
        refutes: 'KMS is asked, but for a bucket-level key. The object’s data key is made by S3, under that one.',
      },
      refused: {
        text: 'It refuses: the Bucket Key belongs to you',
        refutes: 'Nobody owns it. Everybody who may use the KMS key gets a bucket-level key of their own.',
      },
    },
    why: 'One key for the whole bucket is what the name suggests, and it is wrong. A bucket-level key is short-lived and belongs to one bucket, one KMS key and one requester, even one session of a role. So KMS checks each person’s right at least once. Ana’s next upload needs no call any more. How long S3 keeps the key is not published; five minutes are our model.',
    rule: 'A Bucket Key saves calls **per requester and session**: many short sessions save little.',
    facts: ['F-BKY-007', 'F-KSM-024', 'F-KSM-021', 'F-SIM-011'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['Bucket Keys', 'cost and quotas', 'KMS keys'],
  },
  'no-option-in-2022': {
    title: 'The same upload in December 2022',
    line: 'An ordinary upload without any header, in a bucket of that time.',
    situation:
      'It is December 2022, and nobody has set up anything for this bucket. You upload a file without saying a word about encryption.',
    question: 'How is the object stored?',
    options: {
      encrypted: {
        text: 'Encrypted with SSE-S3: S3 always did that',
        refutes:
          'It does since 5 January 2023. Before, a bucket without a default stored what it got as it was, unless the request asked for more.',
      },
      plain: { text: 'As plaintext, and the answer names no encryption' },
      refused: {
        text: 'Not at all: a bucket without a default refuses it',
        refutes: 'Nothing forced anybody to encrypt. To demand it took a bucket policy.',
      },
    },
    why: 'Nobody asked for encryption, and in 2022 that meant none: S3 wrote the bytes as they came. Old courses that say “no option means plaintext” were right then and are wrong today. What was written in those years and never copied may still lie there like this.',
    rule: 'Since **5 January 2023** every new object is encrypted at least with SSE-S3; older ones may not be.',
    fix: 'Do what careful people did even then: give the bucket SSE-S3 as its default.',
    fixed:
      'The same bare upload was encrypted, because the bucket’s default said so. Today every bucket has such a default.',
    facts: ['F-NON-001', 'F-GEN-006', 'F-BKT-001'],
    exams: ['CLF-C02', 'SAA-C03'],
    topics: ['bucket defaults', 'headers'],
  },
  'leaked-access-key-client-side': {
    title: 'A leaked access key, an object you sealed',
    line: 'A thief with your credentials asks for an object that your client encrypted.',
    situation:
      'Your program encrypted the report itself, with a wrapping key that never left it. Then your access key leaks, and a thief downloads the report with it. Your wrapping key has not leaked.',
    question: 'What does the thief get?',
    options: {
      plaintext: {
        text: 'The report: S3 decrypts for whoever it lets in',
        refutes:
          'S3 did decrypt, its own layer. What came out is what your program had sent: ciphertext. For the layer below S3 never had a key.',
      },
      's3-gate': {
        text: '403 from the gate of S3: it is not your client',
        refutes: 'The stolen key makes a valid signature, and its user may read. To S3 the thief is you.',
      },
      ciphertext: { text: '200 and ciphertext that opens with your key only' },
      'kms-gate': {
        text: '403 from the gate of KMS: no right on the key',
        refutes: 'No KMS key is involved. The object’s data key was locked by your own key.',
      },
    },
    why: 'Rights over the object and the key to its content are two different things here. The access key brought the first, and the second stayed with you. Compare the acts under SSE-S3 and under `aws/s3`: there the same thief reads the text, since S3, or KMS for S3, opens it for anybody with the right to the object.',
    rule: 'A leaked access key opens what **AWS** can open; what the client encrypted opens with the client’s key alone.',
    facts: ['F-CSR-001', 'F-CSR-014', 'F-S3M-023', 'F-KSM-036'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['client-side', 'permissions'],
  },
};
