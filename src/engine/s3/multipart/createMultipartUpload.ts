import { toBase64 } from '../../bytes/text.ts';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../../crypto/checksums.ts';
import { findHeader, type Header } from '../../http/message.ts';
import { admitWrite, type EncryptionChoice } from '../chooseEncryption.ts';
import { forget, type S3Request, workingMemory } from '../context.ts';
import { storePieces } from '../disk.ts';
import { xmlAnswer } from '../document.ts';
import { encryptionHeaders } from '../encryptionHeaders.ts';
import { sseAppliedOf } from '../log.ts';
import { describeNew, envelopePieces } from '../objects/newObject.ts';
import { withCustomerKey } from '../objects/writeObject.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { newObjectKeys } from '../sse/objectKeys.ts';
import type { StoredChecksum } from '../storedObject.ts';
import { forgetOldUploads } from './findUpload.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload } from './upload.ts';

const CONTEXT = 'x-amz-server-side-encryption-context';

/**
 * CreateMultipartUpload: settles how all parts will be encrypted (F-MPU-001, F-MPU-002); with KMS the data key is made
 * now (F-KSM-052, F-MPU-003). @throws Refusal
 */
export async function createMultipartUpload(asked: S3Request): Promise<S3Answer> {
  const choice = admitWrite(asked, 's3:PutObject');
  return withCustomerKey(choice.customerKey, () => openUpload(asked, choice));
}

async function openUpload(asked: S3Request, choice: EncryptionChoice): Promise<S3Answer> {
  const { s3, bucket, objectName, principal, request } = asked;
  const { contentType, headers, metadata, tags, storageClass, ownerAccountId } = describeNew(asked);
  const checksum = checksumOf(asked);
  forgetOldUploads(asked);

  const keys = await newObjectKeys(asked, choice);
  const { encryption, companions, facts } = await keys.close();
  const upload: MultipartUpload = {
    uploadId: toBase64(s3.random.bytes(96)).replaceAll('+', '_').replaceAll('/', '.'),
    bucketName: bucket.name,
    objectName,
    initiated: s3.clock.now(),
    initiatorArn: principal.arn,
    ownerAccountId,
    contentType,
    headers,
    metadata,
    tags,
    storageClass,
    encryption,
    isDefaultEncryption: choice.isDefault,
    ...checksum,
    ...(s3.objects.find(bucket.name, objectName) ? { isOverwriting: true } : {}),
    parts: [],
    pieces: [...new Set([...companions, ...envelopePieces(asked, metadata)])],
  };
  s3.recorder.step('s3.openUpload', 's3');
  s3.pieces.claim(upload.pieces);
  storePieces(asked, upload.pieces, ['F-MPU-001', 'F-MPU-002', ...facts]);
  s3.uploads.set(upload.uploadId, upload);
  forget(s3, workingMemory(s3));

  const context = findHeader(request, CONTEXT);
  const answered: Header[] = [
    ...encryptionHeaders(encryption),
    ...(context === undefined || choice.kmsKeyId === '' ? [] : ([[CONTEXT, context]] as const)),
    ...(checksum.checksumAlgorithm === undefined
      ? []
      : ([
          ['x-amz-checksum-algorithm', checksum.checksumAlgorithm],
          ['x-amz-checksum-type', checksum.checksumType ?? 'FULL_OBJECT'],
        ] as const)),
  ];
  const content = { Bucket: bucket.name, Key: objectName, UploadId: upload.uploadId };
  return {
    response: xmlAnswer('InitiateMultipartUploadResult', content, 200, answered),
    told: { ...sseAppliedOf(encryption, choice.isDefault) },
  };
}

/** Which checksums the parts and the object will have. @throws Refusal */
function checksumOf({ request }: S3Request): {
  checksumAlgorithm?: ChecksumAlgorithm;
  checksumType?: StoredChecksum['type'];
} {
  const named = findHeader(request, 'x-amz-checksum-algorithm')?.toUpperCase();
  const type = findHeader(request, 'x-amz-checksum-type')?.toUpperCase();
  if (type !== undefined && type !== 'FULL_OBJECT' && type !== 'COMPOSITE') {
    throw MULTIPART_REFUSALS.checksumTypeUnknown();
  }
  if (named === undefined) {
    if (type !== undefined) throw MULTIPART_REFUSALS.checksumTypeAlone();
    return {};
  }
  if (!isChecksumAlgorithm(named)) throw REFUSALS.checksumUnknown();
  const { types } = CHECKSUM_ALGORITHMS[named];
  if (type !== undefined && !types.includes(type)) throw MULTIPART_REFUSALS.checksumType(type, named);
  return { checksumAlgorithm: named, checksumType: type ?? types[0] };
}

function isChecksumAlgorithm(text: string): text is ChecksumAlgorithm {
  return Object.hasOwn(CHECKSUM_ALGORITHMS, text);
}
