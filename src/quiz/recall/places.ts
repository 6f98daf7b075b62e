import type { ArtifactId, Place, Trace } from '../../engine/index.ts';
import { findObject } from '../../scene/artifactNames.ts';
import { foldEvent, openingScene, sceneAt } from '../../scene/fold.ts';
import { readableIn } from '../../scene/visibility.ts';
import type { TapYield } from '../phrases.ts';
import { type Candidate, optionsFrom, phrase, type QuestionMaker } from '../prediction.ts';
import { type DiskThing, RECALL_PHRASES, type Spot } from './recallPhrases.ts';

const SPOTS: Readonly<Record<Spot, readonly Place[]>> = {
  client: ['client'],
  network: ['network'],
  s3: ['s3.memory'],
  disk: ['s3.disk'],
  kms: ['kms.host', 'kms.hsm'],
};
const SPOT_IDS: readonly Spot[] = ['client', 'network', 's3', 'disk', 'kms'];
/** What people believe of the object, the commonest first. */
const OBJECT_BELIEFS: readonly (readonly Spot[])[] = [
  ['client', 's3'],
  ['client', 's3', 'kms'],
  ['client'],
  ['client', 'network', 's3'],
];
const KEY_BELIEFS: readonly (readonly Spot[])[] = [['s3', 'kms'], ['kms'], ['client'], ['s3'], ['client', 's3']];

/** Where the object lay readable, at any moment. */
export const askObjectPlaces: QuestionMaker = trace => {
  const object = findObject(trace);
  if (object === undefined) return [];
  return askPlaces(trace, 'recall-object-places', object.id, phrase(RECALL_PHRASES.readable.object), OBJECT_BELIEFS);
};

/** Where the key that locks the object lay readable, at any moment: of a run that has such a key in hand. */
export const askKeyPlaces: QuestionMaker = trace => {
  const touched = new Set(trace.events.flatMap(event => [...event.inputs, ...event.outputs]));
  const id = [...touched].find(one => ['data-key', 'customer-key'].includes(trace.artifacts[one]?.kind ?? ''));
  if (id === undefined) return [];
  const question = phrase(RECALL_PHRASES.readable.dataKey, { key: { artifact: id } });
  return askPlaces(trace, 'recall-key-places', id, question, KEY_BELIEFS);
};

function askPlaces(
  trace: Trace,
  id: string,
  subject: ArtifactId,
  question: ReturnType<typeof phrase>,
  beliefs: readonly (readonly Spot[])[],
): Candidate[] {
  const { spots, step } = readableSpots(trace, subject);
  const wrong = beliefs.filter(belief => belief.join() !== spots.join()).slice(0, 3);
  const options = [spots, ...wrong]
    .map(list => ({ id: list.join('+') || 'nowhere', text: [{ text: sentence(list) }] }))
    // By how much is claimed, so that the right one has no place of its own.
    .toSorted((left, right) => left.id.length - right.id.length || left.id.localeCompare(right.id));
  const { explanation, reasons } = RECALL_PHRASES.readable;
  return [
    {
      priority: 1,
      prediction: {
        id,
        step,
        question,
        options,
        answerId: spots.join('+') || 'nowhere',
        explanation:
          spots.length === 0
            ? phrase(explanation.nowhere)
            : phrase(explanation.somewhere, {
                reasons: { text: joined(spots.map(spot => reasons[spot])) },
              }),
      },
    },
  ];
}

/** Where an artifact was readable at some moment, and the step (from 1) at which that was complete. */
export function readableSpots(trace: Trace, subject: ArtifactId): { spots: readonly Spot[]; step: number } {
  const found = new Set<Spot>();
  let step = trace.steps.length;
  let scene = openingScene(trace);
  const look = (spots: readonly Spot[], at: number) => {
    for (const spot of spots) {
      if (found.has(spot)) continue;
      const held = SPOTS[spot].flatMap(place => scene.holdings[place]);
      if (!readableIn(trace, held).has(subject)) continue;
      found.add(spot);
      step = Math.max(1, at);
    }
  };
  look(SPOT_IDS, 0);
  for (const event of trace.events) {
    scene = foldEvent(scene, event);
    if (event.verb === 'discarded' || event.outputs.length === 0) continue;
    look(
      SPOT_IDS.filter(spot => SPOTS[spot].includes(event.place)),
      event.step + 1,
    );
  }
  return { spots: SPOT_IDS.filter(spot => found.has(spot)), step };
}

function sentence(spots: readonly Spot[]): string {
  if (spots.length === 0) return RECALL_PHRASES.readable.nowhere;
  const text = listed(spots);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${spots.length === 1 ? ', and nowhere else' : ''}`;
}

function listed(spots: readonly Spot[]): string {
  return joined(spots.map(spot => RECALL_PHRASES.readable.spots[spot]));
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const THINGS: Readonly<Record<DiskThing, (kind: string) => boolean>> = {
  plaintext: kind => kind === 'plaintext-object',
  'data-key': kind => kind === 'data-key' || kind === 'customer-key',
  'encrypted-data-key': kind => kind === 'encrypted-data-key',
  'key-check': kind => kind === 'key-check',
  ciphertext: kind => kind === 'ciphertext-object',
};
/** The most telling first. */
const THING_IDS: readonly DiskThing[] = ['data-key', 'plaintext', 'key-check', 'encrypted-data-key', 'ciphertext'];

/** Which of these lies on the disks: one of them does. */
export const askDiskThings: QuestionMaker = trace => {
  const touched = new Set(trace.events.flatMap(event => [...event.inputs, ...event.outputs]));
  const last = trace.events.findLast(event => event.verb === 'stored' || event.verb === 'loaded');
  const lying = sceneAt(trace, trace.events.length).holdings['s3.disk'].filter(id => touched.has(id));
  const isThere = (thing: DiskThing) => lying.some(id => THINGS[thing](trace.artifacts[id]?.kind ?? ''));
  const answerId = THING_IDS.find(isThere);
  if (last === undefined || answerId === undefined) return [];
  const ids = [answerId, ...THING_IDS.filter(thing => !isThere(thing)).slice(0, 3)];
  const things = THING_IDS.filter(isThere).toReversed();
  const { disks } = RECALL_PHRASES;
  const named = things.map(thing => `${disks.options[thing].charAt(0).toLowerCase()}${disks.options[thing].slice(1)}`);
  return [
    {
      priority: 2,
      prediction: {
        id: 'recall-disks',
        step: last.step + 1,
        question: phrase(disks.question),
        options: optionsFrom(disks.options, ids.toSorted()),
        answerId,
        explanation: phrase(disks.explanation, { things: { text: named.join('; ') } }),
      },
    },
  ];
};

const YIELDS = ['nothing', 'object', 'key', 'both'] as const;
const KEYS = ['data-key', 'customer-key', 'wrapping-key', 'derived-key'];

/** What could be read from all that was recorded on the line. */
export const askRecording: QuestionMaker = trace => {
  const recorded = sceneAt(trace, trace.events.length).holdings.network;
  const last = trace.events.findLast(event => event.place === 'network' && event.outputs.length > 0);
  if (last === undefined) return [];
  const kinds = [...readableIn(trace, recorded)].map(id => trace.artifacts[id]?.kind ?? '');
  const [hasObject, hasKey] = [kinds.includes('plaintext-object'), kinds.some(kind => KEYS.includes(kind))];
  const answerId: TapYield = hasObject ? (hasKey ? 'both' : 'object') : hasKey ? 'key' : 'nothing';
  const { eavesdropper } = RECALL_PHRASES;
  return [
    {
      priority: 3,
      prediction: {
        id: 'recall-recording',
        step: last.step + 1,
        question: phrase(eavesdropper.question),
        options: optionsFrom(eavesdropper.options, YIELDS),
        answerId,
        explanation: phrase(eavesdropper.explanation[answerId]),
      },
    },
  ];
};
