/** Re-wrapping: another wrapping key for an object without touching the object (F-CSR-026). */
import type { HttpResponse } from '../../http/message.ts';
import type { Customer } from '../customer.ts';
import { getObject, headObject, type ObjectAddress } from '../s3Client.ts';
import { encodeEnvelope, isSameDescription, parseBinding, parseEnvelope, recognise, splitEntries } from './envelope.ts';
import { type ClientResult, manipulated, refused } from './failures.ts';
import { INSTRUCTION_SUFFIX, parseInstructionFile } from './instructionFile.ts';
import type { AesWrappingKey, RawKeyring, RsaWrappingKey } from './keyring.ts';
import type { ClientOptions } from './options.ts';
import { entriesOf, takeBody } from './reading.ts';
import { canWrap, discardKeys, unwrapDataKey, wrapDataKey } from './wrapping.ts';
import { putInstructionFile } from './writing.ts';

/**
 * Opens the data key in the instruction file with the client's key ring, locks it under `newKey`, and writes the file anew;
 * with a suffix of one's own (RSA only), beside the old one. Content algorithm, IV or message id, and commitment stay as they are: the
 * object is not touched.
 */
export async function reEncryptInstructionFile(
  customer: Customer,
  options: ClientOptions,
  address: ObjectAddress,
  newKey: AesWrappingKey | RsaWrappingKey,
  more: { readonly suffix?: string } = {},
): Promise<ClientResult<HttpResponse>> {
  const { keyring } = options;
  if (keyring.type === 'kms') return refused('NotRewrappable');
  if (!options.writesInstructionFiles) return refused('InstructionFilesNotEnabled');
  const suffix = more.suffix ?? INSTRUCTION_SUFFIX;
  // With an empty one the file would take the place of its object.
  if (suffix === '' || (suffix !== INSTRUCTION_SUFFIX && keyring.type !== 'rsa')) return refused('SuffixNotAllowed');
  const target: RawKeyring =
    'wrappingKey' in newKey ? { type: 'aes', keys: [newKey] } : { type: 'rsa', keys: [newKey] };
  if (target.type !== keyring.type) return refused('NotRewrappable');
  if (!canWrap(customer, target)) return refused('WrappingKeyMissing');

  const head = await headObject(customer, options.transport, address);
  if (head.status !== 200) return { ok: head };
  customer.recorder.step('client.recognise', 'client');
  const onObject = entriesOf(head);
  const recognised = recognise(onObject);
  if (recognised.is === 'tampered') return manipulated('TamperedMetadata');
  // An envelope in the metadata can only be changed together with its object.
  if (recognised.is === 'whole') return refused('InstructionFileMissing');
  const isSplit = recognised.is === 'split';
  if (isSplit && !parseBinding(onObject)) return manipulated('TamperedMetadata');
  const beside = { ...address, objectName: `${address.objectName}${INSTRUCTION_SUFFIX}` };
  const answer = await getObject(customer, options.transport, beside);
  if (answer.status === 404) return refused(isSplit ? 'InstructionFileMissing' : 'NotEncryptedByClient');
  if (answer.status !== 200) return { ok: answer };
  const file = await takeBody(customer, answer, beside.objectName, 'instruction-file');
  customer.recorder.step('client.readInstructions', 'client');
  const parsed = parseInstructionFile(customer.room.getBytes(file.id), isSplit);
  const envelope = parsed && parseEnvelope(parsed.format, { ...(isSplit ? onObject : {}), ...parsed.entries });
  if (!envelope) return manipulated('TamperedInstructionFile');
  // V1 names no wrap, so no other could be written into it.
  if (envelope.format === 'v1') return refused('NotRewrappable');
  if (keyring.type !== envelope.wrap.keyring) return manipulated('WrappingKeyMissing');
  if (envelope.wrap.isLegacy && !options.enableLegacyWrappingAlgorithms) return refused('LegacyNotEnabled');
  const description = newKey.materialDescription ?? {};
  if (isSameDescription(description, envelope.description)) return refused('SameMaterialDescription');

  const { recorder, room } = customer;
  const encryptedDataKey = await recorder.identify({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    bytes: envelope.encryptedDataKey,
    isSecret: false,
  });
  room.hold(encryptedDataKey.id, envelope.encryptedDataKey);
  recorder.emit({
    verb: 'derived',
    place: 'client',
    inputs: [file.id],
    outputs: [encryptedDataKey.id],
    facts: ['F-CSR-026', 'F-FMT-088'],
  });
  const unwrapped = await unwrapDataKey(customer, keyring, envelope, encryptedDataKey);
  if ('failure' in unwrapped) return unwrapped;
  recorder.step('client.rewrapDataKey', 'client');
  const wrapped = await wrapDataKey(customer, target, unwrapped.ok, envelope.suite);
  discardKeys(customer, [unwrapped.ok.id], ['F-CSR-006']);
  const renewed = {
    ...envelope,
    wrap: wrapped.wrap,
    description,
    encryptedDataKey: room.getBytes(wrapped.encryptedDataKey.id),
  };
  const { inFile } = splitEntries(envelope.format, encodeEnvelope(renewed));
  return { ok: await putInstructionFile(customer, options, address, inFile, suffix) };
}
