import type { ExperimentText } from './text.ts';

/** Words for experiments about new encryption for objects that exist. */
export const COPY_TEXTS: Readonly<Record<string, ExperimentText>> = {
  'copy-changes-key': {
    title: 'A new key by copying',
    line: 'You copy an object onto itself under another KMS key.',
    situation:
      'Your object lies under one KMS key, and you want it under another. You may use both. You copy the object onto itself, and name the new key in the headers.',
    setup:
      'Your identity policy allows `kms:GenerateDataKey`, `kms:Decrypt`, `kms:Encrypt` and `kms:ReEncrypt*` on both keys, and both key policies leave that to your account.',
    question: 'What on S3’s disks is new afterwards?',
    options: {
      envelope: {
        text: 'The encrypted data key, and nothing else',
        refutes:
          'It would be enough, and another call does just that. A copy does not: it reads the object and writes a new one.',
      },
      everything: { text: 'Both: ciphertext and encrypted data key' },
      nothing: {
        text: 'Neither: S3 only notes the new key’s name',
        refutes:
          'A name opens nothing. The data key was locked under the old KMS key, and the new one could not open it.',
      },
      refused: {
        text: 'Nothing: an object cannot be copied onto itself',
        refutes:
          'S3 refuses such a copy only when nothing would change. With another encryption it is the classic way to encrypt anew.',
      },
    },
    why: 'A copy is easily taken for a small operation on labels. It is a download and an upload inside S3: KMS opened the old data key, S3 decrypted the object, got a new data key under the new KMS key, and encrypted every byte again. In a large bucket that takes time, and it needs `kms:Decrypt` on the old key and `kms:GenerateDataKey` on the new one.',
    rule: 'A copy gives new bytes under a new data key: use it when the old data key must go.',
    facts: ['F-CPY-006', 'F-CPY-001', 'F-KSM-057', 'F-CPY-008'],
    exams: ['DVA-C02', 'SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['copies', 'KMS keys'],
  },
  'update-changes-key': {
    title: 'A new key without copying',
    line: 'You give an object another KMS key with UpdateObjectEncryption.',
    situation:
      'Your object lies under one KMS key, and you want it under another. You may use both. You call UpdateObjectEncryption and name the new key.',
    setup:
      'Your identity policy allows `kms:GenerateDataKey`, `kms:Decrypt`, `kms:Encrypt` and `kms:ReEncrypt*` on both keys, and both key policies leave that to your account.',
    question: 'What on S3’s disks is new afterwards?',
    options: {
      everything: {
        text: 'Both: ciphertext and encrypted data key',
        refutes: 'So it is with a copy, for years the only way. Here S3 never touches the object itself.',
      },
      nothing: {
        text: 'Neither: S3 only notes the new key’s name',
        refutes:
          'A name opens nothing. The data key had to be locked under the new KMS key, or nobody could open it there.',
      },
      envelope: { text: 'The encrypted data key, and nothing else' },
      refused: {
        text: 'Nothing: only a copy changes the encryption',
        refutes: 'Older material says so. Since January 2026 there is a call of its own.',
      },
    },
    why: 'That a new key means new ciphertext is wrong where there are envelopes. KMS opened the data key with the old KMS key and locked it with the new one, and the open data key never left the HSM; S3 replaced one small blob. The ciphertext is the same, byte for byte, and so are ETag and date. For the same reason the data key is the same: who had it, still has it.',
    rule: 'To change who may open an object, change its envelope; to change its data key, copy it.',
    facts: ['F-UOE-001', 'F-UOE-002', 'F-UOE-003', 'F-KMS-025'],
    exams: ['SAA-C03', 'SOA-C03', 'SCS-C03', 'SAP-C02'],
    topics: ['copies', 'KMS keys', 'rotation'],
  },
  'copy-lowers-protection': {
    title: 'A copy for a new content type',
    line: 'You copy an object onto itself to correct its metadata.',
    situation:
      'Your object lies under your KMS key; the bucket’s default is still SSE-S3. You copied it onto itself once and named mode and key. Now you correct its content type by another copy, and name no encryption.',
    question: 'How is the object protected afterwards?',
    options: {
      'as-the-source': {
        text: 'As before, `aws:kms`: it is the same object',
        refutes:
          'A copy should be like what it was copied from. Of the encryption that is not so: S3 asks the request and then the target bucket, never the source.',
      },
      'as-the-bucket': { text: 'By SSE-S3, `AES256`: as the bucket’s default' },
      refused: {
        text: 'As before: the copy is refused',
        refutes: 'Nothing forbids it. You may read the source and write the target, and S3 is content with that.',
      },
      'not-at-all': {
        text: 'Not at all: the copy is in plaintext',
        refutes: 'Since 2023 nothing new is stored without encryption. It is weaker protection, not none.',
      },
    },
    why: 'That a copy keeps its encryption is wrong, and here it costs something. The run opened the data key with KMS one last time and stored the copy under S3’s own root key. In a further act an S3 administrator without any right in KMS downloads it; before the copy KMS would have stopped them. Nobody got a warning.',
    rule: 'Name mode and key in every copy, or set the bucket’s default to what you want.',
    fix: 'Set the bucket’s default to SSE-KMS with your key, and make the same copy again.',
    fixed: 'The copy names no encryption and falls to the default, which is your key now: the answer says `aws:kms`.',
    facts: ['F-CPY-001', 'F-CPY-002', 'F-S3M-023', 'F-GEN-007'],
    exams: ['SAA-C03', 'DVA-C02', 'SOA-C03', 'SCS-C03'],
    topics: ['copies', 'bucket defaults'],
  },
};
