import type { Mode, Operation, PrincipalName, Transport } from '../engine/index.ts';

/** Words for one choice of the set-up. */
export interface ChoiceText {
  /** For buttons and lists; at most 16 characters. */
  readonly label: string;
  /** For a menu line. */
  readonly short: string;
  /** One sentence. */
  readonly summary: string;
}

/** Words for a mode. `family` groups the picker. */
export interface ModeText extends ChoiceText {
  readonly family: 'server' | 'client' | 'history';
}

/** The nine modes. `summary` says who holds the key that matters. */
export const MODE_TEXTS: Readonly<Record<Mode, ModeText>> = {
  'sse-s3': {
    label: 'SSE-S3',
    short: 'S3 does it all',
    summary: 'S3 makes the data key and holds the root key that wraps it: whoever may read in S3 reads plaintext.',
    family: 'server',
  },
  'sse-kms-aws': {
    label: 'SSE-KMS aws/s3',
    short: 'KMS, with AWS’s key in your account',
    summary:
      'KMS holds the AWS managed key aws/s3 that wraps the data key: its policy lets in your whole account, through S3.',
    family: 'server',
  },
  'sse-kms-cmk': {
    label: 'SSE-KMS own key',
    short: 'KMS, with a key that you manage',
    summary: 'KMS holds your customer managed key that wraps the data key: you decide in its policy who may use it.',
    family: 'server',
  },
  'dsse-kms': {
    label: 'DSSE-KMS',
    short: 'Two layers, one key from KMS and one from S3',
    summary: 'KMS holds the key to the inner layer and S3 the key to the outer one: both must open.',
    family: 'server',
  },
  'sse-c': {
    label: 'SSE-C',
    short: 'You bring the key with each request',
    summary: 'You hold the customer key and send it with each request; S3 uses it for a moment and forgets it.',
    family: 'server',
  },
  'cse-aes': {
    label: 'Client AES',
    short: 'You encrypt, with a secret wrapping key',
    summary: 'You hold the AES wrapping key on your side; AWS sees nothing but ciphertext.',
    family: 'client',
  },
  'cse-rsa': {
    label: 'Client RSA',
    short: 'You encrypt, with a key pair',
    summary: 'You hold the private key on your side; the public key is enough to upload.',
    family: 'client',
  },
  'cse-kms': {
    label: 'Client KMS',
    short: 'You encrypt, with a data key from KMS',
    summary: 'KMS holds the KMS key and you call it yourself; S3 never sees plaintext or the data key.',
    family: 'client',
  },
  none: {
    label: 'Nothing (2022)',
    short: 'The time before encryption by default',
    summary: 'Nobody holds a key: the object lies on the disks as plaintext, as was possible before 5 January 2023.',
    family: 'history',
  },
};

/** Who asks. */
export const PRINCIPAL_TEXTS: Readonly<Record<PrincipalName, ChoiceText>> = {
  owner: {
    label: 'Owner',
    short: 'The application owner',
    summary: 'You own the application: you may use the bucket and your KMS key.',
  },
  's3-admin': {
    label: 'S3 admin',
    short: 'The S3 administrator',
    summary: 'You administer S3 in the same account, but you have no permission of your own for KMS keys.',
  },
  stranger: {
    label: 'Stranger',
    short: 'Somebody of another account',
    summary: 'You come from another account, and nothing on this side lets you in.',
  },
};

/** How the request travels. */
export const TRANSPORT_TEXTS: Readonly<Record<Transport, ChoiceText>> = {
  https: {
    label: 'HTTPS',
    short: 'Inside TLS',
    summary: 'Whoever taps the line records ciphertext only.',
  },
  http: {
    label: 'HTTP',
    short: 'In the open',
    summary: 'Whoever taps the line reads all that you send and receive.',
  },
};

/** Which way the object goes. */
export const OPERATION_TEXTS: Readonly<Record<Operation, ChoiceText>> = {
  upload: {
    label: 'Upload',
    short: 'Put an object into the bucket',
    summary: 'You send an object to S3 and watch how it comes to rest.',
  },
  download: {
    label: 'Download',
    short: 'Get the object back',
    summary: 'You ask for the object and watch who opens what on its way back.',
  },
};
