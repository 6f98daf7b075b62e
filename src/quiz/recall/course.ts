import type { ArtifactId, Trace, TraceEvent } from '../../engine/index.ts';
import { sceneAt } from '../../scene/fold.ts';
import { movesOf, sayMove } from '../../scene/perform.ts';
import { baseKeyOf } from '../keyFamily.ts';
import { ownerOf } from '../parties.ts';
import { optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';
import { type DiscardTime, RECALL_PHRASES, type Refuser } from './recallPhrases.ts';

/** Which of three moves came first. */
export const askFirst: QuestionMaker = trace => {
  const moves = movesOf(trace);
  const count = moves.length;
  if (count < 4) return [];
  const picked = [...new Set([0.25, 0.5, 0.8].map(part => Math.floor(count * part)))].flatMap(at => moves[at] ?? []);
  const [first, ...others] = picked;
  const texts = new Set(picked.map(move => JSON.stringify(sayMove(trace, move))));
  if (first === undefined || picked.length < 3 || texts.size < 3) return [];
  const options = picked.map(move => ({ id: `move-${move.index}`, text: sayMove(trace, move) }));
  const turn = Object.keys(trace.artifacts).length % options.length;
  return [
    {
      priority: 2,
      prediction: {
        id: 'recall-first',
        step: first.step,
        question: phrase(RECALL_PHRASES.order.question),
        options: [...options.slice(turn), ...options.slice(0, turn)],
        answerId: `move-${first.index}`,
        explanation: phrase(RECALL_PHRASES.order.explanation, {
          first: { text: String(first.step) },
          others: { text: others.map(({ step }) => step).join(' and ') },
        }),
      },
    },
  ];
};

const TIMES = ['before', 'after', 'never'] as const;

/** When the key that locked or opened the content was overwritten. */
export const askDiscardTime: QuestionMaker = trace => {
  const used = trace.events.find(
    event => (event.verb === 'encrypted' || event.verb === 'decrypted') && event.outputs.length > 0,
  );
  const keyId = used !== undefined && 'key' in used && used.key !== undefined ? used.key : undefined;
  const subject = keyId === undefined ? undefined : baseKeyOf(trace, keyId);
  const owner = used && ownerOf(used.place);
  if (used === undefined || subject === undefined || (owner !== 's3' && owner !== 'you')) return [];
  if (subject.kind !== 'data-key' && subject.kind !== 'customer-key') return [];
  const milestone = milestoneAfter(trace, used, owner);
  const gone = trace.events.find(
    event =>
      event.index > used.index &&
      event.verb === 'discarded' &&
      event.place === used.place &&
      event.inputs.includes(subject.id),
  );
  const isKept = sceneAt(trace, trace.events.length).holdings[used.place].includes(subject.id);
  if (milestone === undefined || (gone === undefined) !== isKept) return [];
  if (gone?.verb === 'discarded' && !gone.isZeroized) return [];
  const answerId: DiscardTime = gone === undefined ? 'never' : gone.index < milestone.event.index ? 'before' : 'after';
  const { discardTime } = RECALL_PHRASES;
  const values = {
    who: { text: discardTime.who[owner] },
    key: { artifact: subject.id },
    milestone: { text: discardTime.milestone[milestone.kind] },
  };
  return [
    {
      priority: 1,
      prediction: {
        id: 'recall-discard-time',
        step: (gone ?? trace.events.at(-1) ?? used).step + 1,
        question: phrase(discardTime.question, values),
        options: TIMES.map(id => ({ id, text: phrase(discardTime.options[id], values) })),
        answerId,
        explanation: phrase(discardTime.explanation[answerId], values),
      },
    },
  ];
};

type Milestone = keyof (typeof RECALL_PHRASES)['discardTime']['milestone'];

/** The next that leaves the owner's memory: to the disks, to S3, or as an answer. */
function milestoneAfter(
  trace: Trace,
  used: TraceEvent,
  owner: 'you' | 's3',
): { readonly kind: Milestone; readonly event: TraceEvent } | undefined {
  const verbs: readonly Milestone[] = owner === 's3' ? ['stored', 'responded'] : ['sent'];
  const event = trace.events
    .slice(used.index + 1)
    .find(
      one =>
        verbs.some(verb => verb === one.verb) &&
        'from' in one &&
        one.from === used.place &&
        trace.steps[one.step]?.name !== 'wire.handshake',
    );
  const kind = verbs.find(verb => verb === event?.verb);
  return event === undefined || kind === undefined ? undefined : { kind, event };
}

const REFUSERS = ['you', 's3', 'kms', 'nobody'] as const;

/** Who said no first: of runs that did not get through. */
export const askRefuser: QuestionMaker = trace => {
  if (trace.outcome.isOk) return [];
  const event = trace.events.find(({ verb }) => verb === 'denied' || verb === 'failed' || verb === 'throttled');
  const owner = event && ownerOf(event.place);
  if (event === undefined || owner === undefined) return [];
  const { refuser } = RECALL_PHRASES;
  const because =
    'decision' in event
      ? event.decision.because
      : 'message' in event && event.message !== ''
        ? event.message
        : undefined;
  const answerId: Refuser = owner;
  return [
    {
      priority: 0,
      prediction: {
        id: 'recall-refuser',
        step: event.step + 1,
        question: phrase(refuser.question),
        options: optionsFrom(refuser.options, REFUSERS),
        answerId,
        explanation:
          because === undefined
            ? phrase(refuser.bare, { code: { code: trace.outcome.code ?? 'an error' } })
            : phrase(refuser.explanation, { because: { text: because } }),
      },
    },
  ];
};

const TEMPTING = ['data-key', 'backing-key', 's3-root-key', 'customer-key', 'wrapping-key', 'session-key'];

/** Which key locks what lies on the disks. */
export const askContentLock: QuestionMaker = trace => {
  const onDisk = trace.events.flatMap((event, index) => {
    if (event.verb !== 'stored' && event.verb !== 'loaded') return [];
    return event.outputs.filter(id => trace.artifacts[id]?.kind === 'ciphertext-object').map(id => ({ id, index }));
  });
  const [content] = onDisk;
  const keyId = content && trace.artifacts[content.id]?.lock?.keyId;
  const answer = keyId === undefined ? undefined : baseKeyOf(trace, keyId);
  if (content === undefined || answer === undefined) return [];
  const touched = [...new Set(trace.events.flatMap(event => [...event.inputs, ...event.outputs]))];
  const rank = (id: ArtifactId) => TEMPTING.indexOf(trace.artifacts[id]?.kind ?? '');
  const others = [...new Set([...touched, ...trace.opening.map(({ artifact }) => artifact)])]
    .filter(id => rank(id) >= 0 && id !== answer.id && trace.artifacts[id]?.letter !== answer.letter)
    .toSorted((left, right) => rank(left) - rank(right) || touched.indexOf(left) - touched.indexOf(right));
  const named = new Set<string>();
  const distinct = others.filter(id => {
    const name = `${trace.artifacts[id]?.name} ${trace.artifacts[id]?.letter}`;
    return !named.has(name) && named.add(name);
  });
  const ids = [answer.id, ...distinct.slice(0, 3)].toSorted((left, right) => rank(right) - rank(left));
  if (ids.length < 3) return [];
  const values = { key: { artifact: answer.id }, content: { artifact: content.id } };
  return [
    {
      priority: 2,
      prediction: {
        id: 'recall-content-lock',
        step: (trace.events[content.index]?.step ?? 0) + 1,
        question: phrase(RECALL_PHRASES.contentLock.question, values),
        options: ids.map(id => ({ id, text: [{ artifact: id }] })),
        answerId: answer.id,
        explanation: phrase(RECALL_PHRASES.contentLock.explanation, values),
      },
    },
  ];
};
