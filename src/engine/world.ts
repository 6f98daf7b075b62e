/** Wires customer, network and AWS together. The only file that knows them all. */

import type { Customer, KeyRing, Sender } from './client/customer.ts';
import type { TransferNames } from './client/transfer.ts';
import { holdAesKey, holdRsaPair } from './client/wrappingKeys.ts';
import type { Clock } from './clock.ts';
import { type Cloud, type CloudOptions, createCloud } from './cloud.ts';
import { type GivenWrappingKey, importRsaPair } from './crypto/keyFiles.ts';
import type { Pace } from './crypto/pace.ts';
import { generateRsaPair } from './crypto/rsaOaep.ts';
import { invariant } from './errors.ts';
import { guestPrincipals, LAB_ACCOUNT_ID, labPrincipals, type Principal } from './iam/principal.ts';
import type { Kms, NewKey } from './kms/createKms.ts';
import { awsManagedS3KeyPolicy, defaultKeyPolicy } from './kms/keyPolicy.ts';
import type { RandomSource } from './random.ts';
import { bucketArn } from './s3/bucket.ts';
import type { S3Service } from './s3/service.ts';
import type { ObjectIndex } from './s3/storedObject.ts';
import type { Recorder } from './trace/recorder.ts';
import { Room } from './trace/room.ts';
import { GUESTS, type GuestName, type Mode, type PersonName, PRINCIPALS, type PrincipalName } from './trace/trace.ts';
import { exchangeOver, type LineOptions } from './wire/line.ts';

export const REGION = 'eu-central-1';
/** From the block that is reserved for documentation (RFC 5737). */
const SOURCE_IP = '203.0.113.7';

export interface WorldOptions {
  readonly mode: Mode;
  /** Who has the key ring: whoever is going to upload. Nobody else can open what it locks. */
  readonly keyHolder: PersonName;
  /** The key holder’s wrapping key, in the mode of its type, instead of a fresh one. The world works on a copy. */
  readonly wrappingKey?: GivenWrappingKey;
  readonly random: RandomSource;
  readonly clock: Clock;
  readonly pace?: Pace;
  /** With the further people, and both the customer managed key and `aws/s3`, whatever the mode. */
  readonly hasGuests?: boolean;
  /** Out of the ordinary. */
  readonly limits?: Pick<CloudOptions, 'kmsRequestsPerSecond' | 'bucketKeySeconds'>;
}

/** One bucket, its keys and its people, made for one mode. */
export interface World {
  readonly mode: Mode;
  readonly recorder: Recorder;
  readonly rooms: Readonly<Record<Exclude<Room['place'], 'client'>, Room>>;
  readonly customers: Readonly<Record<PrincipalName, Customer>>;
  readonly names: Omit<TransferNames, 'objectName'>;
  /** ARN of `aws/s3`, where it is there from the start. */
  readonly awsKeyArn?: string;
  /** The further people, where there are any. */
  readonly guests?: Readonly<Record<GuestName, Customer>>;
  /** Amazon's side of it. */
  readonly cloud: Cloud;
  readonly people: Readonly<Record<PrincipalName, Principal>> & Readonly<Partial<Record<GuestName, Principal>>>;
  readonly s3: S3Service;
  readonly kms: Kms;
  readonly objects: ObjectIndex;
  /** Which byte of the next object on the line somebody turns over; taken when it is done. */
  readonly meddler: { byte?: number };
  /** Everything that can hold something while this principal is at the client. */
  readonly roomsOf: (person: PersonName) => readonly Room[];
}

/** Somebody of a world. @throws EngineError `invariant` for a guest where there are none */
export function customerIn(world: Pick<World, 'customers' | 'guests'>, person: PersonName): Customer {
  const everybody: Readonly<Partial<Record<PersonName, Customer>>> = { ...world.customers, ...world.guests };
  const customer = everybody[person];
  invariant(customer, 'somebody who asks is in this world');
  return customer;
}

/** Everybody who has a desk in a world. */
export function everybodyIn(world: Pick<World, 'customers' | 'guests'>): readonly Customer[] {
  return [...Object.values(world.customers), ...Object.values(world.guests ?? {})];
}

const AWS_MANAGED_KEY: NewKey = {
  accountId: LAB_ACCOUNT_ID,
  alias: 'alias/aws/s3',
  manager: 'AWS',
  policy: awsManagedS3KeyPolicy(LAB_ACCOUNT_ID, REGION),
  description: 'Default key that protects my S3 objects when no other key is defined',
};
const CUSTOMER_MANAGED_KEY: NewKey = {
  accountId: LAB_ACCOUNT_ID,
  alias: 'alias/envelope-lab',
  manager: 'CUSTOMER',
  policy: defaultKeyPolicy(LAB_ACCOUNT_ID),
  description: 'Customer managed key of the lab',
};

/** Builds a world: nothing of it is recorded, since no run has begun. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { mode, keyHolder, wrappingKey, random, clock, pace, hasGuests = false, limits } = options;
  const paced = pace ? { pace } : {};
  const cloud = await createCloud({ region: REGION, random, clock, principals: [], ...limits, ...paced });
  const { recorder, rooms, kms, s3 } = cloud;
  const bucketName = `envelope-lab-${mode}`;
  const isAwsManaged = mode === 'sse-kms-aws' && !hasGuests;
  const kmsKey = await kms.createKey(isAwsManaged ? AWS_MANAGED_KEY : CUSTOMER_MANAGED_KEY);
  const awsKey = isAwsManaged ? kmsKey : hasGuests ? await kms.createKey(AWS_MANAGED_KEY) : undefined;
  const labPeople = labPrincipals(random, [bucketArn(bucketName)], kmsKey.arn);
  const guestPeople = hasGuests ? guestPrincipals(random, [bucketArn(bucketName)], labPeople.owner) : undefined;
  const people = { ...labPeople, ...guestPeople };
  for (const principal of Object.values(people)) cloud.admit(principal);
  s3.createBucket(bucketName, LAB_ACCOUNT_ID, mode === 'none' ? 'before-2023' : 'today');

  const clientRooms = Object.fromEntries(
    [...PRINCIPALS, ...(hasGuests ? GUESTS : [])].map(name => [name, new Room('client')]),
  ) as Record<PersonName, Room>;
  const meddler: World['meddler'] = {};
  const meddle: LineOptions['meddle'] = (actor, cargo) => {
    const { byte } = meddler;
    const hasObject = cargo.some(id => recorder.get(id).kind.endsWith('-object'));
    if (byte === undefined || actor !== 's3' || !hasObject) return undefined;
    delete meddler.byte;
    return byte;
  };
  const senderFor =
    (client: Room): Sender =>
    (to, request, cargo, transport) =>
      exchangeOver(
        {
          transport,
          recorder,
          random,
          client,
          network: rooms.network,
          sourceIp: SOURCE_IP,
          meddle,
          ...(pace ? { pace } : {}),
        },
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
  const keyRing = await makeKeyRing(mode, recorder, random, clientRooms[keyHolder], wrappingKey);
  const customerFor = (name: PersonName, credentials: Principal): Customer => ({
    recorder,
    random,
    clock,
    room: clientRooms[name],
    credentials,
    ...(name === 'anonymous' ? { isAnonymous: true } : {}),
    region: REGION,
    keyRing: name === keyHolder ? keyRing : {},
    send: senderFor(clientRooms[name]),
    ...paced,
  });
  const customers = Object.fromEntries(PRINCIPALS.map(name => [name, customerFor(name, labPeople[name])])) as Record<
    PrincipalName,
    Customer
  >;
  const guests =
    guestPeople &&
    (Object.fromEntries(GUESTS.map(name => [name, customerFor(name, guestPeople[name])])) as Record<
      GuestName,
      Customer
    >);

  return {
    mode,
    recorder,
    rooms,
    customers,
    cloud,
    people,
    names: { bucketName, kmsKeyArn: kmsKey.arn },
    ...(awsKey ? { awsKeyArn: awsKey.arn } : {}),
    ...(guests ? { guests } : {}),
    s3,
    kms,
    objects: cloud.objects,
    meddler,
    roomsOf: person => [clientRooms[person], ...Object.values(rooms)],
  };
}

/** The uploader's own keys, by mode (F-SIM-103). */
async function makeKeyRing(
  mode: Mode,
  recorder: Recorder,
  random: RandomSource,
  client: Room,
  given?: GivenWrappingKey,
): Promise<KeyRing> {
  invariant(given === undefined || mode === `cse-${given.type}`, 'a wrapping key is brought to the mode it is for');
  if (mode === 'sse-c') {
    const bytes = random.bytes(32);
    const key = await recorder.identify({ kind: 'customer-key', name: 'customer key', bytes, isSecret: true });
    client.hold(key.id, bytes);
    return { customerKey: key.id };
  }
  if (mode === 'cse-aes') {
    const bytes = random.bytes(32);
    // Chance is asked all the same: with a seed, everything but this key is as it would be without it.
    if (given?.type === 'aes') bytes.set(given.bytes);
    return { wrappingKey: await holdAesKey({ recorder, room: client }, bytes) };
  }
  if (mode !== 'cse-rsa') return {};
  const pair = given?.type === 'rsa' ? await importRsaPair(given.pkcs8) : await generateRsaPair();
  return { rsa: await holdRsaPair({ recorder, room: client }, pair, 1) };
}
