/** The header of an AWS Encryption SDK message, format version 2 (its specification: data-format/message-header.md). */

import { type Bytes, uint16, uint32 } from '../../bytes/bytes.ts';
import { type EncryptionContext, encodeContext, parseContext } from './messageContext.ts';
import { EndOfBytes, lengthOf, type Part, PartReader } from './parts.ts';
import { type EncryptedDataKeyEntry, entryParts } from './rawAesKeyring.ts';
import { SUITE } from './suite.ts';

const VERSION = 2;
/** The body consists of frames. */
const FRAMED = 2;

/** What the header tells to everybody, before anything of it is verified. */
export interface MessageHeader {
  /** 32 bytes, of this message only; salt of the derivation. */
  readonly messageId: Bytes;
  readonly encryptionContext: EncryptionContext;
  /** One for each keyring that may open the message. */
  readonly encryptedDataKeys: readonly EncryptedDataKeyEntry[];
  /** Plaintext bytes of every frame but the last. */
  readonly frameLength: number;
  /** 32 bytes. */
  readonly commitment: Bytes;
}

/** A header found at the front of bytes. */
export interface ParsedHeader extends MessageHeader {
  /** The encryption context as it stands in the header: AAD of a raw keyring. */
  readonly contextBytes: Bytes;
  /** All of the header that its tag covers. */
  readonly headerBody: Bytes;
  /** 16 bytes: the header's own authentication tag. */
  readonly tag: Bytes;
  /** Length of header and tag, in bytes; here the frames begin. */
  readonly byteLength: number;
}

/** The header's parts without its tag. @throws EngineError `too-large`, `invariant`, as `encodeContext` */
export function headerParts(header: MessageHeader): Part[] {
  const context = encodeContext(header.encryptionContext);
  return [
    { label: 'message format version', bytes: new Uint8Array([VERSION]) },
    { label: 'algorithm suite', bytes: uint16(SUITE.id) },
    { label: 'message id', bytes: header.messageId },
    { label: 'length of the encryption context', bytes: lengthOf(context) },
    { label: 'encryption context', bytes: context },
    { label: 'number of encrypted data keys', bytes: uint16(header.encryptedDataKeys.length) },
    ...header.encryptedDataKeys.flatMap(entryParts),
    { label: 'content type: framed', bytes: new Uint8Array([FRAMED]) },
    { label: 'frame length', bytes: uint32(header.frameLength) },
    { label: 'key commitment', bytes: header.commitment },
  ];
}

/** The header at the front of a message of this suite, or `undefined`: the bytes are not trusted, and nothing is verified yet. */
export function parseHeader(bytes: Uint8Array): ParsedHeader | undefined {
  try {
    return readHeader(new PartReader(bytes), bytes);
  } catch (error) {
    if (error instanceof EndOfBytes) return undefined;
    throw error;
  }
}

function readHeader(reader: PartReader, whole: Uint8Array): ParsedHeader | undefined {
  if (reader.number(1) !== VERSION || reader.number(2) !== SUITE.id) return undefined;
  const messageId = reader.bytes(SUITE.messageIdBytes);
  const contextBytes = reader.counted();
  const encryptionContext = parseContext(contextBytes);
  const encryptedDataKeys = Array.from({ length: reader.number(2) }, () => ({
    providerId: reader.counted(),
    providerInfo: reader.counted(),
    encryptedDataKey: reader.counted(),
  }));
  const contentType = reader.number(1);
  const frameLength = reader.number(4);
  const commitment = reader.bytes(SUITE.commitmentBytes);
  const bodyEnd = reader.position;
  const tag = reader.bytes(SUITE.tagBytes);
  if (!encryptionContext || encryptedDataKeys.length === 0 || contentType !== FRAMED || frameLength === 0) {
    return undefined;
  }
  const headerBody = new PartReader(whole).bytes(bodyEnd);
  const byteLength = reader.position;
  return {
    messageId,
    encryptionContext,
    encryptedDataKeys,
    frameLength,
    commitment,
    contextBytes,
    headerBody,
    tag,
    byteLength,
  };
}

/** Suites by message format: which two bytes may follow the first ones of a message (algorithm-suites.md). */
const BEGINNINGS: readonly { readonly start: readonly number[]; readonly suites: readonly number[] }[] = [
  {
    start: [0x01, 0x80],
    suites: [0x0014, 0x0046, 0x0078, 0x0114, 0x0146, 0x0178, 0x0214, 0x0346, 0x0378],
  },
  { start: [0x02], suites: [0x0478, 0x0578] },
];

/**
 * Whether bytes begin as messages of the AWS Encryption SDK do, of either format and any suite. A guess from three or four
 * bytes, as good as one in a million: the body of an S3 Encryption Client's object is noise and begins with anything.
 */
export function looksLikeMessage(bytes: Uint8Array): boolean {
  return BEGINNINGS.some(({ start, suites }) => {
    const [high = -1, low = -1] = bytes.subarray(start.length, start.length + 2);
    return start.every((byte, i) => bytes[i] === byte) && suites.includes(256 * high + low);
  });
}
