import type { HttpRequest } from '../http/message.ts';
import { findHeader } from '../http/message.ts';
import { accessDeniedMessage, authorizeS3 } from '../iam/authorize.ts';
import type { Principal } from '../iam/principal.ts';
import { checkSignature } from '../sigv4/sigV4.ts';
import { bucketArn, objectArn } from './bucket.ts';
import type { S3Parts, S3Request } from './context.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

/**
 * Finds out who asks: computes the request's signature again and compares.
 * @param isAboutKms KMS keys are used for callers that sign with SigV4 only (F-ERR-034)
 * @throws Refusal
 */
export async function authenticate(s3: S3Parts, request: HttpRequest, isAboutKms: boolean): Promise<Principal> {
  s3.recorder.step('s3.checkSignature', 's3');
  const check = await checkSignature(
    request,
    { region: s3.region, service: 's3' },
    accessKeyId => s3.findPrincipal(accessKeyId)?.secretAccessKey,
  );
  const isSigV4 = findHeader(request, 'authorization')?.startsWith('AWS4-HMAC-SHA256 ') ?? false;
  if (isAboutKms && !isSigV4) throw REFUSALS.kmsUnsigned();
  if (check.kind === 'anonymous') throw REFUSALS.accessDenied('Access Denied');
  if (check.kind === 'malformed') throw REFUSALS.signatureMismatch();
  if (check.kind === 'unknown-access-key') throw REFUSALS.unknownAccessKey(check.accessKeyId);
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'signature',
    left: { label: 'signature you sent', text: check.sent },
    right: { label: 'signature S3 computed', text: check.computed },
    isEqual: check.isValid,
    facts: ['F-KSM-060'],
  });
  const principal = s3.findPrincipal(check.accessKeyId);
  if (!check.isValid || !principal) throw REFUSALS.signatureMismatch();
  return principal;
}

/** The S3 gate: identity and bucket policies (F-KSM-063). @throws Refusal */
export function authorize(asked: S3Request, action: string, facts: readonly string[]): void {
  const { s3, principal, bucket, objectName, request } = asked;
  s3.recorder.step('s3.authorize', 's3');
  const sse = findHeader(request, 'x-amz-server-side-encryption');
  const decision = authorizeS3({
    principal,
    action,
    resource: objectName === '' ? bucketArn(bucket.name) : objectArn(bucket.name, objectName),
    ownerAccountId: bucket.ownerAccountId,
    conditionValues: {
      'aws:SecureTransport': String(asked.connection.isSecure),
      ...(sse === undefined ? {} : { 's3:x-amz-server-side-encryption': sse }),
    },
  });
  s3.recorder.emit({
    verb: decision.isAllowed ? 'authorized' : 'denied',
    place: 's3.memory',
    decision,
    api: action,
    facts,
  });
  if (!decision.isAllowed) throw REFUSALS.accessDenied(accessDeniedMessage(decision), decision);
}

/** Refuses what must not come over plain HTTP, and shows it as the gate it is. @throws Refusal */
export function refuseTransport(asked: S3Request, action: string, refusal: Refusal): never {
  const { s3, principal, bucket, objectName } = asked;
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
      resource: objectArn(bucket.name, objectName),
      conditionValues: { 'aws:SecureTransport': 'false' },
      statements: [],
      settledBy: 'transport',
      because: 'the request came over plain HTTP',
    },
    facts: refusal.facts,
  });
  throw refusal;
}
