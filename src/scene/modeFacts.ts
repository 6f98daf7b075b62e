import type {
  Actor,
  AnyTrace,
  ArtifactId,
  ArtifactKind,
  MadeEvent,
  Operation,
  Place,
  Trace,
  TraceEvent,
} from '../engine/index.ts';
import { kmsRequests } from './align.ts';
import { findObject } from './artifactNames.ts';
import { custodyAt, type Holder } from './custody.ts';
import { eventsAtStep, sceneAt } from './fold.ts';
import { writtenIn } from './instructionFile.ts';
import { encryptionHeaders, textAt } from './stepDifferences.ts';

/** What one wants to know of a way to encrypt, in the order in which it is usually asked. */
export const MODE_QUESTIONS = ['generates', 'wraps', 'stores', 'reads', 'logs', 'costs', 'chooses'] as const;
export type ModeQuestion = (typeof MODE_QUESTIONS)[number];

export type ModeAnswer =
  /** Who makes the data key. */
  | { readonly what: 'generated'; readonly by: Actor; readonly place: Place }
  /** Nobody makes a key: the customer brings the one that encrypts the object. */
  | { readonly what: 'brought'; readonly kind: ArtifactKind }
  /** Who wraps the data key, with what kind of key. */
  | {
      readonly what: 'wrapped';
      readonly by: Actor;
      readonly place: Place;
      readonly kind: ArtifactKind;
      readonly algorithm?: string;
    }
  /** No key is wrapped. What is kept instead, if anything, is of this kind. */
  | { readonly what: 'not-wrapped'; readonly instead?: ArtifactKind }
  /** Where the encrypted data key lies, and who wrote it there: S3 beside the object, a client as metadata or as an object of its own. */
  | {
      readonly what: 'stored';
      readonly place: Place;
      readonly writtenBy: 'client' | 's3';
      readonly isOwnObject: boolean;
    }
  /** No encrypted data key is stored anywhere. */
  | { readonly what: 'not-stored' }
  /** Could read the plaintext object at some time. */
  | { readonly what: 'reader'; readonly holder: Holder }
  | { readonly what: 'logged'; readonly source: string; readonly name: string }
  | { readonly what: 'kms-requests'; readonly count: number }
  /** A header of the request that says how the object is to be encrypted; values of chance are left out. */
  | { readonly what: 'header'; readonly name: string; readonly value: string }
  | { readonly what: 'no-header' }
  /** The object is not encrypted. */
  | { readonly what: 'not-encrypted' };

/** One answer, and the step that shows it. */
export interface ModeFact {
  readonly question: ModeQuestion;
  readonly answer: ModeAnswer;
  /** Which layer of encryption it is about, from 1, when the object wears several: 1 is put on first. */
  readonly layer?: number;
  readonly run: Operation;
  /** Index of the step, from 0. */
  readonly step: number;
}

/** An upload and a download of the same object. */
export interface RunPair {
  readonly upload: Trace;
  readonly download: Trace;
}

/**
 * What two runs show of the way in which an object is protected. Read from their events and messages only: the name of the mode is
 * not looked at. A run that was refused shows less, and then less is answered.
 */
export function modeFacts(runs: RunPair): readonly ModeFact[] {
  const { upload } = runs;
  const layers = layersOf(upload);
  const keyFacts = layers.flatMap((layer, index) =>
    factsOfLayer(upload, layer).map(fact => (layers.length > 1 ? { ...fact, layer: index + 1 } : fact)),
  );
  const facts = [
    ...(layers.length > 0 ? keyFacts : unprotected(upload)),
    ...readers(runs),
    ...(['upload', 'download'] as const).flatMap(run => [...records(runs[run], run), requests(runs[run], run)]),
    ...headers(upload),
  ];
  return MODE_QUESTIONS.flatMap(question => facts.filter(fact => fact.question === question));
}

/** An encryption of the object: the event, and the key that stands behind it. */
interface Layer {
  readonly event: MadeEvent;
  readonly keyId: ArtifactId;
}

/** How the object came into its ciphertext, the first encryption first; what only protects the line is none. */
function layersOf(trace: AnyTrace): Layer[] {
  const layers: Layer[] = [];
  let inner = findObject(trace)?.id;
  for (const event of trace.events) {
    if (event.verb !== 'encrypted' || event.key === undefined || inner === undefined) continue;
    const outer = event.outputs.find(id => trace.artifacts[id]?.kind === 'ciphertext-object');
    if (outer === undefined || !event.inputs.includes(inner)) continue;
    layers.push({ event, keyId: keyBehind(trace, event.key) });
    inner = outer;
  }
  return layers;
}

/** A derived key stands for the one it comes from. */
function keyBehind(trace: AnyTrace, keyId: ArtifactId): ArtifactId {
  const seen = new Set([keyId]);
  for (const id of seen) {
    const artifact = trace.artifacts[id];
    if (artifact?.kind !== 'derived-key') return id;
    const parent = artifact.derivedFrom?.find(each => trace.artifacts[each]?.isSecret);
    if (parent !== undefined) seen.add(parent);
  }
  return keyId;
}

function factsOfLayer(trace: AnyTrace, { event, keyId }: Layer): ModeFact[] {
  const made = trace.events.find(each => each.verb === 'generated' && each.outputs.includes(keyId));
  const kind = trace.artifacts[keyId]?.kind ?? 'data-key';
  if (made === undefined) {
    const first = trace.events.find(each => each.inputs.includes(keyId)) ?? event;
    const making = trace.events.find(each => each.outputs.some(id => trace.artifacts[id]?.kind === 'key-check'));
    const store = storing(trace) ?? event;
    return [
      at('generates', first, { what: 'brought', kind }),
      at('wraps', making ?? store, { what: 'not-wrapped', ...(making ? { instead: 'key-check' } : {}) }),
      at('stores', store, { what: 'not-stored' }),
    ];
  }
  const wrapped = trace.events.find(
    (each): each is MadeEvent => each.verb === 'wrapped' && each.inputs.includes(keyId) && each.key !== keyId,
  );
  const blob = wrapped?.outputs.find(id => trace.artifacts[id]?.kind === 'encrypted-data-key');
  return [
    at('generates', made, { what: 'generated', by: made.actor, place: made.place }),
    ...(wrapped ? [at('wraps', wrapped, wrapping(trace, wrapped))] : []),
    ...(blob === undefined ? [] : storedAt(trace, blob)),
  ];
}

function wrapping(trace: AnyTrace, { actor, place, key, algorithm }: MadeEvent): ModeAnswer {
  const behind = key === undefined ? undefined : trace.artifacts[keyBehind(trace, key)];
  return {
    what: 'wrapped',
    by: actor,
    place,
    kind: behind?.kind ?? 'wrapping-key',
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

/** Where an encrypted data key is put down, by itself or written into an instruction file. */
function storedAt(trace: AnyTrace, blob: ArtifactId): ModeFact[] {
  const wasWithClient = trace.events.some(({ place, outputs }) => place === 'client' && outputs.includes(blob));
  const files = Object.keys(trace.artifacts).filter(id => writtenIn(trace, id).includes(blob));
  // To S3 that object is like all others, and is encrypted: what lies on its disks is the file in its ciphertext.
  const locked = Object.values(trace.artifacts).filter(({ lock }) => lock?.contents.some(id => files.includes(id)));
  const holds = (ids: readonly ArtifactId[]) => (event: TraceEvent) =>
    event.verb === 'stored' && event.outputs.some(id => ids.includes(id));
  const own = trace.events.find(holds([...files, ...locked.map(({ id }) => id)]));
  const stored = own ?? trace.events.find(holds([blob]));
  if (stored === undefined) return [];
  const writtenBy = wasWithClient ? 'client' : 's3';
  return [at('stores', stored, { what: 'stored', place: stored.place, writtenBy, isOwnObject: own !== undefined })];
}

function storing(trace: AnyTrace): TraceEvent | undefined {
  const objects: readonly ArtifactKind[] = ['ciphertext-object', 'plaintext-object'];
  return trace.events.find(
    event =>
      event.verb === 'stored' && event.outputs.some(id => objects.some(kind => kind === trace.artifacts[id]?.kind)),
  );
}

function unprotected(trace: AnyTrace): ModeFact[] {
  const stored = storing(trace);
  if (stored === undefined) return [];
  return (['generates', 'wraps', 'stores'] as const).map(question => at(question, stored, { what: 'not-encrypted' }));
}

/** Who could ever read the object, each with the first step at which it is so. */
function readers({ upload, download }: RunPair): ModeFact[] {
  const seen = new Set<Holder>();
  return [upload, download].flatMap(trace => {
    const object = findObject(trace)?.id;
    return trace.steps.flatMap(step => {
      const custody = custodyAt(trace, sceneAt(trace, eventsAtStep(trace, step.index + 1)));
      const column = custody.subjects.findIndex(({ artifact }) => artifact === object);
      const holders = custody.rows.filter(({ holder, cells }) => cells[column] === true && !seen.has(holder));
      return holders.map(({ holder }): ModeFact => {
        seen.add(holder);
        const run = trace === upload ? 'upload' : 'download';
        return { question: 'reads', answer: { what: 'reader', holder }, run, step: step.index };
      });
    });
  });
}

function records(trace: AnyTrace, run: Operation): ModeFact[] {
  return trace.events.flatMap(event => {
    if (event.verb !== 'logged') return [];
    const source = textAt(event.record, 'eventSource')?.split('.')[0] ?? '';
    const name = textAt(event.record, 'eventName') ?? '';
    return [{ ...at('logs', event, { what: 'logged', source, name }), run }];
  });
}

/** The step with the first request to KMS; without one, the answer of S3 shows that it went without. */
function requests(trace: AnyTrace, run: Operation): ModeFact {
  const asked = trace.events.find(({ exchange, verb }) => {
    const link = exchange === undefined ? undefined : trace.exchanges[exchange]?.link;
    return verb === 'sent' && (link === 's3-kms' || link === 'client-kms');
  });
  const answered = trace.events.findLast(event => event.verb === 'responded');
  const step = (asked ?? answered)?.step ?? Math.max(0, trace.steps.length - 1);
  return { question: 'costs', answer: { what: 'kms-requests', count: kmsRequests(trace) }, run, step };
}

/** What the request that brought the object says of its encryption, as it was sent. */
function headers(trace: AnyTrace): ModeFact[] {
  const stored = storing(trace);
  const sent = trace.events.find(
    event => event.verb === 'sent' && event.actor === 'client' && event.exchange === stored?.exchange,
  );
  if (sent?.exchange === undefined) return [];
  const lines = encryptionHeaders(trace.exchanges[sent.exchange]?.request).filter(line => !line.startsWith(METADATA));
  if (lines.length === 0) return [at('chooses', sent, { what: 'no-header' })];
  return lines.map(line => {
    const colon = line.indexOf(': ');
    return at('chooses', sent, { what: 'header', name: line.slice(0, colon), value: line.slice(colon + 2) });
  });
}

/** Metadata is kept with the object and chooses nothing. */
const METADATA = 'x-amz-meta-';

function at(question: ModeQuestion, { step }: TraceEvent, answer: ModeAnswer): ModeFact {
  return { question, answer, run: 'upload', step };
}
