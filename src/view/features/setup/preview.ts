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
