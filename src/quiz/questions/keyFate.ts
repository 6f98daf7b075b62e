import type { ArtifactId, MadeEvent, Trace, TraceEvent } from '../../engine/index.ts';
import { baseKeyOf } from '../keyFamily.ts';
import { ownerOf } from '../parties.ts';
import type { KeyFate } from '../phrases.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

const FATES = ['overwritten', 'stored', 'sent', 'kept'] as const;
const WHO = { you: 'your program', s3: 'Amazon S3', kms: 'AWS KMS' } as const;

/** What becomes of the key that encrypted or decrypted the object, where it did so. */
export const askKeyFate: QuestionMaker = (trace, phrases) => {
  const used = objectEvent(trace);
  const subject = used?.key === undefined ? undefined : baseKeyOf(trace, used.key);
  const owner = used === undefined ? undefined : ownerOf(used.place);
  if (used === undefined || subject === undefined || owner === undefined) return [];
  if (subject.kind !== 'data-key' && subject.kind !== 'customer-key') return [];
  const end = findEnd(trace, used, subject.id);
  if (end === undefined) return [];
  const values = { key: { artifact: subject.id }, who: { text: WHO[owner] } };
  return [
    {
      priority: 3,
      prediction: {
        id: 'key-fate',
        step: end.step,
        question: phrase(phrases.keyFate.question, values),
        options: optionsFrom(phrases.keyFate.options, FATES),
        answerId: end.fate,
        explanation: phrase(phrases.keyFate.explanation[end.fate], values),
      },
    },
  ];
};

/** The event that turned the object itself into ciphertext or back. */
function objectEvent(trace: Trace): MadeEvent | undefined {
  return trace.events.find((event): event is MadeEvent => {
    const side = event.verb === 'encrypted' ? event.inputs : event.verb === 'decrypted' ? event.outputs : [];
    const hasResult = event.outputs.length > 0;
    return hasResult && side.some(id => trace.artifacts[id]?.kind === 'plaintext-object');
  });
}

/** What happens to the key first after its work; undefined where the run gives no clear answer. */
function findEnd(trace: Trace, used: MadeEvent, id: ArtifactId): { fate: KeyFate; step: number } | undefined {
  for (const event of trace.events.slice(used.index + 1)) {
    const fate = fateBy(trace, event, used, id);
    if (fate === 'unclear') return undefined;
    if (fate !== undefined) return { fate, step: event.step + 1 };
  }
  return trace.outcome.isOk ? { fate: 'kept', step: trace.steps.length } : undefined;
}

function fateBy(trace: Trace, event: TraceEvent, used: MadeEvent, id: ArtifactId): KeyFate | 'unclear' | undefined {
  if (event.verb === 'discarded') {
    if (event.place !== used.place || !event.inputs.includes(id)) return undefined;
    return event.isZeroized ? 'overwritten' : 'unclear';
  }
  if (!('from' in event) || ownerOf(event.from) !== ownerOf(used.place)) return undefined;
  const moved = event.outputs.flatMap(output => [output, ...(packed(trace, output) ?? [])]);
  if (!moved.includes(id)) return undefined;
  return event.place === 's3.disk' ? 'stored' : 'sent';
}

function packed(trace: Trace, id: ArtifactId): readonly ArtifactId[] | undefined {
  const artifact = trace.artifacts[id];
  return artifact?.kind === 'capture' ? artifact.lock?.contents : undefined;
}
