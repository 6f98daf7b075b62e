import type {
  Actor,
  Artifact,
  ArtifactId,
  Decision,
  Exchange,
  Holding,
  Place,
  Step,
  StepName,
  Trace,
  TraceEvent,
} from '../engine/index.ts';

/**
 * Hand-written runs for the stage: an SSE-KMS upload, a download that is refused by KMS over plain HTTP, and a
 * download whose checksum does not match. Shaped like real ones; the bytes are a fixed pseudo-random sequence.
 */

type Told = TraceEvent extends infer E
  ? E extends TraceEvent
    ? Omit<E, 'index' | 'step' | 'actor' | 'at' | 'facts' | 'inputs' | 'outputs'> & {
        inputs?: readonly ArtifactId[];
        outputs?: readonly ArtifactId[];
      }
    : never
  : never;
type Made = Partial<Omit<Artifact, 'id'>> & Pick<Artifact, 'kind' | 'name'>;

const TEXT = 'Quarterly report for the board of Larkspur Ferries. Passengers rose by four per cent; fuel fell by nine.';

function hexOf(text: string): string {
  return [...text].map(character => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function pseudoHex(seed: number, bytes: number): string {
  let state = (seed * 2654435761) >>> 0 || 1;
  let hex = '';
  for (let i = 0; i < bytes; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    hex += (state >>> 24).toString(16).padStart(2, '0');
  }
  return hex;
}

/** Writes a trace down, one line an event. */
export class StageScript {
  readonly #artifacts: Record<ArtifactId, Artifact> = {};
  readonly #opening: Holding[] = [];
  readonly #steps: { index: number; name: StepName; actor: Actor; first: number; end: number }[] = [];
  readonly #events: TraceEvent[] = [];

  artifact(made: Made): ArtifactId {
    const number = Object.keys(this.#artifacts).length + 1;
    const id = `a${number}`;
    const byteLength = made.byteLength ?? 32;
    const head = made.isHandle ? '' : (made.head ?? pseudoHex(number, Math.min(byteLength, 96)));
    this.#artifacts[id] = {
      id,
      byteLength,
      isHandle: false,
      isSecret: false,
      fingerprint: pseudoHex(number + 100, 8),
      tail: '',
      fields: [],
      ...made,
      head,
    };
    return id;
  }

  opens(place: Place, ...artifacts: ArtifactId[]): void {
    for (const artifact of artifacts) this.#opening.push({ artifact, place });
  }

  step(name: StepName, actor: Actor, ...told: Told[]): void {
    const first = this.#events.length;
    const index = this.#steps.length;
    for (const event of told) {
      const position = this.#events.length;
      this.#events.push({
        inputs: [],
        outputs: [],
        facts: [],
        ...event,
        index: position,
        step: index,
        actor,
        at: 1_790_000_000_000 + position,
      } as TraceEvent);
    }
    this.#steps.push({ index, name, actor, first, end: this.#events.length });
  }

  trace(about: Partial<Pick<Trace, 'run' | 'objectName' | 'outcome'>> = {}): Trace {
    const exchanges: readonly Exchange[] = [];
    const steps: readonly Step[] = this.#steps;
    return {
      format: 'envelope-trace',
      version: 1,
      run: { mode: 'sse-kms-cmk', operation: 'upload', transport: 'https', principal: 'owner' },
      bucketName: 'ledger-room',
      objectName: 'report.txt',
      objectLength: TEXT.length,
      opening: this.#opening,
      artifacts: this.#artifacts,
      steps,
      events: this.#events,
      exchanges,
      outcome: { isOk: true, status: 200 },
      ...about,
    };
  }
}

function decision(gate: 's3' | 'kms', action: string, isAllowed: boolean, because: string): Decision {
  return {
    gate,
    isAllowed,
    principal: 'arn:aws:iam::111122223333:user/application-owner',
    action,
    resource: gate === 's3' ? 'arn:aws:s3:::ledger-room/report.txt' : 'arn:aws:kms:eu-central-1:111122223333:key/k',
    conditionValues: {},
    statements: [],
    settledBy: isAllowed ? 'allow' : 'implicit-deny',
    because,
  };
}

const CHECKSUM = 'p0M1nq8c2VbYk5S7yT3gHf0dLwQeRuIoZxCvBnMaSdE=';

/** An upload under SSE-KMS with a customer managed key, over HTTPS: 34 events in 20 steps. */
export function sseKmsUpload(objectName = 'report.txt'): Trace {
  const script = new StageScript();
  const report = script.artifact({
    kind: 'plaintext-object',
    name: objectName,
    isSecret: true,
    head: hexOf(TEXT),
    byteLength: TEXT.length,
  });
  const domain = script.artifact({
    kind: 'domain-key',
    name: 'domain key',
    letter: 'D',
    isHandle: true,
    isSecret: true,
  });
  const backing = script.artifact({
    kind: 'backing-key',
    name: 'KMS key',
    letter: 'K',
    isHandle: true,
    isSecret: true,
  });
  const exported = script.artifact({
    kind: 'exported-key-token',
    name: 'exported key token',
    byteLength: 60,
    lock: { keyId: domain, contents: [backing], algorithm: 'AES-256-GCM' },
  });
  const checksum = script.artifact({ kind: 'checksum', name: 'SHA-256' });
  const share1 = script.artifact({ kind: 'key-share', name: 'key share' });
  const share2 = script.artifact({ kind: 'key-share', name: 'key share' });
  const session = script.artifact({ kind: 'session-key', name: 'session key', letter: 'T', isSecret: true });
  const capture = script.artifact({
    kind: 'capture',
    name: 'recorded traffic',
    byteLength: 912,
    head: `170303038b${pseudoHex(77, 90)}`,
    lock: { keyId: session, contents: [report, checksum], algorithm: 'AES-256-GCM' },
  });
  const dataKey = script.artifact({ kind: 'data-key', name: 'data key', letter: 'A', isSecret: true });
  const oneTime = script.artifact({
    kind: 'derived-key',
    name: 'one-time key',
    letter: 'K′',
    isSecret: true,
    derivedFrom: [backing],
  });
  const encryptedKey = script.artifact({
    kind: 'encrypted-data-key',
    name: 'encrypted data key',
    byteLength: 141,
    lock: { keyId: oneTime, contents: [dataKey], algorithm: 'AES-256-GCM' },
  });
  const kmsRecord = script.artifact({ kind: 'log-record', name: 'GenerateDataKey' });
  const s3Record = script.artifact({ kind: 'log-record', name: 'PutObject' });
  const locked = script.artifact({
    kind: 'ciphertext-object',
    name: objectName,
    byteLength: TEXT.length + 28,
    lock: { keyId: dataKey, contents: [report], algorithm: 'AES-256-GCM' },
  });
  const lockedChecksum = script.artifact({
    kind: 'encrypted-checksum',
    name: 'SHA-256',
    byteLength: 60,
    lock: { keyId: dataKey, contents: [checksum], algorithm: 'AES-256-GCM' },
  });
  const answer = script.artifact({
    kind: 'capture',
    name: 'recorded traffic',
    byteLength: 301,
    head: `1703030128${pseudoHex(78, 90)}`,
    lock: { keyId: session, contents: [], algorithm: 'AES-256-GCM' },
  });

  script.opens('client', report);
  script.opens('kms.hsm', domain);
  script.opens('kms.host', exported);

  script.step('client.prepare', 'client', {
    verb: 'hashed',
    place: 'client',
    inputs: [report],
    outputs: [checksum],
    algorithm: 'SHA-256',
  });
  script.step(
    'wire.handshake',
    'client',
    { verb: 'sent', place: 'network', from: 'client', outputs: [share1] },
    { verb: 'sent', place: 'network', from: 's3.memory', outputs: [share2] },
    { verb: 'derived', place: 'client', outputs: [session], algorithm: 'HKDF-SHA-256' },
    { verb: 'derived', place: 's3.memory', outputs: [session], algorithm: 'HKDF-SHA-256' },
  );
  script.step(
    'client.send',
    'client',
    { verb: 'encrypted', place: 'client', inputs: [report, checksum, session], key: session, algorithm: 'AES-256-GCM' },
    { verb: 'sent', place: 'network', from: 'client', outputs: [capture] },
  );
  script.step('s3.receive', 's3', {
    verb: 'received',
    place: 's3.memory',
    from: 'network',
    inputs: [capture, session],
    outputs: [report, checksum],
  });
  script.step('s3.checkSignature', 's3', {
    verb: 'compared',
    place: 's3.memory',
    what: 'signature',
    left: { label: 'in the request', text: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7' },
    right: { label: 'computed by S3', text: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7' },
    isEqual: true,
  });
  script.step('s3.authorize', 's3', {
    verb: 'authorized',
    place: 's3.memory',
    decision: decision('s3', 's3:PutObject', true, 'The identity policy of application-owner allows s3:PutObject.'),
  });
  script.step('s3.askKms', 's3', { verb: 'sent', place: 'kms.host', from: 's3.memory', api: 'kms:GenerateDataKey' });
  script.step('kms.authorize', 'kms', {
    verb: 'authorized',
    place: 'kms.host',
    decision: decision(
      'kms',
      'kms:GenerateDataKey',
      true,
      'The key policy trusts the account, and the identity policy allows it.',
    ),
  });
  script.step('kms.makeDataKey', 'kms', { verb: 'generated', place: 'kms.hsm', outputs: [dataKey] });
  script.step(
    'kms.wrapDataKey',
    'kms',
    {
      verb: 'unwrapped',
      place: 'kms.hsm',
      inputs: [exported, domain],
      outputs: [backing],
      key: domain,
      algorithm: 'AES-256-GCM',
    },
    { verb: 'derived', place: 'kms.hsm', inputs: [backing], outputs: [oneTime], key: backing, algorithm: 'SP 800-108' },
    {
      verb: 'wrapped',
      place: 'kms.hsm',
      inputs: [dataKey, oneTime],
      outputs: [encryptedKey],
      key: oneTime,
      algorithm: 'AES-256-GCM',
    },
    { verb: 'discarded', place: 'kms.hsm', inputs: [oneTime], isZeroized: true },
    { verb: 'discarded', place: 'kms.hsm', inputs: [backing], isZeroized: false },
  );
  script.step('kms.log', 'kms', { verb: 'logged', place: 'audit', outputs: [kmsRecord], record: {} });
  script.step(
    'kms.answer',
    'kms',
    { verb: 'responded', place: 's3.memory', from: 'kms.hsm', outputs: [dataKey, encryptedKey], status: 200 },
    { verb: 'discarded', place: 'kms.hsm', inputs: [dataKey], isZeroized: true },
    { verb: 'discarded', place: 'kms.hsm', inputs: [encryptedKey], isZeroized: false },
  );
  script.step('s3.checkHash', 's3', {
    verb: 'compared',
    place: 's3.memory',
    inputs: [checksum],
    what: 'checksum',
    left: { label: 'you sent', text: CHECKSUM },
    right: { label: 'S3 computed', text: CHECKSUM },
    isEqual: true,
  });
  script.step('s3.encrypt', 's3', {
    verb: 'encrypted',
    place: 's3.memory',
    inputs: [report, dataKey],
    outputs: [locked],
    key: dataKey,
    algorithm: 'AES-256-GCM',
  });
  script.step('s3.encryptAgain', 's3', {
    verb: 'encrypted',
    place: 's3.memory',
    inputs: [checksum, dataKey],
    outputs: [lockedChecksum],
    key: dataKey,
    algorithm: 'AES-256-GCM',
  });
  script.step('s3.discardKey', 's3', { verb: 'discarded', place: 's3.memory', inputs: [dataKey], isZeroized: true });
  script.step(
    's3.store',
    's3',
    { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: [locked, encryptedKey, lockedChecksum] },
    { verb: 'discarded', place: 's3.memory', inputs: [report], isZeroized: true },
  );
  script.step('s3.log', 's3', { verb: 'logged', place: 'audit', outputs: [s3Record], record: {} });
  script.step('s3.answer', 's3', {
    verb: 'responded',
    place: 'network',
    from: 's3.memory',
    outputs: [answer],
    status: 200,
  });
  script.step(
    'client.receive',
    'client',
    { verb: 'received', place: 'client', from: 'network', inputs: [answer, session] },
    { verb: 'discarded', place: 'client', inputs: [session], isZeroized: true },
    { verb: 'discarded', place: 's3.memory', inputs: [session], isZeroized: true },
  );
  return script.trace({ objectName });
}

/** A customer key sent over plain HTTP, a checksum that does not match, and a refusal. */
export function sseCOverHttp(): Trace {
  const script = new StageScript();
  const report = script.artifact({
    kind: 'plaintext-object',
    name: 'report.txt',
    isSecret: true,
    head: hexOf(TEXT),
    byteLength: TEXT.length,
  });
  const customer = script.artifact({ kind: 'customer-key', name: 'your key', letter: 'C', isSecret: true });
  const checksum = script.artifact({ kind: 'checksum', name: 'SHA-256' });
  const root = script.artifact({
    kind: 's3-root-key',
    name: 'S3 root key',
    letter: 'R',
    isHandle: true,
    isSecret: true,
  });
  const capture = script.artifact({
    kind: 'capture',
    name: 'recorded traffic',
    byteLength: 700,
    head: hexOf(
      'PUT /ledger-room/report.txt HTTP/1.1\r\nhost: s3.eu-central-1.amazonaws.com\r\nx-amz-server-side-encryption-customer-key: ',
    ),
  });
  const keyCheck = script.artifact({
    kind: 'key-check',
    name: 'salted HMAC',
    lock: { keyId: root, contents: [], algorithm: 'HMAC' },
  });
  script.opens('client', report, customer);
  script.opens('s3.keys', root);
  script.step('client.prepare', 'client', { verb: 'hashed', place: 'client', inputs: [report], outputs: [checksum] });
  script.step('client.send', 'client', {
    verb: 'sent',
    place: 'network',
    from: 'client',
    outputs: [capture, report, customer, checksum],
  });
  script.step('s3.receive', 's3', {
    verb: 'received',
    place: 's3.memory',
    from: 'network',
    inputs: [capture],
    outputs: [report, customer, checksum],
  });
  script.step('s3.makeKeyCheck', 's3', {
    verb: 'hashed',
    place: 's3.memory',
    inputs: [customer, root],
    outputs: [keyCheck],
    key: customer,
  });
  script.step('s3.checkHash', 's3', {
    verb: 'compared',
    place: 's3.memory',
    inputs: [checksum],
    what: 'checksum',
    left: { label: 'you sent', text: CHECKSUM },
    right: { label: 'S3 computed', text: CHECKSUM.replace('2VbY', '9VbX').replace('IoZ', 'IpZ') },
    isEqual: false,
  });
  script.step('s3.authorize', 's3', {
    verb: 'denied',
    place: 's3.memory',
    decision: decision('s3', 's3:PutObject', false, 'The bucket blocks SSE-C, as new buckets do since April 2026.'),
  });
  script.step(
    's3.refuse',
    's3',
    { verb: 'failed', place: 's3.memory', code: 'AccessDenied', message: 'Access Denied' },
    { verb: 'discarded', place: 's3.memory', inputs: [customer], isZeroized: true },
  );
  return script.trace({
    run: { mode: 'sse-c', operation: 'upload', transport: 'http', principal: 'owner' },
    outcome: { isOk: false, status: 403, code: 'AccessDenied' },
  });
}
