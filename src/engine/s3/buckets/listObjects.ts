import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import type { XmlTree } from '../xml.ts';
import { formatToken, parseToken } from './continuationToken.ts';
import { describeObject, ownerElements } from './listedObject.ts';
import { type ListParameters, readListParameters } from './listParameters.ts';
import { textParameter } from './parameters.ts';
import { BUCKET_REFUSALS } from './refusals.ts';
import { rollUp, takePage } from './rollUp.ts';

/** ListObjects, the first version of it: pages go on behind a name. @throws Refusal */
export async function listObjects(asked: S3Request): Promise<S3Answer> {
  const { query, bucket } = asked;
  authorize(asked, 's3:ListBucket');
  const parameters = readListParameters(query);
  const { prefix, delimiter, maxKeys, encodingType, encode } = parameters;
  const marker = textParameter(query, 'marker') ?? '';
  const list = listPage(asked, parameters, marker, true);
  return {
    response: xmlAnswer('ListBucketResult', {
      Name: bucket.name,
      Prefix: encode(prefix),
      Marker: encode(marker),
      // Without a delimiter, the last name tells as much.
      NextMarker: delimiter !== '' && list.next !== undefined ? encode(list.next) : undefined,
      MaxKeys: maxKeys,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: encodingType,
      IsTruncated: list.next !== undefined,
      ...list.elements,
    }),
  };
}

/** ListObjectsV2: pages go on with a token. @throws Refusal */
export async function listObjectsV2(asked: S3Request): Promise<S3Answer> {
  const { query, bucket } = asked;
  authorize(asked, 's3:ListBucket');
  const listType = query.get('list-type') ?? '';
  if (listType !== '2') throw BUCKET_REFUSALS.listType(listType);
  const parameters = readListParameters(query);
  const { prefix, delimiter, maxKeys, encodingType, encode } = parameters;
  const token = textParameter(query, 'continuation-token');
  const startAfter = textParameter(query, 'start-after');
  const after = token === undefined ? (startAfter ?? '') : parseToken(bucket.name, token);
  const list = listPage(asked, parameters, after, query.get('fetch-owner') === 'true');
  return {
    response: xmlAnswer('ListBucketResult', {
      Name: bucket.name,
      Prefix: encode(prefix),
      StartAfter: startAfter === undefined ? undefined : encode(startAfter),
      ContinuationToken: token,
      NextContinuationToken: list.next === undefined ? undefined : formatToken(bucket.name, list.next),
      KeyCount: list.count,
      MaxKeys: maxKeys,
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: encodingType,
      IsTruncated: list.next !== undefined,
      ...list.elements,
    }),
  };
}

/** One page: objects and common prefixes count alike. `next`: where it was cut. */
function listPage({ s3, bucket }: S3Request, parameters: ListParameters, after: string, hasOwner: boolean) {
  const { prefix, delimiter, maxKeys, encode } = parameters;
  const counts = (name: string) => s3.objects.find(bucket.name, name) !== undefined;
  const { page, isCut } = takePage(
    rollUp(s3.objects.names(bucket.name), { prefix, delimiter, after, counts }),
    maxKeys,
  );
  const owner = ownerElements(s3);
  const Contents: XmlTree[] = [];
  const CommonPrefixes: XmlTree[] = [];
  for (const listed of page) {
    if ('commonPrefix' in listed) {
      CommonPrefixes.push({ Prefix: encode(listed.commonPrefix) });
      continue;
    }
    const stored = s3.objects.find(bucket.name, listed.name);
    if (!stored) continue;
    const { StorageClass, ...described } = describeObject(stored);
    const Owner = hasOwner ? owner(stored.ownerAccountId) : undefined;
    Contents.push({ Key: encode(listed.name), ...described, Owner, StorageClass });
  }
  const last = page.at(-1);
  const next = last && isCut ? ('name' in last ? last.name : last.commonPrefix) : undefined;
  return { elements: { Contents, CommonPrefixes }, count: page.length, next };
}
