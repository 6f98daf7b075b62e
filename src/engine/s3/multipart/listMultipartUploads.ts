import { encodeSegment } from '../../http/address.ts';
import { textParameter } from '../buckets/parameters.ts';
import { xmlTime } from '../buckets/xmlTime.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { byUtf8 } from '../storedObject.ts';
import { pageSizeOf } from './limits.ts';
import { peopleOf } from './people.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';
import type { MultipartUpload } from './upload.ts';

/** An upload, or what several names have in common up to the delimiter. */
type Entry = { readonly upload: MultipartUpload } | { readonly commonPrefix: string };

/** ListMultipartUploads: by name, then by beginning. @throws Refusal */
export async function listMultipartUploads(asked: S3Request): Promise<S3Answer> {
  const { s3, query, bucket } = asked;
  authorize(asked, 's3:ListBucketMultipartUploads');
  const maxUploads = pageSizeOf('max-uploads', query.get('max-uploads'));
  const prefix = textParameter(query, 'prefix') ?? '';
  const delimiter = textParameter(query, 'delimiter') ?? '';
  const keyMarker = textParameter(query, 'key-marker') ?? '';
  const uploadIdMarker = keyMarker === '' ? '' : (textParameter(query, 'upload-id-marker') ?? '');
  checkUploadIdMarker(asked, keyMarker, uploadIdMarker);
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw MULTIPART_REFUSALS.argument('encoding-type', encodingType, 'Invalid Encoding Method specified in Request');
  }
  const encode = (text: string) => (encodingType === 'url' ? text.split('/').map(encodeSegment).join('/') : text);

  const under = s3.uploads
    .values()
    .filter(one => one.bucketName === bucket.name && !one.completed && one.objectName.startsWith(prefix))
    .sort((a, b) => byUtf8(a.objectName, b.objectName) || a.initiated - b.initiated || byUtf8(a.uploadId, b.uploadId));
  const entries = entriesOf(afterMarker(under, keyMarker, uploadIdMarker), prefix, delimiter, keyMarker);
  const page = entries.slice(0, maxUploads);
  const last = page.at(-1);
  const isTruncated = page.length < entries.length && maxUploads > 0;
  const next = isTruncated && last ? last : page.findLast(entry => 'upload' in entry);
  return {
    response: xmlAnswer('ListMultipartUploadsResult', {
      Bucket: bucket.name,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: uploadIdMarker,
      // Told on the last page too, and empty rather than absent: so it is on record.
      NextKeyMarker: next ? encode('upload' in next ? next.upload.objectName : next.commonPrefix) : '',
      NextUploadIdMarker: next && 'upload' in next ? next.upload.uploadId : '',
      Prefix: prefix === '' ? undefined : encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: encodingType,
      MaxUploads: maxUploads,
      IsTruncated: isTruncated,
      Upload: page.flatMap(entry =>
        'upload' in entry
          ? [
              {
                Key: encode(entry.upload.objectName),
                UploadId: entry.upload.uploadId,
                ...peopleOf(s3, entry.upload),
                StorageClass: entry.upload.storageClass,
                Initiated: xmlTime(entry.upload.initiated),
                ChecksumAlgorithm: entry.upload.checksumAlgorithm,
                ChecksumType: entry.upload.checksumAlgorithm && entry.upload.checksumType,
              },
            ]
          : [],
      ),
      CommonPrefixes: page.flatMap(entry => ('commonPrefix' in entry ? [{ Prefix: encode(entry.commonPrefix) }] : [])),
    }),
  };
}

/** One of an upload that is over since is fine, one of another object's is not. @throws Refusal InvalidArgument */
function checkUploadIdMarker({ s3, bucket }: S3Request, keyMarker: string, uploadId: string): void {
  if (uploadId === '') return;
  const upload = s3.uploads.find(uploadId);
  const isFine = upload
    ? upload.bucketName === bucket.name && upload.objectName === keyMarker
    : /^[A-Za-z0-9._]{128}$/.test(uploadId);
  if (!isFine) throw MULTIPART_REFUSALS.argument('upload-id-marker', uploadId, 'Invalid uploadId marker');
}

/** Names behind the marker; with an upload's id also the later uploads of the very name. */
function afterMarker(
  uploads: readonly MultipartUpload[],
  keyMarker: string,
  uploadIdMarker: string,
): readonly MultipartUpload[] {
  if (keyMarker === '') return uploads;
  const at = uploads.findIndex(one => one.objectName === keyMarker && one.uploadId === uploadIdMarker);
  if (at >= 0) return uploads.slice(at + 1);
  return uploads.filter(
    one =>
      byUtf8(one.objectName, keyMarker) > 0 ||
      (one.objectName === keyMarker && uploadIdMarker !== '' && byUtf8(one.uploadId, uploadIdMarker) > 0),
  );
}

function entriesOf(
  uploads: readonly MultipartUpload[],
  prefix: string,
  delimiter: string,
  keyMarker: string,
): readonly Entry[] {
  if (delimiter === '') return uploads.map(upload => ({ upload }));
  const entries: Entry[] = [];
  const common = new Set<string>();
  for (const upload of uploads) {
    const at = upload.objectName.indexOf(delimiter, prefix.length);
    const commonPrefix = at < 0 ? undefined : upload.objectName.slice(0, at + delimiter.length);
    if (commonPrefix === undefined) entries.push({ upload });
    // A marker may be such a prefix itself: then it was in the page before.
    else if (!common.has(commonPrefix) && commonPrefix !== keyMarker) entries.push({ commonPrefix });
    if (commonPrefix !== undefined) common.add(commonPrefix);
  }
  return entries;
}
