import type { Actor, ArtifactId, FailedEvent, Place, Trace, TraceEvent, Verb } from '../engine/index.ts';
import { nameOf } from './artifactNames.ts';
import { clientSideOf } from './clientSide.ts';

/** One event as a line of text: the picture in words, for readers, printers and screen readers. */
export interface TwinRow {
  /** Position of the event in the trace, from 0. */
  readonly event: number;
  /** Number of its step, from 1. */
  readonly step: number;
  /** Who, for example `Amazon S3`: whose room it happens in. */
  readonly actor: string;
  /** What they do, in the present tense, for example `encrypts`. */
  readonly verb: string;
  /** What it is about: what the event brings about, or else what it uses. */
  readonly artifacts: readonly ArtifactId[];
  readonly from?: string;
  readonly to: string;
  /** How or why, in a few words; empty when there is nothing to add. User text may be part of it. */
  readonly reason: string;
}

const ACTORS: Readonly<Record<Actor, string>> = {
  client: 'You',
  s3: 'Amazon S3',
  kms: 'AWS KMS',
  tap: 'Eavesdropper',
  trail: 'CloudTrail',
};

const PLACE_LABELS: Readonly<Record<Place, string>> = {
  client: 'your side',
  network: 'the network',
  's3.memory': 'memory of Amazon S3',
  's3.disk': 'disks of Amazon S3',
  's3.keys': 'own keys of Amazon S3',
  'kms.host': 'AWS KMS, outside the HSM',
  'kms.hsm': 'HSM of AWS KMS',
  audit: 'CloudTrail',
};

const VERBS: Readonly<Record<Verb, readonly [third: string, second: string]>> = {
  generated: ['generates', 'generate'],
  derived: ['derives', 'derive'],
  encrypted: ['encrypts', 'encrypt'],
  decrypted: ['decrypts', 'decrypt'],
  wrapped: ['wraps', 'wrap'],
  unwrapped: ['unwraps', 'unwrap'],
  hashed: ['hashes', 'hash'],
  sent: ['sends', 'send'],
  received: ['receives', 'receive'],
  stored: ['stores', 'store'],
  loaded: ['loads', 'load'],
  responded: ['answers', 'answer'],
  compared: ['compares', 'compare'],
  authorized: ['allows', 'allow'],
  denied: ['denies', 'deny'],
  discarded: ['discards', 'discard'],
  logged: ['logs', 'log'],
  failed: ['fails', 'fail'],
  throttled: ['throttles', 'throttle'],
};

/** A place in words, to stand after "in" or "from" or alone. */
export function placeLabel(place: Place): string {
  return PLACE_LABELS[place];
}

/** An actor in words, to begin a sentence with. */
export function actorLabel(actor: Actor): string {
  return ACTORS[actor];
}

/** The whole run as lines of text, one an event. */
export function textTwin(trace: Trace): TwinRow[] {
  const side = clientSideOf(trace.run);
  const placeOf = (place: Place) => (place === 'client' ? side.place : placeLabel(place));
  return trace.events.map(event => {
    const doer = doerOf(event);
    return {
      event: event.index,
      step: event.step + 1,
      actor: doer === 'client' ? side.holder : actorLabel(doer),
      verb: VERBS[event.verb][doer === 'client' && side.isYou ? 1 : 0],
      artifacts: event.outputs.length > 0 ? event.outputs : event.inputs,
      ...('from' in event ? { from: placeOf(event.from) } : {}),
      to: placeOf(event.place),
      reason: reasonOf(trace, event),
    };
  });
}

/** Who does it: whoever the room belongs to. A step in which both ends work has the name of one of them only. */
function doerOf(event: TraceEvent): Actor {
  if (event.actor === 'tap' || event.actor === 'trail') return event.actor;
  const place = event.place === 'network' && 'from' in event ? event.from : event.place;
  if (place === 'client') return 'client';
  if (place.startsWith('s3.')) return 's3';
  return place.startsWith('kms.') ? 'kms' : event.actor;
}

function reasonOf(trace: Trace, event: TraceEvent): string {
  switch (event.verb) {
    case 'generated':
    case 'derived':
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped':
    case 'hashed': {
      const sources = event.inputs.filter(id => id !== event.key).map(id => nameOf(trace, id));
      return [
        sources.length === 0 ? '' : `from ${sources.join(', ')}`,
        event.key === undefined ? '' : `with ${nameOf(trace, event.key)}`,
        event.algorithm ?? '',
      ]
        .filter(part => part !== '')
        .join(', ');
    }
    case 'sent':
    case 'received':
    case 'stored':
    case 'loaded':
    case 'responded':
      return event.status === undefined ? '' : `status ${event.status}`;
    case 'compared':
      // A policy is no value: it allows what it does not equal.
      if (event.what === 'commitment-policy')
        return `${event.left.text} ${event.isEqual ? 'allows' : 'refuses'} ${event.right.text}`;
      return `${event.left.label} and ${event.right.label} are ${event.isEqual ? 'equal' : 'different'}`;
    case 'authorized':
    case 'denied':
      return `${event.decision.action}: ${event.decision.because}`;
    case 'discarded':
      return event.isZeroized ? 'overwritten with zeros' : 'reference dropped';
    case 'logged': {
      const { eventName } = event.record;
      return typeof eventName === 'string' ? eventName : '';
    }
    case 'failed':
    case 'throttled':
      return failureText(event);
  }
}

function failureText({ code, message, why }: FailedEvent): string {
  const told = message === '' ? code : `${code}: ${message}`;
  return why === undefined ? told : `${told} In truth: ${why.message}`;
}
