import { httpDate } from '../../clock.ts';
import type { Header } from '../../http/message.ts';
import { Refusal } from '../refusal.ts';

type Extra = Readonly<Record<string, string>>;

const refuse = (
  status: number,
  code: string,
  message: string,
  extra: Extra = {},
  facts: readonly string[] = [],
  headers: readonly Header[] = [],
): Refusal => new Refusal({ status, code, message, extra, headers }, facts);

const argument = (message: string, name: string, value: string, facts: readonly string[] = []): Refusal =>
  refuse(400, 'InvalidArgument', message, { ArgumentName: name, ArgumentValue: value }, facts);

const NOT_IMPLEMENTED = 'A header you provided implies functionality that is not implemented';

/** What operations on objects answer instead of doing what they were asked: texts as AWS gives them. */
export const OBJECT_REFUSALS = {
  keyTooLong: (bytes: number, limit: number) =>
    refuse(400, 'KeyTooLongError', 'Your key is too long', { Size: String(bytes), MaxSizeAllowed: String(limit) }),
  entityTooLarge: (proposed: number, limit: number) =>
    refuse(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      ProposedSize: String(proposed),
      MaxSizeAllowed: String(limit),
    }),
  entityTooSmall: (proposed: number, limit: number) =>
    refuse(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: String(proposed),
      MinSizeAllowed: String(limit),
    }),
  storageClass: (sent: string) =>
    refuse(400, 'InvalidStorageClass', 'The storage class you specified is not valid', { StorageClassRequested: sent }),
  archived: (storageClass: string) =>
    refuse(403, 'InvalidObjectState', "The operation is not valid for the object's storage class", {
      StorageClass: storageClass,
    }),
  archivedSource: (storageClass: string) =>
    refuse(403, 'InvalidObjectState', "Operation is not valid for the source object's storage class", {
      StorageClass: storageClass,
    }),
  redirectLocation: () =>
    refuse(
      400,
      'InvalidRedirectLocation',
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    ),

  noObjectLock: () => refuse(400, 'InvalidRequest', 'Bucket is missing Object Lock Configuration'),

  noLockToBypass: () =>
    refuse(
      400,
      'InvalidArgument',
      'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
      { ArgumentName: 'x-amz-bypass-governance-retention' },
    ),

  // versions
  versionIdMalformed: (sent: string) =>
    argument(
      sent === '' ? 'Version id cannot be the empty string' : 'Invalid version id specified',
      'versionId',
      sent,
      [],
    ),
  noSuchVersion: (objectName: string, versionId: string) =>
    refuse(404, 'NoSuchVersion', 'The specified version does not exist.', { Key: objectName, VersionId: versionId }),
  behindMarker: (objectName: string, markerId: string) =>
    refuse(
      404,
      'NoSuchKey',
      'The specified key does not exist.',
      { Key: objectName },
      ['F-VER-002'],
      [
        ['x-amz-delete-marker', 'true'],
        ['x-amz-version-id', markerId],
      ],
    ),
  isMarker: (method: string, markerId: string, lastModified: number) =>
    refuse(
      405,
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      { Method: method, ResourceType: 'DeleteMarker' },
      ['F-VER-002'],
      [
        ['Allow', 'DELETE'],
        ['Last-Modified', httpDate(lastModified)],
        ['x-amz-delete-marker', 'true'],
        ['x-amz-version-id', markerId],
      ],
    ),

  // conditions and ranges
  precondition: (condition: string) =>
    refuse(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      Condition: condition,
    }),
  conditionNotTaken: (header: string) =>
    refuse(501, 'NotImplemented', NOT_IMPLEMENTED, {
      Header: header,
      additionalMessage: `We don't accept the provided value of ${header} header for this API`,
    }),
  severalConditions: () =>
    refuse(501, 'NotImplemented', NOT_IMPLEMENTED, {
      Header: 'If-Match,If-None-Match',
      additionalMessage: 'Multiple conditional request headers present in the request',
    }),
  range: (asked: string, size: number) =>
    refuse(416, 'InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: asked,
      ActualObjectSize: String(size),
    }),
  rangeAndPart: () => refuse(400, 'InvalidRequest', 'Cannot specify both Range header and partNumber query parameter'),
  partNumber: (asked: number, count: number) =>
    refuse(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      PartNumberRequested: String(asked),
      ActualPartCount: String(count),
    }),
  partNumberMalformed: (sent: string) =>
    argument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', sent),
  anonymousOverride: () =>
    refuse(400, 'InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.'),

  overrideMalformed: (name: string, sent: string) =>
    argument('Header value cannot be represented using ISO-8859-1.', name, sent),

  // copies
  copySource: (sent: string) =>
    argument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey', 'x-amz-copy-source', sent),
  copySourceEncoding: (sent: string) => argument('Invalid copy source encoding.', 'x-amz-copy-source', sent),
  copyOntoItself: () =>
    refuse(
      400,
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      {},
      ['F-CPY-006'],
    ),
  copyOfMarker: () =>
    refuse(
      400,
      'InvalidRequest',
      'The source of a copy request may not specifically refer to a delete marker by version id.',
      {},
      ['F-VER-002'],
    ),
  copyTooLarge: (limit: number) =>
    refuse(
      400,
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${limit}`,
      {},
      ['F-CPY-007'],
    ),
  directive: (what: 'metadata' | 'tagging', sent: string) =>
    argument(`Unknown ${what} directive.`, `x-amz-${what}-directive`, sent),

  // tags
  taggingHeader: (sent: string) =>
    argument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      sent,
    ),
  tooManyTags: (limit: number) => refuse(400, 'BadRequest', `Object tags cannot be greater than ${limit}`),
  tag: (message: string, name: string, value?: string) =>
    refuse(400, 'InvalidTag', message, { TagKey: name, ...(value === undefined ? {} : { TagValue: value }) }),

  // access control lists
  noAcls: () => refuse(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs'),
  aclUnknown: (sent: string) => argument('', 'x-amz-acl', sent),

  // deleting several
  documentHash: () =>
    refuse(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*'),

  // browser forms
  noFormField: (name: string) =>
    argument(
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
      name,
      '',
    ),
  emptyFormName: () => argument('User key must have a length greater than 0.', 'key', ''),
  policyDocument: (problem: string) =>
    refuse(400, 'InvalidPolicyDocument', `Invalid Policy: ${problem}`, {}, ['F-PRE-005']),
  againstPolicy: (problem: string) =>
    refuse(403, 'AccessDenied', `Invalid according to Policy: ${problem}`, {}, ['F-PRE-005']),
} as const;
