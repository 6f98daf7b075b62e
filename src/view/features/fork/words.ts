import type { DiskPiece, PrincipalName, RunChange } from '../../../engine/index.ts';

const PIECES: Readonly<Record<DiskPiece, string>> = {
  ciphertext: 'a byte of the ciphertext',
  tag: 'a byte of the authentication tag',
  'encrypted-data-key': 'a byte of the encrypted data key',
};
const PEOPLE: Readonly<Record<PrincipalName, string>> = {
  owner: 'the application owner',
  's3-admin': 'the S3 administrator',
  stranger: 'a stranger',
};

/** What is changed, as the choice is called. */
export function changeWords(change: RunChange): string {
  switch (change.kind) {
    case 'flip':
      return `On the disks, turn over one bit in ${PIECES[change.piece]}`;
    case 'forbid':
      return `Take away the permission ${change.action}`;
    case 'key-state':
      return change.state === 'Disabled' ? 'Disable the KMS key' : 'Schedule the KMS key for deletion';
    case 'principal':
      return `Let ${PEOPLE[change.principal]} ask`;
    case 'transport':
      return change.transport === 'http' ? 'Go over plain HTTP' : 'Go over HTTPS';
  }
}

/** Why nothing comes of it any more. */
export const LATE_WORDS = 'The gate has decided already: this run will not notice.';
