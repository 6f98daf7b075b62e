/** Wires customer, network and AWS together. The only file that knows them all. */
import { createTrail } from './audit/trail.ts';
import { zeroize } from './bytes/bytes.ts';
import type { Customer, KeyRing, Sender } from './client/customer.ts';
import type { TransferNames } from './client/transfer.ts';
import type { Clock } from './clock.ts';
import { importAesGcmKey } from './crypto/aesGcm.ts';
import type { Pace } from './crypto/pace.ts';
import { exportRsaPublicKey, generateRsaPair } from './crypto/rsaOaep.ts';
import { sha256 } from './crypto/sha2.ts';
import type { Principal } from './iam/principal.ts';
import { LAB_ACCOUNT_ID, labPrincipals } from './iam/principal.ts';
import { createKms, type Kms } from './kms/createKms.ts';
import { awsManagedS3KeyPolicy, defaultKeyPolicy } from './kms/keyPolicy.ts';
import type { RandomSource } from './random.ts';
import type { Bucket } from './s3/bucket.ts';
import { bucketArn } from './s3/bucket.ts';
import { createS3, type S3Service } from './s3/service.ts';
import { ObjectIndex } from './s3/storedObject.ts';
import { checkSignature } from './sigv4/sigV4.ts';
import { Recorder } from './trace/recorder.ts';
import { Room } from './trace/room.ts';
import { type Mode, PRINCIPALS, type PrincipalName } from './trace/trace.ts';
import { exchangeOver } from './wire/line.ts';

export const REGION = 'eu-central-1';
/** From the block that is reserved for documentation (RFC 5737). */
const SOURCE_IP = '203.0.113.7';

export interface WorldOptions {
  readonly mode: Mode;
  /** Who has the key ring: whoever is going to upload. Nobody else can open what it locks. */
  readonly keyHolder: PrincipalName;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly pace?: Pace;
}

/** One bucket, its keys and its people, made for one mode. */
export interface World {
  readonly mode: Mode;
  readonly recorder: Recorder;
  readonly rooms: Readonly<Record<Exclude<Room['place'], 'client'>, Room>>;
  readonly customers: Readonly<Record<PrincipalName, Customer>>;
  readonly names: Omit<TransferNames, 'objectName'>;
  readonly s3: S3Service;
  readonly kms: Kms;
  readonly objects: ObjectIndex;
  /** Everything that can hold something while this principal is at the client. */
  readonly roomsOf: (principal: PrincipalName) => readonly Room[];
}

/** Builds a world: nothing of it is recorded, since no run has begun. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { mode, keyHolder, random, clock, pace } = options;
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
  const trail = createTrail({ recorder, room: rooms.audit });
  const bucketName = `envelope-lab-${mode}`;

  let principals: readonly Principal[] = [];
  const findPrincipal = (accessKeyId: string) => principals.find(principal => principal.accessKeyId === accessKeyId);
  const kms = await createKms({
    recorder,
    random,
    clock,
    host: rooms['kms.host'],
    hsm: rooms['kms.hsm'],
    trail,
    accountId: LAB_ACCOUNT_ID,
    region: REGION,
    findPrincipalByArn: arn => principals.find(principal => principal.arn === arn),
    authenticate: async request => {
      const check = await checkSignature(
        request,
        { region: REGION, service: 'kms' },
        accessKeyId => findPrincipal(accessKeyId)?.secretAccessKey,
      );
      return check.kind === 'checked' && check.isValid ? findPrincipal(check.accessKeyId) : undefined;
    },
  });
  const isAwsManaged = mode === 'sse-kms-aws';
  const kmsKey = await kms.createKey(
    isAwsManaged
      ? {
          alias: 'alias/aws/s3',
          manager: 'AWS',
          policy: awsManagedS3KeyPolicy(LAB_ACCOUNT_ID, REGION),
          description: 'Default key that protects my S3 objects when no other key is defined',
        }
      : {
          alias: 'alias/envelope-lab',
          manager: 'CUSTOMER',
          policy: defaultKeyPolicy(LAB_ACCOUNT_ID),
          description: 'Customer managed key of the lab',
        },
  );
  const people = labPrincipals(random, [bucketArn(bucketName)], kmsKey.arn);
  principals = Object.values(people);

  const objects = new ObjectIndex();
  const s3 = createS3({
    recorder,
    random,
    clock,
    memory: rooms['s3.memory'],
    disk: rooms['s3.disk'],
    keys: rooms['s3.keys'],
    trail,
    kms: kms.internal,
    region: REGION,
    findPrincipal,
    buckets: new Map<string, Bucket>(),
    objects,
    rootKey: await makeRootKey(recorder, random, rooms['s3.keys']),
    ...(pace ? { pace } : {}),
  });
  s3.createBucket(bucketName, LAB_ACCOUNT_ID, mode === 'none' ? 'before-2023' : 'today');

  const clientRooms = Object.fromEntries(PRINCIPALS.map(name => [name, new Room('client')])) as Record<
    PrincipalName,
    Room
  >;
  const senderFor =
    (client: Room): Sender =>
    (to, request, cargo, transport) =>
      exchangeOver(
        { transport, recorder, random, client, network: rooms.network, sourceIp: SOURCE_IP, ...(pace ? { pace } : {}) },
        to === 's3'
          ? {
              actor: 's3',
              name: 'Amazon S3',
              room: rooms['s3.memory'],
              handle: s3.handle,
              afterSending: s3.forgetRequest,
            }
          : {
              actor: 'kms',
              name: 'AWS KMS',
              room: rooms['kms.host'],
              handle: kms.handle,
              afterSending: kms.forget,
            },
        request,
        cargo,
      );
  const keyRing = await makeKeyRing(mode, recorder, random, clientRooms[keyHolder]);
  const customers = Object.fromEntries(
    PRINCIPALS.map((name): [PrincipalName, Customer] => [
      name,
      {
        recorder,
        random,
        clock,
        room: clientRooms[name],
        credentials: people[name],
        region: REGION,
        keyRing: name === keyHolder ? keyRing : {},
        send: senderFor(clientRooms[name]),
        ...(pace ? { pace } : {}),
      },
    ]),
  ) as Record<PrincipalName, Customer>;

  return {
    mode,
    recorder,
    rooms,
    customers,
    names: { bucketName, kmsKeyArn: kmsKey.arn },
    s3,
    kms,
    objects,
    roomsOf: principal => [clientRooms[principal], ...Object.values(rooms)],
  };
}

/** S3's own root key: how S3 really keeps it is not published (F-ALG-021); here a non-extractable handle. */
async function makeRootKey(recorder: Recorder, random: RandomSource, keys: Room): Promise<string> {
  const raw = random.bytes(32);
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

/** The uploader's own keys, by mode (F-SIM-103). */
async function makeKeyRing(mode: Mode, recorder: Recorder, random: RandomSource, client: Room): Promise<KeyRing> {
  if (mode === 'sse-c') {
    const bytes = random.bytes(32);
    const key = await recorder.identify({ kind: 'customer-key', name: 'customer key', bytes, isSecret: true });
    client.hold(key.id, bytes);
    return { customerKey: key.id };
  }
  if (mode === 'cse-aes') {
    const bytes = random.bytes(32);
    const key = await recorder.identify({ kind: 'wrapping-key', name: 'wrapping key', bytes, isSecret: true });
    client.hold(key.id, bytes);
    return { wrappingKey: key.id };
  }
  if (mode !== 'cse-rsa') return {};
  const pair = await generateRsaPair();
  const privateKey = await recorder.identify({
    kind: 'wrapping-key',
    name: 'RSA private key',
    bytes: { handle: 'rsa-private-key-1' },
    isSecret: true,
  });
  client.hold(privateKey.id, pair.privateKey);
  const spki = await exportRsaPublicKey(pair.publicKey);
  const publicKey = await recorder.identify({
    kind: 'public-key',
    name: 'RSA public key',
    bytes: spki,
    isSecret: false,
    letter: privateKey.letter ?? 'W',
  });
  client.hold(publicKey.id, spki);
  return { rsa: { privateKey: privateKey.id, publicKey: publicKey.id, publicHandle: pair.publicKey } };
}
