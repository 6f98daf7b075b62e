import type { Bytes } from '../bytes/bytes.ts';
import { toBase64 } from '../bytes/text.ts';
import { subtle } from '../crypto/subtle.ts';
import type { Artifact } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { admitNamed } from './authorizeCall.ts';
import type { Call, Outcome } from './call.ts';
import { currentOf } from './hsm.ts';
import { isModelled, type KeySpec, specOf } from './keySpecs.ts';
import { makeKeyPair } from './makeMaterial.ts';
import { oneOf, type Request, required } from './members.ts';
import { operation } from './operation.ts';
import { isRefusal, REFUSALS } from './refusal.ts';
import { seal } from './sealing.ts';
import * as use from './useMembers.ts';

const PAIR_SPECS = [
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'ECC_NIST_P256',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'SM2',
  'ECC_NIST_EDWARDS25519',
] as const;

const MEMBERS = {
  KeyId: use.keyId,
  KeyPairSpec: required<string>(oneOf(PAIR_SPECS)),
  EncryptionContext: use.context,
  GrantTokens: use.grantTokens,
  DryRun: use.dryRun,
};

export const dataKeyPairOperations = [
  operation({
    name: 'GenerateDataKeyPair',
    members: MEMBERS,
    isReadOnly: true,
    quota: ({ KeyPairSpec }) => `GenerateDataKeyPair ${KeyPairSpec}`,
    perform: (call, request) => generateDataKeyPair(call, request, true),
  }),
  operation({
    name: 'GenerateDataKeyPairWithoutPlaintext',
    members: MEMBERS,
    isReadOnly: true,
    quota: ({ KeyPairSpec }) => `GenerateDataKeyPair ${KeyPairSpec}`,
    perform: (call, request) => generateDataKeyPair(call, request, false),
  }),
];

/** Makes a key pair, and locks its private half under the KMS key; the public half is for everybody. */
async function generateDataKeyPair(
  call: Call,
  request: Request<typeof MEMBERS>,
  withPlaintext: boolean,
): Promise<Outcome> {
  const { recorder, hsm } = call.parts;
  const { KeyPairSpec, EncryptionContext: context = {} } = request;
  const kmsKey = await admitNamed(call, request.KeyId, {
    context,
    grantTokens: request.GrantTokens,
    values: { 'kms:DataKeyPairSpec': KeyPairSpec },
  });
  if (isRefusal(kmsKey)) return kmsKey;
  const keyArn = kmsKey.arn;
  if (kmsKey.spec !== 'SYMMETRIC_DEFAULT') {
    return { ...REFUSALS.wrongUsage(keyArn, kmsKey.usage, call.operation), keyArn };
  }
  if (!isModelled(KeyPairSpec)) {
    return { ...REFUSALS.unsupported(`KeyPairSpec ${KeyPairSpec} is not supported here.`, 'F-KMS-084'), keyArn };
  }
  if (request.DryRun === true) return { ...REFUSALS.dryRun(), keyArn };

  const pair = await makePair(call, KeyPairSpec);
  recorder.step('kms.wrapDataKey', 'kms');
  const privateBytes = hsm.getBytes(pair.privateKey.id);
  const sealed = await seal(call.parts, kmsKey, context, {
    plaintextId: pair.privateKey.id,
    plaintext: privateBytes,
    facts: ['F-KMS-008'],
  });
  const response = {
    PrivateKeyCiphertextBlob: toBase64(hsm.getBytes(sealed.id)),
    ...(withPlaintext ? { PrivateKeyPlaintext: toBase64(privateBytes) } : {}),
    PublicKey: toBase64(hsm.getBytes(pair.publicKey.id)),
    KeyId: keyArn,
    KeyPairSpec,
    KeyMaterialId: currentOf(kmsKey).id,
  };
  if (!withPlaintext) discard(recorder, hsm, [pair.privateKey.id], ['F-KMS-009']);
  return {
    response,
    outputs: [...(withPlaintext ? [pair.privateKey.id] : []), sealed.id, pair.publicKey.id],
    keyArn,
  };
}

/** Both halves, in the HSM: PKCS#8 and SubjectPublicKeyInfo. */
async function makePair(call: Call, spec: KeySpec): Promise<{ privateKey: Artifact; publicKey: Artifact }> {
  const { recorder, hsm } = call.parts;
  recorder.step('kms.makeKeyPair', 'kms');
  const pair = await makeKeyPair(spec);
  const pkcs8: Bytes = new Uint8Array(await subtle().exportKey('pkcs8', pair.privateKey));
  const spki: Bytes = new Uint8Array(await subtle().exportKey('spki', pair.publicKey));
  const privateKey = await recorder.identify({ kind: 'data-key', name: 'private key', bytes: pkcs8, isSecret: true });
  const publicKey = await recorder.identify({
    kind: 'public-key',
    name: 'public key',
    bytes: spki,
    isSecret: false,
    ...(privateKey.letter === undefined ? {} : { letter: privateKey.letter }),
  });
  hsm.hold(privateKey.id, pkcs8);
  hsm.hold(publicKey.id, spki);
  const details = specOf(spec);
  recorder.emit({
    verb: 'generated',
    place: 'kms.hsm',
    outputs: [privateKey.id, publicKey.id],
    algorithm: details.family === 'ecc' ? `ECC ${details.curve}` : spec.replace('_', ' '),
    facts: ['F-KMS-084'],
  });
  return { privateKey, publicKey };
}
