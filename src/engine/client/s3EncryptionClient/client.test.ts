import { describe, expect, it } from 'vitest';
import { checkConserved } from '../../../scene/conserved.ts';
import { checkSecret } from '../../../scene/secret.ts';
import { toldBy, truthOf } from '../../../testing/completeness.ts';
import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { steadyClock } from '../../clock.ts';
import { seededRandom } from '../../crypto/seededRandom.ts';
import { type RunResult, record } from '../../lab.ts';
import type { Outcome } from '../../trace/trace.ts';
import { createWorld, type World } from '../../world.ts';
import type { Customer } from '../customer.ts';
import { fail, finish } from '../transfer.ts';
import { holdAesKey } from '../wrappingKeys.ts';
import { createEncryptionClient } from './client.ts';
import { widenRange } from './content.ts';
import type { ClientOptions } from './options.ts';

const MODE = 'cse-aes';

async function aWorld(): Promise<World> {
  return createWorld({
    mode: MODE,
    keyHolder: 'owner',
    random: seededRandom('client'),
    clock: steadyClock(Date.UTC(2026, 10, 21)),
  });
}

function clientOf(world: World, options: Partial<ClientOptions> = {}) {
  const { owner } = world.customers;
  const wrappingKey = owner.keyRing.wrappingKey ?? '';
  const keyring = { type: 'aes' as const, keys: [{ wrappingKey }] };
  return createEncryptionClient(owner, { keyring, transport: 'https', ...options });
}

async function holdObject({ customers, recorder }: World, bytes: Bytes) {
  const object = await recorder.identify({ kind: 'plaintext-object', name: 'a.bin', bytes, isSecret: true });
  customers.owner.room.hold(object.id, bytes);
  return object;
}

const patterned = (length: number) => new Uint8Array(length).map((_, i) => (i * 31 + (i >> 8) * 7) % 256);

/** Records something as a run of the owner, and checks the laws. */
async function recorded(world: World, act: () => Promise<Outcome>): Promise<RunResult> {
  const spec = { mode: MODE, operation: 'upload', transport: 'https', principal: 'owner' } as const;
  const result = await record(world, spec, { name: 'a.bin', length: 0 }, act);
  expect(toldBy(result)).toEqual(truthOf(result));
  expect(checkConserved(result.trace)).toEqual([]);
  expect(checkSecret(result.trace)).toEqual([]);
  return result;
}

describe('an upload in parts', () => {
  it('is one encrypted message whose tag comes last, and opens again (F-FMT-074)', async () => {
    const world = await aWorld();
    const { owner } = world.customers;
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const bytes = patterned(11 * 1024 * 1024 + 5);
    const object = await holdObject(world, bytes.slice());
    const { trace } = await recorded(world, async () => {
      const sent = await clientOf(world).uploadObjectInParts(address, object, 'application/octet-stream');
      return 'failure' in sent ? fail(owner, sent.failure) : finish(owner, sent.ok, [object]);
    });
    expect(trace.outcome).toMatchObject({ isOk: true });
    const stored = world.objects.find(address.bucketName, address.objectName);
    expect(stored?.parts.map(part => part.contentLength)).toEqual([5 * 2 ** 20, 5 * 2 ** 20, 2 ** 20 + 5 + 16]);
    const encrypted = trace.events.filter(
      event => event.verb === 'encrypted' && event.outputs.length > 0 && event.place === 'client',
    );
    expect(encrypted).toHaveLength(1);

    owner.room.release(object.id, true);
    const got = await clientOf(world).getObject(address);
    const plaintext = 'ok' in got ? got.ok.plaintext : undefined;
    expect(plaintext && equalBytes(owner.room.getBytes(plaintext.id), bytes)).toBe(true);
  });
});

describe('an upload in parts that S3 stops taking', () => {
  it('is aborted, so that no part is left there', async () => {
    const world = await aWorld();
    const { owner } = world.customers;
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const object = await holdObject(world, patterned(11 * 1024 * 1024));
    const asked: string[] = [];
    const customer: Customer = {
      ...owner,
      send: async (to, request, cargo, transport) => {
        const answer = await owner.send(to, request, cargo, transport);
        asked.push(request.method);
        return request.query.startsWith('partNumber=2') ? { ...answer, status: 503 } : answer;
      },
    };
    const keyring = { type: 'aes' as const, keys: [{ wrappingKey: owner.keyRing.wrappingKey ?? '' }] };
    const client = createEncryptionClient(customer, { keyring, transport: 'https' });
    const sent = await client.uploadObjectInParts(address, object, 'application/octet-stream');
    expect('ok' in sent && sent.ok.status).toBe(503);
    expect(asked).toEqual(['POST', 'PUT', 'PUT', 'DELETE']);
    const uploads = world.cloud.store.dump().filter(({ table }) => table === 's3.uploads');
    expect(uploads).toEqual([]);
  });
});

describe('a client', () => {
  it('that is told to write V2 reads and writes it, and keeps the laws in parts too', async () => {
    const world = await aWorld();
    const { owner } = world.customers;
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const client = clientOf(world, { commitmentPolicy: 'FORBID_ENCRYPT_ALLOW_DECRYPT', writesInstructionFiles: true });
    const object = await holdObject(world, patterned(5 * 1024 * 1024));
    await recorded(world, async () => {
      const sent = await client.uploadObjectInParts(address, object, 'text/plain');
      return 'failure' in sent ? fail(owner, sent.failure) : finish(owner, sent.ok, [object]);
    });
    const got = await client.getObject(address);
    expect('ok' in got && got.ok.plaintext?.id).toBe(object.id);
  });

  it('deletes an object together with its instruction file (F-CSR-027)', async () => {
    const world = await aWorld();
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const client = clientOf(world, { writesInstructionFiles: true });
    await client.putObject(address, await holdObject(world, patterned(20)), 'text/plain');
    const isThere = (name: string) => world.objects.find(address.bucketName, name) !== undefined;
    expect([isThere('a.bin'), isThere('a.bin.instruction')]).toEqual([true, true]);
    expect((await client.deleteObject(address)).status).toBe(204);
    expect([isThere('a.bin'), isThere('a.bin.instruction')]).toEqual([false, false]);
  });

  it('re-wraps only as the rules say (F-CSR-026)', async () => {
    const world = await aWorld();
    const { owner } = world.customers;
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const writing = { writesInstructionFiles: true };
    await clientOf(world, writing).putObject(address, await holdObject(world, patterned(20)), 'text/plain');
    const wrappingKey = await holdAesKey(owner, owner.random.bytes(32));
    const named = { wrappingKey, materialDescription: { year: '2027' } };
    const codeOf = async (attempt: ReturnType<ReturnType<typeof clientOf>['reEncryptInstructionFile']>) => {
      const result = await attempt;
      return 'failure' in result ? result.failure.code : result.ok.status;
    };
    const attempts: [
      ReturnType<typeof clientOf>,
      Parameters<ReturnType<typeof clientOf>['reEncryptInstructionFile']>[1],
      string?,
    ][] = [
      [clientOf(world), named],
      [clientOf(world, { ...writing, keyring: { type: 'kms', kmsKeyId: world.names.kmsKeyArn } }), named],
      [clientOf(world, writing), { wrappingKey }],
      [clientOf(world, writing), named, '.other'],
      [clientOf(world, writing), named],
    ];
    const outcomes: unknown[] = [];
    for (const [client, target, suffix] of attempts) {
      outcomes.push(
        await codeOf(client.reEncryptInstructionFile(address, target, suffix === undefined ? {} : { suffix })),
      );
    }
    expect(outcomes).toEqual([
      'InstructionFilesNotEnabled',
      'NotRewrappable',
      'SameMaterialDescription',
      'SuffixNotAllowed',
      200,
    ]);
    const old = await clientOf(world).getObject(address);
    expect('failure' in old && old.failure.why?.code).toBe('UnableToUnwrapDataKey');
    const renewed = await clientOf(world, { keyring: { type: 'aes', keys: [named] } }).getObject(address);
    expect('ok' in renewed && renewed.ok.plaintext?.byteLength).toBe(20);
  });

  it('brings every range of an object, and none it was not told to bring (F-FMT-092…096)', async () => {
    const world = await aWorld();
    const { owner } = world.customers;
    const address = { bucketName: world.names.bucketName, objectName: 'a.bin' };
    const bytes = patterned(100);
    await clientOf(world).putObject(address, await holdObject(world, bytes.slice()), 'text/plain');
    const refused = await clientOf(world).getObject(address, { range: { first: 0, last: 1 } });
    expect('failure' in refused && refused.failure.code).toBe('RangeNotEnabled');
    const client = clientOf(world, { enableLegacyUnauthenticatedModes: true });
    for (const [first, last] of [
      [0, 0],
      [0, 99],
      [15, 16],
      [31, 33],
      [40, 90],
      [96, 99],
      [99, 99],
      [90, 5000],
    ] as const) {
      const got = await client.getObject(address, { range: { first, last } });
      const plaintext = 'ok' in got ? got.ok.plaintext : undefined;
      expect(plaintext && owner.room.getBytes(plaintext.id)).toEqual(bytes.slice(first, last + 1));
    }
    for (const first of [100, 115, 150, 5000]) {
      const got = await client.getObject(address, { range: { first, last: first + 5 } });
      expect('failure' in got && got.failure.code, String(first)).toBe('InvalidRange');
    }
  });

  it('asks for whole blocks and one more on either side (F-FMT-093)', () => {
    expect(widenRange({ first: 0, last: 0 })).toEqual({ first: 0, last: 32 });
    expect(widenRange({ first: 40, last: 90 })).toEqual({ first: 16, last: 112 });
    expect(widenRange({ first: 16, last: 31 })).toEqual({ first: 0, last: 48 });
  });
});
