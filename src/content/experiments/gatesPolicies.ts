import type { ExperimentText } from './text.ts';

/** Conditions, context, metadata and records. */
export const POLICY_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'policy-demands-header': {
    title: 'A policy that demands a header',
    line: 'The default would encrypt anyway; a bucket policy speaks of the request.',
    situation:
      'Your bucket encrypts with SSE-S3 by default. Its policy denies every upload whose `x-amz-server-side-encryption` is not equal to `AES256`. You upload and send no such header.',
    setup: 'One Deny statement on `s3:PutObject`, with `StringNotEquals`.',
    question: 'What comes of the upload?',
    options: {
      'default-counts': {
        text: '200: the default makes it `AES256`, so the policy is content',
        refutes:
          'The result would be exactly what the policy wants. But policies judge the request, before any default is applied, and the request says nothing.',
      },
      'bad-request': {
        text: '400: S3 complains that a header is missing',
        refutes: 'To S3 the header is optional. Only your policy cares, and policies answer with 403.',
      },
      'denied-by-policy': { text: '403: the policy denies it, default or not' },
      unencrypted: {
        text: '200, stored unencrypted: nobody asked for encryption',
        refutes: 'That world ended on 5 January 2023. Today every new object is encrypted at least with SSE-S3.',
      },
    },
    why: 'The condition key stands for the header of the request. There was none, and `StringNotEquals` is also true of a value that is missing, so the Deny applied. The belief that the bucket’s default satisfies such a policy is wrong: the default answers what happens when nobody asks, the policy what may be asked.',
    rule: 'A policy sees the request, not what will become of it; a header-less upload fails a policy that demands a header.',
    fix: 'Let the policy deny only what names another mode: the header is present, and not `AES256`.',
    fixed:
      'The same upload without a header passed, and the default encrypted it. A request that names another mode would still be denied.',
    facts: ['F-POL-010', 'F-POL-021', 'F-POL-024', 'F-GEN-006'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['policies', 'headers', 'bucket defaults'],
  },
  'null-or-not-equals': {
    title: 'Null or StringNotEquals',
    line: 'Two conditions that look alike, and one upload that tells them apart.',
    situation:
      'You want only SSE-KMS in your bucket. Its policy denies uploads for which `Null` on `x-amz-server-side-encryption` is `true`. Your upload with KMS passed; one without header was denied.',
    question: 'Now you upload with the header `AES256`. What happens?',
    options: {
      'denied-by-policy': {
        text: '403: the policy denies whatever is not KMS',
        refutes:
          'It was meant so, and the two uploads before seemed to prove it. But `Null` does not look at the value.',
      },
      'under-kms': {
        text: '200, stored with SSE-KMS: the policy sets the mode',
        refutes: 'A policy allows or denies. It never changes a request into another one.',
      },
      'under-sse-s3': { text: '200, stored with SSE-S3, as the header says' },
    },
    why: '`Null` asks one thing: is the key there? With `"true"` it matches requests without the header, and yours had one. `StringNotEquals` compares the value, and is also true when there is none. The belief that the `Null` form enforces KMS is wrong; it enforces that something is said.',
    rule: '`Null` checks that a header is there, `StringNotEquals` what it says; to demand one mode, compare the value.',
    fix: 'Replace the condition by `StringNotEquals` with `aws:kms`, and upload with `AES256` again.',
    fixed: '403: now the value counts. Without any header the upload would be denied as well.',
    facts: ['F-POL-014', 'F-POL-011', 'F-POL-020', 'F-POL-021'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['policies', 'headers'],
  },
  'bucket-key-breaks-policy': {
    title: 'Switching the Bucket Key on',
    line: 'A strict key policy, and one more header on the upload.',
    situation:
      'Your key’s policy lets you use it only when the encryption context names an object of your bucket: `aws:s3:arn` like bucket ARN, slash, anything. Uploads work. Now you switch the Bucket Key on.',
    setup: 'The account may administer the key but not use it, so IAM policies do not help.',
    question: 'What comes of the upload with a Bucket Key?',
    options: {
      'context-differs': { text: '403 from KMS: the context no longer fits the policy' },
      saves: {
        text: '200, with fewer calls to KMS from now on',
        refutes:
          'Saving calls is what Bucket Keys are for. They do it with one key for the whole bucket, and KMS is told so.',
      },
      'goes-without': {
        text: '200, but without a Bucket Key: S3 takes the usual way',
        refutes: 'S3 does not try again another way. You asked for a Bucket Key, and KMS refused to make it.',
      },
      's3-gate': {
        text: '403 from S3: Bucket Keys take a permission of their own',
        refutes:
          'There is no S3 action for it. The S3 gate opened as before; the condition in the key policy did not hold.',
      },
    },
    why: 'A Bucket Key serves many objects, so its encryption context cannot name one of them: `aws:s3:arn` becomes the ARN of the bucket. Your condition wanted an object’s ARN and did not match. The belief that a Bucket Key only saves money is wrong; it also changes what policies and logs get to see.',
    rule: 'Before you switch Bucket Keys on, let conditions on `aws:s3:arn` accept the bucket’s ARN.',
    fix: 'Add the bucket’s own ARN to the condition in the key policy.',
    fixed: 'The context matched, and KMS made the key for the bucket.',
    facts: ['F-KSM-077', 'F-KSM-071', 'F-BKY-010', 'F-BKY-009'],
    exams: ['SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['Bucket Keys', 'policies', 'KMS keys'],
  },
  'wrong-context': {
    title: 'The right key, another context',
    line: 'Somebody who may decrypt names another object than the one it was for.',
    situation:
      'You do by hand what S3 does: KMS makes an encrypted data key, and the encryption context names `report.txt`. With this context it opened. Now you send the same bytes, and the context names `other.txt`.',
    question: 'You have `kms:Decrypt`. What does KMS answer?',
    options: {
      opens: {
        text: '200 and the data key: right bytes, right key, right caller',
        refutes:
          'All three are right. But the context was authenticated together with the key, and it counts like a byte of it.',
      },
      denied: {
        text: '`AccessDeniedException`: the context is a permission',
        refutes:
          'It can be used in permissions, but no policy here asks for it: the KMS gate opened. What failed came after it.',
      },
      'invalid-ciphertext': { text: '`InvalidCiphertextException`, with no further word' },
      incorrect: {
        text: '`IncorrectKeyException`: these bytes are for another key',
        refutes: 'KMS found the right key from the blob. The key fitted; the context did not.',
      },
    },
    why: 'KMS binds the encryption context to what it encrypts as **additional authenticated data**. With another context the check of the tag fails, even for somebody who may do everything, and KMS tells nobody why. The belief that the context is a mere comment for the log is wrong, and so is the belief that it is secret: it is a plain text that must be exactly the same.',
    rule: 'A data key opens only with exactly the context it was locked with; S3 stores that context and replays it for you on every GET.',
    facts: ['F-KSM-074', 'F-KSM-075', 'F-KSM-070', 'F-ERR-084'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['KMS keys', 'integrity'],
  },
  'tls-by-policy': {
    title: 'Plain HTTP meets a policy',
    line: 'Somebody uploads over plain HTTP to a bucket that forbids it.',
    situation:
      'Over plain HTTP your upload with SSE-S3 simply worked. So you put a policy that denies every request for which `aws:SecureTransport` is `false`. Your client still speaks HTTP, and uploads.',
    setup: 'Somebody taps the line, as in every run here.',
    question: 'What happens to the upload, and what does the eavesdropper have?',
    options: {
      'refused-and-safe': {
        text: '403, and the eavesdropper has nothing of the report',
        refutes:
          'The policy stops S3 from storing it. It cannot stop your client from sending it: what is refused has already travelled.',
      },
      'refused-and-read': { text: '403, and the eavesdropper has the report all the same' },
      redirected: {
        text: '301: S3 sends the client over to HTTPS',
        refutes: 'Websites do that, S3’s policies do not. They know Allow and Deny.',
      },
      accepted: {
        text: '200: SSE-S3 encrypts it, the line does not matter',
        refutes: 'Without the policy that was so. Encryption at rest begins at S3; on the line the report lies open.',
      },
    },
    why: 'S3 accepts plain HTTP for many requests unless a policy forbids it. The Deny worked: 403, nothing stored. But a policy is read after the request has arrived, and the client of our model sends head and body in one go, so the tap has the report. The belief that such a policy encrypts the line is wrong; it makes insecure clients fail, so that somebody notices and mends them.',
    rule: 'Deny `aws:SecureTransport` = `false` on bucket and objects, and set clients to HTTPS: the policy finds them, it does not protect them.',
    fix: 'Set your client to HTTPS.',
    fixed: 'The condition does not hold any more, the upload is stored, and the tap has nothing but TLS records.',
    facts: ['F-GEN-018', 'F-POL-017', 'F-GEN-017'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03', 'CLF-C02'],
    topics: ['transport', 'policies'],
  },
  'names-are-not-secret': {
    title: 'A telling name',
    line: 'Somebody without any right on the key looks at what surrounds the object.',
    situation:
      'You uploaded `dismissal-j-berger.txt` under your customer managed key, with a subject in its metadata and a tag. Your S3 administrator has no KMS rights. They send a HEAD and ask for the tags.',
    question: 'What do they get to read?',
    options: {
      'kms-gate': {
        text: 'Nothing: both requests end at the gate of KMS',
        refutes: 'KMS was not even asked. Nothing that they wanted to see is encrypted with the data key.',
      },
      'both-readable': { text: 'Subject and tag, both in clear text' },
      'tags-only': {
        text: 'The tag; metadata is locked with the object',
        refutes:
          'They are stored with the object, but server-side encryption covers its data only. The one exception is the stored checksum under KMS.',
      },
      'metadata-only': {
        text: 'The subject; tags of KMS objects are refused',
        refutes: 'Reading tags takes `s3:GetObjectTagging`, an S3 right like others. Encryption adds nothing to it.',
      },
    },
    why: 'Server-side encryption locks the object’s bytes. Its name, its metadata and its tags lie beside them in the open, for everybody with the S3 right to look. The encryption context is no hiding place either: with each use of the key CloudTrail records it as it is, object name included. “Encrypted” does not mean that nobody sees what it is about.',
    rule: 'Keep secrets out of names, metadata, tags and encryption context; put them into the object.',
    fix: 'Upload under a name that means nothing, without metadata and context of your own.',
    fixed: 'The same content is stored, and neither headers nor records tell what it is about.',
    facts: ['F-GEN-009', 'F-GEN-010', 'F-HED-004', 'F-KSM-073', 'F-CT-013'],
    exams: ['SAA-C03', 'SCS-C03'],
    topics: ['permissions', 'audit'],
  },
  'replication-needs-both-keys': {
    title: 'A copy under a second key',
    line: 'Somebody copies an encrypted object so that another key locks the copy.',
    situation:
      'Ana keeps replicas. She may read and write the bucket, and decrypt and generate data keys with your first KMS key. She copies the report and names a second key for the copy.',
    setup:
      'Our model has no replication. A copy by somebody is the nearest true thing: one key opens the source, another one locks the target.',
    question: 'What comes of the copy under the second key?',
    options: {
      target: { text: '403 on the second key: she has no `kms:GenerateDataKey` there' },
      copies: {
        text: '200: S3 takes the locked bytes over as they are',
        refutes:
          'A copy sounds like moving bytes. S3 decrypts the source and encrypts the target anew, and for each it asks KMS in her name.',
      },
      source: {
        text: '403 on the first key: copying takes more than `kms:Decrypt`',
        refutes: 'Of the source only `kms:Decrypt` was asked, and KMS allowed it. It is the other end that is missing.',
      },
      's3-gate': {
        text: '403 from S3: another key needs another S3 permission',
        refutes: 'S3 asked for reading the source and writing the target. She may do both, and both gates opened.',
      },
    },
    why: 'The first key opened the source, as `kms:Decrypt` allows. Then the target needed a data key under the second key, and there she has no right at all. The belief that one key’s permission carries a copy is wrong. Replication is stricter still: KMS objects are left out unless the rule opts in, and its role needs `kms:Decrypt` on the source key and `kms:Encrypt` on the replica key.',
    rule: 'Whatever copies between KMS keys, person or replication role, needs a right on both of them.',
    fix: 'Give Ana `kms:GenerateDataKey` on the second key.',
    fixed: 'Source opened by one key, copy locked by the other.',
    facts: ['F-KSM-057', 'F-REP-002', 'F-REP-004'],
    exams: ['SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['copies', 'permissions', 'KMS keys'],
  },
  'management-events-only': {
    title: 'Who read the report?',
    line: 'One download, two records, and a history that shows only one kind.',
    situation:
      'You want to know who reads your objects. The download of an SSE-S3 object left one record. Now you download the report under SSE-KMS. In our model the trail keeps records of both kinds.',
    setup:
      'CloudTrail’s event history shows management events. Data events are recorded only by a trail that selects them.',
    question: 'Which records of this download are management events?',
    options: {
      both: {
        text: 'Both: the `GetObject` of S3 and the `Decrypt` of KMS',
        refutes:
          'Both are records of API calls and look alike. But reading an object is a data event, and says so in its record.',
      },
      s3: {
        text: 'Only the `GetObject` of S3; KMS works behind it',
        refutes:
          'It is the other way round. Object reads are the events you must ask for; uses of keys come by themselves.',
      },
      none: {
        text: 'Neither: reading is no management',
        refutes: 'A good reason for `GetObject`. For KMS, calls of `Decrypt` count as management events all the same.',
      },
      kms: { text: 'Only the `Decrypt` of KMS, not the `GetObject`' },
    },
    why: 'Look at `eventCategory` in the two records: `Data` from S3, `Management` from KMS. An event history without a trail of data events shows only the second, and of an SSE-S3 download nothing at all. The belief that CloudTrail records every GetObject by default is wrong.',
    rule: 'Reads of objects are data events and opt-in; uses of a KMS key are management events and always there, one reason to choose SSE-KMS.',
    facts: ['F-CT-015', 'F-CT-011', 'F-CT-003', 'F-S3M-021'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03'],
    topics: ['audit', 'KMS keys'],
  },
};
