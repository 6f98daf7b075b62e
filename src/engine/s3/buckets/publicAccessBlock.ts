import type { Arrival } from '../arrival.ts';
import type { S3Request } from '../context.ts';
import { listOf, namesIn, type Tree, textOf, xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { configure, DONE, GONE, lookUp, takeDocument } from './configuration.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

const SETTING = 'publicAccessBlock';
const ROOT = 'PublicAccessBlockConfiguration';
const SWITCHES = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

/** GetPublicAccessBlock. @throws Refusal */
export async function getPublicAccessBlock(asked: S3Request): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:GetBucketPublicAccessBlock');
  const block = bucket.publicAccessBlock;
  if (!block) throw BUCKET_REFUSALS.noPublicAccessBlock(bucket.name);
  lookUp(asked, SETTING);
  return {
    response: xmlAnswer(ROOT, {
      BlockPublicAcls: block.blockPublicAcls,
      IgnorePublicAcls: block.ignorePublicAcls,
      BlockPublicPolicy: block.blockPublicPolicy,
      RestrictPublicBuckets: block.restrictPublicBuckets,
    }),
  };
}

/** PutPublicAccessBlock: switches that are left out are off. @throws Refusal */
export async function putPublicAccessBlock(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketPublicAccessBlock');
  const tree = await takeDocument(asked, arrival, ROOT);
  if (!namesIn(tree).every(name => SWITCHES.includes(name))) throw REFUSALS.malformedXml();
  const publicAccessBlock = {
    blockPublicAcls: switchOf(tree, 'BlockPublicAcls'),
    ignorePublicAcls: switchOf(tree, 'IgnorePublicAcls'),
    blockPublicPolicy: switchOf(tree, 'BlockPublicPolicy'),
    restrictPublicBuckets: switchOf(tree, 'RestrictPublicBuckets'),
  };
  configure(asked, SETTING, { ...asked.bucket, publicAccessBlock }, arrival.body?.id);
  return { response: DONE };
}

/** DeletePublicAccessBlock; the permission is that of putting one. @throws Refusal */
export async function deletePublicAccessBlock(asked: S3Request): Promise<S3Answer> {
  authorize(asked, 's3:PutBucketPublicAccessBlock');
  const { publicAccessBlock: _, ...rest } = asked.bucket;
  configure(asked, SETTING, rest, undefined);
  return { response: GONE };
}

function switchOf(tree: Tree, name: string): boolean {
  if (listOf(tree, name).length === 0) return false;
  const text = textOf(tree, name)?.toLowerCase();
  if (text !== 'true' && text !== 'false') throw REFUSALS.malformedXml();
  return text === 'true';
}
