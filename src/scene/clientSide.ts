import type { PersonName, RunSpec } from '../engine/index.ts';

/** Whose room the client's is: words for its wall, for tables and for sentences. */
export interface ClientSide {
  /** Whether words may say “you” of whoever is there. */
  readonly isYou: boolean;
  /** Begins a sentence or heads a row: `You`. */
  readonly holder: string;
  /** Short, beside `holder` where it is you: `as Ana`; empty when you are the owner. */
  readonly as: string;
  /** On the wall: `Your side`. */
  readonly room: string;
  /** Within a sentence, after “on” or “from”: `your side`. */
  readonly place: string;
}

/** Whom one plays, where it is not the application's owner. Room is short beside the name of a room. */
const AS: Readonly<Record<Exclude<PersonName, 'thief'>, string>> = {
  owner: '',
  's3-admin': 'as S3 admin',
  stranger: 'as stranger',
  reader: 'as Ana',
  administrator: 'as admin',
  anonymous: 'unsigned',
};
const ATTACKER = {
  isYou: false,
  holder: 'The attacker',
  as: '',
  room: 'The attacker',
  place: 'the attacker’s side',
} as const;

/** Who is at the client in a run: you, in whatever part, but for the thief. */
export function clientSideOf({ principal }: Pick<RunSpec, 'principal'>): ClientSide {
  if (principal === 'thief') return ATTACKER;
  return { isYou: true, holder: 'You', as: AS[principal], room: 'Your side', place: 'your side' };
}
