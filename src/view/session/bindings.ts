import type { Session } from './session.ts';

/** What a keyboard command may use besides the session. */
export interface KeyContext {
  readonly session: Session;
  readonly toggleFullScreen: () => void;
}

export interface Binding {
  readonly id: string;
  /** Values of `KeyboardEvent.key`. */
  readonly keys: readonly string[];
  /** As shown in the help, for example `Space or K`. */
  readonly shown: string;
  readonly label: string;
  readonly group: 'Playing' | 'Moving' | 'Page';
  /** Types a character: the shortcuts switch turns it off (WCAG 2.1.4). */
  readonly isCharacter: boolean;
  /** Does nothing and lets the key be when it returns false. */
  readonly run: (context: KeyContext, pressed: string) => boolean;
}

const act =
  (action: (context: KeyContext) => void): Binding['run'] =>
  context => {
    action(context);
    return true;
  };

/** The one table of keys: behaviour, `aria-keyshortcuts` and help all come from it. */
export const BINDINGS: readonly Binding[] = [
  {
    id: 'toggle',
    keys: [' ', 'k', 'K'],
    shown: 'Space or K',
    label: 'Play or pause',
    group: 'Playing',
    isCharacter: true,
    run: act(({ session }) => session.actions.toggle()),
  },
  {
    id: 'slower',
    keys: ['<'],
    shown: '<',
    label: 'Slower',
    group: 'Playing',
    isCharacter: true,
    run: act(({ session }) => session.actions.slower()),
  },
  {
    id: 'faster',
    keys: ['>'],
    shown: '>',
    label: 'Faster',
    group: 'Playing',
    isCharacter: true,
    run: act(({ session }) => session.actions.faster()),
  },
  {
    id: 'next',
    keys: ['ArrowRight'],
    shown: '→',
    label: 'Next step',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.next()),
  },
  {
    id: 'previous',
    keys: ['ArrowLeft'],
    shown: '←',
    label: 'Previous step',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.previous()),
  },
  {
    id: 'nextStop',
    keys: ['PageDown'],
    shown: 'Page Down',
    label: 'Next named stop',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.nextStop()),
  },
  {
    id: 'previousStop',
    keys: ['PageUp'],
    shown: 'Page Up',
    label: 'Previous named stop',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.previousStop()),
  },
  {
    id: 'first',
    keys: ['Home'],
    shown: 'Home',
    label: 'First step',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.first()),
  },
  {
    id: 'last',
    keys: ['End'],
    shown: 'End',
    label: 'Last step',
    group: 'Moving',
    isCharacter: false,
    run: act(({ session }) => session.actions.last()),
  },
  {
    id: 'nextFrame',
    keys: ['.'],
    shown: '.',
    label: 'One event forward, inside a step',
    group: 'Moving',
    isCharacter: true,
    run: act(({ session }) => session.actions.nextFrame()),
  },
  {
    id: 'previousFrame',
    keys: [','],
    shown: ',',
    label: 'One event back, inside a step',
    group: 'Moving',
    isCharacter: true,
    run: act(({ session }) => session.actions.previousFrame()),
  },
  {
    id: 'goTo',
    keys: ['g', 'G'],
    shown: 'G',
    label: 'Go to a step by its number',
    group: 'Moving',
    isCharacter: true,
    run: act(({ session }) => session.actions.openDialog('goTo')),
  },
  {
    id: 'answer',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: '1 to 9',
    label: 'Choose an answer, while a question is open',
    group: 'Playing',
    isCharacter: true,
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
    shown: '?',
    label: 'This help',
    group: 'Page',
    isCharacter: true,
    run: act(({ session }) => session.actions.openDialog('help')),
  },
  {
    id: 'fullScreen',
    keys: ['f', 'F'],
    shown: 'F',
    label: 'Full screen',
    group: 'Page',
    isCharacter: true,
    run: act(({ toggleFullScreen }) => toggleFullScreen()),
  },
  {
    id: 'close',
    keys: ['Escape'],
    shown: 'Esc',
    label: 'Close what is open, skip a question, or let a selection go',
    group: 'Page',
    isCharacter: false,
    run: ({ session }) => {
      const { asking, selected } = session.getState();
      if (asking !== undefined) session.actions.skipQuestion();
      else if (selected !== undefined) session.actions.select(undefined);
      else return false;
      return true;
    },
  },
];

/** Which command a pressed key means now; `undefined` when it is not ours. */
export function findBinding(pressed: string, hasShortcuts: boolean): Binding | undefined {
  return BINDINGS.find(binding => binding.keys.includes(pressed) && (hasShortcuts || !binding.isCharacter));
}

const ARIA_NAMES: Readonly<Record<string, string>> = { ' ': 'Space' };

/** Value of `aria-keyshortcuts` for a command, or nothing when its keys are turned off. */
export function ariaKeys(id: string, hasShortcuts: boolean): string | undefined {
  const binding = BINDINGS.find(candidate => candidate.id === id);
  if (!binding || (binding.isCharacter && !hasShortcuts)) return undefined;
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
