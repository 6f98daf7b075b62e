import { type LabObject, MAX_OBJECT_BYTES } from '../../worker/protocol.ts';
import { formatBytes } from './format.ts';

let lastId = 0;

/** What a typed text is called when nobody named it. */
export const TYPED_NAME = 'note.txt';

/** A text as the object of a run. */
export function textObject(name: string, text: string, type = 'text/plain'): LabObject {
  return { id: ++lastId, name, type, content: new Blob([text], { type }) };
}

/** A file as the object of a run; it is passed on by reference. */
export function fileObject(file: File): LabObject {
  return { id: ++lastId, name: file.name, type: file.type, content: file };
}

/** Why this content cannot be an object here, as a sentence; `undefined` when it can. */
export function objectProblem(name: string, content: Blob): string | undefined {
  if (content.size <= MAX_OBJECT_BYTES) return undefined;
  return `“${name}” has ${formatBytes(content.size)}. The lab takes objects up to ${formatBytes(MAX_OBJECT_BYTES)}. Your former object is still here.`;
}

/** True when both hold the same bytes; reads both whole. */
export async function isSameContent(left: Blob, right: Blob): Promise<boolean> {
  if (left.size !== right.size) return false;
  const [a, b] = await Promise.all([left.arrayBuffer(), right.arrayBuffer()]);
  const first = new Uint8Array(a);
  const second = new Uint8Array(b);
  return first.every((byte, index) => byte === second[index]);
}
