import type { ArtifactId } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import { holdInMemory, type S3Parts, type S3Request } from './context.ts';

/** Copies pieces from memory to the disks, and says so. What lies there already stays. */
export function storePieces(asked: S3Request, ids: readonly ArtifactId[], facts: readonly FactId[]): void {
  const { s3, operation } = asked;
  for (const id of ids) {
    // The same bytes under the same identity lie there already, for example in mode "nothing at rest".
    if (s3.disk.has(id)) continue;
    // What is secret in memory is overwritten there, so the disk needs its own bytes (mode "nothing at rest").
    const bytes = s3.memory.getBytes(id);
    s3.disk.hold(id, s3.recorder.get(id).isSecret ? bytes.slice() : bytes);
  }
  s3.recorder.emit({
    verb: 'stored',
    from: 's3.memory',
    place: 's3.disk',
    outputs: ids,
    api: operation.name,
    facts,
  });
}

/** Drops pieces from the disks that nothing refers to any more. */
export function dropPieces({ disk, recorder }: S3Parts, ids: readonly ArtifactId[]): void {
  for (const id of ids) {
    if (!disk.has(id)) continue;
    const isZeroized = disk.release(id, recorder.get(id).isSecret);
    recorder.emit({ verb: 'discarded', place: 's3.disk', inputs: [id], isZeroized, facts: [] });
  }
}

/** Brings pieces from the disks into memory, in the step `s3.load`. */
export function loadPieces(asked: S3Request, ids: readonly ArtifactId[], facts: readonly FactId[]): void {
  const { s3, operation } = asked;
  s3.recorder.step('s3.load', 's3');
  for (const id of ids) {
    const artifact = s3.recorder.get(id);
    const bytes = s3.disk.getBytes(id);
    // Memory is overwritten after the answer; an unencrypted object on the disks must not be.
    holdInMemory(s3, artifact, artifact.isSecret ? bytes.slice() : bytes);
  }
  s3.recorder.emit({
    verb: 'loaded',
    from: 's3.disk',
    place: 's3.memory',
    outputs: ids,
    api: operation.name,
    facts,
  });
}
