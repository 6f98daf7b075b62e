/** Facts, section 16: known answers of the client’s formats, from the lab’s own cryptography and through the lab’s own client. */
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../engine/bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../../engine/bytes/text.ts';
import type { Keyring } from '../../engine/client/s3EncryptionClient/keyring.ts';
import { COMMITTING_GCM, GCM } from '../../engine/client/s3EncryptionClient/suites.ts';
import { encodePseudoKey } from '../../engine/client/s3EncryptionClient/wrapping.ts';
import { importAesCbcKey, openAesCbc, openAesEcb } from '../../engine/crypto/aesCbc.ts';
import { importAesCtrKey, openInsideGcm } from '../../engine/crypto/aesCtr.ts';
import { importAesGcmKey, openAesGcm, sealAesGcm } from '../../engine/crypto/aesGcm.ts';
import { importKeyWrapKey, unwrapKeyBytes } from '../../engine/crypto/aesKeyWrap.ts';
import { deriveCommitted, SUITE_ID } from '../../engine/crypto/commitment.ts';
import { md5 } from '../../engine/crypto/md5.ts';
import {
  AES_WRAPS,
  CLIENT_BODIES,
  CLIENT_DATA_KEY,
  CLIENT_PLAINTEXT,
  CLIENT_WRAP_IV,
  CLIENT_WRAPPING_KEY,
  ETAG_OF_V3,
  RANGE_OF_V3,
  RSA_PSEUDO_KEYS,
  V3_METADATA,
} from '../vectors/clientVectors.ts';
import { COMMITMENT_VECTORS } from '../vectors/derivationVectors.ts';
import { type ClientWorld, createClientWorld } from './clientWorld.ts';

const [V3_BODY, V2_BODY, V1_BODY] = CLIENT_BODIES;
const [, , OWN] = COMMITMENT_VECTORS;
const ONES = new Uint8Array(12).fill(1);
/** Of F-KAT-004. */
const PRK =
  '87791a08114aa458b66d9d73d7e4e57ef18d509a1cb53c996bbbe794c2dfcdb505a0de66d107e6e3f39a9353547ef8df4bcb10fb135ffb3bb1420ffdc39d3187';
const hmac = (secret: string, message: string) =>
  createHmac('sha512', Buffer.from(secret, 'hex')).update(Buffer.from(message, 'hex')).digest('hex');

describe('key derivation', () => {
  it.each(COMMITMENT_VECTORS)('F-KAT-001 F-KAT-002 F-KAT-003: $origin', async vector => {
    const { commitment, derivedKey } = await deriveCommitted(fromHex(vector.dataKey), fromHex(vector.messageId));
    expect([toHex(commitment), toHex(derivedKey)]).toEqual([vector.commitment, vector.derivedKey]);
  });

  it('F-KAT-004 F-KAT-005: goes by the extract and the labels that another implementation takes', async () => {
    expect(hmac(OWN.messageId, OWN.dataKey)).toBe(PRK);
    const { commitment, derivedKey } = await deriveCommitted(fromHex(OWN.dataKey), fromHex(OWN.messageId));
    expect(hmac(PRK, '0073434f4d4d49544b455901').slice(0, 56)).toBe(toHex(commitment));
    expect(hmac(PRK, '00734445524956454b455901').slice(0, 64)).toBe(toHex(derivedKey));
  });

  it('F-KAT-006: is stored like this', () => {
    expect(V3_METADATA).toEqual({
      'x-amz-c': COMMITTING_GCM.name,
      'x-amz-d': toBase64(fromHex(OWN.commitment)),
      'x-amz-i': toBase64(fromHex(OWN.messageId)),
    });
  });
});

describe('content', () => {
  const openV3 = async (sealed: string, aad = SUITE_ID, secret: string = OWN.derivedKey) =>
    openAesGcm({ cryptoKey: await importAesGcmKey(fromHex(secret)), iv: ONES, aad, sealed: fromHex(sealed) });

  it('F-KAT-010: of V3', async () => {
    expect(toHex(await openV3(V3_BODY.body))).toBe(CLIENT_PLAINTEXT);
    const cryptoKey = await importAesGcmKey(fromHex(OWN.derivedKey));
    const sealed = await sealAesGcm({ cryptoKey, iv: ONES, aad: SUITE_ID, plaintext: fromHex(CLIENT_PLAINTEXT) });
    expect(toHex(sealed)).toBe(V3_BODY.body);
  });

  it('F-KAT-011: of V2', async () => {
    const cryptoKey = await importAesGcmKey(fromHex(CLIENT_DATA_KEY));
    const sealed = await sealAesGcm({ cryptoKey, iv: fromHex(V2_BODY.iv), plaintext: fromHex(CLIENT_PLAINTEXT) });
    expect(toHex(sealed)).toBe(V2_BODY.body);
  });

  it('F-KAT-012: of V1', async () => {
    const cryptoKey = await importAesCbcKey(fromHex(CLIENT_DATA_KEY));
    const opened = await openAesCbc({ cryptoKey, iv: fromHex(V1_BODY.iv), sealed: fromHex(V1_BODY.body) });
    expect(toHex(opened)).toBe(CLIENT_PLAINTEXT);
  });

  it('F-KAT-013: of a range of V3', async () => {
    const part = await openInsideGcm({
      cryptoKey: await importAesCtrKey(fromHex(OWN.derivedKey)),
      iv: ONES,
      offset: RANGE_OF_V3.first,
      sealed: fromHex(V3_BODY.body).slice(RANGE_OF_V3.first, RANGE_OF_V3.last + 1),
    });
    expect(new TextDecoder().decode(part)).toBe(RANGE_OF_V3.text);
  });

  it('F-KAT-014: no bit of body, AAD or key may be another', async () => {
    const refused = { code: 'decryption-failed' };
    const flip = (hex: string, bit: number) => {
      const bytes = fromHex(hex);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return bytes;
    };
    for (let bit = 0; bit < V3_BODY.body.length * 4; bit++) {
      await expect(openV3(toHex(flip(V3_BODY.body, bit))), `body ${bit}`).rejects.toMatchObject(refused);
    }
    for (let bit = 0; bit < 16; bit++) {
      await expect(openV3(V3_BODY.body, flip('0073', bit)), `AAD ${bit}`).rejects.toMatchObject(refused);
    }
    for (let bit = 0; bit < 256; bit++) {
      const secret = toHex(flip(OWN.derivedKey, bit));
      await expect(openV3(V3_BODY.body, SUITE_ID, secret), `key ${bit}`).rejects.toMatchObject(refused);
    }
  });

  it('F-KAT-015: has this MD5, in the clear and encrypted', () => {
    expect(toHex(md5(fromHex(CLIENT_PLAINTEXT)))).toBe('44cb6dc0de47acc42a2470f84251fb47');
    expect(toHex(md5(fromHex(V3_BODY.body)))).toBe(ETAG_OF_V3);
  });
});

describe('wrapping', () => {
  const secret = fromHex(CLIENT_WRAPPING_KEY);
  const [inV3, inV2, byKeyWrap, byEcb] = AES_WRAPS;

  it.each([
    ['F-KAT-020', inV3],
    ['F-KAT-021', inV2],
  ] as const)('%s: by AES-GCM, bound to the text of the algorithm', async (origin, vector) => {
    expect(vector.origin).toBe(origin);
    const sealed = await sealAesGcm({
      cryptoKey: await importAesGcmKey(secret),
      iv: fromHex(CLIENT_WRAP_IV),
      aad: utf8(vector.contentAlgorithm),
      plaintext: fromHex(CLIENT_DATA_KEY),
    });
    expect(CLIENT_WRAP_IV + toHex(sealed)).toBe(vector.encryptedDataKey);
  });

  it.each([
    ['F-KAT-022', COMMITTING_GCM],
    ['F-KAT-023', GCM],
  ] as const)('%s: what RSA-OAEP encrypts', (origin, suite) => {
    const vector = RSA_PSEUDO_KEYS.find(each => each.origin === origin);
    expect(toHex(encodePseudoKey(fromHex(CLIENT_DATA_KEY), suite))).toBe(vector?.pseudoKey);
  });

  it('F-KAT-024: by AES key wrap', async () => {
    const opened = await unwrapKeyBytes(await importKeyWrapKey(secret), fromHex(byKeyWrap.encryptedDataKey));
    expect(toHex(opened)).toBe(CLIENT_DATA_KEY);
  });

  it('F-KAT-025 F-WEB-005: by AES-ECB, made of AES-CBC', async () => {
    const opened = await openAesEcb(await importAesCbcKey(secret), fromHex(byEcb.encryptedDataKey));
    expect(toHex(opened)).toBe(CLIENT_DATA_KEY);
  });
});

describe('an object made of known answers', () => {
  let world: ClientWorld;
  let keyring: Keyring;
  beforeAll(async () => {
    world = await createClientWorld('vectors');
    const held = await world.hold('wrapping key', Buffer.from(CLIENT_WRAPPING_KEY, 'hex'), 'wrapping-key');
    keyring = { type: 'aes', keys: [{ wrappingKey: held.id }] };
  });
  const [inV3, inV2, byKeyWrap, byEcb] = AES_WRAPS;
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  const v2 = (wrap: (typeof AES_WRAPS)[number]) => ({
    'x-amz-key-v2': base64(wrap.encryptedDataKey),
    'x-amz-iv': base64(V2_BODY.iv),
    'x-amz-matdesc': '{}',
    'x-amz-wrap-alg': wrap.wrap,
    'x-amz-cek-alg': 'AES/GCM/NoPadding',
    'x-amz-tag-len': '128',
  });

  it.each([
    [
      'F-KAT-006 F-KAT-010 F-KAT-020: V3',
      V3_BODY.body,
      { ...V3_METADATA, 'x-amz-3': base64(inV3.encryptedDataKey), 'x-amz-w': '02' },
    ],
    ['F-KAT-011 F-KAT-021: V2', V2_BODY.body, v2(inV2)],
    ['F-KAT-011 F-KAT-024: V2 under AES key wrap', V2_BODY.body, v2(byKeyWrap)],
    [
      'F-KAT-012 F-KAT-025: V1',
      V1_BODY.body,
      { 'x-amz-key': base64(byEcb.encryptedDataKey), 'x-amz-iv': base64(V1_BODY.iv), 'x-amz-matdesc': '{}' },
    ],
  ])('%s opens through the lab’s client', async (_, body, metadata) => {
    const outcome = await world.readFrom({ body: Buffer.from(body, 'hex'), metadata }, 'aes', {
      keyring,
      commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT',
      enableLegacyWrappingAlgorithms: true,
      enableLegacyUnauthenticatedModes: true,
    });
    expect(outcome).toEqual({ text: 'hello s3 encryption lab' });
  });
});
