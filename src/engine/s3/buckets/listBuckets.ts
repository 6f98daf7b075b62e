import type { ServiceRequest } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { byUtf8 } from '../storedObject.ts';
import { formatToken, parseToken } from './continuationToken.ts';
import { integerOf, textParameter } from './parameters.ts';
import { BUCKET_REFUSALS } from './refusals.ts';
import { isRegion } from './regions.ts';
import { xmlTime } from './xmlTime.ts';

const MAX_BUCKETS = 10_000;

/** ListBuckets: those of the caller's account, by name; in pages when asked. @throws Refusal */
export async function listBuckets(asked: ServiceRequest): Promise<S3Answer> {
  const { s3, query, principal } = asked;
  authorize(asked, 's3:ListAllMyBuckets', { resource: 'arn:aws:s3:::*' });
  const limit = limitOf(asked);
  const prefix = textParameter(query, 'prefix');
  const token = textParameter(query, 'continuation-token');
  const after = token === undefined ? undefined : parseToken(principal.accountId, token);
  const region = textParameter(query, 'bucket-region');
  if (region !== undefined && !isRegion(region, s3.region)) throw BUCKET_REFUSALS.regionUnknown(region);
  const isPaged = [limit, prefix, token, region].some(parameter => parameter !== undefined);
  const all = s3.buckets
    .values()
    .filter(
      bucket =>
        bucket.ownerAccountId === principal.accountId &&
        bucket.name.startsWith(prefix ?? '') &&
        (after === undefined || byUtf8(bucket.name, after) > 0) &&
        (region === undefined || region === s3.region),
    )
    .sort((left, right) => byUtf8(left.name, right.name));
  const page = all.slice(0, limit ?? MAX_BUCKETS);
  const last = page.at(-1);
  return {
    response: xmlAnswer('ListAllMyBucketsResult', {
      Owner: { ID: s3.ownerOf(principal.accountId).canonicalId },
      Buckets: {
        Bucket: page.map(({ name, createdAt }) => ({
          Name: name,
          CreationDate: xmlTime(createdAt),
          BucketRegion: isPaged ? s3.region : undefined,
        })),
      },
      Prefix: prefix,
      ContinuationToken: last && page.length < all.length ? formatToken(principal.accountId, last.name) : undefined,
    }),
  };
}

function limitOf({ query }: ServiceRequest): number | undefined {
  const text = textParameter(query, 'max-buckets');
  if (text === undefined) return undefined;
  const number = integerOf(text);
  if (number === undefined || number < 1 || number > MAX_BUCKETS) {
    throw BUCKET_REFUSALS.outOfRange('max-buckets', text, 1, MAX_BUCKETS);
  }
  return number;
}
