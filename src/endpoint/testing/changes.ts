import type { Artifact, CloudChanges, SavedContent } from '../../engine/index.ts';

/** An artifact as the engine describes one, with as much in it as a test needs. */
export function anArtifact(id: string, more: Partial<Artifact> = {}): Artifact {
  return {
    id,
    kind: 'ciphertext-object',
    name: `artifact ${id}`,
    isHandle: false,
    isSecret: false,
    fingerprint: '0123456789abcdef',
    head: '00ff',
    tail: '',
    fields: [],
    ...more,
  };
}

export const NOTHING: CloudChanges = { rows: [], stored: [], dropped: [], artifacts: [] };

/** What storing an object changes: a row, its content, and what the content is. */
export function storing(
  name: string,
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
  place: SavedContent['place'] = 's3.disk',
): CloudChanges {
  return {
    rows: [{ table: 'objects', id: name, value: { piece: id, length: bytes.length } }],
    stored: [{ place, id, bytes }],
    dropped: [],
    artifacts: [anArtifact(id, { lock: { keyId: 'a1', contents: [], algorithm: 'AES-256-GCM' } }), anArtifact('a1')],
  };
}

/** What deleting it changes. */
export function deleting(name: string, id: string, place: SavedContent['place'] = 's3.disk'): CloudChanges {
  return { ...NOTHING, rows: [{ table: 'objects', id: name }], dropped: [{ place, id }] };
}
