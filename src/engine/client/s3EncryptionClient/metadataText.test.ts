import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { toBase64 } from '../../bytes/text.ts';
import { decodeMetadataText } from './metadataText.ts';

const hex = (text: string) =>
  [...utf8(text)].map(byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
/** The UTF-8 bytes of a text, each as a character of its own. */
const asLatin = (text: string) => String.fromCharCode(...utf8(text));

describe('metadata text', () => {
  it.each([
    ['plain ASCII', '{"team":"blue"}', '{"team":"blue"}'],
    ['a Q word', `=?UTF-8?Q?${hex('{"team":"Grün"}')}?=`, '{"team":"Grün"}'],
    ['a B word', `=?UTF-8?B?${toBase64(utf8('{"team":"Grün"}'))}?=`, '{"team":"Grün"}'],
    ['a word of bytes encoded twice', `=?UTF-8?Q?${hex(asLatin('Grün'))}?=`, 'Grün'],
    ['bytes as characters', asLatin('Grün'), 'Grün'],
    ['two words with a space between', `=?UTF-8?Q?${hex('Grü')}?= =?UTF-8?Q?n_?=`, 'Grün '],
    ['a word that is no UTF-8', '=?UTF-8?Q?=FF=FE?=', '=?UTF-8?Q?=FF=FE?='],
    ['a single Latin character that is no UTF-8', 'Grün', 'Grün'],
  ])('of %s is read (F-FMT-039)', (_what, sent, read) => {
    expect(decodeMetadataText(sent)).toBe(read);
  });

  it('is never a crash, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(typeof decodeMetadataText(text)).toBe('string');
      }),
    );
  });
});
