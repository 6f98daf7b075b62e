import { phrase, type QuestionMaker } from '../prediction.ts';

const USUAL = [200, 400, 403, 404];

/** The status of a run that fails. */
export const askStatus: QuestionMaker = (trace, phrases) => {
  const { isOk, status, code } = trace.outcome;
  if (isOk || status === undefined) return [];
  const answer = trace.events.findLast(event => event.verb === 'responded' && event.status === status);
  const step = answer === undefined ? trace.steps.length : answer.step + 1;
  const choices = USUAL.includes(status) ? USUAL : [...USUAL.slice(0, 3), status].sort((a, b) => a - b);
  return [
    {
      priority: 0.8,
      prediction: {
        id: 'status',
        step,
        question: phrase(phrases.status.question),
        options: choices.map(choice => ({
          id: String(choice),
          text: phrase(phrases.status.option, { status: { code: String(choice) } }),
        })),
        answerId: String(status),
        explanation: phrase(phrases.status.explanation[code === undefined ? 'plain' : 'withCode'], {
          status: { code: String(status) },
          ...(code === undefined ? {} : { code: { code } }),
        }),
      },
    },
  ];
};
