import type { Bytes } from '../bytes/bytes.ts';
import type { JsonObject } from '../trace/event.ts';
import { admitNamed } from './authorizeCall.ts';
import type { Call, Outcome } from './call.ts';
import { currentOf } from './hsm.ts';
import { algorithmsOf, SIGNING_ALGORITHMS } from './keySpecs.ts';
import { arrivedBlob, blob, oneOf, required, unlogged, withDefault } from './members.ts';
import { operation } from './operation.ts';
import { isRefusal, REFUSALS } from './refusal.ts';
import * as use from './useMembers.ts';

const getPublicKey = operation({
  name: 'GetPublicKey',
  members: { KeyId: use.keyId, GrantTokens: use.grantTokens },
  isReadOnly: true,
  async perform(call, { KeyId, GrantTokens }) {
    const kmsKey = await admitNamed(call, KeyId, { grantTokens: GrantTokens });
    if (isRefusal(kmsKey)) return kmsKey;
    const { arn: keyArn, spec, usage } = kmsKey;
    const { publicKey } = currentOf(kmsKey);
    if (publicKey === undefined) {
      const sentence = `${keyArn} key spec is ${spec} which is not valid for GetPublicKey.`;
      return { ...REFUSALS.unsupported(sentence, 'F-ERR-089'), keyArn };
    }
    const response: JsonObject = {
      KeyId: keyArn,
      PublicKey: publicKey,
      CustomerMasterKeySpec: spec,
      KeySpec: spec,
      KeyUsage: usage,
      ...algorithmsOf(spec, usage),
    };
    return { response, keyArn };
  },
});

const SIGN_MEMBERS = {
  KeyId: use.keyId,
  MessageType: withDefault<string>(oneOf(['RAW', 'DIGEST', 'EXTERNAL_MU']), 'RAW'),
  SigningAlgorithm: required<string>(oneOf(SIGNING_ALGORITHMS)),
  Message: unlogged(required<true>(arrivedBlob(use.MAX_PLAINTEXT_BYTES))),
  GrantTokens: use.grantTokens,
  DryRun: use.dryRun,
};

const sign = operation({
  name: 'Sign',
  members: SIGN_MEMBERS,
  isReadOnly: true,
  quota: 'cryptographic',
  perform: refuseSigning,
});

const verify = operation({
  name: 'Verify',
  members: { ...SIGN_MEMBERS, Signature: unlogged(required<Bytes>(blob(use.MAX_BLOB_BYTES))) },
  isReadOnly: true,
  quota: 'cryptographic',
  perform: refuseSigning,
});

export const asymmetricOperations = [getPublicKey, sign, verify];

interface SigningRequest {
  readonly KeyId: string;
  readonly SigningAlgorithm: string;
  readonly GrantTokens: readonly string[] | undefined;
  readonly DryRun: boolean | undefined;
}

/** Everything about signing is checked, and then nothing is signed: signatures are no part of this model. */
async function refuseSigning(call: Call, request: SigningRequest): Promise<Outcome> {
  const { KeyId, SigningAlgorithm, GrantTokens, DryRun } = request;
  const kmsKey = await admitNamed(call, KeyId, {
    grantTokens: GrantTokens,
    values: { 'kms:SigningAlgorithm': SigningAlgorithm },
  });
  if (isRefusal(kmsKey)) return kmsKey;
  const { arn: keyArn, spec, usage } = kmsKey;
  if (usage !== 'SIGN_VERIFY') return { ...REFUSALS.wrongUsage(keyArn, usage, call.operation), keyArn };
  const offered = algorithmsOf(spec, usage).SigningAlgorithms ?? [];
  if (!offered.includes(SigningAlgorithm)) return { ...REFUSALS.wrongAlgorithm(SigningAlgorithm, spec), keyArn };
  if (DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
  return { ...REFUSALS.unsupported(`${call.operation} is not supported here.`, 'F-KMS-084'), keyArn };
}
