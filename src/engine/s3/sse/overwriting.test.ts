import { describe, expect, it } from 'vitest';
import {
  CUSTOMER_KEY,
  createMultipartHarness,
  MIB,
  type MultipartHarness,
  OTHER_KEY,
  patterned,
  REST_MODES,
  SOURCE_PREFIX,
  sseC,
} from '../../../testing/multipartHarness.ts';
import { type Seen, watching } from '../../../testing/watchSecrets.ts';

/** Secret buffers that were put into a room, are in none any more, and are not all zeros. */
function leftovers({ cloud }: MultipartHarness, seen: readonly Seen[]): string[] {
  const held = new Set<unknown>(
    Object.values(cloud.rooms).flatMap(room => room.entries().map(([, content]) => content)),
  );
  return seen
    .filter(({ id, bytes }) => !held.has(bytes) && cloud.recorder.get(id).isSecret && bytes.some(byte => byte !== 0))
    .map(({ room, id }) => `${room.place} ${cloud.recorder.get(id).name}`);
}

describe.each(REST_MODES)('in mode %s', mode => {
  it('every key and every content is overwritten, equal parts, ranges and copies included', async () => {
    const s3 = await createMultipartHarness(mode === 'none' ? 'before-2023' : 'today');
    const own = mode === 'SSE-C' ? sseC(CUSTOMER_KEY) : [];
    const from = mode === 'SSE-C' ? sseC(CUSTOMER_KEY, SOURCE_PREFIX) : [];
    const seen: Seen[] = [];
    await watching(seen, async () => {
      const upload = { name: 'a', id: await s3.open('a', s3.headersOf(mode)) };
      const parts: [number, string][] = [];
      for (const number of [1, 2]) {
        parts.push([number, (await s3.part(upload, number, patterned(5 * MIB), own)).header('etag') ?? '']);
      }
      await s3.complete(upload, parts);
      expect((await s3.onObject('GET', 'a', '', { headers: own })).bytes.length).toBe(10 * MIB);
      await s3.onObject('GET', 'a', '', { headers: [...own, ['range', `bytes=5-${6 * MIB}`]] });
      const again = { name: 'b', id: await s3.open('b', s3.headersOf(mode)) };
      const copied = await s3.part(again, 1, '', [['x-amz-copy-source', '/the-bucket/a'], ...own, ...from]);
      expect(copied.status, copied.text).toBe(200);
    });
    expect(seen.length).toBeGreaterThan(5);
    expect(leftovers(s3, seen)).toEqual([]);
    expect(s3.complaints).toEqual([]);
  }, 30_000);
});

describe('what is refused', () => {
  it.each<[string, (s3: MultipartHarness) => Promise<number>]>([
    [
      'a part under another customer key',
      async s3 => {
        const upload = { name: 'a', id: await s3.open('a', sseC(CUSTOMER_KEY)) };
        return (await s3.part(upload, 1, 'secret content', sseC(OTHER_KEY))).status;
      },
    ],
    [
      'a read under another customer key',
      async s3 => {
        await s3.onObject('PUT', 'a', '', { body: 'secret content', headers: sseC(CUSTOMER_KEY) });
        return (await s3.onObject('GET', 'a', '', { headers: sseC(OTHER_KEY) })).status;
      },
    ],
    [
      'a part without kms:Decrypt',
      async s3 => {
        const upload = { name: 'a', id: await s3.open('a', s3.headersOf('SSE-KMS cmk')) };
        return (await s3.part(upload, 1, 'secret content', [], { as: 's3-administrator' })).status;
      },
    ],
    [
      'a new lock without kms:Encrypt',
      async s3 => {
        await s3.onObject('PUT', 'a', '', { body: 'secret content' });
        const body = `<ObjectEncryption><SSE-KMS><KMSKeyArn>${s3.kmsKeyArn}</KMSKeyArn></SSE-KMS></ObjectEncryption>`;
        const { createHash } = await import('node:crypto');
        const md5 = createHash('md5').update(body).digest('base64');
        const sent = { body, headers: [['content-md5', md5]] as const, as: 's3-administrator' as const };
        return (await s3.onObject('PUT', 'a', 'encryption', sent)).status;
      },
    ],
  ])('%s leaves nothing of it in memory', async (_name, act) => {
    const s3 = await createMultipartHarness();
    const seen: Seen[] = [];
    const status = await watching(seen, () => act(s3));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(s3.cloud.rooms['s3.memory'].ids()).toEqual([]);
    expect(leftovers(s3, seen)).toEqual([]);
    expect(s3.complaints).toEqual([]);
  });
});
