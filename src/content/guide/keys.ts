import { NEVER, type Requirement } from './requirement.ts';
import { AWS_KEY_POLICY, CUSTOMER_KEY_SENT, OWN_KEY_POLICY, S3_ALONE } from './shared.ts';

const upload = { operation: 'upload', transport: 'https', principal: 'owner' } as const;

/** What can be asked of the keys: their record, their rule, their home. */
export const keyRequirements: readonly Requirement[] = [
  {
    id: 'audit',
    label: 'Audit of each key use',
    ask: 'has to prove who used the key, for which object, and when.',
    meaning: 'Look for the record of KMS in CloudTrail: it is there by default, and it names the caller.',
    trial: {
      run: { ...upload, operation: 'download' },
      shows: {
        yes: { has: { verb: 'logged', place: 'audit', record: 'kms.amazonaws.com' } },
        partly: NEVER,
        no: {
          all: [
            { has: { verb: 'logged', place: 'audit', record: 's3.amazonaws.com' } },
            { lacks: { verb: 'logged', record: 'kms.amazonaws.com' } },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'No record speaks of a key; the download itself is a data event, which a trail must ask for.',
        facts: ['F-S3M-021', 'F-CT-015'],
      },
      'sse-kms-aws': {
        meets: 'yes',
        reason: 'KMS records each use of aws/s3 with the caller; a Bucket Key makes these records fewer.',
        facts: ['F-CT-004', 'F-CT-016'],
      },
      'sse-kms-cmk': {
        meets: 'yes',
        reason: 'KMS records each use of your key with the caller; a Bucket Key makes these records fewer.',
        facts: ['F-CT-004', 'F-CT-016'],
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'Each object is a call to KMS, without Bucket Keys in between, and each call is a record.',
        facts: ['F-KSM-080', 'F-DSS-021'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'Your key passes by without a record of its own: S3’s data events say only SSE_C.',
        facts: ['F-SSC-034', 'F-CT-005'],
      },
      'cse-aes': {
        meets: 'no',
        reason: 'Your key is used on your side, where CloudTrail sees nothing.',
        facts: ['F-CSR-021'],
      },
      'cse-rsa': {
        meets: 'no',
        reason: 'Your key pair is used on your side, where CloudTrail sees nothing.',
        facts: ['F-CSR-021'],
      },
      'cse-kms': {
        meets: 'yes',
        reason: 'KMS records each call as made by the client’s own principal.',
        facts: ['F-CSK-024', 'F-CT-007'],
      },
    },
  },
  {
    id: 'control',
    label: 'Control of the key',
    ask: 'wants to decide itself when the key rotates, who may use it, and to disable or delete it.',
    meaning: 'Look for the key policy that lets the caller in: is it yours, AWS’s, or is there none?',
    trial: {
      run: upload,
      shows: {
        yes: OWN_KEY_POLICY,
        partly: { any: [{ has: { step: 's3.makeKeyCheck' } }, { has: { step: 'client.wrapDataKey' } }] },
        no: { any: [AWS_KEY_POLICY, { all: [{ has: { step: 's3.wrapDataKey' } }, ...S3_ALONE] }] },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'S3’s root key has no policy of yours, and you can neither see nor trigger its rotation.',
        facts: ['F-S3M-022', 'F-S3M-006'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'You can look at aws/s3, but its policy, its yearly rotation and its life are AWS’s.',
        facts: ['F-KMS-041', 'F-KMS-042', 'F-KMS-043'],
        proof: {
          run: { experiment: 'aws-managed-policy', act: 'broken' },
          shows: { has: { verb: 'denied', action: 'kms:PutKeyPolicy' } },
        },
      },
      'sse-kms-cmk': {
        meets: 'yes',
        reason: 'Policy, rotation, disabling and deletion of the key are yours.',
        facts: ['F-KMS-041', 'F-KMS-042', 'F-KMS-043'],
        proof: {
          run: { experiment: 'key-disabled', act: 'broken' },
          shows: { has: { verb: 'denied', settledBy: 'key-state' } },
        },
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'The key of the inner layer is yours to rule, and without it the outer one is of no use.',
        facts: ['F-DSS-020', 'F-KMS-042'],
      },
      'sse-c': {
        meets: 'partly',
        reason: 'The key is wholly yours, and so is all the work: nothing rotates, disables or records it for you.',
        facts: ['F-SSC-023', 'F-SSC-034'],
      },
      'cse-aes': {
        meets: 'partly',
        reason: 'The key is wholly yours, but rotating it or shutting it off is work for your own programs.',
        facts: ['F-CSR-001', 'F-CSR-026'],
      },
      'cse-rsa': {
        meets: 'partly',
        reason: 'The private key is wholly yours, but rotating it or shutting it off is work for your own programs.',
        facts: ['F-CSR-001', 'F-CSR-026'],
      },
      'cse-kms': {
        meets: 'yes',
        reason: 'The client uses a customer managed key, whose policy, rotation and state are yours.',
        facts: ['F-CSK-001', 'F-KMS-041', 'F-KMS-042'],
      },
    },
  },
  {
    id: 'keys-outside',
    label: 'Own keys, S3 encrypts',
    ask: 'makes and keeps its keys on premises, while S3 does the encryption.',
    meaning: 'Look for where the key is made and who encrypts with it: both halves of the sentence count.',
    trial: {
      run: upload,
      shows: {
        yes: { all: [{ has: { step: 's3.encrypt', kind: 'customer-key' } }, CUSTOMER_KEY_SENT] },
        partly: { has: { step: 'client.wrapDataKey' } },
        no: {
          any: [
            { has: { step: 'kms.makeDataKey' } },
            { all: [{ has: { step: 's3.makeDataKey' } }, { lacks: { step: 'client.wrapDataKey' } }] },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'no',
        reason: 'S3 makes the data key and wraps it under a root key of its own.',
        facts: ['F-S3M-004', 'F-S3M-006'],
      },
      'sse-kms-aws': {
        meets: 'no',
        reason: 'KMS makes the data key, under a key that AWS made.',
        facts: ['F-KSM-004', 'F-KSM-034'],
      },
      'sse-kms-cmk': {
        meets: 'no',
        reason: 'The key is yours to rule but lives in KMS, where the data key is made as well.',
        facts: ['F-KSM-004'],
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'KMS makes the first data key and S3 the second: none of them comes from you.',
        facts: ['F-DSS-002', 'F-DSS-004'],
      },
      'sse-c': {
        meets: 'yes',
        reason: 'You send your key with each request; S3 encrypts with it and forgets it.',
        facts: ['F-SSC-001', 'F-SSC-006', 'F-SSC-008'],
      },
      'cse-aes': {
        meets: 'partly',
        reason: 'The key stays with you, but so does the work: your client encrypts, not S3.',
        facts: ['F-CSR-001', 'F-CSR-002'],
      },
      'cse-rsa': {
        meets: 'partly',
        reason: 'The private key stays with you, but so does the work: your client encrypts, not S3.',
        facts: ['F-CSR-001', 'F-CSR-002'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'KMS keeps the key and makes the data key, and your client does the encryption.',
        facts: ['F-CSK-001', 'F-CSK-002'],
      },
    },
  },
  {
    id: 'survive-loss',
    label: 'No key of ours to lose',
    ask: 'cannot risk that a key lost by its own staff makes the data unreadable.',
    meaning: 'Look for a key that exists on your side only: nobody can bring that one back.',
    trial: {
      run: upload,
      shows: {
        yes: { any: [AWS_KEY_POLICY, { all: [{ has: { step: 's3.wrapDataKey' } }, ...S3_ALONE] }] },
        partly: OWN_KEY_POLICY,
        no: { any: [{ has: { step: 's3.makeKeyCheck' } }, { has: { step: 'client.wrapDataKey' } }] },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'S3 keeps every key that is needed; you hold none that could be lost.',
        facts: ['F-S3M-006', 'F-GEN-006'],
      },
      'sse-kms-aws': {
        meets: 'yes',
        reason: 'KMS keeps aws/s3, and nobody on your side can delete it.',
        facts: ['F-KSM-034', 'F-KMS-042'],
      },
      'sse-kms-cmk': {
        meets: 'partly',
        reason: 'KMS keeps the key, but you can delete it: 7 to 30 days to change your mind, then all is gone.',
        facts: ['F-KMS-066', 'F-KMS-067'],
        proof: { run: { experiment: 'deletion-carried-out', act: 'broken' }, shows: { ends: { isOk: false } } },
      },
      'dsse-kms': {
        meets: 'partly',
        reason: 'KMS keeps the key of the inner layer, which you can delete after 7 to 30 days of waiting.',
        facts: ['F-KMS-066', 'F-KMS-067'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'S3 keeps only a salted HMAC of your key: lose the key, and the object is lost.',
        facts: ['F-SSC-020'],
        proof: {
          run: { experiment: 'sse-c-key-lost', act: 'broken' },
          shows: { all: [{ has: { step: 's3.refuse' } }, { ends: { isOk: false } }] },
        },
      },
      'cse-aes': {
        meets: 'no',
        reason: 'The wrapping key is with you alone; what AWS holds is not enough without it.',
        facts: ['F-CSR-001', 'F-ERR-108'],
        proof: {
          run: { experiment: 'client-key-lost', act: 'broken' },
          shows: { ends: { isOk: false, code: 'WrappingKeyMissing' } },
        },
      },
      'cse-rsa': {
        meets: 'no',
        reason: 'The private key is with you alone; what AWS holds is not enough without it.',
        facts: ['F-CSR-001', 'F-ERR-108'],
      },
      'cse-kms': {
        meets: 'partly',
        reason: 'KMS keeps the key, but you can delete it: after 7 to 30 days of waiting all is gone.',
        facts: ['F-KMS-066', 'F-KMS-067'],
      },
    },
  },
];
