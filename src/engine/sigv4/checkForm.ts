import { parseAmzDate } from '../http/date.ts';
import { ALGORITHM } from './canonical.ts';
import { type CheckScope, compare, refuseScope, type SignatureCheck } from './checkSignature.ts';
import { argumentError } from './refusals.ts';
import type { SentSignature } from './sentSignature.ts';

/** The fields in the order in which S3 misses them, with the spelling of its answer. */
const FIELDS = ['policy', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature'] as const;

/**
 * The signature of a browser form (S3 API reference, "Authenticating requests in browser-based uploads using POST"): it is over the
 * Base64 of the policy. A form without any of the fields is anonymous. Whether the policy has expired and what it allows is for
 * whoever reads it.
 *
 * @param fields by name in lowercase, as `readForm` gives them
 */
export async function checkFormSignature(
  fields: ReadonlyMap<string, string>,
  scope: CheckScope,
): Promise<SignatureCheck> {
  const fieldOf = (name: string) => fields.get(name.toLowerCase()) ?? '';
  if (fields.has('awsaccesskeyid') && fields.has('signature'))
    return {
      kind: 'refused',
      refusal: argumentError('Unsupported Authorization Type', 'AWSAccessKeyId', fieldOf('awsaccesskeyid')),
      isOldSignature: true,
    };
  if (FIELDS.every(name => !fields.has(name.toLowerCase()))) return { kind: 'anonymous' };
  const missing = FIELDS.find(name => fieldOf(name) === '');
  if (missing !== undefined)
    return refusedForm(
      argumentError(
        `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`,
        missing,
        '',
      ),
    );
  const [policy = '', algorithm = '', credential = '', date = '', signature = ''] = FIELDS.map(fieldOf);
  if (algorithm !== ALGORITHM)
    return refusedForm(argumentError(`Only ${ALGORITHM} is supported`, 'X-Amz-Algorithm', algorithm));
  const time = parseAmzDate(date);
  if (time === undefined)
    return refusedForm(argumentError('X-Amz-Date must be formated via ISO8601 Long format', 'X-Amz-Date', date));
  const token = fields.get('x-amz-security-token');
  const sent: SentSignature = {
    by: 'form',
    credential,
    signedHeaders: [],
    signature,
    date,
    time,
    ...(token === undefined ? {} : { token }),
  };
  const refusal = refuseScope(sent, scope);
  if (refusal) return refusedForm(refusal);
  return compare(sent, scope, { canonicalRequest: '', stringToSign: policy, payloadHash: '' });
}

const refusedForm = (refusal: ReturnType<typeof argumentError>): SignatureCheck => ({
  kind: 'refused',
  refusal,
  isOldSignature: false,
});
