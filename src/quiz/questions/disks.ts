import type { Trace } from '../../engine/index.ts';
import { sceneAt } from '../../scene/fold.ts';
import type { DiskContent } from '../phrases.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';

/** What lies on the disks of S3 at the end, of what this run stored there. */
export const askDisks: QuestionMaker = (trace, phrases) => {
  const last = trace.events.findLast(event => event.verb === 'stored' && event.place === 's3.disk');
  const answerId = contentOf(trace);
  if (last === undefined || answerId === undefined) return [];
  const ids: DiskContent[] = [
    'ciphertext',
    'with-edk',
    'with-hmac',
    answerId === 'with-key' ? 'with-key' : 'plaintext',
  ];
  return [
    {
      priority: 7,
      prediction: {
        id: 'disks',
        step: last.step + 1,
        question: phrase(phrases.disks.question),
        options: optionsFrom(phrases.disks.options, ids),
        answerId,
        explanation: phrase(phrases.disks.explanation[answerId]),
      },
    },
  ];
};

function contentOf(trace: Trace): DiskContent | undefined {
  const stored = new Set(trace.events.filter(event => event.place === 's3.disk').flatMap(event => event.outputs));
  const kinds = sceneAt(trace, trace.events.length)
    .holdings['s3.disk'].filter(id => stored.has(id))
    .map(id => trace.artifacts[id]?.kind);
  if (kinds.includes('plaintext-object')) return 'plaintext';
  if (!kinds.includes('ciphertext-object')) return undefined;
  if (kinds.includes('data-key') || kinds.includes('customer-key')) return 'with-key';
  if (kinds.includes('key-check')) return 'with-hmac';
  return kinds.includes('encrypted-data-key') ? 'with-edk' : 'ciphertext';
}
