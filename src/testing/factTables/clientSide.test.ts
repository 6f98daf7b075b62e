/** Facts, sections 8, 9 and 12.7: what the S3 Encryption Client does, needs and refuses. */
import { createHash, publicEncrypt, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyObject, getObject, headObject, putObject } from '../../engine/client/s3Client.ts';
import { createEncryptionClient } from '../../engine/client/s3EncryptionClient/client.ts';
import type { Keyring } from '../../engine/client/s3EncryptionClient/keyring.ts';
import { sha256 } from '../../engine/crypto/sha2.ts';
import { EMPTY_BODY, findHeader } from '../../engine/http/message.ts';
import { gather, type Trace } from '../../engine/index.ts';
import { STORAGES, type Storage, WRAP_KINDS, type WrapKind } from '../encryptionClientHarness.ts';
import { deriveV3 } from '../independentClient/content.ts';
import { seal } from '../independentClient/seal.ts';
import type { Pairs } from '../independentClient/wrapping.ts';
import { type ClientWorld, createClientWorld, metadataOf, OBJECT, PLAINTEXT } from './clientWorld.ts';

const TEXT = PLAINTEXT.toString();
const LENIENT = { commitmentPolicy: 'REQUIRE_ENCRYPT_ALLOW_DECRYPT' } as const;
const RAW = ['aes', 'rsa'] as const;
let world: ClientWorld;
beforeAll(async () => {
  world = await createClientWorld('client side', { aes: { project: 'envelope' }, rsa: { project: 'envelope' } });
});

const writeOf = (wrap: WrapKind, format: 'v2' | 'v3' = 'v3', storage: Storage = 'metadata') =>
  world.record('upload', () => world.write({ format, wrap, storage }));
const namesOf = (trace: Trace) => trace.steps.map(step => step.name as string);
const ofKind = (trace: Trace, kind: string) =>
  Object.values(trace.artifacts).filter(artifact => artifact.kind === kind);
const failureOf = (result: object) => ('failure' in result ? (result.failure as { code: string }).code : 'none');
const kmsCalls = (trace: Trace) => trace.exchanges.filter(({ link }) => link === 'client-kms');
/** The KMS operation of an exchange. */
const targetOf = ({ request }: Trace['exchanges'][number]) =>
  request.headers.find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];

describe('an upload', () => {
  it.each(RAW)('F-CSR-001: leaves the %s wrapping key on the customer’s side', async wrap => {
    const { trace } = await writeOf(wrap);
    const keys = ofKind(trace, 'wrapping-key').map(artifact => artifact.id);
    expect(keys.length).toBeGreaterThan(0);
    const elsewhere = trace.events
      .filter(event => event.place !== 'client')
      .flatMap(event => [...event.inputs, ...event.outputs]);
    expect(elsewhere.filter(id => keys.includes(id))).toEqual([]);
  });

  it.each(RAW)('F-CSR-002: makes a data key of 32 bytes for each object, %s', async wrap => {
    const made = [await writeOf(wrap), await writeOf(wrap)].map(({ trace }) =>
      trace.events.find(
        event =>
          event.verb === 'generated' &&
          event.place === 'client' &&
          trace.artifacts[event.outputs[0] ?? '']?.kind === 'data-key',
      ),
    );
    const [one, two] = made.map(event => event?.outputs[0]);
    expect(one).toBeDefined();
    expect(one).not.toBe(two);
  });

  it.each([
    ['aes', 'AES-256-GCM'],
    ['rsa', 'RSA-OAEP-SHA1'],
  ] as const)('F-CSR-003: wraps the data key by %s', async (wrap, algorithm) => {
    const { trace } = await writeOf(wrap);
    expect(trace.events.filter(event => event.verb === 'wrapped' && event.place === 'client')).toMatchObject([
      { algorithm },
    ]);
  });

  it.each([
    ['v3', 'message-id', 28, true],
    ['v2', 'nonce', 12, false],
  ] as const)('F-CSR-004 F-CSK-003: of %s draws a %s of %i bytes', async (format, kind, byteLength, isDerived) => {
    const { trace } = await writeOf('kms', format);
    const drawn = trace.events.flatMap(event =>
      event.verb === 'generated' && event.place === 'client' ? event.outputs : [],
    );
    expect(drawn.map(id => trace.artifacts[id])).toContainEqual(expect.objectContaining({ kind, byteLength }));
    expect(namesOf(trace).includes('client.deriveKeys')).toBe(isDerived);
  });

  it.each(WRAP_KINDS)('F-CSR-005 F-CSR-023: makes %s 16 bytes longer, as HEAD tells', async wrap => {
    const { body } = await world.write({ format: 'v3', wrap, storage: 'metadata' });
    expect(body).toHaveLength(PLAINTEXT.length + 16);
    const head = await headObject(world.customer, 'https', world.address(OBJECT));
    expect(findHeader(head, 'content-length')).toBe(String(PLAINTEXT.length + 16));
  });

  it('F-CSR-006 F-CSK-005: puts the envelope into metadata or an instruction file, and drops the data key first', async () => {
    for (const storage of STORAGES) {
      const { result, trace } = await writeOf('kms', 'v3', storage);
      expect('instructionFile' in result).toBe(storage === 'instruction-file');
      const dropped = namesOf(trace).indexOf('client.discardKeys');
      expect(dropped).toBeGreaterThan(0);
      expect(dropped).toBeLessThan(namesOf(trace).indexOf('s3.receive'));
    }
  });

  it('F-CSK-004: overwrites the data key and the derived key', async () => {
    const { trace } = await writeOf('kms');
    const gone = trace.events.filter(
      event => event.verb === 'discarded' && event.place === 'client' && event.isZeroized,
    );
    const kinds = gone.flatMap(event => event.inputs).map(id => trace.artifacts[id]?.kind);
    expect(kinds).toEqual(expect.arrayContaining(['data-key', 'derived-key']));
    const left = world.customer.room.ids().map(id => world.world.recorder.get(id).kind);
    expect(left).not.toContain('data-key');
  });

  it('F-CSR-007: is encrypted once more by S3, at rest', async () => {
    const { trace } = await writeOf('aes');
    expect(namesOf(trace)).toContain('s3.encrypt');
    const head = await headObject(world.customer, 'https', world.address(OBJECT));
    expect(findHeader(head, 'x-amz-server-side-encryption')).toBe('AES256');
  });

  it('F-CSR-024: has the MD5 of the ciphertext as its ETag, and not that of the plaintext', async () => {
    const { body } = await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const head = await headObject(world.customer, 'https', world.address(OBJECT));
    const md5 = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;
    expect(findHeader(head, 'etag')).toBe(md5(body));
    expect(findHeader(head, 'etag')).not.toBe(md5(PLAINTEXT));
  });

  it('F-CSR-031: of more than 64 GiB less 32 bytes is refused', async () => {
    const plaintext = await world.hold(OBJECT, PLAINTEXT);
    for (const [byteLength, code] of [
      [2 ** 36 - 31, 'ContentTooLarge'],
      [2 ** 36 - 32, 'none'],
    ] as const) {
      const put = await world
        .clientOf('aes')
        .putObject(world.address('large'), { ...plaintext, byteLength }, 'text/plain');
      expect(failureOf(put)).toBe(code);
    }
    world.clear();
  });

  it('F-CSR-032: that fails is not sent again by itself', async () => {
    let count = 0;
    const send = async () => {
      count++;
      return { status: 503, headers: [], body: EMPTY_BODY };
    };
    const plaintext = await world.hold(OBJECT, PLAINTEXT);
    const put = await world.clientOf('aes', {}, { send }).putObject(world.address(OBJECT), plaintext, 'text/plain');
    expect(put).toMatchObject({ ok: { status: 503 } });
    expect(count).toBe(1);
    world.clear();
  });
});

it.each(STORAGES)(
  'F-MPU-009: an upload in parts is one message with one tag, in blocks of 16 bytes and in order, envelope in the %s',
  async storage => {
    const MIB = 1024 * 1024;
    const bytes = Buffer.alloc(6 * MIB + 5, 'ferry ');
    const plaintext = await world.hold('large', bytes);
    const client = world.clientOf('aes', { writesInstructionFiles: storage === 'instruction-file' });
    const address = world.address('large');
    const { result, trace } = await world.record('upload', () =>
      client.uploadObjectInParts(address, plaintext, 'text/plain'),
    );
    expect(result).toMatchObject({ ok: { status: 200 } });
    const parts = trace.exchanges.flatMap(({ request }) => {
      const number = /partNumber=(\d+)/.exec(request.startLine)?.[1];
      return number === undefined ? [] : [{ number, bodyLength: request.bodyLength }];
    });
    expect(parts).toEqual([
      { number: '1', bodyLength: 5 * MIB },
      { number: '2', bodyLength: MIB + 5 + 16 },
    ]);
    expect(
      trace.events.filter(
        event =>
          event.verb === 'encrypted' &&
          event.place === 'client' &&
          event.algorithm === 'AES-256-GCM' &&
          trace.artifacts[event.inputs[0] ?? '']?.kind === 'plaintext-object',
      ),
    ).toHaveLength(1);
    world.clear();
    const got = await client.getObject(address);
    const opened = 'ok' in got && got.ok.plaintext ? world.bytesOf(got.ok.plaintext) : undefined;
    expect(opened?.equals(bytes)).toBe(true);
    world.clear();
  },
);

describe('a download', () => {
  const readOf = async (wrap: WrapKind) => {
    await world.write({ format: 'v3', wrap, storage: 'metadata' });
    return world.record('download', () => world.read({ wrap }));
  };

  it.each(WRAP_KINDS)(
    'F-CSR-010 F-CSK-010 F-CSR-028 F-CSR-030: gives a plain reader ciphertext and metadata of %s',
    async wrap => {
      const { body, metadata } = await world.write({ format: 'v3', wrap, storage: 'metadata' });
      const plain = await getObject(world.customer, 'https', world.address(OBJECT));
      const bytes = Buffer.from(gather(plain.body));
      expect(bytes.equals(body)).toBe(true);
      expect(bytes.includes(PLAINTEXT.subarray(0, 8))).toBe(false);
      expect(metadataOf(plain)).toEqual(metadata);
    },
  );

  it.each(WRAP_KINDS)(
    'F-CSR-011 F-CSR-013 F-CSR-014 F-CSK-013: of %s goes from format to commitment to tag',
    async wrap => {
      const { result, trace } = await readOf(wrap);
      expect(result).toEqual({ text: TEXT });
      const order = [
        'client.recognise',
        'client.checkPolicy',
        'client.checkCommitment',
        'client.decrypt',
        'client.discardKeys',
      ];
      expect(namesOf(trace).filter(name => order.includes(name))).toEqual(order);
    },
  );

  it('F-CSR-012: finds the wrapping key by its material description, wherever it stands', async () => {
    const made = await Promise.all(
      ['one', 'two', 'three'].map(async which => ({ ...(await world.anotherAes()), materialDescription: { which } })),
    );
    const keyOf = ({ id, materialDescription }: (typeof made)[number]) => ({ wrappingKey: id, materialDescription });
    const keyring: Keyring = { type: 'aes', keys: made.map(keyOf) };
    for (const one of made) {
      const object = await seal({
        format: 'v3',
        wrap: 'AES/GCM',
        keys: { aes: one.bytes },
        plaintext: PLAINTEXT,
        storage: 'metadata',
        materialDescription: one.materialDescription,
      });
      const { result, trace } = await world.record('download', () => world.readFrom(object, 'aes', { keyring }));
      expect(result).toEqual({ text: TEXT });
      const compared = trace.events.filter(event => event.verb === 'compared' && event.what === 'material-description');
      expect(compared.at(-1)).toMatchObject({ isEqual: true, inputs: [one.id] });
    }
  });

  it('F-CSR-012: with no description that fits tries the first key', async () => {
    const [first, second] = [await world.anotherAes(), await world.anotherAes()];
    const keyring: Keyring = {
      type: 'aes',
      keys: [first, second].map(({ id }, index) => ({
        wrappingKey: id,
        materialDescription: { which: String(index) },
      })),
    };
    const of = (aes: Buffer) =>
      seal({
        format: 'v3',
        wrap: 'AES/GCM',
        keys: { aes },
        plaintext: PLAINTEXT,
        storage: 'metadata',
        materialDescription: { which: 'x' },
      });
    expect(await world.readFrom(await of(first.bytes), 'aes', { keyring })).toEqual({ text: TEXT });
    const outcome = await world.readFrom(await of(second.bytes), 'aes', { keyring });
    expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'UnableToUnwrapDataKey' });
  });

  it('F-CSR-014: gives out nothing when the tag does not fit, and keeps nothing', async () => {
    const { body, metadata } = await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const changed = Buffer.from(body);
    changed[0] = (changed[0] ?? 0) ^ 1;
    const { result, trace } = await world.record('download', () => world.readFrom({ body: changed, metadata }, 'aes'));
    expect(result).toEqual({ code: 'DecryptionFailed', why: 'AuthenticationTagMismatch' });
    expect(trace.events.filter(event => event.verb === 'decrypted')).toEqual([]);
  });

  it.each(RAW)('F-CSR-022: of %s does not notice another material description', async wrap => {
    const { body, metadata } = await world.write({ format: 'v3', wrap, storage: 'metadata' });
    const changed = { ...metadata, 'x-amz-m': '{"project":"another"}' };
    expect(await world.readFrom({ body, metadata: changed }, wrap)).toEqual({ text: TEXT });
  });
});

describe('with a raw wrapping key', () => {
  it.each(RAW)('F-CSR-020: %s takes S3 only, both ways', async wrap => {
    const { trace } = await world.record('upload', async () => {
      await world.write({ format: 'v3', wrap, storage: 'instruction-file' });
      expect(await world.read({ wrap })).toEqual({ text: TEXT });
    });
    expect([...new Set(trace.exchanges.map(({ link }) => link))]).toEqual(['client-s3']);
    const actions = trace.events.flatMap(event => ('decision' in event ? [event.decision.action] : []));
    expect([...new Set(actions)].sort()).toEqual(['s3:GetObject', 's3:PutObject']);
  });

  it.each(RAW)('F-CSR-021: %s, CloudTrail tells of S3’s layer and of nothing else', async wrap => {
    const { trace } = await writeOf(wrap);
    const records = trace.events.flatMap(event => (event.verb === 'logged' ? [event.record] : []));
    expect(new Set(records.map(record => record.eventSource))).toEqual(new Set(['s3.amazonaws.com']));
    const put = records.find(record => record.eventName === 'PutObject');
    expect(put?.additionalEventData).toMatchObject({ SSEApplied: 'Default_SSE_S3' });
    expect(JSON.stringify(records)).not.toMatch(/x-amz-meta-x-amz|AES\/GCM|cek-alg/);
  });
});

describe('a copy', () => {
  const copyWith = async (headers: readonly (readonly [string, string])[]) => {
    await world.write({ format: 'v3', wrap: 'aes', storage: 'metadata' });
    const copied = await copyObject(world.customer, 'https', world.address(OBJECT), world.address('copy'), headers);
    expect(copied.status).toBe(200);
    const got = await world.clientOf('aes').getObject(world.address('copy'));
    const text = 'ok' in got && got.ok.plaintext ? world.bytesOf(got.ok.plaintext).toString() : failureOf(got);
    world.clear();
    return text;
  };

  it('F-CSR-025: opens with the same wrapping key', async () => {
    expect(await copyWith([])).toBe(TEXT);
  });

  it('F-CSR-025: whose metadata was replaced has lost its encrypted data key', async () => {
    expect(await copyWith([['x-amz-metadata-directive', 'REPLACE']])).toBe('NotEncryptedByClient');
  });
});

describe('re-wrapping an instruction file', () => {
  const instructionFiles = { writesInstructionFiles: true } as const;
  const newKey = async (materialDescription: Pairs = { year: '2027' }) => {
    const { id, bytes } = await world.anotherAes();
    return { key: { wrappingKey: id, materialDescription }, bytes };
  };

  it.each(['v2', 'v3'] as const)(
    'F-CSR-026: of %s changes the wrapping key and nothing of the object',
    async format => {
      const before = await world.write({ format, wrap: 'aes', storage: 'instruction-file' });
      const { key } = await newKey();
      const done = await world.clientOf('aes', instructionFiles).reEncryptInstructionFile(world.address(OBJECT), key);
      expect(done).toMatchObject({ ok: { status: 200 } });
      const after = await world.fetch(OBJECT);
      expect(after.body.equals(before.body)).toBe(true);
      expect(after.metadata).toEqual(before.metadata);
      const [was, is] = [before, after].map(({ instructionFile }) => JSON.parse(instructionFile?.body ?? '') as Pairs);
      const changed = Object.keys(is ?? {}).filter(name => is?.[name] !== was?.[name]);
      expect(changed.sort()).toEqual(format === 'v2' ? ['x-amz-key-v2', 'x-amz-matdesc'] : ['x-amz-3', 'x-amz-m']);
      const ring: Keyring = { type: 'aes', keys: [key] };
      expect(await world.read({ wrap: 'aes' }, { ...LENIENT, keyring: ring })).toEqual({ text: TEXT });
      const old = await world.read({ wrap: 'aes' }, LENIENT);
      expect(old).toEqual({ code: 'DecryptionFailed', why: 'UnableToUnwrapDataKey' });
    },
  );

  it.each([
    ['a KMS key ring', 'kms', instructionFiles, { a: 'b' }, {}, 'NotRewrappable'],
    ['a client that writes none', 'aes', {}, { a: 'b' }, {}, 'InstructionFilesNotEnabled'],
    ['the same material description', 'aes', instructionFiles, { project: 'envelope' }, {}, 'SameMaterialDescription'],
    [
      'a suffix of one’s own with an AES key',
      'aes',
      instructionFiles,
      { a: 'b' },
      { suffix: '.mine' },
      'SuffixNotAllowed',
    ],
  ] as const)('F-CSR-026: with %s is refused', async (_, wrap, options, description, more, code) => {
    await world.write({ format: 'v3', wrap, storage: 'instruction-file' });
    const { key } = await newKey(description);
    const done = await world.clientOf(wrap, options).reEncryptInstructionFile(world.address(OBJECT), key, more);
    expect(failureOf(done)).toBe(code);
    world.clear();
  });

  it('F-CSR-026: under RSA may go beside the old one, and both open', async () => {
    await world.write({ format: 'v3', wrap: 'rsa', storage: 'instruction-file' });
    const { rsa } = world.rings;
    const [first] = rsa.type === 'rsa' ? rsa.keys : [];
    if (!first) throw new Error('the bench has an RSA key');
    const done = await world
      .clientOf('rsa', instructionFiles)
      .reEncryptInstructionFile(
        world.address(OBJECT),
        { ...first, materialDescription: { for: 'partner' } },
        { suffix: '.partner' },
      );
    expect(done).toMatchObject({ ok: { status: 200 } });
    expect(await world.read({ wrap: 'rsa' })).toEqual({ text: TEXT });
    expect(await world.read({ wrap: 'rsa' }, {}, { instructionFileSuffix: '.partner' })).toEqual({ text: TEXT });
    expect(await world.read({ wrap: 'rsa' }, {}, { instructionFileSuffix: '.nobody' })).toEqual({
      code: 'InstructionFileMissing',
    });
  });

  it('F-CSR-026: is not possible when the envelope is with the object', async () => {
    const object = world.address('with-metadata');
    const plaintext = await world.hold('with-metadata', PLAINTEXT);
    await world.clientOf('aes').putObject(object, plaintext, 'text/plain');
    const { key } = await newKey();
    const done = await world.clientOf('aes', instructionFiles).reEncryptInstructionFile(object, key);
    expect(failureOf(done)).not.toBe('none');
    world.clear();
  });
});

it.each(STORAGES)(
  'F-CSR-027: deleting through the client deletes the instruction file too, envelope in the %s',
  async storage => {
    await world.write({ format: 'v3', wrap: 'aes', storage });
    const answer = await world.clientOf('aes').deleteObject(world.address(OBJECT));
    expect(answer.status).toBe(204);
    for (const name of [OBJECT, `${OBJECT}.instruction`]) {
      expect((await getObject(world.customer, 'https', world.address(name))).status, name).toBe(404);
    }
    world.clear();
  },
);

describe('with a KMS key', () => {
  const CONTEXT: Pairs = { department: 'finance' };

  it('F-CSK-001 F-CSK-021 F-CSK-027: a write is one GenerateDataKey for 256 bits, with the caller’s context', async () => {
    const { trace } = await world.record('upload', () =>
      world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' }, { context: CONTEXT }),
    );
    expect(kmsCalls(trace).map(targetOf)).toEqual(['TrentService.GenerateDataKey']);
    expect(kmsCalls(trace)[0]?.request.json).toEqual({
      KeyId: world.world.names.kmsKeyArn,
      KeySpec: 'AES_256',
      EncryptionContext: { ...CONTEXT, 'aws:x-amz-cek-alg': '115' },
    });
  });

  it('F-CSK-002: KMS answers with both forms of the data key, inside TLS', async () => {
    const { trace } = await writeOf('kms');
    const [call] = kmsCalls(trace);
    expect(call?.isSecure).toBe(true);
    expect(Object.keys(call?.response?.json ?? {})).toEqual(expect.arrayContaining(['CiphertextBlob', 'Plaintext']));
  });

  it('F-CSK-012 F-CSK-027: a read is one Decrypt with key id, blob and the whole stored context', async () => {
    const { metadata } = await world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' }, { context: CONTEXT });
    const { result, trace } = await world.record('download', () =>
      world.read({ wrap: 'kms' }, {}, { encryptionContext: CONTEXT }),
    );
    expect(result).toEqual({ text: TEXT });
    expect(kmsCalls(trace).map(targetOf)).toEqual(['TrentService.Decrypt']);
    expect(kmsCalls(trace)[0]?.request.json).toEqual({
      KeyId: world.world.names.kmsKeyArn,
      CiphertextBlob: metadata['x-amz-3'],
      EncryptionContext: JSON.parse(metadata['x-amz-t'] ?? ''),
    });
  });

  it.each([
    ['none', {}],
    ['another value', { department: 'sales' }],
    ['one pair more', { ...CONTEXT, more: 'x' }],
  ])('F-CSK-011 F-ERR-106: a caller who gives %s is refused before KMS is asked', async (_, encryptionContext) => {
    await world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' }, { context: CONTEXT });
    const { result, trace } = await world.record('download', () =>
      world.read({ wrap: 'kms' }, {}, { encryptionContext }),
    );
    expect(result).toEqual({ code: 'DecryptionFailed', why: 'EncryptionContextMismatch' });
    expect(kmsCalls(trace)).toEqual([]);
  });

  it.each(['v2', 'v3'] as const)('F-CSK-022: a caller of %s who sets aws:x-amz-cek-alg is refused', async format => {
    const plaintext = await world.hold(OBJECT, PLAINTEXT);
    const policy = format === 'v2' ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
    const client = world.clientOf('kms', { commitmentPolicy: policy });
    const { result, trace } = await world.record('upload', () =>
      client.putObject(world.address(OBJECT), plaintext, 'text/plain', {
        encryptionContext: { 'aws:x-amz-cek-alg': format === 'v2' ? 'AES/GCM/NoPadding' : '115' },
      }),
    );
    expect(failureOf(result)).toBe('ReservedContextName');
    expect(trace.exchanges).toEqual([]);
    world.clear();
  });

  it.each([
    ['v2', 'AES/GCM/NoPadding', 'x-amz-matdesc'],
    ['v3', '115', 'x-amz-t'],
  ] as const)('F-CSK-022 F-CSK-023: the context of %s names the algorithm and no ARN', async (format, value, entry) => {
    const { metadata } = await world.write({ format, wrap: 'kms', storage: 'metadata' });
    expect(JSON.parse(metadata[entry] ?? '')).toEqual({ 'aws:x-amz-cek-alg': value });
  });

  it('F-CSK-020: the client’s own principal needs the permission; S3 has no part in it', async () => {
    const customer = world.world.customers['s3-admin'];
    const options = { keyring: world.rings.kms, transport: 'https' } as const;
    const admin = createEncryptionClient(customer, options);
    await world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' });
    expect(failureOf(await admin.getObject(world.address(OBJECT)))).toBe('AccessDeniedException');
    const bytes = new Uint8Array(PLAINTEXT);
    const plaintext = await world.world.recorder.identify({
      kind: 'plaintext-object',
      name: OBJECT,
      bytes,
      isSecret: true,
    });
    customer.room.hold(plaintext.id, bytes);
    expect(failureOf(await admin.putObject(world.address(OBJECT), plaintext, 'text/plain'))).toBe(
      'AccessDeniedException',
    );
    expect((await getObject(customer, 'https', world.address(OBJECT))).status).toBe(200);
    world.clear();
  });

  it('F-CSK-024: CloudTrail has the calls as the caller’s own, with the algorithm in the context', async () => {
    const { trace } = await writeOf('kms');
    const records = trace.events.flatMap(event => (event.verb === 'logged' ? [event.record] : []));
    const record = records.find(({ eventName }) => eventName === 'GenerateDataKey');
    expect(record?.requestParameters).toMatchObject({ encryptionContext: { 'aws:x-amz-cek-alg': '115' } });
    expect(record?.userIdentity).not.toHaveProperty('invokedBy');
    expect(record?.sourceIPAddress).not.toBe('fas.s3.amazonaws.com');
  });

  it('F-CSK-025: a ring without a key id opens what KMS knows, and writes nothing', async () => {
    const keyring: Keyring = { type: 'kms' };
    await world.write({ format: 'v3', wrap: 'kms', storage: 'metadata' });
    const { result, trace } = await world.record('download', () => world.read({ wrap: 'kms' }, { keyring }));
    expect(result).toEqual({ text: TEXT });
    expect(kmsCalls(trace)[0]?.request.json).not.toHaveProperty('KeyId');
    const plaintext = await world.hold(OBJECT, PLAINTEXT);
    const put = await world.clientOf('kms', { keyring }).putObject(world.address(OBJECT), plaintext, 'text/plain');
    expect(failureOf(put)).toBe('KeyringOnlyDecrypts');
    world.clear();
  });

  it('F-CSK-026: aws/s3 does not serve, since its policy admits requests through S3 only', async () => {
    const body = await world.hold('through-s3', PLAINTEXT, 'ciphertext-object');
    // The first upload under aws/s3 makes the key.
    const put = await putObject(world.customer, 'https', world.address('through-s3'), {
      body,
      digest: await sha256(new Uint8Array(PLAINTEXT)),
      contentType: 'text/plain',
      headers: [['x-amz-server-side-encryption', 'aws:kms']],
      cargo: [],
    });
    expect(put.status).toBe(200);
    const arn = findHeader(put, 'x-amz-server-side-encryption-aws-kms-key-id');
    expect(arn).toBeDefined();
    const plaintext = await world.hold(OBJECT, PLAINTEXT);
    const keyring: Keyring = { type: 'kms', kmsKeyId: arn ?? '' };
    const refused = await world.clientOf('kms', { keyring }).putObject(world.address(OBJECT), plaintext, 'text/plain');
    expect(failureOf(refused)).toBe('AccessDeniedException');
    world.clear();
  });
});

describe('the client refuses', () => {
  const v3 = (given: { dataKey?: Buffer } = {}) =>
    seal({ format: 'v3', wrap: 'AES/GCM', keys: world.keys, plaintext: PLAINTEXT, storage: 'metadata', given });

  it('F-ERR-100: another commitment, before it decrypts', async () => {
    const [{ body, metadata }, dataKey] = [await v3(), randomBytes(32)];
    const commitment = deriveV3(dataKey, Buffer.from(metadata['x-amz-i'] ?? '', 'base64')).commitment.toString(
      'base64',
    );
    const changed = { body, metadata: { ...metadata, 'x-amz-d': commitment } };
    const { result, trace } = await world.record('download', () => world.readFrom(changed, 'aes'));
    expect(result).toEqual({ code: 'DecryptionFailed', why: 'KeyCommitmentMismatch' });
    expect(namesOf(trace)).not.toContain('client.decrypt');
  });

  it('F-ERR-101: an object without commitment that its policy does not admit, before it unwraps', async () => {
    await world.write({ format: 'v2', wrap: 'kms', storage: 'metadata' });
    const { result, trace } = await world.record('download', () => world.read({ wrap: 'kms' }));
    expect(result).toEqual({ code: 'CommitmentPolicyViolation' });
    expect(kmsCalls(trace)).toEqual([]);
  });

  it.each(['64', '96', '0', '128.0', ''])('F-ERR-105: a tag length of “%s”', async length => {
    const object = await seal({
      format: 'v2',
      wrap: 'AES/GCM',
      keys: world.keys,
      plaintext: PLAINTEXT,
      storage: 'metadata',
    });
    const metadata = { ...object.metadata, 'x-amz-tag-len': length };
    const outcome = await world.readFrom({ body: object.body, metadata }, 'aes', LENIENT);
    expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'TamperedMetadata' });
  });

  it('F-ERR-107 F-CSR-033: an object that no client encrypted, after it looked for an instruction file', async () => {
    const { result, trace } = await world.record('download', async () => {
      const body = await world.hold('plain', PLAINTEXT, 'plaintext-object');
      await putObject(world.customer, 'https', world.address('plain'), {
        body,
        digest: await sha256(new Uint8Array(PLAINTEXT)),
        contentType: 'text/plain',
        headers: [],
        cargo: [],
      });
      return world.clientOf('aes').getObject(world.address('plain'));
    });
    expect(failureOf(result)).toBe('NotEncryptedByClient');
    expect(trace.exchanges.at(-1)?.request.startLine).toContain('plain.instruction');
    world.clear();
  });

  it.each([
    ['aes', 'AES/GCM'],
    ['rsa', 'RSA-OAEP-SHA1'],
  ] as const)('F-ERR-108: what the wrong %s key does not open, and says no more', async (wrap, name) => {
    const object = await seal({
      format: 'v3',
      wrap: name,
      keys: world.keys,
      plaintext: PLAINTEXT,
      storage: 'metadata',
    });
    const bytes = Buffer.from(object.metadata['x-amz-3'] ?? '', 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    const metadata = { ...object.metadata, 'x-amz-3': bytes.toString('base64') };
    const outcome = await world.readFrom({ body: object.body, metadata }, wrap);
    expect(outcome).toEqual({ code: 'DecryptionFailed', why: 'UnableToUnwrapDataKey' });
  });

  it.each([
    ['F-ERR-109 F-FMT-059: the name of another algorithm', 32, 'AES/GCM/NoPadding', 'ContentAlgorithmMismatch'],
    ['F-ERR-109 F-FMT-059: a longer name', 32, '1155', 'ContentAlgorithmMismatch'],
    ['F-FMT-059: an impossible key length', 31, '115', 'UnableToUnwrapDataKey'],
    ['F-FMT-059: a length of zero', 0, '115', 'UnableToUnwrapDataKey'],
  ])('%s behind an RSA-wrapped key', async (_, length, name, why) => {
    const { body, metadata } = await seal({
      format: 'v3',
      wrap: 'RSA-OAEP-SHA1',
      keys: world.keys,
      plaintext: PLAINTEXT,
      storage: 'metadata',
    });
    const key = world.keys.rsa?.publicKey;
    if (!key) throw new Error('the bench has an RSA key');
    const pseudoKey = Buffer.concat([Buffer.from([length]), randomBytes(32), Buffer.from(name)]);
    const encrypted = publicEncrypt({ key, oaepHash: 'sha1' }, pseudoKey).toString('base64');
    const outcome = await world.readFrom({ body, metadata: { ...metadata, 'x-amz-3': encrypted } }, 'rsa');
    expect(outcome).toEqual({ code: 'DecryptionFailed', why });
  });

  it.each([
    ['F-FMT-054', 'v2', 'AESWrap', 'aes'],
    ['F-FMT-055 F-WEB-006', 'v2', 'RSA/ECB/OAEPWithSHA-256AndMGF1Padding', 'rsa'],
    ['F-FMT-056', 'v1', 'AES', 'aes'],
    ['F-FMT-057', 'v1', 'RSA', 'rsa'],
    ['F-FMT-053', 'v2', 'kms', 'kms'],
  ] as const)(
    'F-ERR-104 %s: %s wrapped by %s unless it was told to, and then opens or cannot',
    async (_, format, wrap, ring) => {
      const object = await seal({ format, wrap, keys: world.keys, plaintext: PLAINTEXT, storage: 'metadata' });
      expect(await world.readFrom(object, ring, LENIENT)).toEqual({ code: 'LegacyNotEnabled' });
      const optIns = { enableLegacyWrappingAlgorithms: true, enableLegacyUnauthenticatedModes: true } as const;
      const cannot = ring === 'rsa';
      const outcome = await world.readFrom(object, ring, { ...LENIENT, ...optIns });
      expect(outcome).toEqual(cannot ? { code: 'AlgorithmNotAvailable' } : { text: TEXT });
    },
  );
});
