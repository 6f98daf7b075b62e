import type { JsonObject } from '../trace/event.ts';
import type { KmsOperation } from './api.ts';
import type { Call, Outcome } from './call.ts';
import { loggedMembers, type Request, readMembers, type Shape } from './members.ts';
import { isRefusal, type KmsRefusal } from './refusal.ts';

/** Bytes that arrive with a request, as members of it. */
export interface Carried {
  /** For example `CiphertextBlob`. */
  readonly member: string;
  /** What they are when the world has not seen them before. */
  readonly as: 'blob' | 'plaintext' | 'message' | 'mac';
}

/** A request that was read. */
export interface Prepared {
  /** What may be written down of it. */
  readonly parameters: JsonObject;
  /** Which bucket of the quotas it counts against. */
  readonly quota: string;
  perform(call: Call): Promise<Outcome>;
}

/** An operation as the registry has it. */
export interface Operation {
  readonly name: KmsOperation;
  /** `readOnly` of its CloudTrail event. */
  readonly isReadOnly: boolean;
  readonly carried: readonly Carried[];
  prepare(body: JsonObject): Prepared | KmsRefusal;
}

/** An operation as its family describes it. */
interface Description<S extends Shape> {
  readonly name: KmsOperation;
  readonly members: S;
  readonly isReadOnly?: boolean;
  readonly carried?: readonly Carried[];
  /** Default: the operation's own name. `cryptographic` is settled by the key. */
  readonly quota?: string | ((request: Request<S>) => string);
  readonly perform: (call: Call, request: Request<S>) => Promise<Outcome>;
}

/** An entry of the registry. */
export function operation<S extends Shape>(description: Description<S>): Operation {
  const { name, members, isReadOnly = false, carried = [], quota = name, perform } = description;
  return {
    name,
    isReadOnly,
    carried,
    prepare(body) {
      const request = readMembers(members, body);
      if (isRefusal(request)) return request;
      return {
        parameters: loggedMembers(members, request),
        quota: typeof quota === 'function' ? quota(request) : quota,
        perform: call => perform(call, request),
      };
    },
  };
}
