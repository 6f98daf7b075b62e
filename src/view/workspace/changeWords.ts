import type { DiskPiece, PrincipalName, RunChange } from '../../engine/index.ts';

const PIECES: Readonly<Record<DiskPiece, string>> = {
  ciphertext: 'the ciphertext',
  tag: 'the authentication tag',
  'encrypted-data-key': 'the encrypted data key',
};
const PEOPLE: Readonly<Record<PrincipalName, string>> = {
  owner: 'the application owner',
  's3-admin': 'the S3 administrator',
  stranger: 'a stranger',
};

/** What is to be changed, as the choice is called. */
export function changeWords(change: RunChange): string {
  switch (change.kind) {
    case 'flip':
      return `On the disks, turn over one bit in a byte of ${PIECES[change.piece]}`;
    case 'meddle':
      return 'On the line, turn over one bit in a byte of what is sent';
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

/** What is otherwise once it is changed: goes on from “then” and ends without a full stop. */
export function changedWords(change: RunChange): string {
  switch (change.kind) {
    case 'flip':
      return `one bit in byte ${change.byte} of ${PIECES[change.piece]} is turned over on the disks`;
    case 'meddle':
      return `one bit in byte ${change.byte} of what is sent is turned over on the line`;
    case 'forbid':
      return `the permission ${change.action} is taken away`;
    case 'key-state':
      return change.state === 'Disabled' ? 'the KMS key is disabled' : 'the KMS key is scheduled for deletion';
    case 'principal':
      return `${PEOPLE[change.principal]} asks`;
    case 'transport':
      return change.transport === 'http' ? 'the line is plain HTTP' : 'the line is HTTPS';
  }
}

/** The changed run in two or three words, as a label beside “As it was”. */
export function changedLabel(change: RunChange): string {
  switch (change.kind) {
    case 'flip':
      return `One bit in ${PIECES[change.piece]} turned`;
    case 'meddle':
      return 'One bit on the line turned';
    case 'forbid':
      return `Without ${change.action}`;
    case 'key-state':
      return change.state === 'Disabled' ? 'KMS key disabled' : 'KMS key to be deleted';
    case 'principal':
      return `As ${PEOPLE[change.principal]}`;
    case 'transport':
      return change.transport === 'http' ? 'Over plain HTTP' : 'Over HTTPS';
  }
}
