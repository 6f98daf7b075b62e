/** Amazon's side of a world: S3, KMS, the trail, and everybody who has credentials. No customer, no line. */
import { createTrail } from './audit/trail.ts';
import { type Bytes, zeroize } from './bytes/bytes.ts';
import type { Clock } from './clock.ts';
import { importAesGcmKey } from './crypto/aesGcm.ts';
import type { Pace } from './crypto/pace.ts';
import { sha256 } from './crypto/sha2.ts';
import type { Handler, HttpRequest } from './http/message.ts';
import { readPayload } from './http/payload.ts';
import type { HttpRefusal } from './http/refusal.ts';
import { canonicalIdOf, type Principal } from './iam/principal.ts';
import { createKms, type Kms } from './kms/createKms.ts';
import type { RandomSource } from './random.ts';
import { type Bucket, documentsOf } from './s3/bucket.ts';
import { BucketKeys } from './s3/bucketKeys.ts';
import type { MultipartUpload } from './s3/multipart/upload.ts';
import { createS3, type S3Service } from './s3/service.ts';
import { ObjectIndex, PieceCounter, type VersionList } from './s3/storedObject.ts';
import { checkSignature, signatureMismatch, UNSIGNED_REFUSALS } from './sigv4/sigV4.ts';
import { type Change, Store } from './state/store.ts';
import { createSts } from './sts/sts.ts';
import type { Artifact, ArtifactId } from './trace/artifact.ts';
import { Recorder } from './trace/recorder.ts';
import { Room } from './trace/room.ts';

/** Bytes of the keys that nothing inside the model may read: the host keeps them as hardware would. 32 bytes each. */
export interface RootSecrets {
  /** KMS's domain key (F-KMS-001). */
  readonly domainKey: Uint8Array<ArrayBuffer>;
  /** S3's root key (F-S3M-006). */
  readonly s3RootKey: Uint8Array<ArrayBuffer>;
}

/** A world that was kept, as its host reads it back. */
export interface SavedCloud {
  readonly rows: readonly Change[];
  /** What lies on S3's disks and in KMS's hosts, with the artifact it is. */
  readonly contents: readonly SavedContent[];
  readonly artifacts: readonly Artifact[];
}
export interface SavedContent {
  readonly place: 's3.disk' | 'kms.host';
  readonly id: ArtifactId;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What has changed in a world since it was asked last. */
export interface CloudChanges {
  readonly rows: readonly Change[];
  readonly stored: readonly SavedContent[];
  readonly dropped: readonly { readonly place: SavedContent['place']; readonly id: ArtifactId }[];
  /** Every artifact that the stored contents speak of; the host knows which of them it has. */
  readonly artifacts: readonly Artifact[];
}

export interface CloudOptions {
  readonly region: string;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly principals: readonly Principal[];
  /** Host suffixes under which buckets have names of their own, for example `localhost` for `bucket.localhost`. */
  readonly hosts?: readonly string[];
  /** Overwritten after use. Absent: drawn from `random`. */
  readonly secrets?: RootSecrets;
  readonly saved?: SavedCloud;
  /** How long S3 uses a Bucket Key, in seconds; AWS publishes no number (F-BKY-008, F-SIM-011). Default 300. */
  readonly bucketKeySeconds?: number;
  /** Overrides the KMS request quota of the Region (F-KMS-082), per account, for lessons. */
  readonly kmsRequestsPerSecond?: number;
  readonly pace?: Pace;
}

export interface Cloud {
  readonly region: string;
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly rooms: Readonly<Record<Exclude<Room['place'], 'client'>, Room>>;
  readonly s3: S3Service;
  readonly kms: Kms;
  readonly sts: Handler;
  readonly objects: ObjectIndex;
  readonly store: Store;
  readonly findPrincipal: (accessKeyId: string) => Principal | undefined;
  /** Adds or replaces somebody with credentials. */
  readonly admit: (principal: Principal) => void;
  /** What has changed since the last call; the first call tells everything that is new against `saved`. */
  readonly takeChanges: () => CloudChanges;
}

/** Builds Amazon's side: nothing of it is recorded, since no run has begun. */
export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const { region, random, clock, saved, pace } = options;
  const recorder = new Recorder(clock, sha256);
  const rooms = {
    network: new Room('network'),
    's3.memory': new Room('s3.memory'),
    's3.disk': new Room('s3.disk'),
    's3.keys': new Room('s3.keys'),
    'kms.host': new Room('kms.host'),
    'kms.hsm': new Room('kms.hsm'),
    audit: new Room('audit'),
  };
  if (saved) {
    recorder.restore(saved.artifacts);
    for (const { place, id, bytes } of saved.contents) rooms[place].hold(id, bytes);
  }
  const kept = ['s3.disk', 'kms.host'] as const;
  for (const place of kept) rooms[place].watch();
  const store = new Store(saved?.rows);
  const trail = createTrail({ recorder, room: rooms.audit });
  const people = new Map<string, Principal>();
  const admit = (principal: Principal) => people.set(principal.accessKeyId, principal);
  for (const principal of options.principals) admit(principal);
  const findPrincipal = (accessKeyId: string) => people.get(accessKeyId);

  const kms = await createKms({
    recorder,
    random,
    clock,
    host: rooms['kms.host'],
    hsm: rooms['kms.hsm'],
    trail,
    store,
    region,
    ...(options.secrets ? { domainKey: options.secrets.domainKey } : {}),
    ...(options.kmsRequestsPerSecond === undefined ? {} : { requestsPerSecond: options.kmsRequestsPerSecond }),
    findPrincipalByArn: arn => [...people.values()].find(principal => principal.arn === arn),
    authenticate: request => authenticateFor('kms', { region, clock, findPrincipal }, request),
  });
  const pieces = new PieceCounter();
  const buckets = store.table<Bucket>('s3.buckets');
  for (const bucket of buckets.values()) pieces.claim(documentsOf(bucket));
  const uploads = store.table<MultipartUpload>('s3.uploads');
  for (const upload of uploads.values()) {
    pieces.claim(upload.pieces);
    for (const part of upload.parts) pieces.claim(part.pieces);
  }
  const objects = new ObjectIndex(store.table<VersionList>('s3.objects'), pieces);
  const s3 = createS3({
    recorder,
    random,
    clock,
    memory: rooms['s3.memory'],
    disk: rooms['s3.disk'],
    keys: rooms['s3.keys'],
    trail,
    kms: kms.internal,
    region,
    hosts: options.hosts ?? [],
    findPrincipal,
    ownerOf: accountId => {
      const root = [...people.values()].find(principal => principal.accountId === accountId);
      return {
        canonicalId: root?.canonicalId ?? canonicalIdOf(accountId),
        displayName: root?.displayName ?? accountId,
      };
    },
    buckets,
    objects,
    uploads,
    pieces,
    bucketKeys: new BucketKeys(options.bucketKeySeconds ?? 300),
    rootKey: await installRootKey(recorder, random, rooms['s3.keys'], options.secrets?.s3RootKey),
    ...(pace ? { pace } : {}),
  });
  const sts = createSts({
    random,
    authenticate: request => authenticateFor('sts', { region, clock, findPrincipal }, request),
  });

  const takeChanges = (): CloudChanges => {
    const changes = kept.flatMap(place => rooms[place].takeChanges().map(id => ({ place, id })));
    const stored = changes
      .filter(({ place, id }) => rooms[place].has(id))
      .map(({ place, id }) => ({ place, id, bytes: rooms[place].getBytes(id) }));
    return {
      rows: store.takeChanges(),
      stored,
      dropped: changes.filter(({ place, id }) => !rooms[place].has(id)),
      artifacts: recorder.keepable(stored.map(({ id }) => id)),
    };
  };
  return { region, recorder, random, clock, rooms, s3, kms, sts, objects, store, findPrincipal, admit, takeChanges };
}

/** S3's own root key: how S3 really keeps it is not published (F-ALG-021); here a non-extractable handle. */
async function installRootKey(
  recorder: Recorder,
  random: RandomSource,
  keys: Room,
  given: Bytes | undefined,
): Promise<string> {
  const raw = given ?? random.bytes(32);
  const rootKey = await recorder.identify({
    kind: 's3-root-key',
    name: 'S3 root key',
    bytes: { handle: 's3-root-key-1', byteLength: 32 },
    isSecret: true,
  });
  keys.hold(rootKey.id, await importAesGcmKey(raw));
  zeroize(raw);
  return rootKey.id;
}

/** Who signed a request to KMS or STS; or what to answer instead. */
async function authenticateFor(
  service: 'kms' | 'sts',
  { region, clock, findPrincipal }: Pick<Cloud, 'region' | 'clock' | 'findPrincipal'>,
  request: HttpRequest,
): Promise<Principal | { readonly refusal: HttpRefusal }> {
  const payload = readPayload(request);
  if ('refusal' in payload) return payload;
  const check = await checkSignature(request, payload, {
    region,
    service,
    now: clock.now(),
    findSecret: findPrincipal,
  });
  if (check.kind === 'refused') return { refusal: check.refusal };
  if (check.kind === 'anonymous') return { refusal: UNSIGNED_REFUSALS[service].anonymous };
  const principal = check.kind === 'checked' ? findPrincipal(check.accessKeyId) : undefined;
  if (check.kind !== 'checked' || !principal) return { refusal: UNSIGNED_REFUSALS[service].unknownAccessKey };
  return check.isValid ? principal : { refusal: signatureMismatch(check, service) };
}
