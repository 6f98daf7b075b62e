/** What the client does with what is wrong: its own settings, lost keys, senseless wishes, and keys that were of no use. */
import { describe, expect, it } from 'vitest';
import { checkConserved } from '../../../scene/conserved.ts';
import { leftoversIn, type Seen, watching } from '../../../testing/watchSecrets.ts';
import { steadyClock } from '../../clock.ts';
import { importRsaPair, makeWrappingKey } from '../../crypto/keyFiles.ts';
import { seededRandom } from '../../crypto/seededRandom.ts';
import type { HttpResponse } from '../../http/message.ts';
import { clearDesks, record } from '../../lab.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { createWorld, type World } from '../../world.ts';
import type { Customer } from '../customer.ts';
import { fail, finish } from '../transfer.ts';
import { holdAesKey, holdRsaPair } from '../wrappingKeys.ts';
import { createEncryptionClient, type S3EncryptionClient } from './client.ts';
import type { MaterialDescription } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import type { ClientOptions } from './options.ts';
import type { GetMore } from './reading.ts';

const BYTES = new Uint8Array(100).map((_, i) => i);
const NAME = 'a.bin';

interface Stage {
  readonly world: World;
  readonly owner: Customer;
  readonly address: { readonly bucketName: string; readonly objectName: string };
  readonly aes: (materialDescription?: MaterialDescription) => Promise<Keyring & { type: 'aes' }>;
  readonly client: (keyring: Keyring, options?: Partial<ClientOptions>, by?: Customer) => S3EncryptionClient;
  readonly put: (client: S3EncryptionClient, context?: MaterialDescription) => Promise<unknown>;
}

async function aStage(): Promise<Stage> {
  const clock = steadyClock(Date.UTC(2026, 10, 21));
  const world = await createWorld({ mode: 'cse-kms', keyHolder: 'owner', random: seededRandom('care'), clock });
  const { owner } = world.customers;
  const address = { bucketName: world.names.bucketName, objectName: NAME };
  return {
    world,
    owner,
    address,
    aes: async materialDescription => {
      const wrappingKey = await holdAesKey(owner, owner.random.bytes(32));
      return { type: 'aes', keys: [{ wrappingKey, ...(materialDescription ? { materialDescription } : {}) }] };
    },
    client: (keyring, options = {}, by = owner) =>
      createEncryptionClient(by, { keyring, transport: 'https', ...options }),
    put: async (client, encryptionContext = {}) => {
      const bytes = BYTES.slice();
      const object = await world.recorder.identify({ kind: 'plaintext-object', name: NAME, bytes, isSecret: true });
      owner.room.hold(object.id, bytes);
      const put = await client.putObject(address, object, 'text/plain', { encryptionContext });
      clearDesks(world);
      return codeOf(put);
    },
  };
}

function codeOf(result: { ok: unknown } | { failure: { code: string; why?: { code: string } } }): string {
  return 'failure' in result ? (result.failure.why?.code ?? result.failure.code) : 'ok';
}

const kindsOf = ({ owner, world }: Stage) => owner.room.ids().map(id => world.recorder.get(id).kind);

/** The events of a get, and its code. */
async function recorded(stage: Stage, client: S3EncryptionClient, more: GetMore = {}) {
  const { world, owner, address } = stage;
  let code = '';
  const spec = { mode: world.mode, operation: 'download', transport: 'https', principal: 'owner' } as const;
  const { trace } = await record(world, spec, { name: NAME, length: BYTES.length }, async () => {
    const got = await client.getObject(address, more);
    code = codeOf(got);
    return 'failure' in got ? fail(owner, got.failure) : finish(owner, got.ok.response, []);
  });
  expect(checkConserved(trace)).toEqual([]);
  return { code, events: trace.events, steps: trace.steps.map(({ name }) => name) };
}

describe('a range', () => {
  it.each([
    [Number.NaN, 5],
    [0, Number.NaN],
    [-1, 5],
    [-20, -1],
    [5, 4],
    [0.5, 4],
    [0, Number.POSITIVE_INFINITY],
    [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER],
    [1e300, 1e301],
  ])('from %d to %d is refused before anything is asked of S3 (F-FMT-093)', async (first, last) => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring));
    const client = stage.client(keyring, { enableLegacyUnauthenticatedModes: true });
    expect(codeOf(await client.getObject(stage.address, { range: { first, last } }))).toBe('InvalidRange');
    expect(kindsOf(stage)).toEqual(['wrapping-key']);
  });

  it.each([
    'bytes 0-99/116',
    'bytes 64-99/116',
    'bytes 999999999999984-999999999999999/999999999999999',
    'bytes 32-99/40',
    'bytes */116',
    'lines 32-99/116',
  ])('that S3 answers with “%s” is not the one that was asked for (F-FMT-093)', async answered => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring));
    const { owner } = stage;
    const lying: Customer = {
      ...owner,
      send: async (...sent): Promise<HttpResponse> => {
        const answer = await owner.send(...sent);
        const headers = answer.headers.map(
          ([name, value]) => [name, name.toLowerCase() === 'content-range' ? answered : value] as const,
        );
        return { ...answer, headers };
      },
    };
    const seen: Seen[] = [];
    const client = stage.client(keyring, { enableLegacyUnauthenticatedModes: true }, lying);
    const got = await watching(seen, () => client.getObject(stage.address, { range: { first: 50, last: 60 } }));
    expect(codeOf(got)).toBe('InvalidRange');
    expect(leftoversIn(stage.world, seen)).toEqual([]);
    expect(kindsOf(stage).filter(kind => kind === 'data-key' || kind === 'derived-key')).toEqual([]);
  });

  it('of an object that nobody changed keeps the laws: a piece of ciphertext stays under its lock', async () => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring));
    const client = stage.client(keyring, { enableLegacyUnauthenticatedModes: true });
    const { code } = await recorded(stage, client, { range: { first: 40, last: 50 } });
    expect(code).toBe('ok');
  });
});

describe('keys that opened nothing', () => {
  it('are overwritten by the client itself, in a step of its own (F-CSK-004)', async () => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring));
    const { world, owner } = stage;
    const stored = world.objects.find(stage.address.bucketName, NAME);
    if (!stored) throw new Error('it is stored');
    const metadata = stored.metadata.map(
      ([name, value]) => [name, name.endsWith('-d') ? `AAAA${value.slice(4)}` : value] as const,
    );
    world.objects.put({ ...stored, metadata });
    const seen: Seen[] = [];
    const { code, events, steps } = await watching(seen, () => recorded(stage, stage.client(keyring)));
    expect(code).toBe('KeyCommitmentMismatch');
    expect(steps.slice(-3)).toEqual(['client.checkCommitment', 'client.discardKeys', 'client.fail']);
    const isDataKey = (id: string) => world.recorder.get(id).kind === 'data-key';
    const discarded = events.find(
      (event: TraceEvent) => event.verb === 'discarded' && event.place === 'client' && event.inputs.some(isDataKey),
    );
    expect(discarded).toMatchObject({ isZeroized: true });
    // Nothing was derived that could open content, so there is nothing to be found of it.
    const derived = seen.filter(({ id }) => world.recorder.get(id).kind === 'derived-key');
    expect(derived).toEqual([]);
    expect(leftoversIn(world, seen)).toEqual([]);
    expect(owner.room.ids().map(id => world.recorder.get(id).kind)).toEqual(['wrapping-key']);
  });
});

describe('a wrapping key that is not there any more', () => {
  it('wraps and opens nothing, and that is said (F-CSR-001)', async () => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring));
    for (const { wrappingKey } of keyring.keys) stage.owner.room.release(wrappingKey, true);
    expect(codeOf(await stage.client(keyring).getObject(stage.address))).toBe('WrappingKeyMissing');
    expect(await stage.put(stage.client(keyring))).toBe('WrappingKeyMissing');
    expect(kindsOf(stage).filter(kind => kind === 'data-key')).toEqual([]);
  });
});

describe('a material description', () => {
  it('that is empty asks for the key that has none (F-CSR-012)', async () => {
    const stage = await aStage();
    const [unnamed, named] = [await stage.aes(), await stage.aes({ year: '2027' })];
    await stage.put(stage.client(unnamed));
    const both: Keyring = { type: 'aes', keys: [...named.keys, ...unnamed.keys] };
    expect(codeOf(await stage.client(both).getObject(stage.address))).toBe('ok');
  });

  it('and an encryption context are written in ASCII, whatever they say, and read as they were (F-FMT-038, F-FMT-039)', async () => {
    const stage = await aStage();
    const context = JSON.parse(
      '{"__proto__":"Ã©","größe":"日本\\ud83d\\ude00","at":"=?UTF-8?Q?x?="}',
    ) as MaterialDescription;
    const client = stage.client({ type: 'kms', kmsKeyId: stage.world.names.kmsKeyArn });
    expect(await stage.put(client, context)).toBe('ok');
    const metadata = stage.world.objects.find(stage.address.bucketName, NAME)?.metadata ?? [];
    expect(metadata.every(([, value]) => /^[\x20-\x7e]*$/.test(value))).toBe(true);
    const { code, events } = await recorded(stage, client, { encryptionContext: context });
    expect(code).toBe('ok');
    const compared = events.find(event => event.verb === 'compared' && event.what === 'encryption-context');
    expect(compared).toMatchObject({ isEqual: true });
  });
});

describe('re-wrapping', () => {
  it('to a key of the other kind repeats the client’s own settings, and blames no one (F-CSR-026)', async () => {
    const stage = await aStage();
    const keyring = await stage.aes();
    await stage.put(stage.client(keyring, { writesInstructionFiles: true }));
    const made = await makeWrappingKey('rsa', stage.owner.random);
    if (made.type !== 'rsa') throw new Error('an RSA key was asked for');
    const rsa = await holdRsaPair(stage.owner, await importRsaPair(made.pkcs8), 1);
    const client = stage.client(keyring, { writesInstructionFiles: true });
    const wish = { ...rsa, materialDescription: { year: '2027' } };
    const result = await client.reEncryptInstructionFile(stage.address, wish);
    expect('failure' in result && result.failure).toMatchObject({ code: 'NotRewrappable' });
    expect('failure' in result && result.failure.why).toBeUndefined();
    // With an empty suffix the file would overwrite the object.
    const other = stage.client({ type: 'rsa', keys: [rsa] }, { writesInstructionFiles: true });
    const onItself = await other.reEncryptInstructionFile(stage.address, wish, { suffix: '' });
    expect(codeOf(onItself)).toBe('SuffixNotAllowed');
    expect(codeOf(await stage.client(keyring).getObject(stage.address))).toBe('ok');
  });
});

describe('parts', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300])(
    'of %d bytes are made as large as S3 takes them (F-MPU-001)',
    async partBytes => {
      const stage = await aStage();
      const keyring = await stage.aes();
      const { world, owner, address } = stage;
      const bytes = BYTES.slice();
      const object = await world.recorder.identify({ kind: 'plaintext-object', name: NAME, bytes, isSecret: true });
      owner.room.hold(object.id, bytes);
      const sent = await stage.client(keyring).uploadObjectInParts(address, object, 'text/plain', { partBytes });
      expect('ok' in sent && sent.ok.status).toBe(200);
      expect(world.objects.find(address.bucketName, NAME)?.parts).toHaveLength(1);
    },
  );
});
