import type { Artifact, ArtifactId, Place } from '../../../engine/index.ts';
import { plainName } from '../../ui/ArtifactName.tsx';
import { spacedHex } from '../../ui/HexLine.tsx';

type Artifacts = Readonly<Record<ArtifactId, Artifact>>;

/** Places as they end a sentence: “in …”, or “on …” your side and the network. */
export const PLACE_WORDS: Readonly<Record<Place, string>> = {
  client: 'your side',
  network: 'the network',
  's3.memory': 'S3 memory',
  's3.disk': 'S3 disks',
  's3.keys': 'S3’s own keys',
  'kms.host': 'KMS, outside the HSM',
  'kms.hsm': 'the HSM of KMS',
  audit: 'CloudTrail',
};

/** Of a key that can be used and not read. Your own you may take away, but nobody else gets it. */
const HANDLE_WORDS: Partial<Record<Place, string>> = { client: 'stays with you', 'kms.hsm': 'never leaves the HSM' };

/** Whether it can be read by whoever has it, in a word or two. */
export function stateWords(artifact: Artifact, artifacts: Artifacts): string {
  const opener = artifact.lock && artifacts[artifact.lock.keyId];
  if (opener) return `locked by ${plainName(opener)}`;
  if (artifact.isHandle) return 'usable, but not readable';
  return artifact.isSecret ? 'plaintext' : 'not secret';
}

/** `data key A, plaintext, in S3 memory`. */
export function tokenLabel(
  artifact: Artifact,
  artifacts: Artifacts,
  place: Place,
  isNew: boolean,
  placeWords = PLACE_WORDS[place],
): string {
  return `${plainName(artifact)}, ${stateWords(artifact, artifacts)}, ${place === 'client' || place === 'network' ? 'on' : 'in'} ${placeWords}${isNew ? ', new in this step' : ''}`;
}

/** What is seen of its bytes: readable text where it is text and nothing locks it, else hex. */
export function bytesLine(artifact: Artifact, place: Place): string {
  if (artifact.isHandle) return HANDLE_WORDS[place] ?? 'never leaves here';
  const text =
    artifact.lock === undefined && artifact.kind === 'plaintext-object' ? readableText(artifact.head) : undefined;
  if (text !== undefined) return `“${text.slice(0, 40)}${text.length > 40 ? '…' : ''}”`;
  return `${spacedHex(artifact.head, 16)}${artifact.head.length > 32 ? ' …' : ''}`;
}

/** Text of bytes in hex when nearly all of it is printable ASCII, else `undefined`. */
export function readableText(hex: string, mostBytes = 160): string | undefined {
  const bytes = (hex.slice(0, mostBytes * 2).match(/../g) ?? []).map(pair => Number.parseInt(pair, 16));
  const isPrintable = (byte: number) =>
    (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
  if (bytes.length === 0 || bytes.filter(isPrintable).length < bytes.length * 0.95) return undefined;
  return bytes
    .map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x0a ? '\n' : ' '))
    .join('');
}
