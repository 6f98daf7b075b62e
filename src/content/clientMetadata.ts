/** What an entry of the S3 Encryption Client's envelope is. */
export interface ClientMetadataText {
  /** A few words, to stand beside the entry. */
  readonly label: string;
  /** What a value means that does not say so itself. */
  readonly values?: Readonly<Record<string, string>>;
  readonly factId: string;
}

/** By the entry's name, as it stands in an instruction file; in a header `x-amz-meta-` comes before it (F-FMT-020). */
export const CLIENT_METADATA: Readonly<Record<string, ClientMetadataText>> = {
  'x-amz-key': { label: 'encrypted data key, in the oldest format', factId: 'F-FMT-021' },
  'x-amz-key-v2': { label: 'encrypted data key', factId: 'F-FMT-022' },
  'x-amz-iv': { label: 'IV of the content', factId: 'F-FMT-023' },
  'x-amz-matdesc': { label: 'material description; with KMS the encryption context', factId: 'F-FMT-024' },
  'x-amz-wrap-alg': { label: 'how the data key is wrapped', factId: 'F-FMT-025' },
  'x-amz-cek-alg': { label: 'how the content is encrypted', factId: 'F-FMT-026' },
  'x-amz-tag-len': { label: 'bits of the authentication tag', factId: 'F-FMT-027' },
  'x-amz-unencrypted-content-length': { label: 'bytes of plaintext', factId: 'F-FMT-028' },
  'x-amz-crypto-instr-file': { label: 'marks this object as an instruction file', factId: 'F-FMT-029' },
  'x-amz-c': {
    label: 'how the content is encrypted',
    values: { '115': 'AES-256-GCM with key commitment' },
    factId: 'F-FMT-030',
  },
  'x-amz-3': { label: 'encrypted data key', factId: 'F-FMT-031' },
  'x-amz-w': {
    label: 'how the data key is wrapped',
    values: { '02': 'AES-GCM', '12': 'KMS, with context', '22': 'RSA-OAEP with SHA-1' },
    factId: 'F-FMT-032',
  },
  'x-amz-d': { label: 'key commitment', factId: 'F-FMT-033' },
  'x-amz-i': { label: 'message id', factId: 'F-FMT-034' },
  'x-amz-t': { label: 'encryption context for KMS', factId: 'F-FMT-035' },
  'x-amz-m': { label: 'material description: which wrapping key', factId: 'F-FMT-036' },
};
