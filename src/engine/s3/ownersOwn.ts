import type { XmlTree } from './xml.ts';

/**
 * The access control list of what is its owner's alone, as a document. Owners have no names in it: S3 tells none since
 * 21 November 2025, here and in lists.
 * @param ID canonical, 64 hex characters
 */
export function ownersOwn(ID: string): XmlTree {
  const Grantee = { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', '@xsi:type': 'CanonicalUser', ID };
  return { Owner: { ID }, AccessControlList: { Grant: { Grantee, Permission: 'FULL_CONTROL' } } };
}
