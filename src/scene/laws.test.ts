import { describe, expect, it } from 'vitest';
import type { RunSpec } from '../engine/index.ts';
import { deniedUpload, sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace, type ToldEvent } from '../testing/traceBuilder.ts';
import { checkConserved, checkSecret } from './laws.ts';

function withEvent(event: ToldEvent, run: Partial<RunSpec> = {}) {
  return aTrace(run)
    .artifact('obj', 'plaintext-object', { name: 'report.txt' })
    .artifact('dk', 'data-key', { letter: 'A' })
    .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'AES-256-GCM' } })
    .artifact('root', 's3-root-key', { letter: 'R' })
    .artifact('dom', 'domain-key', { letter: 'D' })
    .artifact('wrap', 'wrapping-key', { letter: 'W' })
    .artifact('ses', 'session-key', { letter: 'T' })
    .artifact('cap', 'capture', { lock: { keyId: 'ses', contents: ['obj'], algorithm: 'AES-256-GCM' } })
    .artifact('log', 'log-record')
    .opening('client', 'obj', 'wrap')
    .opening('s3.keys', 'root')
    .opening('kms.hsm', 'dom')
    .step('s3.receive', [event])
    .build();
}

describe('the law conserved', () => {
  it.each([
    ['an SSE-KMS upload', sseKmsUpload()],
    ['a refused upload', deniedUpload()],
    ['an SSE-C upload over plain HTTP', sseCOverHttp()],
  ])('holds for %s', (_, trace) => {
    expect(checkConserved(trace)).toEqual([]);
  });

  it.each<[string, ToldEvent, RegExp]>([
    [
      'something that was not where it came from',
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct'] },
      /was not at s3\.memory/,
    ],
    [
      'an input that was not at hand',
      { verb: 'hashed', place: 's3.memory', inputs: ['obj'] },
      /input report\.txt was not at hand/,
    ],
    [
      'a key that is not among the inputs',
      { verb: 'hashed', place: 'client', inputs: ['obj'], key: 'wrap' },
      /not among the inputs/,
    ],
    [
      'a lock made without its key',
      { verb: 'encrypted', place: 'client', inputs: ['obj'], outputs: ['ct'] },
      /locked with or around data key A/,
    ],
    [
      'a discard of what was not there',
      { verb: 'discarded', place: 's3.memory', inputs: ['dk'], isZeroized: true },
      /was not there/,
    ],
    [
      'something that comes with a log entry',
      { verb: 'logged', place: 'audit', outputs: ['dk'], record: {} },
      /no log record/,
    ],
    [
      'something that comes with a failure',
      { verb: 'failed', place: 'client', outputs: ['dk'], code: 'x', message: '' },
      /nothing was made or moved/,
    ],
    [
      'traffic whose key the sender does not have',
      { verb: 'sent', place: 'network', from: 'client', outputs: ['cap'] },
      /was not at client/,
    ],
    [
      'what the receiver cannot unpack',
      { verb: 'received', place: 's3.memory', from: 'network', inputs: ['cap'], outputs: ['obj'] },
      /was not at network/,
    ],
  ])('is broken by %s', (_, event, sentence) => {
    const violations = checkConserved(withEvent(event));
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(sentence);
    expect(violations[0]).toContain('event 0');
  });

  it('lets a receiver unpack nested locks with the keys it holds, and take out what stays locked', () => {
    const trace = aTrace()
      .artifact('obj', 'plaintext-object')
      .artifact('dk', 'data-key')
      .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'x' } })
      .artifact('ses', 'session-key')
      .artifact('cap', 'capture', { lock: { keyId: 'ses', contents: ['ct'], algorithm: 'x' } })
      .opening('network', 'cap')
      .opening('s3.memory', 'ses')
      .step('s3.receive', [
        { verb: 'received', place: 's3.memory', from: 'network', inputs: ['cap', 'ses'], outputs: ['ct'] },
      ])
      .build();
    expect(checkConserved(trace)).toEqual([]);
  });

  it('lets one service use what lies in another room of its own', () => {
    const trace = withEvent({ verb: 'hashed', place: 's3.memory', inputs: ['root'] });
    expect(checkConserved(trace)).toEqual([]);
  });
});

describe('the law secret', () => {
  it.each([
    ['an SSE-KMS upload', sseKmsUpload()],
    ['a refused upload', deniedUpload()],
    ['an SSE-C upload over plain HTTP, which shows the eavesdropper everything', sseCOverHttp()],
  ])('holds for %s', (_, trace) => {
    expect(checkSecret(trace)).toEqual([]);
  });

  it.each<[string, ToldEvent, Partial<RunSpec>]>([
    ['the object on the disks', { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['obj'] }, {}],
    [
      'a data key on the disks, in mode none too',
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['dk'] },
      { mode: 'none' },
    ],
    ['a data key in the audit log', { verb: 'sent', place: 'audit', from: 's3.memory', outputs: ['dk'] }, {}],
    ['the object on the network over HTTPS', { verb: 'sent', place: 'network', from: 'client', outputs: ['obj'] }, {}],
    [
      'the root key in the memory of S3',
      { verb: 'loaded', place: 's3.memory', from: 's3.keys', outputs: ['root'] },
      {},
    ],
    ['the domain key outside the HSM', { verb: 'loaded', place: 'kms.host', from: 'kms.hsm', outputs: ['dom'] }, {}],
    [
      'a wrapping key on the network, over HTTP too',
      { verb: 'sent', place: 'network', from: 'client', outputs: ['wrap'] },
      { transport: 'http' },
    ],
    [
      'the object in S3 with client-side encryption',
      { verb: 'received', place: 's3.memory', from: 'network', outputs: ['obj'] },
      { mode: 'cse-aes' },
    ],
  ])('is broken by %s', (_, event, run) => {
    const violations = checkSecret(withEvent(event, run));
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(/^after 1 events: /);
  });

  it.each<[string, ToldEvent, Partial<RunSpec>]>([
    [
      'the object on the disks in mode none',
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['obj'] },
      { mode: 'none' },
    ],
    [
      'the object on the network over HTTP',
      { verb: 'sent', place: 'network', from: 'client', outputs: ['obj'] },
      { transport: 'http' },
    ],
    [
      'a data key of its own in S3 with client-side encryption',
      { verb: 'generated', place: 's3.memory', outputs: ['dk'] },
      { mode: 'cse-aes' },
    ],
  ])('allows %s', (_, event, run) => {
    expect(checkSecret(withEvent(event, run))).toEqual([]);
  });

  it('is broken by ciphertext and its key together, since the object can be read there', () => {
    const trace = aTrace()
      .artifact('obj', 'plaintext-object', { name: 'report.txt' })
      .artifact('dk', 'data-key', { isSecret: false })
      .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'x' } })
      .opening('s3.disk', 'ct')
      .step('s3.store', [{ verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['dk'] }])
      .build();
    expect(checkSecret(trace)).toEqual(['after 1 events: report.txt (obj) is at s3.disk']);
  });

  it('is broken by the customer’s own data key in S3 with client-side encryption', () => {
    const trace = aTrace({ mode: 'cse-kms' })
      .artifact('dk', 'data-key')
      .artifact('sub', 'derived-key', { derivedFrom: ['dk'] })
      .opening('client', 'dk')
      .step('s3.receive', [{ verb: 'received', place: 's3.memory', from: 'network', outputs: ['dk', 'sub'] }])
      .build();
    expect(checkSecret(trace)).toHaveLength(2);
  });

  it('does not blame a run over HTTPS for what the tap recorded before it', () => {
    const before = aTrace()
      .artifact('obj', 'plaintext-object')
      .opening('network', 'obj')
      .step('client.send', [{ verb: 'sent', place: 'network', from: 'client', outputs: ['obj'] }])
      .build();
    expect(checkSecret(before)).toEqual([]);
  });
});
