import { toBase64 } from '../bytes/text.ts';
import { authorizeInAccount } from './authorizeCall.ts';
import { integer, optional, text } from './members.ts';
import { operation } from './operation.ts';
import { REFUSALS } from './refusal.ts';

/** Random bytes out of the HSM, under no key (F-KMS-010). */
export const generateRandom = operation({
  name: 'GenerateRandom',
  members: {
    NumberOfBytes: optional<number>(integer(1, 1024)),
    CustomKeyStoreId: optional<string>(text({ min: 1, max: 64 })),
  },
  isReadOnly: true,
  quota: 'symmetric',
  async perform(call, { NumberOfBytes, CustomKeyStoreId }) {
    const { recorder, random, hsm } = call.parts;
    if (NumberOfBytes === undefined) return REFUSALS.invalid('NumberOfBytes is required.');
    if (CustomKeyStoreId !== undefined)
      return REFUSALS.unsupported('Custom key stores are not supported here.', 'F-KMS-064');
    const refusal = authorizeInAccount(call);
    if (refusal) return refusal;
    recorder.step('kms.random', 'kms');
    const bytes = random.bytes(NumberOfBytes);
    const artifact = await recorder.identify({ kind: 'nonce', name: 'random bytes', bytes, isSecret: true });
    hsm.hold(artifact.id, bytes);
    recorder.emit({
      verb: 'generated',
      place: 'kms.hsm',
      outputs: [artifact.id],
      algorithm: `${8 * NumberOfBytes} random bits`,
      facts: ['F-KMS-010'],
    });
    return { response: { Plaintext: toBase64(bytes) }, outputs: [artifact.id] };
  },
});
