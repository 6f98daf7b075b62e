import type { JsonValue, MessageView } from '../../engine/index.ts';
import { asValue, type Given } from './call.ts';
import { KMS_BYTES, KMS_OPERATIONS, KMS_SECRET_BYTES, KMS_SECRET_TEXT } from './kmsOperations.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Operation and members of a call of AWS KMS: JSON 1.1, named in a header (F-KMS-020). */
export function readKms(
  request: MessageView,
  target: string,
): { operation: string; input: Map<string, Given>; notes: string[] } | undefined {
  const operation = /^TrentService\.([A-Za-z]+)$/.exec(target)?.[1] ?? '';
  if (!KMS_OPERATIONS.has(operation)) return undefined;
  if (request.json === undefined && request.bodyLength > 0) return undefined;
  const input = new Map<string, Given>();
  const notes: string[] = [];
  for (const [member, value] of Object.entries(request.json ?? {})) {
    if (!/^[A-Z][A-Za-z0-9]{0,63}$/.test(member) || value === null || hasNul(value)) continue;
    const given = read(member, value);
    if (given) input.set(member, given);
    if (given?.as === 'file' || given?.as === 'text-file')
      notes.push(`Put your own ${member} into ${given.name} first.`);
  }
  return { operation, input, notes };
}

function read(member: string, value: JsonValue): Given | undefined {
  const secret = KMS_SECRET_BYTES.get(member);
  if (secret !== undefined) return { as: 'file', name: secret };
  if (KMS_SECRET_TEXT.has(member)) return { as: 'text-file', name: `${member}.txt` };
  const name = KMS_BYTES.get(member);
  if (name === undefined) return asValue(value);
  return typeof value === 'string' && BASE64.test(value) ? { as: 'bytes', base64: value, name } : undefined;
}

/** A command has no place for U+0000. */
export function hasNul(value: JsonValue): boolean {
  return typeof value === 'string' && value.includes('\u0000');
}
