import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Wrap, whyNot } from './realClients.ts';
import { bodyOf, CLIENTS, CONTEXT, layOut, openStage, PLACES, type Stage } from './stage.ts';

const SIZES = [0, 1, 16, 100_000];
const PART_BYTES = 5 * 1024 * 1024;
const isInFileOf = (place: (typeof PLACES)[number]) => place === 'instruction file';

let stage: Stage;
beforeAll(async () => {
  if (CLIENTS.some(({ command }) => command !== undefined)) stage = await openStage();
});
afterAll(() => stage?.stop());

describe.each(CLIENTS)('the S3 Encryption Client for $name and the lab’s own', ({ name, command, wraps }) => {
  const cases = wraps.flatMap(wrap => PLACES.flatMap(place => SIZES.map(size => ({ wrap, place, size }))));
  const inPlaces = cases.filter(({ size }) => size === 16);
  const get = (objectName: string, wrap: Wrap, isInFile = false) =>
    stage.tell(name, {
      does: 'get',
      objectName,
      wrap,
      isInFile,
      ...(wrap === 'kms' ? { encryptionContext: CONTEXT } : {}),
    });

  describe.skipIf(command === undefined)(`over the endpoint${whyNot(command, name)}`, () => {
    it.each(cases)('it writes, the lab’s reads V2: $wrap, $place, $size bytes', async ({ wrap, place, size }) => {
      const objectName = stage.newName();
      const isInFile = isInFileOf(place);
      const written = await stage.writeByReal(name, { objectName, wrap, byteLength: size, isInFile });
      expect(await stage.readByLab(objectName, wrap)).toBe(written);
    });

    it.each(cases)('the lab’s writes, it reads V2: $wrap, $place, $size bytes', async ({ wrap, place, size }) => {
      const objectName = stage.newName();
      const isInFile = isInFileOf(place);
      const options = { writesInstructionFiles: isInFile };
      const written = await stage.writeByLab({ objectName, wrap, byteLength: size }, options);
      expect(bodyOf(await get(objectName, wrap, isInFile))).toBe(written);
    });

    it.each(wraps)('the lab’s uploads in parts, it reads one encrypted message: %s', async wrap => {
      const objectName = stage.newName();
      const { plaintext, base64 } = await layOut(stage.lab, PART_BYTES + 17);
      const address = { bucketName: stage.lab.bucketName, objectName };
      const put = await stage.labClient(wrap).uploadObjectInParts(address, plaintext, 'text/plain', {
        partBytes: PART_BYTES,
        ...(wrap === 'kms' ? { encryptionContext: CONTEXT } : {}),
      });
      expect(put).toMatchObject({ ok: { status: 200 } });
      // Compared first: millions of characters are no message.
      expect(bodyOf(await get(objectName, wrap)) === base64).toBe(true);
    });

    it.each(wraps)('of what it writes the lab’s reads a range, when told to (F-FMT-092): %s', async wrap => {
      const objectName = stage.newName();
      const written = await stage.writeByReal(name, { objectName, wrap, byteLength: 1000 });
      const range = { first: 17, last: 500 };
      expect(await stage.readByLab(objectName, wrap, {}, { range })).toBe('RangeNotEnabled');
      const part = await stage.readByLab(objectName, wrap, { enableLegacyUnauthenticatedModes: true }, { range });
      expect(part).toBe(Buffer.from(written, 'base64').subarray(17, 501).toString('base64'));
    });

    it('reads no range itself', async () => {
      const objectName = stage.newName();
      await stage.writeByLab({ objectName, wrap: 'kms', byteLength: 100 });
      const told = await stage.tell(name, {
        does: 'get',
        objectName,
        wrap: 'kms',
        range: 'bytes=0-9',
        encryptionContext: CONTEXT,
      });
      // Ruby's says that it cannot; Go's finds that ten bytes have no tag.
      expect(told).toMatchObject({ error: { code: name === 'Ruby' ? 'NotImplementedError' : 'error' } });
    });

    it('wants the context it was written with, as the lab’s does (F-CSK-011); Go’s believes the stored one', async () => {
      const objectName = stage.newName();
      const written = await stage.writeByLab({ objectName, wrap: 'kms', byteLength: 40 });
      const told = await stage.tell(name, { does: 'get', objectName, wrap: 'kms' });
      if (name === 'Go') expect(bodyOf(told)).toBe(written);
      else expect(told).toMatchObject({ error: { message: expect.stringContaining('encryption context') } });
      const other = { encryptionContext: {} };
      expect(await stage.readByLab(objectName, 'kms', {}, other)).toBe('DecryptionFailed EncryptionContextMismatch');
    });

    it.each(inPlaces)('is too old for V3 and refuses it cleanly: $wrap, $place', async ({ wrap, place }) => {
      const objectName = stage.newName();
      const isInFile = isInFileOf(place);
      const written = await stage.writeByLab(
        { objectName, wrap, byteLength: 40 },
        { commitmentPolicy: 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT', writesInstructionFiles: isInFile },
      );
      expect(await stage.readByLab(objectName, wrap, { commitmentPolicy: 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT' })).toBe(
        written,
      );
      expect(await get(objectName, wrap, isInFile)).toMatchObject({ error: V3_REFUSAL[name][place] });
    });
  });
});

/** They know no V3 entry: they look for an instruction file, and if there is one, for an entry that they know. */
const V3_REFUSAL = {
  Ruby: {
    metadata: { message: 'unable to locate encryption envelope' },
    'instruction file': { message: 'unable to locate encryption envelope' },
  },
  Go: {
    metadata: { code: 'NoSuchKey' },
    'instruction file': { code: 'InvalidWrapAlgorithmError' },
  },
} as const;
