import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { hmacSha256 } from '../crypto/hmac.ts';
import { sha256 } from '../crypto/sha2.ts';
import { encodeSegment } from '../http/address.ts';
import { type HttpRequest, textBody } from '../http/message.ts';
import { readPayload } from '../http/payload.ts';
import { type CheckScope, checkSignature } from './sigV4.ts';

/** SHA-256, or HMAC when given a secret, in the shape that the other signer wants. */
class Sha256 {
  readonly #secret: string | Uint8Array | undefined;
  #data = new Uint8Array();
  constructor(secret?: unknown) {
    this.#secret = typeof secret === 'string' || secret instanceof Uint8Array ? secret : undefined;
  }
  update(chunk: Uint8Array) {
    this.#data = Uint8Array.of(...this.#data, ...chunk);
  }
  digest() {
    const secret = typeof this.#secret === 'string' ? utf8(this.#secret) : this.#secret;
    return secret === undefined ? sha256(this.#data) : hmacSha256(Uint8Array.from(secret), this.#data);
  }
  reset() {
    this.#data = new Uint8Array();
  }
}

const NOW = Date.UTC(2026, 10, 21, 10);
const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's3cr3t/+ü', sessionToken: 'tok/en+=' };
const signer = (service: string) =>
  new SignatureV4({
    credentials,
    region,
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: true,
  });

const words = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
const texts = fc.string({ unit: 'grapheme', maxLength: 12 });
const asked = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  segments: fc.array(fc.oneof(texts, fc.constantFrom('', '.', '..', '+', '%', '~')), { maxLength: 4 }),
  query: fc.dictionary(
    texts.filter(name => name !== '' && name !== '__proto__'),
    fc.oneof(texts, fc.array(texts, { minLength: 1, maxLength: 3 })),
    {
      maxKeys: 4,
    },
  ),
  metadata: words.map(word => `  ${word}   ${word}`),
  body: texts,
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

const describeRequest = (wanted: Asked) => ({
  method: wanted.method,
  protocol: 'https:',
  hostname: 'bucket.localhost',
  path: `/${wanted.segments.map(encodeSegment).join('/')}`,
  query: wanted.query,
  headers: { host: 'bucket.localhost', 'x-amz-meta-note': wanted.metadata, 'content-type': 'text/plain' },
  body: wanted.body,
});

/** Their request as it would go over the wire. */
function toWire(signed: {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: string;
}): HttpRequest {
  const query = Object.entries(signed.query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map(text => `${encodeSegment(name)}=${encodeSegment(text)}`),
  );
  return {
    method: signed.method,
    path: signed.path,
    query: query.join('&'),
    headers: Object.entries(signed.headers),
    body: textBody(signed.body ?? ''),
  };
}

async function isAccepted(request: HttpRequest, service: CheckScope['service']): Promise<unknown> {
  const payload = readPayload(request);
  if ('refusal' in payload) return payload;
  const found = await checkSignature(request, payload, { region, service, now: NOW, findSecret: () => credentials });
  return found.kind === 'checked' ? found.isValid : found;
}

describe('an independent signer’s requests are accepted', () => {
  it.each(['s3', 'kms', 'sts'] as const)('by header for %s', async service => {
    await fc.assert(
      fc.asyncProperty(asked, async wanted => {
        const signed = await signer(service).sign(describeRequest(wanted), { signingDate: new Date(NOW) });
        expect(await isAccepted(toWire(signed), service)).toBe(true);
      }),
    );
  });

  it('by query for S3, with the headers that were not moved into it', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async wanted => {
        const plain = describeRequest({ ...wanted, body: '' });
        const signed = await signer('s3').presign(
          { ...plain, headers: { ...plain.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
          { signingDate: new Date(NOW), expiresIn: 60 },
        );
        expect(await isAccepted(toWire(signed), 's3')).toBe(true);
      }),
    );
  });
});
