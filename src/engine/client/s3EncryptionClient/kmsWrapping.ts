/** Data keys from KMS, by the client's own calls with its own permissions (F-CSK-001, F-CSK-012, F-CSK-020). */
import { toBase64 } from '../../bytes/text.ts';
import type { Artifact } from '../../trace/artifact.ts';
import type { Customer } from '../customer.ts';
import { decrypt, generateDataKey } from '../kmsClient.ts';
import { type Envelope, isSameDescription, type MaterialDescription } from './envelope.ts';
import { type ClientResult, manipulated, refused } from './failures.ts';
import { type ContentSuite, WRAPS } from './suites.ts';
import { discardKeys, type MadeDataKey } from './wrapping.ts';

/** Its value names the content suite (F-CSK-022, F-FMT-082). */
const SUITE_NAME = 'aws:x-amz-cek-alg';
/** Pairs of the stored context that are the client's own business (F-CSK-011). */
const RESERVED_NAMES = ['kms_cmk_id', SUITE_NAME];
/** Answers of KMS to a blob or context that is not what it gave out: from the outside all the same. */
const UNREADABLE = [
  'InvalidCiphertextException',
  'IncorrectKeyException',
  'NotFoundException',
  'ValidationException',
  'SerializationException',
];

/** GenerateDataKey under the ring's key; the context binds the suite, not the object's name (F-CSK-023). */
export async function dataKeyFromKms(
  customer: Customer,
  kmsKeyId: string | undefined,
  suite: ContentSuite,
  callersContext: MaterialDescription,
): Promise<ClientResult<MadeDataKey & { readonly description: MaterialDescription }>> {
  if (kmsKeyId === undefined) return refused('KeyringOnlyDecrypts');
  if (Object.hasOwn(callersContext, SUITE_NAME)) return refused('ReservedContextName');
  const description = { ...callersContext, [SUITE_NAME]: suite.name };
  customer.recorder.step('client.askKms', 'client');
  const answer = await generateDataKey(customer, {
    KeyId: kmsKeyId,
    KeySpec: 'AES_256',
    EncryptionContext: description,
  });
  if ('error' in answer) {
    return { failure: { code: answer.error.__type, message: answer.error.message, facts: ['F-CSK-020'] } };
  }
  const { dataKey, encryptedDataKey } = answer.ok;
  return { ok: { dataKey, encryptedDataKey, wrap: WRAPS['kms+context'], description } };
}

/**
 * Decrypt with the full stored context, after that of the caller was compared with it (F-CSK-011, F-CSK-012). What KMS says of
 * permissions and key states goes on as it is; what it says of the blob is one failure.
 */
export async function unwrapByKms(
  customer: Customer,
  kmsKeyId: string | undefined,
  envelope: Envelope,
  encryptedDataKey: Artifact,
  callersContext: MaterialDescription,
): Promise<ClientResult<Artifact>> {
  const stored = Object.fromEntries(
    Object.entries(envelope.description).filter(([name]) => !RESERVED_NAMES.includes(name)),
  );
  const isSame = envelope.wrap.name !== 'kms+context' || isSameDescription(stored, callersContext);
  const isGiven = Object.keys({ ...stored, ...callersContext }).length > 0;
  if (isGiven && envelope.wrap.name === 'kms+context') {
    customer.recorder.emit({
      verb: 'compared',
      place: 'client',
      what: 'encryption-context',
      left: { label: 'stored with the object', text: JSON.stringify(stored) },
      right: { label: 'given by the caller', text: JSON.stringify(callersContext) },
      isEqual: isSame,
      facts: isSame ? ['F-CSK-011'] : ['F-CSK-011', 'F-ERR-106'],
    });
  }
  if (!isSame) return manipulated('EncryptionContextMismatch');
  customer.recorder.step('client.askKms', 'client');
  const answer = await decrypt(
    customer,
    {
      CiphertextBlob: toBase64(customer.room.getBytes(encryptedDataKey.id)),
      ...(kmsKeyId === undefined ? {} : { KeyId: kmsKeyId }),
      ...(Object.keys(envelope.description).length > 0 ? { EncryptionContext: envelope.description } : {}),
    },
    encryptedDataKey,
  );
  if ('ok' in answer) {
    const isKey = answer.ok.byteLength === 32;
    if (isKey && isForSuite(customer, envelope)) return answer;
    discardKeys(customer, [answer.ok.id]);
    return manipulated(isKey ? 'ContentAlgorithmMismatch' : 'UnableToUnwrapDataKey');
  }
  if (UNREADABLE.includes(answer.error.__type)) return manipulated('UnableToUnwrapDataKey');
  return { failure: { code: answer.error.__type, message: answer.error.message, facts: ['F-CSK-020', 'F-CSK-012'] } };
}

/**
 * Whether the context that KMS has just verified names the content algorithm of the object; the wrap of old names none (F-FMT-053).
 * Otherwise somebody could have GCM opened as CBC, by a client that still reads that.
 */
function isForSuite({ recorder }: Customer, { description, suite, wrap }: Envelope): boolean {
  const bound = Object.hasOwn(description, SUITE_NAME) ? description[SUITE_NAME] : undefined;
  const expected = wrap.name === 'kms+context' ? suite.name : undefined;
  if (bound === expected) return true;
  recorder.emit({
    verb: 'compared',
    place: 'client',
    what: 'content-algorithm',
    left: { label: 'content algorithm of the object', text: expected ?? 'none' },
    right: { label: 'content algorithm in the encryption context', text: bound ?? 'none' },
    isEqual: false,
    facts: ['F-CSK-022', 'F-FMT-082'],
  });
  return false;
}
