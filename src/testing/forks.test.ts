import { describe, expect, it } from 'vitest';
import { MODES, type RunSpec, runDownload, runFork, runUpload, storeUnrecorded, type Trace } from '../engine/index.ts';
import { changesAt } from '../scene/forks.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { NOTE } from './allRuns.ts';
import { toldBy, truthOf } from './completeness.ts';

const runSeeded = async (spec: RunSpec): Promise<Trace> => {
  if (spec.operation === 'upload') return (await runUpload(spec, NOTE)).trace;
  const world = await storeUnrecorded(spec, NOTE);
  return (await runDownload(spec, world, { name: NOTE.name, length: NOTE.bytes.length })).trace;
};
/** Events without their times (an administrator who does something in between makes them later), artifacts by what they are. */
const timeless = (trace: Trace, first: number, end: number) => {
  const what = (id: string) => `${trace.artifacts[id]?.kind} ${trace.artifacts[id]?.fingerprint}`;
  return trace.events.slice(first, end).map(({ at: _at, inputs, outputs, ...event }) => ({
    ...event,
    inputs: inputs.map(what),
    outputs: outputs.map(what),
    ...('record' in event ? { record: {} } : {}),
    ...('key' in event && event.key ? { key: what(event.key) } : {}),
  }));
};

// RSA pairs are drawn by the platform: two runs of one seed have different ones.
const SPECS = MODES.filter(mode => mode !== 'cse-rsa').flatMap(mode =>
  (['upload', 'download'] as const).map(
    operation =>
      [mode, operation, { mode, operation, transport: 'https', principal: 'owner', seed: 'fork' } as const] as const,
  ),
);

describe.each(SPECS)('a run in mode %s (%s)', (_mode, _operation, spec) => {
  it('is the same up to the change, wherever it leaves its way, and keeps the laws after it', async () => {
    const base = await runSeeded(spec);
    const seen = new Set<string>();
    for (let after = 0; after < base.steps.length; after += 3) {
      for (const { change, isLate } of changesAt(base, after)) {
        const result = await runFork({ ...spec, fork: { after, change } }, NOTE);
        const { trace } = result;
        const name = `${JSON.stringify(change)} after ${after}`;
        const end = base.steps[after - 1]?.end ?? 0;
        expect(timeless(trace, 0, end), name).toEqual(timeless(base, 0, end));
        expect(toldBy(result), name).toEqual(truthOf(result));
        expect(checkConserved(trace), name).toEqual([]);
        expect(checkSecret(trace), name).toEqual([]);
        // What comes too late changes nothing but the damage itself.
        if (isLate) expect(trace.outcome, name).toEqual(base.outcome);
        else seen.add(`${change.kind} ${trace.outcome.isOk}`);
      }
    }
    expect([...seen]).toContain('forbid false');
  }, 60_000);
});

describe('a change', () => {
  const download: RunSpec = {
    mode: 'sse-kms-cmk',
    operation: 'download',
    transport: 'https',
    principal: 'owner',
    seed: 'fork',
  };
  const outcomeOf = async (change: Parameters<typeof changeOf>[0], spec = download) =>
    (await runFork(changeOf(change, spec), NOTE)).trace.outcome;
  const changeOf = (change: NonNullable<RunSpec['fork']>['change'], spec: RunSpec): RunSpec => ({
    ...spec,
    fork: { after: 0, change },
  });

  it.each([
    [
      { kind: 'forbid', action: 's3:GetObject' },
      { status: 403, code: 'AccessDenied' },
    ],
    [
      { kind: 'forbid', action: 'kms:Decrypt' },
      { status: 403, code: 'AccessDenied' },
    ],
    [
      { kind: 'forbid', action: 'kms:GenerateDataKey' },
      { isOk: true, status: 200 },
    ],
    [
      { kind: 'key-state', state: 'Disabled' },
      { status: 400, code: 'KMS.DisabledException' },
    ],
    [
      { kind: 'principal', principal: 's3-admin' },
      { status: 403, code: 'AccessDenied' },
    ],
    [{ kind: 'transport', transport: 'http' }, { status: 400 }],
  ] as const)('%j has its consequence', async (change, outcome) => {
    expect(await outcomeOf(change)).toMatchObject(outcome);
  });

  it('comes right after its step: the gate that is passed is passed, the one that comes next is shut', async () => {
    const base = await runSeeded(download);
    for (const [action, gate] of [
      ['s3:GetObject', 's3.authorize'],
      ['kms:Decrypt', 'kms.authorize'],
    ] as const) {
      const before = base.steps.findIndex(({ name }) => name === gate);
      const isOpenAfter = async (after: number) =>
        (await runFork({ ...download, fork: { after, change: { kind: 'forbid', action } } }, NOTE)).trace.outcome.isOk;
      expect([await isOpenAfter(before), await isOpenAfter(before + 1)], action).toEqual([false, true]);
    }
  });

  it('of a bit stands in the trace right after the step', async () => {
    for (const after of [0, 1, 2]) {
      const change = { kind: 'flip', piece: 'tag', byte: 0 } as const;
      const { trace } = await runFork({ ...download, fork: { after, change } }, NOTE);
      expect(trace.steps.findIndex(({ name }) => name === 's3.damage')).toBe(after);
    }
  });

  it.each(['Disabled', 'PendingDeletion'] as const)('of the key to %s counts until its gate', async state => {
    const base = await runSeeded(download);
    const before = base.steps.findIndex(({ name }) => name === 'kms.authorize');
    const isOpenAfter = async (after: number) =>
      (await runFork({ ...download, fork: { after, change: { kind: 'key-state', state } } }, NOTE)).trace.outcome.isOk;
    expect([await isOpenAfter(before), await isOpenAfter(before + 1)]).toEqual([false, true]);
  });

  it('of a key’s state says which one', async () => {
    const change = { kind: 'key-state', state: 'PendingDeletion' } as const;
    expect(await outcomeOf(change)).toMatchObject({ status: 400, code: 'KMS.KMSInvalidStateException' });
  });

  it.each(['ciphertext', 'tag', 'encrypted-data-key'] as const)('of one bit of the %s is noticed', async piece => {
    const { isOk } = await outcomeOf({ kind: 'flip', piece, byte: 20 });
    expect(isOk).toBe(false);
  });

  it('of one bit on the line is noticed by the checksum over plain HTTP, and by the record over HTTPS', async () => {
    const upload: RunSpec = { ...download, mode: 'sse-s3', operation: 'upload' };
    const meddle = { kind: 'meddle', byte: 5 } as const;
    const secure = (await runFork(changeOf(meddle, upload), NOTE)).trace;
    expect(secure.outcome).toMatchObject({ isOk: false, code: 'ConnectionClosed' });
    expect(secure.events.some(event => 'code' in event && event.code === 'bad_record_mac')).toBe(true);
    expect(secure.events.some(({ place, verb }) => place === 's3.disk' && verb === 'stored')).toBe(false);
    const open = (await runFork(changeOf(meddle, { ...upload, transport: 'http' }), NOTE)).trace;
    expect(open.outcome).toMatchObject({ isOk: false, status: 400, code: 'BadDigest' });
    expect(open.steps.map(({ name }) => name)).toContain('wire.meddle');
  });

  it('of a bit that lay in the open is noticed by nobody but the checksum', async () => {
    const plain: RunSpec = { ...download, mode: 'none' };
    expect(await outcomeOf({ kind: 'flip', piece: 'ciphertext', byte: 3 }, plain)).toMatchObject({ isOk: false });
  });

  it('takes one right away and leaves all others: what the owner may do besides goes on', async () => {
    const upload: RunSpec = { ...download, operation: 'upload' };
    for (const action of ['s3:DeleteObject', 's3:GetObject', 'kms:Decrypt']) {
      expect(await outcomeOf({ kind: 'forbid', action }, upload), action).toMatchObject({ isOk: true });
    }
  });

  it('that names a byte beyond the end takes one within', async () => {
    const { trace } = await runFork(changeOf({ kind: 'flip', piece: 'ciphertext', byte: 999_999 }, download), NOTE);
    expect(trace.steps.some(({ name }) => name === 's3.damage')).toBe(true);
  });
});
