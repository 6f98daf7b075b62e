import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillTemplate, placeholdersOf } from './template.ts';

const values = new Map([
  ['output', { artifact: 'a1' }],
  ['status', { text: '403' }],
  ['action', { code: 's3:GetObject' }],
  ['because', { text: 'No policy allows it.' }],
]);
const fill = (template: string) => fillTemplate(template, name => values.get(name), 'test');

describe('a template', () => {
  it('knows terms, code and placeholders', () => {
    expect(fill('KMS makes {output}: **envelope** in `PUT` with {status}.')).toEqual([
      { text: 'KMS makes ' },
      { artifact: 'a1' },
      { text: ': ' },
      { term: 'envelope' },
      { text: ' in ' },
      { code: 'PUT' },
      { text: ' with 403.' },
    ]);
  });

  it('gives a value within a term or code the same style, and leaves an artifact one', () => {
    expect(fill('**status {status}**')).toEqual([{ term: 'status 403' }]);
    expect(fill('`{action}`')).toEqual([{ code: 's3:GetObject' }]);
    expect(fill('**{output}**')).toEqual([{ artifact: 'a1' }]);
  });

  it('does not double the full stop of a value that is a sentence', () => {
    expect(fill('Denied: {because}.')).toEqual([{ text: 'Denied: No policy allows it.' }]);
    expect(fill('Denied: {because}')).toEqual([{ text: 'Denied: No policy allows it.' }]);
  });

  it('refuses a placeholder without a value, naming the place and the placeholder', () => {
    expect(() => fill('{nothing}')).toThrow(new RangeError('test: {nothing} has no value here'));
  });

  it.each(['**open', 'a ` b', '{two words}', 'stray }'])('refuses markup that does not close: %s', template => {
    expect(() => fill(template)).toThrow(RangeError);
  });

  it('never reads a value as markup', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), user => {
        const segments = fillTemplate('Name: {name}', () => ({ text: user }), 'test');
        expect(segments).toEqual([{ text: `Name: ${user}` }]);
      }),
    );
  });

  it('lists its placeholders', () => {
    expect(placeholdersOf('{key} locks **{input}**')).toEqual(['key', 'input']);
  });
});
