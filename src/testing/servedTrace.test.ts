import { describe, expect, it } from 'vitest';
import { createServedWorld } from './servedWorld.ts';

const DOCUMENT =
  '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';

describe('the trace of a request from outside', () => {
  it('tells of a full world only what the request had to do with, and counts the rest', async () => {
    const world = await createServedWorld();
    await world.send({ method: 'PUT', path: '/full', body: DOCUMENT });
    for (let i = 0; i < 40; i++) await world.send({ method: 'PUT', path: `/full/object-${i}`, body: `content ${i}` });
    const { trace, text } = await world.send({ path: '/full/object-7', isRecorded: true });
    expect(text).toBe('content 7');
    const onDisk = trace?.opening.filter(({ place }) => place === 's3.disk') ?? [];
    // Ciphertext, encrypted data key and checksum of one object.
    expect(onDisk.length).toBe(3);
    expect(trace?.untold?.['s3.disk']).toBe(world.cloud.rooms['s3.disk'].ids().length - 3);
    expect(trace?.untold?.audit).toBe(41);
    expect(Object.keys(trace?.artifacts ?? {}).length).toBeLessThan(30);
  });

  it('says which service and operation it was, over which line, and how it ended', async () => {
    const world = await createServedWorld();
    const missing = await world.send({ path: '/nowhere/x', isRecorded: true, isSecure: false });
    expect(missing.trace?.run).toMatchObject({ service: 's3', operation: 'GetObject', transport: 'http' });
    expect(missing.trace?.outcome).toMatchObject({ isOk: false, status: 404, code: 'NoSuchBucket' });
    const random = await world.kms('GenerateRandom', { NumberOfBytes: 4 }, { isRecorded: true });
    expect(random.trace?.run).toMatchObject({ service: 'kms', operation: 'GenerateRandom', transport: 'https' });
    expect(random.trace?.outcome).toMatchObject({ isOk: true, status: 200 });
  });

  it('is not kept when nobody wants it', async () => {
    const world = await createServedWorld();
    expect((await world.send({ path: '/' })).trace).toBeUndefined();
    expect(world.cloud.recorder.isRecording).toBe(false);
  });
});
