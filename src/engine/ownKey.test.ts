import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { RSA_3072_EXPONENT_3 } from '../testing/vectors/keyFiles.ts';
import { parseBase64, toBase64, toHex } from './bytes/text.ts';
import { describeKey, type GivenWrappingKey, makeWrappingKey, parseWrappingKey } from './crypto/keyFiles.ts';
import { cryptoRandom } from './crypto/seededRandom.ts';
import { type LabInput, type RunResult, runDownload, runUpload, storeUnrecorded } from './lab.ts';
import { readHeld } from './takeAway.ts';
import type { RunSpec } from './trace/trace.ts';

const INPUT: LabInput = { name: 'a.txt', type: 'text/plain', bytes: new TextEncoder().encode('under a key of mine') };
const specOf = (type: 'aes' | 'rsa', more: Partial<RunSpec> = {}): RunSpec => ({
  mode: `cse-${type}`,
  operation: 'upload',
  transport: 'https',
  principal: 'owner',
  ...more,
});

const keys = new Map<'aes' | 'rsa', GivenWrappingKey>();
beforeAll(async () => {
  keys.set('aes', await makeWrappingKey('aes', cryptoRandom));
  const parsed = parseWrappingKey(RSA_3072_EXPONENT_3);
  if ('type' in parsed) keys.set('rsa', parsed);
});
const given = (type: 'aes' | 'rsa'): GivenWrappingKey => {
  const found = keys.get(type);
  if (!found) throw new Error('a key');
  return found;
};

describe.each(['aes', 'rsa'] as const)('a run with a given %s key', type => {
  it('uploads under it and downloads the same bytes, from an upload seen or unseen', async () => {
    const input = { ...INPUT, wrappingKey: given(type) };
    const { world, trace } = await runUpload(specOf(type), input);
    expect(trace.outcome.isOk).toBe(true);
    const stored = { name: 'a.txt', length: INPUT.bytes.length };
    for (const one of [world, await storeUnrecorded(specOf(type), input)]) {
      const { downloaded } = await runDownload(specOf(type, { operation: 'download' }), one, stored);
      expect(downloaded).toEqual(INPUT.bytes);
    }
  });

  it('shows the fingerprint of that key, and leaves the bytes that were given as they are', async () => {
    const wrappingKey = given(type);
    const before = structuredClone(wrappingKey);
    const { trace } = await runUpload(specOf(type), { ...INPUT, wrappingKey });
    const { fingerprint } = await describeKey(wrappingKey);
    const kind = type === 'aes' ? 'wrapping-key' : 'public-key';
    expect(Object.values(trace.artifacts).find(one => one.kind === kind)?.fingerprint).toBe(fingerprint);
    expect(wrappingKey).toEqual(before);
  });

  it('is refused in a mode for another type', async () => {
    const spec = specOf(type === 'aes' ? 'rsa' : 'aes');
    await expect(runUpload(spec, { ...INPUT, wrappingKey: given(type) })).rejects.toThrow('mode it is for');
  });
});

it('with a seed, a given AES key changes nothing but what it locks', async () => {
  const spec = specOf('aes', { seed: 'class' });
  const kindsAndBytes = ({ trace }: RunResult) =>
    Object.values(trace.artifacts).flatMap(({ kind, head }) =>
      kind === 'data-key' || kind === 'message-id' ? head : [],
    );
  const plain = await runUpload(spec, INPUT);
  expect(kindsAndBytes(await runUpload(spec, { ...INPUT, wrappingKey: given('aes') }))).toEqual(kindsAndBytes(plain));
});

describe('an RSA key of mine', () => {
  it('opens elsewhere what the lab has locked: Node’s own cryptography finds length, data key and suite (F-FMT-051)', async () => {
    const { world, trace } = await runUpload(specOf('rsa'), { ...INPUT, wrappingKey: given('rsa') });
    const held = await readHeld(world, trace.objectName);
    const sealed = parseBase64(held?.object.metadata['x-amz-3'] ?? '') ?? new Uint8Array();
    expect(sealed).toHaveLength(384);
    const opened = privateDecrypt(
      { key: createPrivateKey(RSA_3072_EXPONENT_3), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      sealed,
    );
    expect([opened.length, opened[0], opened.subarray(33).toString()]).toEqual([36, 32, '115']);
  });

  it('is in no trace: none of its secret numbers, in hexadecimal or Base64, in any artifact, event or message', async () => {
    const wrappingKey = given('rsa');
    if (wrappingKey.type !== 'rsa') throw new Error('RSA');
    const { world, trace } = await runUpload(specOf('rsa'), { ...INPUT, wrappingKey });
    const download = await runDownload(specOf('rsa', { operation: 'download' }), world, { name: 'a.txt', length: 19 });
    const text = JSON.stringify([trace, download.trace]);
    const jwk = createPrivateKey(RSA_3072_EXPONENT_3).export({ format: 'jwk' });
    expect(text).toContain(toHex(Buffer.from(jwk.n ?? '', 'base64url')));
    for (const number of [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi]) {
      const bytes = new Uint8Array(Buffer.from(number ?? '', 'base64url')).slice(4, 36);
      expect(bytes).toHaveLength(32);
      expect([text.includes(toHex(bytes)), text.includes(toBase64(bytes).slice(0, 40))]).toEqual([false, false]);
    }
    expect(text).not.toContain('PRIVATE KEY-----');
  });
});
