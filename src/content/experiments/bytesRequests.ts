import type { ExperimentText } from './text.ts';

/** Words for experiments about headers, lines, signatures and what answers tell. */
export const REQUEST_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'header-with-hyphen': {
    title: 'AES-256 with a hyphen',
    line: 'The cipher is called AES-256. Does the header take that name?',
    situation:
      'You want SSE-S3 and write the header by hand: `x-amz-server-side-encryption: AES-256`. You may do everything in this bucket.',
    question: 'What does S3 make of it?',
    options: {
      same: {
        text: '200 with SSE-S3: it is clear what you mean',
        refutes: 'S3 does not guess. The value is a fixed word, and this is not one of them.',
      },
      refused: { text: '400 `InvalidArgument`: there is no such method' },
      plain: {
        text: '200, stored as it is: the header does not count',
        refutes:
          'A header with an unknown value is not skipped, and new objects have been encrypted since 2023 in any case.',
      },
      forbidden: {
        text: '403 `AccessDenied`: a policy stops wrong values',
        refutes: 'There is no such policy here, and none is needed: S3 knows the legal values itself.',
      },
    },
    why: 'The cipher is AES-256, but the header names a mode, and its legal values are fixed: `AES256`, `aws:kms` and `aws:kms:dsse`. That the header takes the name of the cipher is wrong. The same slip in a bucket policy is worse: a policy that demands `AES-256` denies every upload that S3 would accept.',
    rule: 'It is `AES256`, without a hyphen, in headers and in policies.',
    fix: 'Send no header at all: new objects are encrypted with SSE-S3 anyway.',
    fixed: 'S3 stored the object and answered `AES256`, in its own spelling.',
    facts: ['F-HDR-012', 'F-HDR-001', 'F-ERR-030', 'F-GEN-006'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['headers', 'policies'],
  },
  'key-id-with-aes256': {
    title: 'AES256 and a key id',
    line: 'Two headers that look as if they belonged together.',
    situation:
      'You want “AES-256 with my KMS key”, so you send `AES256` in one header and the ARN of your KMS key in the other.',
    question: 'Which key encrypts the object?',
    options: {
      kms: {
        text: 'Your KMS key: you have named it, after all',
        refutes:
          'The first header had already chosen a mode in which no KMS key takes part. S3 does not pick the half that it likes.',
      },
      ignored: {
        text: 'A key of S3: the key id is simply ignored',
        refutes:
          'That would leave you with less than you asked for, and nobody would notice. S3 refuses contradictions.',
      },
      refused: { text: 'None: the two headers contradict each other' },
      forbidden: {
        text: 'None: you have no permission for the KMS key',
        refutes: 'You have it, and KMS was never asked. A missing permission would be 403; this is 400.',
      },
    },
    why: 'The header `x-amz-server-side-encryption` names the mode, not the cipher. `AES256` is the name of SSE-S3; a KMS key goes with `aws:kms` or `aws:kms:dsse` only. The error says so if you read it to the end: it asks for `aws:kms`.',
    rule: 'A key id needs `aws:kms` beside it; the cipher is AES-256 either way.',
    fix: 'Send `aws:kms` with the ARN of the key.',
    fixed: 'KMS was asked for a data key, and the answer carries the ARN of your key.',
    facts: ['F-ERR-032', 'F-HDR-001', 'F-HDR-002'],
    exams: ['DVA-C02'],
    topics: ['headers', 'KMS keys'],
  },
  'aes256-names-the-mode': {
    title: 'AES256, “to be sure”',
    line: 'The bucket’s default names your KMS key. You want AES-256 as well, and say so.',
    situation:
      'The bucket’s default is SSE-KMS with your KMS key. You upload with `x-amz-server-side-encryption: AES256`, “so that it really is AES-256”.',
    setup: 'The bucket’s default encryption was set to `aws:kms` with the customer managed key; no Bucket Key.',
    question: 'Whose key locks the data key of this object?',
    options: {
      s3: { text: 'A root key of S3; KMS is not even asked' },
      kms: {
        text: 'Your KMS key: `AES256` only names the cipher',
        refutes: 'It names a mode: SSE-S3. With it you have told S3 to leave your KMS key out.',
      },
      refused: {
        text: 'None: 400, since it contradicts the default',
        refutes:
          'A default is what counts when a request says nothing. A request that names a mode wins over it, without any complaint.',
      },
      plain: {
        text: 'None: the object is stored without a lock',
        refutes: 'Every new object is encrypted. The question is only with whose help.',
      },
    },
    why: 'The healthy run sent no header and got your KMS key. The header that was to make sure of the cipher named another mode, and a request’s header wins over the bucket’s default. All modes use AES-256; the word `AES256` stands for SSE-S3, and no answer calls this an error.',
    rule: 'The header names the **mode**: `AES256` means SSE-S3, whatever the bucket’s default says.',
    fix: 'Name the mode that you mean: `aws:kms`.',
    fixed: 'KMS made the data key, and its record names the caller.',
    facts: ['F-HDR-001', 'F-HDR-037', 'F-HDR-035'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['headers', 'bucket defaults', 'KMS keys'],
  },
  'presigned-missing-header': {
    title: 'A link that was signed with a header',
    line: 'Somebody uploads by a presigned link and leaves out one header.',
    situation:
      'You sign a link for an upload with SSE-KMS: the encryption header is part of the signature. A colleague without credentials sends a file to it, and no header.',
    question: 'How does the upload end?',
    options: {
      kms: {
        text: '200 with SSE-KMS: the link carries the header',
        refutes: 'The link carries the name of the header, not the header. Whoever uses it has to send it.',
      },
      signature: { text: '403: the signature does not match any more' },
      s3: {
        text: '200 with SSE-S3: without a header the default counts',
        refutes:
          'Then anybody could strip a link of its conditions. The signature covers the header, and S3 checks the signature first.',
      },
      policy: {
        text: '403: the S3 gate denies it, the colleague is unknown',
        refutes:
          'A presigned link acts with the rights of whoever signed it, and you may upload. The gate was not reached.',
      },
    },
    why: 'The signature was computed over the request as you meant it, encryption header included. Without that header S3 computed another signature than the one in the link, and stopped there: no gate, no KMS. The URL alone is not the whole request.',
    rule: 'Headers that were signed into a link have to be sent with it, word for word.',
    fix: 'Set SSE-KMS as the bucket’s default and sign a link without the header: then a plain upload will do.',
    fixed: 'The colleague sent nothing but the file, and the object was stored under your KMS key.',
    facts: ['F-PRE-002', 'F-PRE-003', 'F-BKT-001'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['sharing', 'headers'],
  },
  'kms-over-http': {
    title: 'KMS over plain HTTP',
    line: 'Is HTTPS only for keys that you send yourself?',
    situation:
      'An old script uploads over plain HTTP. With SSE-S3 it still does its work. You switch it to SSE-KMS: no key is on the line, only a key id.',
    question: 'What happens, and what does a listener get?',
    options: {
      works: {
        text: 'It works as before: no key is on the line',
        refutes:
          'With SSE-S3 it did work. For objects under KMS S3 demands a secure line, whatever the request carries.',
      },
      unread: {
        text: 'Refused, and the listener gets nothing of the text',
        refutes: 'The text was in the same request that S3 refused. The line had carried it before S3 could say no.',
      },
      read: { text: 'Refused, but the listener has read the text' },
      policy: {
        text: 'Refused with 403: a bucket policy demands HTTPS',
        refutes: 'No policy is set in this bucket. This refusal is built into S3, and its status is 400.',
      },
    },
    why: 'That only SSE-C needs HTTPS is wrong: KMS-protected objects are not written over plain HTTP either. The SSE-S3 run before shows the other half: there S3 took the text over an open line, and encryption at rest helped nobody on the way. A refusal does not call back what has been sent.',
    rule: 'Encryption at rest is no encryption on the way: use HTTPS always, and deny the rest with `aws:SecureTransport`.',
    facts: ['F-ERR-035', 'F-KSM-060', 'F-GEN-018', 'F-POL-017'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03'],
    topics: ['transport', 'KMS keys'],
  },
  'old-signature': {
    title: 'A link of the old kind',
    line: 'A tool from long ago signs links with Signature Version 2.',
    situation:
      'The object lies under your KMS key. A link signed today opens it. Now somebody follows a link from an old tool, with `AWSAccessKeyId` and `Signature` in it.',
    question: 'What does S3 say to the old link?',
    options: {
      version: { text: '400: KMS objects want Signature Version 4' },
      works: {
        text: '200: a signature is a signature',
        refutes:
          'For objects under KMS keys S3 insists on Version 4. The old kind does not count there, however well it is made.',
      },
      mismatch: {
        text: '403: the signature does not match',
        refutes: 'S3 did not get as far as comparing. The kind of signature already settled it.',
      },
      denied: {
        text: '403: KMS denies the use of the key',
        refutes: 'KMS was not asked. S3 refused before it knew who had signed.',
      },
    },
    why: 'The healthy run followed a link of Version 4, and S3 decrypted with the rights of its signer. The old link was turned away at the signature, before any gate: for objects under KMS keys only Version 4 counts. The lab does not compute signatures of Version 2, and for this refusal it need not.',
    rule: 'Objects under KMS keys need Signature Version 4: when you move to SSE-KMS, look for old tools first.',
    facts: ['F-ERR-034', 'F-KSM-060', 'F-PRE-001'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['sharing', 'KMS keys', 'headers'],
  },
  'sse-header-on-get': {
    title: 'A download with the upload’s headers',
    line: 'To be on the safe side you tell S3 how the object is encrypted.',
    situation:
      'The object lies under your KMS key. You download it, and send along what you sent at upload: `aws:kms` and the ARN of the key.',
    question: 'Who decrypts now, and with which key?',
    options: {
      named: {
        text: 'S3 has KMS open it with the key that you named',
        refutes:
          'On a download nobody names a key. S3 finds what it needs in the encrypted data key beside the object.',
      },
      client: {
        text: 'Your client does, with a data key from KMS',
        refutes: 'With server-side encryption your client never decrypts. That is what client-side encryption is for.',
      },
      denied: {
        text: 'Nobody: 403, since only S3 may name the key',
        refutes: 'It is no matter of permission. The header does not exist for downloads, and that is 400.',
      },
      refused: { text: 'Nobody: 400, and KMS is not even asked' },
    },
    why: 'That a download must say how the object is encrypted is wrong; it must not. S3 knows the mode of every object, and the encrypted data key tells KMS which key locked it: the healthy download did without any header. Only SSE-C wants headers on downloads, because there S3 has no key.',
    rule: 'Encryption headers of SSE-S3, SSE-KMS and DSSE-KMS belong to uploads only; a download needs none.',
    facts: ['F-ERR-031', 'F-HDR-021', 'F-KSM-010', 'F-KSM-012', 'F-KSM-013'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['headers', 'KMS keys'],
  },
  'etag-is-md5': {
    title: 'The ETag as a fingerprint',
    line: 'A backup tool compares files by their ETags.',
    situation:
      'Your file holds four letters: `test`. Under SSE-S3 its ETag was the MD5 of those letters. A larger object went up in parts. Now the same four letters go up with SSE-KMS.',
    question: 'What is the ETag under SSE-KMS?',
    options: {
      md5: {
        text: 'The same MD5: the content is the same',
        refutes: 'Under SSE-S3 it was. Under KMS and SSE-C the ETag is no MD5 of the content.',
      },
      other: { text: '32 other hex digits, not the MD5' },
      none: {
        text: 'None: encrypted objects have no ETag',
        refutes: 'There is one, and it looks like any other. This is what makes the mistake so hard to see.',
      },
    },
    why: 'That the ETag is the MD5 of the file is wrong; it is so under SSE-S3 and for a single upload only. In the act between, the upload in parts, the ETag ended in `-2`: an MD5 over the MD5s of two parts. Under KMS it is 32 hex digits that say nothing of the content; that they are random is our model.',
    rule: 'Compare contents by checksums that are meant for it; an ETag only says whether S3’s object has changed.',
    fix: 'Ask for the stored checksum with the download, and compare that.',
    fixed: 'The SHA-256 came with the object, and it is the one of the four letters, under SSE-S3 and SSE-KMS alike.',
    facts: ['F-ETG-001', 'F-ETG-002', 'F-ETG-003', 'F-ETG-004', 'F-ETG-005', 'F-SIM-012'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['integrity', 'headers'],
  },
  'same-file-twice': {
    title: 'The same file, uploaded twice',
    line: 'You upload the same bytes under the same KMS key, twice.',
    situation: 'The file is the same, the name is the same, the KMS key is the same. You upload it a second time.',
    question: 'What lies on S3’s disks after the second upload?',
    options: {
      same: {
        text: 'The same ciphertext: same bytes, same key',
        refutes:
          'The KMS key is the same, but it does not encrypt the file. A data key does, and each upload has its own.',
      },
      nothing: {
        text: 'What was there: S3 sees that nothing is new',
        refutes: 'S3 stores what it is sent. It compares no contents, and two ciphertexts would not tell it anything.',
      },
      new: { text: 'Another ciphertext and another locked data key' },
      rewrapped: {
        text: 'The same ciphertext, and a data key locked anew',
        refutes: 'To lock a data key anew is what UpdateObjectEncryption does. An upload encrypts everything again.',
      },
    },
    why: 'S3 asked KMS for a data key again, and KMS made 32 new random bytes. So nothing of the first upload came back: not the ciphertext, not the encrypted data key. That equal files give equal ciphertexts is wrong, and it is good that it is: somebody with the disks could see who stores the same things.',
    rule: 'One KMS key, many **data keys**: each upload has its own, so equal files do not look equal.',
    facts: ['F-KSM-003', 'F-KSM-004', 'F-KSM-081', 'F-KMS-012'],
    exams: ['SAA-C03', 'DVA-C02'],
    topics: ['KMS keys', 'integrity'],
  },
  'no-option-means-plaintext': {
    title: 'An upload that asks for nothing',
    line: 'No header, no setting. What lies on the disks?',
    situation:
      'You upload a file to a new bucket and say nothing about encryption: no header in the request, nothing configured.',
    question: 'How is the object stored?',
    options: {
      encrypted: { text: 'Encrypted with SSE-S3; the answer says so' },
      plain: {
        text: 'As it is: encryption is off unless you ask',
        refutes: 'So it was until January 2023, and much course material still says so. Today it is wrong.',
      },
      kms: {
        text: 'With `aws/s3`, the KMS key of your account',
        refutes: 'KMS takes part when somebody asks for it, in the request or as the bucket’s default. Nobody did.',
      },
      refused: {
        text: 'Not at all: an upload has to name its mode',
        refutes: 'No mode has to be named. Only a policy of your own can demand one.',
      },
    },
    why: 'Since 5 January 2023 every new object is encrypted with SSE-S3 at least, without charge, and nobody can switch it off. The request had no encryption header; the answer has one. How it was before you can see in the lab: its mode without encryption takes place in December 2022.',
    rule: 'Encryption at rest is the default now: the choice is not whether, but with whose key.',
    facts: ['F-GEN-006', 'F-GEN-007', 'F-HDR-035', 'F-NON-001'],
    exams: ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SOA-C03'],
    topics: ['bucket defaults', 'headers'],
  },
};
