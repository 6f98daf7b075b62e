import { describe, expect, it } from 'vitest';
import type { StepName, Trace } from '../engine/index.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { isMet, type StepCondition } from './stepCondition.ts';

const FILE_TEXT = Buffer.from(JSON.stringify({ 'x-amz-3': Buffer.from('encrypted').toString('base64') })).toString(
  'hex',
);

function client(): Trace {
  const trace = aTrace({ mode: 'cse-rsa', operation: 'upload', principal: 's3-admin' })
    .artifact('obj', 'plaintext-object')
    .artifact('dk', 'data-key')
    .artifact('edk', 'encrypted-data-key', { head: Buffer.from('encrypted').toString('hex'), byteLength: 9 })
    .artifact('own', 'encrypted-data-key', { head: '00'.repeat(40), byteLength: 40 })
    .artifact('file', 'instruction-file', { head: FILE_TEXT })
    .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'AES-256-GCM' } })
    .artifact('rest', 'ciphertext-object', { lock: { keyId: 'own', contents: ['file'], algorithm: 'AES-256-GCM' } })
    .opening('client', 'obj')
    .step('client.wrapDataKey', [{ verb: 'wrapped', place: 'client', inputs: ['dk'], outputs: ['edk'] }])
    .step('s3.store', [
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct', 'own'], exchange: 0 },
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct', 'edk', 'own'], exchange: 1 },
      { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['rest', 'own'], exchange: 2 },
    ])
    .step('client.decrypt', [
      { verb: 'decrypted', place: 'client', inputs: ['ct'], outputs: ['obj'], algorithm: 'AES-256-CBC' },
    ])
    .step('client.fail', [
      { verb: 'failed', place: 'client', code: 'DecryptionFailed', message: '', why: { code: 'Other', message: 'x' } },
      { verb: 'failed', place: 'client', code: 'RangeNotEnabled', message: '' },
    ])
    .build();
  const exchange = (index: number, startLine: string, link: 'client-s3' | 'client-kms') => ({
    index,
    link,
    isSecure: true,
    request: { startLine, headers: [], bodyLength: 0 },
  });
  return {
    ...trace,
    exchanges: [
      exchange(0, 'GET /lab/report.txt HTTP/1.1', 'client-s3'),
      exchange(1, 'PUT /lab/report.txt HTTP/1.1', 'client-s3'),
      exchange(2, 'GET /odd HTTP/1.1', 'client-kms'),
    ],
  };
}

/** Which events of a step meet a condition. */
function met(name: StepName, when: StepCondition): boolean[] {
  const trace = client();
  const step = trace.steps.find(each => each.name === name);
  return trace.events.slice(step?.first, step?.end).map(event => isMet(trace, event, when));
}

describe('a condition of a step', () => {
  it.each<[string, StepName, StepCondition, boolean[]]>([
    ['the method of the request to S3', 's3.store', { method: 'PUT' }, [false, true, false]],
    ['who is at the client', 's3.store', { by: 's3-admin' }, [true, true, true]],
    ['somebody else at the client', 's3.store', { by: 'owner' }, [false, false, false]],
    ['the method of the request to S3, else the run', 's3.store', { operation: 'download' }, [true, false, false]],
    ['the encrypted data key of the client going along', 's3.store', { hasEnvelope: true }, [false, true, false]],
    ['it lying apart', 's3.store', { hasEnvelope: false }, [true, false, true]],
    ['something inside a lock', 's3.store', { touches: 'instruction-file' }, [false, false, true]],
    ['something inside a file inside a lock', 's3.store', { touches: 'plaintext-object' }, [true, true, false]],
    ['an earlier step', 'client.decrypt', { after: 'client.wrapDataKey' }, [true]],
    ['the absence of an earlier step', 'client.decrypt', { without: 's3.load' }, [true]],
    ['no absence', 'client.decrypt', { without: 's3.store' }, [false]],
    ['more than one event of a verb', 's3.store', { isRepeated: true }, [false, true, true]],
    ['only an earlier step', 'client.decrypt', { after: 'client.decrypt' }, [false]],
    ['the algorithm', 'client.decrypt', { algorithm: 'AES-256-CBC' }, [true]],
    ['another algorithm', 'client.decrypt', { algorithm: 'AES-256-GCM' }, [false]],
    ['the code of a failure', 'client.fail', { code: 'RangeNotEnabled' }, [false, true]],
    ['the true reason', 'client.fail', { why: 'Other' }, [true, false]],
    ['that there is a true reason', 'client.fail', { hasReason: true }, [true, false]],
    ['what its request asks for', 's3.store', { asks: ['put'] }, [false, true, false]],
    ['any call to KMS', 's3.store', { asks: ['kms:*'] }, [false, false, true]],
    ['what the next request asks for', 'client.wrapDataKey', { asks: ['get'] }, [true]],
    ['that there is a next request', 'client.decrypt', { asks: ['get', 'put', 'kms:*'] }, [false]],
    ['what the last request asked for', 'client.decrypt', { asked: ['kms:*'] }, [true]],
    ['what another request asked for', 'client.decrypt', { asked: ['put'] }, [false]],
    ['that there was a request', 'client.wrapDataKey', { asked: ['get', 'put', 'kms:*'] }, [false]],
    ['what it brings about itself', 's3.store', { brings: 'encrypted-data-key' }, [true, true, true]],
    ['not what is within a lock', 's3.store', { brings: 'plaintext-object' }, [false, false, false]],
    ['the only event of its verb', 'client.decrypt', { isAlone: true }, [true]],
    ['one of several events', 's3.store', { isAlone: true }, [false, false, false]],
    ['the kind of the key', 'client.wrapDataKey', { under: 'wrapping-key' }, [false]],
    ['a record, where there is one', 'client.decrypt', { isManagement: true }, [false]],
    ['a code where nothing fails', 'client.decrypt', { code: 'RangeNotEnabled' }, [false]],
  ])('can be %s', (_, name, when, expected) => {
    expect(met(name, when)).toEqual(expected);
  });

  it('tells steps of one request to S3 from those of an earlier one', () => {
    const stored = { verb: 'stored', place: 's3.memory', from: 'client', outputs: ['k'] } as const;
    const wrapped = { verb: 'wrapped', place: 's3.memory', inputs: ['k'], outputs: [], key: 'k' } as const;
    const trace = aTrace()
      .artifact('k', 'data-key')
      .step('s3.receive', [stored])
      .step('s3.findBucketKey', [stored])
      .step('s3.wrapDataKey', [wrapped])
      .step('s3.receive', [stored])
      .step('s3.wrapDataKey', [wrapped])
      .build();
    const inRequest = trace.events.map(event => isMet(trace, event, { afterInRequest: 's3.findBucketKey' }));
    expect(inRequest).toEqual([false, false, true, false, false]);
    const under = trace.events.map(event => isMet(trace, event, { under: 'data-key' }));
    expect(under).toEqual([false, false, true, false, true]);
  });
});
