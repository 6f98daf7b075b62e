/** What the actions of an experiment work with. */
import { type Bytes, utf8 } from '../bytes/bytes.ts';
import { parseBase64 } from '../bytes/text.ts';
import { type Customer, holdAtClient, type KeyRing } from '../client/customer.ts';
import type { ObjectAddress } from '../client/s3Client.ts';
import { finish } from '../client/transfer.ts';
import type { Header, HttpRequest, HttpResponse } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Outcome, PersonName, RunSpec, Transport } from '../trace/trace.ts';
import { customerIn, type World } from '../world.ts';
import type { HeaderChanges } from './action.ts';
import { fill } from './names.ts';

/** What goes on while an experiment is played. */
export interface Bench {
  readonly world: World;
  readonly objectName: string;
  readonly content: Bytes;
  /** By name in templates. */
  readonly names: Map<string, string>;
  /** Key rings that are not what the world was made with. */
  readonly keyRings: Map<PersonName, KeyRing>;
  /** A link somebody signed. */
  link?: HttpRequest;
  /** The learner's choice of the byte to flip. */
  readonly byte?: number;
  readonly sleep: (seconds: number) => void;
}

/** The circumstances of an act, or of what is done before it. */
export interface Circumstances {
  readonly spec: Pick<RunSpec, 'mode' | 'format' | 'envelope'>;
  readonly person: PersonName;
  readonly transport: Transport;
  readonly isRecorded: boolean;
}

/** How an action ended, and what it brought to the customer's side. */
export interface Done {
  readonly outcome: Outcome;
  readonly plaintext?: Artifact;
}

/** What somebody got, before it is decided that this was all. */
export interface Answered {
  readonly customer: Customer;
  readonly isRefused: boolean;
  /** Ends the run in the client's words. */
  readonly end: () => Done;
}

export function customerFor(bench: Bench, person: PersonName): Customer {
  const customer = customerIn(bench.world, person);
  const keyRing = bench.keyRings.get(person);
  return keyRing ? { ...customer, keyRing } : customer;
}

export function addressOf(bench: Bench, object?: string): ObjectAddress {
  const objectName = object === undefined ? bench.objectName : fill(object, bench.names);
  return { bucketName: bench.world.names.bucketName, objectName };
}

export function headersOf(bench: Bench, headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([name, value]) => [name, fill(value, bench.names)]);
}

/** What a mode would send, changed as the action says. */
export function changed(bench: Bench, own: readonly Header[], changes: HeaderChanges = {}): Header[] {
  const kept = own.filter(([name]) => !(name.toLowerCase() in changes));
  const added = Object.entries(changes).flatMap(([name, value]): Header[] =>
    value === null ? [] : [[name, fill(value, bench.names)]],
  );
  return [...kept, ...added];
}

export async function holdObject(bench: Bench, customer: Customer, name: string, text?: string): Promise<Artifact> {
  const bytes = text === undefined ? bench.content.slice() : utf8(text);
  const object = await customer.recorder.identify({ kind: 'plaintext-object', name, bytes, isSecret: true });
  if (!customer.room.has(object.id)) {
    holdAtClient(customer, object, bytes);
    customer.recorder.step('client.prepare', 'client');
    customer.recorder.emit({ verb: 'generated', place: 'client', outputs: [object.id], facts: [] });
  }
  return object;
}

const KEY_HEADERS = [
  'x-amz-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key',
];

/** Keys of SSE-C that travel in headers, whosever they are: whoever sends one has it. */
export async function carriedKeys(customer: Customer, headers: readonly Header[]): Promise<readonly ArtifactId[]> {
  const ids: ArtifactId[] = [];
  for (const [name, value] of headers) {
    const raw = KEY_HEADERS.includes(name.toLowerCase()) ? parseBase64(value) : undefined;
    if (raw?.length !== 32) continue;
    const artifact = await customer.recorder.identify({
      kind: 'customer-key',
      name: 'customer key',
      bytes: raw,
      isSecret: true,
    });
    if (!customer.room.has(artifact.id)) {
      customer.room.hold(artifact.id, raw);
      customer.recorder.step('client.prepare', 'client');
      customer.recorder.emit({ verb: 'generated', place: 'client', outputs: [artifact.id], facts: ['F-SSC-001'] });
    }
    ids.push(artifact.id);
  }
  return ids;
}

/** The end of a request whose answer brought no object. */
export function ofResponse(customer: Customer, response: HttpResponse, kept: readonly Artifact[]): Answered {
  return {
    customer,
    isRefused: response.status >= 400,
    end: () => ({ outcome: finish(customer, response, kept) }),
  };
}

/** Keeps what an answer says, by the names of an action’s `keep`. */
export function keepOf(
  bench: Bench,
  keep: Readonly<Record<string, string>> | undefined,
  find: (path: string) => string | undefined,
): void {
  for (const [name, path] of Object.entries(keep ?? {})) {
    const value = find(path);
    if (value !== undefined) bench.names.set(name, value);
  }
}
