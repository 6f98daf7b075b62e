import { describe, expect, it } from 'vitest';
import { NOTE } from '../../testing/allRuns.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64, toBase64, toHex } from '../bytes/text.ts';
import { generateRsaPair } from '../crypto/rsaOaep.ts';
import { sha256 } from '../crypto/sha2.ts';
import { type RunResult, runDownload, runUpload } from '../lab.ts';
import type { StoredObject } from '../s3/storedObject.ts';
import type { Mode, PrincipalName, Transport } from '../trace/trace.ts';
import type { World } from '../world.ts';
import type { KeyRing } from './customer.ts';
import { download, upload } from './transfer.ts';

const CLIENT_SIDE = ['cse-aes', 'cse-rsa', 'cse-kms'] as const;
const PREFIX = 'x-amz-meta-x-amz-';
type Part = '3' | 'd' | 'i' | 'w' | 'c' | 't';

async function uploaded(mode: Mode, transport: Transport = 'https'): Promise<World> {
  const { world, trace } = await runUpload({ mode, operation: 'upload', transport, principal: 'owner' }, NOTE);
  expect(trace.outcome.isOk).toBe(true);
  return world;
}

function getStored(world: World, objectName = NOTE.name): StoredObject {
  const stored = world.objects.find(world.names.bucketName, objectName);
  if (!stored) throw new Error('the object is stored');
  return stored;
}

const read = (world: World, mode: Mode, principal: PrincipalName = 'owner', transport: Transport = 'https') =>
  runDownload({ mode, operation: 'download', transport, principal }, world, {
    name: NOTE.name,
    length: NOTE.bytes.length,
  });

/** Changes the object's metadata where S3 keeps it; `undefined` takes a part away. */
function changeMetadata(world: World, change: (part: string, value: string) => string | undefined): void {
  const stored = getStored(world);
  const metadata = stored.metadata.flatMap(([name, value]): (readonly [string, string])[] => {
    const changed = name.startsWith(PREFIX) ? change(name.slice(PREFIX.length), value) : value;
    return changed === undefined ? [] : [[name, changed]];
  });
  world.objects.put({ ...stored, metadata });
}

const changePart = (world: World, part: Part, change: (value: string) => string | undefined) =>
  changeMetadata(world, (name, value) => (name === part ? change(value) : value));

/** The same bytes with the last one's lowest bit turned. */
function turned(bytes: Bytes): Bytes {
  const changed = bytes.slice();
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
}
const turnedText = (text: string) => toBase64(turned(parseBase64(text) ?? new Uint8Array(1)));

/** What the client uploaded, as S3 can see it. */
async function ciphertextOf(world: World): Promise<Bytes> {
  const { customers, names, s3 } = world;
  let body = new Uint8Array(0);
  const eavesdropper = { ...customers.owner, keyRing: {} };
  await download(
    {
      ...eavesdropper,
      send: async (...sent) => {
        const response = await eavesdropper.send(...sent);
        body = new Uint8Array([...response.body.pieces()].flatMap(piece => [...piece]));
        return response;
      },
    },
    { mode: 'sse-s3', transport: 'https' },
    { ...names, objectName: NOTE.name },
  );
  s3.forgetRequest();
  return body;
}

/** S3 hands out other bytes than it was given, with their hash or with that of the true ones. */
async function serveInstead(world: World, bytes: Bytes, withTrueHash: boolean): Promise<void> {
  const { recorder, objects, rooms } = world;
  const stored = getStored(world);
  const body = await recorder.identify({ kind: 'ciphertext-object', name: 'forgery', bytes, isSecret: false });
  const digest = await sha256(bytes);
  const forged = await recorder.identify({ kind: 'checksum', name: 'its hash', bytes: digest, isSecret: false });
  rooms['s3.disk'].hold(body.id, bytes.slice());
  rooms['s3.disk'].hold(forged.id, digest);
  const checksum = withTrueHash && stored.checksum ? stored.checksum.artifact : forged.id;
  const envelope = stored.pieces.filter(id =>
    ['encrypted-data-key', 'commitment', 'message-id'].includes(recorder.get(id).kind),
  );
  objects.put({
    ...stored,
    parts: [{ number: 1, body: body.id, contentLength: bytes.length }],
    checksum: { algorithm: 'SHA256', type: 'FULL_OBJECT', artifact: checksum },
    encryption: { type: 'NOT-SSE' },
    pieces: [...new Set([body.id, ...envelope, checksum])],
  });
}

/** A code of the client's own, or `why:` and the true reason behind the one code that tells an attacker nothing. */
type Expected = string | `why:${string}`;

/** The run was refused so, gave nothing out, and left no key and no plaintext with the client. */
function expectRefusal(result: RunResult, world: World, wanted: Expected, principal: PrincipalName = 'owner'): void {
  const [code, why] = wanted.startsWith('why:') ? ['DecryptionFailed', wanted.slice(4)] : [wanted, undefined];
  expect(result.trace.outcome).toMatchObject({ isOk: false, code });
  const failed = result.trace.events.findLast(event => event.verb === 'failed');
  expect(failed?.verb === 'failed' ? failed.why?.code : undefined).toBe(why);
  expect(result.downloaded).toBeUndefined();
  const { room } = world.customers[principal];
  const kinds = room.ids().map(id => world.recorder.get(id).kind);
  expect(kinds.filter(kind => ['data-key', 'derived-key', 'plaintext-object'].includes(kind))).toEqual([]);
}

describe.each(CLIENT_SIDE)('in mode %s the client', mode => {
  const cannotUnwrap = 'why:UnableToUnwrapDataKey';
  // Only KMS keeps an encryption context: beside another wrap it gives the change away.
  const anotherWrap = mode === 'cse-kms' ? 'why:TamperedMetadata' : 'why:WrappingKeyMissing';

  it.each<[string, Part, (value: string) => string | undefined, string]>([
    ['whose encrypted data key was changed', '3', turnedText, cannotUnwrap],
    ['whose commitment was changed', 'd', turnedText, 'why:KeyCommitmentMismatch'],
    ['whose message id was changed', 'i', turnedText, 'why:KeyCommitmentMismatch'],
    ['whose encrypted data key was cut', '3', () => 'AAAA', cannotUnwrap],
    ['whose message id was cut', 'i', value => value.slice(4), 'why:TamperedMetadata'],
    ['whose message id was zeroed', 'i', () => toBase64(new Uint8Array(28)), 'why:TamperedMetadata'],
    ['whose commitment was taken away', 'd', () => undefined, 'why:TamperedMetadata'],
    ['whose suite was lowered', 'c', () => '114', 'why:TamperedMetadata'],
    ['whose wrap code is another', 'w', value => (value === '22' ? '02' : '22'), anotherWrap],
    ['whose wrap code is none', 'w', () => '03', 'why:TamperedMetadata'],
  ])('refuses an object %s on S3’s side', async (_what, part, change, code) => {
    const world = await uploaded(mode);
    changePart(world, part, change);
    expectRefusal(await read(world, mode), world, code);
  });

  it('refuses an object with the envelope of another one that its keys can open', async () => {
    const world = await uploaded(mode);
    const { customers, names, recorder } = world;
    const bytes = new TextEncoder().encode('another one');
    const other = await recorder.identify({ kind: 'plaintext-object', name: 'b', bytes, isSecret: true });
    customers.owner.room.hold(other.id, bytes);
    await upload(customers.owner, { mode, transport: 'https' }, { ...names, objectName: 'b' }, other, 'text/plain');
    const borrowed = Object.fromEntries(getStored(world, 'b').metadata);
    changePart(world, '3', () => borrowed[`${PREFIX}3`]);
    expectRefusal(await read(world, mode), world, 'why:KeyCommitmentMismatch');
    changeMetadata(world, part => borrowed[`${PREFIX}${part}`]);
    expectRefusal(await read(world, mode), world, 'why:AuthenticationTagMismatch');
  });

  it('refuses other ciphertext, by its hash or, when that was forged too, by its tag', async () => {
    for (const [withTrueHash, code] of [
      [true, 'ChecksumMismatch'],
      [false, 'why:AuthenticationTagMismatch'],
    ] as const) {
      const world = await uploaded(mode);
      await serveInstead(world, turned(await ciphertextOf(world)), withTrueHash);
      expectRefusal(await read(world, mode), world, code);
    }
  });

  it('refuses ciphertext that was cut short or replaced by readable text', async () => {
    for (const bytes of [new Uint8Array(15), new Uint8Array(0), new TextEncoder().encode('readable text')]) {
      const world = await uploaded(mode);
      await serveInstead(world, bytes, false);
      expectRefusal(await read(world, mode), world, 'why:AuthenticationTagMismatch');
    }
  });

  it('knows an object that no such client wrote', async () => {
    const world = await uploaded(mode);
    changeMetadata(world, () => undefined);
    expectRefusal(await read(world, mode), world, 'NotEncryptedByClient');
  });

  it('opens the object when nothing was changed', async () => {
    const world = await uploaded(mode);
    changeMetadata(world, (_part, value) => value);
    expect((await read(world, mode)).downloaded).toEqual(NOTE.bytes);
  });

  it('protects the object also when it talks plain HTTP with S3', async () => {
    const recordedOf = (world: World) =>
      world.rooms.network.entries().map(([, content]) => (content instanceof Uint8Array ? toHex(content) : ''));
    const secret = toHex(NOTE.bytes);
    const sent = await uploaded(mode, 'http');
    expect(recordedOf(sent).length).toBeGreaterThan(0);
    expect(recordedOf(sent).some(bytes => bytes.includes(secret))).toBe(false);
    const { downloaded, trace } = await read(sent, mode, 'owner', 'http');
    expect(downloaded).toEqual(NOTE.bytes);
    expect(recordedOf(sent).some(bytes => bytes.includes(secret))).toBe(false);
    const dataKeys = Object.values(trace.artifacts).filter(({ kind }) => kind === 'data-key' || kind === 'derived-key');
    expect(dataKeys.length).toBeGreaterThan(0);
    for (const { head } of dataKeys) expect(recordedOf(sent).some(bytes => bytes.includes(head))).toBe(false);
    // The same line shows the same object when S3 encrypts it.
    expect(recordedOf(await uploaded('sse-s3', 'http')).some(bytes => bytes.includes(secret))).toBe(true);
  });

  it('takes any file, also one that calls itself JSON', async () => {
    for (const text of ['{', '{"a":1}', '']) {
      const input = { name: 'a.json', type: 'application/json', bytes: new TextEncoder().encode(text) };
      const { world, trace } = await runUpload(
        { mode, operation: 'upload', transport: 'https', principal: 'owner' },
        input,
      );
      expect(trace.outcome).toMatchObject({ isOk: true, status: 200 });
      const stored = { name: input.name, length: input.bytes.length };
      const back = await runDownload({ ...trace.run, operation: 'download' }, world, stored);
      expect(back.downloaded).toEqual(input.bytes);
    }
  });
});

describe('another key ring', () => {
  const openWith = async (world: World, mode: Mode, keyRing: KeyRing) =>
    download(
      { ...world.customers.owner, keyRing },
      { mode, transport: 'https' },
      { ...world.names, objectName: NOTE.name },
    );

  it('with another AES key does not open the object', async () => {
    const world = await uploaded('cse-aes');
    const bytes = new Uint8Array(32).fill(9);
    const other = await world.recorder.identify({ kind: 'wrapping-key', name: 'other', bytes, isSecret: true });
    world.customers.owner.room.hold(other.id, bytes);
    const { outcome, plaintext } = await openWith(world, 'cse-aes', { wrappingKey: other.id });
    expect([outcome.code, plaintext]).toEqual(['DecryptionFailed', undefined]);
  });

  it('with another RSA pair does not open the object', async () => {
    const world = await uploaded('cse-rsa');
    const { privateKey, publicKey } = await generateRsaPair();
    const bytes = { handle: 'another' };
    const other = await world.recorder.identify({ kind: 'wrapping-key', name: 'other', bytes, isSecret: true });
    world.customers.owner.room.hold(other.id, privateKey);
    const rsa = { privateKey: other.id, publicKey: other.id, publicHandle: publicKey };
    const { outcome, plaintext } = await openWith(world, 'cse-rsa', { rsa });
    expect([outcome.code, plaintext]).toEqual(['DecryptionFailed', undefined]);
  });

  it.each(['cse-aes', 'cse-rsa'] as const)('without any key does not open the object in mode %s', async mode => {
    const world = await uploaded(mode);
    expectRefusal(await read(world, mode, 's3-admin'), world, 'WrappingKeyMissing', 's3-admin');
  });

  it('of raw AES does not turn to KMS because the metadata says so', async () => {
    const world = await uploaded('cse-aes');
    changePart(world, 'w', () => '12');
    const result = await read(world, 'cse-aes');
    expectRefusal(result, world, 'why:WrappingKeyMissing');
    expect(result.trace.exchanges.map(({ link }) => link)).toEqual(['client-s3']);
  });

  it('of KMS without the permission is told so by KMS', async () => {
    const world = await uploaded('cse-kms');
    expectRefusal(await read(world, 'cse-kms', 's3-admin'), world, 'AccessDeniedException', 's3-admin');
  });
});

describe('the stored encryption context', () => {
  it('with a pair nobody named is refused before KMS is asked (F-CSK-011, F-ERR-106)', async () => {
    const world = await uploaded('cse-kms');
    changePart(world, 't', () => '{"aws:x-amz-cek-alg":"115","department":"finance"}');
    const result = await read(world, 'cse-kms');
    expectRefusal(result, world, 'why:EncryptionContextMismatch');
    expect(result.trace.exchanges.map(({ link }) => link)).toEqual(['client-s3']);
  });

  it.each(['{"aws:x-amz-cek-alg":"116"}', '{}'])('changed to %s does not open the data key', async context => {
    const world = await uploaded('cse-kms');
    changePart(world, 't', () => context);
    expectRefusal(await read(world, 'cse-kms'), world, 'why:UnableToUnwrapDataKey');
  });
});

describe('a plain client', () => {
  it('notices by the stored hash that an unencrypted object has changed on the disks', async () => {
    const world = await uploaded('none');
    const bytes = world.rooms['s3.disk'].getBytes(getStored(world).parts[0]?.body ?? '');
    bytes.set(turned(bytes));
    expectRefusal(await read(world, 'none'), world, 'ChecksumMismatch');
  });

  it('is told by S3 that an encrypted object is damaged', async () => {
    const world = await uploaded('sse-s3');
    const bytes = world.rooms['s3.disk'].getBytes(getStored(world).parts[0]?.body ?? '');
    bytes.set(turned(bytes));
    expectRefusal(await read(world, 'sse-s3'), world, 'InternalError');
  });
});
