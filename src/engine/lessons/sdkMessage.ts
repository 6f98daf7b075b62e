/** What somebody does who encrypts with the AWS Encryption SDK instead: the envelope goes in front of the ciphertext. */
import { type Customer, forgetAtClient, holdAtClient } from '../client/customer.ts';
import { sealMessage } from '../client/encryptionSdk/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';

/** Encrypts an artifact of the customer's room into a message of the SDK, under a wrapping key of theirs. */
export async function sealSdkMessage(customer: Customer, wrappingKey: ArtifactId, object: Artifact): Promise<Artifact> {
  const { recorder, room, random } = customer;
  recorder.step('client.sealMessage', 'client');
  const dataKeyBytes = random.bytes(32);
  const dataKey = await recorder.identify({
    kind: 'data-key',
    name: 'data key',
    bytes: dataKeyBytes,
    isSecret: true,
  });
  holdAtClient(customer, dataKey, dataKeyBytes);
  recorder.emit({ verb: 'generated', place: 'client', outputs: [dataKey.id], algorithm: '256 random bits', facts: [] });
  const { bytes, fields } = await sealMessage({
    wrappingKey: room.getBytes(wrappingKey),
    keyNamespace: 'envelope-lab',
    keyName: 'wrapping-key',
    encryptionContext: {},
    plaintext: room.getBytes(object.id),
    random,
    dataKey: dataKeyBytes,
  });
  const message = await recorder.identify({
    kind: 'ciphertext-object',
    name: object.name,
    bytes,
    isSecret: false,
    fields,
    lock: { keyId: dataKey.id, contents: [object.id], algorithm: 'AWS Encryption SDK, AES-256-GCM' },
  });
  holdAtClient(customer, message, bytes);
  recorder.emit({
    verb: 'encrypted',
    place: 'client',
    inputs: [object.id, dataKey.id, wrappingKey],
    outputs: [message.id],
    key: dataKey.id,
    algorithm: 'AES-256-GCM',
    facts: ['F-KMS-018'],
  });
  recorder.step('client.discardKeys', 'client');
  forgetAtClient(customer, [dataKey.id]);
  return message;
}
