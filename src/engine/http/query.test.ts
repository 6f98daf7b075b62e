import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';

describe('a query', () => {
  it.each([
    ['uploads', 'uploads', ''],
    ['a=1&a=2', 'a', '1'],
    ['a=b=c', 'a', 'b=c'],
    ['prefix=a+b%2Bc%20d', 'prefix', 'a b+c d'],
    ['%61=%C3%BC', 'a', 'ü'],
    ['a=%C3', 'a', undefined],
    ['a=%', 'a', undefined],
    ['a=1', 'constructor', undefined],
    ['__proto__=x', '__proto__', 'x'],
  ])('"%s" has for %s the value %s', (query, name, value) => {
    expect(parseQuery(query).get(name)).toBe(value);
  });

  it('tells a bad value from an absent one, and inherits no names', () => {
    const query = parseQuery('a=%&&b&__proto__=1');
    expect([query.has('a'), query.has('c'), query.has('toString')]).toEqual([true, false, false]);
    expect(query.names()).toEqual(['a', 'b', '__proto__']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const query = parseQuery(text);
        expect(query.names().every(name => query.has(name))).toBe(true);
      }),
    );
  });
});
