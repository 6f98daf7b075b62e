/** Identity of an artifact: the same bytes in the same role are the same artifact, in every run of a world. */
export type ArtifactId = string;

export type ArtifactKind =
  // content
  | 'plaintext-object'
  | 'ciphertext-object'
  // keys
  | 'data-key'
  | 'derived-key'
  | 'wrapping-key'
  | 'public-key'
  | 'customer-key'
  | 'session-key'
  | 'backing-key'
  | 'domain-key'
  | 's3-root-key'
  // locked keys
  | 'encrypted-data-key'
  | 'exported-key-token'
  // public companions
  | 'key-check'
  | 'checksum'
  | 'encrypted-checksum'
  | 'nonce'
  | 'message-id'
  | 'commitment'
  | 'key-share'
  | 'configuration'
  /** What a client keeps beside its object: the envelope, as an object of its own (F-FMT-085). */
  | 'instruction-file'
  // what travels and what is written down
  | 'message'
  | 'capture'
  | 'log-record';

/** A labelled run of bytes inside an artifact. `end` is exclusive; both count from the artifact's first byte. */
export interface Field {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** A fact that says what this field is, or that its layout is our model. */
  readonly factId?: string;
}

/** What opens an artifact, and what is found inside. */
export interface Lock {
  readonly keyId: ArtifactId;
  readonly contents: readonly ArtifactId[];
  /** For example `AES-256-GCM`, `RSA-OAEP-SHA1`. */
  readonly algorithm: string;
}

/** Anything worth following. Plain data: it serialises. */
export interface Artifact {
  readonly id: ArtifactId;
  readonly kind: ArtifactKind;
  /** In words, without its letter: `report.txt`, `data key`. User text may be part of it: never markup. */
  readonly name: string;
  /** Short name of a key for life: `A`, `K`, `A′`. Only keys have one. */
  readonly letter?: string;
  /** Bytes; `undefined` for a handle whose bytes the platform does not give out. */
  readonly byteLength?: number;
  /** A non-extractable CryptoKey: nobody can read its bytes, not even this page. */
  readonly isHandle: boolean;
  /** May only be where the secret law allows it. */
  readonly isSecret: boolean;
  /** First 8 bytes of SHA-256 in hex; of samples for artifacts over 1 MiB. For a handle, a number of the world. */
  readonly fingerprint: string;
  /** The fingerprint is of samples: two such artifacts of one length that differ elsewhere count as the same one. */
  readonly isSampled?: true;
  /** The first bytes in hex, at most 1,024 bytes. */
  readonly head: string;
  /** The last bytes in hex, at most 32, when `head` does not reach the end. */
  readonly tail: string;
  readonly fields: readonly Field[];
  readonly lock?: Lock;
  /** Keys (or shares) from which whoever holds them can compute this one. */
  readonly derivedFrom?: readonly ArtifactId[];
}
