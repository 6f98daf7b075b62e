/** How a downloaded object is shown. Text is shown as text: never as markup. */
export type Preview =
  | { readonly kind: 'image' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly text: string };

const TEXT_BYTES = 4096;
const HEX_BYTES = 256;
const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/svg+xml'];

/** Text as text, images as images, everything else as its first bytes in hexadecimal. Reads at most 4 KiB. */
export async function previewOf(content: Blob): Promise<Preview> {
  if (IMAGES.includes(content.type)) return { kind: 'image' };
  const bytes = new Uint8Array(await content.slice(0, TEXT_BYTES).arrayBuffer());
  const text = findText(bytes, content.size > TEXT_BYTES);
  if (text !== undefined) return { kind: 'text', text: content.size > TEXT_BYTES ? `${text}…` : text };
  const hex = Array.from(bytes.subarray(0, HEX_BYTES), byte => byte.toString(16).padStart(2, '0'));
  return { kind: 'bytes', text: `${hex.join(' ')}${content.size > HEX_BYTES ? ' …' : ''}` };
}

/** The bytes as UTF-8, or nothing when they are none. A character cut off at the end does not count. */
function findText(bytes: Uint8Array, isCut: boolean): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

const EXCERPT_CHARACTERS = 200;

/**
 * The first 200 characters, for telling contents apart at a glance. What is no text is shown byte by byte; whatever cannot be
 * printed is a dot.
 */
export async function excerptOf(content: Blob): Promise<string> {
  // A character of UTF-8 takes four bytes at most.
  const bytes = new Uint8Array(await content.slice(0, EXCERPT_CHARACTERS * 4).arrayBuffer());
  const isCut = content.size > bytes.length;
  const text = findText(bytes, isCut);
  const all =
    text === undefined
      ? Array.from(bytes, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
      : Array.from(text, one => (/[^\p{C}]|[\n\r\t]/u.test(one) ? one : '·'));
  const more = isCut || all.length > EXCERPT_CHARACTERS ? '…' : '';
  return all.slice(0, EXCERPT_CHARACTERS).join('') + more;
}
