/** What the acts of a lesson work with. */
import type { Bytes } from '../bytes/bytes.ts';
import type { Customer } from '../client/customer.ts';
import { forgetAtClient } from '../client/customer.ts';
import { getObject, type ObjectAddress } from '../client/s3Client.ts';
import type { ClientResult } from '../client/s3EncryptionClient/failures.ts';
import type { Got } from '../client/s3EncryptionClient/reading.ts';
import { takeBody } from '../client/s3EncryptionClient/reading.ts';
import { fail, finish } from '../client/transfer.ts';
import type { HttpResponse } from '../http/message.ts';
import type { Artifact, ArtifactId } from '../trace/artifact.ts';
import type { Outcome, PersonName } from '../trace/trace.ts';
import { customerIn, type World } from '../world.ts';

/** One world, and what the acts before have left. */
export interface Bench {
  readonly world: World;
  readonly address: ObjectAddress;
  readonly contentType: string;
  /** The object in the memory of whoever uploads it, in the first act. @throws EngineError `invariant` in any other */
  readonly object: () => Artifact;
}

/** How an act ended; `plaintext` is what the customer got, whatever it is. */
export interface ActEnd {
  readonly outcome: Outcome;
  readonly plaintext?: Artifact;
}

export type ActRun = (bench: Bench) => Promise<ActEnd>;

/** A lesson's acts by name; made anew for each world, so that acts may remember things. */
export type LessonScript = (world: World) => Promise<LessonRun>;
export interface LessonRun {
  readonly acts: Readonly<Record<string, ActRun>>;
  /** The object of a lesson that brings its own; absent: the learner's. */
  readonly given?: Bytes;
  /** What stays on somebody's desk between the acts, besides wrapping keys. */
  readonly keep?: () => readonly ArtifactId[];
}

export function customerOf({ world }: Pick<Bench, 'world'>, person: PersonName): Customer {
  return customerIn(world, person);
}

/** The end of an act that wrote something. */
export function ended(customer: Customer, result: ClientResult<HttpResponse>, kept: readonly Artifact[] = []): ActEnd {
  return { outcome: 'failure' in result ? fail(customer, result.failure) : finish(customer, result.ok, kept) };
}

/** The end of an act that read something. */
export function opened(customer: Customer, result: ClientResult<Got>): ActEnd {
  if ('failure' in result) return { outcome: fail(customer, result.failure) };
  const { response, plaintext } = result.ok;
  if (!plaintext) return { outcome: finish(customer, response, []) };
  return { outcome: finish(customer, response, [plaintext]), plaintext };
}

/** A download by somebody without encryption client: they get what S3 has. */
export async function getPlainly(customer: Customer, address: ObjectAddress): Promise<ActEnd> {
  const response = await getObject(customer, 'https', address);
  if (response.status !== 200) return { outcome: finish(customer, response, []) };
  const received = await takeBody(customer, response, address.objectName, 'ciphertext-object');
  return { outcome: finish(customer, response, [received]), plaintext: received };
}

/** Loses a key for good: it is overwritten, and there was no copy. */
export function loseKey(customer: Customer, wrappingKey: ArtifactId): void {
  customer.recorder.step('client.loseKey', 'client');
  forgetAtClient(customer, [wrappingKey], ['F-CSR-001']);
}
