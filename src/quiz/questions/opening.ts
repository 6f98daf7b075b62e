import type { FailedEvent, Trace, TraceEvent } from '../../engine/index.ts';
import type { Opening } from '../phrases.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

const OPENINGS = ['opens', 'commitment', 'tag', 'key'] as const;

/** True reasons of a client that does not open, as far as they are told apart here. */
const BY_REASON: Readonly<Record<string, Opening>> = {
  KeyCommitmentMismatch: 'commitment',
  AuthenticationTagMismatch: 'tag',
  UnableToUnwrapDataKey: 'key',
  WrappingKeyMissing: 'key',
};

/** Whether the client opens what came down, and what stops it if it does not. Asked when it has the object and its envelope. */
export const askOpening: QuestionMaker = (trace, phrases) => {
  const received = trace.events.findIndex(event => event.place === 'client' && bringsCiphertext(trace, event));
  if (received < 0) return [];
  const end = endOf(trace, trace.events.slice(received + 1));
  if (!end) return [];
  return [
    {
      priority: 0.9,
      prediction: {
        id: 'opening',
        step: end.event.step + 1,
        question: phrase(phrases.opening.question),
        options: optionsFrom(phrases.opening.options, OPENINGS),
        answerId: end.opening,
        explanation: phrase(phrases.opening.explanation[end.opening]),
      },
    },
  ];
};

function bringsCiphertext(trace: Trace, event: TraceEvent): boolean {
  return event.verb === 'received' && event.outputs.some(id => trace.artifacts[id]?.kind === 'ciphertext-object');
}

/** What happens first: the object is there, a comparison fails, or the client gives up. */
function endOf(
  trace: Trace,
  events: readonly TraceEvent[],
): { readonly event: TraceEvent; readonly opening: Opening } | undefined {
  const failed = events.find((event): event is FailedEvent => event.verb === 'failed' && event.place === 'client');
  const reason = failed && (BY_REASON[failed.why?.code ?? ''] ?? BY_REASON[failed.code]);
  if (failed) {
    const unequal = events.find(event => event.verb === 'compared' && event.what === 'commitment' && !event.isEqual);
    return reason && { event: reason === 'commitment' ? (unequal ?? failed) : failed, opening: reason };
  }
  const opened = events.find(
    event =>
      event.verb === 'decrypted' &&
      event.place === 'client' &&
      trace.steps[event.step]?.name === 'client.decrypt' &&
      event.outputs.some(id => trace.artifacts[id]?.kind === 'plaintext-object'),
  );
  return opened && { event: opened, opening: 'opens' };
}
