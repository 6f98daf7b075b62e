import { toBase64 } from '../../bytes/text.ts';
import { bodyOf, EMPTY_BODY } from '../../http/message.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import type { S3Request } from '../context.ts';
import type { S3Answer } from '../operation.ts';
import { openWhole } from '../sse/readObject.ts';
import type { StoredObject } from '../storedObject.ts';
import { admitRead } from './admitRead.ts';
import { ENVELOPE_KINDS } from './newObject.ts';
import { notModifiedHeaders, objectHeaders } from './objectHeaders.ts';
import { withCustomerKey } from './writeObject.ts';

/** GetObject (F-S3M-010…012, F-KSM-010…014, F-DSS-010…011, F-SSC-010…012). @throws Refusal */
export async function getObject(asked: S3Request): Promise<S3Answer> {
  const { s3 } = asked;
  const reading = admitRead(asked);
  const { stored, customerKey, range, partNumber, isNotModified } = reading;
  return withCustomerKey(customerKey, async () => {
    if (isNotModified) {
      return { response: { status: 304, headers: notModifiedHeaders(asked, stored), body: EMPTY_BODY } };
    }
    const { content, whole, checksum } = await openWhole(asked, stored, customerKey, range, reading.checksum?.artifact);
    const checksumBytes = checksum && s3.memory.getBytes(checksum.id);
    const cargo: ArtifactId[] = [whole.id, ...(checksum ? [checksum.id] : []), ...metadataCargo(asked, stored)];
    const isPartial = range !== undefined || partNumber !== undefined;
    return {
      response: {
        status: isPartial ? 206 : 200,
        headers: objectHeaders(asked, reading, checksumBytes),
        body: bodyOf(content),
        cargo,
      },
      told: { bytesOut: content.length },
    };
  });
}

/** Which artifacts travel in the user metadata: those of the client's own envelope. */
function metadataCargo(asked: S3Request, stored: StoredObject): ArtifactId[] {
  const { s3 } = asked;
  const texts = new Set(stored.metadata.map(([, value]) => value));
  return stored.pieces.filter(id => {
    const artifact = s3.recorder.get(id);
    const isEnvelope = ENVELOPE_KINDS.includes(artifact.kind);
    return isEnvelope && s3.memory.has(id) && texts.has(toBase64(s3.memory.getBytes(id)));
  });
}
