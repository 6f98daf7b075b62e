/** Key material of the customer's own: a wrapping key for one import, the import, and its deletion (F-KMS-063). */

import { type Bytes, concat, uint32, utf8, zeroize } from '../bytes/bytes.ts';
import { fromHex, toBase64, toHex } from '../bytes/text.ts';
import { sha256 } from '../crypto/sha2.ts';
import { orDecryptionFailed, subtle } from '../crypto/subtle.ts';
import { EngineError } from '../errors.ts';
import { change } from './administer.ts';
import { ALIVE, admitNamed, type Wish } from './authorizeCall.ts';
import { IV_BYTES } from './blob.ts';
import type { Call } from './call.ts';
import { sealPrivateKey } from './hsm.ts';
import { dropTokens, makeKeyPair, makeMaterial } from './makeMaterial.ts';
import { blob, moment, oneOf, optional, required, text, unlogged, withDefault } from './members.ts';
import { seconds } from './metadata.ts';
import { operation } from './operation.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import { DAY } from './rotate.ts';
import type { KeyRow } from './rows.ts';
import * as use from './useMembers.ts';

const HASHES = { RSAES_OAEP_SHA_1: 'SHA-1', RSAES_OAEP_SHA_256: 'SHA-256' } as const;
type Wrapping = keyof typeof HASHES;
const WRAPPINGS = [
  'RSAES_OAEP_SHA_1',
  'RSAES_OAEP_SHA_256',
  'RSA_AES_KEY_WRAP_SHA_1',
  'RSA_AES_KEY_WRAP_SHA_256',
  'RSAES_PKCS1_V1_5',
] as const;
const WRAPPING_SPECS = ['RSA_2048', 'RSA_3072', 'RSA_4096'] as const;
const TOKEN_HEAD_BYTES = 5;
const MATERIAL_BYTES = 32;
const MAX_TOKEN_BYTES = 6144;

const getParametersForImport = operation({
  name: 'GetParametersForImport',
  members: {
    KeyId: use.keyId,
    WrappingAlgorithm: required<string>(oneOf(WRAPPINGS)),
    WrappingKeySpec: required<(typeof WRAPPING_SPECS)[number]>(oneOf(WRAPPING_SPECS)),
  },
  isReadOnly: true,
  async perform(call, { KeyId, WrappingAlgorithm, WrappingKeySpec }) {
    const kmsKey = await admitExternal(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (!isWrapping(WrappingAlgorithm)) {
      return { ...REFUSALS.unsupported(`${WrappingAlgorithm} is not supported here.`, 'F-KMS-063'), keyArn };
    }
    const { parts } = call;
    const validTo = Math.ceil((call.now + DAY) / 1000);
    const pair = await makeKeyPair(WrappingKeySpec);
    const head = concat(new Uint8Array([WrappingAlgorithm === 'RSAES_OAEP_SHA_1' ? 1 : 2]), uint32(validTo));
    const iv = parts.random.bytes(IV_BYTES);
    // KMS keeps nothing of an import that may never come: the token itself holds the private half, sealed.
    const sealed = await sealPrivateKey(parts, parts.domainKeyId, keyArn, aadOf(head), iv, pair.privateKey);
    const spki = new Uint8Array(await subtle().exportKey('spki', pair.publicKey));
    const response = {
      KeyId: keyArn,
      ImportToken: toBase64(concat(head, sealed)),
      PublicKey: toBase64(spki),
      ParametersValidTo: validTo,
    };
    return { response, keyArn };
  },
});

const importKeyMaterial = operation({
  name: 'ImportKeyMaterial',
  members: {
    KeyId: use.keyId,
    ImportToken: unlogged(required<Bytes>(blob(MAX_TOKEN_BYTES))),
    EncryptedKeyMaterial: unlogged(required<Bytes>(blob(6144))),
    ValidTo: optional<number>(moment),
    ExpirationModel: withDefault<string>(
      oneOf(['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE']),
      'KEY_MATERIAL_EXPIRES',
    ),
  },
  async perform(call, { KeyId, ImportToken, EncryptedKeyMaterial, ValidTo, ExpirationModel }) {
    const kmsKey = await admitExternal(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const isExpiring = ExpirationModel === 'KEY_MATERIAL_EXPIRES';
    if (isExpiring && ValidTo === undefined) {
      const sentence = 'A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES';
      return { ...REFUSALS.invalid(sentence, 'F-KMS-063'), keyArn };
    }
    if (isExpiring && ValidTo !== undefined && ValidTo <= call.now) {
      return { ...REFUSALS.invalid('The validTo date must be in the future', 'F-KMS-063'), keyArn };
    }
    const raw = await openImport(call, keyArn, ImportToken, EncryptedKeyMaterial);
    if (!(raw instanceof Uint8Array)) return { ...raw, keyArn };
    const imported = await recognise(call, kmsKey, raw);
    if (isRefusal(imported)) return { ...imported, keyArn };

    const { parts, now } = call;
    parts.recorder.step('kms.administer', 'kms');
    const former = kmsKey.materials;
    const { materialId } = imported;
    const wish = { keyArn, spec: kmsKey.spec, since: now, imported: { raw, materialId } };
    const material = former[0] ?? (await makeMaterial(parts, wish));
    zeroize(raw);
    const { validTo: _, ...rest } = kmsKey;
    change(
      call,
      {
        ...rest,
        imported,
        materials: [material],
        state: kmsKey.state === 'PendingImport' ? 'Enabled' : kmsKey.state,
        ...(isExpiring && ValidTo !== undefined ? { validTo: ValidTo } : {}),
      },
      'F-KMS-063',
    );
    return { response: { KeyId: keyArn, KeyMaterialId: materialId }, keyArn };
  },
});

const deleteImportedKeyMaterial = operation({
  name: 'DeleteImportedKeyMaterial',
  members: { KeyId: use.keyId, KeyMaterialId: optional<string>(text({ pattern: /^[a-f0-9]{64}$/ })) },
  async perform(call, { KeyId, KeyMaterialId }) {
    const kmsKey = await admitExternal(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const { validTo: _, ...rest } = kmsKey;
    const gone = kmsKey.materials;
    change(call, { ...rest, materials: [], state: 'PendingImport' }, 'F-KMS-063');
    dropTokens(call.parts, gone);
    const materialId = KeyMaterialId ?? gone[0]?.id;
    return { response: { KeyId: keyArn, ...(materialId === undefined ? {} : { KeyMaterialId: materialId }) }, keyArn };
  },
});

export const importOperations = [getParametersForImport, importKeyMaterial, deleteImportedKeyMaterial];

async function admitExternal(
  call: Call,
  named: string,
  wish: Wish,
): Promise<KeyRow | (KmsRefusal & { readonly keyArn?: string })> {
  const kmsKey = await admitNamed(call, named, wish);
  if (isRefusal(kmsKey) || kmsKey.origin === 'EXTERNAL') return kmsKey;
  return { ...REFUSALS.wrongOrigin(kmsKey.arn, kmsKey.origin), keyArn: kmsKey.arn };
}

function isWrapping(algorithm: string): algorithm is Wrapping {
  return Object.hasOwn(HASHES, algorithm);
}

function aadOf(head: Bytes): string {
  return `import ${toHex(head)}`;
}

/** The material that was encrypted to the wrapping key of this token. */
async function openImport(
  { parts, now }: Call,
  keyArn: string,
  token: Bytes,
  encrypted: Bytes,
): Promise<Bytes | KmsRefusal> {
  const head = token.slice(0, TOKEN_HEAD_BYTES);
  const [kind = 0, ...time] = head;
  if (token.length <= TOKEN_HEAD_BYTES + IV_BYTES) return REFUSALS.invalidImportToken();
  const hash = kind === 1 ? HASHES.RSAES_OAEP_SHA_1 : HASHES.RSAES_OAEP_SHA_256;
  const sealed = token.slice(TOKEN_HEAD_BYTES);
  const parameters = {
    name: 'AES-GCM',
    iv: sealed.slice(0, IV_BYTES),
    additionalData: utf8(`${keyArn} ${aadOf(head)}`),
    tagLength: 128,
  };
  const domainKey = parts.hsm.getKey(parts.domainKeyId);
  const wrappingKey = await orUndefined(() =>
    subtle().unwrapKey('pkcs8', sealed.slice(IV_BYTES), domainKey, parameters, { name: 'RSA-OAEP', hash }, false, [
      'decrypt',
    ]),
  );
  if (!wrappingKey) return REFUSALS.invalidImportToken();
  const validTo = time.reduce((sum, byte) => sum * 256 + byte, 0);
  if (validTo < seconds(now)) return REFUSALS.expiredImportToken();
  const raw = await orUndefined(
    async () => new Uint8Array(await subtle().decrypt({ name: 'RSA-OAEP' }, wrappingKey, encrypted)),
  );
  return raw?.length === MATERIAL_BYTES ? raw : REFUSALS.invalidCiphertext();
}

/** A key takes only the material it had before, if it ever had some. */
async function recognise(
  { parts }: Call,
  kmsKey: KeyRow,
  raw: Bytes,
): Promise<NonNullable<KeyRow['imported']> | KmsRefusal> {
  const known = kmsKey.imported;
  const salt = known ? fromHex(known.salt) : parts.random.bytes(16);
  const digest = toHex(await sha256(concat(salt, raw)));
  if (known) return known.digest === digest ? known : REFUSALS.incorrectMaterial();
  return { materialId: toHex(parts.random.bytes(32)), salt: toHex(salt), digest };
}

async function orUndefined<T>(opening: () => Promise<T>): Promise<T | undefined> {
  try {
    return await orDecryptionFailed(opening);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'decryption-failed') return undefined;
    throw error;
  }
}
