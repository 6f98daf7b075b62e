import { zeroize } from '../../bytes/bytes.ts';
import { findHeader } from '../../http/message.ts';
import type { S3Request } from '../context.ts';
import { type CustomerKey, findCustomerKeyHeaders, parseCustomerKey } from '../customerKey.ts';
import { refuseTransport } from '../gate.ts';
import { REFUSALS } from '../refusal.ts';
import type { ByteRange } from '../sse/readObject.ts';
import type { StoredObject } from '../storedObject.ts';
import { parseRange } from './byteRange.ts';
import { checkReadConditions } from './conditions.ts';
import { admitVersion } from './findVersion.ts';
import { ARCHIVES } from './newObject.ts';
import { OVERRIDES } from './objectHeaders.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { findToldChecksum, type ToldChecksum } from './toldChecksum.ts';

const SSE = 'x-amz-server-side-encryption';
const KMS_KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';
const MAX_PART_NUMBER = 10_000;

/** A read that may go on. */
export interface Reading {
  readonly stored: StoredObject;
  readonly versionId: string | undefined;
  /** For an SSE-C object; the caller overwrites it. */
  readonly customerKey?: CustomerKey;
  /** The caller has this very object: 304. */
  readonly isNotModified: boolean;
  /** What was asked for, when that is not the whole object. */
  readonly range?: ByteRange;
  /** The part that was asked for by its number. */
  readonly partNumber?: number;
  /** The checksum to be told: the object's, or that of the only part the answer carries; none when it was not asked for. */
  readonly checksum?: ToldChecksum;
}

/**
 * Everything that stands before a GET or HEAD of an object, in the order that fits AWS's answers (F-ERR-018, F-HED-002, F-HED-003).
 * @throws Refusal
 */
export function admitRead(asked: S3Request): Reading {
  const { request, connection, query, authType } = asked;
  const isHead = request.method === 'HEAD';
  const customerHeaders = findCustomerKeyHeaders(request);
  if (customerHeaders && !connection.isSecure) refuseTransport(asked, 's3:GetObject', REFUSALS.sseCOverHttp());
  const sse = findHeader(request, SSE);
  if (sse !== undefined) throw REFUSALS.sseOnRead(sse);
  if (findHeader(request, KMS_KEY_ID) !== undefined) throw REFUSALS.kmsKeyWithoutKms();
  for (const name of Object.keys(OVERRIDES).filter(one => query.has(one))) {
    if (authType === 'ANONYMOUS') throw OBJECT_REFUSALS.anonymousOverride();
    const value = query.get(name);
    // A line break would be a header of its own.
    if (value === undefined || !/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      throw OBJECT_REFUSALS.overrideMalformed(name, value ?? '');
    }
  }
  const { stored, versionId } = admitVersion(asked, 's3:GetObject', 's3:GetObjectVersion', ['F-S3M-011', 'F-KSM-011']);
  const { type } = stored.encryption;
  const wantsChecksum = findHeader(request, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  // A HEAD that asks for no checksum needs nothing of KMS (F-HED-004, F-KSM-055).
  if ((type === 'SSE-KMS' || type === 'DSSE-KMS') && (!isHead || wantsChecksum)) {
    if (!connection.isSecure) refuseTransport(asked, 's3:GetObject', REFUSALS.kmsOverHttp());
    if (authType === 'ANONYMOUS') throw REFUSALS.kmsUnsigned();
  }
  if (!isHead && ARCHIVES.includes(stored.storageClass)) throw OBJECT_REFUSALS.archived(stored.storageClass);
  if (type === 'SSE-C' && !customerHeaders) throw REFUSALS.sseCNeeded();
  const customerKey = customerHeaders ? parseCustomerKey(customerHeaders, false) : undefined;
  try {
    if (type !== 'SSE-C' && customerKey) throw REFUSALS.sseCNotApplicable();
    const { isNotModified } = checkReadConditions(asked, stored);
    const part = isNotModified ? {} : findPart(asked, stored);
    const checksum = wantsChecksum ? findToldChecksum(stored, part.range) : undefined;
    return {
      stored,
      versionId,
      isNotModified,
      ...part,
      ...(checksum ? { checksum } : {}),
      ...(customerKey ? { customerKey } : {}),
    };
  } catch (refusal) {
    if (customerKey) zeroize(customerKey.bytes);
    throw refusal;
  }
}

/** What of the object is wanted: a range of its bytes, or one of its parts. @throws Refusal */
function findPart({ request, query }: S3Request, stored: StoredObject): Pick<Reading, 'range' | 'partNumber'> {
  const header = findHeader(request, 'range');
  if (query.has('partNumber')) {
    if (header !== undefined) throw OBJECT_REFUSALS.rangeAndPart();
    return findNumberedPart(query.get('partNumber') ?? '', stored);
  }
  const range = parseRange(header, stored.contentLength);
  if (range === 'unsatisfiable') throw OBJECT_REFUSALS.range(header ?? '', stored.contentLength);
  return range ? { range } : {};
}

function findNumberedPart(sent: string, { parts, contentLength }: StoredObject): Pick<Reading, 'range' | 'partNumber'> {
  const partNumber = /^\d{1,5}$/.test(sent) ? Number(sent) : 0;
  if (partNumber < 1 || partNumber > MAX_PART_NUMBER) throw OBJECT_REFUSALS.partNumberMalformed(sent);
  // Parts may have been uploaded under any numbers: here they count in their order.
  const part = parts[partNumber - 1];
  if (!part) throw OBJECT_REFUSALS.partNumber(partNumber, parts.length);
  const start = parts.slice(0, partNumber - 1).reduce((sum, { contentLength: length }) => sum + length, 0);
  // An empty object has no range that could be named.
  return contentLength === 0 ? { partNumber } : { partNumber, range: { start, end: start + part.contentLength } };
}
