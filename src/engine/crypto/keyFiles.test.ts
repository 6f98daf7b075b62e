import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as pem from '../../testing/vectors/keyFiles.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { parseBase64, toBase64, toHex } from '../bytes/text.ts';
import {
  describeKey,
  findKeyProblem,
  formatAesKey,
  formatRsaKey,
  type GivenWrappingKey,
  importRsaPair,
  makeWrappingKey,
  parseWrappingKey,
} from './keyFiles.ts';
import { parsePkcs8 } from './pkcs8.ts';
import { exportRsaPublicKey, openRsaOaep, sealRsaOaep } from './rsaOaep.ts';
import { cryptoRandom, seededRandom } from './seededRandom.ts';

const problemOf = (text: string) => {
  const parsed = parseWrappingKey(text);
  return 'problem' in parsed ? parsed.problem : undefined;
};
const rsaOf = (text: string): Bytes => {
  const parsed = parseWrappingKey(text);
  if ('problem' in parsed || parsed.type !== 'rsa') throw new Error('an RSA key');
  return parsed.pkcs8;
};
const AES = toBase64(new Uint8Array(32).map((_, i) => i));
const bodyOf = (text: string) => text.replaceAll(/-----[^-]+-----|\s/g, '');

describe('a wrapping key as text', () => {
  it('is 32 bytes in Base64, wherever lines are broken, and is written without a line end', () => {
    for (const text of [AES, `${AES}\n`, `\ufeff ${AES}\r\n`, `${AES.slice(0, 20)}\n${AES.slice(20)}`]) {
      const parsed = parseWrappingKey(text);
      expect('type' in parsed && parsed.type === 'aes' && formatAesKey(parsed.bytes)).toBe(AES);
    }
  });

  it.each([
    ['RSA, 2,048 bits', pem.RSA_2048, 2048],
    ['RSA, 3,072 bits with the exponent 3', pem.RSA_3072_EXPONENT_3, 3072],
  ] as const)('is a PEM of OpenSSL (%s), written back byte for byte', async (_, text, bits) => {
    const pkcs8 = rsaOf(text);
    expect(formatRsaKey(pkcs8)).toBe(text);
    expect(rsaOf(text.replaceAll('\n', '\r\n'))).toEqual(pkcs8);
    const parsed = parsePkcs8(pkcs8);
    const own = parsed?.family === 'rsa' ? parsed : undefined;
    expect(own?.modulusBits).toBe(bits);
    const independent = createPublicKey(createPrivateKey(text)).export({ type: 'spki', format: 'der' });
    expect(toHex(own?.spki ?? new Uint8Array())).toBe(independent.toString('hex'));
    expect(await findKeyProblem({ type: 'rsa', pkcs8 })).toBeUndefined();
  });

  it.each([
    ['nothing', '  \n', 'There is nothing in it'],
    ['a PKCS#1 key', pem.RSA_2048_PKCS1, 'openssl pkey -in key.pem -out wrapping-key.pem'],
    ['a locked PKCS#1 key', pem.RSA_2048_PKCS1_LOCKED, 'passphrase'],
    ['a locked PKCS#8 key', pem.RSA_2048_LOCKED, 'passphrase'],
    ['a public key', pem.RSA_2048_PUBLIC, 'public half'],
    ['a short RSA key', pem.RSA_1024, 'has 1024 bits; here it must have 2048 to 4096'],
    ['an RSA key that signs only', pem.RSA_PSS, 'may only sign'],
    ['an elliptic-curve key', pem.P256, 'elliptic-curve'],
    ['an elliptic-curve key in SEC 1', pem.P256_SEC1, 'elliptic-curve'],
    ['an Ed25519 key', pem.ED25519, 'elliptic-curve'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'certificate'],
    ['a key of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', 'ssh-keygen'],
    ['a label nobody knows', '-----BEGIN LUNCH-----\nMIIB\n-----END LUNCH-----', 'BEGIN PRIVATE KEY'],
    ['a label of Object', '-----BEGIN __proto__-----\nMIIB\n-----END __proto__-----', 'Around the PEM block'],
    ['a PEM without an end', pem.RSA_2048.slice(0, 900), 'cut off'],
    ['two keys', pem.RSA_2048 + pem.RSA_2048, 'Around the PEM block'],
    ['junk after the key', `${pem.RSA_2048}junk`, 'Around the PEM block'],
    ['another end', pem.RSA_2048.replace('END PRIVATE', 'END PUBLIC'), 'no whole private key'],
    ['a PEM with a hole', pem.RSA_2048.replace('MIIEv', 'MIIE'), 'no whole private key'],
    ['odd characters in a PEM', pem.RSA_2048.replace('MIIE', 'M*IE'), 'no whole private key'],
    ['the inside of a PEM', bodyOf(pem.RSA_2048), 'inside of a PEM block'],
    ['31 bytes', toBase64(new Uint8Array(31)), '31 bytes; an AES-256 wrapping key has 32'],
    ['16 bytes', toBase64(new Uint8Array(16)), '16 bytes; an AES-256 wrapping key has 32'],
    ['hexadecimal', 'a5'.repeat(32), 'hexadecimal'],
    ['Base64 without its end', AES.slice(0, 43), '“=” at the end is missing'],
    ['Base64 for addresses', `${'-_'.repeat(21)}A=`, '“+” for “-”'],
    ['bits of no byte', `${AES.slice(0, 42)}9=`, 'bits that belong to no byte'],
    ['a sentence', 'correct horse battery staple', 'neither Base64 nor a PEM'],
    ['junk after Base64', `${AES}!`, 'neither Base64 nor a PEM'],
    ['lone surrogates', '\ud800'.repeat(44), 'neither Base64 nor a PEM'],
    ['a megabyte', 'A'.repeat(1024 * 1024), 'far too long'],
  ])('is told apart from %s by a sentence', (_, text, part) => {
    expect(problemOf(text)).toContain(part);
  });

  it('that is nothing at all is called no PEM where an RSA key is wanted; a key of the other type is read all the same', () => {
    const forRsa = (text: string) => parseWrappingKey(text, 'rsa');
    for (const text of ['junk', 'correct horse', AES.slice(0, 43)]) {
      expect(forRsa(text)).toMatchObject({ problem: expect.stringContaining('no PEM block') });
    }
    expect(forRsa(bodyOf(pem.RSA_2048))).toMatchObject({ problem: expect.stringContaining('inside of a PEM') });
    expect(forRsa(AES)).toMatchObject({ type: 'aes' });
  });

  it('never repeats what was brought, and is judged in a moment however odd it is', () => {
    const odd = fc.oneof(
      fc.uint16Array({ maxLength: 200 }).map(units => String.fromCharCode(...units)),
      fc.string({ maxLength: 200 }).map(text => `-----BEGIN ${text}-----\n${text}\n-----END ${text}-----`),
      fc.uint8Array({ maxLength: 80 }).map(bytes => formatRsaKey(new Uint8Array(bytes))),
      fc.nat({ max: 1703 }).map(at => `${pem.RSA_2048.slice(0, at)}-----BEGIN ${pem.RSA_2048.slice(at)}`),
    );
    fc.assert(
      fc.property(odd, text => {
        const parsed = parseWrappingKey(text);
        if (!('problem' in parsed)) return;
        const repeated = text.split('\n').filter(line => line.length > 24 && parsed.problem.includes(line));
        if (repeated.length > 0) throw new Error('the sentence repeats what was brought');
      }),
      { numRuns: 100 },
    );
    for (const text of [
      '-----BEGIN '.repeat(2900),
      `-----BEGIN A-----${'-----END '.repeat(3500)}`,
      'A='.repeat(16000),
    ]) {
      expect(problemOf(text)).toBeDefined();
    }
  });
});

describe('a PKCS#8 structure', () => {
  it('that was cut, lengthened or had any length byte changed does not crash the reader', () => {
    const der = rsaOf(pem.RSA_2048);
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.nat({ max: 255 }), fc.nat({ max: der.length }), (at, value, cut) => {
        const changed = der.slice();
        changed[at] = value;
        expect([undefined, 'rsa', 'rsa-pss', 'elliptic-curve', 'dsa', 'unknown']).toContain(
          parsePkcs8(changed)?.family,
        );
        expect(cut === der.length || parsePkcs8(der.subarray(0, cut)) === undefined).toBe(true);
      }),
    );
    expect(parsePkcs8(new Uint8Array([...der, 0]))).toBeUndefined();
  });

  it('whose secret numbers do not belong to its modulus is found out', async () => {
    for (const at of [60, 100, 200]) {
      const pkcs8 = rsaOf(pem.RSA_2048).slice();
      pkcs8[at] = (pkcs8[at] ?? 0) ^ 1;
      expect(await findKeyProblem({ type: 'rsa', pkcs8 })).toMatch(/numbers do not fit together|no whole private key/);
    }
  });
});

describe('a key made to be taken away', () => {
  it.each(['aes', 'rsa'] as const)('of type %s reads back from its own text', async type => {
    const made = await makeWrappingKey(type, cryptoRandom);
    const text = made.type === 'aes' ? formatAesKey(made.bytes) : formatRsaKey(made.pkcs8);
    expect(parseWrappingKey(text)).toEqual(made);
    expect(await findKeyProblem(made)).toBeUndefined();
    if (made.type === 'rsa') {
      expect(
        text
          .split('\n')
          .slice(1, -3)
          .every(line => line.length === 64),
      ).toBe(true);
      expect(createPrivateKey(text).asymmetricKeyDetails?.modulusLength).toBe(2048);
    }
  });

  it('of type aes follows from the seed', async () => {
    const make = () => makeWrappingKey('aes', seededRandom('class'));
    expect(await make()).toEqual(await make());
  });

  it('once imported opens what its public half seals, and gives its private bytes to nobody', async () => {
    const { publicKey, privateKey } = await importRsaPair(rsaOf(pem.RSA_2048));
    const plaintext = new Uint8Array([1, 2, 3]);
    expect(await openRsaOaep({ privateKey, sealed: await sealRsaOaep({ publicKey, plaintext }) })).toEqual(plaintext);
    expect(privateKey.extractable).toBe(false);
    const spki = await exportRsaPublicKey(publicKey);
    expect(spki).toEqual(parseBase64(bodyOf(pem.RSA_2048_PUBLIC)));
  });

  it('is described by its size and a fingerprint of 8 bytes, which for RSA is the public key’s', async () => {
    const aes: GivenWrappingKey = { type: 'aes', bytes: new Uint8Array(32) };
    expect(await describeKey(aes)).toEqual({ bits: 256, fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) });
    const rsa: GivenWrappingKey = { type: 'rsa', pkcs8: rsaOf(pem.RSA_3072_EXPONENT_3) };
    expect(await describeKey(rsa)).toMatchObject({ bits: 3072 });
  });
});
