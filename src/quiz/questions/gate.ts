import type { DecidedEvent } from '../../engine/index.ts';
import { nameOfPrincipal } from '../../scene/narrate.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

/** Whether the gate opens: asked of the gate that stays shut, else of the KMS gate, else of the last one. */
export const askGate: QuestionMaker = (trace, phrases) => {
  const decided = trace.events.filter((event): event is DecidedEvent => 'decision' in event);
  const event = decided.find(isShut) ?? decided.find(({ decision }) => decision.gate === 'kms') ?? decided.at(-1);
  if (event === undefined) return [];
  const { decision } = event;
  return [
    {
      priority: isShut(event) ? 0 : decision.gate === 'kms' ? 4 : 6,
      prediction: {
        id: `gate-${decision.gate}`,
        step: event.step + 1,
        question: phrase(phrases.gate.question, {
          principal: capitalised(nameOfPrincipal(trace, decision.principal)),
          action: { code: decision.action },
          gate: { text: phrases.party[decision.gate] },
        }),
        options: optionsFrom(phrases.gate.options, ['open', 'shut']),
        answerId: isShut(event) ? 'shut' : 'open',
        explanation: phrase(phrases.gate.explanation, { because: { text: decision.because } }),
      },
    },
  ];
};

function isShut(event: DecidedEvent): boolean {
  return event.verb === 'denied';
}

function capitalised(name: ReturnType<typeof nameOfPrincipal>): ReturnType<typeof nameOfPrincipal> {
  return 'text' in name ? { text: name.text.slice(0, 1).toUpperCase() + name.text.slice(1) } : name;
}
