import { beforeAll, describe, expect, it } from 'vitest';
import { MODES, type Mode, type RunSpec } from '../engine/index.ts';
import { runOf } from '../testing/allRuns.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { MODE_QUESTIONS, type ModeFact, modeFacts, type RunPair } from './modeFacts.ts';

const BASE = { transport: 'https', principal: 'owner' } as const;
async function pairOf(wish: Pick<RunSpec, 'mode'> & Partial<RunSpec>): Promise<RunPair> {
  const upload = (await runOf({ ...BASE, ...wish, operation: 'upload' })).trace;
  return { upload, download: (await runOf({ ...BASE, ...wish, operation: 'download' })).trace };
}

const pairs = new Map<Mode, RunPair>();
beforeAll(async () => {
  for (const mode of MODES) pairs.set(mode, await pairOf({ mode }));
}, 60_000);
function pairUnder(mode: Mode): RunPair {
  const pair = pairs.get(mode);
  if (!pair) throw new Error('no such runs');
  return pair;
}

/** An answer and the name of the step that shows it, in one line. */
function brief(pair: RunPair, { answer, layer, run, step }: ModeFact): string {
  const { what: _what, ...rest } = answer;
  const told = Object.values({ ...rest, algorithm: undefined }).filter(value => value !== undefined);
  const where = `${run === 'upload' ? '↑' : '↓'} ${pair[run].steps[step]?.name}`;
  return [...(layer === undefined ? [] : [layer]), answer.what, ...told, where].join(' ');
}
function briefs(pair: RunPair): Record<string, string[]> {
  const facts = modeFacts(pair);
  return Object.fromEntries(
    MODE_QUESTIONS.map(question => [
      question,
      facts.filter(fact => fact.question === question).map(fact => brief(pair, fact)),
    ]),
  );
}

const BY_KMS = 'generated kms kms.hsm ↑ kms.makeDataKey';
const WRAPPED_BY_KMS = 'wrapped kms kms.hsm backing-key ↑ kms.wrapDataKey';
const STORED_BY_S3 = 'stored s3.disk s3 false ↑ s3.store';
const READERS = ['reader you ↑ client.prepare', 'reader s3-memory ↑ s3.receive'];
const S3_RECORDS = ['logged s3 PutObject ↑ s3.log', 'logged s3 GetObject ↓ s3.log'];
const KMS_RECORDS = [
  'logged kms GenerateDataKey ↑ kms.log',
  'logged s3 PutObject ↑ s3.log',
  'logged kms Decrypt ↓ kms.log',
  'logged s3 GetObject ↓ s3.log',
];
const FREE = ['kms-requests 0 ↑ s3.answer', 'kms-requests 0 ↓ s3.answer'];
const ONE_EACH = ['kms-requests 1 ↑ s3.askKms', 'kms-requests 1 ↓ s3.askKms'];
const SSE = 'x-amz-server-side-encryption';
const SSE_KMS = {
  generates: [BY_KMS],
  wraps: [WRAPPED_BY_KMS],
  stores: [STORED_BY_S3],
  reads: READERS,
  logs: KMS_RECORDS,
  costs: ONE_EACH,
};
const clientSide = (generates: string, wraps: string, more: object = {}) => ({
  generates: [`1 ${generates}`, '2 generated s3 s3.memory ↑ s3.makeDataKey'],
  wraps: [`1 ${wraps}`, '2 wrapped s3 s3.memory s3-root-key ↑ s3.wrapDataKey'],
  stores: ['1 stored s3.disk client false ↑ s3.store', `2 ${STORED_BY_S3}`],
  reads: ['reader you ↑ client.makeDataKey'],
  logs: S3_RECORDS,
  costs: FREE,
  chooses: ['no-header ↑ client.send'],
  ...more,
});
const BY_YOU = 'generated client client ↑ client.makeDataKey';

/** What each mode shows: known answers, by the facts of each mode. */
const KNOWN: Readonly<Record<Mode, Record<string, string[]>>> = {
  'sse-s3': {
    generates: ['generated s3 s3.memory ↑ s3.makeDataKey'],
    wraps: ['wrapped s3 s3.memory s3-root-key ↑ s3.wrapDataKey'],
    stores: [STORED_BY_S3],
    reads: READERS,
    logs: S3_RECORDS,
    costs: FREE,
    chooses: [`header ${SSE} AES256 ↑ client.send`],
  },
  'sse-kms-aws': { ...SSE_KMS, chooses: [`header ${SSE} aws:kms ↑ client.send`] },
  'sse-kms-cmk': {
    ...SSE_KMS,
    chooses: [`header ${SSE} aws:kms ↑ client.send`, `header ${SSE}-aws-kms-key-id … ↑ client.send`],
  },
  'dsse-kms': {
    ...SSE_KMS,
    generates: [`1 ${BY_KMS}`, '2 generated s3 s3.memory ↑ s3.makeSecondKey'],
    wraps: [`1 ${WRAPPED_BY_KMS}`, '2 wrapped s3 s3.memory s3-root-key ↑ s3.wrapSecondKey'],
    stores: [`1 ${STORED_BY_S3}`, `2 ${STORED_BY_S3}`],
    chooses: [`header ${SSE} aws:kms:dsse ↑ client.send`, `header ${SSE}-aws-kms-key-id … ↑ client.send`],
  },
  'sse-c': {
    generates: ['brought customer-key ↑ client.prepare'],
    wraps: ['not-wrapped key-check ↑ s3.makeKeyCheck'],
    stores: ['not-stored ↑ s3.store'],
    reads: ['reader you ↑ client.unblock', 'reader s3-memory ↑ s3.receive'],
    logs: ['logged s3 PutBucketEncryption ↑ s3.log', ...S3_RECORDS],
    costs: FREE,
    chooses: [
      `header ${SSE}-customer-algorithm AES256 ↑ client.send`,
      `header ${SSE}-customer-key … ↑ client.send`,
      `header ${SSE}-customer-key-md5 … ↑ client.send`,
    ],
  },
  'cse-aes': clientSide(BY_YOU, 'wrapped client client wrapping-key ↑ client.wrapDataKey'),
  'cse-rsa': clientSide(BY_YOU, 'wrapped client client public-key ↑ client.wrapDataKey'),
  'cse-kms': clientSide(BY_KMS, WRAPPED_BY_KMS, {
    reads: ['reader you ↑ client.askKms'],
    logs: [
      'logged kms GenerateDataKey ↑ kms.log',
      'logged s3 PutObject ↑ s3.log',
      'logged s3 GetObject ↓ s3.log',
      'logged kms Decrypt ↓ kms.log',
    ],
    costs: ['kms-requests 1 ↑ client.send', 'kms-requests 1 ↓ client.send'],
  }),
  none: {
    generates: ['not-encrypted ↑ s3.store'],
    wraps: ['not-encrypted ↑ s3.store'],
    stores: ['not-encrypted ↑ s3.store'],
    reads: [...READERS, 'reader s3-disk ↑ s3.store'],
    logs: S3_RECORDS,
    costs: FREE,
    chooses: ['no-header ↑ client.send'],
  },
};

describe('what two runs show of a mode', () => {
  it.each(MODES)('is known for %s', mode => {
    expect(briefs(pairUnder(mode))).toEqual(KNOWN[mode]);
  });

  it.each(MODES)('is read from the events of %s, not from its name', mode => {
    const { upload, download } = pairUnder(mode);
    const renamed = (run: RunPair['upload']) => ({ ...run, run: { ...run.run, mode: 'none' as const } });
    expect(modeFacts({ upload: renamed(upload), download: renamed(download) })).toEqual(modeFacts(pairUnder(mode)));
  });

  it('puts the tap among the readers when the object goes over plain HTTP', async () => {
    const pair = await pairOf({ mode: 'sse-s3', transport: 'http' });
    expect(briefs(pair).reads).toContain('reader network ↑ client.send');
  });

  it('finds the encrypted data key in an instruction file (F-FMT-085)', async () => {
    const pair = await pairOf({ mode: 'cse-aes', envelope: 'instruction-file' });
    expect(briefs(pair).stores?.[0]).toBe('1 stored s3.disk client true ↑ s3.store');
  });

  it('answers less of a run that was refused, and nothing wrong', async () => {
    const facts = modeFacts(await pairOf({ mode: 'sse-kms-cmk', principal: 'stranger' }));
    expect(facts.filter(({ question }) => question === 'generates' || question === 'stores')).toEqual([]);
    expect(facts.some(({ question }) => question === 'logs')).toBe(true);
  });

  it('does not fail over a run without any step', () => {
    const empty = aTrace().build();
    expect(modeFacts({ upload: empty, download: empty })).toEqual([
      { question: 'costs', answer: { what: 'kms-requests', count: 0 }, run: 'upload', step: 0 },
      { question: 'costs', answer: { what: 'kms-requests', count: 0 }, run: 'download', step: 0 },
    ]);
  });
});
