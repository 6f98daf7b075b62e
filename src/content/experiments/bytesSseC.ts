import type { ExperimentText } from './text.ts';

const UNBLOCKED = 'SSE-C was unblocked in this bucket first: new buckets block it.';

/** Words for experiments about keys that customers send along (SSE-C). */
export const SSE_C_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'sse-c-wrong-key': {
    title: 'The other key',
    line: 'You ask for an SSE-C object with a key that is in perfect order, but another one.',
    situation:
      'The object went up under a key of yours. Now you ask for it with another one: 32 bytes, its MD5 computed as it should be.',
    setup: UNBLOCKED,
    question: 'What does S3 answer?',
    options: {
      noise: {
        text: '200, and the bytes that come out are noise',
        refutes:
          'Plain AES would turn a wrong key into noise. S3 never gets that far: it compares the key with what it kept of the first one, before it decrypts.',
      },
      md5: {
        text: '400, because the MD5 of the key does not fit',
        refutes:
          'The MD5 fits: it belongs to the key that you sent. It shows that the key arrived whole, and says nothing about whether it is the right one.',
      },
      check: { text: '403, because S3 can tell that it is not the key' },
      invalid: {
        text: '400, the same answer as for no key at all',
        refutes:
          'No key and a wrong key are two answers. A missing key is an invalid request (400); a wrong one is a denied request (403).',
      },
    },
    why: 'S3 did not keep your first key: at upload it stored a salted HMAC of it. Now it computed the same from the key you sent, and the two differ. That the MD5 proves the right key is a common belief, and it is wrong: the MD5 was equal in this very run. Which HMAC AWS uses is not published; the one you see is our model.',
    rule: 'With SSE-C a **wrong key** is 403 `AccessDenied`; the key’s MD5 only guards the way to S3.',
    facts: ['F-SSC-011', 'F-SSC-012', 'F-ERR-010', 'F-SSC-005', 'F-SIM-005'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['SSE-C', 'headers', 'integrity'],
  },
  'sse-c-no-key': {
    title: 'No key in the request',
    line: 'An ordinary download of an object that went up under a key of yours.',
    situation:
      'The object is stored with SSE-C. You may read the bucket, and you ask with an ordinary GET: no key, no extra header.',
    setup: UNBLOCKED,
    question: 'What comes back?',
    options: {
      plaintext: {
        text: '200 and your text: S3 has the key on file',
        refutes:
          'With the other modes S3 finds a locked data key beside the object. Here there is none: the key was overwritten when the upload was over.',
      },
      invalid: { text: '400 `InvalidRequest`: a parameter is missing' },
      forbidden: {
        text: '403 `AccessDenied`: you have no right to the key',
        refutes:
          'Nothing was denied: the S3 gate let you pass. What is missing is a part of the request, so S3 calls the request invalid.',
      },
      ciphertext: {
        text: '200 and the ciphertext, as it lies on the disks',
        refutes:
          'S3 never hands out what lies on its disks. It decrypts, or it refuses; only client-side encryption makes it serve ciphertext, because to S3 that is the object.',
      },
    },
    why: 'You passed the gate, and S3 knew which object you meant. It could not open it: what lies beside the ciphertext is a salted HMAC of the key, which opens nothing. That S3 keeps your key somewhere is a common belief, and it is wrong.',
    rule: 'An SSE-C object is read with the same three headers it was written with; without them S3 answers 400.',
    facts: ['F-ERR-009', 'F-SSC-010', 'F-SSC-020'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['SSE-C', 'headers'],
  },
  'sse-c-head-without-key': {
    title: 'Only a look at the headers',
    line: 'HEAD reads no content. Does it need the key?',
    situation:
      'You want to know how large an SSE-C object is. You send a HEAD request, which brings no content, and leave the key at home.',
    setup: UNBLOCKED,
    question: 'What does S3 answer to the HEAD without a key?',
    options: {
      headers: {
        text: '200 and the headers: nothing has to be decrypted',
        refutes:
          'It is true that nothing would have to be decrypted. S3 asks for the key all the same before it says anything about such an object.',
      },
      told: {
        text: '400, with an error document that names the reason',
        refutes:
          'The status is right, the document is not there: an answer to HEAD never has a body, not even when it is an error.',
      },
      forbidden: {
        text: '403 `AccessDenied`, since metadata is protected too',
        refutes: '403 is what a wrong key gets. A missing one makes the request invalid: 400.',
      },
      silent: { text: '400, and no word about the reason anywhere' },
    },
    why: 'HEAD of an SSE-C object needs the three headers like GET. S3 had a reason, which you find in the trace; but an answer to HEAD has no body, so the client sees a bare 400. Programs then show “Bad Request” and nothing else.',
    rule: 'A bare 400 on HEAD is often SSE-C without its key: send the headers, or try a GET to read the reason.',
    facts: ['F-SSC-027', 'F-HED-001', 'F-HED-003', 'F-ERR-009'],
    exams: ['DVA-C02', 'SOA-C03'],
    topics: ['SSE-C', 'headers'],
  },
  'sse-c-key-lost': {
    title: 'The key is gone',
    line: 'Your only copy of an SSE-C key is overwritten. Who can help?',
    situation:
      'The object lies in S3, whole and undamaged. The key lay with you alone, and now it is lost. You ask S3 for the object.',
    setup: UNBLOCKED,
    question: 'How does it end?',
    options: {
      shut: { text: 'Refused with 400; every byte is still there, and shut' },
      rebuilt: {
        text: 'S3 rebuilds the key from what it stored of it',
        refutes:
          'What S3 stored is an HMAC of the key, under a random salt. It can confirm a key that somebody brings; it cannot be turned round.',
      },
      kms: {
        text: 'S3 turns to KMS, which has a copy of the key',
        refutes: 'KMS has no part in SSE-C: no call, no key, no record. Count its events in this run: there are none.',
      },
      cleared: {
        text: 'Refused, and S3 clears what nobody can open',
        refutes: 'S3 does not know that the key is lost. The ciphertext stays, and goes on costing storage.',
      },
    },
    why: 'Look at what S3 holds: the same ciphertext as before, and a salted HMAC. None of it opens anything, so there is nothing that AWS Support could restore. The belief that “AWS has it somewhere” is what makes people careless with these keys.',
    rule: 'With SSE-C a lost key is a lost object: keep the keys as safely as the data, and know which key belongs to which object.',
    facts: ['F-SSC-020', 'F-SSC-023', 'F-SSC-034', 'F-ERR-009'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['SSE-C'],
  },
  'sse-c-delete-without-key': {
    title: 'Delete without the key',
    line: 'Somebody says that SSE-C wants the key in every request. You try a DELETE.',
    situation:
      'A download with the key went well, and a list without it too. Now you send a DELETE for the SSE-C object, and no key.',
    setup: UNBLOCKED,
    question: 'What does S3 do?',
    options: {
      invalid: {
        text: '400: the key belongs into every request',
        refutes:
          'That rule is in many courses, and it goes too far. Only requests that read or write an object’s data or metadata need the key.',
      },
      forbidden: {
        text: '403: without the key the object is not yours',
        refutes: 'Whether you may delete is decided by policies alone. The key proves nothing about who you are.',
      },
      deleted: { text: '204: the object and its key check are gone' },
      kept: {
        text: '204, but the ciphertext stays until the key comes',
        refutes: 'To drop bytes from a disk nobody has to open them. They were gone at once.',
      },
    },
    why: '“The key goes into every request” is wrong. A DELETE names an object and opens nothing; a list names many and opens none. S3 checked `s3:DeleteObject` and dropped the ciphertext together with the HMAC of your key.',
    rule: 'SSE-C protects what an object says, not that it exists: against deletion you need policies, and versions.',
    facts: ['F-SSC-028', 'F-HDR-030', 'F-GEN-011'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['SSE-C', 'headers', 'permissions'],
  },
  'sse-c-over-http': {
    title: 'The key on an open line',
    line: 'An SSE-C upload over plain HTTP, with somebody listening.',
    situation:
      'Your script says `http://` where it should say `https://`. It sends an SSE-C upload: text, key and MD5 in one request.',
    setup: UNBLOCKED,
    question: 'How does it end, for you and for whoever listens?',
    options: {
      safe: {
        text: 'Refused in time: the key never leaves your side',
        refutes:
          'S3 can refuse only what has reached it. When its answer came, the request had crossed the line from end to end.',
      },
      leaked: { text: 'Refused, and the listener has text and key' },
      works: {
        text: 'Stored: the object is encrypted, so HTTP will do',
        refutes:
          'S3 accepts no SSE-C over plain HTTP, inside a VPC or anywhere else: the key itself would travel in the clear.',
      },
      redirect: {
        text: 'Redirected: S3 sends you to the HTTPS address',
        refutes: 'There is no redirect. And it would come too late: the first request had the key in its headers.',
      },
    },
    why: 'S3 refused, and that saved nothing. The refusal stops the upload; it cannot take back what crossed the line. AWS says the same: treat a key that was sent over HTTP as compromised.',
    rule: 'A key that has once travelled over plain HTTP is burnt, even if the request was refused: use HTTPS and another key.',
    fix: 'Take another key, and send the same upload over HTTPS.',
    fixed: 'S3 stored the object, and on the line there is nothing but records that the listener cannot open.',
    facts: ['F-SSC-004', 'F-ERR-001', 'F-GEN-018'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['SSE-C', 'transport'],
  },
  'sse-c-blocked': {
    title: 'SSE-C in a new bucket',
    line: 'A recipe from an older course, tried in a bucket that was made today.',
    situation:
      'You made a bucket this morning and changed nothing. An upload with SSE-S3 goes well. You are the owner; now you upload with SSE-C.',
    question: 'What happens to the SSE-C upload?',
    options: {
      stored: {
        text: '200: a key of your own is all that SSE-C needs',
        refutes:
          'So it was for years, and so the older courses show it. Since April 2026 new buckets block SSE-C from the start.',
      },
      permission: {
        text: '403: your policy lacks a permission for SSE-C',
        refutes:
          'The same code, another reason. No policy has a permission for SSE-C, and the gate said “allow”: it is the bucket that refuses.',
      },
      downgraded: {
        text: '200, but S3 takes its default, SSE-S3, instead',
        refutes: 'S3 does not change what you asked for behind your back. A mode that is blocked is refused.',
      },
      blocked: { text: '403: you may write, but this bucket blocks SSE-C' },
    },
    why: 'Look at the gate: it let you pass. The refusal comes after it, from the bucket’s encryption configuration, which blocks SSE-C in new buckets unless you say otherwise. That `AccessDenied` always means a missing permission is wrong: here no permission helps. AWS’s reason: such a key must be shared with every reader, which suits few workloads today.',
    rule: 'When SSE-C “suddenly” gets 403 in a new bucket, look at the bucket’s blocked encryption types, not at policies.',
    fix: 'Put `NONE` into the list of blocked types with PutBucketEncryption, and upload again.',
    fixed: 'The same upload by the same person was stored: only the bucket’s configuration had changed.',
    facts: ['F-BLK-003', 'F-BLK-006', 'F-BLK-008', 'F-BLK-016', 'F-ERR-016'],
    exams: [],
    topics: ['SSE-C', 'bucket defaults'],
  },
  'sse-c-or-client-side': {
    title: 'In both I hold the key',
    line: 'SSE-C or client-side encryption: what does S3 get to hold?',
    situation:
      'First you encrypt on your side and upload the ciphertext. Then you upload with SSE-C. In both the key is yours, and AWS has no copy of it.',
    setup: UNBLOCKED,
    question: 'During the SSE-C upload, what is in S3’s memory?',
    options: {
      both: { text: 'Your text and your key, both, for a moment' },
      ciphertext: {
        text: 'Ciphertext only: the key is mine, as before',
        refutes:
          'That was the client-side upload. With SSE-C it is S3 that encrypts, so it has to be given something to encrypt.',
      },
      text: {
        text: 'Your text, but never the key: only its MD5',
        refutes:
          'An MD5 encrypts nothing. S3 needs the 32 bytes of the key themselves, and they travelled in a header.',
      },
      kept: {
        text: 'Both, and the key goes to the disk afterwards',
        refutes:
          'The key was overwritten as soon as the object was encrypted. On the disks there is a salted HMAC of it.',
      },
    },
    why: '“I hold the key, so AWS never sees my text” is wrong for SSE-C. The S stands for server: S3 received the text and the key, encrypted, and then forgot both. In the client-side run neither of the two was ever there. With SSE-C you trust AWS to forget; with client-side encryption there is nothing to forget.',
    rule: 'Ask who encrypts, not who owns the key: with **SSE-C** S3 sees text and key for a moment, client-side it sees neither.',
    facts: ['F-SSC-002', 'F-SSC-006', 'F-SSC-008', 'F-CSR-001', 'F-GEN-002'],
    exams: ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['SSE-C', 'client-side'],
  },
};
