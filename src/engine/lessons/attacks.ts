/** Lessons in which somebody with write access to the bucket changes what lies there. */
import { type Bytes, concat, utf8, zeroize } from '../bytes/bytes.ts';
import { forgeTwoKeyCiphertext, twoKeyFields } from '../client/attacks/twoKeyCiphertext.ts';
import { type Customer, forgetAtClient, holdAtClient } from '../client/customer.ts';
import { getObject, hashBody, putObject } from '../client/s3Client.ts';
import { createEncryptionClient } from '../client/s3EncryptionClient/client.ts';
import { deriveForWriting, drawIv } from '../client/s3EncryptionClient/content.ts';
import { type Entries, type Envelope, encodeEnvelope, splitEntries } from '../client/s3EncryptionClient/envelope.ts';
import { INSTRUCTION_SUFFIX } from '../client/s3EncryptionClient/instructionFile.ts';
import type { Keyring, RawKeyring } from '../client/s3EncryptionClient/keyring.ts';
import type { ClientOptions } from '../client/s3EncryptionClient/options.ts';
import { entriesOf, takeBody } from '../client/s3EncryptionClient/reading.ts';
import { COMMITTING_GCM, type ContentSuite, GCM } from '../client/s3EncryptionClient/suites.ts';
import { makeDataKey, wrapDataKey } from '../client/s3EncryptionClient/wrapping.ts';
import { metadataHeaders, putInstructionFile } from '../client/s3EncryptionClient/writing.ts';
import { finish } from '../client/transfer.ts';
import { importAesGcmKey, openAesGcm } from '../crypto/aesGcm.ts';
import { deriveContentKey } from '../crypto/commitment.ts';
import { invariant } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import { type ActEnd, type Bench, customerOf, ended, type LessonScript, opened } from './bench.ts';

/** What the planted object says under each of its two data keys; the rest of either is noise. */
export const PLANTED_TEXTS = ['Pay Bob 10 euros', 'Pay Eve 9999 eur'] as const;
/** The object of the lesson on ranges. */
export const PAYMENT_TEXT =
  'payment 4711; from: Alice; to: Bob; amount: 0000010.00 EUR; reference: rent for the flat; approved: yes; end of payment';
/** Where the amount's third digit stands: anyone who knows the form knows the place, without reading a byte. */
export const PAYMENT_DIGIT = PAYMENT_TEXT.indexOf('0000010.00') + 2;

/** What the attacker keeps between planting and swapping. */
interface Planted {
  readonly second: Artifact;
  readonly inFile: Entries;
}

/**
 * The instruction file swapped (F-FMT-005). The attacker may write the bucket and knows the owner's public key, which anybody
 * may know. Without commitment the object opens to another text; with it, the second key is refused.
 */
const swap =
  (suite: ContentSuite): LessonScript =>
  async world => {
    const { owner, 's3-admin': attacker } = world.customers;
    const { rsa } = owner.keyRing;
    invariant(rsa, 'the owner has an RSA pair');
    // Public keys are public.
    attacker.room.hold(rsa.publicKey, owner.room.getBytes(rsa.publicKey));
    const locking: RawKeyring = { type: 'rsa', keys: [rsa] };
    const options: ClientOptions = {
      keyring: locking,
      transport: 'https',
      commitmentPolicy: suite.hasCommitment ? 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT' : 'FORBID_ENCRYPT_ALLOW_DECRYPT',
      writesInstructionFiles: true,
    };
    const read = async (bench: Bench) =>
      opened(owner, await createEncryptionClient(owner, options).getObject(bench.address));
    let planted: Planted | undefined;
    return {
      given: new Uint8Array(0),
      keep: () => (planted ? [planted.second.id] : []),
      acts: {
        plant: async bench => {
          const { recorder } = attacker;
          const first = await makeDataKey(attacker);
          const second = await makeDataKey(attacker);
          const { forged, envelope, keys } = await forge(attacker, suite, first, second, bench.address.objectName);
          recorder.step('client.wrapDataKey', 'client');
          const wrapped = await wrapDataKey(attacker, locking, first, suite);
          const spare = await wrapDataKey(attacker, locking, second, suite);
          recorder.step('client.discardKeys', 'client');
          forgetAtClient(attacker, new Set([first.id, second.id, ...keys]));
          const entriesWith = (key: Artifact) =>
            splitEntries(
              envelope.format,
              encodeEnvelope({
                ...envelope,
                wrap: wrapped.wrap,
                description: {},
                encryptedDataKey: attacker.room.getBytes(key.id),
              } as Envelope),
            );
          const { onObject, inFile } = entriesWith(wrapped.encryptedDataKey);
          planted = { second: spare.encryptedDataKey, inFile: entriesWith(spare.encryptedDataKey).inFile };
          const written = await putInstructionFile(attacker, options, bench.address, inFile, INSTRUCTION_SUFFIX);
          if (written.status !== 200) return { outcome: finish(attacker, written, []) };
          recorder.step('client.prepare', 'client');
          const { checksum, digest } = await hashBody(attacker, forged);
          const response = await putObject(attacker, 'https', bench.address, {
            body: forged,
            digest,
            contentType: 'text/plain',
            headers: metadataHeaders(onObject),
            cargo: [checksum.id, ...(envelope.format === 'v3' ? envelope.ids : [])],
          });
          return { outcome: finish(attacker, response, [planted.second]) };
        },
        'read-before': read,
        swap: async bench => {
          invariant(planted, 'what is swapped in was made before');
          const written = await putInstructionFile(
            attacker,
            options,
            bench.address,
            planted.inFile,
            INSTRUCTION_SUFFIX,
          );
          return { outcome: finish(attacker, written, []) };
        },
        'read-after': read,
      },
    };
  };

/** The envelope's part that does not depend on the data key that will be named. */
type Unkeyed =
  | { readonly format: 'v2'; readonly suite: ContentSuite; readonly iv: Bytes }
  | {
      readonly format: 'v3';
      readonly suite: ContentSuite;
      readonly messageId: Bytes;
      readonly commitment: Bytes;
      readonly ids: readonly ArtifactId[];
    };

/** One ciphertext, right under both data keys; what each makes of it is on the attacker's side. */
async function forge(
  attacker: Customer,
  suite: ContentSuite,
  first: Artifact,
  second: Artifact,
  name: string,
): Promise<{ forged: Artifact; envelope: Unkeyed; keys: readonly ArtifactId[] }> {
  const { recorder, room } = attacker;
  const { content, envelope } = await contentFor(attacker, suite, first);
  const contentKeys: readonly [Bytes, Bytes] = [
    room.getBytes(content.keyId).slice(),
    envelope.format === 'v3'
      ? await deriveContentKey(room.getBytes(second.id), envelope.messageId)
      : room.getBytes(second.id).slice(),
  ];
  recorder.step('client.forge', 'client');
  const texts: readonly [Bytes, Bytes] = [utf8(PLANTED_TEXTS[0]), utf8(PLANTED_TEXTS[1])];
  const aad = content.aad ?? new Uint8Array(0);
  const faces: Artifact[] = [];
  let bytes: Bytes;
  try {
    bytes = await forgeTwoKeyCiphertext({ keys: contentKeys, iv: content.iv, aad, texts });
    for (const raw of contentKeys) {
      const plain = await openAesGcm({ cryptoKey: await importAesGcmKey(raw), iv: content.iv, aad, sealed: bytes });
      const face = await recorder.identify({ kind: 'plaintext-object', name, bytes: plain, isSecret: true });
      holdAtClient(attacker, face, plain);
      faces.push(face);
    }
  } finally {
    for (const raw of contentKeys) zeroize(raw);
  }
  const ids = faces.map(face => face.id);
  recorder.emit({ verb: 'generated', place: 'client', outputs: ids, facts: ['F-FMT-005'] });
  const forged = await recorder.identify({
    kind: 'ciphertext-object',
    name,
    bytes,
    isSecret: false,
    fields: twoKeyFields([texts[0].length, texts[1].length]),
    lock: { keyId: content.keyId, contents: ids.slice(0, 1), algorithm: 'AES-256-GCM' },
  });
  holdAtClient(attacker, forged, bytes);
  recorder.emit({
    verb: 'encrypted',
    place: 'client',
    inputs: [...ids, content.keyId, second.id],
    outputs: [forged.id],
    key: content.keyId,
    algorithm: 'AES-256-GCM, forged for two keys',
    facts: ['F-FMT-005'],
  });
  return { forged, envelope, keys: [content.keyId, ...ids] };
}

async function contentFor(attacker: Customer, suite: ContentSuite, first: Artifact) {
  const { room } = attacker;
  if (!suite.hasCommitment) {
    const { content } = await drawIv(attacker, first);
    const envelope: Unkeyed = { format: 'v2', suite, iv: content.iv };
    return { content, envelope };
  }
  const { content, commitment, messageId } = await deriveForWriting(attacker, first);
  const envelope: Unkeyed = {
    format: 'v3',
    suite,
    messageId: room.getBytes(messageId.id),
    commitment: room.getBytes(commitment.id),
    ids: [messageId.id, commitment.id],
  };
  return { content, envelope };
}

export const swapV2: LessonScript = swap(GCM);
export const swapV3: LessonScript = swap(COMMITTING_GCM);

/** Bits flipped in the ciphertext: a range read does not notice, a whole read does (F-FMT-092). */
export const range: LessonScript = async world => {
  const { owner } = world.customers;
  const { wrappingKey } = owner.keyRing;
  invariant(wrappingKey, 'the owner has a wrapping key');
  const keyring: Keyring = { type: 'aes', keys: [{ wrappingKey }] };
  const client = createEncryptionClient(owner, { keyring, transport: 'https', enableLegacyUnauthenticatedModes: true });
  return {
    given: utf8(PAYMENT_TEXT),
    acts: {
      upload: async bench => {
        const payment = bench.object();
        return ended(owner, await client.putObject(bench.address, payment, bench.contentType), [payment]);
      },
      tamper: bench => flipAmount(bench),
      'read-range': async bench => {
        const at = PAYMENT_TEXT.indexOf('amount');
        return opened(owner, await client.getObject(bench.address, { range: { first: at, last: at + 25 } }));
      },
      'read-whole': async bench => opened(owner, await client.getObject(bench.address)),
    },
  };
};

/** Without any key: the ciphertext comes down, one byte of it changes, and it goes up again with its old metadata. */
async function flipAmount(bench: Bench): Promise<ActEnd> {
  const attacker = customerOf(bench, 's3-admin');
  const { recorder, room } = attacker;
  const answer = await getObject(attacker, 'https', bench.address);
  if (answer.status !== 200) return { outcome: finish(attacker, answer, []) };
  const received = await takeBody(attacker, answer, bench.address.objectName, 'ciphertext-object');
  recorder.step('client.tamper', 'client');
  const before = room.getBytes(received.id);
  // In counter mode a bit of ciphertext is a bit of plaintext: this turns the digit 0 into a 9.
  const flipped = (before[PAYMENT_DIGIT] ?? 0) ^ '0'.charCodeAt(0) ^ '9'.charCodeAt(0);
  const bytes = concat(before.slice(0, PAYMENT_DIGIT), new Uint8Array([flipped]), before.slice(PAYMENT_DIGIT + 1));
  const changed = await recorder.identify({
    kind: 'ciphertext-object',
    name: bench.address.objectName,
    bytes,
    isSecret: false,
    fields: [
      { label: 'as it was', start: 0, end: PAYMENT_DIGIT },
      { label: 'changed byte', start: PAYMENT_DIGIT, end: PAYMENT_DIGIT + 1, factId: 'F-FMT-092' },
      { label: 'as it was', start: PAYMENT_DIGIT + 1, end: bytes.length },
    ],
  });
  holdAtClient(attacker, changed, bytes);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [received.id],
    outputs: [changed.id],
    facts: ['F-FMT-092'],
  });
  recorder.step('client.prepare', 'client');
  const { checksum, digest } = await hashBody(attacker, changed);
  const envelope = (answer.cargo ?? []).filter(id =>
    ['encrypted-data-key', 'commitment', 'message-id'].includes(recorder.get(id).kind),
  );
  const response = await putObject(attacker, 'https', bench.address, {
    body: changed,
    digest,
    contentType: 'text/plain',
    headers: metadataHeaders(entriesOf(answer)),
    cargo: [checksum.id, ...envelope],
  });
  return { outcome: finish(attacker, response, []) };
}
