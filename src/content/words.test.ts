import { describe, expect, it } from 'vitest';
import { MODES, OPERATIONS, PRINCIPALS, TRANSPORTS } from '../engine/index.ts';
import { GLOSSARY } from './glossary.ts';
import { INTRO_CARDS } from './intro.ts';
import { MODE_TEXTS, OPERATION_TEXTS, PRINCIPAL_TEXTS, TRANSPORT_TEXTS } from './modes.ts';
import { SAMPLE } from './samples.ts';

const choices = [MODE_TEXTS, PRINCIPAL_TEXTS, TRANSPORT_TEXTS, OPERATION_TEXTS];

describe('words for choices', () => {
  it('has words for each choice there is', () => {
    const names = choices.map(texts => Object.keys(texts).toSorted());
    expect(names).toEqual([MODES, PRINCIPALS, TRANSPORTS, OPERATIONS].map(list => [...list].toSorted()));
  });

  it('labels are short and tell the choices apart', () => {
    for (const texts of choices) {
      const labels = Object.values(texts).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      for (const label of labels) expect(label.length, label).toBeLessThanOrEqual(16);
    }
  });

  it('a summary is one sentence', () => {
    for (const { summary } of choices.flatMap(texts => Object.values(texts)))
      expect(summary).toMatch(/^[A-Z][^.!?]*\.$/);
  });
});

describe('introduction', () => {
  it('shows the rooms first and then the five words', () => {
    expect(INTRO_CARDS.slice(1).map(({ term }) => term)).toEqual([
      'root key',
      'data key',
      'encrypted data key',
      'encryption context',
      'policy',
    ]);
    const [rooms] = INTRO_CARDS;
    for (const room of ['Your side', 'network', 'memory', 'disks', 'KMS', 'HSM', 'CloudTrail']) {
      expect(rooms?.text).toContain(room);
    }
  });

  it('a card takes at most 45 words and uses its own term', () => {
    for (const { title, text, term } of INTRO_CARDS) {
      expect(text.split(/\s+/).length, title).toBeLessThanOrEqual(45);
      expect(text).toContain(term);
    }
  });
});

describe('glossary', () => {
  it('is in alphabetical order, each term once', () => {
    const terms = GLOSSARY.map(({ term }) => term.toLowerCase());
    expect(terms).toEqual([...new Set(terms)].toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('explains every term of the introduction but the rooms, in one line', () => {
    for (const { term } of INTRO_CARDS.slice(1)) expect(GLOSSARY.map(entry => entry.term)).toContain(term);
    for (const { meaning } of GLOSSARY) expect(meaning).toMatch(/^[A-Z].{10,100}\.$/);
  });
});

describe('sample', () => {
  it('is a short text of about 400 characters', () => {
    expect(SAMPLE.name).toBe('report.txt');
    expect(SAMPLE.type).toBe('text/plain');
    expect(SAMPLE.text.length).toBeGreaterThan(330);
    expect(SAMPLE.text.length).toBeLessThan(470);
  });
});
