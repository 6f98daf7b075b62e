import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Wrap, whyNot } from './realClients.ts';
import { bodyOf, CLIENTS, CONTEXT, openStage, PLACES, type Stage } from './stage.ts';

const V2_ENTRIES = ['x-amz-cek-alg', 'x-amz-iv', 'x-amz-key-v2', 'x-amz-matdesc', 'x-amz-tag-len', 'x-amz-wrap-alg'];
const LENGTH = 'x-amz-unencrypted-content-length';
const MARKER = 'x-amz-crypto-instr-file';
const WRAP_NAMES: Readonly<Record<Wrap, string>> = { kms: 'kms+context', aes: 'AES/GCM', rsa: 'RSA-OAEP-SHA1' };

let stage: Stage;
beforeAll(async () => {
  if (CLIENTS.some(({ command }) => command !== undefined)) stage = await openStage();
});
afterAll(() => stage?.stop());

describe.each(CLIENTS)('what lies in S3 after a put', ({ name, command, wraps }) => {
  const writers = [name, 'lab'] as const;
  const cases = writers.flatMap(writer => wraps.flatMap(wrap => PLACES.map(place => ({ writer, wrap, place }))));

  describe.skipIf(command === undefined)(`by the client for ${name} and by the lab’s${whyNot(command, name)}`, () => {
    it.each(cases)(
      'is V2 as the facts have it: $writer, $wrap, $place (F-FMT-022…028)',
      async ({ writer, wrap, place }) => {
        const objectName = stage.newName();
        const isInFile = place === 'instruction file';
        const writing = { objectName, wrap, byteLength: 16 };
        if (writer === 'lab') await stage.writeByLab(writing, { writesInstructionFiles: isInFile });
        else await stage.writeByReal(writer, { ...writing, isInFile });

        const object = await stage.load(objectName);
        const file = isInFile ? await stage.load(`${objectName}.instruction`) : undefined;
        const entries: Record<string, string> = file
          ? JSON.parse(new TextDecoder().decode(file.body))
          : { ...object.metadata };
        const lengthOf = (entry: string) => Buffer.from(entries[entry] ?? '', 'base64').length;

        // The plaintext's 16 bytes and the tag's.
        expect(object.body.length).toBe(32);
        expect(lengthOf('x-amz-iv')).toBe(12);
        if (wrap !== 'kms') expect(lengthOf('x-amz-key-v2')).toBe(wrap === 'aes' ? 60 : 256);
        expect(entries).toMatchObject({
          'x-amz-cek-alg': 'AES/GCM/NoPadding',
          'x-amz-tag-len': '128',
          'x-amz-wrap-alg': WRAP_NAMES[wrap],
        });
        const bound = { ...CONTEXT, 'aws:x-amz-cek-alg': 'AES/GCM/NoPadding' };
        expect(JSON.parse(entries['x-amz-matdesc'] ?? '')).toEqual(wrap === 'kms' ? bound : {});
        expect(namesOf(entries).filter(entry => entry !== LENGTH)).toEqual(V2_ENTRIES);

        // What else they write. The plaintext's length: Ruby on the object even with a file (against F-FMT-087), Go with the envelope.
        const onObject = object.metadata[LENGTH];
        const inFile = file ? entries[LENGTH] : undefined;
        const isGoInFile = writer === 'Go' && isInFile;
        expect([onObject, inFile]).toEqual(
          writer === 'lab' ? [undefined, undefined] : isGoInFile ? [undefined, '16'] : ['16', undefined],
        );
        if (isInFile) expect(namesOf(object.metadata).filter(entry => entry !== LENGTH)).toEqual([]);
        // The marker came after these releases (F-FMT-029): no reader may wait for it.
        expect(file?.metadata ?? {}).toEqual(writer === 'lab' && file ? { [MARKER]: '' } : {});
      },
    );
  });
});

describe.skipIf(CLIENTS[0]?.command === undefined)(`the client for Ruby${whyNot(CLIENTS[0]?.command, 'Ruby')}`, () => {
  it('cannot read its own context when it is not ASCII, since S3 gives such metadata back encoded (F-FMT-039)', async () => {
    const encryptionContext = { project: 'Äpfel' };
    const writing = { objectName: stage.newName(), wrap: 'kms', encryptionContext } as const;
    await stage.writeByReal('Ruby', { ...writing, byteLength: 5 });
    const { metadata } = await stage.load(writing.objectName);
    expect(metadata['x-amz-matdesc']).toMatch(/^=\?UTF-8\?/);
    const told = await stage.tell('Ruby', { does: 'get', ...writing });
    expect(told).toMatchObject({ error: { code: 'Aws::Json::ParseError' } });
  });

  it('reads it from an instruction file, whose bytes nobody touches, and so does the lab’s', async () => {
    const encryptionContext = { project: 'Äpfel' };
    const writing = { objectName: stage.newName(), wrap: 'kms', isInFile: true, encryptionContext } as const;
    const written = await stage.writeByReal('Ruby', { ...writing, byteLength: 5 });
    expect(bodyOf(await stage.tell('Ruby', { does: 'get', ...writing }))).toBe(written);
    expect(await stage.readByLab(writing.objectName, 'kms', {}, { encryptionContext })).toBe(written);
  });
});

function namesOf(entries: Readonly<Record<string, string>>): string[] {
  return Object.keys(entries).sort();
}
