import { concat, equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/text.ts';
import { hmacSha256 } from '../../crypto/hmac.ts';
import { invariant } from '../../errors.ts';
import type { Artifact } from '../../trace/artifact.ts';
import { forget, holdInMemory, type S3Request } from '../context.ts';
import type { CustomerKey } from '../customerKey.ts';
import { decryptUnder, encryptUnder } from '../dataKeys.ts';
import { REFUSALS } from '../refusal.ts';
import type { StoredEncryption } from '../storedObject.ts';
import type { Protected } from './protection.ts';

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
  if (s3.memory.has(artifact.id)) customerKey.bytes.fill(0);
  else holdInMemory(s3, artifact, customerKey.bytes);
  return artifact;
}

/** SSE-C, upload: your key encrypts; S3 keeps a salted HMAC of it and forgets the key (F-SSC-005…008). */
export async function protectWithCustomerKey(
  asked: S3Request,
  body: Artifact,
  checksum: Artifact,
  customerKey: CustomerKey,
): Promise<Protected> {
  const { s3, objectName } = asked;
  showKeyMd5(asked, customerKey);
  const key = await keyArtifact(asked, customerKey);
  const ciphertext = await encryptUnder(s3, 's3.encrypt', {
    input: body,
    keyId: key.id,
    name: objectName,
    facts: ['F-SSC-006', 'F-ALG-005', 'F-SIM-006'],
  });
  s3.recorder.step('s3.makeKeyCheck', 's3');
  const salt = s3.random.bytes(SALT_BYTES);
  const bytes = concat(salt, await hmacSha256(salt, s3.memory.getBytes(key.id)));
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
    inputs: [key.id],
    outputs: [keyCheck.id],
    key: key.id,
    algorithm: 'HMAC-SHA-256',
    facts: ['F-SSC-007', 'F-SSC-021', 'F-SIM-005'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [key.id], ['F-SSC-008', 'F-SSC-020']);
  return {
    body: ciphertext,
    checksum,
    encryption: { type: 'SSE-C', keyCheck: keyCheck.id, customerKeyMd5: customerKey.md5 },
    companions: [keyCheck],
    secrets: [key.id],
    facts: ['F-SSC-007', 'F-SSC-020'],
  };
}

/** SSE-C, download: the key you send must give the stored HMAC again (F-SSC-011, F-SSC-012). @throws Refusal */
export async function openWithCustomerKey(
  asked: S3Request,
  ciphertext: Artifact,
  encryption: Extract<StoredEncryption, { type: 'SSE-C' }>,
  customerKey: CustomerKey,
): Promise<Artifact> {
  const { s3, objectName } = asked;
  showKeyMd5(asked, customerKey);
  const key = await keyArtifact(asked, customerKey);
  s3.recorder.step('s3.checkKey', 's3');
  const stored = s3.memory.getBytes(encryption.keyCheck);
  const salt = stored.slice(0, SALT_BYTES);
  const expected = stored.slice(SALT_BYTES);
  const computed = await hmacSha256(salt, s3.memory.getBytes(key.id));
  const isEqual = equalBytes(expected, computed);
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'key-check',
    inputs: [key.id, encryption.keyCheck],
    left: { label: 'HMAC on S3’s disks', text: toHex(expected) },
    right: { label: 'HMAC of the key you sent', text: toHex(computed) },
    isEqual,
    facts: ['F-SSC-011', 'F-SIM-005'],
  });
  if (!isEqual) throw REFUSALS.sseCWrongKey();
  invariant(s3.memory.has(key.id), 'the customer key stays in memory until the object is open');
  const content = await decryptUnder(s3, 's3.decrypt', {
    ciphertext,
    keyId: key.id,
    kind: 'plaintext-object',
    name: objectName,
    facts: ['F-SSC-012', 'F-SIM-006'],
  });
  s3.recorder.step('s3.discardKey', 's3');
  forget(s3, [key.id], ['F-SSC-012']);
  return content;
}
