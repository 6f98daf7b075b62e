import type { Operation, PersonName, Transport } from '../../../engine/index.ts';

export const OPERATION_WORDS: readonly { readonly value: Operation; readonly text: string }[] = [
  { value: 'upload', text: 'Upload' },
  { value: 'download', text: 'Download' },
];

export const PRINCIPAL_WORDS: Readonly<Record<PersonName, string>> = {
  owner: 'application owner',
  's3-admin': 'S3 administrator',
  stranger: 'stranger',
  reader: 'Ana',
  administrator: 'administrator',
  thief: 'thief',
  anonymous: 'somebody unknown',
};

/** Where room is short. */
export const PRINCIPAL_BRIEF: Readonly<Record<PersonName, string>> = {
  owner: 'as owner',
  's3-admin': 'as S3 admin',
  stranger: 'as stranger',
  reader: 'as Ana',
  administrator: 'as administrator',
  thief: 'as thief',
  anonymous: 'unsigned',
};

export const TRANSPORT_WORDS: Readonly<Record<Transport, string>> = { https: 'over HTTPS', http: 'over HTTP' };
