import { textOf } from '../../bytes/bytes.ts';
import { textBody } from '../../http/message.ts';
import { parsePolicy } from '../../iam/parsePolicy.ts';
import type { PolicyDocument } from '../../iam/policy.ts';
import type { Arrival } from '../arrival.ts';
import { type Bucket, bucketArn } from '../bucket.ts';
import type { S3Request } from '../context.ts';
import { xmlAnswer } from '../document.ts';
import { authorize } from '../gate.ts';
import type { S3Answer } from '../operation.ts';
import { REFUSALS } from '../refusal.ts';
import { admitDocument, configure, GONE, lookUp } from './configuration.ts';
import { isPublicPolicy } from './publicPolicy.ts';
import { BUCKET_REFUSALS } from './refusals.ts';

/** GetBucketPolicy: the document as it was put. @throws Refusal */
export async function getBucketPolicy(asked: S3Request): Promise<S3Answer> {
  authorizePolicy(asked, 's3:GetBucketPolicy');
  const policy = policyOf(asked.bucket);
  const document = lookUp(asked, 'policy');
  const cargo = document === undefined ? {} : { cargo: [document] };
  return {
    response: { status: 200, headers: [['Content-Type', 'application/json']], body: textBody(policy), ...cargo },
  };
}

/** PutBucketPolicy: refused when it cannot be read exactly, or is public where that is blocked. @throws Refusal */
export async function putBucketPolicy(asked: S3Request, arrival: Arrival): Promise<S3Answer> {
  const { bucket, principal } = asked;
  authorizePolicy(asked, 's3:PutBucketPolicy');
  await admitDocument(asked, arrival);
  const policy = textOf(arrival.bodyBytes);
  const parsed = parseText(policy, bucket);
  if (bucket.publicAccessBlock?.blockPublicPolicy && isPublicPolicy(parsed)) {
    throw BUCKET_REFUSALS.publicPolicy(principal.arn, bucketArn(bucket.name));
  }
  configure(asked, 'policy', { ...bucket, policy }, arrival.body?.id);
  return { response: GONE };
}

/** DeleteBucketPolicy: also when there is none. @throws Refusal */
export async function deleteBucketPolicy(asked: S3Request): Promise<S3Answer> {
  authorizePolicy(asked, 's3:DeleteBucketPolicy');
  const { policy: _, ...rest } = asked.bucket;
  configure(asked, 'policy', rest, undefined);
  return { response: GONE };
}

/** GetBucketPolicyStatus: whether the policy is public. @throws Refusal */
export async function getBucketPolicyStatus(asked: S3Request): Promise<S3Answer> {
  const { bucket } = asked;
  authorize(asked, 's3:GetBucketPolicyStatus');
  const policy = policyOf(bucket);
  lookUp(asked, 'policy');
  return { response: xmlAnswer('PolicyStatus', { IsPublic: isPublicPolicy(parseText(policy, bucket)) }) };
}

/** Other accounts get at no policy, even where it lets them. */
function authorizePolicy(asked: S3Request, action: string): void {
  authorize(asked, action);
  if (asked.principal.accountId !== asked.bucket.ownerAccountId) {
    throw REFUSALS.methodNotAllowed(asked.request.method, 'BUCKETPOLICY');
  }
}

function policyOf(bucket: Bucket): string {
  if (bucket.policy === undefined) throw BUCKET_REFUSALS.noPolicy(bucket.name);
  return bucket.policy;
}

function parseText(text: string, { name }: Bucket): PolicyDocument {
  const parsed = parsePolicy(text, 'bucket', { bucketName: name });
  if ('problem' in parsed) throw BUCKET_REFUSALS.malformedPolicy(parsed.problem);
  return parsed.ok;
}
