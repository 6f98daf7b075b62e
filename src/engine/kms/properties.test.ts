import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kmsHarness } from '../../testing/kmsHarness.ts';
import { utf8 } from '../bytes/bytes.ts';
import { textBody } from '../http/message.ts';
import { encodeBlob, KMS_OPERATIONS, kmsRequest } from './api.ts';
import { encodeEncryptionContext } from './encryptionContext.ts';
import { readMembers, required, text, textMap } from './members.ts';
import { isRefusal } from './refusal.ts';

const DAY = 24 * 3600 * 1000;
const LINE = { isSecure: true, sourceIp: '203.0.113.7' };

const context = fc.dictionary(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('__proto__', 'constructor', 'aws:s3:arn', '')),
  fc.string({ unit: 'grapheme' }),
  { maxKeys: 4 },
);
const change = fc.constantFrom('rotate', 'wait', 'disable and enable', 'cancel a deletion', 'other key', 'alias');

describe('whatever happens to a key', () => {
  it('what it has locked opens with the same context, and never with another (F-KMS-051, F-KSM-074)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 8 }),
        context,
        context,
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        async (changes, right, wrong, plaintext) => {
          const { ask, makeKey, pass } = await kmsHarness();
          const { KeyId } = await makeKey();
          await ask('EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
          const Plaintext = encodeBlob(new Uint8Array(plaintext));
          const lock = async () =>
            (await ask('Encrypt', { KeyId, Plaintext, EncryptionContext: right })).body.CiphertextBlob;
          const blobs = [await lock()];
          for (const [i, what] of changes.entries()) {
            if (what === 'rotate') await ask('RotateKeyOnDemand', { KeyId });
            if (what === 'wait') pass(100 * DAY);
            if (what === 'disable and enable') await ask('DisableKey', { KeyId });
            if (what === 'cancel a deletion') {
              await ask('ScheduleKeyDeletion', { KeyId });
              await ask('CancelKeyDeletion', { KeyId });
            }
            if (what === 'other key') await makeKey();
            if (what === 'alias') await ask('CreateAlias', { AliasName: `alias/${i}`, TargetKeyId: KeyId });
            await ask('EnableKey', { KeyId });
            blobs.push(await lock());
          }
          const isSame = encodeBlob(encodeEncryptionContext(right)) === encodeBlob(encodeEncryptionContext(wrong));
          for (const CiphertextBlob of blobs) {
            expect((await ask('Decrypt', { CiphertextBlob, EncryptionContext: right })).body.Plaintext).toBe(Plaintext);
            const other = await ask('Decrypt', { CiphertextBlob, EncryptionContext: wrong });
            expect(other.body.__type).toBe(isSame ? undefined : 'InvalidCiphertextException');
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('hostile requests', () => {
  const MEMBERS = [
    'KeyId',
    'Plaintext',
    'CiphertextBlob',
    'EncryptionContext',
    'GrantTokens',
    'Tags',
    'Policy',
    'Limit',
    'Marker',
    'NumberOfBytes',
    'AliasName',
    'TargetKeyId',
    'GranteePrincipal',
    'Operations',
    'Constraints',
    'Message',
    'Mac',
    'MacAlgorithm',
    'ImportToken',
    'EncryptedKeyMaterial',
    'ValidTo',
    'DestinationKeyId',
    'Origin',
    'KeyUsage',
    'MultiRegion',
    'Description',
    '__proto__',
    'constructor',
  ];
  const value = (keyArn: string) =>
    fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        keyArn,
        'AA==',
        'alias/aws/s3',
        1e308,
        -1,
        '\ud800',
        '',
        'x'.repeat(5000),
        'HMAC_SHA_256',
      ),
      fc.constantFrom<unknown>(['Encrypt'], [{}], { a: 'b' }, { __proto__: 1 }, 'ECC_NIST_P256', true, null),
    );

  it('get an answer of KMS and never an exception, and leave nothing behind', async () => {
    const { kms, ask, makeKey, host, hsm } = await kmsHarness();
    const { Arn } = await makeKey();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KMS_OPERATIONS.filter(name => !/Pair|ForImport/.test(name))),
        fc.array(fc.tuple(fc.constantFrom(...MEMBERS), value(Arn)), { maxLength: 6 }),
        async (operation, members) => {
          const body = Object.fromEntries([['KeyId', Arn], ...members]);
          const { status, body: answer } = await ask(operation, body);
          expect([200, 400]).toContain(status);
          if (status === 400) expect(answer.__type).toMatch(/Exception$/);
          expect(hsm.ids()).toHaveLength(1);
          expect(host.ids().length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 600 },
    );
    expect(kms.describeKey(Arn).arn).toBe(Arn);
  });

  it('that are no JSON, or JSON of another shape, are refused', async () => {
    const { kms } = await kmsHarness();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constant('['.repeat(20_000)), fc.json()),
        fc.constantFrom(...KMS_OPERATIONS),
        async (bodyText, operation) => {
          const request = { ...kmsRequest(operation, {}, [['authorization', 'reader']]), body: textBody(bodyText) };
          const { status } = await kms.handle(request, LINE);
          kms.forget();
          expect(status).toBe(400);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are read in a time that grows with their length only', () => {
    const shape = { A: required<string>(text({ pattern: /^[a-zA-Z0-9:/_-]+$/ })), B: required(textMap(0xffff)) };
    const body = {
      A: `${'a'.repeat(200_000)}!`,
      B: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${i}`, 'v'])),
    };
    expect(isRefusal(readMembers(shape, body))).toBe(true);
  });

  it('bind their context by its UTF-8 bytes: too long a value is refused', async () => {
    const { ask, makeKey } = await kmsHarness();
    const { KeyId } = await makeKey();
    const Plaintext = encodeBlob(utf8('x'));
    const { body } = await ask('Encrypt', { KeyId, Plaintext, EncryptionContext: { a: 'ü'.repeat(0x8000) } });
    expect(body.__type).toBe('ValidationException');
  });
});
