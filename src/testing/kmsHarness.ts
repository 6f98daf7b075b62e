/** For tests: a KMS of its own with people in two accounts, a clock that is moved by hand, and a trace on demand. */

import { createTrail } from '../engine/audit/trail.ts';
import { seededRandom } from '../engine/crypto/seededRandom.ts';
import { sha256 } from '../engine/crypto/sha2.ts';
import { bodyText, type Connection, type HttpResponse } from '../engine/http/message.ts';
import type { PolicyStatement } from '../engine/iam/policy.ts';
import type { Principal } from '../engine/iam/principal.ts';
import { type KmsOperation, kmsRequest } from '../engine/kms/api.ts';
import { createKms } from '../engine/kms/createKms.ts';
import type { KmsOptions } from '../engine/kms/parts.ts';
import { quotasOf } from '../engine/kms/quota.ts';
import { Store } from '../engine/state/store.ts';
import type { JsonObject } from '../engine/trace/event.ts';
import { Recorder } from '../engine/trace/recorder.ts';
import { Room } from '../engine/trace/room.ts';
import type { Trace } from '../engine/trace/trace.ts';

export const REGION = 'eu-central-1';
export const HOME = '111122223333';
export const ABROAD = '444455556666';
export const START = 1_795_255_200_000;
const LINE: Connection = { isSecure: true, sourceIp: '203.0.113.7' };

/** `admin` may do everything in KMS, `reader` nothing; `abroad` may do everything, in another account. */
export type Person = 'admin' | 'reader' | 'abroad';

export interface Answered {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  /** Members of the answer, or `__type` and `message`. */
  readonly body: JsonObject;
}

export async function kmsHarness(options: Partial<KmsOptions> = {}) {
  let time = START;
  const clock = { now: () => time };
  const random = seededRandom('kms harness');
  const recorder = options.recorder ?? new Recorder(clock, sha256);
  const host = options.host ?? new Room('kms.host');
  const hsm = options.hsm ?? new Room('kms.hsm');
  const audit = new Room('audit');
  const store = options.store ?? new Store();
  const people: Readonly<Record<Person, Principal>> = {
    admin: person('admin', HOME, [everything]),
    reader: person('reader', HOME, []),
    abroad: person('abroad', ABROAD, [everything]),
  };
  const isPerson = (name: string): name is Person => Object.hasOwn(people, name);
  const kms = await createKms({
    recorder,
    random,
    clock,
    host,
    hsm,
    trail: createTrail({ recorder, room: audit }),
    region: REGION,
    store,
    // Quotas have tests of their own; here five keys a second would be in the way.
    quotas: EVERY_QUOTA_OPEN,
    authenticate: async request => {
      const name = request.headers.find(([header]) => header === 'authorization')?.[1] ?? '';
      return isPerson(name) ? people[name] : undefined;
    },
    findPrincipalByArn: arn => Object.values(people).find(candidate => candidate.arn === arn),
    ...options,
  });

  const read = (response: HttpResponse): Answered => {
    const body: JsonObject = JSON.parse(bodyText(response.body) || '{}');
    return { status: response.status, headers: response.headers, body };
  };
  /** Calls over the wire; KMS forgets when the answer is out. */
  const ask = async (operation: KmsOperation, body: object = {}, who: Person = 'admin'): Promise<Answered> => {
    const response = await kms.handle(kmsRequest(operation, body, [['authorization', who]]), LINE);
    kms.forget();
    return read(response);
  };
  /** Calls as S3 does for somebody. */
  const askViaS3 = async (operation: KmsOperation, body: object, who: Person = 'admin'): Promise<Answered> => {
    const caller = { principalArn: people[who].arn, viaService: `s3.${REGION}.amazonaws.com` };
    return read(await kms.internal(kmsRequest(operation, body), caller));
  };
  /** A new key's metadata. */
  const makeKey = async (body: object = {}): Promise<JsonObject & { KeyId: string; Arn: string }> => {
    const { body: answer } = await ask('CreateKey', body);
    const metadata = answer.KeyMetadata as JsonObject;
    return { ...metadata, KeyId: String(metadata.KeyId), Arn: String(metadata.Arn) };
  };
  const record = async (run: () => Promise<unknown>): Promise<Trace> => {
    recorder.begin(
      { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' },
      { bucketName: 'b', objectName: 'o', objectLength: 1 },
      [host, hsm, audit],
    );
    await run();
    return recorder.finish({ isOk: true }) as Trace;
  };
  /** Moves the clock on. */
  const pass = (milliseconds: number): void => {
    time += milliseconds;
  };
  const records = (): JsonObject[] => audit.entries().map(([, content]) => content as JsonObject);
  return { kms, ask, askViaS3, makeKey, record, pass, records, people, recorder, host, hsm, audit, store, clock };
}

export type Harness = Awaited<ReturnType<typeof kmsHarness>>;

const EVERY_QUOTA_OPEN = Object.fromEntries(Object.keys(quotasOf(REGION)).map(kind => [kind, 1e9]));

const everything: PolicyStatement = { Sid: 'Everything', Effect: 'Allow', Action: ['kms:*'], Resource: '*' };

function person(name: string, accountId: string, statements: readonly PolicyStatement[]): Principal {
  return {
    name,
    arn: `arn:aws:iam::${accountId}:user/${name}`,
    accountId,
    userId: 'AIDAEXAMPLEEXAMPLE111',
    canonicalId: '0'.repeat(64),
    displayName: name,
    accessKeyId: 'AKIAEXAMPLEEXAMPLE11',
    secretAccessKey: 'none',
    identityPolicies: [{ Version: '2012-10-17', Statement: statements }],
  };
}
