/** What is said of client-side encryption, checked against runs of every format, envelope and lesson. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CLIENT_FORMATS,
  ENVELOPE_PLACES,
  LESSON_PLANS,
  LESSONS,
  type LessonId,
  OPERATIONS,
  runLesson,
  type StepName,
  type Trace,
} from '../engine/index.ts';
import { stepFacts } from '../scene/grade.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';
import { type NarratedStep, narrate } from '../scene/narrate.ts';
import { textTwin } from '../scene/textTwin.ts';
import { NOTE, runOf } from '../testing/allRuns.ts';
import { FACTS } from './facts.ts';
import { LESSON_TEXTS } from './lessons.ts';
import { narration } from './narration.ts';

const plain = (segments: NarratedStep['say']) => segments.map(segment => Object.values(segment)[0] as string).join('');
/** Title and sentence of every step with this name. */
const told = (trace: Trace, name: StepName) =>
  trace.steps
    .filter(step => step.name === name)
    .map(step => narrate(trace, step.index, narration))
    .map(({ title, say }) => `${plain(title)}: ${plain(say)}`);
const all = (trace: Trace) => [...new Set(trace.steps.map(step => step.name))].flatMap(name => told(trace, name));

const MODES = ['cse-aes', 'cse-rsa', 'cse-kms'] as const;
const KINDS = MODES.flatMap(mode =>
  CLIENT_FORMATS.flatMap(format =>
    ENVELOPE_PLACES.flatMap(envelope => OPERATIONS.map(operation => ({ mode, format, envelope, operation }))),
  ),
);
const runs = new Map<string, Trace>();
const nameOf = (kind: (typeof KINDS)[number]) => Object.values(kind).join(' ');
const traceOf = (kind: (typeof KINDS)[number]): Trace => {
  const trace = runs.get(nameOf(kind));
  if (!trace) throw new Error(`no run ${nameOf(kind)}`);
  return trace;
};
const lessons = new Map<LessonId, readonly Trace[]>();
/** An act of a lesson by its name. */
const act = (id: LessonId, name: string): Trace => {
  const index = LESSON_PLANS[id].acts.findIndex(each => each.name === name);
  const trace = lessons.get(id)?.[index];
  if (!trace) throw new Error(`no act ${id} ${name}`);
  return trace;
};

beforeAll(async () => {
  for (const kind of KINDS) {
    const { trace } = await runOf({ ...kind, transport: 'https', principal: 'owner' });
    runs.set(nameOf(kind), trace);
  }
  for (const id of LESSONS)
    lessons.set(
      id,
      (await runLesson({ id, seed: 'words' }, NOTE)).map(({ trace }) => trace),
    );
}, 120_000);

const everyTrace = (): [string, Trace][] => [
  ...runs,
  ...[...lessons].flatMap(([id, traces]) => traces.map((trace, index): [string, Trace] => [`${id} ${index}`, trace])),
];

describe('every run and act', () => {
  it('can be told, cites only known facts and keeps the laws', () => {
    expect(everyTrace().length).toBeGreaterThan(KINDS.length + LESSONS.length);
    for (const [name, trace] of everyTrace()) {
      expect(all(trace).length, name).toBeGreaterThan(5);
      const cited = trace.steps.flatMap(step => stepFacts(trace, step.index));
      expect(
        cited.filter(id => FACTS[id] === undefined),
        name,
      ).toEqual([]);
      expect([...checkConserved(trace), ...checkSecret(trace)], name).toEqual([]);
      expect(textTwin(trace), name).toHaveLength(trace.events.length);
    }
  });

  it('speaks of an insider only where the administrator attacks', () => {
    for (const [name, trace] of everyTrace()) {
      const isAttack = ['client.forge', 'client.tamper'].some(step => told(trace, step as StepName).length > 0);
      const isSwap = /^swap-v\d 2$/.test(name);
      expect(/insider/.test(all(trace).join()), name).toBe(isAttack || isSwap);
      if (isAttack || isSwap) expect(trace.run.principal, name).toBe('s3-admin');
    }
  });
});

describe('what is said of a format', () => {
  it.each(KINDS)('is that of $mode $format $envelope $operation', kind => {
    const trace = traceOf(kind);
    const isV3 = kind.format === 'v3';
    const isFile = kind.envelope === 'instruction-file';
    expect(trace.outcome.isOk).toBe(true);
    if (kind.operation === 'upload') {
      expect(told(trace, 'client.deriveKeys')).toHaveLength(isV3 ? 1 : 0);
      expect(told(trace, 'client.encrypt').join()).toMatch(isV3 ? /AES-256-GCM under/ : /itself and a random IV/);
      expect(told(trace, 'client.writeInstructions').join()).toMatch(
        isFile ? (isV3 ? /^You write.*The encrypted data key goes/ : /^You write.*The whole envelope/) : /^$/,
      );
      const stored = told(trace, 's3.store').join(' ');
      expect(stored).toMatch(isFile ? /does not lie with it/ : /lies in the metadata/);
      expect(stored.includes('instruction file')).toBe(isFile);
      return;
    }
    if (!isFile)
      expect(told(trace, 'client.recognise').join()).toMatch(isV3 ? /format V3, which pins/ : /format V2 or older/);
    expect(told(trace, 'client.readInstructions').join()).toMatch(
      isFile ? (isV3 ? /the commitment that pins it is on the object/ : /nothing on the object says/) : /^$/,
    );
    expect(told(trace, 'client.checkCommitment')).toHaveLength(isV3 ? 1 : 0);
    expect(told(trace, 'client.decrypt').join().includes('itself')).toBe(!isV3);
    expect(told(trace, 'client.done').join()).toContain('as plaintext');
  });
});

describe('what a lesson says', () => {
  it.each<[LessonId, string, StepName, RegExp]>([
    [
      'material-description',
      'download',
      'client.chooseKey',
      /You find the right wrapping key: The object asks for \S+=/,
    ],
    ['rotate-wrapping-key', 'rewrap', 'client.rewrapDataKey', /not a byte of the object changes/],
    ['rotate-wrapping-key', 'rewrap', 'client.done', /now needs the new wrapping key/],
    ['rotate-wrapping-key', 'download-old-key', 'client.fail', /DecryptionFailed.*encrypted data key did not open/],
    ['swap-v2', 'plant', 'client.makeDataKey', /two data keys/],
    ['swap-v2', 'plant', 'client.forge', /two data keys/],
    ['swap-v2', 'plant', 'client.wrapDataKey', /public key locks both/],
    ['swap-v2', 'swap', 'client.writeInstructions', /You swap the instruction file/],
    ['swap-v2', 'swap', 'client.done', /The swap is done/],
    ['swap-v2', 'read-after', 'client.decrypt', /nobody checks/],
    ['swap-v3', 'read-after', 'client.checkCommitment', /differs/],
    ['swap-v3', 'read-after', 'client.fail', /DecryptionFailed.*key commitment is that of another key/],
    ['lost-key', 'lose-and-download', 'client.loseKey', /AWS never had it/],
    ['lost-key', 'lose-and-download', 'client.fail', /neither you nor AWS/],
    ['range', 'tamper', 'client.tamper', /cannot read, but may write/],
    ['range', 'read-range', 'client.decryptRange', /no change of this part would show/],
    ['range', 'read-range', 'client.done', /nothing vouches for/],
    ['range', 'read-whole', 'client.fail', /authentication tag does not fit/],
    ['s3-features', 'plain-download', 'client.done', /You have what S3 has, ciphertext/],
    ['s3-features', 'copy', 's3.receive', /nothing of the object in it/],
    ['s3-features', 'copy', 's3.store', /no encrypted data key/],
    ['s3-features', 'download-copy', 'client.fail', /NotEncryptedByClient/],
    ['encryption-sdk', 'upload-sdk-message', 'client.sealMessage', /AWS Encryption SDK/],
    ['encryption-sdk', 'upload-sdk-message', 's3.receive', /encrypted data key is inside/],
    ['encryption-sdk', 'open-sdk-message', 'client.fail', /NotEncryptedByClient/],
    ['encryption-sdk', 'open-with-sdk', 'client.fail', /NotAnEncryptionSdkMessage/],
  ])('%s, %s: %s', (id, name, step, expected) => {
    expect(told(act(id, name), step).join(' ')).toMatch(expected);
  });

  it.each<[LessonId, string, StepName, RegExp]>([
    ['rotate-wrapping-key', 'rewrap', 's3.receive', /not one byte of its content is read/],
    ['swap-v3', 'plant', 'client.deriveKeys', /From a\d+, HKDF .* pins this data key/],
    ['swap-v2', 'plant', 'client.discardKeys', /both data keys and both texts/],
    ['swap-v2', 'read-after', 'client.discardKeys', /overwrite the data key: only/],
    ['swap-v2', 'read-after', 's3.decrypt', /the ciphertext that was uploaded/],
    ['range', 'read-range', 's3.discardKey', /overwrites the data key with zeros, and of the rest .* range/],
    ['s3-features', 'copy', 's3.authorize', /s3:GetObject, and all else/],
    ['s3-features', 'copy', 's3.checkHash', /nothing of it came from you/],
  ])('is true of %s, %s: %s', (id, name, step, expected) => {
    expect(told(act(id, name), step).join(' ')).toMatch(expected);
  });

  it('the commitment is derived from a data key, in every run', () => {
    for (const [name, trace] of everyTrace()) {
      const step = trace.steps.find(each => each.name === 'client.deriveKeys');
      if (!step) continue;
      const said = narrate(trace, step.index, narration).say;
      const from = said.flatMap(segment => ('artifact' in segment ? [trace.artifacts[segment.artifact]?.kind] : []));
      expect(from, name).toEqual(['data-key']);
    }
  });

  it('an insider’s object is never called the reader’s', () => {
    for (const name of ['plant', 'read-before', 'swap', 'read-after'])
      expect(all(act('swap-v2', name)).join(' '), name).not.toMatch(/your object/);
    expect(all(act('range', 'tamper')).join(' ')).not.toMatch(/your object/);
  });

  it('the amounts in the words about ranges are those of the run', async () => {
    const [, , part] = await runLesson({ id: 'range', seed: 'words' }, NOTE);
    const read = new TextDecoder().decode(part?.downloaded);
    const [amount] = /\d+\.\d\d/.exec(read) ?? [];
    const { upload, 'read-range': range } = LESSON_TEXTS.range.acts;
    expect(range?.shown).toContain(`says ${amount},`);
    const payment = Object.values(act('range', 'upload').artifacts).find(({ kind }) => kind === 'plaintext-object');
    const sent = (payment?.head.match(/../g) ?? [])
      .map(pair => String.fromCharCode(Number.parseInt(pair, 16)))
      .join('');
    expect(upload?.look).toContain(`says ${/\d+\.\d\d/.exec(sent)?.[0]}.`);
  });

  it('a plain download never claims plaintext', () => {
    for (const trace of [act('s3-features', 'plain-download'), act('two-layers', 'plain-download')]) {
      expect(told(trace, 'client.done').join()).not.toContain('plaintext');
    }
  });
});
