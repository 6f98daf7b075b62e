import type { AnyTrace, Artifact, ArtifactId, ArtifactKind } from '../engine/index.ts';

/** What a client may write into an instruction file (F-FMT-087, F-FMT-088). */
const WRITTEN_KINDS: ReadonlySet<ArtifactKind> = new Set<ArtifactKind>([
  'encrypted-data-key',
  'nonce',
  'message-id',
  'commitment',
]);
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Shorter pieces of bytes might stand in a file by chance. */
const MIN_BYTES = 8;

const contentsByArtifacts = new WeakMap<AnyTrace['artifacts'], ReadonlyMap<ArtifactId, readonly ArtifactId[]>>();

/**
 * What an instruction file says, as artifacts: an encrypted data key belongs to the files in whose text its bytes stand.
 * Found by the bytes themselves, so that no file can claim more than it holds. Nothing for artifacts of other kinds.
 */
export function writtenIn(trace: AnyTrace, file: ArtifactId): readonly ArtifactId[] {
  const known = contentsByArtifacts.get(trace.artifacts);
  const all = known ?? readFiles(trace.artifacts);
  if (known === undefined) contentsByArtifacts.set(trace.artifacts, all);
  return all.get(file) ?? [];
}

function readFiles(artifacts: AnyTrace['artifacts']): ReadonlyMap<ArtifactId, readonly ArtifactId[]> {
  const all = Object.values(artifacts);
  const files = all.filter(artifact => artifact.kind === 'instruction-file');
  if (files.length === 0) return new Map();
  const writable = all.filter(artifact => WRITTEN_KINDS.has(artifact.kind) && artifact.head.length >= 2 * MIN_BYTES);
  return new Map(
    files.map(file => {
      const text = textOf(file);
      return [file.id, writable.filter(artifact => text.includes(base64Of(artifact))).map(artifact => artifact.id)];
    }),
  );
}

/** Values in the file are Base64 in ASCII; other characters need not be right. */
function textOf(file: Artifact): string {
  return bytesOf(file.head)
    .map(byte => String.fromCharCode(byte))
    .join('');
}

/** Base64 of what the trace keeps of the bytes; whole groups only when that is not all. */
function base64Of({ head, byteLength }: Artifact): string {
  const bytes = bytesOf(head);
  const isWhole = bytes.length === byteLength;
  const kept = isWhole ? bytes : bytes.slice(0, bytes.length - (bytes.length % 3));
  let text = '';
  for (let at = 0; at < kept.length; at += 3) {
    const [first = 0, second, third] = kept.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += BASE64.charAt(bits >> 18) + BASE64.charAt((bits >> 12) & 63);
    text += second === undefined ? '=' : BASE64.charAt((bits >> 6) & 63);
    text += third === undefined ? '=' : BASE64.charAt(bits & 63);
  }
  return text;
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16));
}
