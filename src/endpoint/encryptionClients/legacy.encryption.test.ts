import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GO, type Job, RUBY, type Wrap, whyNot } from './realClients.ts';
import { bodyOf, openStage, PLACES, type Stage } from './stage.ts';

const SIZES = [0, 1, 16, 100_000];
const OLD_WRAPS = { enableLegacyWrappingAlgorithms: true };
const OLD_CONTENT = { enableLegacyUnauthenticatedModes: true };

interface Old {
  readonly written: string;
  readonly name: 'Ruby' | 'Go';
  readonly wrap: Wrap;
  readonly content?: NonNullable<Job['content']>;
  readonly isCbc: boolean;
  /** What neither the lab nor anything else on WebCrypto can open (F-WEB-005). */
  readonly isBeyondWebCrypto?: true;
}
/** What clients of the first generation wrote. */
const OLD: readonly Old[] = [
  { written: 'V1, AES in ECB (F-FMT-056)', name: 'Ruby', wrap: 'aes', isCbc: true },
  { written: 'V1, RSA with PKCS #1 v1.5 (F-FMT-057)', name: 'Ruby', wrap: 'rsa', isCbc: true, isBeyondWebCrypto: true },
  { written: 'V2 entries, kms (F-FMT-053)', name: 'Ruby', wrap: 'kms', isCbc: true },
  ...(['AES/CBC/PKCS5Padding', 'AES/CBC/PKCS7Padding', 'AES/GCM/NoPadding'] as const).map(
    (content): Old => ({
      written: `V2 entries, kms with ${content} (F-FMT-053)`,
      name: 'Go',
      wrap: 'kms',
      content,
      isCbc: content !== 'AES/GCM/NoPadding',
    }),
  ),
];
const isThere = (name: 'Ruby' | 'Go') => (name === 'Ruby' ? RUBY : GO) !== undefined;

let stage: Stage;
beforeAll(async () => {
  if (isThere('Ruby') || isThere('Go')) stage = await openStage();
});
afterAll(() => stage?.stop());

describe.each(OLD)('$written, written by the first client for $name', old => {
  const { name, wrap, content, isCbc, isBeyondWebCrypto } = old;
  const job = { version: 'v1', wrap, ...(content ? { content } : {}) } as const;
  const cases = PLACES.flatMap(place => SIZES.map(size => ({ place, size })));
  const none = {};
  const noContext = { encryptionContext: {} };
  /** Options with which it is still refused. */
  const tooLittle = isCbc ? [none, OLD_WRAPS, OLD_CONTENT] : [none, OLD_CONTENT];

  describe.skipIf(!isThere(name))(`in S3${isThere(name) ? '' : whyNot(undefined, name)}`, () => {
    it.each(cases)('opens for the lab’s client with the opt-ins: $place, $size bytes', async ({ place, size }) => {
      const objectName = stage.newName();
      const isInFile = place === 'instruction file';
      const written = await stage.writeByReal(name, { ...job, objectName, byteLength: size, isInFile });
      const options = isCbc ? { ...OLD_WRAPS, ...OLD_CONTENT } : OLD_WRAPS;
      const read = await stage.readByLab(objectName, wrap, options, noContext);
      expect(read).toBe(isBeyondWebCrypto ? 'AlgorithmNotAvailable' : written);
    });

    it.each(PLACES)('is refused without them (F-ERR-104): %s', async place => {
      const objectName = stage.newName();
      const isInFile = place === 'instruction file';
      await stage.writeByReal(name, { ...job, objectName, byteLength: 40, isInFile });
      const answers = await Promise.all(
        tooLittle.map(options => stage.readByLab(objectName, wrap, options, noContext)),
      );
      expect(new Set(answers)).toEqual(new Set(['LegacyNotEnabled']));
    });

    it('opens for the second real client in its legacy profile only', async () => {
      const objectName = stage.newName();
      const written = await stage.writeByReal(name, { ...job, objectName, byteLength: 40 });
      const get = { does: 'get', objectName, wrap } as const;
      expect(await stage.tell(name, get)).toHaveProperty('error');
      const told = await stage.tell(name, { ...get, isLegacy: true });
      // Debian's Ruby cannot ask for a decryption without `any key`; Go's readers do not know the padding by its second name.
      if (content === 'AES/CBC/PKCS7Padding')
        expect(told).toMatchObject({ error: { code: 'InvalidCEKAlgorithmError' } });
      else expect(bodyOf(told)).toBe(written);
    });
  });
});
