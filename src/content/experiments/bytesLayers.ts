import type { ExperimentText } from './text.ts';

/** Words for experiments about damage, KMS's part, two layers, and what a client has locked itself. */
export const LAYER_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'flip-ciphertext': {
    title: 'One bit of the ciphertext',
    line: 'A single bit turns over on S3’s disks. How much is lost?',
    situation:
      'An object lies under your KMS key. One bit of its ciphertext turns over; nothing else is touched. Then you download.',
    question: 'What do you get?',
    options: {
      letter: {
        text: '200 and a text with one wrong letter in it',
        refutes:
          'Encryption alone would give just that. The cipher here also seals: its authentication tag covers every bit.',
      },
      client: {
        text: '200, and your client’s checksum finds the fault',
        refutes: 'Your client would find it, had it got anything. S3 found it first, and sent nothing.',
      },
      whole: { text: 'Nothing: KMS opens the data key, then S3 stops' },
      kms: {
        text: 'Nothing: KMS refuses to open the data key',
        refutes: 'KMS does not know the object. It got the encrypted data key, which is whole, and opened it.',
      },
    },
    why: 'AES in Galois/Counter Mode encrypts and seals. KMS did its part; but when S3 decrypted, the tag did not fit, and not one byte was given out. That a small fault spoils a small piece is wrong under a seal. The damage is a deed of this lab, and so is the answer 500: real S3 keeps several copies and repairs them before anybody reads.',
    rule: 'An authentication tag turns one flipped bit into no plaintext at all: changed bytes are refused, not delivered.',
    fix: 'Upload the object again, as from a backup, and download.',
    fixed: 'The new ciphertext has a tag that fits. Nothing could have repaired the old one.',
    facts: ['F-SIM-105', 'F-SIM-001', 'F-ALG-001'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['integrity', 'KMS keys'],
  },
  'flip-encrypted-data-key': {
    title: 'One bit of the encrypted data key',
    line: 'The object is whole; the small locked key beside it is not.',
    situation:
      'An object lies under your KMS key, and every byte of its ciphertext is as it was. One bit of the encrypted data key beside it turns over.',
    question: 'Who notices, when you download?',
    options: {
      kms: { text: 'KMS: it refuses, and S3 has nothing to open with' },
      noise: {
        text: 'Nobody: S3 decrypts with a wrong key, into noise',
        refutes:
          'A wrong key would be found by the object’s tag in any case. It did not come to that: no key came out.',
      },
      s3: {
        text: 'S3: a wrong data key comes out, and its tag fails',
        refutes: 'KMS seals what it locks, too. It gives out the data key as it was, or none.',
      },
      spare: {
        text: 'Nobody: S3 takes the copy that KMS has kept',
        refutes: 'KMS keeps no data keys. The encrypted one beside the object is the only copy there is.',
      },
    },
    why: 'KMS sealed the encrypted data key when it made it. With one bit changed it does not open, and KMS gives no explanation. The ciphertext is whole, and is lost all the same: that KMS keeps a copy of your data keys is wrong. The damage is a deed of this lab; so is the way S3 passes the error on.',
    rule: 'The encrypted data key is as precious as the object: without it the KMS key is of no use.',
    fix: 'Upload the object again, as from a backup, and download.',
    fixed: 'A new upload brought a new data key. The old ciphertext stayed shut for good.',
    facts: ['F-ERR-084', 'F-KMS-009', 'F-KMS-007', 'F-SIM-105'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['integrity', 'KMS keys'],
  },
  'flip-tag': {
    title: 'One bit of the seal',
    line: 'The content is whole. Only the authentication tag is not.',
    situation:
      'An object lies there under SSE-S3. One bit turns over in the 16 bytes at its end, the authentication tag. The encrypted content is as it was.',
    question: 'What does a download bring?',
    options: {
      fine: {
        text: 'The whole text: the content is undamaged',
        refutes: 'It is, but nobody can know that. A seal that does not fit says “changed”, not “where”.',
      },
      nothing: { text: 'Nothing: S3 gives out no byte of it' },
      repaired: {
        text: 'The whole text: S3 makes the tag anew and stores it',
        refutes: 'Then a seal would be worth nothing: whoever changes the content could have it sealed again.',
      },
      client: {
        text: 'The text, and a warning from your client’s checksum',
        refutes: 'The checksum of the content would even fit. But nothing reached your client.',
      },
    },
    why: 'S3 computed the tag from what it had read, compared it with what stood at the end, and stopped. It cannot tell a damaged tag from damaged content, so it gives out neither. To think that the tag is a mere addition is wrong: a decryption that cannot confirm it must give nothing out. The damage and the answer 500 are of this lab; real S3 keeps copies.',
    rule: 'With authenticated encryption the **tag** decides: content without a seal that fits counts as changed.',
    fix: 'Upload the object again, as from a backup, and download.',
    fixed: 'The same text with a new seal opens.',
    facts: ['F-SIM-105', 'F-SIM-001', 'F-ALG-001'],
    exams: ['SCS-C03'],
    topics: ['integrity'],
  },
  'kms-encrypts-my-file': {
    title: 'A file for KMS',
    line: 'KMS encrypts, so you send it your file.',
    situation:
      'KMS has just encrypted 32 bytes for you. Now you send it a file of 5,001 bytes, with the operation Encrypt. You have the permission.',
    question: 'What does KMS do with the file?',
    options: {
      encrypts: {
        text: 'It encrypts it: that is what KMS keys are for',
        refutes:
          'A KMS key encrypts keys, and small secrets at most. Files are encrypted by whoever has them, with a data key.',
      },
      pieces: {
        text: 'It encrypts it, in pieces of 4,096 bytes',
        refutes: '4,096 bytes is indeed the limit, but KMS cuts nothing up: what is longer is refused.',
      },
      refused: { text: 'It refuses: more than 4,096 bytes are no input' },
      denied: {
        text: 'It refuses: `kms:Encrypt` is not enough for files',
        refutes: 'Permissions were fine, as the call before shows. It is the length that KMS does not take.',
      },
    },
    why: 'That “KMS encrypts my file” is wrong, for 5,001 bytes as for 5 GB. KMS takes at most 4,096 bytes, because it is made for keys. Your file went all the way to KMS in this run, and all that came back was a `ValidationException`.',
    rule: 'Envelope encryption: KMS locks a 32-byte **data key**, and the data key locks the file.',
    fix: 'Upload the file with SSE-KMS, and follow the line between S3 and KMS.',
    fixed: 'KMS made and locked a data key of 32 bytes. The file was encrypted in S3 and never came near KMS.',
    facts: ['F-KMS-017', 'F-ERR-090', 'F-KSM-003', 'F-KSM-006'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['KMS keys', 'cost and quotas'],
  },
  'dsse-two-kms-keys': {
    title: 'Two layers, how many KMS keys?',
    line: 'DSSE-KMS encrypts twice. Count who is asked for keys.',
    situation:
      'You upload with SSE-KMS: one layer, one call to KMS. Then you upload with DSSE-KMS, which encrypts in two layers.',
    question: 'Where do the two keys of the layers come from?',
    options: {
      twice: {
        text: 'Both from KMS: two calls, two data keys',
        refutes: 'Two layers sound like two calls. Count them: KMS was asked once, and its log has one record.',
      },
      once: { text: 'One from KMS, the other from S3 itself' },
      reused: {
        text: 'One from KMS, which S3 uses for both layers',
        refutes:
          'Then the second layer would fall together with the first. The two keys are separate and have nothing in common.',
      },
    },
    why: 'That DSSE-KMS uses two KMS keys is wrong, however often it is written. KMS gave one data key for the inner layer. The key of the outer layer S3 made itself, and locked it under a root key of its own. That this key is new for each object is our model.',
    rule: 'DSSE-KMS is one KMS key and one key of S3: two layers, and one call to KMS an upload.',
    facts: ['F-DSS-002', 'F-DSS-003', 'F-DSS-004', 'F-SIM-013'],
    exams: ['SCS-C03'],
    topics: ['KMS keys', 'audit'],
  },
  'dsse-bucket-key': {
    title: 'A Bucket Key for two layers',
    line: 'Bucket Keys save calls to KMS. Do they with DSSE-KMS?',
    situation:
      'With SSE-KMS and a Bucket Key your second upload needs no call to KMS. Now you do the same with DSSE-KMS: two uploads, each with the header that asks for a Bucket Key.',
    question: 'What becomes of the second DSSE-KMS upload?',
    options: {
      refused: {
        text: '400: the header is not allowed with DSSE-KMS',
        refutes:
          'One would expect so, but the header is reported to be accepted. It has no effect, and nobody says so.',
      },
      used: {
        text: 'It is stored, and KMS is not asked again',
        refutes: 'That is SSE-KMS with a Bucket Key. DSSE-KMS has none, so each upload asks KMS anew.',
      },
      ignored: { text: 'It is stored, and KMS is asked all the same' },
      single: {
        text: 'It is stored with one layer, as SSE-KMS',
        refutes: 'The answer says `aws:kms:dsse`. A header that has no effect does not change the mode.',
      },
    },
    why: 'Bucket Keys work with SSE-KMS only. With DSSE-KMS the header was taken without a word: the answer does not name a Bucket Key, and KMS was asked for a data key of this object. That it is ignored and not refused is reported by users, not documented.',
    rule: 'No Bucket Keys with DSSE-KMS: count on one call to KMS for each upload and each download.',
    facts: ['F-DSS-021', 'F-DSS-022', 'F-BKY-002', 'F-DSS-026'],
    exams: ['SAA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['Bucket Keys', 'cost and quotas', 'headers'],
  },
  'client-side-from-console': {
    title: 'A plain client, a locked object',
    line: 'An object that your program encrypted is downloaded without that program.',
    situation:
      'You encrypted the object on your side before the upload. Now you fetch it as the console or the command line would: the same credentials, an ordinary GET.',
    question: 'What lands on your side?',
    options: {
      text: {
        text: 'Your text: S3 decrypts what it has encrypted',
        refutes: 'It did take off its own layer. Under it lies yours, and S3 has no key to that.',
      },
      noise: { text: '200 and ciphertext, a little longer than the text' },
      denied: {
        text: '403: without the wrapping key you may not read',
        refutes: 'S3 does not know that there is a wrapping key. Your permissions are fine, so it delivers.',
      },
      invalid: {
        text: '400: S3 needs to be told how to decrypt',
        refutes:
          'That is SSE-C. Here S3 has nothing to decrypt with, and does not know that there is anything to decrypt.',
      },
    },
    why: 'Nothing failed, and that is the trap: the status is 200, the checksum fits, and the file is noise. That “S3 decrypts on download” is true of S3’s own layer only. The ciphertext is 16 bytes longer than the text, by its tag; and what is needed to open it travelled in the metadata, which a plain client leaves lying.',
    rule: 'What a client has locked only a client with the key opens: console, links and query services deliver ciphertext.',
    facts: ['F-CSR-028', 'F-CSR-023', 'F-CSR-010', 'F-CSR-030'],
    exams: ['CLF-C02', 'SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['client-side', 'sharing'],
  },
  'copy-loses-metadata': {
    title: 'A copy with new metadata',
    line: 'S3 copies an object that your client has locked, and tidies up its metadata.',
    situation:
      'A plain copy of your client-side encrypted object opens like the original. Now you copy it again, this time with `x-amz-metadata-directive: REPLACE` and an entry of your own.',
    question: 'Can your client open the new copy, with the right wrapping key?',
    options: {
      lost: { text: 'No: the copy succeeds, and what opens it is gone' },
      opens: {
        text: 'Yes: a copy is a copy, byte for byte',
        refutes:
          'The bytes are the same. But the encrypted data key was not among them: it lay in the metadata, which you replaced.',
      },
      refused: {
        text: 'No: S3 refuses to replace such metadata',
        refutes: 'To S3 it is metadata like any other. It has no idea that a key was in it.',
      },
      tag: {
        text: 'No: it decrypts, but the authentication tag fails',
        refutes: 'It never came to decrypting. There was no data key to unwrap.',
      },
    },
    why: 'The copy was answered with 200, and the ciphertext in it is whole. What is missing is the encrypted data key: the client had put it into the object’s metadata, and REPLACE left it behind. The client looked for an instruction file beside the copy, found none, and gave up. A copy that reports success can be a loss.',
    rule: 'Of a client-side encrypted object the **metadata is part of the lock**: copy it along, always.',
    fix: 'Copy once more, with `x-amz-metadata-directive: COPY`.',
    fixed: 'The encrypted data key came along, and the same wrapping key opened the copy.',
    facts: ['F-CSR-025', 'F-CSR-006', 'F-ERR-107'],
    exams: ['DVA-C02', 'SCS-C03'],
    topics: ['client-side', 'copies', 'headers'],
  },
  'client-side-plus-sse': {
    title: 'Encrypted before it arrives',
    line: 'Your client has locked the object. What does S3 do with it?',
    situation:
      'First a plain upload with SSE-S3: one layer. Then your client encrypts the same text itself and uploads the ciphertext, without a word to S3.',
    question: 'What does S3 do with what is ciphertext already?',
    options: {
      once: {
        text: 'It stores it as it is: it is encrypted already',
        refutes: 'S3 cannot tell ciphertext from any other bytes, and does not try. It encrypts every new object.',
      },
      kms: {
        text: 'It asks KMS to lock the client’s data key too',
        refutes: 'S3 does not know of the client’s data key as a key. And nobody asked for KMS in this upload.',
      },
      twice: { text: 'It encrypts it again, with a data key of its own' },
      refused: {
        text: 'It refuses: a client-side object has no SSE mode',
        refutes: 'To S3 it is an object like any other, with a longer body and some metadata.',
      },
    },
    why: 'Two layers that know nothing of each other: yours inside, S3’s outside. That you must choose between client-side and server-side encryption is wrong; since 2023 you always have the second one. In the further acts the bucket’s default is SSE-KMS: then an administrator who may do everything in S3 gets not even the ciphertext, because the outer layer needs a permission in KMS.',
    rule: 'Client-side encryption comes on top of server-side encryption, not in its place.',
    facts: ['F-GEN-019', 'F-CSR-007', 'F-GEN-006'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['client-side', 'bucket defaults'],
  },
  'client-key-lost': {
    title: 'The wrapping key is lost',
    line: 'Your client’s only wrapping key is overwritten. The object is in S3.',
    situation:
      'You locked the object on your side, and only you had the wrapping key. It is overwritten now, without a copy. You ask for the object.',
    question: 'How far do you get?',
    options: {
      kms: {
        text: 'To the text: KMS has a copy of the wrapping key',
        refutes: 'KMS had no part in it. A key of your own is outside AWS from the first day to the last.',
      },
      closed: { text: 'To the ciphertext: all bytes come, none opens' },
      refused: {
        text: 'To the gate: S3 refuses what has no key any more',
        refutes: 'S3 does not know about your key, so it cannot miss it. It delivered what you asked for.',
      },
      opens: {
        text: 'To the text: S3 takes off the layer it had added',
        refutes: 'It took off its own layer, as always. Yours lies under it.',
      },
    },
    why: 'S3 answered with every byte, and with the encrypted data key in the metadata. All that AWS ever had came back to you, and it is not enough. That somebody at AWS can help is wrong by design: if they could, they could also have read the object.',
    rule: 'With a wrapping key of your own nobody can read your objects but you, and nobody can help you either.',
    facts: ['F-CSR-001', 'F-CSR-010', 'F-ERR-108'],
    exams: ['SAA-C03', 'DVA-C02', 'SCS-C03'],
    topics: ['client-side', 'KMS keys'],
  },
  'instruction-file-swapped': {
    title: 'A swapped instruction file',
    line: 'Somebody with write access replaces one small file beside your object.',
    situation:
      'The object was written in format V2, by an insider, and its encrypted data key lies in an instruction file. You read it: a payment to Bob. Then the insider replaces that one file. Your object is untouched.',
    question: 'What does your client make of the object now?',
    options: {
      other: { text: 'It opens, every check passes, and it says something else' },
      unwrap: {
        text: 'It stops: the swapped data key does not unwrap',
        refutes:
          'Your public key locks for anybody, and the insider had it. Your private key opened the swapped data key without complaint.',
      },
      tag: {
        text: 'It stops: another data key, so the tag fails',
        refutes:
          'One would think so. But the insider made this ciphertext so that its tag fits two keys; AES-GCM does not rule that out.',
      },
      same: {
        text: 'It opens as before: the object did not change',
        refutes: 'The object did not, but it opens with another data key now, and to another text.',
      },
    },
    why: 'An authentication tag shows that bytes fit a key; that they fit only one is a common belief, and it is wrong. This ciphertext was made for two data keys, and whoever writes the instruction file chooses between them. No check failed, because none of them asks which key was meant.',
    rule: 'Without **key commitment** a ciphertext can have two readings: write V3, and let your client refuse the rest.',
    fix: 'Play the same attack against format V3, which stores a key commitment with the object.',
    fixed:
      'The swapped data key unwrapped, but it did not fit the commitment, and your client stopped before it decrypted.',
    facts: ['F-FMT-005', 'F-CSR-013', 'F-FMT-088', 'F-ERR-100'],
    exams: ['SCS-C03'],
    topics: ['client-side', 'integrity'],
  },
  'two-plaintexts-one-object': {
    title: 'A part of a sealed object',
    line: 'Somebody changed one byte. You read a range, not the whole.',
    situation:
      'Your client encrypted a payment of 10 euros. An administrator without any key has changed one byte of the ciphertext in S3. Now you read only the range with the amount.',
    question: 'What does the ranged read bring?',
    options: {
      commitment: {
        text: 'Nothing: the key commitment does not fit any more',
        refutes: 'The commitment fits. It speaks of the data key, and that was not touched.',
      },
      tag: {
        text: 'Nothing: the authentication tag does not fit',
        refutes: 'The tag covers the whole object, so with a part of it in hand there is nothing to check it against.',
      },
      s3: {
        text: 'Nothing: S3 notices that the object was changed',
        refutes: 'To S3 it was an ordinary upload, and it sealed what it got with its own layer.',
      },
      changed: { text: 'A readable amount, and it is not 10 euros' },
    },
    why: 'In counter mode a bit of ciphertext is a bit of plaintext: who knows the form of the payment can change a digit without reading one. What stops that is the tag, and a range is read without it. That a part of a sealed object is sealed as well is wrong: it holds for the whole only.',
    rule: 'A range of a sealed object is not sealed: ranged reads are off by default, and this is why.',
    fix: 'Read the whole object instead of a range.',
    fixed: 'Now the tag could be checked, it did not fit, and your client gave out not one byte.',
    facts: ['F-FMT-092', 'F-FMT-095', 'F-CSR-014', 'F-FMT-094'],
    exams: ['SCS-C03'],
    topics: ['client-side', 'integrity'],
  },
};
