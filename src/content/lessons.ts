import type { FactId, LessonId } from '../engine/index.ts';

/** Words for one act of a lesson. */
export interface ActText {
  /** For a tab; at most 28 characters. Gives nothing away. */
  readonly title: string;
  /** What to look for, before and while the act runs. */
  readonly look: string;
  /** What it showed, once its last step is reached. */
  readonly shown: string;
  /** Sources of `shown`. */
  readonly facts: readonly FactId[];
}

/** Words for a lesson. */
export interface LessonText {
  readonly title: string;
  /** One sentence for the list of lessons. */
  readonly line: string;
  /** By the name of the act in the lesson's plan. */
  readonly acts: Readonly<Record<string, ActText>>;
  /** What to keep of it, after its last act. */
  readonly takeaway: string;
}

/** The lessons, in the order of the list. */
export const LESSON_TEXTS: Readonly<Record<LessonId, LessonText>> = {
  'material-description': {
    title: 'Three wrapping keys, one fits',
    line: 'A note stored with the object tells your client which of its wrapping keys opens it.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'Your key ring holds three wrapping keys. Watch which of them locks the data key, and what is written beside the ciphertext.',
        shown:
          'The first key of the ring locked the data key. Its material description travels as metadata that anybody may read; the key itself stayed with you.',
        facts: ['F-CSR-001', 'F-CSR-003', 'F-FMT-036'],
      },
      download: {
        title: 'You download',
        look: 'Three keys are at hand again. Watch what the client reads before it chooses one.',
        shown:
          'Material descriptions were compared until one fitted, and only that key was tried. They are no lock: nothing binds them to the encrypted data key.',
        facts: ['F-CSR-012', 'F-CSR-022'],
      },
    },
    takeaway:
      'Describe each wrapping key from the first day on. Then you can add new ones, and old objects still open.',
  },
  'rotate-wrapping-key': {
    title: 'A new key, the same object',
    line: 'You rewrap the instruction file under a new key pair; no byte of the object moves.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'The encrypted data key goes into an object of its own, the instruction file. See what stays with the ciphertext.',
        shown:
          'Two objects lie in S3. The instruction file holds the encrypted data key; key commitment and message id stay with the ciphertext.',
        facts: ['F-FMT-085', 'F-FMT-088'],
      },
      rewrap: {
        title: 'You rewrap',
        look: 'Follow the data key while it changes its envelope. And count how often the object itself is read or written.',
        shown:
          'The old private key opened the data key, the new public key locked it, and the small file was replaced. The ciphertext stayed where it was, however large.',
        facts: ['F-CSR-026'],
      },
      'download-new-key': {
        title: 'The new key',
        look: 'The key ring of your client has only the new key pair now. See which instruction file it reads.',
        shown: 'The new key opens the object: same data key, same ciphertext, same key commitment as before.',
        facts: ['F-CSR-012', 'F-FMT-075'],
      },
      'download-old-key': {
        title: 'The old key',
        look: 'Once more, with only the old key pair in the ring. Where does it stop?',
        shown:
          'The old key opens nothing that lies in S3 now. But the data key is still the same: who kept the old file and the old key can open the object.',
        facts: ['F-ERR-108'],
      },
    },
    takeaway:
      'Rewrapping changes who can open an object from now on, for the price of one small file. It does not undo a key that has leaked: for that, encrypt the object anew.',
  },
  'swap-v2': {
    title: 'The swapped file (V2)',
    line: 'Somebody swaps one small file, and your object opens to another text.',
    acts: {
      plant: {
        title: 'An insider uploads',
        look: 'An administrator with write access makes one ciphertext that two data keys open, and uploads it with the envelope of the first.',
        shown:
          'S3 has an object and its instruction file, both as they should be. That a second data key fits the same bytes, nobody can see.',
        facts: ['F-FMT-087', 'F-FMT-065'],
      },
      'read-before': {
        title: 'You read',
        look: 'Open the object the way every reader does. Remember what it says.',
        shown:
          'The data key opens, the authentication tag fits, and the payment can be read. The noise behind it is the price of the trick; no check sees it.',
        facts: ['F-CSR-014'],
      },
      swap: {
        title: 'The insider strikes',
        look: 'The administrator writes once. Watch what is replaced, and what is not.',
        shown:
          'Only the instruction file is new. The object kept its bytes and its ETag, and your private key was never needed: the public one locks.',
        facts: ['F-FMT-089', 'F-CSR-003'],
      },
      'read-after': {
        title: 'You read again',
        look: 'The same object, the same client, the same key. Compare the text with what you read before.',
        shown:
          'Another text, and every check passed. AES-GCM shows that bytes fit a key; it does not promise that they fit only one.',
        facts: ['F-FMT-005'],
      },
    },
    takeaway:
      'Without key commitment an instruction file decides what your object says. This is why format V3 exists, and why clients now refuse V2 unless you allow it.',
  },
  'swap-v3': {
    title: 'The swapped file (V3)',
    line: 'The same attack against key commitment.',
    acts: {
      plant: {
        title: 'An insider uploads',
        look: 'The same trick again: one ciphertext, two data keys. But format V3 wants a key commitment with the object. Whose will it be?',
        shown:
          'The object carries the commitment to one data key, and it lies with the ciphertext, not in the instruction file.',
        facts: ['F-FMT-088', 'F-CSR-004'],
      },
      'read-before': {
        title: 'You read',
        look: 'Watch the client compute the commitment from the data key, and compare.',
        shown: 'The commitment is that of this data key, so the client decrypts.',
        facts: ['F-CSR-013', 'F-FMT-075'],
      },
      swap: {
        title: 'The insider strikes',
        look: 'The administrator swaps the instruction file as before.',
        shown: 'The file now holds the other data key. The commitment on the object stayed what it was.',
        facts: ['F-FMT-088', 'F-ERR-103'],
      },
      'read-after': {
        title: 'You read again',
        look: 'The other data key unwraps without complaint. Watch the next check.',
        shown:
          'The commitments differ, and the client stops before it decrypts a single byte. You are told only that decryption failed; the reason stands in the trace.',
        facts: ['F-ERR-100', 'F-CSR-013'],
      },
    },
    takeaway: 'A key commitment pins an object to one data key. Keep the policy that requires it: it is the default.',
  },
  'lost-key': {
    title: 'The lost wrapping key',
    line: 'Your only wrapping key is gone, and AWS has everything but that.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'Watch the wrapping key: it works on your side and never leaves it. Nobody else gets a copy.',
        shown: 'S3 has the ciphertext and the encrypted data key. The one key that opens it lies with you alone.',
        facts: ['F-CSR-001', 'F-CSR-006'],
      },
      'lose-and-download': {
        title: 'You lose the key',
        look: 'The wrapping key is overwritten. Then you ask for the object, which S3 gives you gladly.',
        shown:
          'Every byte came back, and none of it opens. There is nobody to ask: what AWS holds was never enough to open it.',
        facts: ['F-CSR-010', 'F-ERR-108'],
      },
    },
    takeaway: 'With a wrapping key of your own, keeping it safe is your job, for as long as the objects matter.',
  },
  'two-layers': {
    title: 'Two layers: yours and S3’s',
    line: 'Client-side encryption inside, SSE-KMS outside: each stops somebody else.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'You lock the object first. Then S3 locks what it got once more, with a data key from KMS. Count the locks on the disks.',
        shown:
          'Your ciphertext lies inside that of S3. Two data keys, two wrapping keys, and neither side knows the key of the other.',
        facts: ['F-CSR-007', 'F-GEN-019'],
      },
      download: {
        title: 'You download',
        look: 'The layers come off in turn. Which room opens which?',
        shown: 'S3 took off its layer with the help of KMS; yours came off on your side only.',
        facts: ['F-CSR-010', 'F-CSR-014'],
      },
      'plain-download': {
        title: 'An administrator tries',
        look: 'An S3 administrator without permission for the KMS key asks with an ordinary client.',
        shown:
          'KMS does not open the outer layer for them, so they get not even your ciphertext. With it they could have done nothing but flip bits.',
        facts: ['F-GEN-019', 'F-CSR-021'],
      },
    },
    takeaway:
      'The inner layer keeps AWS and its administrators out. The outer one adds a policy and a log to each access.',
  },
  range: {
    title: 'A range without a seal',
    line: 'A part of an object can be decrypted, but nothing shows whether it was changed.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'You pay 10 euros: the amount says 0000010.00. One authentication tag seals the whole object, at its very end.',
        shown: 'The tag seals all bytes together. Who does not read all of them cannot check it.',
        facts: ['F-CSR-005'],
      },
      tamper: {
        title: 'An insider changes a byte',
        look: 'An administrator fetches the ciphertext, changes one byte of it and writes it back, all without a key.',
        shown:
          'S3 stored it like any other upload. Each bit that was flipped in the ciphertext is flipped in the plaintext.',
        facts: ['F-CSR-007', 'F-FMT-094'],
      },
      'read-range': {
        title: 'You read a part',
        look: 'Your client is allowed to read ranges. See what it decrypts, and what it cannot check.',
        shown:
          'The amount says 0090010.00, and no check failed. The commitment was verified: it speaks of the key, not of the bytes.',
        facts: ['F-FMT-092', 'F-FMT-095'],
      },
      'read-whole': {
        title: 'You read all',
        look: 'The same object, from its first byte to its tag.',
        shown: 'The tag does not fit, and not one byte is given out.',
        facts: ['F-CSR-014'],
      },
    },
    takeaway:
      'Range reads are off until you turn them on, under a name that warns you. Read the whole when it matters.',
  },
  's3-features': {
    title: 'What S3 can no longer do',
    line: 'To S3 your object is noise: it can keep it and copy it, but not use it.',
    acts: {
      upload: {
        title: 'You upload',
        look: 'See what S3 gets to know: a length, a hash of noise, and some metadata.',
        shown: 'The length is 16 bytes more than yours, and the ETag is that of the ciphertext.',
        facts: ['F-CSR-023', 'F-CSR-024'],
      },
      'plain-download': {
        title: 'A plain download',
        look: 'An ordinary S3 client asks for the object, as the console, a presigned URL or a query service would.',
        shown: 'Noise. Whatever reads the object on the side of AWS reads the same.',
        facts: ['F-CSR-028', 'F-CSR-030'],
      },
      copy: {
        title: 'A copy',
        look: 'S3 copies the object, and you ask it to write new metadata. Watch what does not come along.',
        shown:
          'The ciphertext was copied byte for byte. The encrypted data key lived in the metadata, and that was replaced.',
        facts: ['F-CSR-025'],
      },
      'download-copy': {
        title: 'You open the copy',
        look: 'You have the right wrapping key, and the client asks for the copy.',
        shown: 'There is nothing left to unwrap. The client looks for an instruction file, finds none, and gives up.',
        facts: ['F-ERR-107', 'F-FMT-040'],
      },
    },
    takeaway: 'The metadata is part of the object. Copy it along, and do not expect S3 to search, convert or preview.',
  },
  'encryption-sdk': {
    title: 'Two libraries, two formats',
    line: 'The AWS Encryption SDK and the S3 Encryption Client do not read each other.',
    acts: {
      'upload-sdk-message': {
        title: 'The SDK writes',
        look: 'You seal the object as the AWS Encryption SDK would: header, encrypted data key and ciphertext in one message.',
        shown:
          'Header, encrypted data key and ciphertext lie in the bytes themselves. The metadata says nothing of them.',
        facts: ['F-FMT-020'],
      },
      'open-sdk-message': {
        title: 'The client reads',
        look: 'Now the S3 Encryption Client asks for it, with the same wrapping key. Where does it look?',
        shown:
          'It looked in the metadata and for an instruction file, and found neither. To this client the message is an object that it did not write.',
        facts: ['F-ERR-107', 'F-CSR-033'],
      },
      'upload-client-object': {
        title: 'The client writes',
        look: 'The other way round: the S3 Encryption Client encrypts and uploads the same object, under the same wrapping key.',
        shown: 'Now the body is nothing but ciphertext and tag. Everything needed to open it stands in the metadata.',
        facts: ['F-CSR-006', 'F-FMT-020'],
      },
      'open-with-sdk': {
        title: 'The SDK reads',
        look: 'The AWS Encryption SDK gets the body of this object. Compare how a message of its own would begin.',
        shown: 'It found no header in front, and stopped: it never looks at the metadata of S3.',
        facts: ['F-KMS-018'],
      },
    },
    takeaway:
      'Choose one library for an object and stay with it. Both encrypt well; neither opens what the other wrote.',
  },
};
