import type { LoggedEvent, Trace } from '../../engine/index.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';
import { type HeaderChoice, type LogContent, RECALL_PHRASES } from './recallPhrases.ts';

/** How many requests KMS got, from S3 or from you. */
export const askKmsRequests: QuestionMaker = trace => {
  const asked = trace.exchanges.filter(({ link }) => link === 's3-kms' || link === 'client-kms');
  const count = asked.length;
  const counts = [0, 1, 2, Math.max(3, count)];
  const { kmsRequests } = RECALL_PHRASES;
  const [first] = asked;
  const event = trace.events.find(one => one.exchange === first?.index && first !== undefined);
  const step = event ? event.step + 1 : trace.steps.length;
  const actions = [
    ...new Set(
      logged(trace)
        .filter(({ source }) => source === 'kms')
        .map(({ name }) => name),
    ),
  ];
  const some =
    actions.length === 0
      ? phrase(kmsRequests.explanation.unlogged)
      : phrase(kmsRequests.explanation.some, { actions: { text: actions.join(' and ') } });
  return [
    {
      priority: 2,
      prediction: {
        id: 'recall-kms-requests',
        step,
        question: phrase(kmsRequests.question),
        options: counts.map(number => ({
          id: `n${number}`,
          text:
            number === 0
              ? phrase(kmsRequests.none)
              : number === 1
                ? phrase(kmsRequests.one)
                : phrase(kmsRequests.many, { count: { text: String(number) } }),
        })),
        answerId: `n${count}`,
        explanation: count === 0 ? phrase(kmsRequests.explanation.none) : some,
      },
    },
  ];
};

const CONTENTS = ['both', 's3', 'kms', 'none'] as const;

/** Whose requests the log of this run tells of. */
export const askLog: QuestionMaker = trace => {
  const entries = logged(trace);
  const has = (source: string) => entries.some(entry => entry.source === source);
  const answerId: LogContent = has('s3') ? (has('kms') ? 'both' : 's3') : has('kms') ? 'kms' : 'none';
  const { log } = RECALL_PHRASES;
  return [
    {
      priority: 3,
      prediction: {
        id: 'recall-log',
        step: entries.at(-1)?.step ?? trace.steps.length,
        question: phrase(log.question),
        options: optionsFrom(log.options, CONTENTS),
        answerId,
        explanation: phrase(log.explanation, {
          entries: { text: entries.map(({ name }) => name).join(', ') || 'none' },
        }),
      },
    },
  ];
};

function logged(trace: Trace): { source: string; name: string; step: number }[] {
  return trace.events
    .filter((event): event is LoggedEvent => event.verb === 'logged')
    .map(({ record, step }) => ({
      source: String(record.eventSource ?? '').split('.')[0] ?? '',
      name: String(record.eventName ?? ''),
      step: step + 1,
    }));
}

const MODE_HEADER = 'x-amz-server-side-encryption';
const CUSTOMER_HEADER = 'x-amz-server-side-encryption-customer-algorithm';
const VALUES: Readonly<Record<string, HeaderChoice>> = { AES256: 'aes256', 'aws:kms': 'kms', 'aws:kms:dsse': 'dsse' };
const CHOICES = ['aes256', 'kms', 'dsse', 'customer', 'none'] as const;

/** Which header chose how the object is encrypted, or was needed to read it. */
export const askHeader: QuestionMaker = trace => {
  const toS3 = trace.exchanges.filter(({ link }) => link === 'client-s3');
  const exchange = toS3.find(one => headerOf(one.request.headers) !== 'none') ?? toS3.at(-1);
  const answerId = exchange && headerOf(exchange.request.headers);
  const event = trace.events.find(one => exchange !== undefined && one.exchange === exchange.index);
  if (answerId === undefined || event === undefined) return [];
  const isUp = trace.run.operation === 'upload';
  const { header } = RECALL_PHRASES;
  const direction = isUp ? 'upload' : 'download';
  const [said] = phrase(header.options[answerId]);
  return [
    {
      priority: 1,
      prediction: {
        id: 'recall-header',
        step: event.step + 1,
        question: phrase(header[direction]),
        options: optionsFrom(header.options, CHOICES),
        answerId,
        explanation:
          answerId === 'none'
            ? phrase(header.explanation[isUp ? 'noneUp' : 'noneDown'])
            : phrase(header.explanation[direction], { header: said }),
      },
    },
  ];
};

/** `undefined` for a value that is none of AWS's. */
function headerOf(headers: readonly (readonly [string, string])[]): HeaderChoice | undefined {
  const findValue = (name: string) => headers.find(([one]) => one.toLowerCase() === name)?.[1];
  if (findValue(CUSTOMER_HEADER) !== undefined) return 'customer';
  const value = findValue(MODE_HEADER);
  if (value === undefined) return 'none';
  return Object.hasOwn(VALUES, value) ? VALUES[value] : undefined;
}
