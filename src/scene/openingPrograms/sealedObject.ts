import type { Exchange, MessageView, Trace } from '../../engine/index.ts';

export type WrappingKind = 'aes' | 'rsa' | 'kms';

/** Names and values, in the order in which they were written. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** An object as the S3 Encryption Client left it in the bucket: what a program must know to open it. */
export interface SealedObject {
  readonly bucketName: string;
  readonly objectName: string;
  readonly region: string;
  readonly format: 'v2' | 'v3';
  readonly envelope: 'metadata' | 'instruction-file';
  readonly wrap: WrappingKind;
  /** With KMS: ARN or id of the key, where the run has shown it. */
  readonly kmsKeyId?: string;
  /** With KMS: the pairs of the caller; those that the client adds itself are left out (F-CSK-011). */
  readonly context: Pairs;
  /** With a raw key: what tells which key it is (F-CSR-012). */
  readonly materialDescription: Pairs;
}

type Entries = ReadonlyMap<string, string>;

const META = 'x-amz-meta-';
/** Any of them tells that a client has sealed the object, or the file beside it (F-FMT-040). */
const TELLING = ['x-amz-3', 'x-amz-c', 'x-amz-d', 'x-amz-key-v2', 'x-amz-wrap-alg'];
const SUFFIX = '.instruction';
const MARKER = 'x-amz-crypto-instr-file';
/** Pairs that the client adds to the encryption context (F-CSK-011, F-CSK-022). */
const RESERVED = ['aws:x-amz-cek-alg', 'kms_cmk_id'];
const DEFAULT_REGION = 'us-east-1';

/** By the wrap code of V3 and the wrap's name in V2 (F-FMT-050, F-FMT-051, F-FMT-052). */
const WRAPS: Readonly<Record<string, WrappingKind>> = {
  '02': 'aes',
  '12': 'kms',
  '22': 'rsa',
  'AES/GCM': 'aes',
  'kms+context': 'kms',
  'RSA-OAEP-SHA1': 'rsa',
};
const MODE_WRAPS: Readonly<Record<string, WrappingKind>> = { 'cse-aes': 'aes', 'cse-rsa': 'rsa', 'cse-kms': 'kms' };

/**
 * What the wire has shown of the sealed object: the last one, when there were several. What did not pass in this run (an
 * instruction file's content is shown only as far as a message is) is taken from what the run was asked for. `undefined`
 * when nothing sealed by the S3 Encryption Client has passed.
 */
export function findSealedObject(trace: Trace): SealedObject | undefined {
  const seen = trace.exchanges.flatMap(exchange => (exchange.link === 'client-s3' ? [readExchange(exchange)] : []));
  const whole = seen.findLast(each => each !== undefined && !each.isFile && hasTelling(each.entries));
  const file = seen.findLast(each => each?.isMarked) ?? seen.findLast(each => each?.isFile);
  const last = seen.findLast(each => each === whole || each === file);
  if (!last) return undefined;
  const entries = new Map([...(file ? (filedEntries(trace, file) ?? []) : []), ...(whole?.entries ?? [])]);
  const wrap = wrapOf(entries) ?? MODE_WRAPS[trace.run.mode];
  if (wrap === undefined) return undefined;
  const isWhole = whole !== undefined && (whole.entries.has('x-amz-3') || whole.entries.has('x-amz-key-v2'));
  const described = readPairs(entries.get('x-amz-t') ?? entries.get('x-amz-m') ?? entries.get('x-amz-matdesc'));
  const kmsKeyId = wrap === 'kms' ? findKmsKey(trace) : undefined;
  return {
    bucketName: last.bucketName,
    objectName: last.objectName,
    region: last.region,
    format: formatOf(entries) ?? trace.run.format ?? 'v3',
    envelope: isWhole ? 'metadata' : 'instruction-file',
    wrap,
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    context: wrap === 'kms' ? described.filter(([name]) => !RESERVED.includes(name)) : [],
    materialDescription: wrap === 'kms' ? [] : described,
  };
}

interface Seen {
  readonly bucketName: string;
  /** Of the object, also when the exchange is about the file beside it. */
  readonly objectName: string;
  readonly region: string;
  readonly entries: Entries;
  /** An instruction file, by its mark or by its name. */
  readonly isFile: boolean;
  readonly isMarked: boolean;
  readonly body: MessageView | undefined;
}

function readExchange({ request, response }: Exchange): Seen | undefined {
  const host = headerOf(request, 'host') ?? '';
  const address = readAddress(request.startLine, host);
  if (!address || !/^(?:PUT|GET|POST|HEAD) /.test(request.startLine)) return undefined;
  // A refused request shows nothing that lies in the bucket.
  if (!/ 20\d /.test(`${response?.startLine ?? ''} `)) return undefined;
  const isUp = /^(?:PUT|POST) /.test(request.startLine);
  const carrier = isUp ? request : response;
  const entries = new Map([...entriesOf(response), ...entriesOf(request)]);
  const isMarked = entries.has(MARKER);
  const isFile = isMarked || (address.objectName.endsWith(SUFFIX) && !hasTelling(entries));
  return {
    bucketName: address.bucketName,
    objectName:
      isFile && address.objectName.endsWith(SUFFIX) ? address.objectName.slice(0, -SUFFIX.length) : address.objectName,
    region: regionOf(headerOf(request, 'authorization') ?? '', host),
    entries,
    isFile,
    isMarked,
    body: carrier,
  };
}

/** Bucket and object of an address, path-style or with the bucket in the host; `undefined` for whatever is no object. */
function readAddress(startLine: string, host: string): { bucketName: string; objectName: string } | undefined {
  const path = /^[A-Z]+ \/([^? ]*)/.exec(startLine)?.[1] ?? '';
  const ofHost = /^(.+)\.s3[.-][^/]*$/.exec(host)?.[1];
  const cut = path.indexOf('/');
  const [bucket, name] = ofHost === undefined ? [path.slice(0, Math.max(cut, 0)), path.slice(cut + 1)] : [ofHost, path];
  if (bucket === '' || name === '') return undefined;
  try {
    return { bucketName: decodeURIComponent(bucket), objectName: decodeURIComponent(name) };
  } catch {
    return undefined;
  }
}

function regionOf(authorization: string, host: string): string {
  return (
    /Credential=[^/,\s]+\/\d{8}\/([a-z0-9-]{1,40})\//.exec(authorization)?.[1] ??
    /\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/.exec(host)?.[1] ??
    DEFAULT_REGION
  );
}

function headerOf(message: MessageView, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** The client's own metadata, without its prefix. */
function entriesOf(message: MessageView | undefined): Entries {
  return new Map(
    (message?.headers ?? [])
      .map(([name, value]): [string, string] => [name.toLowerCase(), value])
      .filter(([name]) => name.startsWith(`${META}x-amz-`))
      .map(([name, value]): [string, string] => [name.slice(META.length), value]),
  );
}

function hasTelling(entries: Entries): boolean {
  return TELLING.some(name => entries.has(name));
}

/** The entries in an instruction file: from the message that carried it, or from the bytes that the trace shows of it. */
function filedEntries(trace: Trace, file: Seen): Pairs | undefined {
  const fromBody = file.body?.json ? JSON.stringify(file.body.json) : file.body?.bodyText;
  const artifact = Object.values(trace.artifacts).findLast(each => each.kind === 'instruction-file');
  const isComplete = artifact?.byteLength === (artifact?.head.length ?? 0) / 2;
  const fromBytes = artifact && isComplete ? textOfHex(artifact.head) : undefined;
  return [fromBody, fromBytes].map(text => readPairs(text)).find(pairs => pairs.length > 0);
}

/** ASCII only: that is all these files hold; anything else becomes a character that no entry has. */
function textOfHex(hex: string): string {
  return (hex.match(/../g) ?? [])
    .map(byte => Number.parseInt(byte, 16))
    .map(code => (code < 0x80 ? String.fromCharCode(code) : '\ufffd'))
    .join('');
}

function wrapOf(entries: Entries): WrappingKind | undefined {
  const named = entries.get('x-amz-w') ?? entries.get('x-amz-wrap-alg');
  return named !== undefined && Object.hasOwn(WRAPS, named) ? WRAPS[named] : undefined;
}

function formatOf(entries: Entries): 'v2' | 'v3' | undefined {
  if (['x-amz-3', 'x-amz-c', 'x-amz-d'].some(name => entries.has(name))) return 'v3';
  return entries.has('x-amz-key-v2') || entries.has('x-amz-wrap-alg') ? 'v2' : undefined;
}

/** Texts of a JSON object, in its order; none when it is not one. */
function readPairs(text: string | undefined): Pairs {
  if (text === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return [];
    return Object.entries(parsed).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  } catch {
    return [];
  }
}

/** KMS answers with the ARN of the key it used; the caller may have named it otherwise. */
function findKmsKey(trace: Trace): string | undefined {
  const calls = trace.exchanges.filter(each => each.link === 'client-kms');
  const told = calls.flatMap(({ request, response }) => [request.json?.KeyId, response?.json?.KeyId]);
  return told.findLast((id): id is string => typeof id === 'string' && id !== '');
}
