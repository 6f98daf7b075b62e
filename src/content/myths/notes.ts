import type { Mode, Operation, RunSpec } from '../../engine/index.ts';
import type { Myth } from './myth.ts';

const run = (mode: Mode, operation: Operation = 'upload'): Omit<RunSpec, 'seed'> => ({
  mode,
  operation,
  transport: 'https',
  principal: 'owner',
});
const SSE_HEADER = 'x-amz-server-side-encryption';

/** Every claim of five notes by students that was found wrong or outdated. */
export const NOTE_MYTHS: readonly Myth[] = [
  {
    id: 'myth-three-kinds',
    claim: 'There are three kinds of server-side encryption: SSE-S3, SSE-KMS and SSE-C.',
    verdict: 'outdated',
    right: 'There are **four**: SSE-S3, SSE-KMS, DSSE-KMS and SSE-C.',
    why: 'Three was the count until June 2023. Then came DSSE-KMS, which encrypts twice. Many notes are older.',
    proof: {
      run: run('dsse-kms'),
      shows: {
        all: [
          { has: { step: 's3.encryptAgain', verb: 'encrypted' } },
          { answers: { header: [SSE_HEADER, 'aws:kms:dsse'] } },
        ],
      },
    },
    facts: ['F-GEN-003', 'F-GEN-013', 'F-DSS-001'],
    notes: [6, 95],
  },
  {
    id: 'myth-four-methods',
    claim: 'Counting client-side encryption, there are four methods to protect an object in all.',
    verdict: 'outdated',
    right: 'Counting client-side encryption there are **five**: four on the server, one at the client.',
    why: 'The old sum left out DSSE-KMS. The run stores an object that none of the four methods describes.',
    proof: { run: run('dsse-kms'), shows: { all: [{ has: { step: 's3.encryptAgain' } }, { ends: { isOk: true } }] } },
    experiment: 'dsse-two-kms-keys',
    facts: ['F-GEN-003', 'F-GEN-002', 'F-DSS-004'],
    notes: [30],
  },
  {
    id: 'myth-cmk',
    claim: 'SSE-KMS and client-side encryption with KMS work with a customer master key, CMK for short.',
    verdict: 'outdated',
    right: 'The thing is called a **KMS key** today: AWS managed or customer managed.',
    why: 'It is the same thing under a retired name. Older exam questions still say CMK: read “KMS key”.',
    because: 'A name leaves no trace in a run: the requests carry ids and ARNs.',
    facts: ['F-KMS-040'],
    notes: [14, 131],
  },
  {
    id: 'myth-old-links',
    claim: 'The S3 pages below `/AmazonS3/latest/dev/` are where encryption is documented.',
    verdict: 'outdated',
    right: 'Today the S3 documentation lives below `/AmazonS3/latest/userguide/`.',
    why: 'Notes keep links for years; pages move, and a link may lead to another page than its title says. Check where you land.',
    because: 'An address on the web is nothing that a run could show.',
    facts: ['F-GEN-003'],
    notes: [20],
  },
  {
    id: 'myth-header-needed-s3',
    claim: 'To get SSE-S3 you must send the header `x-amz-server-side-encryption: AES256`.',
    verdict: 'outdated',
    right: 'For SSE-S3 **no header** is needed: without one the default of the bucket decides.',
    why: 'Before 5 January 2023 an upload without the header was stored in plaintext. The header still works; it has become optional.',
    experiment: 'no-option-means-plaintext',
    facts: ['F-S3M-001', 'F-HDR-035', 'F-GEN-006'],
    notes: [34, 138],
  },
  {
    id: 'myth-ask-for-encryption',
    claim: 'Protection at rest is something that you have to ask S3 for.',
    verdict: 'outdated',
    right: 'S3 encrypts **every new object**, whether you ask or not; you only choose how.',
    why: 'That was so until 5 January 2023. Since then encryption at rest cannot even be switched off.',
    experiment: 'no-option-means-plaintext',
    facts: ['F-GEN-006', 'F-GEN-007'],
    notes: [121],
  },
  {
    id: 'myth-header-needed-kms',
    claim: 'To get SSE-KMS you must send the header `x-amz-server-side-encryption: aws:kms`.',
    verdict: 'outdated',
    right: 'A **bucket default** of `aws:kms` does it without any header.',
    why: 'The header is one way to ask. The rule of the bucket is the other, and it is there when a request says nothing.',
    proof: {
      run: { experiment: 'header-beats-default', act: 'healthy' },
      shows: {
        all: [{ answers: { header: [SSE_HEADER, 'aws:kms'] } }, { asks: { header: [SSE_HEADER, null] } }],
      },
    },
    facts: ['F-KSM-001', 'F-BKT-002'],
    notes: [38],
  },
  {
    id: 'myth-old-quota',
    claim: 'KMS allows 5,500, 10,000 or 30,000 requests a second, depending on the Region.',
    verdict: 'outdated',
    right: 'The shared quota is **10,000, 20,000 or 100,000** requests a second, by Region.',
    why: 'The smaller numbers are from older courses. What has not changed: uploads and downloads under a KMS key count against it.',
    because:
      'A quota is a number in AWS’s documents. The experiment plays what happens beyond it, with a quota of its own.',
    facts: ['F-KMS-082', 'F-KMS-083'],
    notes: [41],
  },
  {
    id: 'myth-master-key-each',
    claim: 'Under SSE-S3 every object gets a master key of its own.',
    verdict: 'wrong',
    right: 'Every object gets a **data key** of its own; one root key of S3 wraps them all.',
    why: 'Two kinds of keys are mixed up. In the run S3 makes a new data key for the object, and the root key that wraps it was there before.',
    proof: {
      run: run('sse-s3'),
      shows: {
        all: [
          { has: { step: 's3.wrapDataKey', verb: 'wrapped', kind: 's3-root-key' } },
          { has: { step: 's3.makeDataKey', verb: 'generated', kind: 'data-key' } },
          { lacks: { verb: 'generated', kind: 's3-root-key' } },
        ],
      },
    },
    facts: ['F-S3M-004', 'F-S3M-006'],
    notes: [9],
  },
  {
    id: 'myth-root-key-creates',
    claim: 'Under SSE-S3 the root key creates the key of each object.',
    verdict: 'wrong',
    right: 'The root key **wraps** the object’s data key. It does not create it.',
    why: 'Wrapping is mistaken for making. How S3 makes its data keys is not published; the lab draws them at random, and the root key has no part in it.',
    proof: {
      run: run('sse-s3'),
      shows: {
        all: [
          { has: { step: 's3.makeDataKey', verb: 'generated', kind: 'data-key' } },
          { lacks: { step: 's3.makeDataKey', kind: 's3-root-key' } },
          { has: { verb: 'wrapped', kind: 's3-root-key' } },
        ],
      },
    },
    facts: ['F-S3M-004', 'F-S3M-006', 'F-SIM-002'],
    notes: [101],
  },
  {
    id: 'myth-s3-key-disposed',
    claim: 'After an SSE-S3 upload S3 disposes of its own S3 key.',
    verdict: 'wrong',
    right: 'What disappears is the plaintext **data key**. The root key stays, or nothing could ever be read again.',
    why: 'The right step, the wrong key. The download shows it: the root key is at hand and unwraps the data key.',
    proof: {
      run: run('sse-s3', 'download'),
      shows: {
        all: [
          { has: { verb: 'unwrapped', kind: 's3-root-key' } },
          { lacks: { verb: 'discarded', kind: 's3-root-key' } },
        ],
      },
    },
    facts: ['F-S3M-007', 'F-S3M-012'],
    notes: [74],
  },
  {
    id: 'myth-one-key-for-all',
    claim: 'Under SSE-KMS one single KMS key encrypts all your objects.',
    verdict: 'wrong',
    right: 'Each object is encrypted with a **data key** of its own; the KMS key only wraps data keys.',
    why: 'The KMS key is what you name in the request, so it seems to do the work. Follow the bytes: the object never meets it. And two objects may name two KMS keys.',
    proof: {
      run: run('sse-kms-cmk'),
      shows: {
        all: [
          { has: { step: 's3.encrypt', verb: 'encrypted', kind: 'plaintext-object' } },
          { has: { step: 's3.encrypt', verb: 'encrypted', kind: 'data-key' } },
          { lacks: { kind: 'backing-key', verb: 'encrypted' } },
          { lacks: { kind: 'plaintext-object', place: 'kms.hsm' } },
        ],
      },
    },
    experiment: 'upload-into-other-mode',
    facts: ['F-KSM-004', 'F-HDR-002'],
    notes: [17],
  },
  {
    id: 'myth-you-create-kms-key',
    claim: 'For SSE-KMS you first create a key in KMS, and you manage it.',
    verdict: 'wrong',
    right: 'Only a **customer managed** key is yours to create. Name none, and S3 uses `aws/s3`, which AWS manages.',
    why: 'It is one of two ways. The run names no key at all, and KMS notes a call for `aws/s3`.',
    proof: {
      run: run('sse-kms-aws'),
      shows: {
        all: [
          { has: { verb: 'logged', record: 'alias/aws/s3' } },
          { asks: { header: [`${SSE_HEADER}-aws-kms-key-id`, null] } },
          { ends: { isOk: true } },
        ],
      },
    },
    experiment: 'aws-managed-policy',
    facts: ['F-KSM-033', 'F-KMS-041', 'F-KMS-042'],
    notes: [78],
  },
  {
    id: 'myth-kms-keeps-data-keys',
    claim: 'KMS generates a unique key for every object and manages those keys for you.',
    verdict: 'wrong',
    right:
      'KMS **forgets** each data key at once: S3 keeps the encrypted one beside the object. With a Bucket Key it does not even make one for each object.',
    why: 'KMS manages the KMS key. Watch the data key in the HSM: it is overwritten as soon as the answer is out.',
    proof: {
      run: run('sse-kms-cmk'),
      shows: {
        all: [
          { has: { verb: 'discarded', kind: 'data-key', place: 'kms.hsm' } },
          { has: { verb: 'stored', kind: 'encrypted-data-key', place: 's3.disk' } },
        ],
      },
    },
    experiment: 'one-bucket-key-for-all',
    facts: ['F-KMS-009', 'F-BKY-001'],
    notes: [104],
  },
  {
    id: 'myth-key-in-every-request',
    claim: 'With SSE-C you send your key in the headers of every request.',
    verdict: 'wrong',
    right:
      'You send it with every request that reads or writes **the object’s data or metadata**: PUT, GET, HEAD, parts, copy. Not to delete, not to list.',
    why: 'The rule is made too broad. Deleting opens nothing, so it needs no key: who may delete destroys an object without being able to read it.',
    experiment: 'sse-c-delete-without-key',
    facts: ['F-SSC-027', 'F-SSC-028', 'F-SSC-031'],
    notes: [46],
  },
  {
    id: 'myth-hash-deleted',
    claim: 'After an SSE-C upload S3 deletes the hash of the key.',
    verdict: 'wrong',
    right: 'S3 deletes the **key** and keeps the check value: a randomly salted HMAC.',
    why: 'Key and check value have changed places. Without a stored check value S3 could not tell a right key from a wrong one later.',
    proof: {
      run: run('sse-c'),
      shows: {
        all: [
          { has: { step: 's3.discardKey', verb: 'discarded', kind: 'customer-key' } },
          { has: { verb: 'stored', kind: 'key-check', place: 's3.disk' } },
          { lacks: { verb: 'discarded', kind: 'key-check', place: 's3.disk' } },
        ],
      },
    },
    facts: ['F-SSC-007', 'F-SSC-008', 'F-SSC-011'],
    notes: [69],
  },
  {
    id: 'myth-plain-hash',
    claim: 'With SSE-C S3 hashes your key and stores the hash with the object.',
    verdict: 'wrong',
    right: 'S3 stores a **randomly salted HMAC** of your key, so that equal keys leave no equal traces.',
    why: 'A plain hash would show which objects share a key. The MD5 in the request is something else: it catches damage on the way and is not stored.',
    proof: {
      run: run('sse-c'),
      shows: {
        all: [
          { has: { step: 's3.makeKeyCheck', kind: 'key-check', algorithm: 'HMAC-SHA-256' } },
          { has: { verb: 'stored', kind: 'key-check', place: 's3.disk' } },
        ],
      },
    },
    facts: ['F-SSC-007', 'F-SSC-020', 'F-SIM-005'],
    notes: [107],
  },
  {
    id: 'myth-matdesc-in-x-amz-key',
    claim: 'The material description of a client-side encrypted object stands in the metadata `x-amz-meta-x-amz-key`.',
    verdict: 'wrong',
    right: '`x-amz-key` held the **encrypted data key**. The description is `x-amz-matdesc`, in format V3 `x-amz-m`.',
    why: 'Two lines of the envelope are mixed up. The run writes format V2: look which header holds what.',
    proof: {
      run: { ...run('cse-aes'), format: 'v2' },
      shows: {
        all: [
          { asks: { header: ['x-amz-meta-x-amz-matdesc', '{}'] } },
          { asks: { header: ['x-amz-meta-x-amz-key', null] } },
        ],
      },
    },
    facts: ['F-FMT-021', 'F-FMT-022', 'F-FMT-024', 'F-FMT-036'],
    notes: [126],
  },
  {
    id: 'myth-aes-256-in-policy',
    claim: 'A bucket policy can demand SSE-S3 by asking for the header value `AES-256`.',
    verdict: 'wrong',
    right: 'The value is `AES256`, without a hyphen. A policy written with the hyphen would deny every upload.',
    why: 'The cipher is written with a hyphen, the header value is not. Who sends the hyphen to satisfy such a policy is refused by S3 itself.',
    experiment: 'header-with-hyphen',
    facts: ['F-HDR-012', 'F-POL-010'],
    notes: [139],
  },
];
