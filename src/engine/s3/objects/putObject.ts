import { invariant } from '../../errors.ts';
import { EMPTY_BODY } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { checkBodyHash } from '../checkHash.ts';
import { admitWrite } from '../chooseEncryption.ts';
import type { S3Request } from '../context.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { sseAppliedOf } from '../log.ts';
import type { S3Answer } from '../operation.ts';
import { checkWriteConditions } from './conditions.ts';
import { newVersionHeaders } from './findVersion.ts';
import { describeNew } from './newObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';
import { checksumHeaders, contextHeaders, withCustomerKey, writeObject } from './writeObject.ts';

/** Bytes of the largest object that one PUT may bring: 5 GiB. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** PutObject (F-S3M-001…008, F-KSM-001…008, F-DSS-001…005, F-SSC-002…009). @throws Refusal */
export async function putObject(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { s3, bucket, objectName } = asked;
  const choice = admitWrite(asked, 's3:PutObject');
  return withCustomerKey(choice.customerKey, async () => {
    const described = describeNew(asked);
    if (arrival.bodyBytes.length > MAX_PUT_BYTES) {
      throw OBJECT_REFUSALS.entityTooLarge(arrival.bodyBytes.length, MAX_PUT_BYTES);
    }
    checkWriteConditions(asked, s3.objects.find(bucket.name, objectName));
    const checksum = await checkBodyHash(asked, arrival);
    const { body, bodyBytes } = arrival;
    invariant(body, 'a PUT of an object has a body, if an empty one');
    const contentLength = bodyBytes.length;
    const stored = await writeObject(asked, choice, described, { body, bytes: bodyBytes, checksum });
    const headers = [
      ['ETag', `"${stored.etag}"`] as const,
      ...checksumHeaders(checksum.algorithm, checksum.bytes),
      ...encryptionHeaders(stored.encryption),
      ...contextHeaders(asked, stored),
      ...newVersionHeaders(stored),
    ];
    return {
      response: { status: 200, headers, body: EMPTY_BODY },
      told: { bytesIn: contentLength, ...sseAppliedOf(stored.encryption, choice.isDefault) },
    };
  });
}
