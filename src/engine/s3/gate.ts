import { invariant } from '../errors.ts';
import type { HttpRequest } from '../http/message.ts';
import type { Payload } from '../http/payload.ts';
import { accessDeniedMessage, authorizeS3, type S3Question } from '../iam/authorize.ts';
import { parsePolicy } from '../iam/parsePolicy.ts';
import type { PolicyDocument } from '../iam/policy.ts';
import { ANONYMOUS, type Caller, type Principal } from '../iam/principal.ts';
import { type CheckedSignature, checkSignature, verifyChunks } from '../sigv4/sigV4.ts';
import { type Bucket, bucketArn, objectArn } from './bucket.ts';
import { isPublicPolicy } from './buckets/publicPolicy.ts';
import { conditionValuesOf } from './conditionValues.ts';
import type { AuthType, S3Parts, ServiceRequest } from './context.ts';
import { REFUSALS, Refusal } from './refusal.ts';

/** Who asks, and how that was proved. */
export interface Authenticated {
  readonly principal: Caller;
  readonly authType: AuthType;
}

/**
 * Finds out who asks: computes the request's signature again and compares. Whoever does not sign is anonymous.
 * @param isAboutKms KMS keys are used for callers that sign with SigV4 only (F-ERR-034)
 * @throws Refusal
 */
export async function authenticate(
  s3: S3Parts,
  request: HttpRequest,
  payload: Payload,
  isAboutKms: boolean,
): Promise<Authenticated> {
  s3.recorder.step('s3.checkSignature', 's3');
  const check = await checkSignature(request, payload, {
    region: s3.region,
    service: 's3',
    now: s3.clock.now(),
    findSecret: accessKeyId => s3.findPrincipal(accessKeyId),
  });
  if (check.kind === 'anonymous') {
    if (isAboutKms) throw REFUSALS.kmsUnsigned();
    return { principal: ANONYMOUS, authType: 'ANONYMOUS' };
  }
  if (check.kind === 'refused') {
    if (isAboutKms && check.isOldSignature) throw REFUSALS.kmsUnsigned();
    throw new Refusal(check.refusal, []);
  }
  if (check.kind === 'unknown-access-key') throw REFUSALS.unknownAccessKey(check.accessKeyId);
  const principal = signerOf(s3, check, ['F-KSM-060']);
  if (!(await verifyChunks(payload, check, principal.secretAccessKey))) throw REFUSALS.signatureMismatch(check);
  return { principal, authType: check.by === 'query' ? 'REST-QUERY-STRING' : 'REST-HEADER' };
}

/** Who signed a request or a browser form's policy, when both signatures are equal; shows both. @throws Refusal */
export function signerOf(s3: S3Parts, check: CheckedSignature, facts: readonly string[]): Principal {
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'signature',
    left: { label: 'signature you sent', text: check.sent },
    right: { label: 'signature S3 computed', text: check.computed },
    isEqual: check.isValid,
    facts,
  });
  const principal = s3.findPrincipal(check.accessKeyId);
  if (!check.isValid || !principal) throw REFUSALS.signatureMismatch(check);
  return principal;
}

/** What a gate is asked beyond what the request itself says. */
export interface Claim {
  /** Default: the object, or the bucket when the request names none. */
  readonly resource?: string;
  /** Default: the request's bucket. */
  readonly bucket?: Bucket;
  readonly conditionValues?: Readonly<Record<string, string | readonly string[]>>;
  readonly facts?: readonly string[];
}

type Asked = ServiceRequest & { readonly bucket?: Bucket };

/**
 * The S3 gate: identity and bucket policies (F-KSM-063).
 * @param asked with a bucket, unless `claim` tells the resource
 * @throws Refusal
 */
export function authorize(asked: Asked, action: string, claim: Claim = {}): void {
  const { s3 } = asked;
  s3.recorder.step('s3.authorize', 's3');
  const decision = authorizeS3(questionOf(asked, action, claim));
  s3.recorder.emit({
    verb: decision.isAllowed ? 'authorized' : 'denied',
    place: 's3.memory',
    decision,
    api: action,
    facts: claim.facts ?? ['F-KSM-063'],
  });
  if (!decision.isAllowed) throw REFUSALS.accessDenied(accessDeniedMessage(decision), decision);
}

/** Whether the gate would let this pass; nothing is shown. For answers that depend on a second permission. */
export function isAuthorized(asked: Asked, action: string, claim: Claim = {}): boolean {
  return authorizeS3(questionOf(asked, action, claim)).isAllowed;
}

/** Whoever asks, with the policies that they have now: the signature was checked a moment ago. */
function presentOf({ s3, principal }: Asked): Caller {
  const { accessKeyId } = principal as Partial<Principal>;
  return (accessKeyId === undefined ? undefined : s3.findPrincipal(accessKeyId)) ?? principal;
}

function questionOf(asked: Asked, action: string, claim: Claim): S3Question {
  const { objectName, bucketName } = asked;
  const principal = presentOf(asked);
  const bucket = claim.bucket ?? asked.bucket;
  return {
    principal,
    action,
    resource: claim.resource ?? (objectName === '' ? bucketArn(bucketName) : objectArn(bucketName, objectName)),
    ownerAccountId: bucket?.ownerAccountId ?? principal.accountId,
    conditionValues: { ...conditionValuesOf(asked), ...claim.conditionValues },
    ...(bucket ? bucketPolicyOf(bucket, principal.accountId) : {}),
  };
}

/** Rows never change, so a policy is read once. */
const POLICIES = new WeakMap<Bucket, PolicyDocument>();

function bucketPolicyOf(bucket: Bucket, accountId: string): { bucketPolicy?: PolicyDocument } {
  if (bucket.policy === undefined) return {};
  const policy = readPolicy(bucket, bucket.policy);
  // A public policy counts for nobody outside the account while public buckets are restricted.
  const isShut = bucket.publicAccessBlock?.restrictPublicBuckets && accountId !== bucket.ownerAccountId;
  return isShut && isPublicPolicy(policy) ? {} : { bucketPolicy: policy };
}

function readPolicy(bucket: Bucket, text: string): PolicyDocument {
  const known = POLICIES.get(bucket);
  if (known) return known;
  const parsed = parsePolicy(text, 'bucket', { bucketName: bucket.name });
  invariant('ok' in parsed, 'a policy that was put can be read');
  POLICIES.set(bucket, parsed.ok);
  return parsed.ok;
}

/** Refuses what must not come over plain HTTP, and shows it as the gate it is. @throws Refusal */
export function refuseTransport(asked: ServiceRequest, action: string, refusal: Refusal): never {
  const { s3, principal, bucketName, objectName } = asked;
  s3.recorder.step('s3.checkTransport', 's3');
  s3.recorder.emit({
    verb: 'denied',
    place: 's3.memory',
    api: action,
    decision: {
      gate: 's3',
      isAllowed: false,
      principal: principal.arn,
      action,
      resource: objectArn(bucketName, objectName),
      conditionValues: { 'aws:SecureTransport': 'false' },
      statements: [],
      settledBy: 'transport',
      because: 'the request came over plain HTTP',
    },
    facts: refusal.facts,
  });
  throw refusal;
}
