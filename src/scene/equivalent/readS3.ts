import type { JsonValue, MessageView } from '../../engine/index.ts';
import { asValue, type Given } from './call.ts';
import { hasNul } from './readKms.ts';
import { CHECKSUMS, COMMON_MEMBERS, HEADER_MEMBERS, QUERY_MEMBERS, UNSPOKEN, WITHOUT_PAYER } from './s3Members.ts';
import { type Kind, S3_OPERATIONS, type S3Operation, type WireMember } from './s3Operations.ts';
import { readXml } from './xml.ts';

export interface ReadS3 {
  readonly operation: string;
  readonly input: ReadonlyMap<string, Given>;
  readonly output?: string;
  readonly notes: readonly string[];
}

const META = 'x-amz-meta-';
/** Metadata that only a client-side encryption writes (F-FMT-021…036). */
const ENVELOPE = /^x-amz-meta-x-amz-(?:key|key-v2|3|c)$/;

/** Operation and members of a request to S3, from its start line, its headers and its body. */
export function readS3(request: MessageView, headers: ReadonlyMap<string, string>): ReadS3 | undefined {
  const address = readAddress(request.startLine, headers.get('host') ?? '');
  if (!address) return undefined;
  const { method, bucket, name, query } = address;
  if ([bucket ?? '', name ?? '', ...query.values()].some(hasNul)) return undefined;
  const level = bucket === undefined ? 'service' : name === undefined ? 'bucket' : 'object';
  const operation = S3_OPERATIONS.find(
    each =>
      each.method === method &&
      each.level === level &&
      (each.marker ?? []).every(marker => query.has(marker)) &&
      (each.header === undefined || headers.has(each.header)),
  );
  if (!operation) return undefined;
  const input = new Map<string, Given>();
  if (bucket !== undefined) input.set('Bucket', asValue(bucket));
  if (name !== undefined) input.set('Key', asValue(name));
  if (!addQuery(input, operation, query)) return undefined;
  const file = fileNameOf(name ?? '');
  const notes: string[] = [];
  const isEnvelope = [...headers.keys()].some(header => ENVELOPE.test(header));
  if (!addBody(input, operation, request, partName(isEnvelope ? `${file}.encrypted` : file, query))) return undefined;
  const left = addHeaders(input, operation, headers);
  if (isEnvelope && operation.body === 'file') {
    notes.push(
      `The file ${file}.encrypted is the ciphertext: encrypt on your side first, the command does not do it for you.`,
    );
  }
  const keyFiles = [...input.values()].flatMap(given => (given.as === 'customer-key' ? [given.name] : []));
  for (const each of keyFiles)
    notes.push(
      `Fill ${each} first with the 32 bytes of your key (a new one: dd if=/dev/urandom bs=32 count=1 of=${each}).`,
    );
  if (input.get('Policy')?.as === 'text-file') notes.push('The file policy.json holds the policy.');
  if (left.length > 0)
    notes.push(`Not in the command, since ${operation.name} has no place for it: ${left.join(', ')}.`);
  return {
    operation: operation.name,
    input,
    notes,
    ...(operation.hasContent ? { output: `downloaded-${file}` } : {}),
  };
}

interface Address {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly name: string | undefined;
  readonly query: ReadonlyMap<string, string>;
}

/** Bucket, object and query of a start line; the bucket may stand in the host instead. */
function readAddress(startLine: string, host: string): Address | undefined {
  const match = /^([A-Z]{3,6}) \/([^? ]*)(?:\?([^ ]*))? HTTP\/1\.1$/.exec(startLine);
  if (!match) return undefined;
  const [, method = '', path = '', queryText = ''] = match;
  const ofHost = /^(.+)\.s3[.-][^/]*$/.exec(host)?.[1];
  const cut = ofHost === undefined ? path.indexOf('/') : -1;
  const bucketText = ofHost ?? (cut < 0 ? path : path.slice(0, cut));
  const nameText = ofHost === undefined ? (cut < 0 ? '' : path.slice(cut + 1)) : path;
  try {
    const bucket = bucketText === '' ? undefined : decodeURIComponent(bucketText);
    const name = nameText === '' ? undefined : decodeURIComponent(nameText);
    const parts = queryText.split('&').filter(part => part !== '');
    const query = parts.map((part): [string, string] => {
      const at = part.indexOf('=');
      const value = at < 0 ? '' : part.slice(at + 1).replaceAll('+', ' ');
      return [decodeURIComponent(at < 0 ? part : part.slice(0, at)), decodeURIComponent(value)];
    });
    return bucket === undefined && name !== undefined ? undefined : { method, bucket, name, query: new Map(query) };
  } catch {
    return undefined;
  }
}

/** False when the query asks for something this operation does not know: then it is another operation. */
function addQuery(input: Map<string, Given>, operation: S3Operation, query: ReadonlyMap<string, string>): boolean {
  const known = new Set((operation.query ?? '').split(' '));
  for (const [part, text] of query) {
    if (part === 'x-id' || /^X-Amz-/.test(part)) continue;
    const isMarker = operation.marker?.includes(part) ?? false;
    if (!isMarker && !known.has(part)) return false;
    const member = QUERY_MEMBERS.get(part);
    if (!member) continue;
    const given = givenOf(member.kind, text);
    if (!given) return false;
    input.set(member.member, given);
  }
  return true;
}

/** False when there is a body of which the command cannot be told. */
function addBody(input: Map<string, Given>, operation: S3Operation, request: MessageView, file: string): boolean {
  const { body } = operation;
  if (body === undefined) return true;
  if (body === 'file') {
    input.set('Body', { as: 'file', name: file });
    return true;
  }
  if (body === 'policy') {
    input.set(
      'Policy',
      request.json ? asValue(JSON.stringify(request.json)) : { as: 'text-file', name: 'policy.json' },
    );
    return true;
  }
  if (request.bodyLength === 0) return operation.name === 'CreateBucket';
  const value = request.bodyText === undefined ? undefined : readXml(request.bodyText, body.root, body.shape);
  if (value === undefined || hasNul(JSON.stringify(value))) return false;
  input.set(body.member, asValue(value));
  return true;
}

/** Adds what the headers say; gives back the names of those the operation has no place for. */
function addHeaders(input: Map<string, Given>, operation: S3Operation, headers: ReadonlyMap<string, string>): string[] {
  const accepted = new Set([...operation.headers.split(' '), ...commonOf(operation)]);
  const metadata = new Map<string, JsonValue>();
  const left: string[] = [];
  for (const [header, text] of headers) {
    if (UNSPOKEN.test(header)) continue;
    if (header.startsWith(META) && accepted.has('Metadata')) {
      metadata.set(header.slice(META.length), text);
      continue;
    }
    if (addChecksum(input, accepted, header, text)) continue;
    const member: WireMember | undefined = HEADER_MEMBERS.get(header);
    const isFit = member !== undefined && accepted.has(member.member);
    const given = isFit ? givenOfHeader(member, text) : undefined;
    if (isFit && given) input.set(member.member, given);
    else if (isFit ? text !== 'aws-chunked' : header.startsWith('x-amz-') || /^(?:if-|range$)/.test(header)) {
      left.push(header);
    }
  }
  if (metadata.size > 0) input.set('Metadata', asValue(Object.fromEntries(metadata)));
  return left;
}

function commonOf(operation: S3Operation): readonly string[] {
  if (operation.level === 'service' || operation.name === 'CreateBucket') return [];
  return WITHOUT_PAYER.test(operation.name)
    ? COMMON_MEMBERS.filter(member => member !== 'RequestPayer')
    : COMMON_MEMBERS;
}

/** A client computes a checksum itself when it is told the algorithm; a value is passed on only where there is no other way. */
function addChecksum(input: Map<string, Given>, accepted: ReadonlySet<string>, header: string, text: string): boolean {
  const trailer = header === 'x-amz-trailer' ? CHECKSUMS.get(text.trim().toLowerCase()) : undefined;
  const isNamed = header === 'x-amz-sdk-checksum-algorithm' || header === 'x-amz-checksum-algorithm';
  const named = isNamed && /^[A-Z0-9]{2,12}$/i.test(text) ? text.toUpperCase() : undefined;
  const computed = CHECKSUMS.get(header);
  const algorithm = trailer ?? named ?? computed;
  if (algorithm === undefined) return header === 'x-amz-trailer';
  if (accepted.has('ChecksumAlgorithm')) input.set('ChecksumAlgorithm', asValue(algorithm));
  else if (computed !== undefined && accepted.has(`Checksum${computed}`))
    input.set(`Checksum${computed}`, asValue(text));
  else return isNamed || trailer !== undefined;
  return true;
}

function givenOfHeader({ member, kind }: WireMember, text: string): Given | undefined {
  if (member === 'SSECustomerKey') return { as: 'customer-key', name: 'customer.key' };
  if (member === 'CopySourceSSECustomerKey') return { as: 'customer-key', name: 'source-customer.key' };
  if (member === 'ContentEncoding') {
    const rest = text
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== 'aws-chunked' && part !== '');
    return rest.length === 0 ? undefined : asValue(rest.join(','));
  }
  if (member === 'CopySource') return readSource(text);
  return givenOf(kind, text);
}

/** The source of a copy, its name unescaped. */
function readSource(text: string): Given | undefined {
  const version = /\?versionId=[^?]*$/.exec(text)?.[0] ?? '';
  try {
    const name = decodeURIComponent(text.slice(0, text.length - version.length)).replace(/^\//, '');
    return hasNul(name) ? undefined : asValue(`${name}${version}`);
  } catch {
    return undefined;
  }
}

function givenOf(kind: Kind, text: string): Given | undefined {
  if (hasNul(text)) return undefined;
  switch (kind) {
    case 'text':
      return asValue(text);
    case 'date':
      return { as: 'date', text };
    case 'integer':
      return /^\d{1,15}$/.test(text) ? asValue(Number(text)) : undefined;
    case 'boolean': {
      const value = { true: true, false: false }[text.toLowerCase()];
      return value === undefined ? undefined : asValue(value);
    }
    case 'list':
      return asValue(text.split(',').map(part => part.trim()));
  }
}

/** The last part of an object's name, if a file can be called so. The AWS CLI would fill in `$NAME` and `~`: not with these. */
function fileNameOf(name: string): string {
  const last = (name.split('/').at(-1) ?? '').replaceAll(/[$~%*?:<>|"`\\]/g, '_');
  return /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(last) && !/^\.{1,2}$/.test(last) ? last : 'object.bin';
}

function partName(file: string, query: ReadonlyMap<string, string>): string {
  const part = query.get('partNumber');
  return part === undefined || !/^\d{1,5}$/.test(part) ? file : `${file}.part${part}`;
}
