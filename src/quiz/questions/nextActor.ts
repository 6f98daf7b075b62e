import { partyOf } from '../parties.ts';
import type { Party } from '../phrases.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

/** Who acts next: for runs in which nothing more decisive happens. Where the actor changes is asked first. */
export const askNextActor: QuestionMaker = (trace, phrases) =>
  trace.steps.slice(1).map(step => {
    const answerId = partyOf(step.actor);
    const isChange = trace.steps[step.index - 1]?.actor !== step.actor;
    const ids: Party[] = ['you', 's3', 'kms'];
    if (!ids.includes(answerId)) ids.push(answerId);
    return {
      priority: isChange ? 100 : 101,
      prediction: {
        id: `next-actor-${step.index + 1}`,
        step: step.index + 1,
        question: phrase(phrases.nextActor.question),
        options: optionsFrom(phrases.party, ids),
        answerId,
        explanation: phrase(phrases.nextActor.explanation, { actor: { text: phrases.party[answerId] } }),
      },
    };
  });
