/** Fills the templates of actions in. */
import { toBase64 } from '../bytes/text.ts';
import { md5 } from '../crypto/md5.ts';
import { LAB_ACCOUNT_ID, OTHER_ACCOUNT_ID } from '../iam/principal.ts';
import { bucketArn } from '../s3/bucket.ts';
import type { JsonValue } from '../trace/event.ts';
import type { PersonName } from '../trace/trace.ts';
import type { World } from '../world.ts';

/** Values for names in braces. */
export type Names = ReadonlyMap<string, string>;

/** What a world has by name, before anybody has kept anything. */
export function namesOf(world: World, objectName: string): Map<string, string> {
  const { bucketName, kmsKeyArn } = world.names;
  const names = new Map<string, string>([
    ['bucket', bucketName],
    ['bucketArn', bucketArn(bucketName)],
    ['object', objectName],
    ['key', kmsKeyArn],
    ['keyId', kmsKeyArn.split('/').at(-1) ?? ''],
    ['awsKey', world.awsKeyArn ?? ''],
    ['account', LAB_ACCOUNT_ID],
    ['otherAccount', OTHER_ACCOUNT_ID],
  ]);
  for (const [person, { arn }] of Object.entries(world.people)) names.set(`arn:${person as PersonName}`, arn);
  return names;
}

/** Names whose values change while an experiment goes on. */
export function presentNames(world: World, objectName: string): Map<string, string> {
  const { customerKey } = world.customers.owner.keyRing;
  const present = new Map<string, string>();
  const { room } = world.customers.owner;
  if (customerKey !== undefined && room.has(customerKey)) {
    const raw = room.getBytes(customerKey);
    present.set('customerKey', toBase64(raw));
    present.set('customerKeyMd5', toBase64(md5(raw)));
  }
  const stored = world.objects.find(world.names.bucketName, objectName)?.encryption;
  if (stored && 'encryptedDataKey' in stored) {
    present.set('encryptedDataKey', toBase64(world.rooms['s3.disk'].getBytes(stored.encryptedDataKey)));
  }
  return present;
}

/** Replaces names in braces; what is no known name stays as it stands. */
export function fill(text: string, names: Names): string {
  return text.replace(/\{([\w:-]{1,64})\}/g, (whole, name: string) => names.get(name) ?? whole);
}

/** The same for every text within a value. */
export function fillAll(value: JsonValue, names: Names): JsonValue {
  if (typeof value === 'string') return fill(value, names);
  if (Array.isArray(value)) return value.map(one => fillAll(one, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [fill(name, names), fillAll(inner, names)]));
}
