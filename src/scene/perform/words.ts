import type { Actor, AnyTrace, ArtifactId, Place } from '../../engine/index.ts';
import type { Segment } from '../segment.ts';
import { actorLabel, placeLabel } from '../textTwin.ts';
import { type Deed, type Move, type MoveChoice, partyAt } from './move.ts';

/** A deed in words: as somebody else's and as yours, and what it does it to. */
export interface DeedWords {
  readonly third: string;
  readonly second: string;
  /** What follows the verb before any artifact; for deeds that say all by themselves. */
  readonly object?: string;
}

const COMPARES = { third: 'checks', second: 'check' };

/** Every deed in words. */
export const DEED_WORDS: Readonly<Record<Deed, DeedWords>> = {
  generated: { third: 'makes', second: 'make' },
  derived: { third: 'derives', second: 'derive' },
  encrypted: { third: 'encrypts', second: 'encrypt' },
  decrypted: { third: 'decrypts', second: 'decrypt' },
  wrapped: { third: 'wraps', second: 'wrap' },
  unwrapped: { third: 'unwraps', second: 'unwrap' },
  hashed: { third: 'computes a salted HMAC of', second: 'compute a salted HMAC of' },
  sent: { third: 'sends a request', second: 'send a request' },
  received: { third: 'receives', second: 'receive' },
  stored: { third: 'stores', second: 'store' },
  loaded: { third: 'loads', second: 'load' },
  responded: { third: 'answers', second: 'answer' },
  authorized: { third: 'lets', second: 'let', object: 'the request pass' },
  denied: { third: 'refuses', second: 'refuse', object: 'the request' },
  discarded: { third: 'overwrites', second: 'overwrite' },
  logged: { third: 'writes', second: 'write', object: 'the call down' },
  failed: { third: 'fails', second: 'fail' },
  throttled: { third: 'throttles', second: 'throttle', object: 'the request' },
  'compared.checksum': { ...COMPARES, object: 'the checksum' },
  'compared.signature': { ...COMPARES, object: 'the signature' },
  'compared.key-md5': { ...COMPARES, object: 'the key MD5' },
  'compared.key-check': { ...COMPARES, object: 'the salted HMAC of the key' },
  'compared.commitment': { ...COMPARES, object: 'the key commitment' },
  'compared.commitment-policy': { ...COMPARES, object: 'the commitment policy' },
  'compared.encryption-context': { ...COMPARES, object: 'the encryption context' },
  'compared.material-description': { ...COMPARES, object: 'the material description' },
  'compared.content-algorithm': { ...COMPARES, object: 'the content algorithm' },
  'compared.message-header': { ...COMPARES, object: 'the message header' },
  'compared.bucket-key': { ...COMPARES, object: 'for a bucket-level key' },
  'compared.condition': { ...COMPARES, object: 'the condition' },
};

/** A deed as a choice: `wraps`, `checks the checksum`. */
export function deedLabel(deed: Deed, actor: Actor): string {
  const { third, second, object } = DEED_WORDS[deed];
  const verb = actor === 'client' ? second : third;
  return object === undefined ? verb : `${verb} ${object}`;
}

const PARTY_NAMES = { client: 'you', s3: 'Amazon S3', kms: 'AWS KMS' } as const;

/** A move as a sentence without its full stop: `Amazon S3 wraps data key A with S3 root key R`. */
export function sayMove(trace: AnyTrace, move: Move | MoveChoice): Segment[] {
  const segments: Segment[] = [{ text: `${actorLabel(move.actor)} ${deedLabel(move.deed, move.actor)}` }];
  const known = move.artifacts.filter(id => trace.artifacts[id] !== undefined);
  const say = (text: string) => segments.push({ text });
  const list = (ids: readonly ArtifactId[]) => {
    for (const [position, artifact] of ids.entries()) {
      if (position > 0) say(position === ids.length - 1 ? ' and ' : ', ');
      // Locked or not, it has the name of the object.
      if (trace.artifacts[artifact]?.kind === 'ciphertext-object') say('the ciphertext of ');
      segments.push({ artifact });
    }
  };
  switch (move.deed) {
    case 'sent':
      say(` to ${whose(move.to)}`);
      if (known.length > 0) say(', with ');
      list(known);
      return segments;
    case 'responded':
      say(` ${whose(move.to)}`);
      if (known.length > 0) say(' with ');
      list(known);
      return segments;
    case 'encrypted':
    case 'decrypted':
    case 'wrapped':
    case 'unwrapped': {
      const [subject, ...tools] = known;
      if (subject !== undefined) say(' ');
      list(subject === undefined ? [] : [subject]);
      if (tools.length > 0) say(' with ');
      list(tools);
      break;
    }
    default:
      if (DEED_WORDS[move.deed].object === undefined && known.length > 0) {
        say(' ');
        list(known);
      }
  }
  if (move.deed === 'stored') say(' on the disks');
  if (move.deed === 'loaded') say(' from the disks');
  if (move.deed === 'discarded') say(' with zeros');
  if (move.deed === 'generated') say(move.to === 'client' ? ', on your side' : `, in the ${placeLabel(move.to)}`);
  return segments;
}

function whose(place: Place): string {
  const party = partyAt(place);
  return party === undefined ? placeLabel(place) : PARTY_NAMES[party];
}
