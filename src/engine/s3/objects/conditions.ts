import { httpDate } from '../../clock.ts';
import { parseHttpDate } from '../../http/date.ts';
import { findHeader } from '../../http/message.ts';
import type { S3Request } from '../context.ts';
import { authorize } from '../gate.ts';
import { REFUSALS } from '../refusal.ts';
import type { StoredObject } from '../storedObject.ts';
import { OBJECT_REFUSALS } from './refusals.ts';

type ConditionName = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since';

/** The conditions in two pairs: of each only the first that was sent counts (RFC 9110, 13.2.2). */
const PAIRS: readonly (readonly [ConditionName, ConditionName])[] = [
  ['If-Match', 'If-Unmodified-Since'],
  ['If-None-Match', 'If-Modified-Since'],
];

/** Whether an ETag is in a list such as `"a", W/"b"` or `*`. Quotes may be missing, as S3 lets them. */
export function matchesEtag(list: string, etag: string): boolean {
  return list.split(',').some(one => {
    const text = one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1');
    return text === '*' || text === etag;
  });
}

/**
 * Checks a read's conditions against what is stored, in a step of its own when there are any.
 * @returns whether to answer 304: the caller has this very object already
 * @throws Refusal 412
 */
export function checkReadConditions(asked: S3Request, stored: StoredObject): { readonly isNotModified: boolean } {
  const failed = findFailed(asked, stored, '');
  if (failed === undefined) return { isNotModified: false };
  if (failed === 'If-None-Match' || failed === 'If-Modified-Since') return { isNotModified: true };
  throw OBJECT_REFUSALS.precondition(failed);
}

/** Checks the conditions on the source of a copy: whatever does not hold is 412. @throws Refusal */
export function checkCopyConditions(asked: S3Request, source: StoredObject): void {
  const failed = findFailed(asked, source, 'x-amz-copy-source-');
  if (failed !== undefined) throw OBJECT_REFUSALS.precondition(`x-amz-copy-source-${failed}`);
}

/**
 * Checks a write's conditions: that nothing of the name exists, or that what exists has a certain ETag.
 * @param present what the bucket has under the name; `undefined` also behind a delete marker
 * @throws Refusal
 */
export function checkWriteConditions(asked: S3Request, present: StoredObject | undefined): void {
  const { request, objectName } = asked;
  const ifMatch = findHeader(request, 'if-match');
  const ifNoneMatch = findHeader(request, 'if-none-match');
  if (ifMatch === undefined && ifNoneMatch === undefined) return;
  if (ifMatch !== undefined && ifNoneMatch !== undefined) throw OBJECT_REFUSALS.severalConditions();
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*') throw OBJECT_REFUSALS.conditionNotTaken('If-None-Match');
    const isMet = present === undefined;
    tell(asked, 'If-None-Match', 'nothing of that name', isMet ? undefined : `an object with ETag ${present.etag}`);
    if (!isMet) throw OBJECT_REFUSALS.precondition('If-None-Match');
    return;
  }
  if (ifMatch?.trim() === '*') throw OBJECT_REFUSALS.conditionNotTaken('If-Match');
  // Who learns an ETag by trying must be allowed to read it.
  authorize(asked, 's3:GetObject');
  if (!present) throw REFUSALS.noSuchKey(objectName);
  checkEtag(asked, ifMatch ?? '', present);
}

/** `If-Match` of a delete: an object that is not there needs no deleting. @throws Refusal 412 */
export function checkDeleteCondition(asked: S3Request, ifMatch: string | undefined, present?: StoredObject): void {
  if (ifMatch !== undefined && present) checkEtag(asked, ifMatch, present);
}

function checkEtag(asked: S3Request, ifMatch: string, { etag }: StoredObject): void {
  const isMet = matchesEtag(ifMatch, etag);
  tell(asked, 'If-Match', ifMatch, isMet ? undefined : `"${etag}"`);
  if (!isMet) throw OBJECT_REFUSALS.precondition('If-Match');
}

/** The first condition that does not hold. */
function findFailed(asked: S3Request, stored: StoredObject, prefix: string): ConditionName | undefined {
  for (const pair of PAIRS) {
    const name = pair.find(one => findHeader(asked.request, `${prefix}${one}`) !== undefined);
    if (name !== undefined && !isMet(asked, stored, name, findHeader(asked.request, `${prefix}${name}`) ?? '')) {
      return name;
    }
  }
  return undefined;
}

function isMet(asked: S3Request, stored: StoredObject, name: ConditionName, sent: string): boolean {
  if (name === 'If-Match' || name === 'If-None-Match') {
    const isMatch = matchesEtag(sent, stored.etag);
    const holds = isMatch === (name === 'If-Match');
    const wanted = name === 'If-Match' ? sent : `another than ${sent}`;
    tell(asked, name, wanted, holds ? undefined : `"${stored.etag}"`);
    return holds;
  }
  const date = parseHttpDate(sent);
  // A date that is none does not count, nor does one that is still to come (RFC 9110, 13.1.3 and 13.1.4).
  if (date === undefined || (name === 'If-Modified-Since' && date > asked.s3.clock.now())) return true;
  // On the wire dates have seconds only.
  const changed = Math.floor(stored.lastModified / 1000) * 1000;
  const holds = changed > date === (name === 'If-Modified-Since');
  const wanted = `${name === 'If-Modified-Since' ? 'changed after' : 'not changed after'} ${sent}`;
  tell(asked, name, wanted, holds ? undefined : `last changed ${httpDate(changed)}`);
  return holds;
}

/** Shows both sides: they read the same exactly when the condition holds. */
function tell({ s3 }: S3Request, name: string, wanted: string, found: string | undefined): void {
  s3.recorder.step('s3.checkConditions', 's3');
  s3.recorder.emit({
    verb: 'compared',
    place: 's3.memory',
    what: 'condition',
    left: { label: `${name} asks for`, text: wanted },
    right: { label: 'S3 has', text: found ?? wanted },
    isEqual: found === undefined,
    facts: ['F-ETG-006'],
  });
}
