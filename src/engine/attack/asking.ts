/** Asking AWS with what has leaked: real requests, answered by the same gates as anybody's. */
import { toBase64 } from '../bytes/text.ts';
import type { Customer } from '../client/customer.ts';
import { decrypt } from '../client/kmsClient.ts';
import { getObject, parseError } from '../client/s3Client.ts';
import { parseEnvelope, recognise } from '../client/s3EncryptionClient/envelope.ts';
import { decodeMetadataText } from '../client/s3EncryptionClient/metadataText.ts';
import { takeBody } from '../client/s3EncryptionClient/reading.ts';
import { md5 } from '../crypto/md5.ts';
import type { Header } from '../http/message.ts';
import type { EncryptionContext } from '../kms/api.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { type Thief, tellFailure } from './thief.ts';

/** An encrypted data key that KMS would open, and what must be said with it. No secret: it stands beside the object (F-KSM-073). */
interface KmsLock {
  readonly id: ArtifactId;
  readonly kmsKeyArn: string;
  readonly context: EncryptionContext;
}

/** As whom the thief can ask S3: with the stolen credentials, and without any where the bucket admits everybody. */
function disguises({ customer, leaks }: Thief): readonly Customer[] {
  const { isAnonymous: _, ...bare } = customer;
  const isNamed = customer.isAnonymous !== true;
  const named = isNamed ? [bare] : [];
  return leaks.has('bucket-policy') ? [...named, { ...bare, isAnonymous: true }] : named;
}

/** GetObject in every disguise, until S3 gives something out. What comes may still be encrypted. */
export async function askS3(thief: Thief): Promise<void> {
  for (const customer of disguises(thief)) {
    thief.count();
    customer.recorder.step('attacker.ask', 'client');
    const facts = customer.isAnonymous ? ['F-KSM-061'] : ['F-S3M-011', 'F-KSM-051'];
    customer.recorder.emit({ verb: 'derived', place: 'client', api: 'GetObject', facts });
    const withKey = await customerKeyHeaders(thief);
    const response = await getObject(customer, 'https', thief.address, withKey.headers, withKey.cargo);
    if (response.status === 200) {
      await takeBody(customer, response, thief.address.objectName, 'ciphertext-object');
      return;
    }
    customer.recorder.step('attacker.ask', 'client');
    tellFailure(thief, { ...parseError(response) });
  }
}

/** The headers of SSE-C, when a customer key is among the loot (F-HDR-005…007). */
async function customerKeyHeaders({ customer }: Thief): Promise<{ headers: Header[]; cargo: ArtifactId[] }> {
  const { recorder, room } = customer;
  const stolen = room.ids().find(id => recorder.get(id).kind === 'customer-key');
  if (stolen === undefined) return { headers: [], cargo: [] };
  const raw = room.getBytes(stolen);
  const bytes = md5(raw);
  const sum = await recorder.identify({ kind: 'checksum', name: 'MD5 of the key', bytes, isSecret: false });
  room.hold(sum.id, bytes);
  recorder.emit({
    verb: 'hashed',
    place: 'client',
    inputs: [stolen],
    outputs: [sum.id],
    algorithm: 'MD5',
    facts: ['F-SSC-001', 'F-HDR-013'],
  });
  const prefix = 'x-amz-server-side-encryption-customer';
  return {
    headers: [
      [`${prefix}-algorithm`, 'AES256'],
      [`${prefix}-key`, toBase64(raw)],
      [`${prefix}-key-MD5`, toBase64(bytes)],
    ],
    cargo: [stolen],
  };
}

/** Decrypt of KMS for every encrypted data key at hand that is under a KMS key, signed with the stolen credentials. */
export async function askKms(thief: Thief): Promise<void> {
  const { customer } = thief;
  const { recorder, room } = customer;
  for (const { id, kmsKeyArn, context } of await locksOfKms(thief)) {
    if (!room.has(id)) continue;
    thief.count();
    recorder.step('attacker.ask', 'client');
    const answer = await decrypt(
      customer,
      { CiphertextBlob: toBase64(room.getBytes(id)), KeyId: kmsKeyArn, EncryptionContext: context },
      recorder.get(id),
    );
    if ('ok' in answer) continue;
    recorder.step('attacker.ask', 'client');
    tellFailure(thief, {
      code: answer.error.__type,
      message: answer.error.message,
      inputs: [id],
      facts: ['F-KSM-035'],
    });
  }
}

/** What stands beside the object: S3's own note of how it is protected, and the client's envelope in the metadata. */
async function locksOfKms({ world, address }: Thief): Promise<readonly KmsLock[]> {
  const stored = world.objects.find(address.bucketName, address.objectName);
  if (!stored) return [];
  const locks: KmsLock[] = [];
  const { encryption } = stored;
  if (encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS') {
    const { kmsKeyArn, context, encryptedDataKey } = encryption;
    const bucketKey = encryption.type === 'SSE-KMS' ? encryption.encryptedBucketKey : undefined;
    // With a Bucket Key it is that key which KMS opens; the object's own lies under it.
    locks.push({ id: bucketKey ?? encryptedDataKey, kmsKeyArn, context });
  }
  const prefix = 'x-amz-meta-';
  const entries = Object.fromEntries(
    stored.metadata.map(([name, value]) => [name.toLowerCase().replace(prefix, ''), decodeMetadataText(value)]),
  );
  const recognised = recognise(entries);
  const envelope = recognised.is === 'whole' ? parseEnvelope(recognised.format, entries) : undefined;
  if (envelope?.wrap.keyring !== 'kms') return locks;
  const artifact = await world.recorder.find(envelope.encryptedDataKey);
  if (!artifact) return locks;
  return [...locks, { id: artifact.id, kmsKeyArn: world.names.kmsKeyArn, context: envelope.description }];
}
