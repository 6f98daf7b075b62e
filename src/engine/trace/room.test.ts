import { describe, expect, it } from 'vitest';
import { importAesGcmKey } from '../crypto/aesGcm.ts';
import { Room } from './room.ts';

describe('a room', () => {
  it('gives out the very buffer it was given', () => {
    const room = new Room('client');
    const bytes = new Uint8Array([1, 2]);
    room.hold('a1', bytes);
    expect(room.getBytes('a1')).toBe(bytes);
    expect([room.has('a1'), room.has('a2'), room.ids()]).toEqual([true, false, ['a1']]);
  });

  it('overwrites a secret when it lets go of it, and nothing else', () => {
    const room = new Room('s3.memory');
    const [secret, open] = [new Uint8Array([1, 2]), new Uint8Array([3, 4])];
    room.hold('a1', secret);
    room.hold('a2', open);
    expect([room.release('a1', true), room.release('a2', false)]).toEqual([true, false]);
    expect([[...secret], [...open]]).toEqual([
      [0, 0],
      [3, 4],
    ]);
    expect(room.entries()).toEqual([]);
  });

  it('can only drop a handle: there are no bytes to overwrite', async () => {
    const room = new Room('kms.hsm');
    const cryptoKey = await importAesGcmKey(new Uint8Array(32));
    room.hold('a1', cryptoKey);
    expect(room.getKey('a1')).toBe(cryptoKey);
    expect(() => room.getBytes('a1')).toThrow('kms.hsm holds the bytes it works with');
    expect(room.release('a1', true)).toBe(false);
    expect(() => room.getKey('a1')).toThrow('kms.hsm holds the key it works with');
  });

  it('does not give or drop what it does not hold', () => {
    const room = new Room('audit');
    room.hold('a1', { eventName: 'PutObject' });
    expect(() => room.getBytes('a1')).toThrow('audit holds the bytes it works with');
    expect(() => room.getBytes('a2')).toThrow('audit holds the bytes it works with');
    expect(() => room.release('a2', false)).toThrow('audit discards only what it holds');
    expect(room.release('a1', false)).toBe(false);
  });
});
