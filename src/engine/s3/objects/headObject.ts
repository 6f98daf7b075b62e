import type { Bytes } from '../../bytes/bytes.ts';
import { EMPTY_BODY } from '../../http/message.ts';
import type { ArtifactId } from '../../trace/artifact.ts';
import type { S3Request } from '../context.ts';
import { loadPieces } from '../disk.ts';
import type { S3Answer } from '../operation.ts';
import { openObjectKeys } from '../sse/objectKeys.ts';
import { keyPiecesOf } from '../sse/readObject.ts';
import { admitRead, type Reading } from './admitRead.ts';
import { notModifiedHeaders, objectHeaders } from './objectHeaders.ts';
import { withCustomerKey } from './writeObject.ts';

/** HeadObject (F-HED-001…005): what GET tells, without the object. @throws Refusal */
export async function headObject(asked: S3Request): Promise<S3Answer> {
  const reading = admitRead(asked);
  const { stored, customerKey, range, partNumber, isNotModified } = reading;
  return withCustomerKey(customerKey, async () => {
    if (isNotModified) {
      return { response: { status: 304, headers: notModifiedHeaders(asked, stored), body: EMPTY_BODY } };
    }
    const checksum = await openLittle(asked, reading);
    const length = range ? range.end - range.start : stored.contentLength;
    const isPartial = range !== undefined || partNumber !== undefined;
    return {
      response: {
        status: isPartial ? 206 : 200,
        headers: [...objectHeaders(asked, reading, checksum), ['Content-Length', String(length)]],
        body: EMPTY_BODY,
      },
    };
  });
}

/**
 * What a HEAD needs of the disks: the check of a customer key (F-HED-003), and the checksum when it is asked for, which under KMS
 * lies encrypted (F-KSM-056). Never the object.
 */
async function openLittle(asked: S3Request, reading: Reading): Promise<Bytes | undefined> {
  const { s3 } = asked;
  const { stored, customerKey } = reading;
  const { encryption } = stored;
  const checksumId = reading.checksum?.artifact;
  const isEncrypted = encryption.type === 'SSE-KMS' || encryption.type === 'DSSE-KMS';
  const needed: ArtifactId[] = [];
  if (encryption.type === 'SSE-C') needed.push(encryption.keyCheck);
  else if (isEncrypted && checksumId !== undefined) needed.push(...keyPiecesOf(stored));
  if (checksumId !== undefined) needed.push(checksumId);
  if (needed.length === 0) return undefined;
  loadPieces(asked, [...new Set(needed)], isEncrypted ? ['F-KSM-056', 'F-GEN-010'] : ['F-HED-003']);
  if (encryption.type !== 'SSE-C' && !isEncrypted) {
    return checksumId === undefined ? undefined : s3.memory.getBytes(checksumId);
  }
  const keys = await openObjectKeys(asked, encryption, customerKey);
  const opened = checksumId === undefined ? undefined : await keys.openChecksum(s3.recorder.get(checksumId));
  await keys.close();
  return opened && s3.memory.getBytes(opened.id);
}
