import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../../crypto/checksums.ts';
import { listOf, readDocument, textOf } from '../document.ts';
import { REFUSALS } from '../refusal.ts';
import { MULTIPART_REFUSALS } from './refusals.ts';

const MAX_PARTS = 10_000;

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
  /** Base64, by algorithm. */
  readonly checksums: Partial<Record<ChecksumAlgorithm, string>>;
}

/** The parts that the document lists, as they were sent. @throws Refusal MalformedXML, InvalidRequest, InvalidArgument */
export function readNamedParts(bytes: Uint8Array): NamedPart[] {
  const document = readDocument(bytes, 'CompleteMultipartUpload');
  if (!document) throw REFUSALS.malformedXml();
  const parts = listOf(document, 'Part');
  if (parts.length === 0) throw MULTIPART_REFUSALS.noParts();
  if (parts.length > MAX_PARTS) throw REFUSALS.malformedXml();
  return parts.map(part => {
    const sent = textOf(part, 'PartNumber')?.trim();
    const etag = textOf(part, 'ETag')?.trim();
    if (sent === undefined || etag === undefined || !/^-?\d+$/.test(sent)) throw REFUSALS.malformedXml();
    const number = Number(sent);
    if (number < 1 || number > MAX_PARTS) throw MULTIPART_REFUSALS.partNumber(sent);
    const checksums: Partial<Record<ChecksumAlgorithm, string>> = {};
    for (const [algorithm, { element }] of Object.entries(CHECKSUM_ALGORITHMS)) {
      const text = textOf(part, element)?.trim();
      if (text !== undefined) checksums[algorithm as ChecksumAlgorithm] = text;
    }
    return { number, etag: etag.replaceAll('"', ''), checksums };
  });
}
