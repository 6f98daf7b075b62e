import { describe, expect, it } from 'vitest';
import { checkConserved } from '../../scene/conserved.ts';
import { sceneAt } from '../../scene/fold.ts';
import { checkSecret } from '../../scene/secret.ts';
import { type Harness, kmsHarness, REGION } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { seededRandom } from '../crypto/seededRandom.ts';
import { bodyText } from '../http/message.ts';
import type { JsonObject } from '../trace/event.ts';
import { Room } from '../trace/room.ts';
import type { Trace } from '../trace/trace.ts';
import { exchangeOver } from '../wire/line.ts';
import { encodeBlob, type KmsOperation, kmsRequest } from './api.ts';

const TEXT = encodeBlob(utf8('a secret text'));
const RSA = { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' };
const HMAC = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
const OAEP = { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
const DAY = 24 * 3600 * 1000;

/** Calls over the lab's own line, with the trace on from the first byte. */
async function lineHarness() {
  const harness = await kmsHarness();
  const { recorder, kms, host, hsm, audit } = harness;
  const random = seededRandom('line');
  const client = new Room('client');
  const network = new Room('network');
  const rooms = [client, network, host, hsm, audit];
  const call = async (operation: KmsOperation, body: object): Promise<JsonObject> => {
    const request = kmsRequest(operation, body, [
      ['host', `kms.${REGION}.amazonaws.com`],
      ['authorization', 'admin'],
    ]);
    const cargo = await kms.cargoOf(request);
    for (const { id, bytes } of cargo) client.hold(id, bytes);
    const line = { transport: 'https', recorder, random, client, network, sourceIp: '203.0.113.7' } as const;
    const endpoint = {
      actor: 'kms',
      name: 'AWS KMS',
      room: host,
      handle: kms.handle,
      afterSending: kms.forget,
    } as const;
    const ids = cargo.map(({ id }) => id);
    return JSON.parse(bodyText((await exchangeOver(line, endpoint, request, ids)).body) || '{}');
  };
  /** The trace of one call, with what is at the client before the first event. */
  const traced = async (operation: KmsOperation, body: object) => {
    const request = kmsRequest(operation, body);
    for (const { id, bytes } of await kms.cargoOf(request)) client.hold(id, bytes);
    recorder.begin(
      { mode: 'cse-kms', operation: 'upload', transport: 'https', principal: 'owner' },
      { bucketName: 'b', objectName: 'o', objectLength: 1 },
      rooms,
    );
    const answer = await call(operation, body);
    return { answer, trace: recorder.finish({ isOk: true }) as Trace };
  };
  const truth = () => rooms.flatMap(room => room.ids().map(id => `${room.place} ${id}`)).sort();
  return { ...harness, traced, truth };
}

type LineHarness = Awaited<ReturnType<typeof lineHarness>>;
type Prepare = (harness: LineHarness) => Promise<readonly [KmsOperation, object]>;

const keyOf = async ({ makeKey }: Harness, body: object = {}) => (await makeKey(body)).KeyId;
const blobOf = async ({ ask }: Harness, KeyId: string, Plaintext: unknown = TEXT, more: object = {}) =>
  (await ask('Encrypt', { KeyId, Plaintext, ...more })).body.CiphertextBlob;

const CALLS: readonly (readonly [what: string, prepare: Prepare])[] = [
  ['CreateKey', async () => ['CreateKey', {}]],
  ['CreateKey of an RSA key', async () => ['CreateKey', RSA]],
  ['DescribeKey that makes aws/s3', async () => ['DescribeKey', { KeyId: 'alias/aws/s3' }]],
  ['ListKeys', async () => ['ListKeys', {}]],
  ['GenerateDataKey', async h => ['GenerateDataKey', { KeyId: await keyOf(h), KeySpec: 'AES_256' }]],
  [
    'GenerateDataKeyWithoutPlaintext',
    async h => ['GenerateDataKeyWithoutPlaintext', { KeyId: await keyOf(h), NumberOfBytes: 64 }],
  ],
  ['GenerateDataKeyPair', async h => ['GenerateDataKeyPair', { KeyId: await keyOf(h), KeyPairSpec: 'RSA_2048' }]],
  [
    'GenerateDataKeyPairWithoutPlaintext',
    async h => ['GenerateDataKeyPairWithoutPlaintext', { KeyId: await keyOf(h), KeyPairSpec: 'ECC_NIST_P256' }],
  ],
  ['GenerateRandom', async () => ['GenerateRandom', { NumberOfBytes: 24 }]],
  ['Encrypt', async h => ['Encrypt', { KeyId: await keyOf(h), Plaintext: TEXT, EncryptionContext: { a: '1' } }]],
  [
    'Encrypt of a data key',
    async h => {
      const KeyId = await keyOf(h);
      return [
        'Encrypt',
        { KeyId, Plaintext: (await h.ask('GenerateDataKey', { KeyId, KeySpec: 'AES_256' })).body.Plaintext },
      ];
    },
  ],
  ['Encrypt that is refused', async () => ['Encrypt', { KeyId: 'alias/none', Plaintext: TEXT }]],
  ['Encrypt as a dry run', async h => ['Encrypt', { KeyId: await keyOf(h), Plaintext: TEXT, DryRun: true }]],
  ['Encrypt to RSA', async h => ['Encrypt', { KeyId: await keyOf(h, RSA), Plaintext: TEXT, ...OAEP }]],
  ['Decrypt', async h => ['Decrypt', { CiphertextBlob: await blobOf(h, await keyOf(h)) }]],
  [
    'Decrypt with another context',
    async h => ['Decrypt', { CiphertextBlob: await blobOf(h, await keyOf(h)), EncryptionContext: { a: '1' } }],
  ],
  ['Decrypt of a foreign blob', async () => ['Decrypt', { CiphertextBlob: TEXT }]],
  [
    'Decrypt with RSA',
    async h => {
      const KeyId = await keyOf(h, RSA);
      return ['Decrypt', { KeyId, CiphertextBlob: await blobOf(h, KeyId, TEXT, OAEP), ...OAEP }];
    },
  ],
  [
    'Decrypt after a rotation that was due',
    async h => {
      const KeyId = await keyOf(h);
      await h.ask('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
      const CiphertextBlob = await blobOf(h, KeyId);
      h.pass(200 * DAY);
      return ['Decrypt', { CiphertextBlob }];
    },
  ],
  [
    'ReEncrypt',
    async h => ['ReEncrypt', { CiphertextBlob: await blobOf(h, await keyOf(h)), DestinationKeyId: await keyOf(h) }],
  ],
  [
    'ReEncrypt to a key that cannot',
    async h => [
      'ReEncrypt',
      { CiphertextBlob: await blobOf(h, await keyOf(h)), DestinationKeyId: await keyOf(h, HMAC) },
    ],
  ],
  [
    'GenerateMac',
    async h => ['GenerateMac', { KeyId: await keyOf(h, HMAC), Message: TEXT, MacAlgorithm: 'HMAC_SHA_256' }],
  ],
  [
    'VerifyMac',
    async h => {
      const asked = { KeyId: await keyOf(h, HMAC), Message: TEXT, MacAlgorithm: 'HMAC_SHA_256' };
      return ['VerifyMac', { ...asked, Mac: (await h.ask('GenerateMac', asked)).body.Mac }];
    },
  ],
  [
    'VerifyMac of another HMAC',
    async h => ['VerifyMac', { KeyId: await keyOf(h, HMAC), Message: TEXT, MacAlgorithm: 'HMAC_SHA_256', Mac: TEXT }],
  ],
  ['RotateKeyOnDemand', async h => ['RotateKeyOnDemand', { KeyId: await keyOf(h) }]],
  ['DisableKey', async h => ['DisableKey', { KeyId: await keyOf(h) }]],
  ['CreateAlias', async h => ['CreateAlias', { AliasName: 'alias/x', TargetKeyId: await keyOf(h) }]],
  [
    'any call when a key’s time has come',
    async h => {
      await h.ask('ScheduleKeyDeletion', { KeyId: await keyOf(h), PendingWindowInDays: 7 });
      h.pass(8 * DAY);
      return ['ListKeys', {}];
    },
  ],
  [
    'GetParametersForImport',
    async h => [
      'GetParametersForImport',
      {
        KeyId: await keyOf(h, { Origin: 'EXTERNAL' }),
        WrappingAlgorithm: 'RSAES_OAEP_SHA_1',
        WrappingKeySpec: 'RSA_2048',
      },
    ],
  ],
];

describe('the laws of the trace over the line', () => {
  it.each(CALLS)('hold for %s', async (_, prepare) => {
    const harness = await lineHarness();
    const [operation, body] = await prepare(harness);
    const { trace } = await harness.traced(operation, body);
    const { holdings } = sceneAt(trace, trace.events.length);
    const told = Object.entries(holdings).flatMap(([place, ids]) => ids.map(id => `${place} ${id}`));
    expect(told.sort()).toEqual(harness.truth());
    expect(checkConserved(trace)).toEqual([]);
    expect(checkSecret(trace)).toEqual([]);
    expect(trace.steps.every(({ first, end }) => end > first)).toBe(true);
    const left = harness.hsm.ids().map(id => harness.recorder.get(id).kind);
    expect(left).toEqual(['domain-key']);
  });
});

describe('what is logged', () => {
  it.each(CALLS)('has no plaintext, no blob and no token: %s (F-CT-013)', async (_, prepare) => {
    const harness = await lineHarness();
    const [operation, body] = await prepare(harness);
    const { answer } = await harness.traced(operation, body);
    const log = JSON.stringify(harness.records());
    const secretMembers = /Plaintext|Blob|Mac$|Message|Token|PublicKey/;
    for (const [name, value] of [...Object.entries(body), ...Object.entries(answer)]) {
      if (secretMembers.test(name) && typeof value === 'string') expect(log).not.toContain(JSON.stringify(value));
    }
    expect(harness.records().at(-1)).toMatchObject({ eventName: operation, managementEvent: true });
  });
});
