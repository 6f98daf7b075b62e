import type { FactId, Leak, Mode, Transport } from '../engine/index.ts';

/** Words for one leak. */
export interface LeakText {
  /** After "The attacker holds …"; at most 34 characters. */
  readonly label: string;
  /** Heads a narrow column; at most 14 characters. */
  readonly short: string;
  /** What that is, in one line. */
  readonly line: string;
}

/** What may have leaked, in the attacker's words. */
export const LEAK_TEXTS: Readonly<Record<Leak, LeakText>> = {
  disk: {
    label: 'the disks',
    short: 'Disks',
    line: 'Everything that lies on S3’s disks: objects, encrypted data keys, metadata.',
  },
  'encrypted-data-key': {
    label: 'the encrypted data keys',
    short: 'Locked keys',
    line: 'The encrypted data keys alone, without the object they belong to.',
  },
  'bucket-policy': {
    label: 'an open bucket policy',
    short: 'Open bucket',
    line: 'The bucket admits everybody to GetObject, and nothing keeps the public out.',
  },
  'access-key': {
    label: 'an access key',
    short: 'Access key',
    line: 'Credentials of a user of the account who may GetObject, and nothing in KMS.',
  },
  network: {
    label: 'a recording of the line',
    short: 'Recording',
    line: 'All that crossed the network during upload and download.',
  },
  'kms-use': {
    label: 'the right to use the KMS key',
    short: 'kms:Decrypt',
    line: 'Credentials with kms:Decrypt, and nothing in S3.',
  },
  'client-key': {
    label: 'the customer’s own key',
    short: 'Own key',
    line: 'The SSE-C key or the wrapping key, where there is one that has bytes to copy.',
  },
  's3-memory': {
    label: 'a look into S3’s memory',
    short: 'S3 memory',
    line: 'What an operator inside S3 sees at one moment of the upload.',
  },
};

/** How an attack came out, as it can be read from its trace. */
export type AttackResult =
  /** The object lies open. */
  | 'open'
  /** Something of it is there, and locked. */
  | 'locked'
  /** Nothing of it is there. */
  | 'nothing';

/** What settled it. */
export type AttackWay =
  /** The object was among the loot. */
  | 'lies-open'
  /** S3 gave it out in plaintext. */
  | 's3-opened'
  /** KMS opened the data key. */
  | 'kms-opened'
  /** A key among the loot opened it. */
  | 'key-opened'
  /** A session key opened the recorded line. */
  | 'line-opened'
  /** KMS said no: to S3 on the attacker's behalf, or to the attacker. */
  | 'kms-refused'
  /** S3 said no. */
  | 's3-refused'
  /** No key that fits. */
  | 'no-key'
  /** Not even ciphertext. */
  | 'no-object';

/** The word for each result. */
export const RESULT_WORDS: Readonly<Record<AttackResult, string>> = {
  open: 'Opens',
  locked: 'Ciphertext only',
  nothing: 'Nothing',
};

/** What there is to learn from a result. All conditions that are given must hold; the first such lesson counts. */
export interface AttackLesson {
  readonly way: AttackWay;
  readonly modes?: readonly Mode[];
  /** Leaks that must be there. */
  readonly leaks?: readonly Leak[];
  /** Leaks that must not be there. */
  readonly lacks?: readonly Leak[];
  readonly transport?: Transport;
  readonly text: string;
  readonly facts: readonly FactId[];
}

const KMS: readonly Mode[] = ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'];
const CLIENT: readonly Mode[] = ['cse-aes', 'cse-rsa', 'cse-kms'];

export const ATTACK_LESSONS: readonly AttackLesson[] = [
  // what opens
  {
    way: 'lies-open',
    modes: ['none'],
    leaks: ['disk'],
    text: 'Nothing was encrypted at rest: who has the disk has the object.',
    facts: ['F-NON-001'],
  },
  {
    way: 'lies-open',
    modes: ['sse-c'],
    leaks: ['network'],
    transport: 'http',
    text: 'S3 refuses SSE-C over plain HTTP, but too late: object and key have crossed the line in the open.',
    facts: ['F-SSC-004'],
  },
  {
    way: 'lies-open',
    modes: KMS,
    leaks: ['network'],
    transport: 'http',
    text: 'S3 refuses KMS modes over plain HTTP, but too late: the object has crossed the line in the open.',
    facts: ['F-KSM-060', 'F-GEN-018'],
  },
  {
    way: 'lies-open',
    leaks: ['network'],
    transport: 'http',
    text: 'Encryption at rest begins behind the line: over plain HTTP the object itself can be recorded.',
    facts: ['F-GEN-018', 'F-GEN-001'],
  },
  {
    way: 'lies-open',
    leaks: ['s3-memory'],
    text: 'Server-side means that S3 reads the plaintext for a moment: who sees its memory then needs no key.',
    facts: ['F-GEN-001'],
  },
  {
    way: 's3-opened',
    modes: ['sse-s3'],
    text: 'S3 decrypts for whoever it lets in: under SSE-S3 the right to read is the right to decrypt.',
    facts: ['F-S3M-012'],
  },
  {
    way: 's3-opened',
    modes: ['none'],
    text: 'There is nothing to decrypt: the right to read is all it takes.',
    facts: ['F-NON-001'],
  },
  {
    way: 's3-opened',
    modes: ['sse-kms-aws'],
    text: 'The policy of aws/s3 admits the whole account through S3: the right to read is enough.',
    facts: ['F-KSM-035', 'F-KSM-036'],
  },
  {
    way: 's3-opened',
    modes: ['sse-kms-cmk', 'dsse-kms'],
    text: 'Two gates, two rights: with reading and kms:Decrypt in one hand, S3 opens whatever lies in between.',
    facts: ['F-KSM-051'],
  },
  {
    way: 's3-opened',
    modes: ['sse-c'],
    text: 'With the right to read and the customer key in the headers, S3 decrypts for anybody.',
    facts: ['F-SSC-012'],
  },
  {
    way: 'kms-opened',
    modes: CLIENT,
    text: 'KMS opens the data key for every caller with kms:Decrypt; then ciphertext from anywhere will do.',
    facts: ['F-CSK-020', 'F-CSK-012'],
  },
  {
    way: 'kms-opened',
    text: 'The encrypted data key lies beside the object, and its context is no secret: kms:Decrypt opens both.',
    facts: ['F-KSM-073'],
  },
  {
    way: 'key-opened',
    modes: ['sse-c'],
    text: 'Under SSE-C the customer key itself encrypts the object: key and ciphertext are all it takes.',
    facts: ['F-SSC-006'],
  },
  {
    way: 'key-opened',
    modes: CLIENT,
    text: 'The wrapping key opens the data key, and that the object: AWS has no gate in between.',
    facts: ['F-CSR-012'],
  },
  {
    way: 'key-opened',
    text: 'A data key in plaintext opens its object, wherever the ciphertext comes from.',
    facts: ['F-KSM-006'],
  },
  {
    way: 'line-opened',
    text: 'The session key in S3’s memory opens the recorded line: TLS protects the way, not its ends.',
    facts: ['F-GEN-017', 'F-SIM-100'],
  },
  // what stays shut
  {
    way: 'kms-refused',
    modes: ['sse-kms-aws'],
    leaks: ['kms-use'],
    text: 'The policy of aws/s3 admits requests through S3 only: who calls KMS directly is refused, whatever their rights.',
    facts: ['F-KSM-035'],
  },
  {
    way: 'kms-refused',
    text: 'The right to read is not the right to decrypt: without kms:Decrypt the second gate stays shut.',
    facts: ['F-KSM-051', 'F-KMS-077'],
  },
  {
    way: 's3-refused',
    modes: KMS,
    leaks: ['bucket-policy'],
    lacks: ['access-key', 'kms-use'],
    text: 'A public bucket does not make a KMS-protected object public: requests without signature never reach the key.',
    facts: ['F-KSM-061', 'F-ERR-034'],
  },
  {
    way: 's3-refused',
    modes: ['sse-c'],
    lacks: ['kms-use'],
    text: 'Without the key in the headers S3 cannot open the object itself: it keeps only a salted HMAC of the key.',
    facts: ['F-SSC-007', 'F-SSC-011'],
  },
  {
    way: 's3-refused',
    leaks: ['kms-use'],
    lacks: ['access-key', 'bucket-policy'],
    text: 'kms:Decrypt opens data keys, not buckets: without s3:GetObject there is nothing to decrypt.',
    facts: ['F-KSM-051'],
  },
  {
    way: 's3-refused',
    text: 'S3 refuses: what this request needs is not among the loot.',
    facts: ['F-S3M-011'],
  },
  {
    way: 'no-key',
    modes: ['cse-rsa'],
    leaks: ['client-key'],
    text: 'The private key is a handle that the platform gives to nobody; what leaks is the public key, and that only locks.',
    facts: ['F-SIM-103', 'F-CSR-012'],
  },
  {
    way: 'no-key',
    modes: ['cse-aes', 'cse-kms'],
    leaks: ['disk'],
    lacks: ['access-key', 'bucket-policy'],
    text: 'On the disks S3’s own layer lies around the client’s ciphertext: without S3’s root key even that stays shut.',
    facts: ['F-GEN-019', 'F-S3M-006'],
  },
  {
    way: 'no-key',
    modes: CLIENT,
    text: 'S3 has never had more than ciphertext: whatever it gives out or loses stays shut without the customer’s side.',
    facts: ['F-CSR-007'],
  },
  {
    way: 'no-key',
    modes: ['dsse-kms'],
    leaks: ['disk', 'kms-use'],
    text: 'KMS opens the inner layer’s key, but the outer layer is under a key of S3’s: two keepers, two keys.',
    facts: ['F-DSS-004'],
  },
  {
    way: 'no-key',
    modes: ['sse-s3'],
    leaks: ['disk'],
    text: 'Ciphertext and encrypted data key lie side by side; the root key that opens them does not lie there.',
    facts: ['F-S3M-006'],
  },
  {
    way: 'no-key',
    modes: KMS,
    leaks: ['disk'],
    text: 'Ciphertext and encrypted data key lie side by side; only KMS opens the latter, and only for who may.',
    facts: ['F-KMS-009', 'F-KSM-051'],
  },
  {
    way: 'no-key',
    modes: ['sse-c'],
    leaks: ['disk'],
    text: 'S3 keeps a salted HMAC of the key, not the key: the disks alone open nothing.',
    facts: ['F-SSC-007'],
  },
  {
    way: 'no-key',
    leaks: ['network'],
    text: 'Over HTTPS a recording is noise: the session key was never on the line.',
    facts: ['F-GEN-017'],
  },
  {
    way: 'no-key',
    text: 'What is there is locked, and its key is elsewhere.',
    facts: ['F-S3M-006'],
  },
  {
    way: 'no-object',
    leaks: ['encrypted-data-key'],
    text: 'An encrypted data key is safe to keep beside its object for this reason: alone it opens nothing.',
    facts: ['F-KMS-009'],
  },
  {
    way: 'no-object',
    leaks: ['s3-memory'],
    text: 'At this moment nothing of the object is in S3’s memory: plaintext is there for a short while only.',
    facts: ['F-KSM-006'],
  },
  {
    way: 'no-object',
    modes: ['cse-rsa'],
    leaks: ['client-key'],
    text: 'What leaks is the public key, and that only locks: the private key is a handle that nobody can copy.',
    facts: ['F-SIM-103'],
  },
  {
    way: 'no-object',
    modes: ['sse-c', 'cse-aes'],
    leaks: ['client-key'],
    text: 'A key without ciphertext opens nothing: somebody must still get at the object.',
    facts: ['F-SSC-011', 'F-CSR-012'],
  },
  {
    way: 'no-object',
    leaks: ['client-key'],
    text: 'In this mode the customer has no key of their own that could leak.',
    facts: ['F-GEN-001'],
  },
  {
    way: 'no-object',
    text: 'Nothing has leaked that has to do with this object.',
    facts: ['F-SIM-106'],
  },
];

/** The lesson of a result. There is one for each way. */
export function findLesson(asked: {
  readonly way: AttackWay;
  readonly mode: Mode;
  readonly leaks: readonly Leak[];
  readonly transport: Transport;
}): AttackLesson | undefined {
  const { way, mode, leaks, transport } = asked;
  return ATTACK_LESSONS.find(
    lesson =>
      lesson.way === way &&
      (lesson.modes?.includes(mode) ?? true) &&
      (lesson.leaks?.every(leak => leaks.includes(leak)) ?? true) &&
      !(lesson.lacks ?? []).some(leak => leaks.includes(leak)) &&
      (lesson.transport ?? transport) === transport,
  );
}
