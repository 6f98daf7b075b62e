import type { BindingId } from './bindings.ts';

/** How the help names a command and its keys. Apart from the table of keys, since only the help needs it. */
export interface BindingWords {
  readonly shown: string;
  readonly label: string;
  readonly group: 'Playing' | 'Moving' | 'Page';
}

export const BINDING_WORDS: Readonly<Record<BindingId, BindingWords>> = {
  toggle: { shown: 'Space or K', label: 'Play or pause', group: 'Playing' },
  slower: { shown: '<', label: 'Slower', group: 'Playing' },
  faster: { shown: '>', label: 'Faster', group: 'Playing' },
  next: { shown: '→', label: 'Next step', group: 'Moving' },
  previous: { shown: '←', label: 'Previous step', group: 'Moving' },
  nextStop: { shown: 'Page Down', label: 'Next named stop', group: 'Moving' },
  previousStop: { shown: 'Page Up', label: 'Previous named stop', group: 'Moving' },
  first: { shown: 'Home', label: 'First step', group: 'Moving' },
  last: { shown: 'End', label: 'Last step', group: 'Moving' },
  nextFrame: { shown: '.', label: 'One event forward, inside a step', group: 'Moving' },
  previousFrame: { shown: ',', label: 'One event back, inside a step', group: 'Moving' },
  goTo: { shown: 'G', label: 'Go to a step by its number', group: 'Moving' },
  answer: { shown: '1 to 9', label: 'Choose an answer, while a question is open', group: 'Playing' },
  fork: { shown: 'C', label: 'Change one thing from this step on', group: 'Page' },
  explore: { shown: 'E', label: 'Experiments, lessons, side by side and more', group: 'Page' },
  help: { shown: '?', label: 'This help', group: 'Page' },
  fullScreen: { shown: 'F', label: 'Full screen', group: 'Page' },
  close: { shown: 'Esc', label: 'Close what is open, skip a question, or let a selection go', group: 'Page' },
};
