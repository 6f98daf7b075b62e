import type { MadeEvent, Trace } from '../../engine/index.ts';
import { firstHintOfKms, ownerOf } from '../parties.ts';
import type { Phrases } from '../phrases.ts';
import { type Candidate, optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

const PARTIES = ['you', 's3', 'kms'] as const;

/** Who makes the data key: asked of the first one made. */
export const askDataKeyMaker: QuestionMaker = (trace, phrases) => {
  const made = objectKeyEvents(trace, 'generated')[0];
  return made === undefined ? [] : ask(trace, phrases, 'data-key-maker', 1, made, phrases.dataKeyMaker);
};

/** Who opens the encrypted data key: asked of the first that S3 cannot open alone, else of the first. */
export const askDataKeyOpener: QuestionMaker = (trace, phrases) => {
  const opened = objectKeyEvents(trace, 'unwrapped');
  const asked = opened.find(event => ownerOf(event.place) !== 's3') ?? opened[0];
  return asked === undefined ? [] : ask(trace, phrases, 'data-key-opener', 1.5, asked, phrases.dataKeyOpener);
};

/** In client-side modes S3's own layer has data keys too; the object's data key is none of them. */
function objectKeyEvents(trace: Trace, verb: 'generated' | 'unwrapped'): MadeEvent[] {
  const events = dataKeyEvents(trace, verb);
  return trace.run.mode.startsWith('cse-') ? events.filter(event => ownerOf(event.place) !== 's3') : events;
}

function dataKeyEvents(trace: Trace, verb: 'generated' | 'unwrapped'): MadeEvent[] {
  return trace.events.filter(
    (event): event is MadeEvent =>
      event.verb === verb && event.outputs.some(id => trace.artifacts[id]?.kind === 'data-key'),
  );
}

function ask(
  trace: Trace,
  phrases: Phrases,
  id: string,
  priority: number,
  event: MadeEvent,
  words: Phrases['dataKeyMaker'],
): Candidate[] {
  const answerId = ownerOf(event.place);
  const output = event.outputs.find(each => trace.artifacts[each]?.kind === 'data-key');
  const input = event.inputs.find(each => each !== event.key);
  if (answerId === undefined || output === undefined) return [];
  const step = event.step + 1;
  return [
    {
      priority,
      prediction: {
        id,
        step: answerId === 'kms' ? firstHintOfKms(trace, step) : step,
        question: phrase(words.question),
        options: optionsFrom(phrases.party, PARTIES),
        answerId,
        explanation: phrase(words.explanation[answerId], {
          output: { artifact: output },
          input: { artifact: input ?? output },
        }),
      },
    },
  ];
}
