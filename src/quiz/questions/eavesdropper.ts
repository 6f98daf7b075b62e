import type { ArtifactId, ArtifactKind, MovedEvent, Trace } from '../../engine/index.ts';
import { readableIn } from '../../scene/visibility.ts';
import type { TapYield } from '../phrases.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

const YIELDS = ['nothing', 'object', 'key', 'both'] as const;
const CONTENT: readonly ArtifactKind[] = ['plaintext-object', 'ciphertext-object'];
const KEYS: readonly ArtifactKind[] = ['data-key', 'customer-key', 'wrapping-key', 'derived-key'];

/** What the eavesdropper can read: asked of the message that carries the object, else of the last request. */
export const askEavesdropper: QuestionMaker = (trace, phrases) => {
  const onTheLine = trace.events.filter(
    (event): event is MovedEvent => 'from' in event && event.place === 'network' && event.outputs.length > 0,
  );
  const event =
    onTheLine.find(candidate => carriesContent(trace, candidate)) ??
    onTheLine.findLast(({ verb }) => verb === 'sent') ??
    onTheLine[0];
  if (event === undefined) return [];
  const recorded = onTheLine.filter(({ index }) => index <= event.index).flatMap(({ outputs }) => outputs);
  const answerId = yieldOf(trace, recorded);
  return [
    {
      // Over plain HTTP this is what the run is about.
      priority: answerId === 'nothing' ? 5 : 0.5,
      prediction: {
        id: 'eavesdropper',
        step: event.step + 1,
        question: phrase(phrases.eavesdropper.question[event.verb === 'responded' ? 'answer' : 'request']),
        options: optionsFrom(phrases.eavesdropper.options, YIELDS),
        answerId,
        explanation: phrase(phrases.eavesdropper.explanation[answerId]),
      },
    },
  ];
};

function carriesContent(trace: Trace, event: MovedEvent): boolean {
  return event.outputs
    .flatMap(id => [id, ...(trace.artifacts[id]?.lock?.contents ?? [])])
    .some(id => isOfKind(trace, id, CONTENT));
}

function yieldOf(trace: Trace, recorded: readonly ArtifactId[]): TapYield {
  const readable = [...readableIn(trace, recorded)];
  const hasObject = readable.some(id => trace.artifacts[id]?.kind === 'plaintext-object');
  const hasKey = readable.some(id => isOfKind(trace, id, KEYS));
  if (hasObject) return hasKey ? 'both' : 'object';
  return hasKey ? 'key' : 'nothing';
}

function isOfKind(trace: Trace, id: ArtifactId, kinds: readonly ArtifactKind[]): boolean {
  const kind = trace.artifacts[id]?.kind;
  return kind !== undefined && kinds.includes(kind);
}
