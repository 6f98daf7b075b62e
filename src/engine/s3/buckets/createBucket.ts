import { EMPTY_BODY, findHeader, type HttpResponse } from '../../http/message.ts';
import type { Arrival } from '../arrival.ts';
import { type Bucket, newBucket } from '../bucket.ts';
import { checkDocumentHash } from '../checkHash.ts';
import { forget, type ServiceRequest, workingMemory } from '../context.ts';
import { storePieces } from '../disk.ts';
import { listOf, namesIn, readDocument, type Tree, textOf } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { isBucketName } from './bucketNames.ts';
import { BUCKET_REFUSALS } from './refusals.ts';
import { isRegion } from './regions.ts';
import { parseTags } from './tagging.ts';

type Ownership = Bucket['objectOwnership'];
export const OWNERSHIPS: readonly Ownership[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

const ROOT = 'CreateBucketConfiguration';
/** Of the Region whose buckets have no location. */
const OLDEST_REGION = 'us-east-1';
const GRANTS = ['full-control', 'read', 'read-acp', 'write', 'write-acp'].map(right => `x-amz-grant-${right}`);

/** CreateBucket: encrypted by SSE-S3, SSE-C blocked, lists off, nothing public (F-BKT-001, F-BLK-006). @throws Refusal */
export async function createBucket(asked: ServiceRequest, arrival: Arrival): Promise<S3Answer> {
  const { s3, bucketName, principal, request } = asked;
  if (!isBucketName(bucketName)) throw BUCKET_REFUSALS.invalidBucketName(bucketName);
  authorize(asked, 's3:CreateBucket', { facts: ['F-BKT-001', 'F-BLK-006'] });
  await checkDocumentHash(asked, arrival.bodyBytes);
  const tree = readConfiguration(arrival);
  checkLocation(s3.region, textOf(tree, 'LocationConstraint') ?? '');
  const tags = listOf(tree, 'Tags')[0];
  if (tags) authorize(asked, 's3:TagResource');
  if (findHeader(request, 'x-amz-object-ownership') !== undefined) authorize(asked, 's3:PutBucketOwnershipControls');
  const objectOwnership = ownershipOf(asked);
  // A bucket's versions cannot be locked here.
  if (findHeader(request, 'x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true')
    throw REFUSALS.notImplemented();

  const existing = s3.buckets.find(bucketName);
  if (existing && existing.ownerAccountId !== principal.accountId) throw BUCKET_REFUSALS.ownedByOther(bucketName);
  if (existing && s3.region !== OLDEST_REGION) throw BUCKET_REFUSALS.ownedByYou(bucketName);
  if (existing) return { response: made(s3.region, bucketName) };

  const bucket: Bucket = {
    ...newBucket(bucketName, principal.accountId, s3.clock.now()),
    objectOwnership,
    ...(tags ? { tags: parseTags(tags) } : {}),
    ...(arrival.body ? { documents: { creation: arrival.body.id } } : {}),
  };
  s3.recorder.step('s3.configure', 's3');
  s3.buckets.set(bucketName, bucket);
  if (arrival.body) {
    s3.pieces.claim([arrival.body.id]);
    storePieces({ ...asked, bucket }, [arrival.body.id], ['F-BKT-001', 'F-BLK-006']);
  }
  forget(s3, workingMemory(s3));
  return { response: made(s3.region, bucketName) };
}

/** Where the bucket is: in the oldest Region its path, elsewhere its address. */
function made(region: string, bucketName: string): HttpResponse {
  const location = region === OLDEST_REGION ? `/${bucketName}` : `http://${bucketName}.s3.amazonaws.com/`;
  return { status: 200, headers: [['Location', location]], body: EMPTY_BODY };
}

function readConfiguration({ bodyBytes }: Arrival): Tree {
  if (bodyBytes.length === 0) return {};
  const tree = readDocument(bodyBytes, ROOT);
  if (!tree) throw REFUSALS.malformedXml();
  const names = namesIn(tree);
  // Zones are a matter of directory buckets.
  if (names.includes('Location') || names.includes('Bucket')) throw REFUSALS.notImplemented();
  const isFine = names.every(name => ['LocationConstraint', 'Tags'].includes(name) && listOf(tree, name).length === 1);
  const isText = !names.includes('LocationConstraint') || textOf(tree, 'LocationConstraint') !== undefined;
  if (!isFine || !isText) throw REFUSALS.malformedXml();
  return tree;
}

/** A bucket is made where the request arrives: elsewhere than in the oldest Region it must say so. */
function checkLocation(region: string, location: string): void {
  if (location === '') {
    if (region !== OLDEST_REGION) throw BUCKET_REFUSALS.otherLocation('unspecified');
    return;
  }
  const meant = location === 'EU' ? 'eu-west-1' : location;
  if (meant === OLDEST_REGION || !isRegion(meant, region)) throw BUCKET_REFUSALS.invalidLocation(location);
  if (meant !== region) throw BUCKET_REFUSALS.otherLocation(location);
}

/** `x-amz-object-ownership`, and whether the lists that the headers ask for go with it. */
function ownershipOf({ request }: ServiceRequest): Ownership {
  const named = findHeader(request, 'x-amz-object-ownership') ?? 'BucketOwnerEnforced';
  const ownership = OWNERSHIPS.find(one => one === named);
  if (!ownership) throw BUCKET_REFUSALS.invalidHeader('x-amz-object-ownership', named);
  const acl = findHeader(request, 'x-amz-acl') ?? 'private';
  const isGranting = GRANTS.some(name => findHeader(request, name) !== undefined);
  if (acl === 'private' && !isGranting) return ownership;
  if (ownership === 'BucketOwnerEnforced') throw BUCKET_REFUSALS.aclWithOwnership();
  const isPublic = ['public-read', 'public-read-write', 'authenticated-read'].includes(acl);
  if (isPublic) throw BUCKET_REFUSALS.publicAcl();
  throw REFUSALS.notImplemented();
}
