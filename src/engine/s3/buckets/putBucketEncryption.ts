import type { Arrival } from '../arrival.ts';
import { type Bucket, type BucketEncryption, DEFAULT_ENCRYPTION, isSseAlgorithm } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { listOf, namesIn, readDocument, type Tree, textOf, textsOf } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { admitDocument, configure, DONE } from './configuration.ts';

/** PutBucketEncryption (F-BKT-003…008, F-BLK-002, F-BLK-008, F-BLK-009). @throws Refusal */
export async function putBucketEncryption(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:PutEncryptionConfiguration', { facts: ['F-BKT-004', 'F-BLK-010'] });
  await admitDocument(asked, arrival);
  const encryption = parseRule(arrival.bodyBytes, bucket);
  configure(asked, 'encryption', { ...bucket, encryption }, arrival.body?.id, ['F-BLK-008', 'F-BLK-002', 'F-GEN-005']);
  return { response: DONE };
}

/**
 * The rule in the document; what it leaves out keeps its present value (F-BLK-009, F-BLK-012). The key is not looked for
 * (F-BKT-008).
 * @throws Refusal
 */
export function parseRule(bytes: Uint8Array, bucket: Pick<Bucket, 'encryption'>): BucketEncryption {
  const root = readDocument(bytes, 'ServerSideEncryptionConfiguration');
  const rule = root && onlyOne(knownOnly(root, ['Rule']), 'Rule');
  if (!rule || namesIn(rule).length === 0) throw REFUSALS.malformedXml();
  knownOnly(rule, ['ApplyServerSideEncryptionByDefault', 'BucketKeyEnabled', 'BlockedEncryptionTypes']);
  const present = bucket.encryption ?? DEFAULT_ENCRYPTION;
  const byDefault = onlyOne(rule, 'ApplyServerSideEncryptionByDefault');
  return {
    ...(byDefault ? parseDefault(byDefault) : keyOf(present)),
    isBucketKeyEnabled: parseBucketKey(rule, byDefault ? false : present.isBucketKeyEnabled),
    blockedTypes: parseBlockedTypes(rule) ?? present.blockedTypes,
  };
}

type DefaultKey = Pick<BucketEncryption, 'algorithm' | 'kmsKeyId'>;

function parseDefault(byDefault: Tree): DefaultKey {
  knownOnly(byDefault, ['SSEAlgorithm', 'KMSMasterKeyID']);
  const algorithm = onlyText(byDefault, 'SSEAlgorithm');
  if (algorithm === undefined || !isSseAlgorithm(algorithm)) throw REFUSALS.malformedXml();
  const kmsKeyId = onlyText(byDefault, 'KMSMasterKeyID');
  // An empty element names no key.
  if (kmsKeyId === undefined || kmsKeyId === '') return { algorithm };
  if (algorithm === 'AES256') throw REFUSALS.kmsKeyNotApplicable();
  return { algorithm, kmsKeyId };
}

function keyOf({ algorithm, kmsKeyId }: BucketEncryption): DefaultKey {
  return { algorithm, ...(kmsKeyId === undefined ? {} : { kmsKeyId }) };
}

function parseBucketKey(rule: Tree, otherwise: boolean): boolean {
  const text = onlyText(rule, 'BucketKeyEnabled');
  if (text === undefined) return otherwise;
  if (text !== 'true' && text !== 'false') throw REFUSALS.malformedXml();
  return text === 'true';
}

/** `SSE-C` and `NONE` exclude each other; other names there are none (F-BLK-002, F-ERR-063). */
function parseBlockedTypes(rule: Tree): readonly 'SSE-C'[] | undefined {
  const blocked = onlyOne(rule, 'BlockedEncryptionTypes');
  if (!blocked) return undefined;
  const types = textsOf(knownOnly(blocked, ['EncryptionType']), 'EncryptionType');
  if (types.length === 0 || types.length !== listOf(blocked, 'EncryptionType').length) throw REFUSALS.malformedXml();
  if (types.every(type => type === 'NONE')) return [];
  if (types.every(type => type === 'SSE-C')) return ['SSE-C'];
  throw REFUSALS.malformedXml();
}

function knownOnly(tree: Tree, names: readonly string[]): Tree {
  if (!namesIn(tree).every(name => names.includes(name))) throw REFUSALS.malformedXml();
  return tree;
}

function onlyOne(tree: Tree, name: string): Tree | undefined {
  const found = listOf(tree, name);
  if (found.length > 1) throw REFUSALS.malformedXml();
  return found[0];
}

function onlyText(tree: Tree, name: string): string | undefined {
  if (listOf(tree, name).length > 1) throw REFUSALS.malformedXml();
  const text = textOf(tree, name);
  if (text === undefined && onlyOne(tree, name)) throw REFUSALS.malformedXml();
  return text;
}
