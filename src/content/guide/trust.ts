import { NEVER, type Requirement } from './requirement.ts';
import { CLIENT_ENCRYPTS, NO_CLIENT_CRYPTO } from './shared.ts';

const upload = { operation: 'upload', transport: 'https', principal: 'owner' } as const;
const plaintextAtS3 = { kind: 'plaintext-object', place: 's3.memory' } as const;

/** Who must not be trusted, and with what. */
export const trustRequirements: readonly Requirement[] = [
  {
    id: 'separation',
    label: 'Administrators cannot read',
    ask: 'wants storage administrators to manage objects without being able to read them.',
    meaning: 'Look at the download by an S3 administrator who has no permission at KMS: does it end with plaintext?',
    trial: {
      run: { operation: 'download', transport: 'https', principal: 's3-admin' },
      shows: {
        yes: {
          all: [
            {
              any: [
                { has: { gate: 'kms', verb: 'denied' } },
                { has: { step: 's3.refuse' } },
                { has: { step: 'client.fail' } },
              ],
            },
            { ends: { isOk: false } },
          ],
        },
        partly: NEVER,
        no: { all: [{ has: { step: 's3.decrypt' } }, { ends: { isOk: true } }] },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'Whoever has s3:GetObject gets plaintext: there is no second gate.',
        facts: ['F-S3M-023'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'The policy of aws/s3 admits the whole account through S3, so permission for S3 is enough.',
        facts: ['F-KSM-035', 'F-KSM-036'],
      },
      'sse-kms-cmk': {
        meets: 'yes',
        reason: 'Without kms:Decrypt for your key KMS refuses, and S3 passes on a 403.',
        facts: ['F-KMS-077', 'F-KSM-063'],
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'The inner layer opens only with kms:Decrypt for your key.',
        facts: ['F-DSS-032', 'F-KSM-063'],
      },
      'sse-c': {
        meets: 'yes',
        reason: 'Who does not have the key is refused, whatever their permissions.',
        facts: ['F-ERR-009', 'F-ERR-010'],
      },
      'cse-aes': {
        meets: 'yes',
        reason: 'They get the ciphertext, but the wrapping key that opens it is not theirs.',
        facts: ['F-CSR-010', 'F-CSR-012'],
      },
      'cse-rsa': {
        meets: 'yes',
        reason: 'They get the ciphertext, but the private key that opens it is not theirs.',
        facts: ['F-CSR-010', 'F-CSR-012'],
      },
      'cse-kms': {
        meets: 'yes',
        reason: 'They get the ciphertext, but KMS does not open the data key for them.',
        facts: ['F-CSR-010', 'F-CSK-020'],
      },
    },
  },
  {
    id: 'no-plaintext',
    label: 'S3 never sees plaintext',
    ask: 'must encrypt before the data leaves its side, so that AWS never sees plaintext.',
    meaning: 'Look into S3’s memory during the upload: does the plaintext lie there, if only for a moment?',
    trial: {
      run: upload,
      shows: {
        yes: { all: [CLIENT_ENCRYPTS, { lacks: plaintextAtS3 }] },
        partly: NEVER,
        no: { has: plaintextAtS3 },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'TLS ends at S3: it gets the plaintext and encrypts it there.',
        facts: ['F-S3M-001', 'F-S3M-005'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'KMS guards the key only: the plaintext goes to S3, which encrypts it.',
        facts: ['F-KSM-001', 'F-GEN-030'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'The key is yours, yet the plaintext goes to S3, which encrypts it.',
        facts: ['F-KSM-001', 'F-GEN-030'],
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'Both layers are put on at S3, which gets the plaintext first.',
        facts: ['F-DSS-003', 'F-DSS-004'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'You send plaintext and key to S3 in one request.',
        facts: ['F-SSC-002', 'F-SSC-006'],
      },
      'cse-aes': {
        meets: 'yes',
        reason: 'Only ciphertext leaves your side.',
        facts: ['F-GEN-002', 'F-CSR-006'],
      },
      'cse-rsa': {
        meets: 'yes',
        reason: 'Only ciphertext leaves your side.',
        facts: ['F-GEN-002', 'F-CSR-006'],
      },
      'cse-kms': {
        meets: 'yes',
        reason: 'Only ciphertext leaves your side; KMS gives you a data key and never sees the object.',
        facts: ['F-GEN-002', 'F-CSK-002'],
      },
    },
  },
  {
    id: 'no-key-at-aws',
    label: 'No key at AWS',
    ask: 'must not let AWS hold a key that opens the data, not even for a moment.',
    meaning: 'Look for the key that opens the object in S3’s memory, in S3’s key store and in KMS.',
    trial: {
      run: upload,
      shows: {
        yes: { all: [{ has: { step: 'client.wrapDataKey' } }, { lacks: { actor: 'kms' } }, { lacks: plaintextAtS3 }] },
        partly: NEVER,
        no: {
          any: [
            { has: { kind: 'customer-key', place: 's3.memory' } },
            { has: { kind: 'backing-key', place: 'kms.hsm' } },
            { all: [{ has: { step: 's3.wrapDataKey', kind: 's3-root-key' } }, ...NO_CLIENT_CRYPTO] },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'S3 holds the root key that wraps every data key.',
        facts: ['F-S3M-006', 'F-ALG-021'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'KMS holds aws/s3, and S3 gets the data key for a moment.',
        facts: ['F-KSM-034', 'F-KSM-004'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'Your key lies in the HSMs of KMS, and S3 gets the data key for a moment.',
        facts: ['F-KSM-004'],
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'KMS holds one key and S3 the other: both layers open inside AWS.',
        facts: ['F-DSS-002', 'F-DSS-004'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'S3 does not keep your key, but it holds it while it works.',
        facts: ['F-SSC-002', 'F-SSC-008'],
      },
      'cse-aes': {
        meets: 'yes',
        reason: 'The wrapping key never goes to AWS; what lies there is locked under it.',
        facts: ['F-CSR-001'],
      },
      'cse-rsa': {
        meets: 'yes',
        reason: 'The private key never goes to AWS; what lies there is locked under its public half.',
        facts: ['F-CSR-001', 'F-CSR-003'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'S3 sees no key, but KMS does: it makes the data key and can open it again.',
        facts: ['F-CSK-001', 'F-CSK-002'],
      },
    },
  },
  {
    id: 'two-layers',
    label: 'Two layers of encryption',
    ask: 'is bound by a rule that demands two independent layers of encryption.',
    meaning: 'Count the locks around the object on S3’s disks, and who puts each of them on.',
    trial: {
      run: upload,
      shows: {
        yes: { has: { step: 's3.encryptAgain' } },
        partly: { all: [{ has: { step: 's3.encrypt' } }, CLIENT_ENCRYPTS] },
        no: {
          all: [{ has: { step: 's3.encrypt' } }, { lacks: { step: ['s3.encryptAgain', 'client.encrypt'] } }],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'The object is encrypted once; that its data key is wrapped is no second layer.',
        facts: ['F-S3M-005', 'F-S3M-006'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'The object is encrypted once, under one data key.',
        facts: ['F-KSM-004', 'F-GEN-030'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'The object is encrypted once, under one data key.',
        facts: ['F-KSM-004', 'F-GEN-030'],
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'It is made for that: one layer under a data key from KMS, a second one under a key of S3.',
        facts: ['F-DSS-020', 'F-DSS-003', 'F-DSS-004'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'The object is encrypted once, under the key that you send.',
        facts: ['F-SSC-006'],
      },
      'cse-aes': {
        meets: 'partly',
        reason: 'Your layer lies inside S3’s own, so there are two; but only one of them is AWS’s to answer for.',
        facts: ['F-GEN-019', 'F-CSR-007'],
      },
      'cse-rsa': {
        meets: 'partly',
        reason: 'Your layer lies inside S3’s own, so there are two; but only one of them is AWS’s to answer for.',
        facts: ['F-GEN-019', 'F-CSR-007'],
      },
      'cse-kms': {
        meets: 'partly',
        reason: 'Your layer lies inside S3’s own, so there are two; but only one of them is AWS’s to answer for.',
        facts: ['F-GEN-019', 'F-CSR-007'],
      },
    },
  },
];
