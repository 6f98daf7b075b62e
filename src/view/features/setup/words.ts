import type { Operation, PrincipalName, Transport } from '../../../engine/index.ts';

export const OPERATION_WORDS: readonly { readonly value: Operation; readonly text: string }[] = [
  { value: 'upload', text: 'Upload' },
  { value: 'download', text: 'Download' },
];

export const PRINCIPAL_WORDS: Readonly<Record<PrincipalName, string>> = {
  owner: 'application owner',
  's3-admin': 'S3 administrator',
  stranger: 'stranger',
};

export const TRANSPORT_WORDS: Readonly<Record<Transport, string>> = { https: 'over HTTPS', http: 'over HTTP' };
