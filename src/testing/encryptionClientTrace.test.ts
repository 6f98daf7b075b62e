import { describe, expect, it } from 'vitest';
import { type RunResult, type RunSpec, runDownload, runUpload } from '../engine/index.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { NOTE } from './allRuns.ts';
import { toldBy, truthOf } from './completeness.ts';
import { plainClientOf, STORAGES, type Storage } from './encryptionClientHarness.ts';
import { jsonOf, type SealedObject } from './independentClient/seal.ts';
import type { Pairs } from './independentClient/wrapping.ts';

const MODES = ['cse-aes', 'cse-rsa', 'cse-kms'] as const;
const EVERY = (['v2', 'v3'] as const).flatMap(format =>
  MODES.flatMap(mode => STORAGES.map(envelope => ({ format, mode, envelope }))),
);

const flipped = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  return changed;
};
const flippedText = (value: string) => flipped(Buffer.from(value, 'base64')).toString('base64');

/** What an insider changes, entry by entry, and what the trace must say of it. */
const PARTS: readonly {
  readonly part: string;
  readonly format: 'v2' | 'v3';
  readonly change: (value: string) => string;
  readonly why: string | ((envelope: Storage) => string);
}[] = [
  { part: 'x-amz-key-v2', format: 'v2', change: flippedText, why: 'UnableToUnwrapDataKey' },
  { part: 'x-amz-iv', format: 'v2', change: flippedText, why: 'AuthenticationTagMismatch' },
  { part: 'x-amz-cek-alg', format: 'v2', change: () => 'AES/GCM/none', why: tampered },
  { part: 'x-amz-matdesc', format: 'v2', change: () => '[]', why: tampered },
  { part: 'x-amz-3', format: 'v3', change: flippedText, why: 'UnableToUnwrapDataKey' },
  { part: 'x-amz-d', format: 'v3', change: flippedText, why: 'KeyCommitmentMismatch' },
  { part: 'x-amz-i', format: 'v3', change: flippedText, why: 'KeyCommitmentMismatch' },
  { part: 'x-amz-w', format: 'v3', change: () => '99', why: tampered },
];

function tampered(envelope: Storage): string {
  return envelope === 'metadata' ? 'TamperedMetadata' : 'TamperedInstructionFile';
}

/** The object with one entry replaced where it stands. */
function withEntry(sealed: SealedObject, name: string, change: (value: string) => string): SealedObject {
  const inMetadata = sealed.metadata[name];
  if (inMetadata !== undefined) return { ...sealed, metadata: { ...sealed.metadata, [name]: change(inMetadata) } };
  const { instructionFile } = sealed;
  const told = JSON.parse(instructionFile?.body ?? '{}') as Pairs;
  const body = jsonOf({ ...told, [name]: change(told[name] ?? '') });
  return { ...sealed, instructionFile: { body, metadata: instructionFile?.metadata ?? {} } };
}

/** The run was refused with the one code, the trace knows why, the customer has nothing of it, and the laws hold. */
function expectTruth(result: RunResult, why: string): void {
  const { trace, world } = result;
  expect(trace.outcome).toMatchObject({ isOk: false, code: 'DecryptionFailed' });
  // What KMS says of a blob goes to the client, not to whoever asked the client.
  const failed = trace.events.flatMap(event => (event.verb === 'failed' && event.actor === 'client' ? [event] : []));
  const { code, message } = trace.outcome;
  expect(failed.map(event => [event.code, event.message, event.why?.code])).toEqual([[code, message, why]]);
  expect(result.downloaded).toBeUndefined();
  const kinds = world.customers.owner.room.ids().map(id => world.recorder.get(id).kind);
  expect(kinds.filter(kind => ['plaintext-object', 'data-key', 'derived-key'].includes(kind))).toEqual([]);
  expect(toldBy(result)).toEqual(truthOf(result));
  expect(checkConserved(trace)).toEqual([]);
  expect(checkSecret(trace)).toEqual([]);
}

describe.each(EVERY)('when an insider changes an object of $format in $mode, envelope in the $envelope,', run => {
  it('the client says one thing, and the trace tells which part it was and keeps its laws', async () => {
    const spec: RunSpec = { ...run, operation: 'upload', transport: 'https', principal: 'owner' };
    const { world } = await runUpload(spec, NOTE);
    const plain = plainClientOf(world);
    const original = await plain.fetch(NOTE.name);
    const read = async (sealed: SealedObject) => {
      await plain.store(NOTE.name, sealed);
      const stored = { name: NOTE.name, length: NOTE.bytes.length };
      return runDownload({ ...spec, operation: 'download' }, world, stored);
    };

    const said = new Set<string | undefined>();
    for (const { part, change, why } of PARTS.filter(({ format }) => format === run.format)) {
      const result = await read(withEntry(original, part, change));
      expectTruth(result, typeof why === 'string' ? why : why(run.envelope));
      said.add(result.trace.outcome.message);
    }
    const result = await read({ ...original, body: flipped(original.body) });
    expectTruth(result, 'AuthenticationTagMismatch');
    said.add(result.trace.outcome.message);
    expect(said.size).toBe(1);

    expect((await read(original)).downloaded).toEqual(NOTE.bytes);
  });
});
