import { type Bytes, equalBytes } from '../bytes/bytes.ts';
import { toBase64, toHex } from '../bytes/text.ts';
import { hmacWith } from '../crypto/hmac.ts';
import { invariant } from '../errors.ts';
import type { Artifact } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import { admitNamed } from './authorizeCall.ts';
import type { Call } from './call.ts';
import { currentOf, withBackingKey } from './hsm.ts';
import { MAC_ALGORITHMS, specOf } from './keySpecs.ts';
import { arrivedBlob, blob, oneOf, required, unlogged } from './members.ts';
import { operation } from './operation.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import type { KeyRow } from './rows.ts';
import * as use from './useMembers.ts';

const MEMBERS = {
  KeyId: use.keyId,
  MacAlgorithm: required<string>(oneOf(MAC_ALGORITHMS)),
  Message: unlogged(required<true>(arrivedBlob(use.MAX_PLAINTEXT_BYTES))),
  GrantTokens: use.grantTokens,
  DryRun: use.dryRun,
};

const generateMac = operation({
  name: 'GenerateMac',
  members: MEMBERS,
  isReadOnly: true,
  carried: [{ member: 'Message', as: 'message' }],
  quota: 'symmetric',
  async perform(call, { KeyId, MacAlgorithm, GrantTokens, DryRun }) {
    const kmsKey = await admitMac(call, KeyId, MacAlgorithm, GrantTokens);
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    const mac = await computeMac(call, kmsKey);
    const response = { Mac: toBase64(call.parts.hsm.getBytes(mac.id)), MacAlgorithm, KeyId: keyArn };
    return { response, outputs: [mac.id], keyArn };
  },
});

const verifyMac = operation({
  name: 'VerifyMac',
  members: { ...MEMBERS, Mac: unlogged(required<Bytes>(blob(use.MAX_BLOB_BYTES))) },
  isReadOnly: true,
  carried: [
    { member: 'Message', as: 'message' },
    { member: 'Mac', as: 'mac' },
  ],
  quota: 'symmetric',
  async perform(call, { KeyId, MacAlgorithm, Mac, GrantTokens, DryRun }) {
    const { recorder, hsm } = call.parts;
    const kmsKey = await admitMac(call, KeyId, MacAlgorithm, GrantTokens);
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    if (DryRun === true) return { ...REFUSALS.dryRun(), keyArn };
    const mac = await computeMac(call, kmsKey);
    const computed = hsm.getBytes(mac.id);
    const isEqual = equalBytes(computed, Mac);
    recorder.emit({
      verb: 'compared',
      place: 'kms.hsm',
      inputs: [mac.id],
      what: 'checksum',
      left: { label: 'HMAC in the request', text: toHex(Mac) },
      right: { label: 'HMAC of the message', text: toHex(computed) },
      isEqual,
      facts: ['F-KMS-082'],
    });
    discard(recorder, hsm, [mac.id], ['F-KMS-009']);
    if (!isEqual) return { ...REFUSALS.invalidMac(), keyArn };
    return { response: { KeyId: keyArn, MacValid: true, MacAlgorithm }, keyArn };
  },
});

export const macOperations = [generateMac, verifyMac];

async function admitMac(
  call: Call,
  named: string,
  algorithm: string,
  grantTokens: readonly string[] | undefined,
): Promise<KeyRow | (KmsRefusal & { readonly keyArn?: string })> {
  const kmsKey = await admitNamed(call, named, { grantTokens, values: { 'kms:MacAlgorithm': algorithm } });
  if (isRefusal(kmsKey)) return kmsKey;
  const details = specOf(kmsKey.spec);
  const keyArn = kmsKey.arn;
  if (details.family !== 'hmac') return { ...REFUSALS.wrongUsage(keyArn, kmsKey.usage, call.operation), keyArn };
  if (details.mac !== algorithm) return { ...REFUSALS.wrongAlgorithm(algorithm, kmsKey.spec), keyArn };
  return kmsKey;
}

/** The HMAC of the message that arrived, in the HSM. */
async function computeMac({ parts, arrived }: Call, kmsKey: KeyRow): Promise<Artifact> {
  const { recorder, host, hsm } = parts;
  const details = specOf(kmsKey.spec);
  const messageId = arrived.get('Message');
  invariant(details.family === 'hmac' && messageId !== undefined, 'a MAC has a message and an HMAC key');
  recorder.step('kms.mac', 'kms');
  const algorithm = { name: 'HMAC', hash: details.hash };
  const opening = { format: 'raw', algorithm, usages: ['sign'] } as const;
  return withBackingKey(
    parts,
    kmsKey,
    currentOf(kmsKey),
    { ...opening, usages: ['sign'] },
    async (backingKey, handle) => {
      const bytes = await hmacWith(handle, host.getBytes(messageId));
      const mac = await recorder.identify({ kind: 'checksum', name: 'HMAC', bytes, isSecret: false });
      hsm.hold(mac.id, bytes);
      recorder.emit({
        verb: 'hashed',
        place: 'kms.hsm',
        inputs: [messageId, backingKey.id],
        outputs: [mac.id],
        key: backingKey.id,
        algorithm: details.mac,
        facts: ['F-KMS-082'],
      });
      return mac;
    },
  );
}
