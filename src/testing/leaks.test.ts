import { beforeAll, describe, expect, it } from 'vitest';
import { concat, utf8 } from '../engine/bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../engine/bytes/text.ts';
import { type ArtifactKind, MODES } from '../engine/index.ts';
import { runOf } from './allRuns.ts';
import { findLeaks, type Held, openPlacesOf, type Secret, secretsAmong } from './leaks.ts';

/** Real secrets of each kind, and copies of what the places of real runs hold. */
const secrets = new Map<ArtifactKind, { secret: Secret; bytes: Uint8Array }>();
const clean: Held[] = [];

beforeAll(async () => {
  for (const mode of MODES.filter(one => one !== 'none')) {
    const { trace, world } = await runOf({ mode, operation: 'upload', transport: 'https', principal: 'owner' });
    for (const artifact of Object.values(trace.artifacts)) {
      const [secret] = secretsAmong([artifact]);
      if (secret) secrets.set(artifact.kind, { secret, bytes: fromHex(artifact.head) });
    }
    clean.push(...openPlacesOf(world, 'https').map(held => structuredClone(held)));
  }
});

const KINDS = ['plaintext-object', 'data-key', 'derived-key', 'customer-key', 'wrapping-key', 'session-key'] as const;
const PLACES = ['s3.disk', 'audit', 'network'] as const;
const around = (offset: number, inner: Uint8Array) =>
  concat(new Uint8Array(offset).fill(0x41), inner, new Uint8Array(5).fill(0x42));
const FORMS: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  ['raw bytes', bytes => bytes],
  ['hexadecimal', bytes => utf8(toHex(bytes))],
  ['Base64', bytes => utf8(toBase64(bytes))],
  ['text', bytes => utf8(new TextDecoder().decode(bytes))],
  ['Base64 one byte on', bytes => utf8(toBase64(around(1, bytes)))],
  ['Base64 two bytes on', bytes => utf8(toBase64(around(2, bytes)))],
];

/** Plants it where it must not be: in the middle of bytes, or in a text deep inside a log record. */
function plant(place: Held['place'], form: Uint8Array): Held[] {
  const content =
    place === 'audit' ? { requestParameters: { tags: ['"', new TextDecoder().decode(form)] } } : around(3, form);
  return [...clean, { place, content }];
}

describe('the finder of leaks', () => {
  it('has every kind of secret with bytes, and finds none of them in what real runs leave', () => {
    expect([...secrets.keys()].sort()).toEqual([...KINDS].sort());
    expect(new Set(clean.map(({ place }) => place))).toEqual(new Set(PLACES));
    expect(
      findLeaks(
        [...secrets.values()].map(({ secret }) => secret),
        clean,
        'sse-s3',
      ),
    ).toEqual([]);
  });

  it.each(PLACES.flatMap(place => KINDS.map(kind => [kind, place] as const)))(
    'reports a %s planted at %s in every form',
    (kind, place) => {
      const { secret, bytes } = secrets.get(kind) ?? { secret: undefined, bytes: new Uint8Array(0) };
      const missed = FORMS.filter(
        ([, form]) => findLeaks(secret ? [secret] : [], plant(place, form(bytes)), 'sse-s3').length !== 1,
      );
      expect(missed.map(([name]) => name)).toEqual([]);
    },
  );

  it('finds a text that JSON would escape, a secret of 8 bytes, and the end of a long one', () => {
    const find = (bytes: Uint8Array, content: unknown) =>
      findLeaks(
        secretsAmong([
          {
            id: 'a1',
            kind: 'plaintext-object',
            name: '',
            byteLength: bytes.length,
            isHandle: false,
            isSecret: true,
            fingerprint: '',
            head: toHex(bytes.subarray(0, 1024)),
            tail: bytes.length > 1024 ? toHex(bytes.subarray(-32)) : '',
            fields: [],
          },
        ]),
        [{ place: 'audit', content }],
        'sse-s3',
      );
    const quoted = 'say "é\n👩‍🔬"';
    expect(find(utf8(quoted), { a: [{ b: `x${quoted}y` }] })).toHaveLength(1);
    expect(find(utf8('8 bytes!'), { '8 bytes!': 1 })).toHaveLength(1);
    expect(find(utf8('7bytes!'), '7bytes!')).toHaveLength(0);
    const long = new Uint8Array(3000).map((_, i) => (i * 31 + (i >> 8) * 7) % 256);
    expect(find(long, toHex(long.subarray(-40)))).toHaveLength(1);
    expect(find(new Uint8Array(32).fill(0xfe), new TextDecoder().decode(new Uint8Array(32).fill(0x41)))).toEqual([]);
  });

  it('excuses in mode none only the object, and only on the disks', () => {
    const reported = PLACES.flatMap(place =>
      (['plaintext-object', 'data-key'] as const).flatMap(kind => {
        const one = secrets.get(kind);
        return one ? findLeaks([one.secret], plant(place, one.bytes), 'none').map(() => `${kind} ${place}`) : [];
      }),
    );
    expect(reported).toEqual([
      'data-key s3.disk',
      'plaintext-object audit',
      'data-key audit',
      'plaintext-object network',
      'data-key network',
    ]);
  });
});
