/** What somebody does who encrypts with the AWS Encryption SDK instead: the envelope goes in front of the ciphertext. */
import { concat, uint16 } from '../bytes/bytes.ts';
import { toHex } from '../bytes/text.ts';
import { type Customer, forgetAtClient, holdAtClient } from '../client/customer.ts';
import { parseHeader } from '../client/encryptionSdk/header.ts';
import { sealMessage } from '../client/encryptionSdk/message.ts';
import { SUITE } from '../client/encryptionSdk/suite.ts';
import { getObject, type ObjectAddress } from '../client/s3Client.ts';
import { takeBody } from '../client/s3EncryptionClient/reading.ts';
import { fail, finish } from '../client/transfer.ts';
import { invariant } from '../errors.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { ActEnd } from './bench.ts';

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

/** How messages of the suite that this lesson writes begin: format version 2 and the suite's number. */
const BEGINNING = concat(new Uint8Array([2]), uint16(SUITE.id));

/**
 * What the SDK does with an object of the S3 Encryption Client: it looks for its own header at the beginning, where there is ciphertext.
 * Nothing is decrypted, whoever holds the right wrapping key.
 */
export async function openWithSdk(customer: Customer, address: ObjectAddress): Promise<ActEnd> {
  const { recorder, room } = customer;
  const response = await getObject(customer, 'https', address);
  if (response.status !== 200) return { outcome: finish(customer, response, []) };
  const received = await takeBody(customer, response, address.objectName, 'ciphertext-object');
  recorder.step('client.openMessage', 'client');
  const bytes = room.getBytes(received.id);
  const isMessage = parseHeader(bytes) !== undefined;
  recorder.emit({
    verb: 'compared',
    place: 'client',
    inputs: [received.id],
    what: 'message-header',
    left: { label: 'a message begins with', text: toHex(BEGINNING) },
    right: { label: 'this object begins with', text: toHex(bytes.slice(0, BEGINNING.length)) },
    isEqual: isMessage,
    facts: ['F-KMS-018'],
  });
  invariant(!isMessage, 'what the S3 Encryption Client writes has no header in front of it');
  return {
    outcome: fail(customer, {
      code: 'NotAnEncryptionSdkMessage',
      message: 'The AWS Encryption SDK finds no header of its own in front of the ciphertext.',
      facts: ['F-KMS-018'],
    }),
  };
}
