import { describe, expect, it } from 'vitest';
import { formatAesKey, makeWrappingKey } from './crypto/keyFiles.ts';
import { cryptoRandom } from './crypto/seededRandom.ts';
import { type LabInput, runDownload, runUpload } from './lab.ts';
import { forgetKeyRings, readHeld } from './takeAway.ts';
import type { RunSpec } from './trace/trace.ts';

const UPLOAD: RunSpec = { mode: 'cse-aes', operation: 'upload', transport: 'https', principal: 'owner', seed: 'held' };
const note = (text = 'a note for nobody'): LabInput => ({
  name: 'deep/note é.txt',
  type: 'text/plain',
  bytes: new TextEncoder().encode(text),
});

describe('what S3 holds of an object', () => {
  it('is the ciphertext, 16 bytes longer, with its envelope in the metadata (F-FMT-020)', async () => {
    const { world, trace } = await runUpload(UPLOAD, note());
    const held = await readHeld(world, trace.objectName);
    expect(held?.object.body.length).toBe(trace.objectLength + 16);
    expect(held?.object).toMatchObject({ objectName: 'deep/note é.txt', contentType: 'text/plain' });
    expect(Object.keys(held?.object.metadata ?? {})).toEqual(
      expect.arrayContaining(['x-amz-c', 'x-amz-3', 'x-amz-w', 'x-amz-d', 'x-amz-i']),
    );
    expect(held?.instructionFile).toBeUndefined();
  });

  it('is read without a trace: every room holds what it held before, byte for byte', async () => {
    const { world, trace } = await runUpload(UPLOAD, note());
    const rooms = world.roomsOf('owner');
    const picture = () =>
      rooms.map(room => structuredClone(room.entries().filter(([, one]) => !(one instanceof CryptoKey))));
    const before = picture();
    await readHeld(world, trace.objectName);
    expect(picture()).toEqual(before);
    const { trace: download } = await runDownload({ ...UPLOAD, operation: 'download' }, world, {
      name: trace.objectName,
      length: trace.objectLength,
    });
    expect(download.outcome.isOk).toBe(true);
  });

  it('does not exist where nothing was stored', async () => {
    const { world } = await runUpload(UPLOAD, note());
    expect(await readHeld(world, 'something else')).toBeUndefined();
  });
});

describe('a world whose key ring is let go of', () => {
  it('has overwritten the bytes of the key', async () => {
    const wrappingKey = await makeWrappingKey('aes', cryptoRandom);
    const { world } = await runUpload(UPLOAD, { ...note(), wrappingKey });
    const { room } = world.customers.owner;
    const bytes = room.entries().flatMap(([id, one]) => (world.recorder.get(id).kind === 'wrapping-key' ? [one] : []));
    expect(bytes).toHaveLength(1);
    forgetKeyRings(world);
    expect(bytes[0]).toEqual(new Uint8Array(32));
    expect(room.entries()).toEqual([]);
    // The one who brought it keeps their own copy.
    expect(wrappingKey.type === 'aes' && formatAesKey(wrappingKey.bytes)).not.toBe(formatAesKey(new Uint8Array(32)));
  });
});
