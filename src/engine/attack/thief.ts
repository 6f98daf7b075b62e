/** Somebody who holds what has leaked. */
import type { Customer } from '../client/customer.ts';
import type { ObjectAddress } from '../client/s3Client.ts';
import { invariant } from '../errors.ts';
import type { PolicyStatement } from '../iam/policy.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { FactId } from '../trace/event.ts';
import { type Attack, LEAKS, type Leak } from '../trace/trace.ts';
import type { World } from '../world.ts';

/** An attack under way. */
export interface Thief {
  readonly world: World;
  readonly customer: Customer;
  readonly leaks: ReadonlySet<Leak>;
  readonly address: ObjectAddress;
  /** The victim's object: with it in the thief's memory the attack has succeeded. */
  readonly object: ArtifactId;
  /** Counts what was tried. */
  readonly count: () => void;
}

/** What a stolen identity may do, by what has leaked. */
const RIGHTS: Partial<Record<Leak, PolicyStatement>> = {
  'access-key': { Sid: 'ReadObjects', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
  'kms-use': { Sid: 'OpenDataKeys', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' },
};

/** Leaks that count, whatever the attack says: each once, in the order of `LEAKS`. */
export function leaksOf({ leaks }: Attack): readonly Leak[] {
  return LEAKS.filter(leak => leaks.includes(leak));
}

/** The thief's program: with the stolen credentials of a user who may do what has leaked and no more, or without any. */
export function disguise(world: World, leaks: readonly Leak[]): Customer {
  const { thief } = world.guests ?? {};
  const { reader } = world.people;
  invariant(thief && reader, 'the world of an attack has a thief, and somebody to steal from');
  const statements = leaks.flatMap(leak => RIGHTS[leak] ?? []);
  if (statements.length === 0) return { ...thief, isAnonymous: true };
  const credentials = { ...reader, identityPolicies: [{ Version: '2012-10-17' as const, Statement: statements }] };
  world.cloud.admit(credentials);
  return { ...thief, credentials };
}

/** Tells of something that was tried in vain. */
export function tellFailure(
  { customer }: Pick<Thief, 'customer'>,
  failure: {
    readonly code: string;
    readonly message: string;
    readonly inputs?: readonly ArtifactId[];
    readonly why?: { readonly code: string; readonly message: string };
    readonly facts?: readonly FactId[];
  },
): void {
  customer.recorder.emit({ verb: 'failed', place: 'client', facts: [], ...failure });
}
