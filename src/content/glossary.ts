/** A word of this lab and its meaning in one line. */
export interface GlossaryEntry {
  readonly term: string;
  readonly meaning: string;
}

/** In alphabetical order. */
export const GLOSSARY: readonly GlossaryEntry[] = [
  { term: 'AAD', meaning: 'Data that is authenticated together with a ciphertext, but not encrypted.' },
  { term: 'artifact', meaning: 'Anything worth following here: an object, a key, a hash, a record.' },
  { term: 'authentication tag', meaning: 'Sixteen bytes that show whether a single bit of a ciphertext was changed.' },
  { term: 'checksum', meaning: 'A short value computed from bytes: other bytes give another value.' },
  { term: 'ciphertext', meaning: 'Content after encryption: without the right key it is noise.' },
  { term: 'ciphertext blob', meaning: 'What KMS returns when it encrypts: only KMS can open it.' },
  { term: 'client-side encryption', meaning: 'You encrypt before you upload; AWS stores what it cannot read.' },
  {
    term: 'commitment policy',
    meaning: 'What a client demands of objects: key commitment when writing, when opening, or neither.',
  },
  { term: 'custody', meaning: 'Which room holds what, and what it can read with it, at a given step.' },
  { term: 'customer-provided key', meaning: 'The key you send with each SSE-C request.' },
  { term: 'data key', meaning: 'A symmetric key that encrypts the bytes of one object.' },
  { term: 'derived key', meaning: 'A key computed from another key.' },
  { term: 'discard', meaning: 'To drop a secret; its buffer is overwritten with zeros.' },
  { term: 'encrypted data key', meaning: 'The data key, locked under a wrapping key; it may lie in the open.' },
  { term: 'encryption context', meaning: 'Names and values, not secret, that KMS binds to what it encrypts.' },
  { term: 'envelope', meaning: 'The encrypted data key and all else that it takes to open an object.' },
  { term: 'envelope encryption', meaning: 'The object is locked by a data key, and the data key by a wrapping key.' },
  { term: 'experiment', meaning: 'A run in which one thing is broken on purpose.' },
  { term: 'fact', meaning: 'A statement with a source and an id.' },
  { term: 'grant', meaning: 'A permission for a KMS key that can only allow.' },
  { term: 'HSM', meaning: 'A hardware security module: keys work inside it and do not come out.' },
  { term: 'HSM backing key', meaning: 'The secret bytes behind one version of a KMS key.' },
  { term: 'instruction file', meaning: 'An object beside an encrypted one that holds its envelope.' },
  { term: 'IV', meaning: 'A number used once, so that equal content encrypts differently.' },
  { term: 'key commitment', meaning: 'A value that pins an object to the one data key it was encrypted under.' },
  { term: 'key material', meaning: 'The secret bytes behind a KMS key, in one or more versions.' },
  { term: 'key MD5', meaning: 'The MD5 of an SSE-C key, sent along to find damage on the way.' },
  { term: 'KMS key', meaning: 'A key in AWS KMS with an ARN, a policy and a state; its secret stays in the HSM.' },
  {
    term: 'material description',
    meaning: 'Names and values with which you tell your wrapping keys apart; they prove nothing.',
  },
  {
    term: 'message id',
    meaning: 'Random bytes from which, with the data key, format V3 derives key and commitment.',
  },
  { term: 'object name', meaning: 'What S3 calls the key of an object; here it is called its name.' },
  { term: 'plaintext', meaning: 'Content before encryption, or after decryption.' },
  { term: 'policy', meaning: 'A document that says which principal may do what.' },
  { term: 'principal', meaning: 'Who asks: a user, a role or a service.' },
  { term: 'root key', meaning: 'A wrapping key that never leaves its home.' },
  { term: 'S3 Bucket Key', meaning: 'A short-lived key from KMS that spares S3 a KMS call for each object.' },
  { term: 'salted HMAC', meaning: 'A keyed hash with random salt: it recognises a key and gives nothing away.' },
  { term: 'scenario', meaning: 'A guided run with a goal.' },
  { term: 'session key', meaning: 'A key that protects one connection and is then discarded.' },
  { term: 'trace', meaning: 'The record of a real run; everything on the screen comes from it.' },
  { term: 'wrapping key', meaning: 'A key that encrypts only other keys.' },
  { term: 'zeroize', meaning: 'To overwrite a buffer with zeros.' },
];
