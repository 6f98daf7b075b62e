import { type Bytes, concat, equalBytes, utf8, zeroize } from '../bytes/bytes.ts';
import { ALGORITHMS } from '../crypto/algorithms.ts';
import { hkdf } from '../crypto/hkdf.ts';
import { sha256 } from '../crypto/sha2.ts';
import { type AgreementPair, agree, keyPairFrom } from '../crypto/x25519.ts';
import { invariant } from '../errors.ts';
import type { RandomSource } from '../random.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import { deriveTrafficKey, type TrafficKey } from './records.ts';

/** What the line is in this lab; the third is our simplification of TLS 1.3. */
export const SECURE_LINE_FACTS: readonly FactId[] = ['F-GEN-017', 'F-ALG-007', 'F-SIM-100'];

interface Parties {
  readonly recorder: Recorder;
  readonly random: RandomSource;
  readonly client: Room;
  readonly network: Room;
  readonly endpoint: Room;
  /** For example `Amazon S3`. */
  readonly endpointName: string;
}

/** One direction's key, as each end has derived it for itself. */
export interface DirectionKeys {
  readonly sender: TrafficKey;
  readonly receiver: TrafficKey;
}

export interface Session {
  /** The 32-byte secret; both rooms hold it, each in a buffer of its own. */
  readonly id: ArtifactId;
  readonly request: DirectionKeys;
  readonly response: DirectionKeys;
}

/**
 * Agrees on a session key over a tapped line: key shares cross in the open, the key itself never does
 * (X25519, HKDF-SHA-256; the whole is F-SIM-100, without certificates). Nothing is signed, so in this model nobody
 * proves who they are.
 */
export async function shakeHands(parties: Parties): Promise<Session> {
  const { recorder, client, endpoint } = parties;
  const facts = SECURE_LINE_FACTS;
  recorder.step('wire.handshake', 'client');

  const ours = await makePair(parties.random);
  const ourShare = await offerShare(parties, client, endpoint, ours, 'key share of the client');
  const theirs = await makePair(parties.random);
  const theirShare = await offerShare(parties, endpoint, client, theirs, `key share of ${parties.endpointName}`);
  const shares = [ourShare, theirShare];

  const [clientSecret, endpointSecret] = await Promise.all([
    deriveSecret(ours.privateKey, client.getBytes(theirShare), shares, client),
    deriveSecret(theirs.privateKey, endpoint.getBytes(ourShare), shares, endpoint),
  ]);
  invariant(equalBytes(clientSecret, endpointSecret), 'both ends arrive at the same session key');
  const session = await recorder.identify({
    kind: 'session-key',
    name: 'session key',
    bytes: clientSecret,
    isSecret: true,
  });
  client.hold(session.id, clientSecret);
  endpoint.hold(session.id, endpointSecret);
  const algorithm = `${ALGORITHMS.x25519.name}, ${ALGORITHMS.hkdfSha256.name}`;
  for (const { place } of [client, endpoint]) {
    recorder.emit({ verb: 'derived', place, inputs: shares, outputs: [session.id], algorithm, facts });
  }
  for (const room of [client, endpoint]) discard(recorder, room, shares, facts);

  const directionKeys = async (direction: 'request' | 'response'): Promise<DirectionKeys> => {
    const [atClient, atEndpoint] = await Promise.all([
      deriveTrafficKey(clientSecret, direction),
      deriveTrafficKey(endpointSecret, direction),
    ]);
    return direction === 'request'
      ? { sender: atClient, receiver: atEndpoint }
      : { sender: atEndpoint, receiver: atClient };
  };
  return { id: session.id, request: await directionKeys('request'), response: await directionKeys('response') };
}

async function makePair(random: RandomSource): Promise<AgreementPair> {
  const secret = random.bytes(ALGORITHMS.x25519.keyBytes);
  const pair = await keyPairFrom(secret);
  zeroize(secret);
  return pair;
}

/** A share is made at one end, crosses the line, where the tap keeps a copy, and reaches the other. */
async function offerShare(
  { recorder, network }: Parties,
  from: Room,
  to: Room,
  pair: AgreementPair,
  name: string,
): Promise<ArtifactId> {
  const facts = SECURE_LINE_FACTS;
  const bytes = pair.publicKey;
  const { id } = await recorder.identify({ kind: 'key-share', name, bytes, isSecret: false });
  const outputs = [id];
  from.hold(id, bytes);
  recorder.emit({ verb: 'generated', place: from.place, outputs, algorithm: ALGORITHMS.x25519.name, facts });
  network.hold(id, bytes.slice());
  recorder.emit({ verb: 'sent', from: from.place, place: 'network', outputs, facts });
  to.hold(id, bytes.slice());
  recorder.emit({ verb: 'received', from: 'network', place: to.place, outputs, facts });
  return id;
}

/** 32 bytes from the agreement, bound to both shares as this end has them. */
async function deriveSecret(
  privateKey: CryptoKey,
  theirShare: Bytes,
  shares: readonly ArtifactId[],
  room: Room,
): Promise<Bytes> {
  const shared = await agree(privateKey, theirShare);
  const transcript = await sha256(concat(...shares.map(id => room.getBytes(id))));
  const info = concat(utf8('envelope line session'), transcript);
  const secret = await hkdf('SHA-256', { inputKey: shared, salt: new Uint8Array(0), info, byteLength: 32 });
  zeroize(shared);
  return secret;
}
