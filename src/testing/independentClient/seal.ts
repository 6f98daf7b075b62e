/** Writes objects as an S3 Encryption Client would have, in every format there has been (facts, sections 15.3 to 15.7). */
import { randomBytes } from 'node:crypto';
import { deriveV3, encryptCbc, encryptGcm, encryptV3 } from './content.ts';
import { isRaw, type Keys, type Pairs, WRAPPINGS, type WrapName } from './wrapping.ts';

/** What lies in S3 afterwards. Metadata without the prefix `x-amz-meta-`. */
export interface SealedObject {
  readonly body: Buffer;
  readonly metadata: Pairs;
  readonly instructionFile?: { readonly body: string; readonly metadata: Pairs };
}

export interface SealOptions {
  readonly format: 'v1' | 'v2' | 'v3';
  readonly wrap: WrapName;
  readonly keys: Keys;
  readonly plaintext: Buffer;
  /** V2 only; absent: `gcm`. V1 is always CBC, V3 always GCM. */
  readonly content?: 'gcm' | 'cbc';
  readonly materialDescription?: Pairs;
  /** With `kms+context`: the caller's own pairs. */
  readonly context?: Pairs;
  readonly storage: 'metadata' | 'instruction-file';
  /** `spaced`: with a space after colon and comma, as some clients write JSON (F-FMT-038). */
  readonly json?: 'compact' | 'spaced';
  /** V1 and V2: say how long the plaintext is (F-FMT-028). */
  readonly tellsLength?: boolean;
  /** Instead of random bytes, for known answers. */
  readonly given?: {
    readonly dataKey?: Buffer;
    readonly iv?: Buffer;
    readonly messageId?: Buffer;
    readonly wrapIv?: Buffer;
  };
}

const V3_CODES: Readonly<Partial<Record<WrapName, string>>> = {
  'AES/GCM': '02',
  'kms+context': '12',
  'RSA-OAEP-SHA1': '22',
};
const base64 = (bytes: Buffer) => bytes.toString('base64');

/** JSON of a flat map, in one of two styles. */
export function jsonOf(pairs: Pairs, style: 'compact' | 'spaced' = 'compact'): string {
  const [colon, comma] = style === 'compact' ? [':', ','] : [': ', ', '];
  const parts = Object.entries(pairs).map(([name, value]) => JSON.stringify(name) + colon + JSON.stringify(value));
  return `{${parts.join(comma)}}`;
}

/** Content algorithm as it is named in metadata, AAD, pseudo-key and KMS context. */
function algorithmOf({ format, content }: SealOptions): string {
  if (format === 'v3') return '115';
  return format === 'v1' || content === 'cbc' ? 'AES/CBC/PKCS5Padding' : 'AES/GCM/NoPadding';
}

/** Encrypts and wraps; what it gives back is to be put into S3 as it is. */
export async function seal(options: SealOptions): Promise<SealedObject> {
  const algorithm = algorithmOf(options);
  const { dataKey, encryptedDataKey, description } = await wrapped(options, algorithm);
  if (options.format === 'v3') return sealV3(options, dataKey, encryptedDataKey, description);

  const isGcm = algorithm === 'AES/GCM/NoPadding';
  const iv = options.given?.iv ?? randomBytes(isGcm ? 12 : 16);
  const { plaintext } = options;
  const body = isGcm ? encryptGcm(dataKey, iv, undefined, plaintext) : encryptCbc(dataKey, iv, plaintext);
  const envelope: Pairs = {
    [options.format === 'v1' ? 'x-amz-key' : 'x-amz-key-v2']: base64(encryptedDataKey),
    'x-amz-iv': base64(iv),
    'x-amz-matdesc': jsonOf(description, options.json),
    ...(options.format === 'v2' ? { 'x-amz-wrap-alg': options.wrap, 'x-amz-cek-alg': algorithm } : {}),
    ...(isGcm ? { 'x-amz-tag-len': '128' } : {}),
    ...(options.tellsLength ? { 'x-amz-unencrypted-content-length': String(plaintext.length) } : {}),
  };
  return stored(options, body, {}, envelope);
}

function sealV3(options: SealOptions, dataKey: Buffer, encryptedDataKey: Buffer, description: Pairs): SealedObject {
  const code = V3_CODES[options.wrap];
  if (code === undefined) throw new Error('V3 never wrapped like this');
  const messageId = options.given?.messageId ?? randomBytes(28);
  const { commitment, derivedKey } = deriveV3(dataKey, messageId);
  const name = options.wrap === 'kms+context' ? 'x-amz-t' : 'x-amz-m';
  const isTold = Object.keys(description).length > 0;
  return stored(
    options,
    encryptV3(derivedKey, options.plaintext),
    { 'x-amz-c': '115', 'x-amz-d': base64(commitment), 'x-amz-i': base64(messageId) },
    {
      'x-amz-3': base64(encryptedDataKey),
      'x-amz-w': code,
      ...(isTold ? { [name]: jsonOf(description, options.json) } : {}),
    },
  );
}

/** `fixed` never leaves the object; `envelope` goes into the instruction file when there is one (F-FMT-087, F-FMT-088). */
function stored(options: SealOptions, body: Buffer, fixed: Pairs, envelope: Pairs): SealedObject {
  if (options.storage === 'metadata') return { body, metadata: { ...fixed, ...envelope } };
  const file = { body: jsonOf(envelope, options.json), metadata: { 'x-amz-crypto-instr-file': '' } };
  return { body, metadata: fixed, instructionFile: file };
}

interface Wrapped {
  readonly dataKey: Buffer;
  readonly encryptedDataKey: Buffer;
  /** Material description or KMS context, as it is stored. */
  readonly description: Pairs;
}

async function wrapped(options: SealOptions, algorithm: string): Promise<Wrapped> {
  const { wrap, keys, given } = options;
  if (isRaw(wrap)) {
    const dataKey = given?.dataKey ?? randomBytes(32);
    const encryptedDataKey = WRAPPINGS[wrap].wrap(keys, dataKey, algorithm, given?.wrapIv);
    return { dataKey, encryptedDataKey, description: options.materialDescription ?? {} };
  }
  if (!keys.kms) throw new Error('no KMS at hand');
  // F-FMT-052, F-FMT-053
  const description: Pairs =
    wrap === 'kms' ? { kms_cmk_id: keys.kms.keyId } : { ...options.context, 'aws:x-amz-cek-alg': algorithm };
  const { plaintext, blob } = await keys.kms.generateDataKey(description);
  return { dataKey: plaintext, encryptedDataKey: blob, description };
}
