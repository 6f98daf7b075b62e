/** Modes in which Amazon S3 alone encrypts, or nobody. */
export const SERVER_SIDE = ['sse-s3', 'sse-kms-aws', 'sse-kms-cmk', 'dsse-kms', 'sse-c', 'none'] as const;

/** Modes in which a call to KMS on the client’s own line is no part of an up- or download. */
export const NO_CALLS_TO_KMS = [...SERVER_SIDE, 'cse-aes', 'cse-rsa'] as const;

/** Modes in which Amazon S3 asks KMS. */
export const S3_ASKS_KMS = ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms'] as const;
