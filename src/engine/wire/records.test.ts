import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concat, utf8 } from '../bytes/bytes.ts';
import { hkdf } from '../crypto/hkdf.ts';
import { deriveTrafficKey, openRecord, openRecords, sealRecord, sealRecords, type TrafficKey } from './records.ts';

const secret = new Uint8Array(32).fill(42);
let traffic: TrafficKey;
beforeAll(async () => {
  traffic = await deriveTrafficKey(secret, 'request');
});

const expectRefused = async (opening: Promise<Bytes>) =>
  expect(opening).rejects.toMatchObject({ code: 'decryption-failed' });

describe('records', () => {
  it.each([0, 1, 16383, 16384, 16385, 50000])('give %i bytes back as they were', async length => {
    const content = new Uint8Array(length).map((_, i) => i % 251);
    const records = await sealRecords(traffic, content);
    expect(records.length).toBe(length + 22 * Math.max(1, Math.ceil(length / 16384)));
    expect(Buffer.compare(await openRecords(traffic, records), content)).toBe(0);
  });

  it('have the form of TLS 1.3: another implementation opens one with header as AAD and iv xor number as nonce', async () => {
    const material = await hkdf('SHA-256', {
      inputKey: secret,
      salt: new Uint8Array(0),
      info: utf8('envelope line request'),
      byteLength: 44,
    });
    const record = await sealRecord(traffic, 258, utf8('hello'));
    const header = record.subarray(0, 5);
    expect([...header]).toEqual([0x17, 0x03, 0x03, 0, 22]);
    const nonce = material.slice(32);
    nonce[10] = (nonce[10] ?? 0) ^ 1;
    nonce[11] = (nonce[11] ?? 0) ^ 2;
    const decipher = createDecipheriv('aes-256-gcm', material.subarray(0, 32), nonce).setAAD(header);
    decipher.setAuthTag(record.subarray(-16));
    expect(Buffer.concat([decipher.update(record.subarray(5, -16)), decipher.final()]).toString()).toBe('hello\x17');
  });

  it('refuse any flipped bit', async () => {
    const records = await sealRecords(traffic, new Uint8Array(20000).fill(1));
    const headersAndSome = [...Array(6).keys(), ...Array.from({ length: 5 }, (_, i) => 16384 + 22 + i)];
    const check = async (at: number, bit: number) => {
      const damaged = records.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      await expectRefused(openRecords(traffic, damaged));
    };
    for (const at of headersAndSome) for (let bit = 0; bit < 8; bit++) await check(at, bit);
    await fc.assert(fc.asyncProperty(fc.nat(records.length - 1), fc.nat(7), check), { numRuns: 60 });
  });

  it('refuse to be swapped, repeated, cut inside, or read in the other direction', async () => {
    const records = await sealRecords(traffic, new Uint8Array(3 * 16384).fill(1));
    const at = (i: number) => records.subarray(i * 16406, (i + 1) * 16406);
    await expectRefused(openRecords(traffic, concat(at(1), at(0), at(2))));
    await expectRefused(openRecords(traffic, concat(at(0), at(0))));
    await expectRefused(openRecords(traffic, records.slice(0, -1)));
    await expectRefused(openRecords(traffic, records.slice(0, 3)));
    await expectRefused(openRecords(await deriveTrafficKey(secret, 'response'), records));
    await expectRefused(openRecord(traffic, 0, records.slice(0, 16407)));
  });
});
