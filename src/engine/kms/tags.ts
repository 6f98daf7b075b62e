import { change } from './administer.ts';
import { ALIVE, ANY_STATE, admitNamed } from './authorizeCall.ts';
import { listOf, required, structure, text } from './members.ts';
import { operation } from './operation.ts';
import { pageMembers, pageOf } from './page.ts';
import { isRefusal, type KmsRefusal, REFUSALS } from './refusal.ts';
import type { Tag } from './rows.ts';
import * as use from './useMembers.ts';

const MAX_TAGS = 50;

/** A tag as a request gives it. */
export const tag = structure({
  TagKey: required<string>(text({ min: 1, max: 128 })),
  TagValue: required<string>(text({ max: 256 })),
});

/** Why these tags cannot be put, if so. */
export function findTagRefusal(tags: readonly Tag[]): KmsRefusal | undefined {
  const names = tags.map(({ TagKey }) => TagKey);
  if (new Set(names).size < names.length) return REFUSALS.tags('Duplicate tag keys');
  if (names.some(name => /^aws:/i.test(name))) return REFUSALS.tags('Tag keys that begin with aws: are reserved');
  return undefined;
}

const tagResource = operation({
  name: 'TagResource',
  members: { KeyId: use.keyId, Tags: required<readonly Tag[]>(listOf(tag, 1000)) },
  async perform(call, { KeyId, Tags }) {
    const kmsKey = await admitNamed(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const refusal = findTagRefusal(Tags);
    if (refusal) return { ...refusal, keyArn };
    const kept = kmsKey.tags.filter(({ TagKey }) => !Tags.some(added => added.TagKey === TagKey));
    const tags = [...kept, ...Tags];
    if (tags.length > MAX_TAGS) return { ...REFUSALS.limitExceeded('Too many tags'), keyArn };
    change(call, { ...kmsKey, tags });
    return { keyArn };
  },
});

const untagResource = operation({
  name: 'UntagResource',
  members: { KeyId: use.keyId, TagKeys: required<readonly string[]>(listOf(text({ min: 1, max: 128 }), 1000)) },
  async perform(call, { KeyId, TagKeys }) {
    const kmsKey = await admitNamed(call, KeyId, { states: ALIVE });
    if (isRefusal(kmsKey)) return kmsKey;
    change(call, { ...kmsKey, tags: kmsKey.tags.filter(({ TagKey }) => !TagKeys.includes(TagKey)) });
    return { keyArn: kmsKey.arn };
  },
});

const listResourceTags = operation({
  name: 'ListResourceTags',
  members: { KeyId: use.keyId, ...pageMembers(50) },
  isReadOnly: true,
  async perform(call, request) {
    const kmsKey = await admitNamed(call, request.KeyId, { states: ANY_STATE });
    if (isRefusal(kmsKey)) return kmsKey;
    const keyArn = kmsKey.arn;
    const page = pageOf(
      kmsKey.tags,
      request,
      'Tags',
      ({ TagKey }) => TagKey,
      ({ TagKey, TagValue }) => ({ TagKey, TagValue }),
      50,
    );
    return isRefusal(page) ? { ...page, keyArn } : { response: page, keyArn };
  },
});

export const tagOperations = [tagResource, untagResource, listResourceTags];
