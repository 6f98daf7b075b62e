import type { Artifact, Trace } from '../../engine/index.ts';
import { type Narration, narrate } from '../../scene/narrate.ts';
import type { Segment } from '../../scene/segment.ts';

/** What the page says of one step. */
export interface StepGuide {
  readonly title: readonly Segment[];
  readonly say: readonly Segment[];
  /** Present for a named stop: its short clause. */
  readonly stop?: string;
}

/** The words for every step of a run. A step whose words do not fit the run is shown by its bare name. */
export function guideOf(trace: Trace, narration: Partial<Narration>): readonly StepGuide[] {
  return trace.steps.map((step, index) => {
    try {
      const { title, say, stop } = narrate(trace, index, narration);
      return { title, say, ...(stop === undefined ? {} : { stop }) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const bare: Segment[] = [{ code: step.name }];
      return { title: bare, say: bare };
    }
  });
}

/** Segments as plain text, for announcements, labels and search. */
export function plainText(segments: readonly Segment[], artifacts: Readonly<Record<string, Artifact>>): string {
  return segments.map(segment => plainPiece(segment, artifacts)).join('');
}

function plainPiece(segment: Segment, artifacts: Readonly<Record<string, Artifact>>): string {
  if ('text' in segment) return segment.text;
  if ('term' in segment) return segment.term;
  if ('code' in segment) return segment.code;
  const artifact = artifacts[segment.artifact];
  return artifact ? artifactLabel(artifact) : '';
}

/** `data key A`, `report.txt`. */
export function artifactLabel(artifact: Pick<Artifact, 'name' | 'letter'>): string {
  return artifact.letter === undefined ? artifact.name : `${artifact.name} ${artifact.letter}`;
}
