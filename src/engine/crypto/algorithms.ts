interface AlgorithmTable {
  /** Seals objects, keys and records (NIST SP 800-38D). */
  readonly aesGcm: {
    readonly name: 'AES-256-GCM';
    readonly keyBytes: 32;
    readonly ivBytes: 12;
    readonly tagBytes: 16;
  };
  /** Large objects are sealed in frames of this many plaintext bytes: our model (F-SIM-001). */
  readonly framed: { readonly name: 'AES-256-GCM, framed'; readonly frameBytes: 262144 };
  /** Wraps data keys under a customer's RSA key (RFC 8017, 7.1). */
  readonly rsaOaep: { readonly name: 'RSA-OAEP-SHA1'; readonly modulusBits: 2048; readonly modulusBytes: 256 };
  /** Wraps data keys under an AES key (RFC 3394). */
  readonly aesKeyWrap: { readonly name: 'AES-KW-256'; readonly keyBytes: 32; readonly wrappedBytes: 40 };
  /** Derives keys and commitments (RFC 5869). */
  readonly hkdfSha512: { readonly name: 'HKDF-SHA-512' };
  /** Derives the session key of the line (RFC 5869). */
  readonly hkdfSha256: { readonly name: 'HKDF-SHA-256' };
  /** Checks and derives (RFC 2104). */
  readonly hmacSha256: { readonly name: 'HMAC-SHA-256'; readonly macBytes: 32 };
  /** Agrees on a secret (RFC 7748). */
  readonly x25519: { readonly name: 'X25519'; readonly keyBytes: 32 };
  /** Records of the TLS-like line (RFC 8446, 5.2): most bytes of content in one, and bytes before it. */
  readonly tlsRecord: { readonly name: 'AES-256-GCM'; readonly contentBytes: 16384; readonly headerBytes: 5 };
}

/** Every algorithm of the engine: its name as the trace shows it, and its sizes. */
export const ALGORITHMS: AlgorithmTable = {
  aesGcm: { name: 'AES-256-GCM', keyBytes: 32, ivBytes: 12, tagBytes: 16 },
  framed: { name: 'AES-256-GCM, framed', frameBytes: 262144 },
  rsaOaep: { name: 'RSA-OAEP-SHA1', modulusBits: 2048, modulusBytes: 256 },
  aesKeyWrap: { name: 'AES-KW-256', keyBytes: 32, wrappedBytes: 40 },
  hkdfSha512: { name: 'HKDF-SHA-512' },
  hkdfSha256: { name: 'HKDF-SHA-256' },
  hmacSha256: { name: 'HMAC-SHA-256', macBytes: 32 },
  x25519: { name: 'X25519', keyBytes: 32 },
  tlsRecord: { name: 'AES-256-GCM', contentBytes: 16384, headerBytes: 5 },
};
