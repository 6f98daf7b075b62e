import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeTwoKeyCiphertext } from '../../engine/client/attacks/twoKeyCiphertext.ts';
import { RUBY, whyNot } from './realClients.ts';
import { bodyOf, openStage, type Stage } from './stage.ts';

const TEXTS = ['Pay Bob 10 euros', 'Pay Eve 9999 eur'] as const;
const SUITE = 'AES/GCM/NoPadding';

let stage: Stage;
beforeAll(async () => {
  if (RUBY !== undefined) stage = await openStage();
});
afterAll(() => stage?.stop());

/** An instruction file for a data key of somebody's choice. It needs nobody's secret: the public key is public. */
function fileFor(dataKey: Uint8Array, iv: Uint8Array): Uint8Array {
  const key = createPublicKey(stage.lab.keys.rsa.pem);
  const padded = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  const wrapped = publicEncrypt(padded, Buffer.concat([Buffer.of(dataKey.length), dataKey, Buffer.from(SUITE)]));
  return new TextEncoder().encode(
    JSON.stringify({
      'x-amz-key-v2': wrapped.toString('base64'),
      'x-amz-iv': Buffer.from(iv).toString('base64'),
      'x-amz-matdesc': '{}',
      'x-amz-wrap-alg': 'RSA-OAEP-SHA1',
      'x-amz-cek-alg': SUITE,
      'x-amz-tag-len': '128',
    }),
  );
}

describe.skipIf(RUBY === undefined)(`an exchanged V2 instruction file${whyNot(RUBY, 'Ruby')}`, () => {
  it('makes the real client for Ruby read another text from the same object, without a warning (F-FMT-005)', async () => {
    const objectName = stage.newName();
    const keys = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))] as const;
    const iv = new Uint8Array(randomBytes(12));
    const texts = [new TextEncoder().encode(TEXTS[0]), new TextEncoder().encode(TEXTS[1])] as const;
    const body = await forgeTwoKeyCiphertext({ keys, iv, aad: new Uint8Array(0), texts });
    await stage.store(objectName, { body, metadata: {} });

    const read: { ruby: string; lab: string }[] = [];
    for (const dataKey of keys) {
      await stage.store(`${objectName}.instruction`, { body: fileFor(dataKey, iv), metadata: {} });
      const ruby = bodyOf(await stage.tell('Ruby', { does: 'get', objectName, wrap: 'rsa', isInFile: true }));
      const lab = await stage.readByLab(objectName, 'rsa');
      read.push({ ruby: textOf(ruby), lab: textOf(lab) });
    }
    const [before, after] = read;
    // Half of what each key opens is noise; the text stands where its forger wanted it.
    expect(before?.ruby.slice(0, 16)).toBe(TEXTS[0]);
    expect(after?.ruby.slice(16, 32)).toBe(TEXTS[1]);
    expect(before?.ruby).not.toBe(after?.ruby);
    // The lab's shows what the real one shows.
    expect(read.map(({ lab }) => lab)).toEqual(read.map(({ ruby }) => ruby));
  });
});

function textOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
