import { describe, expect, it } from 'vitest';
import { CLIENT_METADATA } from './clientMetadata.ts';
import { FACTS } from './facts.ts';

describe('words for the client’s metadata', () => {
  it.each(Object.entries(CLIENT_METADATA))('%s is what its fact says it is', (name, { factId }) => {
    expect(FACTS[factId]?.text).toContain(name);
  });

  it('knows every entry of the formats V1 to V3 (F-FMT-021…036)', () => {
    const ids = Object.values(CLIENT_METADATA).map(({ factId }) => factId);
    expect(ids.toSorted()).toEqual(Array.from({ length: 16 }, (_, index) => `F-FMT-0${21 + index}`));
  });

  it('a label fits beside its entry', () => {
    for (const { label, values = {} } of Object.values(CLIENT_METADATA)) {
      for (const text of [label, ...Object.values(values)]) expect(text.length, text).toBeLessThanOrEqual(56);
    }
  });
});
