import { describe, expect, it } from 'vitest';
import { progressText } from './progressWords.ts';

const MEBIBYTE = 1024 * 1024;

describe('progressText', () => {
  it('says in plain words what is going on, and how far, in one unit', () => {
    const said = ['send', 'receive', 'hash', 'encrypt', 'decrypt'].map(phase =>
      progressText({ phase, done: 24 * MEBIBYTE, total: 60 * MEBIBYTE }),
    );
    expect(said).toEqual([
      'Sending: 24 of 60 MiB',
      'Receiving: 24 of 60 MiB',
      'Hashing: 24 of 60 MiB',
      'Encrypting: 24 of 60 MiB',
      'Decrypting: 24 of 60 MiB',
    ]);
  });

  it('tells the storing before a download from the download', () => {
    const storing = { phase: 'encrypt', done: 0, total: 1.5 * MEBIBYTE, isPreparing: true as const };
    expect(progressText(storing)).toBe('Storing your file first: encrypting 0 of 1.5 MiB');
  });

  it('has words for a phase it does not know', () => {
    expect(progressText({ phase: 'knead', done: MEBIBYTE, total: 2 * MEBIBYTE })).toBe('Working: 1 of 2 MiB');
  });
});
