import type { Progress } from '../../session/labClient.ts';

const PHASES: Readonly<Record<string, string>> = {
  send: 'Sending',
  receive: 'Receiving',
  hash: 'Hashing',
  encrypt: 'Encrypting',
  decrypt: 'Decrypting',
};
const MEBIBYTE = 1024 * 1024;

/** How far a long run is, in plain words: `Encrypting: 24 of 60 MiB`. */
export function progressText({ phase, done, total, isPreparing }: Progress): string {
  const doing = PHASES[phase] ?? 'Working';
  const bytes = `${inMebibytes(done)} of ${inMebibytes(total)} MiB`;
  return isPreparing ? `Storing your file first: ${doing.toLowerCase()} ${bytes}` : `${doing}: ${bytes}`;
}

/** Only objects over 1 MiB report progress, so one unit fits all. */
function inMebibytes(count: number): string {
  const value = count / MEBIBYTE;
  return value >= 10 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
}
