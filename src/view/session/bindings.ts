import type { Session } from './session.ts';

/** What a keyboard command may use besides the session. */
export interface KeyContext {
  readonly session: Session;
  readonly toggleFullScreen: () => void;
}

export type BindingId =
  | 'toggle'
  | 'slower'
  | 'faster'
  | 'next'
  | 'previous'
  | 'nextStop'
  | 'previousStop'
  | 'first'
  | 'last'
  | 'nextFrame'
  | 'previousFrame'
  | 'goTo'
  | 'answer'
  | 'fork'
  | 'explore'
  | 'help'
  | 'fullScreen'
  | 'close';

export interface Binding {
  readonly id: BindingId;
  /** Values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  /** Does nothing and lets the key be when it returns false. */
  readonly run: (context: KeyContext, pressed: string) => boolean;
}

const act =
  (action: (context: KeyContext) => void): Binding['run'] =>
  context => {
    action(context);
    return true;
  };

/** The one table of keys: behaviour, `aria-keyshortcuts` and help all come from it. Its words are in bindingWords.ts. */
export const BINDINGS: readonly Binding[] = [
  {
    id: 'toggle',
    keys: [' ', 'k', 'K'],
    run: act(({ session }) => session.actions.toggle()),
  },
  {
    id: 'slower',
    keys: ['<'],
    run: act(({ session }) => session.actions.slower()),
  },
  {
    id: 'faster',
    keys: ['>'],
    run: act(({ session }) => session.actions.faster()),
  },
  {
    id: 'next',
    keys: ['ArrowRight'],
    run: act(({ session }) => session.actions.next()),
  },
  {
    id: 'previous',
    keys: ['ArrowLeft'],
    run: act(({ session }) => session.actions.previous()),
  },
  {
    id: 'nextStop',
    keys: ['PageDown'],
    run: act(({ session }) => session.actions.nextStop()),
  },
  {
    id: 'previousStop',
    keys: ['PageUp'],
    run: act(({ session }) => session.actions.previousStop()),
  },
  {
    id: 'first',
    keys: ['Home'],
    run: act(({ session }) => session.actions.first()),
  },
  {
    id: 'last',
    keys: ['End'],
    run: act(({ session }) => session.actions.last()),
  },
  {
    id: 'nextFrame',
    keys: ['.'],
    run: act(({ session }) => session.actions.nextFrame()),
  },
  {
    id: 'previousFrame',
    keys: [','],
    run: act(({ session }) => session.actions.previousFrame()),
  },
  {
    id: 'goTo',
    keys: ['g', 'G'],
    run: act(({ session }) => session.actions.openDialog('goTo')),
  },
  {
    id: 'fork',
    keys: ['c', 'C'],
    run: act(({ session }) => session.actions.openDialog('fork')),
  },
  {
    id: 'explore',
    keys: ['e', 'E'],
    run: act(({ session }) => session.actions.openDialog('explore')),
  },
  {
    id: 'answer',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    run: ({ session }, pressed) => {
      const { asking, predictions } = session.getState();
      const option = predictions.find(({ id }) => id === asking)?.options[Number(pressed) - 1];
      if (option) session.actions.answer(option.id);
      return option !== undefined;
    },
  },
  {
    id: 'help',
    keys: ['?'],
    run: act(({ session }) => session.actions.openDialog('help')),
  },
  {
    id: 'fullScreen',
    keys: ['f', 'F'],
    run: act(({ toggleFullScreen }) => toggleFullScreen()),
  },
  {
    id: 'close',
    keys: ['Escape'],
    run: ({ session }) => {
      const { asking, selected } = session.getState();
      if (asking !== undefined) session.actions.skipQuestion();
      else if (selected !== undefined) session.actions.select(undefined);
      else return false;
      return true;
    },
  },
];

/** Whether its keys type a character: the shortcuts switch turns those off (WCAG 2.1.4). */
export function isCharacter(binding: Binding): boolean {
  return binding.keys.every(name => name.length === 1);
}

/** Which command a pressed key means now; `undefined` when it is not ours. */
export function findBinding(pressed: string, hasShortcuts: boolean): Binding | undefined {
  return BINDINGS.find(binding => binding.keys.includes(pressed) && (hasShortcuts || !isCharacter(binding)));
}

const ARIA_NAMES: Readonly<Record<string, string>> = { ' ': 'Space' };

/** Value of `aria-keyshortcuts` for a command, or nothing when its keys are turned off. */
export function ariaKeys(id: BindingId, hasShortcuts: boolean): string | undefined {
  const binding = BINDINGS.find(candidate => candidate.id === id);
  if (!binding || (isCharacter(binding) && !hasShortcuts)) return undefined;
  return binding.keys
    .filter((name, index, all) => all.findIndex(other => other.toLowerCase() === name.toLowerCase()) === index)
    .map(name => ARIA_NAMES[name] ?? name)
    .join(' ');
}

/** Shortest time between two steps of a held key, in milliseconds. */
export const REPEAT_MILLISECONDS = 125;

/** Lets at most eight repeats a second through. `isRepeat` and `at` (milliseconds) are those of the event. */
export function repeatGate(): (isRepeat: boolean, at: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (isRepeat, at) => {
    if (isRepeat && at - last < REPEAT_MILLISECONDS) return false;
    last = at;
    return true;
  };
}
