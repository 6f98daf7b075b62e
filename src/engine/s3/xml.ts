import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import type { S3Error } from './refusal.ts';

const builder = new XMLBuilder({ ignoreAttributes: false });
// Entities other than XML's own five are never expanded, and every value stays text.
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: true,
  isArray: name => name === 'Rule' || name === 'EncryptionType',
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** S3's error document (facts, section 12). Values are escaped. */
export function errorXml(error: S3Error, resource: string, requestId: string, hostId: string): string {
  return (
    HEAD +
    builder.build({
      Error: {
        Code: error.code,
        Message: error.message,
        ...error.extra,
        Resource: resource,
        RequestId: requestId,
        HostId: hostId,
      },
    })
  );
}

/**
 * The document as a tree of texts, or `undefined` when it is not well-formed XML, carries a DTD, or has what the parser
 * refuses: names that JavaScript reserves, very deep nesting.
 */
export function parseXml(text: string): Record<string, unknown> | undefined {
  if (text.includes('<!DOCTYPE') || XMLValidator.validate(text) !== true) return undefined;
  try {
    const tree: unknown = parser.parse(text);
    return typeof tree === 'object' && tree !== null ? (tree as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
