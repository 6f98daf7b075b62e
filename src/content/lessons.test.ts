import { describe, expect, it } from 'vitest';
import { LESSON_PLANS, LESSONS } from '../engine/index.ts';
import { FACTS } from './facts.ts';
import { LESSON_TEXTS } from './lessons.ts';

const words = (text: string) => text.split(/\s+/).length;
const acts = LESSONS.flatMap(id =>
  Object.entries(LESSON_TEXTS[id].acts).map(([name, text]) => ({ id, name, ...text })),
);

describe('words for lessons', () => {
  it.each(LESSONS)('has words for each act of %s, in its order', id => {
    expect(Object.keys(LESSON_TEXTS[id].acts)).toEqual(LESSON_PLANS[id].acts.map(({ name }) => name));
  });

  it.each(acts)('$id, $name: cites facts that there are', ({ facts }) => {
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.filter(fact => FACTS[fact] === undefined)).toEqual([]);
  });

  it('tells the acts of a lesson apart by short titles', () => {
    for (const id of LESSONS) {
      const titles = Object.values(LESSON_TEXTS[id].acts).map(({ title }) => title);
      expect(new Set(titles).size).toBe(titles.length);
      for (const title of titles) expect(title.length, title).toBeLessThanOrEqual(28);
    }
  });

  it('is brief: one sentence in the list, few before and after an act, all ended', () => {
    for (const { title, line, takeaway } of Object.values(LESSON_TEXTS)) {
      expect(title.length, title).toBeLessThanOrEqual(40);
      expect(line).toMatch(/^[A-Z].*\.$/);
      expect(words(line), line).toBeLessThanOrEqual(22);
      expect(takeaway).toMatch(/^[A-Z].*\.$/);
      expect(words(takeaway), takeaway).toBeLessThanOrEqual(35);
    }
    for (const { look, shown } of acts) {
      for (const text of [look, shown]) {
        expect(text).toMatch(/^[A-Z].*[.?]$/);
        expect(words(text), text).toBeLessThanOrEqual(32);
      }
    }
  });

  it('uses the words of the house', () => {
    const all = JSON.stringify(LESSON_TEXTS);
    expect(all).not.toMatch(/\b(CMK|master key|payload|blob|EDK|DEK|AWS S3)\b/i);
  });
});
