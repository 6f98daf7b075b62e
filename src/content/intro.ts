/** A card of the two-minute introduction. */
export interface IntroCard {
  readonly title: string;
  /** At most 45 words. */
  readonly text: string;
  /** The word to remember. */
  readonly term: string;
}

/** First the rooms, then five words. */
export const INTRO_CARDS: readonly IntroCard[] = [
  {
    title: 'Five rooms',
    text: 'Your side is your program. The network can be tapped. Amazon S3 works in memory and keeps things on disks. AWS KMS guards keys inside an HSM. CloudTrail writes down who did what. Always ask: which room can read what, right now?',
    term: 'room',
  },
  {
    title: 'The key that stays home',
    text: 'A root key never leaves its home: S3’s own, KMS’s inside the HSM, or yours on your side. It does not encrypt your object. It only locks other keys.',
    term: 'root key',
  },
  {
    title: 'One key for one object',
    text: 'A data key is 256 random bits that encrypt the bytes of a single object. It is needed for a moment only. Then it is overwritten with zeros, and you see it break.',
    term: 'data key',
  },
  {
    title: 'A key in an envelope',
    text: 'Before the data key goes, a copy is locked under the root key. This encrypted data key lies beside the ciphertext. Useless to a thief of disks, it is all that is needed to open the object later.',
    term: 'encrypted data key',
  },
  {
    title: 'A label that must match',
    text: 'KMS can bind an encryption context to a data key, such as the name of the object. It is not secret. But with another context than before, KMS does not open the data key.',
    term: 'encryption context',
  },
  {
    title: 'Who may use what',
    text: 'A policy says which principal may do what. S3 has a gate, and KMS has one of its own. Pass the first and fail at the second, and you still get nothing.',
    term: 'policy',
  },
];
