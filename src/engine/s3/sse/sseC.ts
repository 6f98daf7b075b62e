import { concat, equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/text.ts';
import { hmacSha256 } from '../../crypto/hmac.ts';
import { invariant } from '../../errors.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { forget, holdInMemory, type S3Request } from '../context.ts';
import type { CustomerKey } from '../customerKey.ts';
import { decryptUnder, encryptUnder } from '../dataKeys.ts';
import type { Refusal } from '../refusal.ts';
import type { StoredEncryption } from '../storedObject.ts';
import type { ClosedKeys, ObjectKeys } from './objectKeys.ts';
import { READABLE_CHECKSUMS } from './readableChecksums.ts';

type SseC = Extract<StoredEncryption, { type: 'SSE-C' }>;

const SALT_BYTES = 32;

/** The key's MD5 as sent against S3's own: a transport check, not a proof of anything (F-SSC-005). */
function showKeyMd5(asked: S3Request, customerKey: CustomerKey): void {
  const { recorder } = asked.s3;
  recorder.step('s3.checkKeyMd5', 's3');
  recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'key-md5',
    left: { label: 'key MD5 you sent', text: customerKey.md5 },
    right: { label: 'key MD5 S3 computed', text: customerKey.computedMd5 },
    isEqual: customerKey.md5 === customerKey.computedMd5,
    facts: ['F-SSC-005', 'F-SSC-039'],
  });
}

async function keyArtifact(asked: S3Request, customerKey: CustomerKey): Promise<Artifact> {
  const { s3 } = asked;
  const artifact = await s3.recorder.identify({
    kind: 'customer-key',
    name: 'customer key',
    bytes: customerKey.bytes,
    isSecret: true,
  });
  // What arrived with the headers is in memory already, in a buffer of its own; this one is not needed beside it.
  if (s3.memory.has(artifact.id)) {
    customerKey.bytes.fill(0);
    return artifact;
  }
  // It serves a second time in one request, as in a copy under one key: it is taken from its headers again.
  const { arrival } = asked.connection;
  holdInMemory(s3, artifact, customerKey.bytes);
  s3.recorder.emit({
    verb: 'received',
    from: 'network',
    place: 's3.memory',
    inputs: arrival ? [arrival.capture, ...(arrival.sessionKey ? [arrival.sessionKey] : [])] : [],
    outputs: [artifact.id],
    facts: ['F-MPU-005', 'F-CPY-004'],
  });
  return artifact;
}

/** SSE-C, upload: your key encrypts; S3 keeps a salted HMAC of it and forgets the key (F-SSC-005…008). */
export async function newCustomerKeys(asked: S3Request, customerKey: CustomerKey): Promise<ObjectKeys> {
  const { s3 } = asked;
  showKeyMd5(asked, customerKey);
  const held = await keyArtifact(asked, customerKey);
  return {
    ...withCustomerKey(asked, held, ['F-SSC-006', 'F-ALG-005', 'F-SIM-006']),
    close: async () => {
      const keyCheck = await makeKeyCheck(asked, held);
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [held.id], ['F-SSC-008', 'F-SSC-020']);
      return closed({ type: 'SSE-C', keyCheck: keyCheck.id, customerKeyMd5: customerKey.md5 });
    },
  };
}

async function makeKeyCheck({ s3 }: S3Request, held: Artifact): Promise<Artifact> {
  s3.recorder.step('s3.makeKeyCheck', 's3');
  const salt = s3.random.bytes(SALT_BYTES);
  const bytes = concat(salt, await hmacSha256(salt, s3.memory.getBytes(held.id)));
  const keyCheck = await s3.recorder.identify({
    kind: 'key-check',
    name: 'salted HMAC of the key',
    bytes,
    isSecret: false,
    fields: [
      { label: 'salt', start: 0, end: SALT_BYTES, factId: 'F-SIM-005' },
      { label: 'HMAC-SHA-256', start: SALT_BYTES, end: bytes.length, factId: 'F-SIM-005' },
    ],
  });
  holdInMemory(s3, keyCheck, bytes);
  s3.recorder.emit({
    verb: 'hashed',
    place: 's3.memory',
    inputs: [held.id],
    outputs: [keyCheck.id],
    key: held.id,
    algorithm: 'HMAC-SHA-256',
    facts: ['F-SSC-007', 'F-SSC-021', 'F-SIM-005'],
  });
  return keyCheck;
}

/** SSE-C, download: the key you send must give the stored HMAC again (F-SSC-011, F-SSC-012). @throws Refusal */
export async function openCustomerKeys(
  asked: S3Request,
  encryption: SseC,
  customerKey: CustomerKey,
  mismatch: () => Refusal,
): Promise<ObjectKeys> {
  const { s3 } = asked;
  showKeyMd5(asked, customerKey);
  const held = await keyArtifact(asked, customerKey);
  s3.recorder.step('s3.checkKey', 's3');
  const stored = s3.memory.getBytes(encryption.keyCheck);
  const salt = stored.slice(0, SALT_BYTES);
  const expected = stored.slice(SALT_BYTES);
  const computed = await hmacSha256(salt, s3.memory.getBytes(held.id));
  const isEqual = equalBytes(expected, computed);
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'key-check',
    inputs: [held.id, encryption.keyCheck],
    left: { label: 'HMAC on S3’s disks', text: toHex(expected) },
    right: { label: 'HMAC of the key you sent', text: toHex(computed) },
    isEqual,
    facts: ['F-SSC-011', 'F-SIM-005'],
  });
  if (!isEqual) throw mismatch();
  invariant(s3.memory.has(held.id), 'the customer key stays in memory until the object is open');
  return {
    ...withCustomerKey(asked, held, ['F-SSC-012', 'F-SIM-006']),
    close: async () => {
      s3.recorder.step('s3.discardKey', 's3');
      forget(s3, [held.id], ['F-SSC-012']);
      return closed(encryption);
    },
  };
}

function withCustomerKey(asked: S3Request, held: Artifact, facts: readonly string[]): Omit<ObjectKeys, 'close'> {
  const { s3, objectName } = asked;
  return {
    ...READABLE_CHECKSUMS,
    seal: async ({ body, checksum }) => {
      const ciphertext = await encryptUnder(s3, 's3.encrypt', { input: body, keyId: held.id, name: objectName, facts });
      return { body: ciphertext, ...(checksum ? { checksum } : {}) };
    },
    open: async ({ body, checksum }) => {
      const content = await decryptUnder(s3, 's3.decrypt', {
        ciphertext: body,
        keyId: held.id,
        kind: 'plaintext-object',
        name: objectName,
        facts,
      });
      return { body: content, ...(checksum ? { checksum } : {}) };
    },
  };
}

function closed(encryption: SseC): ClosedKeys {
  return { encryption, companions: [encryption.keyCheck], facts: ['F-SSC-007', 'F-SSC-020'] };
}
