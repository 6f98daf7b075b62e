import type { DiskPiece, ExperimentAct, PersonName, Transport } from '../../../engine/index.ts';
import type { Sureness } from './played.ts';

export const PERSON_WORDS: Readonly<Record<PersonName, string>> = {
  owner: 'the application owner',
  's3-admin': 'the S3 administrator',
  stranger: 'somebody of another account',
  reader: 'Ana, who may read the bucket',
  administrator: 'a user with AdministratorAccess',
  thief: 'a thief with the owner’s access key',
  anonymous: 'somebody who does not sign',
};

export const SURE_WORDS: Readonly<Record<Sureness, string>> = {
  sure: 'I am sure',
  think: 'I think so',
  guess: 'I guess',
};

export const PIECE_WORDS: Readonly<Record<DiskPiece, string>> = {
  ciphertext: 'the ciphertext',
  tag: 'the authentication tag',
  'encrypted-data-key': 'the encrypted data key',
};

const LINE_WORDS: Readonly<Record<Transport, string>> = { https: 'HTTPS', http: 'plain HTTP' };

/** Who does what, over which line. */
export function factsOfAct(act: ExperimentAct | undefined): readonly (readonly [term: string, words: string])[] {
  return [
    ['Who', PERSON_WORDS[act?.as ?? 'owner']],
    ['What', act?.operation === 'download' ? 'a download' : 'an upload'],
    ['Line', LINE_WORDS[act?.over ?? 'https']],
  ];
}

/** An act in words: further acts go by their names. */
export function actWords(act: string): string {
  if (act === 'broken') return 'This time';
  if (act === 'fixed') return 'With the fix';
  const words = act.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
