import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../engine/index.ts';
import { lawsWitness } from './servedLaws.ts';
import { createServedWorld, type Sent, type ServedWorld } from './servedWorld.ts';

/** What came of a call, for later calls: upload ids, key ids, blobs. */
interface Memory {
  readonly keys: string[];
  readonly uploads: { bucket: string; name: string; id: string; etags: Map<number, string> }[];
  readonly blobs: string[];
}
type Call = (
  world: ServedWorld,
  memory: Memory,
  sent: Partial<Sent>,
) => Promise<{ status: number; text: string; code: string }>;

const BUCKETS = ['sequence-one', 'sequence-two'];
const NAMES = ['a.txt', 'dir/b.bin', 'ü ?&.txt'];
const SSE = 'x-amz-server-side-encryption';
const CUSTOMER_KEY = Buffer.alloc(32, 9);
const SSE_C: Header[] = [
  [`${SSE}-customer-algorithm`, 'AES256'],
  [`${SSE}-customer-key`, CUSTOMER_KEY.toString('base64')],
  [`${SSE}-customer-key-md5`, createHash('md5').update(CUSTOMER_KEY).digest('base64')],
];

const pathOf = (bucket: string, name: string) =>
  `/${bucket}/${name
    .split('/')
    .map(part => encodeURIComponent(part))
    .join('/')}`;

const bucketNames = fc.constantFrom(...BUCKETS);
const objectNames = fc.constantFrom(...NAMES);
const bodies = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('', 'x'.repeat(70_000)));
const modeHeaders = fc.constantFrom('none', 'AES256', 'aws', 'cmk', 'bucket-key', 'dsse', 'sse-c', 'nonsense');

function headersOf(mode: string, memory: Memory): Header[] {
  const named: Header[] = memory.keys[0] === undefined ? [] : [[`${SSE}-aws-kms-key-id`, memory.keys[0]]];
  switch (mode) {
    case 'none':
      return [];
    case 'AES256':
      return [[SSE, 'AES256']];
    case 'aws':
      return [[SSE, 'aws:kms']];
    case 'cmk':
      return [[SSE, 'aws:kms'], ...named];
    case 'bucket-key':
      return [[SSE, 'aws:kms'], ...named, [`${SSE}-bucket-key-enabled`, 'true']];
    case 'dsse':
      return [[SSE, 'aws:kms:dsse'], ...named];
    case 'sse-c':
      return SSE_C;
    default:
      return [[SSE, 'AES-256']];
  }
}

function document(method: string, bucket: string, query: string, body: string): Call {
  const md5 = createHash('md5').update(body).digest('base64');
  return (world, _memory, sent) =>
    world.send({ method, path: `/${bucket}`, query, body, headers: [['content-md5', md5]], ...sent });
}

const calls: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 2,
    arbitrary: bucketNames.map(
      (bucket): Call =>
        (world, _m, sent) =>
          world.send({
            method: 'PUT',
            path: `/${bucket}`,
            body: '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>',
            ...sent,
          }),
    ),
  },
  bucketNames.map(
    (bucket): Call =>
      (world, _m, sent) =>
        world.send({ method: 'DELETE', path: `/${bucket}`, ...sent }),
  ),
  fc
    .tuple(bucketNames, fc.constantFrom('Enabled', 'Suspended'))
    .map(([bucket, status]) =>
      document(
        'PUT',
        bucket,
        'versioning',
        `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
      ),
    ),
  fc
    .tuple(bucketNames, fc.constantFrom('AES256', 'aws:kms', 'aws:kms:dsse', 'SSE-KMS'), fc.boolean())
    .map(([bucket, algorithm, isOn]) =>
      document(
        'PUT',
        bucket,
        'encryption',
        `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${isOn}</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`,
      ),
    ),
  {
    weight: 6,
    arbitrary: fc.tuple(bucketNames, objectNames, modeHeaders, bodies).map(
      ([bucket, name, mode, body]): Call =>
        (world, memory, sent) =>
          world.send({ method: 'PUT', path: pathOf(bucket, name), body, headers: headersOf(mode, memory), ...sent }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        bucketNames,
        objectNames,
        fc.boolean(),
        fc.constantFrom('GET', 'HEAD'),
        fc.constantFrom('', 'bytes=0-3', 'bytes=-2', 'bytes=9-'),
      )
      .map(
        ([bucket, name, hasKey, method, range]): Call =>
          (world, _m, sent) =>
            world.send({
              method,
              path: pathOf(bucket, name),
              headers: [
                ...(hasKey ? SSE_C : []),
                ...(range === '' ? [] : ([['range', range]] as const)),
                ['x-amz-checksum-mode', 'ENABLED'],
              ],
              ...sent,
            }),
      ),
  },
  fc.tuple(bucketNames, objectNames).map(
    ([bucket, name]): Call =>
      (world, _m, sent) =>
        world.send({ method: 'DELETE', path: pathOf(bucket, name), ...sent }),
  ),
  {
    weight: 2,
    arbitrary: fc.tuple(bucketNames, objectNames, bucketNames, objectNames, modeHeaders, fc.boolean()).map(
      ([from, source, to, name, mode, hasKey]): Call =>
        (world, memory, sent) =>
          world.send({
            method: 'PUT',
            path: pathOf(to, name),
            headers: [
              ['x-amz-copy-source', pathOf(from, source)],
              ...headersOf(mode, memory),
              ...(hasKey
                ? SSE_C.map(([header, value]): Header => [header.replace('x-amz-', 'x-amz-copy-source-'), value])
                : []),
            ],
            ...sent,
          }),
    ),
  },
  fc
    .tuple(
      bucketNames,
      fc.constantFrom(
        '',
        'list-type=2&delimiter=%2F',
        'versions',
        'uploads',
        'location',
        'policy',
        'encryption',
        'list-type=2&max-keys=1',
      ),
    )
    .map(
      ([bucket, query]): Call =>
        (world, _m, sent) =>
          world.send({ path: `/${bucket}`, query, ...sent }),
    ),
  fc.tuple(bucketNames, objectNames, modeHeaders).map(
    ([bucket, name, mode]): Call =>
      async (world, memory, sent) => {
        const answer = await world.send({
          method: 'POST',
          path: pathOf(bucket, name),
          query: 'uploads',
          headers: headersOf(mode, memory),
          ...sent,
        });
        const id = /<UploadId>([^<]*)</.exec(answer.text)?.[1];
        if (id !== undefined) memory.uploads.push({ bucket, name, id, etags: new Map() });
        return answer;
      },
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 }), bodies, fc.boolean()).map(
      ([n, number, body, hasKey]): Call =>
        async (world, memory, sent) => {
          const upload = memory.uploads[n % Math.max(memory.uploads.length, 1)];
          if (!upload) return world.send({ path: '/', ...sent });
          const answer = await world.send({
            method: 'PUT',
            path: pathOf(upload.bucket, upload.name),
            query: `partNumber=${number}&uploadId=${encodeURIComponent(upload.id)}`,
            body,
            headers: hasKey ? SSE_C : [],
            ...sent,
          });
          const etag = answer.header('etag');
          if (etag !== undefined && answer.status === 200) upload.etags.set(number, etag);
          return answer;
        },
    ),
  },
  fc.tuple(fc.nat(), fc.boolean()).map(
    ([n, isAborted]): Call =>
      async (world, memory, sent) => {
        const upload = memory.uploads[n % Math.max(memory.uploads.length, 1)];
        if (!upload) return world.send({ path: '/', ...sent });
        const query = `uploadId=${encodeURIComponent(upload.id)}`;
        const path = pathOf(upload.bucket, upload.name);
        if (isAborted) return world.send({ method: 'DELETE', path, query, ...sent });
        const parts = [...upload.etags]
          .slice(0, 1)
          .map(
            ([number, etag]) =>
              `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Part>`,
          );
        return world.send({
          method: 'POST',
          path,
          query,
          body: `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`,
          ...sent,
        });
      },
  ),
  fc.tuple(bucketNames, objectNames).map(
    ([bucket, name]): Call =>
      (world, memory, sent) =>
        world.send({
          method: 'PUT',
          path: pathOf(bucket, name),
          query: 'encryption',
          body: `<ObjectEncryption xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><SSE-KMS><KMSKeyArn>${memory.keys[0] ?? 'arn'}</KMSKeyArn></SSE-KMS></ObjectEncryption>`,
          ...sent,
        }),
  ),
  {
    weight: 2,
    arbitrary: fc.constant<Call>(async (world, memory, sent) => {
      const answer = await world.kms('CreateKey', {}, sent);
      const arn = /"Arn":"([^"]*)"/.exec(answer.text)?.[1];
      if (arn !== undefined) memory.keys.unshift(arn);
      return answer;
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'DisableKey',
          'EnableKey',
          'RotateKeyOnDemand',
          'ScheduleKeyDeletion',
          'CancelKeyDeletion',
          'DescribeKey',
          'GetKeyRotationStatus',
          'ListKeyRotations',
          'GenerateDataKeyWithoutPlaintext',
          'ListGrants',
        ),
        fc.nat(),
      )
      .map(
        ([operation, n]): Call =>
          (world, memory, sent) =>
            world.kms(
              operation,
              {
                KeyId: memory.keys[n % Math.max(memory.keys.length, 1)] ?? 'alias/none',
                ...(operation.startsWith('Generate') ? { KeySpec: 'AES_256' } : {}),
              },
              sent,
            ),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('Encrypt', 'GenerateDataKey'), fc.string({ maxLength: 20 })).map(
      ([operation, text]): Call =>
        async (world, memory, sent) => {
          const KeyId = memory.keys[0] ?? 'alias/none';
          const body =
            operation === 'Encrypt'
              ? { KeyId, Plaintext: Buffer.from(`p${text}`).toString('base64') }
              : { KeyId, KeySpec: 'AES_256' };
          const answer = await world.kms(operation, body, sent);
          const blob = /"CiphertextBlob":"([^"]*)"/.exec(answer.text)?.[1];
          if (blob !== undefined) memory.blobs.unshift(blob);
          return answer;
        },
    ),
  },
  fc.tuple(fc.nat(), fc.boolean()).map(
    ([n, isMoved]): Call =>
      (world, memory, sent) => {
        const CiphertextBlob = memory.blobs[n % Math.max(memory.blobs.length, 1)] ?? 'AAAA';
        return isMoved
          ? world.kms('ReEncrypt', { CiphertextBlob, DestinationKeyId: memory.keys.at(-1) ?? 'x' }, sent)
          : world.kms('Decrypt', { CiphertextBlob }, sent);
      },
  ),
);
const steps = fc.record({
  call: calls,
  as: fc.oneof(
    { weight: 6, arbitrary: fc.constant('admin' as const) },
    fc.constantFrom(
      'application-owner' as const,
      's3-administrator' as const,
      'stranger' as const,
      'anonymous' as const,
    ),
  ),
  isSecure: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
});

describe('over random sequences of requests', () => {
  it('S3 and KMS never fail on their own side, and the three laws hold in every trace', async () => {
    const seenStatuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 30 }), async sequence => {
        const complaints: string[] = [];
        const world = await createServedWorld('sequence', {}, lawsWitness(complaints));
        const memory: Memory = { keys: [], uploads: [], blobs: [] };
        for (const { call, as, isSecure } of sequence) {
          const answer = await call(world, memory, { as, isSecure, isRecorded: true });
          seenStatuses.set(answer.status, (seenStatuses.get(answer.status) ?? 0) + 1);
          expect([answer.status, answer.code]).toSatisfy(([status]: [number]) => status < 500 || status === 501);
          expect(complaints).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    // The sequences reach answers of every kind.
    for (const status of [200, 204, 400, 403, 404, 409])
      expect(seenStatuses.get(status), String(status)).toBeGreaterThan(0);
  }, 120_000);

  it('one seed gives the same answers and traces, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 12 }), async sequence => {
        const play = async () => {
          const world = await createServedWorld('the same');
          const memory: Memory = { keys: [], uploads: [], blobs: [] };
          const told: unknown[] = [];
          for (const { call, as, isSecure } of sequence)
            told.push(await call(world, memory, { as, isSecure, isRecorded: true }));
          return JSON.stringify(told);
        };
        expect(await play()).toBe(await play());
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
