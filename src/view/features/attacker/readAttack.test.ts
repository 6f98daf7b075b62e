import { describe, expect, it } from 'vitest';
import { ATTACK_LESSONS, type AttackResult, findLesson, LEAK_TEXTS } from '../../../content/attacker.ts';
import { FACTS } from '../../../content/facts.ts';
import { attackSpec, LEAKS, type Leak, MODES, type Mode, runAttack, TRANSPORTS } from '../../../engine/index.ts';
import { NOTE } from '../../../testing/allRuns.ts';
import { readAttack } from './readAttack.ts';

const read = async (mode: Mode, leaks: readonly Leak[], transport: 'https' | 'http' = 'https', memoryAt?: number) => {
  const more = memoryAt === undefined ? { transport } : { transport, memoryAt };
  const reading = readAttack((await runAttack(attackSpec(mode, leaks, more), NOTE)).trace);
  return { ...reading, lesson: findLesson({ mode, leaks, transport, way: reading.way }) };
};

const CASES: readonly (readonly [
  mode: Mode,
  leaks: readonly Leak[],
  result: AttackResult,
  way: string,
  says: RegExp,
])[] = [
  ['none', ['disk'], 'open', 'lies-open', /Nothing was encrypted/],
  ['sse-s3', ['disk'], 'locked', 'no-key', /root key/],
  ['sse-s3', ['access-key'], 'open', 's3-opened', /right to read is the right to decrypt/],
  ['sse-s3', ['network'], 'locked', 'no-key', /recording is noise/],
  ['sse-s3', ['s3-memory'], 'open', 'lies-open', /for a moment/],
  ['sse-kms-aws', ['access-key'], 'open', 's3-opened', /aws\/s3/],
  ['sse-kms-aws', ['disk', 'kms-use'], 'locked', 'kms-refused', /through S3 only/],
  ['sse-kms-cmk', ['access-key'], 'nothing', 'kms-refused', /second gate/],
  ['sse-kms-cmk', ['access-key', 'kms-use'], 'open', 's3-opened', /Two gates/],
  ['sse-kms-cmk', ['disk', 'kms-use'], 'open', 'kms-opened', /context is no secret/],
  ['sse-kms-cmk', ['bucket-policy'], 'nothing', 's3-refused', /public bucket/],
  ['sse-kms-cmk', ['kms-use'], 'nothing', 's3-refused', /not buckets/],
  ['sse-kms-cmk', ['encrypted-data-key'], 'nothing', 'no-object', /alone it opens nothing/],
  ['dsse-kms', ['disk', 'kms-use'], 'locked', 'no-key', /two keepers/],
  ['sse-c', ['access-key'], 'nothing', 's3-refused', /salted HMAC/],
  ['sse-c', ['access-key', 'client-key'], 'open', 's3-opened', /for anybody/],
  ['sse-c', ['disk', 'client-key'], 'open', 'key-opened', /itself encrypts/],
  ['cse-aes', ['access-key'], 'locked', 'no-key', /never had more than ciphertext/],
  ['cse-aes', ['disk', 'client-key'], 'locked', 'no-key', /own layer/],
  ['cse-aes', ['access-key', 'client-key'], 'open', 'key-opened', /no gate in between/],
  ['cse-rsa', ['access-key', 'client-key'], 'locked', 'no-key', /public key/],
  ['cse-kms', ['access-key', 'kms-use'], 'open', 'kms-opened', /every caller/],
];

describe('an attack is read from its trace', () => {
  it.each(CASES.map(row => [`${row[0]} with ${row[1].join(' and ')}: ${row[2]}, ${row[3]}`, row] as const))(
    '%s',
    async (_name, [mode, leaks, result, way, says]) => {
      const { lesson, ...reading } = await read(mode, leaks);
      expect(reading).toEqual({ result, way });
      expect(lesson?.text).toMatch(says);
    },
  );

  it('over plain HTTP the recording has what S3 refuses', async () => {
    const { lesson, way } = await read('sse-c', ['network'], 'http');
    expect(way).toBe('lies-open');
    expect(lesson?.text).toMatch(/object and key/);
  });

  it('opens recorded traffic with the session key of the right moment', async () => {
    const ways: string[] = [];
    for (let at = 1; at < 6; at++) ways.push((await read('sse-s3', ['network', 's3-memory'], 'https', at)).way);
    expect(ways).toContain('line-opened');
  });

  it.each(TRANSPORTS)(
    'has a lesson for each leak alone in each mode over %s',
    async transport => {
      for (const mode of MODES.filter(one => one !== 'cse-rsa')) {
        for (const leak of LEAKS) {
          const { lesson } = await read(mode, [leak], transport);
          expect(lesson, `${mode} ${leak}`).toBeDefined();
        }
      }
    },
    30_000,
  );
});

describe('the lessons', () => {
  it('end in a lesson without conditions for each way', () => {
    const isBare = (lesson: (typeof ATTACK_LESSONS)[number]) =>
      lesson.modes === undefined && lesson.leaks === undefined && lesson.transport === undefined;
    const ways = ['kms-opened', 'key-opened', 'line-opened', 'kms-refused', 's3-refused', 'no-key', 'no-object'];
    for (const way of ways) expect(ATTACK_LESSONS.filter(one => one.way === way).findLast(isBare), way).toBeDefined();
  });

  it('are short sentences with sources that exist', () => {
    for (const { text, facts } of ATTACK_LESSONS) {
      expect(text.length, text).toBeLessThanOrEqual(130);
      expect(text).toMatch(/^[A-Zk][^<>*]*\.$/);
      expect(facts.length, text).toBeGreaterThan(0);
      for (const fact of facts) expect(Object.keys(FACTS), text).toContain(fact);
    }
  });

  it('have words for every leak that fit', () => {
    for (const { label, short, line } of Object.values(LEAK_TEXTS)) {
      expect(label.length).toBeLessThanOrEqual(34);
      expect(short.length).toBeLessThanOrEqual(14);
      expect(line.length).toBeLessThanOrEqual(110);
    }
  });
});
