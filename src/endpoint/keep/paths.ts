import { join } from 'node:path';
import type { SavedContent } from '../../engine/index.ts';

/** Where things lie in a data folder. */
export function pathsOf(folder: string) {
  return {
    folder,
    secrets: join(folder, 'secrets.json'),
    snapshot: join(folder, 'snapshot.jsonl'),
    journal: join(folder, 'journal.jsonl'),
    contents: (place: SavedContent['place']) => join(folder, 'contents', place),
    content: (place: SavedContent['place'], file: number) =>
      join(folder, 'contents', place, String(file).padStart(12, '0')),
  };
}
export type Paths = ReturnType<typeof pathsOf>;

export const CONTENT_PLACES = ['s3.disk', 'kms.host'] as const satisfies readonly SavedContent['place'][];
