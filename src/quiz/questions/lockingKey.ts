import type { Artifact, ArtifactId, ArtifactKind, Trace } from '../../engine/index.ts';
import { artifactsInPlay } from '../../scene/timeline.ts';
import { baseKeyOf } from '../keyFamily.ts';
import { phrase, type QuestionMaker } from '../prediction.ts';

const MAX_KEYS = 3;
/** Keys that make a believable wrong answer, the most believable first. */
const TEMPTING: readonly ArtifactKind[] = [
  'backing-key',
  's3-root-key',
  'wrapping-key',
  'customer-key',
  'data-key',
  'session-key',
];

/** Which key locks the data key: asked of the first data key that is wrapped. */
export const askLockingKey: QuestionMaker = (trace, phrases) => {
  for (const event of trace.events) {
    if (event.verb !== 'wrapped' || event.key === undefined) continue;
    const input = event.inputs.find(id => id !== event.key && trace.artifacts[id]?.kind === 'data-key');
    const output = event.outputs[0];
    const answer = baseKeyOf(trace, event.key);
    if (input === undefined || output === undefined || answer === undefined) continue;

    const opener = trace.artifacts[output]?.lock?.keyId;
    const family = new Set([event.key, answer.id, ...(opener === undefined ? [] : [opener])]);
    const values = {
      answer: { artifact: answer.id },
      input: { artifact: input },
      output: { artifact: output },
      key: { artifact: event.key },
    };
    return [
      {
        priority: 2,
        prediction: {
          id: 'locking-key',
          step: event.step + 1,
          question: phrase(phrases.lockingKey.question, values),
          options: [
            ...choices(trace, answer, family, input).map(id => ({ id, text: [{ artifact: id }] })),
            { id: 'nothing', text: phrase(phrases.lockingKey.nothing) },
          ],
          answerId: answer.id,
          explanation: phrase(answer.id === event.key ? phrases.lockingKey.direct : phrases.lockingKey.derived, values),
        },
      },
    ];
  }
  return [];
};

/** The answer and the most tempting other keys of the run, in the order in which the run meets them. */
function choices(trace: Trace, answer: Artifact, family: ReadonlySet<ArtifactId>, subject: ArtifactId): ArtifactId[] {
  const inPlay = [...artifactsInPlay(trace)];
  const rank = (id: ArtifactId) => {
    const kind = trace.artifacts[id]?.kind;
    return kind === undefined ? -1 : TEMPTING.indexOf(kind);
  };
  const others = inPlay
    .filter(id => !family.has(id) && rank(id) >= 0)
    // Another data key is no better a guess than the one in question.
    .filter(id => id === subject || trace.artifacts[id]?.kind !== 'data-key')
    .sort((left, right) => rank(left) - rank(right))
    .slice(0, MAX_KEYS - 1);
  const order = [...inPlay, answer.id];
  return [answer.id, ...others].sort((left, right) => order.indexOf(left) - order.indexOf(right));
}
