import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNot } from './realClients.ts';
import { CLIENTS, CONTEXT, openStage, PLACES, type Stage, type Stored } from './stage.ts';

interface Change {
  readonly part: string;
  /** What the lab's trace says. */
  readonly why: string;
  readonly body?: (body: Uint8Array) => Uint8Array;
  readonly entries?: (entries: Readonly<Record<string, string>>) => Record<string, string>;
  /** Real clients that do not notice, and why that does no harm. */
  readonly unnoticedBy?: Readonly<Record<string, string>>;
}
const CHANGES: readonly Change[] = [
  { part: 'the first byte of the content', why: 'AuthenticationTagMismatch', body: body => flipped(body, 0) },
  { part: 'the last byte of the tag', why: 'AuthenticationTagMismatch', body: body => flipped(body, body.length - 1) },
  { part: 'the IV', why: 'AuthenticationTagMismatch', entries: flippedEntry('x-amz-iv') },
  { part: 'the encrypted data key', why: 'UnableToUnwrapDataKey', entries: flippedEntry('x-amz-key-v2') },
  {
    part: 'the name of the content algorithm',
    why: 'TamperedMetadata',
    entries: entries => ({ ...entries, 'x-amz-cek-alg': 'AES/CTR/NoPadding' }),
  },
  {
    part: 'the name of the wrap',
    why: 'TamperedMetadata',
    entries: entries => ({ ...entries, 'x-amz-wrap-alg': 'none' }),
  },
  {
    part: 'the length of the tag',
    why: 'TamperedMetadata',
    entries: entries => ({ ...entries, 'x-amz-tag-len': '96' }),
    unnoticedBy: { Go: 'it knows the length and does not read it' },
  },
];

let stage: Stage;
beforeAll(async () => {
  if (CLIENTS.some(({ command }) => command !== undefined)) stage = await openStage();
});
afterAll(() => stage?.stop());

describe.each(CLIENTS)('what $name wrote and somebody changed', ({ name, command, wraps }) => {
  const cases = wraps.flatMap(wrap =>
    PLACES.flatMap(place => CHANGES.map(change => ({ wrap, place, part: change.part, change }))),
  );

  describe.skipIf(command === undefined)(`in S3${whyNot(command, name)}`, () => {
    it.each(cases)('is refused by it and by the lab’s: $wrap, $place, $part', async ({ wrap, place, change }) => {
      const objectName = stage.newName();
      const isInFile = place === 'instruction file';
      await stage.writeByReal(name, { objectName, wrap, byteLength: 40, isInFile });
      await applyTo(objectName, isInFile, change);

      const why = isInFile && change.why === 'TamperedMetadata' ? 'TamperedInstructionFile' : change.why;
      expect(await stage.readByLab(objectName, wrap)).toBe(`DecryptionFailed ${why}`);
      const context = wrap === 'kms' ? { encryptionContext: CONTEXT } : {};
      const told = await stage.tell(name, { does: 'get', objectName, wrap, isInFile, ...context });
      expect(Object.keys(told)).toEqual([change.unnoticedBy?.[name] === undefined ? 'error' : 'ok']);
    });

    it.each(PLACES)('is refused when its context is another: %s (F-CSK-011, F-CSK-012)', async place => {
      const objectName = stage.newName();
      const isInFile = place === 'instruction file';
      await stage.writeByReal(name, { objectName, wrap: 'kms', byteLength: 40, isInFile });
      const sales = { ...CONTEXT, department: 'sales' };
      const matdesc = JSON.stringify({ ...sales, 'aws:x-amz-cek-alg': 'AES/GCM/NoPadding' });
      await applyTo(objectName, isInFile, { entries: entries => ({ ...entries, 'x-amz-matdesc': matdesc }) });

      expect(await stage.readByLab(objectName, 'kms')).toBe('DecryptionFailed EncryptionContextMismatch');
      // Whoever believes what is stored is refused by KMS.
      const believed = await stage.readByLab(objectName, 'kms', {}, { encryptionContext: sales });
      expect(believed).toBe('DecryptionFailed UnableToUnwrapDataKey');
      const job = { does: 'get', objectName, wrap: 'kms', isInFile } as const;
      const told = await stage.tell(name, { ...job, encryptionContext: sales });
      expect(told).toMatchObject({ error: { code: expect.stringContaining('InvalidCiphertextException') } });
    });
  });
});

async function applyTo(objectName: string, isInFile: boolean, { body, entries }: Pick<Change, 'body' | 'entries'>) {
  if (body) {
    const was = await stage.load(objectName);
    await stage.store(objectName, { ...was, body: body(was.body) });
  }
  if (!entries) return;
  const name = isInFile ? `${objectName}.instruction` : objectName;
  const was = await stage.load(name);
  await stage.store(
    name,
    isInFile ? { ...was, body: inText(was, entries) } : { ...was, metadata: entries(was.metadata) },
  );
}

function inText({ body }: Stored, change: NonNullable<Change['entries']>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(change(JSON.parse(new TextDecoder().decode(body)))));
}

function flipped(bytes: Uint8Array, position: number): Uint8Array {
  return bytes.map((byte, i) => (i === position ? byte ^ 1 : byte));
}

function flippedEntry(name: string): NonNullable<Change['entries']> {
  return entries => {
    const bytes = Buffer.from(entries[name] ?? '', 'base64');
    return { ...entries, [name]: Buffer.from(flipped(bytes, bytes.length - 1)).toString('base64') };
  };
}
