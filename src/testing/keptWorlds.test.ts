import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cloud, type Header, type SavedCloud, steadyClock } from '../engine/index.ts';
import { Notebook } from './notebook.ts';
import { createServedWorld, type ServedAnswer, type ServedWorld } from './servedWorld.ts';

const SSE = 'x-amz-server-side-encryption';
const BUCKETS = ['kept-plain', 'kept-versions'];
const NAMES = ['a', 'dir/b', 'ü ?&'];
const CUSTOMER_KEY = Buffer.alloc(32, 9);
const md5 = (bytes: Uint8Array | string) => createHash('md5').update(bytes).digest('base64');
const SSE_C: readonly Header[] = [
  [`${SSE}-customer-algorithm`, 'AES256'],
  [`${SSE}-customer-key`, CUSTOMER_KEY.toString('base64')],
  [`${SSE}-customer-key-md5`, md5(CUSTOMER_KEY)],
];
const pathOf = (bucket: string, name: string) => `/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`;

/** What programs remember: ids and blobs that were given to them. */
interface Memory {
  readonly keys: string[];
  readonly uploads: { readonly path: string; readonly id: string; readonly headers: readonly Header[] }[];
  readonly blobs: string[];
  mac: string;
}
type Call = (world: ServedWorld, memory: Memory) => Promise<ServedAnswer>;

const clock = steadyClock(Date.UTC(2026, 10, 21, 10));
const secrets = () => ({ domainKey: new Uint8Array(32).fill(1), s3RootKey: new Uint8Array(32).fill(2) });
const openWorld = (generation: number, saved?: SavedCloud) =>
  createServedWorld(`generation ${generation}`, { clock, secrets: secrets(), ...(saved ? { saved } : {}) });

const region =
  '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
const put = (world: ServedWorld, bucket: string, query: string, body: string) =>
  world.send({ method: 'PUT', path: `/${bucket}`, query, body, headers: [['content-md5', md5(body)]] });

async function begin(world: ServedWorld, memory: Memory): Promise<void> {
  for (const bucket of BUCKETS) {
    await world.send({ method: 'PUT', path: `/${bucket}`, body: region });
    await put(
      world,
      bucket,
      'encryption',
      '<ServerSideEncryptionConfiguration><Rule><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>',
    );
  }
  const enabled = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  await put(world, 'kept-versions', 'versioning', enabled);
  for (const wanted of [{}, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }]) {
    const made = await world.kms('CreateKey', { ...wanted, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    memory.keys.push(/"Arn":"([^"]*)"/.exec(made.text)?.[1] ?? '');
  }
  const mac = await world.kms('GenerateMac', {
    KeyId: memory.keys[1],
    Message: 'bWVzc2FnZQ==',
    MacAlgorithm: 'HMAC_SHA_256',
  });
  memory.mac = /"Mac":"([^"]*)"/.exec(mac.text)?.[1] ?? '';
}

const modes: Record<string, (memory: Memory) => readonly Header[]> = {
  none: () => [],
  'aws/s3': () => [[SSE, 'aws:kms']],
  cmk: ({ keys }) => [
    [SSE, 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, keys[0] ?? ''],
  ],
  'bucket key': ({ keys }) => [
    [SSE, 'aws:kms'],
    [`${SSE}-aws-kms-key-id`, keys[0] ?? ''],
    [`${SSE}-bucket-key-enabled`, 'true'],
  ],
  dsse: () => [[SSE, 'aws:kms:dsse']],
  'sse-c': () => SSE_C,
};
const places = fc
  .tuple(fc.constantFrom(...BUCKETS), fc.constantFrom(...NAMES))
  .map(([bucket, name]) => pathOf(bucket, name));
const modeNames = fc.constantFrom(...Object.keys(modes));
const headersOf = (mode: string, memory: Memory) => modes[mode]?.(memory) ?? [];

const settings: readonly (readonly [query: string, body: string])[] = [
  ['tagging', '<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>'],
  ['tagging', '<Tagging><TagSet><Tag><Key>k</Key><Value>w</Value></Tag></TagSet></Tagging>'],
  ['versioning', '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>'],
  [
    'encryption',
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>NONE</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>',
  ],
  [
    'publicAccessBlock',
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>',
  ],
];

const calls: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(places, modeNames, fc.string({ maxLength: 40 })).map(
      ([path, mode, body]): Call =>
        (world, memory) =>
          world.send({
            method: 'PUT',
            path,
            body,
            headers: [...headersOf(mode, memory), ['x-amz-meta-of', 'mine'], ['x-amz-tagging', 't=1']],
          }),
    ),
  },
  places.map(
    (path): Call =>
      world =>
        world.send({ method: 'DELETE', path }),
  ),
  fc.tuple(places, places, modeNames).map(
    ([from, to, mode]): Call =>
      (world, memory) =>
        world.send({ method: 'PUT', path: to, headers: [['x-amz-copy-source', from], ...headersOf(mode, memory)] }),
  ),
  {
    weight: 2,
    arbitrary: fc.tuple(places, modeNames).map(
      ([path, mode]): Call =>
        async (world, memory) => {
          const headers = headersOf(mode, memory);
          const made = await world.send({ method: 'POST', path, query: 'uploads', headers });
          const id = /<UploadId>([^<]*)</.exec(made.text)?.[1];
          if (id !== undefined) memory.uploads.push({ path, id, headers: mode === 'sse-c' ? SSE_C : [] });
          return made;
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), fc.constantFrom('part', 'part', 'complete', 'abort'), fc.string()).map(
      ([n, what, body]): Call =>
        async (world, { uploads }) => {
          const upload = uploads[n % Math.max(uploads.length, 1)];
          if (!upload) return world.send({ path: '/' });
          return what === 'part'
            ? uploadPart(world, upload, body)
            : what === 'abort'
              ? world.send({ method: 'DELETE', path: upload.path, query: `uploadId=${encodeURIComponent(upload.id)}` })
              : complete(world, upload);
        },
    ),
  },
  fc.tuple(fc.constantFrom(...BUCKETS), fc.constantFrom(...settings)).map(
    ([bucket, [query, body]]): Call =>
      world =>
        put(world, bucket, query, body),
  ),
  fc.constantFrom(...BUCKETS).map(
    (bucket): Call =>
      world =>
        world.send({ method: 'DELETE', path: `/${bucket}`, query: 'tagging' }),
  ),
  fc
    .constantFrom<readonly [string, object]>(
      ['RotateKeyOnDemand', {}],
      ['EnableKeyRotation', {}],
      ['UpdateKeyDescription', { Description: 'new' }],
      [
        'CreateGrant',
        { GranteePrincipal: 'arn:aws:iam::111122223333:user/application-owner', Operations: ['Decrypt'] },
      ],
      ['TagResource', { Tags: [{ TagKey: '__proto__', TagValue: 'x' }] }],
    )
    .map(
      ([operation, more]): Call =>
        (world, { keys }) =>
          world.kms(operation, { KeyId: keys[0], ...more }),
    ),
  fc.constantFrom('CreateAlias', 'DeleteAlias').map(
    (operation): Call =>
      (world, { keys }) =>
        world.kms(operation, {
          AliasName: 'alias/kept',
          ...(operation === 'CreateAlias' ? { TargetKeyId: keys[0] } : {}),
        }),
  ),
  fc.string({ minLength: 1, maxLength: 20 }).map(
    (text): Call =>
      async (world, { keys, blobs }) => {
        const Plaintext = Buffer.from(text).toString('base64');
        const answer = await world.kms('Encrypt', { KeyId: keys[0], Plaintext, EncryptionContext: { a: 'b' } });
        blobs.push(/"CiphertextBlob":"([^"]*)"/.exec(answer.text)?.[1] ?? '');
        return answer;
      },
  ),
);

const uploadPart = (world: ServedWorld, { path, id, headers }: Memory['uploads'][number], body: string) =>
  world.send({ method: 'PUT', path, query: `partNumber=1&uploadId=${encodeURIComponent(id)}`, body, headers });

async function complete(world: ServedWorld, { path, id }: Memory['uploads'][number]): Promise<ServedAnswer> {
  const query = `uploadId=${encodeURIComponent(id)}`;
  const etag = /<ETag>([^<]*)</.exec((await world.send({ path, query })).text)?.[1] ?? '';
  const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`;
  return world.send({ method: 'POST', path, query, body });
}

/** Everything that programs can see of a world, without what differs between any two answers. */
async function look(world: ServedWorld, memory: Memory): Promise<string[]> {
  const seen: string[] = [];
  const note = (what: string, { status, text, header }: ServedAnswer) => {
    const told = ['etag', 'x-amz-version-id', 'last-modified', SSE, `${SSE}-aws-kms-key-id`, 'x-amz-tagging-count'];
    const body = text.replaceAll(/<(RequestId|HostId)>[^<]*</g, '<$1><');
    seen.push(`${what}: ${status} ${told.map(name => header(name) ?? '-').join(' ')} ${body}`);
  };
  const read = async (path: string, query = '', headers: readonly Header[] = []) => {
    const answer = await world.send({ path, query, headers });
    note(`${path}?${query}`, answer);
    return answer;
  };
  for (const bucket of BUCKETS) {
    for (const query of ['list-type=2', 'uploads', 'versioning', 'encryption', 'tagging', 'publicAccessBlock', 'acl'])
      await read(`/${bucket}`, query);
    const { text } = await read(`/${bucket}`, 'versions');
    for (const [, name = '', version = ''] of text.matchAll(/<Key>([^<]*)<\/Key><VersionId>([^<]*)</g)) {
      const path = pathOf(bucket, name.replaceAll('&amp;', '&'));
      const plain = await read(path, `versionId=${version}`);
      if (plain.status === 400) await read(path, `versionId=${version}`, SSE_C);
      await read(path, `tagging&versionId=${version}`);
    }
  }
  for (const { path, id } of memory.uploads) await read(path, `uploadId=${encodeURIComponent(id)}`);
  for (const [n, KeyId] of memory.keys.entries()) {
    for (const operation of ['DescribeKey', 'GetKeyPolicy', 'ListGrants', 'ListResourceTags', 'ListAliases'])
      note(`${n} ${operation}`, await world.kms(operation, { KeyId }));
  }
  for (const operation of ['GetKeyRotationStatus', 'ListKeyRotations'])
    note(operation, await world.kms(operation, { KeyId: memory.keys[0] }));
  const { mac: Mac, keys } = memory;
  const signed = { KeyId: keys[1], Message: 'bWVzc2FnZQ==', Mac, MacAlgorithm: 'HMAC_SHA_256' };
  note('VerifyMac', await world.kms('VerifyMac', signed));
  for (const CiphertextBlob of memory.blobs)
    note('Decrypt', await world.kms('Decrypt', { CiphertextBlob, EncryptionContext: { a: 'b' } }));
  return seen;
}

/** What lies on the disks and in KMS's hosts, by what it is called. */
function namesOf({ rooms, recorder }: Cloud): string[] {
  return (['s3.disk', 'kms.host'] as const).flatMap(place =>
    rooms[place].ids().map(id => {
      const { head: _, tail: __, ...artifact } = recorder.get(id);
      return JSON.stringify([place, artifact]);
    }),
  );
}

/** Makes a recorder forget what it may: so many have come since the last time. */
async function makeForget(world: ServedWorld): Promise<void> {
  const { recorder } = world.cloud;
  let last = '';
  for (let n = 0; n < 4200; n++) {
    const bytes = { handle: `nobody's ${n}` };
    last = (await recorder.identify({ kind: 'message', name: 'message', bytes, isSecret: false })).id;
  }
  await world.send({ path: '/' });
  expect(() => recorder.get(last)).toThrow('every artifact id was given out by the recorder');
}

const newMemory = (): Memory => ({ keys: [], uploads: [], blobs: [], mac: '' });

describe('a world that is kept', () => {
  it('answers every read as before, after each of several restarts, and after it has forgotten what nobody needs', async () => {
    const opened = new Map<string, number>();
    const restarts = fc.array(fc.array(calls, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(restarts, async generations => {
        const notebook = new Notebook();
        const memory = newMemory();
        let world = await openWorld(0);
        await begin(world, memory);
        notebook.write(world.cloud);
        for (const [n, sequence] of generations.entries()) {
          for (const call of sequence) {
            const { status, text } = await call(world, memory);
            expect(status, text).toBeLessThan(500);
            notebook.write(world.cloud);
          }
          const seen = await look(world, memory);
          if (n === 0) {
            await makeForget(world);
            expect(await look(world, memory)).toEqual(seen);
          }
          for (const [, what = ''] of seen.join('\n').matchAll(/(versionId=|VerifyMac|Decrypt|uploadId=)[^:]*: 200 /g))
            opened.set(what, (opened.get(what) ?? 0) + 1);
          const names = namesOf(world.cloud);
          notebook.write(world.cloud);
          world = await openWorld(n + 1, notebook.read());
          expect(await look(world, memory)).toEqual(seen);
          expect(namesOf(world.cloud).sort()).toEqual(names.sort());
          expect(world.cloud.takeChanges().rows).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
    expect([...opened.keys()].sort()).toEqual(['Decrypt', 'VerifyMac', 'uploadId=', 'versionId=']);
  }, 120_000);

  it('goes on with an upload that was under way, and gives no id or letter twice', async () => {
    const notebook = new Notebook();
    const memory = newMemory();
    const first = await openWorld(0);
    await begin(first, memory);
    for (const mode of Object.keys(modes)) {
      const path = `/kept-plain/upload-${mode.replace(/\W/g, '')}`;
      const headers = headersOf(mode, memory);
      const made = await first.send({ method: 'POST', path, query: 'uploads', headers });
      const id = /<UploadId>([^<]*)</.exec(made.text)?.[1] ?? '';
      memory.uploads.push({ path, id, headers: mode === 'sse-c' ? SSE_C : [] });
      expect((await uploadPart(first, memory.uploads.at(-1) ?? never(), `part under ${mode}`)).status).toBe(200);
    }
    notebook.write(first.cloud);
    const saved = notebook.read();
    const second = await openWorld(1, saved);
    for (const upload of memory.uploads) {
      const completed = await complete(second, upload);
      expect([completed.status, completed.text]).toEqual([200, expect.stringContaining('<ETag>')]);
      const got = await second.send({ path: upload.path, headers: upload.headers });
      expect([got.status, got.text]).toEqual([200, expect.stringMatching(/^part under /)]);
    }
    await second.kms('RotateKeyOnDemand', { KeyId: memory.keys[0] });
    const answer = await second.send({ method: 'PUT', path: '/kept-plain/new', body: 'new', isRecorded: true });
    const before = new Map(saved.artifacts.map(one => [one.id, one]));
    const letters = new Set(saved.artifacts.map(one => one.letter));
    const made = Object.values(answer.trace?.artifacts ?? {}).filter(one => !before.has(one.id));
    const known = Object.values(answer.trace?.artifacts ?? {}).filter(one => before.has(one.id));
    expect(made.length).toBeGreaterThan(3);
    for (const { letter, kind } of made)
      if (letter !== undefined && kind !== 'session-key') expect(letters).not.toContain(letter);
    for (const { id, kind, fingerprint } of known) expect(before.get(id)).toMatchObject({ kind, fingerprint });
  });

  it('writes down no byte of a secret', async () => {
    const notebook = new Notebook();
    const memory = newMemory();
    const world = await openWorld(0);
    await begin(world, memory);
    const content = 'quarterly numbers that nobody may read';
    for (const mode of Object.keys(modes)) {
      const path = `/kept-plain/${mode.replace(/\W/g, '')}`;
      const body = `${content} ${mode}`;
      await world.send({ method: 'PUT', path, body, headers: headersOf(mode, memory), isRecorded: true });
    }
    await world.kms('GenerateDataKey', { KeyId: memory.keys[0], KeySpec: 'AES_256' }, { isRecorded: true });
    notebook.write(world.cloud);
    const { rows, artifacts, contents } = notebook.read();
    const secret = artifacts.filter(one => one.isSecret);
    expect(secret.length).toBeGreaterThan(8);
    expect(secret.filter(one => one.head !== '' || one.tail !== '')).toEqual([]);
    const text = JSON.stringify([rows, artifacts]) + contents.map(one => Buffer.from(one.bytes).toString('latin1'));
    for (const forbidden of [content, Buffer.from(content).toString('hex'), CUSTOMER_KEY.toString('hex')])
      expect(text).not.toContain(forbidden);
    const inHex = JSON.stringify([rows, artifacts]) + contents.map(one => Buffer.from(one.bytes).toString('hex'));
    for (const { id } of secret) {
      const { head } = world.cloud.recorder.get(id);
      if (head.length >= 32) expect(inHex).not.toContain(head.slice(0, 64));
    }
  });
});

function never(): never {
  throw new Error('there is one');
}
