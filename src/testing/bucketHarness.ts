import { createTrail } from '../engine/audit/trail.ts';
import { type Bytes, utf8 } from '../engine/bytes/bytes.ts';
import { toBase64, toHex } from '../engine/bytes/text.ts';
import { steadyClock } from '../engine/clock.ts';
import { md5 } from '../engine/crypto/md5.ts';
import { seededRandom } from '../engine/crypto/seededRandom.ts';
import { sha256 } from '../engine/crypto/sha2.ts';
import { bodyOf, findHeader, gather, type Header, type HttpRequest } from '../engine/http/message.ts';
import { canonicalIdOf, LAB_ACCOUNT_ID, OTHER_ACCOUNT_ID, type Principal } from '../engine/iam/principal.ts';
import { type Bucket, newBucket } from '../engine/s3/bucket.ts';
import { BucketKeys } from '../engine/s3/bucketKeys.ts';
import type { S3Parts } from '../engine/s3/context.ts';
import type { MultipartUpload } from '../engine/s3/multipart/upload.ts';
import { createS3, type S3Service } from '../engine/s3/service.ts';
import { ObjectIndex, PieceCounter, type StoredVersion, type VersionList } from '../engine/s3/storedObject.ts';
import { parseXml } from '../engine/s3/xml.ts';
import { signRequest } from '../engine/sigv4/sigV4.ts';
import { Store } from '../engine/state/store.ts';
import { Recorder } from '../engine/trace/recorder.ts';
import { Room } from '../engine/trace/room.ts';

const NOW = Date.UTC(2026, 10, 21, 10);
const PEOPLE = ['owner', 'reader', 'stranger'] as const;
export type Person = (typeof PEOPLE)[number];

/** A request about a bucket as a test tells it. */
export interface BucketAsk {
  readonly method?: string;
  /** Default: `/the-bucket`. */
  readonly path?: string;
  readonly query?: string;
  readonly headers?: readonly Header[];
  /** Sent with its MD5, unless told otherwise. */
  readonly body?: string;
  readonly hasMd5?: boolean;
  /** `owner` and `stranger` may do anything in their accounts, `reader` nothing at all. */
  readonly as?: Person | 'anonymous';
}

export interface BucketAnswer {
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
  /** The document as a tree of texts; empty when there is none. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The error document's elements; empty when there is none. */
  readonly error: Readonly<Record<string, unknown>>;
}

export interface BucketHarness {
  readonly parts: S3Parts;
  readonly s3: S3Service;
  readonly rooms: readonly Room[];
  readonly people: Readonly<Record<Person, Principal>>;
  readonly ask: (ask: BucketAsk) => Promise<BucketAnswer>;
  /** Puts a bucket into the table as it is. */
  readonly keep: (bucket: Bucket) => void;
  /** Puts a version into the index, without any bytes. */
  readonly note: (objectName: string, more?: Partial<StoredVersion>) => void;
}

/** An S3 with one bucket of the owner's, `the-bucket`, and without KMS, client or line. */
export async function createBucketHarness(region = 'eu-central-1'): Promise<BucketHarness> {
  const random = seededRandom(`buckets ${region}`);
  const clock = steadyClock(NOW);
  const recorder = new Recorder(clock, sha256);
  const rooms = { memory: new Room('s3.memory'), disk: new Room('s3.disk'), keys: new Room('s3.keys') };
  const audit = new Room('audit');
  const store = new Store();
  const people = Object.fromEntries(PEOPLE.map(name => [name, personOf(name)])) as Record<Person, Principal>;
  const pieces = new PieceCounter();
  const parts: S3Parts = {
    recorder,
    random,
    clock,
    ...rooms,
    trail: createTrail({ recorder, room: audit }),
    kms: async () => ({ status: 500, headers: [], body: bodyOf(new Uint8Array(0)) }),
    region,
    hosts: [],
    findPrincipal: accessKeyId => Object.values(people).find(person => person.accessKeyId === accessKeyId),
    ownerOf: accountId => ({ canonicalId: canonicalIdOf(accountId), displayName: accountId }),
    buckets: store.table<Bucket>('s3.buckets'),
    objects: new ObjectIndex(store.table<VersionList>('s3.objects'), pieces),
    uploads: store.table<MultipartUpload>('s3.uploads'),
    pieces,
    bucketKeys: new BucketKeys(300),
    rootKey: 'a0',
  };
  const s3 = createS3(parts);
  parts.buckets.set('the-bucket', newBucket('the-bucket', LAB_ACCOUNT_ID, NOW));
  return {
    parts,
    s3,
    rooms: [...Object.values(rooms), audit],
    people,
    ask: wanted => send(s3, people, region, wanted),
    keep: bucket => parts.buckets.set(bucket.name, bucket),
    note: (objectName, more = {}) => {
      parts.objects.put({ ...objectCalled(objectName), ...more } as StoredVersion);
    },
  };
}

async function send(
  s3: S3Service,
  people: Readonly<Record<Person, Principal>>,
  region: string,
  wanted: BucketAsk,
): Promise<BucketAnswer> {
  const { method = 'GET', path = '/the-bucket', query = '', headers = [], as = 'owner', hasMd5 = true } = wanted;
  const body: Bytes = utf8(wanted.body ?? '');
  const plain: HttpRequest = {
    method,
    path,
    query,
    headers: [
      ['host', `s3.${region}.amazonaws.com`],
      ['content-length', String(body.length)],
      ['x-amz-content-sha256', toHex(await sha256(body))],
      ...(wanted.body !== undefined && hasMd5 ? ([['content-md5', toBase64(md5(body))]] as const) : []),
      ...headers,
    ],
    body: bodyOf(body),
  };
  const request = as === 'anonymous' ? plain : await signRequest(plain, people[as], { region, service: 's3' }, NOW);
  const response = await s3.handle(request, { isSecure: true, sourceIp: '203.0.113.9' });
  const text = new TextDecoder().decode(gather(response.body));
  s3.forgetRequest();
  const document = findHeader(response, 'content-type') === 'application/xml' ? (parseXml(text) ?? {}) : {};
  const error = document.Error;
  return {
    status: response.status,
    text,
    header: name => findHeader(response, name),
    document,
    error: typeof error === 'object' && error !== null ? { ...error } : {},
  };
}

function personOf(name: Person): Principal {
  const accountId = name === 'stranger' ? OTHER_ACCOUNT_ID : LAB_ACCOUNT_ID;
  return {
    name,
    arn: `arn:aws:iam::${accountId}:user/${name}`,
    accountId,
    userId: `AIDA${name.toUpperCase().padEnd(17, 'X')}`,
    canonicalId: canonicalIdOf(accountId),
    displayName: name,
    accessKeyId: `AKIA${name.toUpperCase().padEnd(16, 'X')}`,
    secretAccessKey: `secret of ${name}`,
    identityPolicies:
      name === 'reader'
        ? []
        : [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
  };
}

function objectCalled(objectName: string): StoredVersion {
  return {
    kind: 'object',
    bucketName: 'the-bucket',
    objectName,
    versionId: 'null',
    lastModified: NOW + 123,
    ownerAccountId: LAB_ACCOUNT_ID,
    contentLength: 5,
    contentType: 'text/plain',
    headers: [],
    etag: '5d41402abc4b2a76b9719d911017c592',
    metadata: [],
    parts: [],
    isMultipart: false,
    encryption: { type: 'NOT-SSE' },
    checksum: { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', artifact: 'a0' },
    tags: {},
    storageClass: 'STANDARD',
    pieces: [],
  };
}
