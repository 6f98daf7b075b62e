/**
 * How far a statement can be trusted.
 *
 * - `documented`: AWS's documentation, service model, client source code or a recorded answer says so.
 * - `derived`: follows from documented statements.
 * - `secondary`: told by others, or seen in servers that imitate S3.
 * - `model`: AWS does not publish it; this lab made a choice.
 */
export type FactGrade = 'documented' | 'derived' | 'secondary' | 'model';

/** A statement with its origin. */
export interface Fact {
  readonly text: string;
  readonly grade: FactGrade;
  /** Readable name of the origin. */
  readonly source: string;
  readonly url?: string;
}
