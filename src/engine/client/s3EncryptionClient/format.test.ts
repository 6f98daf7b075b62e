import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { COMMITMENT_VECTORS } from '../../../testing/vectors/derivationVectors.ts';
import { type Bytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../../bytes/text.ts';
import { steadyClock } from '../../clock.ts';
import { seededRandom } from '../../crypto/seededRandom.ts';
import { findHeader, type Header, type HttpRequest, textBody } from '../../http/message.ts';
import { createWorld } from '../../world.ts';
import type { Customer } from '../customer.ts';
import { openEncrypted, putEncrypted } from './clientEncryption.ts';
import {
  CONTENT_IV,
  type Envelope,
  encodeEnvelope,
  encodePseudoKey,
  parseEnvelope,
  parsePseudoKey,
  SUITE,
  SUITE_ID,
  WRAP_CODES,
} from './format.ts';
import { unwrapDataKey, wrapDataKey } from './keyring.ts';

const [, , KAT] = COMMITMENT_VECTORS;
const WRAP_IV = '101112131415161718191a1b';
const TEXT = 'hello s3 encryption lab';
/** F-KAT-010 */
const BODY = 'bb02266c49ad18123378ff22d62bbf705ff95aba4c825f845cf4b81e7880873925c252fd9ba98f';
/** F-KAT-020 */
const WRAPPED = 'EBESExQVFhcYGRobQfby0theKbRKK5/5Fby72ZSJ94YkKBKzMvzC9KAyECoQpnJvtofDBxUUs2cs1oA1';

/** A customer whose chance is a script of hexadecimal draws, with a wrapping key of 32 bytes a5. */
async function scriptedCustomer(...draws: readonly string[]) {
  const world = await createWorld({
    mode: 'cse-aes',
    keyHolder: 'owner',
    random: seededRandom('format'),
    clock: steadyClock(0),
  });
  const left = [...draws];
  const room = world.customers.owner.room;
  const hold = async (kind: 'wrapping-key' | 'data-key' | 'plaintext-object', bytes: Bytes) => {
    const artifact = await world.recorder.identify({ kind, name: kind, bytes, isSecret: true });
    room.hold(artifact.id, bytes);
    return artifact;
  };
  const wrappingKey = await hold('wrapping-key', new Uint8Array(32).fill(0xa5));
  const sent: HttpRequest[] = [];
  const customer: Customer = {
    ...world.customers.owner,
    keyRing: { wrappingKey: wrappingKey.id },
    random: {
      seed: 'script',
      bytes: length => {
        const bytes = fromHex(left.shift() ?? '');
        expect(bytes).toHaveLength(length);
        return bytes;
      },
    },
    send: async (_to, request) => {
      // The client forgets what it sends: keep the bytes as they are now.
      const bytes = new Uint8Array([...request.body.pieces()].flatMap(piece => [...piece]));
      sent.push({ ...request, body: { length: bytes.length, pieces: () => [bytes] } });
      return { status: 200, headers: [], body: textBody('') };
    },
  };
  return { customer, hold, sent, left };
}

describe('what the client uploads', () => {
  it('is for the known data key, IV and message id the known object: F-KAT-003, 006, 010 and 020', async () => {
    const { customer, hold, sent, left } = await scriptedCustomer(KAT.dataKey, WRAP_IV, KAT.messageId);
    const plaintext = await hold('plaintext-object', utf8(TEXT));
    const address = { bucketName: 'bucket', objectName: 'a' };
    const result = await putEncrypted(customer, 'https', address, plaintext, 'text/plain', 'aes');
    expect('ok' in result).toBe(true);
    expect(left).toEqual([]);
    const [request] = sent;
    if (!request) throw new Error('nothing was sent');
    const metadata = request.headers.filter(([name]) => name.startsWith('x-amz-meta-'));
    expect(Object.fromEntries(metadata)).toEqual({
      'x-amz-meta-x-amz-c': '115',
      'x-amz-meta-x-amz-w': '02',
      'x-amz-meta-x-amz-3': WRAPPED,
      'x-amz-meta-x-amz-d': 'DnQZ5c+3xg1Xp0jYfAMnh0k1DJu0yXP09Agx9A==',
      'x-amz-meta-x-amz-i': 'QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaWw==',
    });
    expect([...request.body.pieces()].map(toHex)).toEqual([BODY]);
  });

  it('can be opened again by another client with the same wrapping key', async () => {
    const { customer, hold } = await scriptedCustomer();
    const headers: Header[] = encodeEnvelope({
      wrapCode: WRAP_CODES['AES/GCM'],
      encryptedDataKey: fromHex(toHexOf(WRAPPED)),
      messageId: fromHex(KAT.messageId),
      commitment: fromHex(KAT.commitment),
    });
    const ciphertext = await hold('plaintext-object', fromHex(BODY));
    const opened = await openEncrypted(
      customer,
      { status: 200, headers, body: textBody('') },
      ciphertext,
      'a',
      undefined,
    );
    if ('failure' in opened) throw new Error(opened.failure.code);
    expect(toHex(customer.room.getBytes(opened.ok.id))).toBe(toHex(utf8(TEXT)));
  });
});

function toHexOf(base64: string): string {
  return toHex(Uint8Array.from(atob(base64), character => character.charCodeAt(0)));
}

describe('the format’s constants', () => {
  it('are those of F-KAT-005: commitment and derived key come from the suite id and their purpose in words', () => {
    const info = (text: string) => fromHex(`${toHex(SUITE_ID)}${text}`);
    const derive = (purpose: string, length: number) =>
      toHex(new Uint8Array(hkdfSync('sha512', fromHex(KAT.dataKey), fromHex(KAT.messageId), info(purpose), length)));
    expect(derive('434f4d4d49544b4559', 28)).toBe(KAT.commitment);
    expect(derive('4445524956454b4559', 32)).toBe(KAT.derivedKey);
  });

  it('have twelve bytes of ones as the content’s IV (F-FMT-078)', () => {
    expect([toHex(CONTENT_IV), SUITE]).toEqual(['01'.repeat(12), '115']);
  });
});

describe('the data key', () => {
  it('is wrapped with AES as F-KAT-020 has it, and unwrapped again', async () => {
    const { customer, hold } = await scriptedCustomer(WRAP_IV);
    const dataKey = await hold('data-key', fromHex(KAT.dataKey));
    const wrapped = await wrapDataKey(customer, 'aes', dataKey);
    expect([toBase64(wrapped.bytes), wrapped.wrapCode]).toEqual([WRAPPED, '02']);
    const unwrapped = await unwrapDataKey(customer, wrapped.encryptedDataKey, '02');
    expect(unwrapped?.id).toBe(dataKey.id);
  });

  it('stands in the pseudo-key of F-KAT-022 between its length and the suite', () => {
    const dataKey = fromHex(KAT.dataKey);
    expect(toHex(encodePseudoKey(dataKey))).toBe(`20${KAT.dataKey}313135`);
    expect(parsePseudoKey(encodePseudoKey(dataKey))).toEqual(dataKey);
  });

  it.each([
    ['another length byte', `10${KAT.dataKey}313135`],
    ['the suite of V2 (F-KAT-023)', `20${KAT.dataKey}4145532f47434d2f4e6f50616464696e67`],
    ['another suite of that length', `20${KAT.dataKey}313134`],
    ['a byte too few', `20${KAT.dataKey}3131`],
    ['a byte too many', `20${KAT.dataKey}31313500`],
    ['nothing', ''],
  ])('is not taken from a pseudo-key with %s', (_what, text) => {
    expect(parsePseudoKey(fromHex(text))).toBeUndefined();
  });
});

const ENVELOPE: Envelope = {
  wrapCode: '12',
  encryptedDataKey: new Uint8Array(60).fill(1),
  messageId: new Uint8Array(28).fill(2),
  commitment: new Uint8Array(28).fill(3),
  encryptionContext: { 'aws:x-amz-cek-alg': '115' },
};
const PREFIX = 'x-amz-meta-';

/** The envelope's metadata with some of it replaced, or left out with `undefined`. */
function metadata(changed: Record<string, string | undefined> = {}): Header[] {
  const all: Record<string, string | undefined> = {
    ...Object.fromEntries(encodeEnvelope(ENVELOPE).map(([name, value]) => [name.slice(PREFIX.length), value])),
    ...changed,
  };
  return Object.entries(all).flatMap(([name, value]): Header[] =>
    value === undefined ? [] : [[`${PREFIX}${name}`, value]],
  );
}
const base64Of = (length: number, value = 1) => toBase64(new Uint8Array(length).fill(value));

describe('the envelope in the metadata', () => {
  it('is read as it was written, with and without context, in any spelling of the names', () => {
    const { encryptionContext: _none, ...raw } = ENVELOPE;
    expect(parseEnvelope(encodeEnvelope(ENVELOPE))).toEqual({ envelope: ENVELOPE });
    expect(parseEnvelope(encodeEnvelope(raw))).toEqual({ envelope: raw });
    const shouted = encodeEnvelope(ENVELOPE).map(([name, value]) => [name.toUpperCase(), value] as const);
    expect(parseEnvelope(shouted)).toEqual({ envelope: ENVELOPE });
    expect(findHeader({ headers: metadata() }, `${PREFIX}x-amz-w`)).toBe('12');
  });

  it.each([
    ['without the encrypted data key', { 'x-amz-3': undefined }],
    ['without the commitment', { 'x-amz-d': undefined }],
    ['without the message id', { 'x-amz-i': undefined }],
    ['without the suite', { 'x-amz-c': undefined }],
    ['without the wrap code', { 'x-amz-w': undefined }],
    ['with an encrypted data key of no bytes', { 'x-amz-3': '' }],
    ['with an encrypted data key that is no Base64', { 'x-amz-3': '%' }],
    ['with a commitment of 27 bytes', { 'x-amz-d': base64Of(27) }],
    ['with a commitment of 29 bytes', { 'x-amz-d': base64Of(29) }],
    ['with a message id of 27 bytes', { 'x-amz-i': base64Of(27) }],
    ['with a message id of 29 bytes', { 'x-amz-i': base64Of(29) }],
    ['with a message id of zeros (F-FMT-081)', { 'x-amz-i': base64Of(28, 0) }],
    ['with another suite', { 'x-amz-c': '114' }],
    ['with an unknown wrap code', { 'x-amz-w': '99' }],
    ['with a V2 key beside it', { 'x-amz-key-v2': base64Of(60) }],
    ['with a V1 key beside it', { 'x-amz-key': base64Of(60) }],
    ['with a context that is no JSON', { 'x-amz-t': '{' }],
    ['with a context that is a list', { 'x-amz-t': '["a"]' }],
    ['with a context of numbers', { 'x-amz-t': '{"a":1}' }],
  ])('is refused as tampered %s (F-ERR-102)', (_what, changed) => {
    expect(parseEnvelope(metadata(changed))).toEqual({ problem: 'tampered-metadata' });
  });

  it('is not there at all on an object that another client wrote', () => {
    expect(parseEnvelope([[`${PREFIX}colour`, 'blue']])).toEqual({ problem: 'not-encrypted-by-client' });
    expect(parseEnvelope([])).toEqual({ problem: 'not-encrypted-by-client' });
  });
});
