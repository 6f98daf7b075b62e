import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMultipartHarness, MIB, type MultipartHarness, patterned } from '../../../testing/multipartHarness.ts';

const FIRST = 5 * MIB;
const LAST = 1000;

async function twoParts(): Promise<{ s3: MultipartHarness; whole: Uint8Array }> {
  const s3 = await createMultipartHarness();
  const upload = { name: 'a', id: await s3.open('a', s3.headersOf('SSE-KMS cmk, Bucket Key')) };
  const parts: [number, string][] = [];
  const bodies = [patterned(FIRST, 1), patterned(LAST, 2)];
  for (const [index, body] of bodies.entries()) {
    parts.push([index + 1, (await s3.part(upload, index + 1, body)).header('etag') ?? '']);
  }
  await s3.complete(upload, parts);
  return { s3, whole: new Uint8Array(Buffer.concat(bodies)) };
}

describe('reading an object made of parts', () => {
  it('gives for every range the same bytes as a slice of the whole', async () => {
    const { s3, whole } = await twoParts();
    const near = (at: number) => fc.integer({ min: at - 3, max: at + 3 });
    const offset = fc.oneof(fc.nat(FIRST + LAST - 1), near(FIRST), fc.constantFrom(0, FIRST + LAST - 1));
    await fc.assert(
      fc.asyncProperty(offset, offset, async (one, other) => {
        const [start, last] = [Math.min(one, other), Math.max(one, other)];
        const sent = { headers: [['range', `bytes=${start}-${last}`]] as const, isRecorded: false };
        const got = await s3.onObject('GET', 'a', '', sent);
        expect(got.status).toBe(206);
        expect(Buffer.compare(got.bytes, whole.subarray(start, last + 1))).toBe(0);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it('cuts a range in a step of its own kind: it is an artifact made from the parts', async () => {
    const { s3 } = await twoParts();
    const got = await s3.onObject('GET', 'a', '', { headers: [['range', `bytes=${FIRST - 2}-${FIRST + 1}`]] });
    const { trace } = got;
    const cut = trace?.events.find(event => event.verb === 'derived' && event.place === 's3.memory' && event.step > 1);
    expect(cut).toMatchObject({ algorithm: 'byte range', outputs: [expect.any(String)] });
    expect(cut?.inputs).toHaveLength(2);
    const [output = ''] = cut?.outputs ?? [];
    expect(trace?.artifacts[output]).toMatchObject({
      kind: 'plaintext-object',
      name: `bytes ${FIRST - 2}–${FIRST + 1} of a`,
      byteLength: 4,
    });
    expect(s3.complaints).toEqual([]);
  });
});
