import { NEVER, type Requirement } from './requirement.ts';
import { AWS_KEY_POLICY, OWN_KEY_POLICY, S3_ALONE } from './shared.ts';

const download = { operation: 'download', transport: 'https', principal: 'owner' } as const;

/** Who else must get at the object, and on which way. */
export const accessRequirements: readonly Requirement[] = [
  {
    id: 'cross-account',
    label: 'Another account reads',
    ask: 'shares the encrypted objects with another AWS account, which reads them as itself.',
    meaning: 'Look for the gates on the way of a download, and whether you can open each of them to another account.',
    trial: {
      run: download,
      shows: {
        yes: { any: [OWN_KEY_POLICY, { all: [{ has: { step: 's3.authorize', gate: 's3' } }, ...S3_ALONE] }] },
        partly: { any: [{ has: { step: 's3.checkKey' } }, { has: { step: 'client.unwrapDataKey', actor: 'client' } }] },
        no: AWS_KEY_POLICY,
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'S3’s gate is the only one: a bucket policy, and the reader’s own IAM policy, open it.',
        facts: ['F-S3M-020', 'F-S3M-023'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'The policy of aws/s3 admits this account only, and nobody can change it.',
        facts: ['F-KSM-037', 'F-KMS-046'],
        proof: {
          run: { experiment: 'cross-account-aws-s3', act: 'broken' },
          shows: { has: { verb: 'denied', gate: 'kms' } },
        },
      },
      'sse-kms-cmk': {
        meets: 'yes',
        reason: 'Open both gates: bucket policy and key policy here, IAM policies for S3 and KMS over there.',
        facts: ['F-KSM-037', 'F-KSM-064'],
        proof: {
          run: { experiment: 'cross-account-customer-key', act: 'fixed' },
          shows: { all: [{ has: { verb: 'authorized', gate: 'kms' } }, { ends: { isOk: true } }] },
        },
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'As with SSE-KMS, your key’s policy and the bucket’s can both admit the other account.',
        facts: ['F-DSS-032', 'F-KSM-064'],
      },
      'sse-c': {
        meets: 'partly',
        reason: 'It works once the other account has the key, which you have to bring there yourselves.',
        facts: ['F-SSC-023', 'F-SSC-034'],
      },
      'cse-aes': {
        meets: 'partly',
        reason: 'It works once the other account has your secret wrapping key and the encryption client.',
        facts: ['F-CSR-012', 'F-CSR-020'],
      },
      'cse-rsa': {
        meets: 'partly',
        reason: 'It works once the other account has the private key and the encryption client.',
        facts: ['F-CSR-012', 'F-CSR-020'],
      },
      'cse-kms': {
        meets: 'yes',
        reason: 'A customer managed key can admit the other account, whose client then asks KMS itself.',
        facts: ['F-CSK-020', 'F-KMS-046'],
      },
    },
  },
  {
    id: 'public-read',
    label: 'Anonymous visitors read',
    ask: 'serves the objects to anonymous visitors, for example as a static website.',
    meaning: 'Look for a gate that asks who is calling, and for a key that a visitor would have to bring.',
    trial: {
      run: download,
      shows: {
        yes: { all: [{ has: { step: 's3.decrypt' } }, ...S3_ALONE] },
        partly: NEVER,
        no: {
          any: [
            { has: { step: 's3.checkKey' } },
            { has: { step: 'client.decrypt' } },
            { has: { step: 'kms.authorize', gate: 'kms' } },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'S3 opens it for whomever the bucket policy admits, even those who do not sign.',
        facts: ['F-S3M-020', 'F-S3M-023'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'The gate at KMS needs a caller with a valid signature; a visitor has none.',
        facts: ['F-KSM-060', 'F-KSM-061'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'The gate at KMS needs a caller with a valid signature; a visitor has none.',
        facts: ['F-KSM-060', 'F-KSM-061'],
        proof: {
          run: { experiment: 'anonymous-read', act: 'broken' },
          shows: { ends: { isOk: false, code: 'InvalidArgument' } },
        },
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'The gate at KMS needs a caller with a valid signature; a visitor has none.',
        facts: ['F-KSM-060', 'F-DSS-032'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'Every GET has to bring the key, which a visitor’s browser does not have.',
        facts: ['F-HDR-021', 'F-ERR-009'],
      },
      'cse-aes': {
        meets: 'no',
        reason: 'Visitors would get ciphertext.',
        facts: ['F-CSR-010', 'F-CSR-028'],
      },
      'cse-rsa': {
        meets: 'no',
        reason: 'Visitors would get ciphertext.',
        facts: ['F-CSR-010', 'F-CSR-028'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'Visitors would get ciphertext.',
        facts: ['F-CSR-010', 'F-CSR-028'],
      },
    },
  },
  {
    id: 'plain-http',
    label: 'Devices without TLS',
    ask: 'has devices that speak plain HTTP only, and nobody on the line may read what they send.',
    meaning: 'Look at the upload over plain HTTP: is it taken, and what does a tap on the line record?',
    trial: {
      run: { operation: 'upload', transport: 'http', principal: 'owner' },
      shows: {
        yes: {
          all: [
            { has: { step: 'client.encrypt' } },
            { lacks: { step: 'wire.handshake' } },
            { lacks: { kind: 'plaintext-object', place: 'network' } },
            { ends: { isOk: true } },
          ],
        },
        partly: { all: [{ has: { step: 'wire.handshake' } }, { ends: { isOk: true } }] },
        no: {
          any: [
            { has: { step: 's3.refuse' } },
            { all: [{ has: { kind: 'plaintext-object', place: 'network' } }, { ends: { isOk: true } }] },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'S3 takes the request, but whoever taps the line reads all of it: SSE begins at S3.',
        facts: ['F-GEN-018', 'F-POL-017'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'S3 refuses a KMS-protected object over plain HTTP.',
        facts: ['F-KSM-060', 'F-ERR-035'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'S3 refuses a KMS-protected object over plain HTTP.',
        facts: ['F-KSM-060', 'F-ERR-035'],
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'S3 refuses a KMS-protected object over plain HTTP, whatever the number of layers.',
        facts: ['F-KSM-060', 'F-ERR-035'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'S3 refuses it, and the key that went over the open line counts as compromised.',
        facts: ['F-SSC-004'],
      },
      'cse-aes': {
        meets: 'yes',
        reason: 'The line carries ciphertext only, though names and metadata stay readable.',
        facts: ['F-GEN-018', 'F-CSR-006'],
      },
      'cse-rsa': {
        meets: 'yes',
        reason: 'The line carries ciphertext only, and the device needs no more than a public key.',
        facts: ['F-GEN-018', 'F-CSR-003'],
      },
      'cse-kms': {
        meets: 'partly',
        reason: 'The object travels as ciphertext, but KMS is called over HTTPS, which the device would need.',
        facts: ['F-KMS-020', 'F-CSR-006'],
      },
    },
  },
];
