import { describe, expect, it } from 'vitest';
import { excerptOf } from './preview.ts';

describe('excerptOf', () => {
  it.each<[string, BlobPart, string]>([
    ['a short text', 'Pay to Ada.\nThanks', 'Pay to Ada.\nThanks'],
    ['nothing', '', ''],
    ['exactly 200 characters', 'x'.repeat(200), 'x'.repeat(200)],
    ['a longer text, cut', 'x'.repeat(201), `${'x'.repeat(200)}…`],
    ['a very long text, cut', 'ü'.repeat(5000), `${'ü'.repeat(200)}…`],
    ['characters of four bytes', '🦊'.repeat(201), `${'🦊'.repeat(200)}…`],
    ['bytes that are no text, as dots', new Uint8Array([0, 65, 255, 7, 66, 10, 13]), '·A··B··'],
    ['noise that happens to hold longer characters, as dots', new Uint8Array([0xd9, 0x90, 255, 65]), '···A'],
    ['marks that turn the writing around, as dots', 'a\u202eb', 'a·b'],
    ['markup as text', '<b>', '<b>'],
  ])('shows %s', async (_, content, excerpt) => {
    expect(await excerptOf(new Blob([content]))).toBe(excerpt);
  });
});
