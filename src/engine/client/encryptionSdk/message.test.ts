import { createDecipheriv, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, copyOf, textOf, utf8 } from '../../bytes/bytes.ts';
import { parseBase64, toHex } from '../../bytes/text.ts';
import { importAesGcmKey, sealAesGcm } from '../../crypto/aesGcm.ts';
import { seededRandom } from '../../crypto/seededRandom.ts';
import { openFrames, sealFrames } from './frames.ts';
import { headerParts, looksLikeMessage, parseHeader } from './header.ts';
import { openMessage, sealMessage } from './message.ts';
import { joinParts } from './parts.ts';
import { deriveMessageKeys } from './suite.ts';

const KEYRING = { wrappingKey: new Uint8Array(32).fill(7), keyNamespace: 'laboratory', keyName: 'wrapping key' };
const refused = { code: 'decryption-failed' };
const seal = (plaintext: Bytes, encryptionContext: Record<string, string> = { purpose: 'lesson', Author: 'us' }) =>
  sealMessage({ ...KEYRING, encryptionContext, plaintext, random: seededRandom('message') });
const plain = (length: number) => seededRandom(`plaintext ${length}`).bytes(length);

/** Made once with @aws-crypto/client-node 5.0.2: suite 0x0478, the key ring above, frames of 16 and of 4,096 bytes. */
const SDK_MESSAGES = [
  {
    text: 'Hello from the AWS Encryption SDK',
    context: { purpose: 'lesson', Author: 'sdk' },
    base64:
      'AgR4s4rul8gSlHKTq8x48h7k9JdA79FoXmZZUeFzbOYXNCgAIAACAAZBdXRob3IAA3NkawAHcHVycG9zZQAGbGVzc29uAAEACmxhYm9yYXRvcnkAIHdyYXBwaW5nIGtleQAAAIAAAAAMwWyklHl2MROInwRgADCQAK18RRDKx+uNEjym0/w5pu+gpH15mlwvB1lSC3nWsbS0QA3t9t0fptUst28SO2ACAAAAEA5R7enB2CfPKJN7unk4FrHVM6y89STaq7FXStNuqFqrmWloLJrWJVsG2/PoKF21pwAAAAEAAAAAAAAAAAAAAAGE10H1BXmFZH8hsuMnYZRutLpSXJvBNxIxwGOsVRBrFAAAAAIAAAAAAAAAAAAAAALo2fkJbQpVg98aWPx5+4LCQF43NAf6GBItszqdosZ35f////8AAAADAAAAAAAAAAAAAAADAAAAAQyRdE/pnL6PiIf60EPp9gu4',
  },
  {
    text: '',
    context: {},
    base64:
      'AgR46twPMgIhKEc+7RPodwK4uMCjwEplfnYJdLWFDnbZMMQAAAABAApsYWJvcmF0b3J5ACB3cmFwcGluZyBrZXkAAACAAAAADHXZVauqZ9h7FP3HIQAwc0ey1drUny35KzrtzhN0FRwgsvbstm9+lnOwGA+7mlvg++fARFNQ4pg2W3snXC2VAgAAEAABUcgpJrMsnDW3FOQw0whb/gDt/QvwEHdh/GAV0q5arg6q8kMMM2jYdknEw4tSZHr/////AAAAAQAAAAAAAAAAAAAAAQAAAABoDU6ubpowPqQf+0KYVaxs',
  },
];

describe('sealing a message', () => {
  it.each([0, 1, 15, 16, 17, 4095, 4096, 4097, 8192, 20_000])('is undone by opening it, for %i bytes', async size => {
    const { bytes } = await seal(plain(size));
    expect(await openMessage(KEYRING, bytes)).toEqual(plain(size));
  });

  it('takes the wrapping key as bytes or as a handle', async () => {
    const handle = { ...KEYRING, wrappingKey: await importAesGcmKey(KEYRING.wrappingKey) };
    const { bytes } = await sealMessage({
      ...handle,
      encryptionContext: {},
      plaintext: plain(20),
      random: seededRandom('x'),
    });
    expect(await openMessage(KEYRING, bytes)).toEqual(plain(20));
    expect(await openMessage(handle, bytes)).toEqual(plain(20));
  });

  it('takes a data key of the caller, and leaves it and the wrapping key as they were', async () => {
    const dataKey = new Uint8Array(32).fill(3);
    const wrappingKey = copyOf(KEYRING.wrappingKey);
    const options = { ...KEYRING, wrappingKey, encryptionContext: {}, plaintext: plain(9), dataKey };
    const { bytes, header } = await sealMessage({ ...options, random: seededRandom('x') });
    expect([dataKey[0], wrappingKey]).toEqual([3, KEYRING.wrappingKey]);
    expect(await openMessage(KEYRING, bytes)).toEqual(plain(9));
    const commitment = hkdfSync('sha512', dataKey, header.messageId, 'COMMITKEY', 32);
    expect(toHex(header.commitment)).toBe(Buffer.from(commitment).toString('hex'));
  });

  it('overwrites the data key it drew itself', async () => {
    const drawn: Bytes[] = [];
    const source = seededRandom('seed');
    const random = {
      seed: 'seed',
      bytes: (length: number) => {
        const bytes = source.bytes(length);
        drawn.push(bytes);
        return bytes;
      },
    };
    await sealMessage({ ...KEYRING, encryptionContext: {}, plaintext: plain(9), random });
    expect(drawn.map(({ length }) => length)).toEqual([32, 32, 12]);
    expect(drawn.map(bytes => bytes.every(byte => byte === 0))).toEqual([true, false, false]);
  });

  it('repeats itself byte for byte from a seed, and is another message from another', async () => {
    const [one, again] = [await seal(plain(9)), await seal(plain(9))];
    expect(one.bytes).toEqual(again.bytes);
    const other = await sealMessage({
      ...KEYRING,
      encryptionContext: {},
      plaintext: plain(9),
      random: seededRandom('other'),
    });
    expect(other.bytes).not.toEqual(one.bytes);
  });

  it.each([0, 10, 4096, 4097, 12_288, 50_000])('labels every byte of a message of %i bytes', async size => {
    const { bytes, fields } = await seal(plain(size));
    expect(fields[0]?.start).toBe(0);
    expect(fields.at(-1)?.end).toBe(bytes.length);
    for (const [i, field] of fields.entries()) {
      expect(field.end).toBeGreaterThan(field.start);
      expect(field.start).toBe(fields[i - 1]?.end ?? 0);
    }
  });

  it('writes what its labels say', async () => {
    const { bytes, fields } = await seal(plain(5000));
    const hex = (label: string) => {
      const field = fields.find(one => one.label === label);
      return field && toHex(bytes.subarray(field.start, field.end));
    };
    expect(hex('message format version')).toBe('02');
    expect(hex('algorithm suite')).toBe('0478');
    expect(hex('key provider id: name space')).toBe(toHex(utf8('laboratory')));
    expect(hex('key name')).toBe(toHex(utf8('wrapping key')));
    expect(hex('tag length in bits')).toBe('00000080');
    expect(hex('IV length')).toBe('0000000c');
    expect(hex('content type: framed')).toBe('02');
    expect(hex('frame length')).toBe('00001000');
    expect(hex('frame 1: number')).toBe('00000001');
    expect(hex('mark of the final frame')).toBe('ffffffff');
    expect(hex('final frame: length')).toBe('00000388');
    expect(fields.slice(-10).map(({ label, start, end }) => `${label}, ${end - start}`)).toEqual([
      'frame 1: number, 4',
      'frame 1: IV, 12',
      'frame 1: ciphertext, 4096',
      'frame 1: tag, 16',
      'mark of the final frame, 4',
      'final frame: number, 4',
      'final frame: IV, 12',
      'final frame: length, 4',
      'final frame: ciphertext, 904',
      'final frame: tag, 16',
    ]);
  });

  it('gives the middle frames of a long message one label', async () => {
    const { fields } = await seal(plain(5 * 4096));
    const middle = fields.find(({ label }) => label === 'frames 3 to 4');
    expect(middle && middle.end - middle.start).toBe(2 * (4 + 12 + 4096 + 16));
    expect(fields.filter(({ label }) => /^frames? \d/.test(label))).toHaveLength(9);
  });

  it('authenticates its header as another implementation of the primitives finds, with the derived key and an IV of zeros', async () => {
    const dataKey = new Uint8Array(32).fill(3);
    const { bytes } = await sealMessage({
      ...KEYRING,
      dataKey,
      encryptionContext: { a: 'b' },
      plaintext: plain(1),
      random: seededRandom('x'),
    });
    const header = parseHeader(bytes);
    const info = new Uint8Array([0x04, 0x78, ...utf8('DERIVEKEY')]);
    const derived = hkdfSync('sha512', dataKey, header?.messageId ?? '', info, 32);
    const decipher = createDecipheriv('aes-256-gcm', new Uint8Array(derived), new Uint8Array(12));
    decipher.setAAD(header?.headerBody ?? new Uint8Array(0));
    decipher.setAuthTag(header?.tag ?? new Uint8Array(16));
    expect(decipher.final()).toHaveLength(0);
  });

  it.each([
    [
      "a reserved name in the context, which is the SDK's own",
      { encryptionContext: { 'aws-crypto-public-key': 'x' } },
      'invariant',
    ],
    ['two names that become the same bytes', { encryptionContext: { '\ud800': 'x', '\ud801': 'y' } }, 'invariant'],
    ['the name space of KMS keyrings', { keyNamespace: 'aws-kms' }, 'invariant'],
    ['a short data key', { dataKey: new Uint8Array(16) }, 'invariant'],
    ['a context of more than 65,535 bytes', { encryptionContext: { a: 'x'.repeat(65_530) } }, 'too-large'],
    ['a value of more than 65,535 bytes', { encryptionContext: { a: 'x'.repeat(65_536) } }, 'too-large'],
    ['a very long key name', { keyName: 'x'.repeat(65_530) }, 'too-large'],
  ])('refuses %s', async (_, change, code) => {
    const message = { ...KEYRING, encryptionContext: {}, plaintext: plain(1), random: seededRandom('x'), ...change };
    await expect(sealMessage(message)).rejects.toMatchObject({ code });
  });
});

describe('opening a message', () => {
  it.each(SDK_MESSAGES)('reads what the AWS Encryption SDK wrote: "$text"', async ({ text, context, base64 }) => {
    const bytes = parseBase64(base64) ?? new Uint8Array(0);
    expect(textOf(await openMessage(KEYRING, bytes))).toBe(text);
    expect({ ...parseHeader(bytes)?.encryptionContext }).toEqual(context);
    expect(looksLikeMessage(bytes)).toBe(true);
  });

  it('refuses every message with a byte changed, cut off or added, with one code', async () => {
    const { bytes } = await seal(plain(20));
    for (let i = 0; i < bytes.length; i++) {
      const changed = copyOf(bytes);
      changed[i] = (changed[i] ?? 0) ^ 0x10;
      await expect(openMessage(KEYRING, changed), `byte ${i}`).rejects.toMatchObject(refused);
      await expect(openMessage(KEYRING, bytes.slice(0, i)), `cut at ${i}`).rejects.toMatchObject(refused);
    }
    await expect(openMessage(KEYRING, new Uint8Array([...bytes, 0]))).rejects.toMatchObject(refused);
  });

  it('refuses frames exchanged, left out or ended early', async () => {
    const { bytes } = await seal(plain(3 * 4096));
    const start = parseHeader(bytes)?.byteLength ?? 0;
    const frame = 4 + 12 + 4096 + 16;
    const [head, one, two, last] = [
      bytes.slice(0, start),
      bytes.slice(start, start + frame),
      bytes.slice(start + frame, start + 2 * frame),
      bytes.slice(start + 2 * frame),
    ];
    const joined = (...parts: Bytes[]) => new Uint8Array(parts.flatMap(part => [...part]));
    expect(await openMessage(KEYRING, joined(head, one, two, last))).toHaveLength(3 * 4096);
    for (const body of [[two, one, last], [one, last], [one, two], [last], [one, one, two, last], []]) {
      await expect(openMessage(KEYRING, joined(head, ...body))).rejects.toMatchObject(refused);
    }
  });

  it('refuses a header whose tag is right and whose commitment is not', async () => {
    const dataKey = new Uint8Array(32).fill(3);
    const options = { ...KEYRING, encryptionContext: {}, plaintext: plain(20), dataKey };
    const { bytes, header } = await sealMessage({ ...options, random: seededRandom('x') });
    const { derivedKey, commitment } = await deriveMessageKeys(dataKey, header.messageId);
    const cryptoKey = await importAesGcmKey(derivedKey);
    const withCommitment = async (stored: Bytes) => {
      const aad = joinParts(headerParts({ ...header, commitment: stored })).bytes;
      const tag = await sealAesGcm({ cryptoKey, iv: new Uint8Array(12), aad, plaintext: new Uint8Array(0) });
      return new Uint8Array([...aad, ...tag, ...bytes.subarray(aad.length + tag.length)]);
    };
    expect(await withCommitment(commitment)).toEqual(bytes);
    const other = await withCommitment(new Uint8Array(32));
    await expect(openMessage(KEYRING, other)).rejects.toMatchObject(refused);
  });

  it('refuses a last frame longer than frames are', async () => {
    const cryptoKey = await importAesGcmKey(new Uint8Array(32));
    const frameKey = { cryptoKey, messageId: new Uint8Array(32), frameLength: 64 };
    const { bytes } = joinParts(await sealFrames(plain(64), frameKey));
    expect(await openFrames(bytes, frameKey)).toEqual(plain(64));
    await expect(openFrames(bytes, { ...frameKey, frameLength: 63 })).rejects.toMatchObject(refused);
  });

  it.each([
    ['another wrapping key', { wrappingKey: new Uint8Array(32) }],
    ['another name', { keyName: 'wrapping kez' }],
    ['the beginning of the name', { keyName: 'wrapping' }],
    ['another name space', { keyNamespace: 'elsewhere' }],
  ])('refuses with %s', async (_, change) => {
    const { bytes } = await seal(plain(20));
    await expect(openMessage({ ...KEYRING, ...change }, bytes)).rejects.toMatchObject(refused);
  });

  it('refuses any bytes in the same way, and never hangs or crashes on them', async () => {
    const { bytes } = await seal(plain(20));
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.uint8Array({ maxLength: 400 }).map(tail => new Uint8Array([...bytes.subarray(0, 40), ...tail])),
      fc.tuple(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, patch]) => {
        const changed = copyOf(bytes);
        changed.set(patch.subarray(0, changed.length - at), at);
        return changed;
      }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async given => {
        fc.pre(toHex(given) !== toHex(bytes));
        parseHeader(given);
        await expect(openMessage(KEYRING, given)).rejects.toMatchObject(refused);
      }),
      { numRuns: 200 },
    );
  });
});

describe('reading a header', () => {
  it('finds what was written, names that objects have of their own too', async () => {
    const context: Record<string, string> = JSON.parse('{"__proto__":"x","constructor":"y","z":""}');
    const { bytes, header } = await seal(plain(5), context);
    const parsed = parseHeader(bytes);
    expect(parsed).toMatchObject(header);
    expect(Object.entries(parsed?.encryptionContext ?? {})).toEqual(
      Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  });

  it('sorts a context by the bytes of its names, not as UTF-16 sorts them', async () => {
    const { bytes } = await seal(plain(5), { '\u{1F511}': '3', '\uff5e': '2', a: '1', B: '0' });
    expect(Object.keys(parseHeader(bytes)?.encryptionContext ?? {})).toEqual(['B', 'a', '\uff5e', '\u{1F511}']);
  });

  it.each([
    ['another format version', 'message format version', 1],
    ['another suite', 'algorithm suite', 0x0578],
    ['no encrypted data key', 'number of encrypted data keys', 0],
    ['more encrypted data keys than bytes', 'number of encrypted data keys', 0xffff],
    ['a body without frames', 'content type: framed', 1],
    ['frames of no bytes', 'frame length', 0],
  ])('takes no header with %s', async (_, label, value) => {
    const { bytes, fields } = await seal(plain(5));
    const field = fields.find(one => one.label === label);
    expect(parseHeader(bytes)).toBeDefined();
    for (let i = field?.start ?? 0; i < (field?.end ?? 0); i++) {
      bytes[i] = Math.floor(value / 256 ** ((field?.end ?? 0) - 1 - i)) % 256;
    }
    expect(parseHeader(bytes)).toBeUndefined();
  });

  it('takes no context that repeats a name or does not fill its length', async () => {
    const { bytes } = await seal(plain(5), { a: '1', b: '2' });
    const changed = copyOf(bytes);
    const second = 35 + 2 + 2 + 6 + 2;
    expect(textOf(bytes.subarray(second, second + 1))).toBe('b');
    changed[second] = 0x61;
    expect(parseHeader(changed)).toBeUndefined();
    const shorter = copyOf(bytes);
    shorter[35 + 3] = 1;
    expect(parseHeader(shorter)).toBeUndefined();
  });
});

describe('the beginning of a message', () => {
  it.each([
    ['format 2, suite of ours', [2, 0x04, 0x78], true],
    ['format 2, signing suite', [2, 0x05, 0x78], true],
    ['format 1, its old default suite', [1, 0x80, 0x03, 0x78], true],
    ['format 1, another type', [1, 0x81, 0x03, 0x78], false],
    ['format 1 with a suite of format 2', [1, 0x80, 0x04, 0x78], false],
    ['format 3', [3, 0x04, 0x78], false],
    ['format 2, no such suite', [2, 0x04, 0x79], false],
    ['too few bytes', [2, 0x04], false],
    ['no bytes', [], false],
    ['a JSON text', [0x7b, 0x22, 0x78], false],
  ])('%s: %j is %s', (_, beginning, expected) => {
    expect(looksLikeMessage(new Uint8Array(beginning))).toBe(expected);
    expect(looksLikeMessage(new Uint8Array([...beginning, ...new Uint8Array(50)]))).toBe(
      beginning.length === 2 ? false : expected,
    );
  });
});
