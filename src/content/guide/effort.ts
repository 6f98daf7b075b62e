import { NEVER, type Requirement } from './requirement.ts';
import { NO_CLIENT_CRYPTO, OWN_KEY_NAMED } from './shared.ts';

const upload = { operation: 'upload', transport: 'https', principal: 'owner' } as const;

/** What a mode asks of you: work, money, changes. */
export const effortRequirements: readonly Requirement[] = [
  {
    id: 'least-effort',
    label: 'Least administration',
    ask: 'wants encryption at rest with the least operational overhead and no keys to manage.',
    meaning: 'Look for who has to make, name, keep or carry a key: the fewer of these are yours, the better.',
    trial: {
      run: upload,
      shows: {
        yes: {
          all: [{ has: { step: ['s3.makeDataKey', 'kms.makeDataKey'] } }, ...NO_CLIENT_CRYPTO, { not: OWN_KEY_NAMED }],
        },
        partly: { all: [{ has: { step: 'kms.authorize', gate: 'kms' } }, OWN_KEY_NAMED] },
        no: { any: [{ has: { step: 's3.makeKeyCheck' } }, { has: { step: 'client.encrypt' } }] },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'It happens without your doing: S3 makes, wraps and rotates every key itself.',
        facts: ['F-GEN-006', 'F-S3M-006', 'F-S3M-020'],
      },
      'sse-kms-aws': {
        meets: 'yes',
        reason: 'AWS makes and rotates aws/s3 for you; all you do is ask for aws:kms.',
        facts: ['F-KSM-033', 'F-KMS-043'],
      },
      'sse-kms-cmk': {
        meets: 'partly',
        reason: 'You make one key and write its policy; from then on S3 and KMS do the work.',
        facts: ['F-KMS-041', 'F-KSM-002'],
      },
      'dsse-kms': {
        meets: 'partly',
        reason: 'As with SSE-KMS, you look after one key and its policy; S3 does the second layer.',
        facts: ['F-DSS-004', 'F-DSS-032'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'Making, keeping, rotating and sending the right key with each request is up to you.',
        facts: ['F-SSC-001', 'F-SSC-023'],
      },
      'cse-aes': {
        meets: 'no',
        reason: 'Every application needs the encryption client and your wrapping key, and you keep it safe.',
        facts: ['F-CSR-001', 'F-CSR-003'],
      },
      'cse-rsa': {
        meets: 'no',
        reason: 'Every application needs the encryption client; you hand out public keys and guard the private one.',
        facts: ['F-CSR-001', 'F-CSR-003'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'KMS keeps the key, but every application needs the encryption client and permissions at KMS.',
        facts: ['F-CSK-001', 'F-CSK-020'],
      },
    },
  },
  {
    id: 'no-kms',
    label: 'No KMS charges or quota',
    ask: 'moves so many objects that charges for KMS requests and its quota are a problem.',
    meaning: 'Look for calls to KMS: none is best, and calls that a Bucket Key can spare come second.',
    trial: {
      run: upload,
      shows: {
        yes: {
          all: [{ has: { step: ['client.wrapDataKey', 's3.makeDataKey', 's3.encrypt'] } }, { lacks: { actor: 'kms' } }],
        },
        partly: { all: [{ has: { step: 's3.askKms' } }, { lacks: { step: 's3.encryptAgain' } }] },
        no: {
          any: [
            { all: [{ has: { step: 's3.askKms' } }, { has: { step: 's3.encryptAgain' } }] },
            { has: { step: 'client.askKms' } },
          ],
        },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'S3 asks nobody: no charge and no quota but its own.',
        facts: ['F-GEN-020', 'F-S3M-020'],
      },
      'sse-kms-aws': {
        meets: 'partly',
        reason: 'Each upload and download is a KMS request, unless a Bucket Key spares up to 99 per cent of them.',
        facts: ['F-KSM-080', 'F-BKY-001'],
      },
      'sse-kms-cmk': {
        meets: 'partly',
        reason:
          'Each object costs a KMS request, up to 99 per cent fewer with a Bucket Key; the key has a monthly fee.',
        facts: ['F-KSM-080', 'F-BKY-001', 'F-KMS-044'],
        proof: {
          run: { experiment: 'bucket-key-saves-calls', act: 'broken' },
          shows: { has: { what: 'bucket-key', isEqual: true } },
        },
      },
      'dsse-kms': {
        meets: 'no',
        reason: 'Each object costs a KMS request, and Bucket Keys do not work here.',
        facts: ['F-DSS-021', 'F-DSS-026'],
        proof: { run: { experiment: 'dsse-bucket-key', act: 'broken' }, shows: { has: { step: 's3.askKms' } } },
      },
      'sse-c': {
        meets: 'yes',
        reason: 'Your key comes with the request, so nobody asks KMS.',
        facts: ['F-SSC-034', 'F-GEN-020'],
      },
      'cse-aes': {
        meets: 'yes',
        reason: 'Your own key wraps the data key on your side; KMS is not asked.',
        facts: ['F-CSR-020'],
      },
      'cse-rsa': {
        meets: 'yes',
        reason: 'Your public key wraps the data key on your side; KMS is not asked.',
        facts: ['F-CSR-020'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'Your client asks KMS for each object, and Bucket Keys do not help it.',
        facts: ['F-CSK-027'],
      },
    },
  },
  {
    id: 'any-client',
    label: 'Applications unchanged',
    ask: 'must encrypt what existing applications store without changing them, as the bucket’s default.',
    meaning: 'Look at the download: a plain GET that brings plaintext works for every client.',
    trial: {
      run: { ...upload, operation: 'download' },
      shows: {
        yes: { all: [{ has: { step: 'client.done' } }, ...NO_CLIENT_CRYPTO, { ends: { isOk: true } }] },
        partly: NEVER,
        no: { any: [{ has: { step: 's3.checkKey' } }, { has: { step: 'client.decrypt' } }] },
      },
    },
    cells: {
      'sse-s3': {
        meets: 'yes',
        reason: 'It is every bucket’s default; requests need no header at all.',
        facts: ['F-BKT-001', 'F-S3M-001'],
      },
      'sse-kms-aws': {
        meets: 'yes',
        reason: 'As the bucket’s default it needs no header; a GET takes none anyway.',
        facts: ['F-KSM-001', 'F-HDR-021'],
      },
      'sse-kms-cmk': {
        meets: 'yes',
        reason: 'As the bucket’s default it needs no header; whoever asks does need permission at KMS.',
        facts: ['F-KSM-001', 'F-KSM-051'],
      },
      'dsse-kms': {
        meets: 'yes',
        reason: 'It can be the bucket’s default too; whoever asks needs permission at KMS.',
        facts: ['F-DSS-025', 'F-DSS-032'],
      },
      'sse-c': {
        meets: 'no',
        reason: 'It cannot be a default: every upload and every download has to bring the key.',
        facts: ['F-SSC-024', 'F-HDR-021'],
        proof: {
          run: { experiment: 'sse-c-cannot-be-default', act: 'broken' },
          shows: { has: { step: 's3.refuse', code: 'MalformedXML' } },
        },
      },
      'cse-aes': {
        meets: 'no',
        reason: 'A plain GET brings ciphertext; only the encryption client with your key reads it.',
        facts: ['F-CSR-010', 'F-CSR-030'],
        proof: {
          run: { experiment: 'client-side-from-console', act: 'broken' },
          shows: {
            all: [
              { has: { step: 'client.receive', kind: 'ciphertext-object' } },
              { lacks: { step: 'client.decrypt' } },
            ],
          },
        },
      },
      'cse-rsa': {
        meets: 'no',
        reason: 'A plain GET brings ciphertext; only the encryption client with the private key reads it.',
        facts: ['F-CSR-010', 'F-CSR-030'],
      },
      'cse-kms': {
        meets: 'no',
        reason: 'A plain GET brings ciphertext; only the encryption client that may ask KMS reads it.',
        facts: ['F-CSR-010', 'F-CSK-012'],
      },
    },
  },
];
