import type { ArtifactId } from '../engine/index.ts';

/** A piece of a sentence. User text stays text; an artifact is shown with its colour and letter; a term is to be remembered. */
export type Segment =
  | { readonly text: string }
  | { readonly term: string }
  | { readonly code: string }
  | { readonly artifact: ArtifactId };
