import type { Decision, RunSpec, Trace } from '../engine/index.ts';
import { aTrace, type TraceBuilder } from './traceBuilder.ts';

function decision(gate: 's3' | 'kms', isAllowed: boolean): Decision {
  return {
    gate,
    isAllowed,
    principal: 'arn:aws:iam::111122223333:user/application-owner',
    action: gate === 's3' ? 's3:PutObject' : 'kms:GenerateDataKey',
    resource: gate === 's3' ? 'arn:aws:s3:::lab-bucket/report.txt' : 'arn:aws:kms:eu-central-1:111122223333:key/1',
    conditionValues: {},
    statements: [],
    settledBy: isAllowed ? 'allow' : 'implicit-deny',
    because: isAllowed ? 'An identity policy allows it.' : 'No policy allows it.',
  };
}

/** The line opened and the request on its way: object `obj`, session key `ses`, traffic `cap`. */
function withRequest(builder: TraceBuilder): TraceBuilder {
  return builder
    .artifact('obj', 'plaintext-object', { name: 'report.txt', byteLength: 27 })
    .artifact('ses', 'session-key', { letter: 'T' })
    .artifact('cap', 'capture', {
      name: 'recorded traffic',
      byteLength: 1200,
      lock: { keyId: 'ses', contents: ['obj'], algorithm: 'AES-256-GCM' },
    })
    .opening('client', 'obj')
    .step('wire.handshake', [
      { verb: 'derived', place: 'client', outputs: ['ses'], facts: ['F-GEN-017', 'F-SIM-100'] },
      { verb: 'derived', place: 's3.memory', outputs: ['ses'], facts: ['F-SIM-100'] },
    ])
    .step('client.send', [
      { verb: 'encrypted', place: 'client', inputs: ['obj', 'ses'], key: 'ses', algorithm: 'AES-256-GCM' },
      { verb: 'sent', place: 'network', from: 'client', outputs: ['cap'] },
    ])
    .step('s3.receive', [
      { verb: 'received', place: 's3.memory', from: 'network', inputs: ['cap', 'ses'], outputs: ['obj'] },
    ]);
}

/** Everything KMS keeps: domain key `dom`, KMS key `kek` (a handle) in its exported token `ekt`. */
function withKms(builder: TraceBuilder): TraceBuilder {
  return builder
    .artifact('dom', 'domain-key', { letter: 'D', isHandle: true })
    .artifact('kek', 'backing-key', { name: 'KMS key', letter: 'K', isHandle: true })
    .artifact('ekt', 'exported-key-token', {
      lock: { keyId: 'dom', contents: ['kek'], algorithm: 'AES-256-GCM' },
    })
    .artifact('one', 'derived-key', { name: 'one-time key', letter: 'K′', derivedFrom: ['kek'] })
    .artifact('dk', 'data-key', { name: 'data key', letter: 'A' })
    .artifact('edk', 'encrypted-data-key', {
      name: 'encrypted data key',
      byteLength: 109,
      lock: { keyId: 'one', contents: ['dk'], algorithm: 'AES-256-GCM' },
    })
    .opening('kms.hsm', 'dom')
    .opening('kms.host', 'ekt');
}

/** A believable SSE-KMS upload over HTTPS, in small: two gates, envelope, discard, store, answer. */
export function sseKmsUpload(run: Partial<RunSpec> = {}): Trace {
  return withKms(withRequest(aTrace({ mode: 'sse-kms-cmk', ...run })))
    .artifact('ct', 'ciphertext-object', {
      name: 'report.txt',
      byteLength: 56,
      lock: { keyId: 'dk', contents: ['obj'], algorithm: 'AES-256-GCM' },
    })
    .artifact('log', 'log-record', { name: 'GenerateDataKey' })
    .artifact('cap2', 'capture', {
      name: 'recorded traffic',
      lock: { keyId: 'ses', contents: [], algorithm: 'AES-256-GCM' },
    })
    .step('s3.authorize', [{ verb: 'authorized', place: 's3.memory', decision: decision('s3', true) }])
    .step('s3.askKms', [{ verb: 'sent', place: 'kms.host', from: 's3.memory', facts: ['F-KSM-003'] }])
    .step('kms.authorize', [
      { verb: 'authorized', place: 'kms.host', decision: decision('kms', true), facts: ['F-KSM-004'] },
    ])
    .step('kms.makeDataKey', [{ verb: 'generated', place: 'kms.hsm', outputs: ['dk'], facts: ['F-KSM-004'] }])
    .step('kms.wrapDataKey', [
      { verb: 'unwrapped', place: 'kms.hsm', inputs: ['ekt', 'dom'], key: 'dom', outputs: ['kek'] },
      { verb: 'derived', place: 'kms.hsm', inputs: ['kek'], key: 'kek', outputs: ['one'], facts: ['F-SIM-008'] },
      {
        verb: 'wrapped',
        place: 'kms.hsm',
        inputs: ['dk', 'one'],
        key: 'one',
        outputs: ['edk'],
        algorithm: 'AES-256-GCM',
        facts: ['F-KSM-004', 'F-SIM-007'],
      },
      { verb: 'discarded', place: 'kms.hsm', inputs: ['one'], isZeroized: true },
      { verb: 'discarded', place: 'kms.hsm', inputs: ['kek'], isZeroized: false },
    ])
    .step('kms.log', [{ verb: 'logged', place: 'audit', outputs: ['log'], record: { eventName: 'GenerateDataKey' } }])
    .step('kms.answer', [
      { verb: 'responded', place: 's3.memory', from: 'kms.hsm', outputs: ['dk', 'edk'], status: 200 },
      { verb: 'discarded', place: 'kms.hsm', inputs: ['dk'], isZeroized: true },
      { verb: 'discarded', place: 'kms.hsm', inputs: ['edk'], isZeroized: false },
    ])
    .step('s3.encrypt', [
      {
        verb: 'encrypted',
        place: 's3.memory',
        inputs: ['obj', 'dk'],
        key: 'dk',
        outputs: ['ct'],
        algorithm: 'AES-256-GCM',
      },
    ])
    .step('s3.discardKey', [{ verb: 'discarded', place: 's3.memory', inputs: ['dk'], isZeroized: true }])
    .step('s3.store', [
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct', 'edk'] },
      { verb: 'discarded', place: 's3.memory', inputs: ['obj'], isZeroized: true },
      { verb: 'discarded', place: 's3.memory', inputs: ['ct', 'edk'], isZeroized: false },
    ])
    .step('s3.answer', [{ verb: 'responded', place: 'network', from: 's3.memory', outputs: ['cap2'], status: 200 }])
    .step('client.receive', [
      { verb: 'received', place: 'client', from: 'network', inputs: ['cap2', 'ses'] },
      { verb: 'discarded', place: 'client', inputs: ['ses'], isZeroized: true },
      { verb: 'discarded', place: 's3.memory', inputs: ['ses'], isZeroized: true },
    ])
    .build();
}

/** The same upload by somebody KMS does not let in. */
export function deniedUpload(): Trace {
  return withKms(withRequest(aTrace({ mode: 'sse-kms-cmk', principal: 's3-admin' })))
    .artifact('cap2', 'capture', {
      name: 'recorded traffic',
      lock: { keyId: 'ses', contents: [], algorithm: 'AES-256-GCM' },
    })
    .step('s3.authorize', [{ verb: 'authorized', place: 's3.memory', decision: decision('s3', true) }])
    .step('s3.askKms', [{ verb: 'sent', place: 'kms.host', from: 's3.memory', facts: ['F-KSM-003'] }])
    .step('kms.authorize', [{ verb: 'denied', place: 'kms.host', decision: decision('kms', false) }])
    .step('s3.refuse', [
      { verb: 'failed', place: 's3.memory', code: 'AccessDenied', message: 'Access Denied' },
      { verb: 'discarded', place: 's3.memory', inputs: ['obj'], isZeroized: true },
    ])
    .step('s3.answer', [{ verb: 'responded', place: 'network', from: 's3.memory', outputs: ['cap2'], status: 403 }])
    .outcome({ isOk: false, status: 403, code: 'AccessDenied', message: 'Access Denied' })
    .build();
}

/** An SSE-C upload over plain HTTP, as it would go if S3 let it: the eavesdropper gets object and key. */
export function sseCOverHttp(): Trace {
  return aTrace({ mode: 'sse-c', transport: 'http' })
    .artifact('obj', 'plaintext-object', { name: 'report.txt', byteLength: 27 })
    .artifact('ck', 'customer-key', { name: 'customer key', letter: 'C' })
    .artifact('cap', 'capture', { name: 'recorded traffic' })
    .artifact('ct', 'ciphertext-object', {
      name: 'report.txt',
      lock: { keyId: 'ck', contents: ['obj'], algorithm: 'AES-256-GCM' },
    })
    .artifact('kcv', 'key-check', { name: 'salted HMAC of the key' })
    .artifact('cap2', 'capture', { name: 'recorded traffic' })
    .opening('client', 'obj', 'ck')
    .step('client.send', [{ verb: 'sent', place: 'network', from: 'client', outputs: ['cap', 'obj', 'ck'] }])
    .step('s3.receive', [
      { verb: 'received', place: 's3.memory', from: 'network', inputs: ['cap'], outputs: ['obj', 'ck'] },
    ])
    .step('s3.authorize', [{ verb: 'authorized', place: 's3.memory', decision: decision('s3', true) }])
    .step('s3.encrypt', [{ verb: 'encrypted', place: 's3.memory', inputs: ['obj', 'ck'], key: 'ck', outputs: ['ct'] }])
    .step('s3.makeKeyCheck', [
      { verb: 'hashed', place: 's3.memory', inputs: ['ck'], outputs: ['kcv'], algorithm: 'HMAC-SHA-256' },
    ])
    .step('s3.discardKey', [{ verb: 'discarded', place: 's3.memory', inputs: ['ck'], isZeroized: true }])
    .step('s3.store', [{ verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct', 'kcv'] }])
    .step('s3.answer', [{ verb: 'responded', place: 'network', from: 's3.memory', outputs: ['cap2'], status: 200 }])
    .build();
}
