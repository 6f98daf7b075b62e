import { describe, expect, it } from 'vitest';
import { MODES, STEP_NAMES, type Verb } from '../engine/index.ts';
import { narration } from './narration.ts';
import type { StepText, Variant } from './narrationTypes.ts';

/** The longest usual value of each placeholder. */
const USUAL: Readonly<Record<string, string>> = {
  key: 'customer key C',
  input: 'SHA-256 of the object',
  output: 'encrypted data key',
  principal: 'the application owner',
  action: 's3:PutEncryptionConfiguration',
  because: 'nothing in the bucket policy admits the other account',
  status: '403',
  code: 'KMS.KMSInvalidStateException',
  left: 'purpose=archive',
  right: 'purpose=invoices',
  why: 'EncryptionContextMismatch',
};

/** What a step certainly has when an event with this verb is its main event. */
const CERTAIN: Readonly<Partial<Record<Verb, readonly string[]>>> = {
  generated: ['output'],
  derived: ['key'],
  wrapped: ['key', 'input', 'output'],
  unwrapped: ['key', 'input', 'output'],
  encrypted: ['key', 'input', 'output'],
  decrypted: ['key', 'input', 'output'],
  discarded: ['input'],
  authorized: ['action', 'because', 'principal'],
  denied: ['action', 'because', 'principal'],
  compared: ['left', 'right'],
  failed: ['code', 'message'],
  responded: ['status'],
};

interface Told {
  readonly where: string;
  readonly text: StepText;
  readonly when?: Variant['when'];
}

const told: readonly Told[] = STEP_NAMES.flatMap(name => {
  const { variants = [], otherwise } = narration[name];
  return [
    ...variants.map(({ when, text }, index) => ({ where: `${name} ${index}`, text, when })),
    { where: name, text: otherwise },
  ];
});

function placeholders(template: string): string[] {
  return [...template.matchAll(/\{([^}]*)\}/g)].map(match => match[1] ?? '');
}

function fill(template: string): string {
  return template.replaceAll(/\{([^}]*)\}/g, (whole, name: string) => USUAL[name] ?? whole).replaceAll(/\*\*|`/g, '');
}

describe('narration', () => {
  it('has words for every step and for no other', () => {
    expect(Object.keys(narration).toSorted()).toEqual([...STEP_NAMES].toSorted());
    for (const { text } of told) {
      expect(text.title.trim()).not.toBe('');
      expect(text.say.trim()).not.toBe('');
    }
  });

  it('has titles that fit into the list of steps', () => {
    for (const { where, text } of told) {
      expect(fill(text.title).length, where).toBeLessThanOrEqual(38);
      expect(text.title, where).not.toMatch(/[.*`]/);
    }
  });

  it('has one short sentence a step', () => {
    for (const { where, text } of told) {
      expect(fill(text.say).length, where).toBeLessThanOrEqual(150);
      expect(text.say, where).toMatch(/^[A-Z][^.!?]*\.$/);
    }
  });

  it('has exactly one term to remember in each sentence', () => {
    for (const { where, text } of told) {
      expect([...text.say.matchAll(/\*\*[^*`{}]+\*\*/g)], where).toHaveLength(1);
    }
  });

  it('closes all markup', () => {
    for (const { where, text } of told) {
      const rest = text.say.replaceAll(/\*\*[^*]+\*\*|`[^`]+`|\{[A-Za-z]+\}/g, '');
      expect(rest, where).not.toMatch(/[*`{}<>]/);
    }
  });

  it('speaks only of what a step certainly has', () => {
    for (const { where, text, when } of told) {
      const certain = [
        ...(when?.verb === undefined ? [] : (CERTAIN[when.verb] ?? [])),
        ...(when?.hasReason === true ? ['why'] : []),
        // A HEAD is always answered by S3.
        ...(when?.asked?.join() === 'head' ? ['status'] : []),
      ];
      const used = [...placeholders(text.say), ...placeholders(text.title)];
      expect(
        used.filter(name => !certain.includes(name)),
        where,
      ).toEqual([]);
    }
  });

  it('names stops in short clauses', () => {
    for (const { where, text } of told) {
      expect(text.stop ?? 'the object is stored', where).toMatch(/^(the |encrypted |decrypted |S3 )[^.*`{}]{4,40}$/);
    }
  });

  it('gives every decisive step a named stop', () => {
    const decisive = ['s3.encrypt', 's3.discardKey', 's3.store', 'kms.authorize', 'kms.makeDataKey', 'kms.wrapDataKey'];
    const client = [
      'client.makeDataKey',
      'client.encrypt',
      'client.checkHash',
      'client.checkCommitment',
      'client.decrypt',
    ];
    for (const name of [...decisive, 's3.checkHash', 's3.decrypt', ...client]) {
      const stops = told.filter(({ where, text }) => where.startsWith(name) && text.stop !== undefined);
      expect(stops, name).not.toHaveLength(0);
    }
  });

  it('never hides a variant behind an earlier one that always applies first', () => {
    for (const name of STEP_NAMES) {
      const whens = (narration[name].variants ?? []).map(variant => variant.when);
      for (const [index, later] of whens.entries()) {
        for (const earlier of whens.slice(0, index)) expect(covers(earlier, later), `${name} ${index}`).toBe(false);
      }
    }
  });
});

const SINGLE_CONDITIONS = [
  'verb',
  'operation',
  'transport',
  'method',
  'by',
  'what',
  'isEqual',
  'api',
  'algorithm',
  'touches',
  'hasEnvelope',
  'after',
  'without',
  'afterInRequest',
  'isRepeated',
  'isAlone',
  'under',
  'brings',
  'isManagement',
  'code',
  'why',
  'hasReason',
  'crossedOpenly',
] as const satisfies readonly (keyof Variant['when'])[];

function covers(earlier: Variant['when'], later: Variant['when']): boolean {
  const isWider = SINGLE_CONDITIONS.every(
    condition => earlier[condition] === undefined || earlier[condition] === later[condition],
  );
  const lists = ['asks', 'asked'] as const;
  const asksMore = lists.every(
    list => earlier[list] === undefined || later[list]?.every(kind => earlier[list]?.includes(kind)),
  );
  return (
    isWider &&
    asksMore &&
    (later.mode ?? MODES).every(mode => earlier.mode === undefined || earlier.mode.includes(mode))
  );
}
