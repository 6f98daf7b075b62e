import { Refusal } from '../refusal.ts';

const bad = (code: string, message: string, extra?: Record<string, string>) => ({
  status: 400,
  code,
  message,
  ...(extra ? { extra } : {}),
});

/** What operations of multipart uploads refuse with; texts as AWS gives them. */
export const MULTIPART_REFUSALS = {
  partNumber: (sent: string) =>
    new Refusal(
      bad('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
        ArgumentName: 'partNumber',
        ArgumentValue: sent,
      }),
      [],
    ),
  noSuchUpload: (uploadId: string) =>
    new Refusal(
      {
        status: 404,
        code: 'NoSuchUpload',
        message:
          'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
        extra: { UploadId: uploadId },
      },
      [],
    ),
  needsCustomerKey: () =>
    new Refusal(
      bad(
        'InvalidRequest',
        'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
      ),
      ['F-ERR-014', 'F-MPU-005'],
    ),
  otherCustomerKey: () =>
    new Refusal(bad('InvalidRequest', 'The provided encryption parameters did not match the ones used originally.'), [
      'F-ERR-015',
      'F-MPU-005',
    ]),
  checksumType: (type: string, algorithm: string) =>
    new Refusal(
      bad(
        'InvalidRequest',
        `The ${type.toUpperCase()} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
      ),
      [],
    ),
  checksumTypeUnknown: () => new Refusal(bad('InvalidRequest', 'Value for x-amz-checksum-type header is invalid.'), []),
  checksumTypeAlone: () =>
    new Refusal(
      bad(
        'InvalidRequest',
        'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
      ),
      [],
    ),
  otherChecksum: (expected: string | undefined, actual: string | undefined) =>
    new Refusal(
      bad(
        'InvalidRequest',
        `Checksum Type mismatch occurred, expected checksum Type: ${expected?.toLowerCase() ?? 'null'}, actual checksum Type: ${actual?.toLowerCase() ?? 'null'}`,
      ),
      [],
    ),
  otherChecksumType: (type: string) =>
    new Refusal(
      bad(
        'InvalidRequest',
        `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
      ),
      [],
    ),
  checksumMissing: (algorithm: string, partNumber: number) =>
    new Refusal(
      bad(
        'InvalidRequest',
        `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${partNumber} in the request.`,
      ),
      [],
    ),
  objectSize: () =>
    new Refusal(
      bad('InvalidRequest', "The provided 'x-amz-mp-object-size' header value did not match what was computed."),
      [],
    ),
  noParts: () => new Refusal(bad('InvalidRequest', 'You must specify at least one part'), []),
  invalidPart: (uploadId: string, partNumber: number, etag: string) =>
    new Refusal(
      bad(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { UploadId: uploadId, PartNumber: String(partNumber), ETag: etag },
      ),
      [],
    ),
  invalidPartOrder: (uploadId: string) =>
    new Refusal(
      bad('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', {
        UploadId: uploadId,
      }),
      [],
    ),
  conflict: (condition: string, objectName: string) =>
    new Refusal(
      {
        status: 409,
        code: 'ConditionalRequestConflict',
        message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
        extra: { Condition: condition, Key: objectName },
      },
      [],
    ),
  tooSmall: (part: { size: number; least: number; number: number; etag: string }) =>
    new Refusal(
      bad('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        ProposedSize: String(part.size),
        MinSizeAllowed: String(part.least),
        PartNumber: String(part.number),
        ETag: part.etag,
      }),
      [],
    ),
  tooLarge: (size: number, most: number) =>
    new Refusal(
      bad('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
        ProposedSize: String(size),
        MaxSizeAllowed: String(most),
      }),
      [],
    ),
  copyRangeMalformed: (sent: string) =>
    new Refusal(
      bad(
        'InvalidArgument',
        'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
        { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: sent },
      ),
      [],
    ),
  copyRangeBehind: () =>
    new Refusal(bad('InvalidRequest', 'The specified copy range is invalid for the source object size'), []),
  copyRangeOutside: (sent: string, size: number) =>
    new Refusal(
      bad('InvalidArgument', `Range specified is not valid for source object of size: ${size}`, {
        ArgumentName: 'x-amz-copy-source-range',
        ArgumentValue: sent,
      }),
      [],
    ),
  argument: (name: string, sent: string, message: string) =>
    new Refusal(bad('InvalidArgument', message, { ArgumentName: name, ArgumentValue: sent }), []),
  attributeName: (sent: string) =>
    new Refusal(
      bad('InvalidArgument', 'Invalid attribute name specified.', {
        ArgumentName: 'x-amz-object-attributes',
        ArgumentValue: sent,
      }),
      ['F-HDR-028'],
    ),
  /** UpdateObjectEncryption (F-ERR-070): AWS gives each case a text of its own. */
  update: (message: string) => new Refusal(bad('InvalidRequest', message), ['F-ERR-070', 'F-UOE-011']),
  foreignKmsKey: () =>
    new Refusal(
      {
        status: 403,
        code: 'AccessDenied',
        message:
          'The AWS KMS key in the request must be owned by the same account as the bucket. Modify the request to specify a KMS key from the same account, and then try again.',
      },
      ['F-ERR-071', 'F-UOE-006'],
    ),
} as const;
