import { BELIEF_MYTHS } from './myths/beliefs.ts';
import type { Myth } from './myths/myth.ts';
import { NOTE_MYTHS } from './myths/notes.ts';

export type { Myth, Verdict } from './myths/myth.ts';

/** All myths: those of the notes first. Large: load it with the page that shows it. */
export const MYTHS: readonly Myth[] = [...NOTE_MYTHS, ...BELIEF_MYTHS];
