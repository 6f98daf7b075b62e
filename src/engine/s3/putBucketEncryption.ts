import { textOf } from '../bytes/bytes.ts';
import { sha256 } from '../crypto/sha2.ts';
import { EMPTY_BODY, type HttpResponse } from '../http/message.ts';
import type { Arrival } from './arrival.ts';
import { type Bucket, type BucketEncryption, DEFAULT_ENCRYPTION, isSseAlgorithm } from './bucket.ts';
import { refuseOtherBody } from './checkHash.ts';
import { forget, type S3Request } from './context.ts';
import { authorize } from './gate.ts';
import { logManagementEvent } from './log.ts';
import { workingMemory } from './putObject.ts';
import { REFUSALS } from './refusal.ts';
import { parseXml } from './xml.ts';

type Tree = Readonly<Record<string, unknown>>;

/** PutBucketEncryption (F-BKT-003…008, F-BLK-002, F-BLK-008, F-BLK-009). @throws Refusal */
export async function putBucketEncryption(asked: S3Request, arrival: Arrival): Promise<HttpResponse> {
  const { s3, bucket } = asked;
  authorize(asked, 's3:PutEncryptionConfiguration', ['F-BKT-004', 'F-BLK-010']);
  refuseOtherBody(asked.request, await sha256(arrival.bodyBytes));
  const rule = parseRule(textOf(arrival.bodyBytes), bucket);
  s3.recorder.step('s3.configure', 's3');
  bucket.encryption = rule;
  if (arrival.body) {
    const id = arrival.body.id;
    s3.disk.hold(id, s3.memory.getBytes(id));
    s3.recorder.emit({
      verb: 'stored',
      from: 's3.memory',
      place: 's3.disk',
      outputs: [id],
      api: 'PutBucketEncryption',
      facts: ['F-BLK-008', 'F-BLK-002', 'F-GEN-005'],
    });
  }
  forget(s3, workingMemory(asked));
  await logManagementEvent(asked, 'PutBucketEncryption');
  s3.recorder.step('s3.answer', 's3');
  return { status: 200, headers: [], body: EMPTY_BODY };
}

/** The rule in the document; what it leaves out keeps its present value (F-BLK-009, F-BLK-012). @throws Refusal */
export function parseRule(text: string, bucket: Pick<Bucket, 'encryption'>): BucketEncryption {
  const root = asTree(parseXml(text)?.ServerSideEncryptionConfiguration);
  const rules: unknown = root?.Rule;
  const [only, ...others] = Array.isArray(rules) ? rules : [];
  const rule = asTree(only);
  if (!rule || others.length > 0) throw REFUSALS.malformedXml();
  const present = bucket.encryption ?? DEFAULT_ENCRYPTION;
  const byDefault = asTree(rule.ApplyServerSideEncryptionByDefault);
  if (!byDefault && rule.ApplyServerSideEncryptionByDefault !== undefined) throw REFUSALS.malformedXml();
  const algorithm = byDefault?.SSEAlgorithm ?? present.algorithm;
  if (typeof algorithm !== 'string' || !isSseAlgorithm(algorithm)) throw REFUSALS.malformedXml();
  const kmsKeyId = byDefault ? byDefault.KMSMasterKeyID : present.kmsKeyId;
  if (kmsKeyId !== undefined && typeof kmsKeyId !== 'string') throw REFUSALS.malformedXml();
  if (kmsKeyId !== undefined && algorithm === 'AES256') throw REFUSALS.kmsKeyNotApplicable();
  return {
    algorithm,
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    isBucketKeyEnabled: rule.BucketKeyEnabled === 'true',
    blockedTypes: parseBlockedTypes(rule.BlockedEncryptionTypes, present),
  };
}

function parseBlockedTypes(element: unknown, present: BucketEncryption): readonly 'SSE-C'[] {
  if (element === undefined) return present.blockedTypes;
  const types: unknown = asTree(element)?.EncryptionType;
  if (!Array.isArray(types) || types.length === 0) throw REFUSALS.malformedXml();
  if (types.every(type => type === 'NONE')) return [];
  if (types.every(type => type === 'SSE-C')) return ['SSE-C'];
  throw REFUSALS.malformedXml();
}

function asTree(value: unknown): Tree | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined;
}
