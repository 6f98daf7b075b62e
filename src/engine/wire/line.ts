import { type Bytes, zeroize } from '../bytes/bytes.ts';
import { ALGORITHMS } from '../crypto/algorithms.ts';
import type { Pace } from '../crypto/pace.ts';
import { EngineError, invariant } from '../errors.ts';
import { bodyOf, type Handler, type HttpRequest, type HttpResponse } from '../http/message.ts';
import { viewOf } from '../http/view.ts';
import type { RandomSource } from '../random.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import { discard } from '../trace/discard.ts';
import type { FactId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';
import type { Transport } from '../trace/trace.ts';
import { carry, type Recorded } from './carry.ts';
import { SECURE_LINE_FACTS, type Session, shakeHands } from './handshake.ts';
import { parseRequestHead, parseResponseHead, withContentLength } from './head.ts';
import { openRecord } from './records.ts';
import { type Claim, type Message, unpack } from './unpack.ts';

/** A service at the other end of the line. */
export interface Endpoint {
  readonly actor: 's3' | 'kms';
  /** Where it works: `s3.memory` or `kms.host`. */
  readonly room: Room;
  readonly handle: Handler;
  /** For example `Amazon S3`. */
  readonly name: string;
  /** Called when the answer is on the line, and also when there will be none: the service forgets what it still has. */
  readonly afterSending?: () => void;
}

export interface LineOptions {
  readonly transport: Transport;
  readonly recorder: Recorder;
  readonly random: RandomSource;
  /** Room `client`. */
  readonly client: Room;
  /** Room `network`: what the tap has recorded. */
  readonly network: Room;
  /** For example `203.0.113.7`. */
  readonly sourceIp: string;
  readonly pace?: Pace;
  /**
   * Somebody on the way who turns over one bit of what is sent, once: asked with what the message carries, says which byte (from 0; of the
   * body over plain HTTP, of the first record over HTTPS), or `undefined` to let it pass.
   */
  readonly meddle?: (endpoint: Endpoint['actor'], cargo: readonly ArtifactId[]) => number | undefined;
  /** Knows the bytes of cargo that is neither the body nor plain Base64 in head or JSON. */
  readonly claim?: Claim;
}

/** Plain HTTP is possible, and anyone on the way can read it. */
const PLAIN_LINE_FACTS: readonly FactId[] = ['F-ALG-007', 'F-GEN-018'];
/** Of a body over 1 MiB that crosses in the open the tap keeps the first 64 KiB; of anything smaller, all. */
const WHOLE_COPY_BYTES = 1024 * 1024;
const KEPT_BYTES = 64 * 1024;

/**
 * One connection, one exchange: over HTTPS a handshake first; the request out, the answer back; then the connection is
 * closed and both ends overwrite the session key. Everything crosses as bytes and is parsed again on the other side.
 * @param cargo what travels in the request, for the trace; the client's room holds it
 * @returns the answer as it arrived; its cargo is what the client's room holds of it now
 * @throws EngineError `cancelled`, `decryption-failed`, `invariant` for cargo that is not in the request, and whatever
 * the service throws
 */
export async function exchangeOver(
  options: LineOptions,
  endpoint: Endpoint,
  request: HttpRequest,
  cargo: readonly ArtifactId[],
): Promise<HttpResponse> {
  const { recorder, random, client, network } = options;
  let hasForgotten = false;
  const forgetOnce = () => {
    if (!hasForgotten) endpoint.afterSending?.();
    hasForgotten = true;
  };
  const parties = { recorder, random, client, network, endpoint: endpoint.room, endpointName: endpoint.name };
  const session = options.transport === 'https' ? await shakeHands(parties) : undefined;
  try {
    return await exchange({ options, endpoint, session, forgetOnce }, withContentLength(request), [...new Set(cargo)]);
  } finally {
    forgetOnce();
    if (session) for (const room of [client, endpoint.room]) discard(recorder, room, [session.id], SECURE_LINE_FACTS);
  }
}

interface Line {
  readonly options: LineOptions;
  readonly endpoint: Endpoint;
  readonly session: Session | undefined;
  readonly forgetOnce: () => void;
}

async function exchange(line: Line, request: HttpRequest, cargo: readonly ArtifactId[]): Promise<HttpResponse> {
  const { options, endpoint, session } = line;
  const { recorder, client, pace } = options;
  const isSecure = session !== undefined;
  const facts = isSecure ? SECURE_LINE_FACTS : PLAIN_LINE_FACTS;

  recorder.step('client.send', 'client');
  const link = endpoint.actor === 's3' ? 'client-s3' : 'client-kms';
  const number = recorder.openExchange(link, isSecure, viewOf(request));
  const out = await carry({
    message: request,
    parseHead: parseRequestHead,
    keys: session?.request,
    pace,
    phase: 'send',
  });
  if (session) {
    const { name } = ALGORITHMS.tlsRecord;
    const inputs = [...cargo, session.id];
    recorder.emit({ verb: 'encrypted', place: 'client', inputs, key: session.id, algorithm: name, facts });
  }
  const whole = { ...out.head, body: bodyOf(out.body) };
  const sent = await tap(line, out.recorded, whole, out.body, cargo);
  invariant(sent.contents.length === cargo.length, 'what is declared as cargo is in the request');
  recorder.emit({ verb: 'sent', from: 'client', place: 'network', outputs: sent.outputs, facts });
  // Of an empty body in the open there is no bit to turn over.
  const hasBits = session !== undefined || out.body.length > 0;
  const at = hasBits ? options.meddle?.(endpoint.actor, cargo) : undefined;
  const arrived = at === undefined ? whole : { ...out.head, body: bodyOf(await meddleWith(line, at, out, sent)) };

  recorder.step(`${endpoint.actor}.receive`, endpoint.actor);
  const answer = await endpoint.handle(arrived, {
    isSecure,
    sourceIp: options.sourceIp,
    arrival: { capture: sent.capture, ...(session ? { sessionKey: session.id } : {}), exchange: number },
  });

  const isBodiless = request.method === 'HEAD';
  const response = isBodiless ? answer : withContentLength(answer);
  const back = await carry({
    message: response,
    parseHead: parseResponseHead,
    isBodiless,
    keys: session?.response,
    pace,
    phase: 'receive',
  });
  const received: HttpResponse = { ...back.head, body: bodyOf(back.body) };
  const answered = await tap(line, back.recorded, received, back.body, [...new Set(answer.cargo ?? [])]);
  const { place } = endpoint.room;
  const { status } = response;
  recorder.emit({ verb: 'responded', from: place, place: 'network', status, outputs: answered.outputs, facts });
  line.forgetOnce();

  recorder.step('client.receive', 'client');
  const contents = await unpack(recorder, received, back.body, answer.cargo ?? [], options.claim);
  for (const [id, bytes] of contents) client.hold(id, bytes);
  const inputs = [answered.capture, ...(session ? [session.id] : [])];
  const outputs = [...contents.keys()];
  recorder.emit({ verb: 'received', from: 'network', place: 'client', inputs, outputs, facts });
  recorder.closeExchange(number, viewOf(received));
  return { ...received, cargo: outputs };
}

/**
 * One bit of what is on the line turns over. Over HTTPS the other end really tries to open the record.
 * @returns the body that arrives over plain HTTP
 * @throws EngineError `decryption-failed` over HTTPS: the connection is over
 */
async function meddleWith(
  { options: { recorder, network }, endpoint, session }: Line,
  at: number,
  { body, recorded }: { readonly body: Bytes; readonly recorded: Recorded },
  sent: { readonly capture: ArtifactId; readonly contents: readonly ArtifactId[] },
): Promise<Bytes> {
  const firstRecord = recorded.fields.at(-1)?.end ?? recorded.bytes.length;
  const changed = session ? recorded.bytes.slice(0, firstRecord) : body.slice();
  const index = Math.min(Math.max(0, Math.trunc(at) || 0), changed.length - 1);
  changed[index] = (changed[index] ?? 0) ^ 1;
  const before = session ? sent.capture : ((await findBody(recorder, body, sent.contents)) ?? sent.capture);
  const { kind, name, isSecret } = recorder.get(before);
  const fields = [{ label: 'changed byte', start: index, end: index + 1, factId: 'F-SIM-108' }];
  const after = await recorder.identify({ kind, name, bytes: changed, isSecret, fields });
  network.hold(after.id, changed.slice());
  recorder.step('wire.meddle', 'tap');
  recorder.emit({
    verb: 'derived',
    place: 'network',
    inputs: [before],
    outputs: [after.id],
    algorithm: 'one bit turned over',
    facts: ['F-SIM-108'],
  });
  if (!session) return changed;
  recorder.step(`${endpoint.actor}.receive`, endpoint.actor);
  try {
    await openRecord(session.request.receiver, 0, changed);
  } catch (thrown) {
    const message = 'The record does not open: its tag does not fit.';
    recorder.emit({
      verb: 'failed',
      place: endpoint.room.place,
      code: 'bad_record_mac',
      message,
      facts: ['F-SIM-100'],
    });
    throw thrown;
  }
  throw new EngineError('invariant', 'a record with one bit turned over does not open');
}

async function findBody(
  recorder: Recorder,
  body: Bytes,
  contents: readonly ArtifactId[],
): Promise<ArtifactId | undefined> {
  return (await recorder.find(body, id => contents.includes(id)))?.id;
}

/**
 * What the tap has now: the traffic as it passed, and over plain HTTP everything that was in it. Which of the declared
 * cargo was in it is read from the message as it came out at the other end: a service may answer with bytes that somebody
 * has changed on its disks, and then they are no longer what they are declared to be.
 * @param body the message's body in one buffer, which stays the receiver's own
 */
async function tap(
  { options, session }: Line,
  recorded: Recorded,
  message: Message,
  body: Bytes,
  cargo: readonly ArtifactId[],
): Promise<{ capture: ArtifactId; contents: readonly ArtifactId[]; outputs: ArtifactId[] }> {
  const { recorder, network } = options;
  const found = await unpack(recorder, message, body, cargo, options.claim);
  const contents = cargo.filter(id => found.has(id));
  const lock = session && { keyId: session.id, contents, algorithm: ALGORITHMS.tlsRecord.name };
  const capture = await recorder.identify({
    kind: 'capture',
    name: 'recorded traffic',
    bytes: recorded.bytes,
    byteLength: recorded.byteLength,
    isSecret: false,
    fields: recorded.fields,
    ...(lock ? { lock } : {}),
  });
  network.hold(capture.id, recorded.bytes);
  for (const [id, bytes] of found) {
    if (!session) network.hold(id, ownCopy(bytes, body));
    else if (bytes !== body) zeroize(bytes);
  }
  return { capture: capture.id, contents, outputs: session ? [capture.id] : [capture.id, ...contents] };
}

/** Bytes that the tap may keep: the body belongs to the receiver, who overwrites it; all else was unpacked for the tap. */
function ownCopy(bytes: Bytes, body: Bytes): Bytes {
  if (bytes !== body) return bytes;
  return body.length > WHOLE_COPY_BYTES ? body.slice(0, KEPT_BYTES) : body.slice();
}
