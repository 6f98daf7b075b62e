import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { RSA_OAEP_VECTORS } from '../../testing/vectors/rsaVectors.ts';
import { utf8 } from '../bytes/bytes.ts';
import { fromHex, toHex } from '../bytes/text.ts';
import {
  exportRsaPublicKey,
  generateRsaPair,
  importRsaPrivateKey,
  importRsaPublicKey,
  openRsaOaep,
  sealRsaOaep,
} from './rsaOaep.ts';

const pkcs8 = fromHex(RSA_OAEP_VECTORS.privateKey);
const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

describe('RSA-OAEP with SHA-1', () => {
  it.each(RSA_OAEP_VECTORS.tests)('opens, or refuses to open, $origin', async ({ sealed, plaintext }) => {
    const privateKey = await importRsaPrivateKey(pkcs8);
    const opening = openRsaOaep({ privateKey, sealed: fromHex(sealed) });
    if (plaintext === undefined) await expect(opening).rejects.toMatchObject({ code: 'decryption-failed' });
    else expect(toHex(await opening)).toBe(plaintext);
  });

  it('agrees with another implementation in both directions', async () => {
    const nodeKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const nodePublic = createPublicKey(nodeKey);
    const spki = new Uint8Array(nodePublic.export({ format: 'der', type: 'spki' }));
    const publicKey = await importRsaPublicKey(spki);
    const sealed = await sealRsaOaep({ publicKey, plaintext: utf8('to node') });
    expect(privateDecrypt({ key: nodeKey, ...padding }, sealed).toString()).toBe('to node');
    const theirs = new Uint8Array(publicEncrypt({ key: nodePublic, ...padding }, utf8('from node')));
    const privateKey = await importRsaPrivateKey(pkcs8);
    expect(await openRsaOaep({ privateKey, sealed: theirs })).toEqual(utf8('from node'));
    expect(await exportRsaPublicKey(publicKey)).toEqual(spki);
  });

  it('makes pairs whose private half stays inside, and seals differently each time', async () => {
    const { publicKey, privateKey } = await generateRsaPair();
    expect(privateKey.extractable).toBe(false);
    expect(await exportRsaPublicKey(publicKey)).toHaveLength(294);
    const plaintext = new Uint8Array(36).fill(7);
    const [first, second] = await Promise.all([
      sealRsaOaep({ publicKey, plaintext }),
      sealRsaOaep({ publicKey, plaintext }),
    ]);
    expect(first).toHaveLength(256);
    expect(first).not.toEqual(second);
    expect(await openRsaOaep({ privateKey, sealed: first })).toEqual(plaintext);
    const other = await importRsaPrivateKey(pkcs8);
    await expect(openRsaOaep({ privateKey: other, sealed: first })).rejects.toMatchObject({
      code: 'decryption-failed',
    });
  });
});
