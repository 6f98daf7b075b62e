import { describe, expect, it } from 'vitest';
import { createTrail } from '../audit/trail.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { steadyClock } from '../clock.ts';
import { seededRandom } from '../crypto/seededRandom.ts';
import { sha256 } from '../crypto/sha2.ts';
import { type Connection, findHeader, type HttpRequest, type HttpResponse } from '../http/message.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import { LAB_ACCOUNT_ID, labPrincipals, type Principal } from '../iam/principal.ts';
import type { RandomSource } from '../random.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { Recorder } from '../trace/recorder.ts';
import { type Content, Room } from '../trace/room.ts';
import type { PrincipalName, Trace } from '../trace/trace.ts';
import {
  type DecryptRequest,
  type DecryptResponse,
  decodeBlob,
  type EncryptionContext,
  encodeBlob,
  type GenerateDataKeyResponse,
  kmsRequest,
  parseKmsResponse,
} from './api.ts';
import { createKms } from './createKms.ts';
import { awsManagedS3KeyPolicy, defaultKeyPolicy } from './keyPolicy.ts';

const REGION = 'eu-central-1';
const VIA_S3 = `s3.${REGION}.amazonaws.com`;
const CONTEXT: EncryptionContext = { 'aws:s3:arn': 'arn:aws:s3:::demo-bucket/report.txt' };
const LINE: Connection = { isSecure: true, sourceIp: '203.0.113.7' };

/** A room that remembers everything it was ever given. */
class WatchedRoom extends Room {
  readonly seen: Content[] = [];
  override hold(id: ArtifactId, content: Content): void {
    this.seen.push(content);
    super.hold(id, content);
  }
}

async function setup() {
  const seeded = seededRandom('kms');
  const drawn: Bytes[] = [];
  const random: RandomSource = {
    seed: seeded.seed,
    bytes(length) {
      const bytes = seeded.bytes(length);
      drawn.push(bytes);
      return bytes;
    },
  };
  const clock = steadyClock(1_795_255_200_000);
  const recorder = new Recorder(clock, sha256);
  const host = new WatchedRoom('kms.host');
  const hsm = new WatchedRoom('kms.hsm');
  const audit = new Room('audit');
  let people: Readonly<Record<PrincipalName, Principal>> | undefined;
  const find = (test: (person: Principal) => boolean) => Object.values(people ?? {}).find(test);
  const kms = await createKms({
    recorder,
    random,
    clock,
    host,
    hsm,
    trail: createTrail({ recorder, room: audit }),
    accountId: LAB_ACCOUNT_ID,
    region: REGION,
    authenticate: async request => people?.[findHeader(request, 'authorization') as PrincipalName],
    findPrincipalByArn: arn => find(person => person.arn === arn),
  });
  const awsKey = await kms.createKey({
    alias: 'alias/aws/s3',
    manager: 'AWS',
    policy: awsManagedS3KeyPolicy(LAB_ACCOUNT_ID, REGION),
    description: 'Default key that protects S3 objects',
  });
  const ownKey = await kms.createKey({
    manager: 'CUSTOMER',
    policy: defaultKeyPolicy(LAB_ACCOUNT_ID),
    description: 'key of the lab',
  });
  const principals = labPrincipals(random, ['arn:aws:s3:::demo-bucket'], ownKey.arn);
  people = principals;

  const ask = (name: PrincipalName, way: 's3' | 'direct', request: HttpRequest): Promise<HttpResponse> =>
    way === 's3'
      ? kms.internal(request, { principalArn: principals[name].arn, viaService: VIA_S3 })
      : kms.handle({ ...request, headers: [...request.headers, ['authorization', name]] }, LINE);

  const generate = async (KeyId: string, name: PrincipalName = 'owner', way: 's3' | 'direct' = 's3') =>
    parseKmsResponse<GenerateDataKeyResponse>(
      await ask(name, way, kmsRequest('GenerateDataKey', { KeyId, KeySpec: 'AES_256', EncryptionContext: CONTEXT })),
    );
  const decrypt = async (request: DecryptRequest, name: PrincipalName = 'owner', way: 's3' | 'direct' = 's3') =>
    parseKmsResponse<DecryptResponse>(await ask(name, way, kmsRequest('Decrypt', request)));
  const record = async (run: () => Promise<unknown>): Promise<Trace> => {
    recorder.begin(
      { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' },
      { bucketName: 'demo-bucket', objectName: 'report.txt', objectLength: 1 },
      [host, hsm, audit],
    );
    await run();
    return recorder.finish({ isOk: true });
  };
  const made = async (KeyId = ownKey.arn): Promise<GenerateDataKeyResponse> => {
    const answer = await generate(KeyId);
    if ('error' in answer) throw new Error(answer.error.message);
    return answer.ok;
  };
  const keys = { aws: awsKey.arn, own: ownKey.arn };
  return {
    kms,
    recorder,
    drawn,
    host,
    hsm,
    audit,
    awsKey,
    ownKey,
    keys,
    principals,
    ask,
    generate,
    decrypt,
    record,
    made,
  };
}

const isAllZero = (bytes: Uint8Array) => bytes.every(byte => byte === 0);
const stepNames = (trace: Trace) => trace.steps.map(step => step.name);
const told = (trace: Trace) => trace.events.map(event => `${event.verb}@${event.place}`);

/** Who holds what at the end, by the trace alone. */
function fold(trace: Trace, place: 'kms.host' | 'kms.hsm' | 'audit'): string[] {
  const held = new Set(trace.opening.filter(holding => holding.place === place).map(holding => holding.artifact));
  for (const event of trace.events.filter(candidate => candidate.place === place)) {
    if (event.verb === 'discarded') for (const id of event.inputs) held.delete(id);
    else for (const id of event.outputs) held.add(id);
  }
  return [...held].sort();
}

describe('GenerateDataKey and Decrypt', () => {
  it('are inverse under the same context', async () => {
    const { made, decrypt, ownKey } = await setup();
    const { CiphertextBlob, Plaintext, KeyId, KeyMaterialId } = await made();
    expect(decodeBlob(Plaintext)).toHaveLength(32);
    expect([KeyId, KeyMaterialId]).toEqual([ownKey.arn, ownKey.keyMaterialId]);
    expect(await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT })).toEqual({
      ok: { KeyId, Plaintext, KeyMaterialId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    });
  });

  it('give another data key and another blob each time', async () => {
    const { made } = await setup();
    const [first, second] = [await made(), await made()];
    expect(first.Plaintext).not.toBe(second.Plaintext);
    expect(first.CiphertextBlob).not.toBe(second.CiphertextBlob);
  });

  it.each<[string, EncryptionContext | undefined]>([
    ['none', undefined],
    ['another value', { 'aws:s3:arn': 'arn:aws:s3:::demo-bucket/other.txt' }],
    ['a value in other case', { 'aws:s3:arn': 'arn:aws:s3:::demo-bucket/REPORT.txt' }],
    ['one pair more', { ...CONTEXT, more: 'x' }],
  ])('refuse a wrong encryption context with an empty message: %s (F-ERR-084)', async (_, context) => {
    const { made, decrypt } = await setup();
    const { CiphertextBlob } = await made();
    const answer = await decrypt({ CiphertextBlob, ...(context ? { EncryptionContext: context } : {}) });
    expect(answer).toEqual({ error: { __type: 'InvalidCiphertextException', message: '' } });
  });

  it('refuse a blob with any bit flipped', async () => {
    const { made, decrypt } = await setup();
    const blob = decodeBlob((await made()).CiphertextBlob) as Bytes;
    const answers = new Set<string>();
    for (let i = 0; i < blob.length; i += 4) {
      const damaged = new Uint8Array(blob);
      damaged[i] = (damaged[i] ?? 0) ^ 1;
      const answer = await decrypt({ CiphertextBlob: encodeBlob(damaged), EncryptionContext: CONTEXT });
      answers.add('error' in answer ? answer.error.__type : 'opened');
    }
    // A damaged key id names a key that does not exist (F-ERR-088); all other damage is F-ERR-084.
    expect(answers).toEqual(new Set(['InvalidCiphertextException', 'AccessDeniedException']));
  });

  it('refuse a key id that is not the blob’s (F-ERR-085)', async () => {
    const { made, decrypt, keys } = await setup();
    const { CiphertextBlob } = await made();
    const answer = await decrypt({ CiphertextBlob, KeyId: keys.aws, EncryptionContext: CONTEXT });
    expect(answer).toMatchObject({ error: { __type: 'IncorrectKeyException' } });
    expect(await decrypt({ CiphertextBlob, KeyId: keys.own, EncryptionContext: CONTEXT })).toHaveProperty('ok');
  });
});

describe('the KMS gate', () => {
  it.each<[PrincipalName, 'aws' | 'own', 's3' | 'direct', boolean]>([
    ['owner', 'aws', 's3', true],
    ['owner', 'own', 's3', true],
    ['s3-admin', 'aws', 's3', true],
    ['s3-admin', 'own', 's3', false],
    ['stranger', 'aws', 's3', false],
    ['stranger', 'own', 's3', false],
    ['owner', 'aws', 'direct', false],
    ['owner', 'own', 'direct', true],
    ['s3-admin', 'aws', 'direct', false],
    ['s3-admin', 'own', 'direct', false],
    ['stranger', 'aws', 'direct', false],
    ['stranger', 'own', 'direct', false],
  ])('decides for %s, key %s, by way of %s: %s', async (name, which, way, isAllowed) => {
    const { generate, decrypt, made, keys } = await setup();
    const { CiphertextBlob } = await made(keys[which]);
    const answers = [
      await generate(keys[which], name, way),
      await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, name, way),
    ];
    for (const answer of answers) {
      if (isAllowed) expect(answer).toHaveProperty('ok');
      else expect(answer).toMatchObject({ error: { __type: 'AccessDeniedException' } });
    }
  });

  it('lets a stranger in when key policy and identity policy both do (F-KMS-073)', async () => {
    const { kms, generate, keys, principals } = await setup();
    const [own] = defaultKeyPolicy(LAB_ACCOUNT_ID).Statement;
    const policy: PolicyDocument = {
      Version: '2012-10-17',
      Statement: [
        ...(own ? [own] : []),
        { Sid: 'Guest', Effect: 'Allow', Principal: { AWS: principals.stranger.arn }, Action: 'kms:*', Resource: '*' },
      ],
    };
    kms.putKeyPolicy(keys.own, policy);
    expect(await generate(keys.own, 'stranger')).toHaveProperty('ok');
  });

  it('does not ask identity policies when the key policy does not delegate to the account (F-KMS-072)', async () => {
    const { kms, generate, keys } = await setup();
    kms.putKeyPolicy(keys.own, { Version: '2012-10-17', Statement: [] });
    expect(await generate(keys.own, 'owner')).toMatchObject({ error: { __type: 'AccessDeniedException' } });
  });

  it('can be tied to the encryption context (F-KMS-076)', async () => {
    const { kms, generate, keys, principals } = await setup();
    const tiedTo = (arn: string): PolicyDocument => ({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OneFolder',
          Effect: 'Allow',
          Principal: { AWS: principals['s3-admin'].arn },
          Action: 'kms:GenerateDataKey',
          Resource: '*',
          Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': arn } },
        },
      ],
    });
    kms.putKeyPolicy(keys.own, tiedTo('arn:aws:s3:::demo-bucket/*'));
    expect(await generate(keys.own, 's3-admin')).toHaveProperty('ok');
    kms.putKeyPolicy(keys.own, tiedTo('arn:aws:s3:::other-bucket/*'));
    expect(await generate(keys.own, 's3-admin')).toHaveProperty('error');
  });

  it('says in AWS’s words why not', async () => {
    const { generate, decrypt, made, keys, principals } = await setup();
    const { CiphertextBlob } = await made();
    const admin = principals['s3-admin'].arn;
    const stranger = principals.stranger.arn;
    const messageOf = (answer: object) => ('error' in answer ? (answer.error as { message: string }).message : 'none');

    expect(messageOf(await generate(keys.own, 's3-admin'))).toBe(
      `User: ${admin} is not authorized to perform: kms:GenerateDataKey on resource: ${keys.own} because no identity-based policy allows the kms:GenerateDataKey action`,
    );
    expect(messageOf(await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, 's3-admin'))).toBe(
      `User: ${admin} is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action`,
    );
    expect(messageOf(await generate(keys.own, 'stranger'))).toBe(
      `User: ${stranger} is not authorized to perform: kms:GenerateDataKey on resource: ${keys.own} because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    );
    expect(messageOf(await generate(keys.aws, 'owner', 'direct'))).toBe(
      `User: ${principals.owner.arn} is not authorized to perform: kms:GenerateDataKey on resource: ${keys.aws} because no resource-based policy allows the kms:GenerateDataKey action`,
    );
  });

  it('turns away a request that nobody has signed', async () => {
    const { kms, keys } = await setup();
    const response = await kms.handle(kmsRequest('GenerateDataKey', { KeyId: keys.own, KeySpec: 'AES_256' }), LINE);
    expect(response.status).toBe(400);
    expect(parseKmsResponse(response)).toMatchObject({ error: { message: 'Missing Authentication Token' } });
  });
});

describe('key states and names', () => {
  it('a disabled key refuses until it is enabled again (F-ERR-081)', async () => {
    const { kms, generate, record, keys } = await setup();
    kms.disableKey(keys.own);
    const trace = await record(async () => {
      expect(await generate(keys.own)).toEqual({
        error: { __type: 'DisabledException', message: `${keys.own} is disabled.` },
      });
    });
    expect(trace.events[0]).toMatchObject({ verb: 'denied', decision: { settledBy: 'key-state', isAllowed: false } });
    kms.enableKey(keys.own);
    expect(await generate(keys.own)).toHaveProperty('ok');
  });

  it('a key that is pending deletion refuses to open what it has locked (F-ERR-082)', async () => {
    const { kms, made, decrypt, keys } = await setup();
    const { CiphertextBlob } = await made();
    kms.scheduleKeyDeletion(keys.own);
    expect(await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT })).toEqual({
      error: { __type: 'KMSInvalidStateException', message: `${keys.own} is pending deletion.` },
    });
  });

  it('aws/s3 cannot be disabled (F-KMS-042)', async () => {
    const { kms } = await setup();
    expect(() => kms.disableKey('alias/aws/s3')).toThrow('only customer managed keys');
    expect(kms.describeKey('alias/aws/s3').state).toBe('Enabled');
  });

  it('a key answers to its UUID, its ARN and its alias', async () => {
    const { generate, awsKey, ownKey } = await setup();
    for (const named of [
      ownKey.keyId,
      ownKey.arn,
      'alias/aws/s3',
      `arn:aws:kms:${REGION}:${LAB_ACCOUNT_ID}:alias/aws/s3`,
    ]) {
      const arn = named.includes('alias') ? awsKey.arn : ownKey.arn;
      expect(await generate(named)).toMatchObject({ ok: { KeyId: arn } });
    }
  });

  const ZERO = '00000000-0000-0000-0000-000000000000';
  it.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    [ZERO, `Key 'arn:aws:kms:${REGION}:${LAB_ACCOUNT_ID}:key/${ZERO}' does not exist`],
    [`arn:aws:kms:us-east-1:${LAB_ACCOUNT_ID}:key/${ZERO}`, 'Invalid arn us-east-1'],
    ['alias/nothing', `Alias arn:aws:kms:${REGION}:${LAB_ACCOUNT_ID}:alias/nothing is not found.`],
  ])('nobody finds %s (F-ERR-080)', async (named, message) => {
    const { generate } = await setup();
    expect(await generate(named)).toEqual({ error: { __type: 'NotFoundException', message } });
  });

  it('an alias counts in the caller’s own account, whose aws/s3 is made when S3 first asks (F-KSM-033, F-KSM-039)', async () => {
    const { generate, principals, keys } = await setup();
    const first = await generate('alias/aws/s3', 'stranger');
    expect(first).toMatchObject({
      ok: { KeyId: expect.stringContaining(`:${principals.stranger.accountId}:key/`) },
    });
    const again = await generate('alias/aws/s3', 'stranger');
    expect('ok' in again && 'ok' in first && again.ok.KeyId === first.ok.KeyId).toBe(true);
    expect(await generate('alias/aws/s3', 'owner')).toMatchObject({ ok: { KeyId: keys.aws } });
  });
});

describe('what does not fit', () => {
  it.each<[string, string, string, string]>([
    ['an operation that is not offered', 'TrentService.ReplicateKey', '{}', 'UnknownOperationException'],
    ['a body that is no JSON', 'TrentService.Decrypt', '<xml/>', 'SerializationException'],
    ['a body without key', 'TrentService.GenerateDataKey', '{"KeySpec":"AES_256"}', 'ValidationException'],
    ['a blob that is no Base64', 'TrentService.Decrypt', '{"CiphertextBlob":"?"}', 'ValidationException'],
    [
      'a context that is no map',
      'TrentService.Decrypt',
      '{"CiphertextBlob":"AA==","EncryptionContext":[]}',
      'ValidationException',
    ],
    ['a blob that is none of KMS', 'TrentService.Decrypt', '{"CiphertextBlob":"AA=="}', 'InvalidCiphertextException'],
  ])('is refused: %s', async (_, target, body, code) => {
    const { kms, host } = await setup();
    const before = host.ids();
    const response = await kms.handle(
      {
        ...kmsRequest('Decrypt', { CiphertextBlob: '' }, [['authorization', 'owner']]),
        headers: [
          ['x-amz-target', target],
          ['authorization', 'owner'],
        ],
        body: { length: body.length, pieces: () => [new TextEncoder().encode(body)] },
      },
      LINE,
    );
    expect(parseKmsResponse(response)).toMatchObject({ error: { __type: code } });
    expect(host.ids()).toEqual(before);
  });
});

describe('the trace', () => {
  it('shows GenerateDataKey for S3 step by step', async () => {
    const { generate, record, keys } = await setup();
    const trace = await record(() => generate(keys.own));
    expect(stepNames(trace)).toEqual(['kms.authorize', 'kms.makeDataKey', 'kms.wrapDataKey', 'kms.log', 'kms.answer']);
    expect(told(trace)).toEqual([
      'authorized@kms.host',
      'generated@kms.hsm',
      'unwrapped@kms.hsm',
      'derived@kms.hsm',
      'wrapped@kms.hsm',
      'discarded@kms.hsm',
      'discarded@kms.hsm',
      'logged@audit',
      'responded@s3.memory',
      'discarded@kms.hsm',
      'discarded@kms.hsm',
    ]);
    const wrapped = trace.events.find(event => event.verb === 'wrapped');
    const edk = trace.artifacts[wrapped?.outputs[0] ?? ''];
    const callKey = trace.artifacts[edk?.lock?.keyId ?? ''];
    expect(callKey).toMatchObject({ kind: 'derived-key', letter: 'K2′' });
    expect(trace.artifacts[callKey?.derivedFrom?.[0] ?? '']).toMatchObject({
      kind: 'backing-key',
      letter: 'K2',
      isHandle: true,
    });
  });

  it('recognises the data key that Decrypt brings back', async () => {
    const { generate, decrypt, made, record, keys } = await setup();
    const { CiphertextBlob } = await made();
    const upload = await record(() => generate(keys.own));
    const download = await record(() => decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }));
    expect(stepNames(download)).toEqual(['kms.authorize', 'kms.unwrapDataKey', 'kms.log', 'kms.answer']);
    const opened = download.events.filter(event => event.verb === 'unwrapped').at(-1);
    const [edkId = '', callKeyId = ''] = opened?.inputs ?? [];
    expect(download.artifacts[edkId]?.lock).toEqual({
      keyId: callKeyId,
      contents: opened?.outputs,
      algorithm: 'AES-256-GCM',
    });
    expect(upload.artifacts[opened?.outputs[0] ?? '']).toBeUndefined();
  });

  it('of a refusal logs first, then refuses, and makes nothing', async () => {
    const { generate, record, keys } = await setup();
    const trace = await record(() => generate(keys.own, 's3-admin'));
    expect(stepNames(trace)).toEqual(['kms.authorize', 'kms.log', 'kms.refuse']);
    expect(told(trace)).toEqual(['denied@kms.host', 'logged@audit', 'failed@kms.host']);
    expect(trace.events[1]).toMatchObject({ record: { errorCode: 'AccessDeniedException' } });
  });

  it('of a direct call moves the answer to the host, and forgets it when told to', async () => {
    const { kms, ask, record, keys, host } = await setup();
    const before = host.ids();
    const trace = await record(async () => {
      const response = await ask(
        'owner',
        'direct',
        kmsRequest('GenerateDataKey', { KeyId: keys.own, KeySpec: 'AES_256' }),
      );
      expect(host.ids()).toEqual([...before, ...(response.cargo ?? [])]);
      const answer = parseKmsResponse<GenerateDataKeyResponse>(response);
      expect(answer).toMatchObject({ ok: { Plaintext: encodeBlob(host.getBytes(response.cargo?.[0] ?? '')) } });
      kms.forget();
    });
    expect(told(trace).slice(-5)).toEqual([
      'sent@kms.host',
      'discarded@kms.hsm',
      'discarded@kms.hsm',
      'discarded@kms.host',
      'discarded@kms.host',
    ]);
    expect(stepNames(trace).at(-1)).toBe('kms.forget');
    expect(host.ids()).toEqual(before);
  });

  it('shows a blob coming out of the recorded traffic', async () => {
    const { kms, made, record, recorder } = await setup();
    const { CiphertextBlob } = await made();
    const capture = await recorder.identify({
      kind: 'capture',
      name: 'recorded traffic',
      bytes: new Uint8Array([1, 2, 3]),
      isSecret: false,
    });
    const request = kmsRequest('Decrypt', { CiphertextBlob, EncryptionContext: CONTEXT }, [['authorization', 'owner']]);
    const trace = await record(async () => {
      recorder.step('kms.receive', 'kms');
      await kms.handle(request, { ...LINE, arrival: { capture: capture.id, exchange: 0 } });
      kms.forget();
    });
    expect(trace.events[0]).toMatchObject({
      verb: 'received',
      from: 'network',
      place: 'kms.host',
      inputs: [capture.id],
      exchange: 0,
    });
    expect(trace.artifacts[trace.events[0]?.outputs[0] ?? '']).toMatchObject({ kind: 'encrypted-data-key' });
  });

  it.each(['s3', 'direct'] as const)('leaves every place with what its room really holds, by way of %s', async way => {
    const { kms, generate, decrypt, made, record, keys, host, hsm, audit } = await setup();
    const { CiphertextBlob } = await made();
    const trace = await record(async () => {
      await generate(keys.own, 'owner', way);
      kms.forget();
      await decrypt({ CiphertextBlob }, 'owner', way);
      await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, 's3-admin', way);
      await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, 'owner', way);
      kms.forget();
    });
    expect(fold(trace, 'kms.hsm')).toEqual(hsm.ids().sort());
    // S3 itself tells that a blob is at the host; KMS only holds it, so none may be left over.
    expect(fold(trace, 'kms.host')).toEqual(host.ids().sort());
    expect(fold(trace, 'audit')).toEqual(audit.ids().sort());
  });
});

describe('secrets', () => {
  it('are overwritten in every buffer KMS worked with', async () => {
    const { kms, recorder, generate, decrypt, made, keys, host, hsm } = await setup();
    const { CiphertextBlob, Plaintext } = await made();
    await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT });
    await generate(keys.own, 'owner', 'direct');
    await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, 'owner', 'direct');
    kms.forget();
    const secrets: Bytes[] = [];
    for (const content of [...hsm.seen, ...host.seen]) {
      if (!(content instanceof Uint8Array)) continue;
      const isPublic = (await recorder.find(content))?.isSecret === false;
      if (!isPublic) secrets.push(content);
    }
    // Data key and one-time key in the HSM of each of four calls, and the data keys of two answers in the host.
    expect(secrets).toHaveLength(10);
    expect(secrets.every(isAllZero)).toBe(true);
    expect(isAllZero(decodeBlob(Plaintext) as Bytes)).toBe(false);
  });

  it('of KMS keys can be read by nobody, not even while in use', async () => {
    const { made, hsm } = await setup();
    await made();
    const handles = hsm.seen.filter(content => content instanceof CryptoKey);
    expect(handles.map(handle => handle.algorithm.name)).toEqual(['AES-GCM', 'HMAC']);
    for (const handle of handles) {
      expect(handle.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('raw', handle)).rejects.toThrow();
    }
  });

  it('of new KMS keys are overwritten once the platform has them', async () => {
    const { drawn } = await setup();
    // One domain key and two backing keys; ids and nonces are public and stay.
    expect(drawn.filter(bytes => bytes.length === 32 && isAllZero(bytes))).toHaveLength(3);
  });

  it('at rest, the HSM holds the domain key only', async () => {
    const { made, hsm, recorder } = await setup();
    await made();
    expect(hsm.ids().map(id => recorder.get(id).kind)).toEqual(['domain-key']);
  });

  it('never reach the audit log, nor do blobs; the context does (F-CT-013)', async () => {
    const { made, decrypt, audit } = await setup();
    const { CiphertextBlob, Plaintext } = await made();
    await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT });
    await decrypt({ CiphertextBlob, EncryptionContext: CONTEXT }, 's3-admin', 'direct');
    const log = JSON.stringify(audit.entries());
    expect(audit.ids()).toHaveLength(3);
    expect(log).toContain(CONTEXT['aws:s3:arn']);
    expect(log).not.toContain(Plaintext);
    expect(log).not.toContain(CiphertextBlob);
  });
});
