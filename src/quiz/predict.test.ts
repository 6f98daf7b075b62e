import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../engine/index.ts';
import { deniedUpload, sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace, type TraceBuilder } from '../testing/traceBuilder.ts';
import { PHRASES } from './phrases.ts';
import { type Prediction, predictionsOf } from './predict.ts';

function find(trace: Trace, id: string): Prediction | undefined {
  return predictionsOf(trace).find(prediction => prediction.id === id);
}

/** Builds a trace with keys and an object to make events of. */
function withKeys(run: Parameters<typeof aTrace>[0] = {}): TraceBuilder {
  return aTrace(run)
    .artifact('obj', 'plaintext-object', { name: 'report.txt' })
    .artifact('dk', 'data-key', { letter: 'A' })
    .artifact('sub', 'derived-key', { letter: 'A′', derivedFrom: ['dk'] })
    .artifact('priv', 'wrapping-key', { letter: 'W' })
    .artifact('pub', 'public-key', { letter: 'W' })
    .artifact('root', 's3-root-key', { letter: 'R' })
    .artifact('ct', 'ciphertext-object', { lock: { keyId: 'dk', contents: ['obj'], algorithm: 'AES-256-GCM' } })
    .artifact('edk', 'encrypted-data-key', { lock: { keyId: 'priv', contents: ['dk'], algorithm: 'RSA-OAEP-SHA1' } });
}

describe('predictions', () => {
  it('of an SSE-KMS upload ask who makes the data key, what locks it, what becomes of it and whether KMS lets it pass', () => {
    expect(predictionsOf(sseKmsUpload()).map(({ id, answerId }) => [id, answerId])).toEqual([
      ['data-key-maker', 'kms'],
      ['gate-kms', 'open'],
      ['locking-key', 'kek'],
      ['key-fate', 'overwritten'],
    ]);
  });

  it.each([
    ['SSE-KMS', sseKmsUpload()],
    ['refused', deniedUpload()],
    ['SSE-C over HTTP', sseCOverHttp()],
  ])('of a %s run are two to four, in order, one a step, each with one right answer', (_, trace) => {
    const predictions = predictionsOf(trace);
    expect(predictions.length).toBeGreaterThanOrEqual(2);
    expect(predictions.length).toBeLessThanOrEqual(4);
    const steps = predictions.map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    for (const { id, step, options, answerId } of predictions) {
      expect(step).toBeGreaterThanOrEqual(1);
      expect(step).toBeLessThanOrEqual(trace.steps.length);
      expect(options.filter(option => option.id === answerId)).toHaveLength(1);
      expect(new Set(options.map(option => JSON.stringify(option.text))).size).toBe(options.length);
      expect(options.length).toBeGreaterThanOrEqual(id.startsWith('gate-') ? 2 : 3);
      expect(options.length).toBeLessThanOrEqual(4);
    }
  });

  it('are the same each time', () => {
    expect(predictionsOf(sseKmsUpload())).toEqual(predictionsOf(sseKmsUpload()));
  });

  it('never come two at a step: the more decisive one is asked', () => {
    const trace = withKeys()
      .step('client.makeDataKey', [
        { verb: 'generated', place: 'client', outputs: ['dk'] },
        { verb: 'wrapped', place: 'client', inputs: ['dk', 'pub'], key: 'pub', outputs: ['edk'] },
      ])
      .build();
    expect(predictionsOf(trace).map(({ id }) => id)).toEqual(['data-key-maker']);
  });

  it('ask about the eavesdropper rather than anything else when there is something to read', () => {
    const trace = sseKmsUpload();
    const events = trace.events.map(event =>
      event.verb === 'sent' && event.place === 'network' ? { ...event, outputs: ['cap', 'obj'] } : event,
    );
    expect(find(trace, 'eavesdropper')).toBeUndefined();
    expect(find({ ...trace, events }, 'eavesdropper')?.answerId).toBe('object');
  });

  it('follow from events and not from the mode', () => {
    const trace = sseKmsUpload();
    expect(predictionsOf({ ...trace, run: { ...trace.run, mode: 'none' } })).toEqual(predictionsOf(trace));
  });

  it('are at least two in any run of four steps, whatever happens in it', () => {
    const names = ['client.prepare', 's3.receive', 'kms.receive', 'kms.log'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { minLength: 4, maxLength: 12 }), list => {
        const builder = aTrace();
        for (const name of list) builder.step(name, [{ verb: 'hashed', place: 'client' }]);
        const predictions = predictionsOf(builder.build());
        expect(predictions).toHaveLength(2);
        for (const { options, answerId } of predictions) expect(options.map(({ id }) => id)).toContain(answerId);
      }),
    );
  });

  it('speak with other words when given some', () => {
    const phrases = { ...PHRASES, party: { ...PHRASES.party, you: 'Sie' } };
    const asked = predictionsOf(sseKmsUpload(), phrases).find(({ id }) => id === 'data-key-maker');
    expect(asked?.options[0]?.text).toEqual([{ text: 'Sie' }]);
  });
});

describe('a refused run', () => {
  it('asks about the gate that stays shut and about the status', () => {
    const trace = deniedUpload();
    expect(find(trace, 'gate-kms')).toMatchObject({
      answerId: 'shut',
      step: trace.steps.findIndex(({ name }) => name === 'kms.authorize') + 1,
      explanation: [{ text: 'No policy allows it.' }],
    });
    expect(find(trace, 'status')).toMatchObject({ answerId: '403' });
    expect(find(trace, 'status')?.options.map(({ id }) => id)).toEqual(['200', '400', '403', '404']);
  });

  it('offers its real status even when it is an unusual one', () => {
    const trace = { ...deniedUpload(), outcome: { isOk: false, status: 500 } };
    expect(find(trace, 'status')?.options.map(({ id }) => id)).toEqual(['200', '400', '403', '500']);
    expect(find(trace, 'status')?.explanation).toEqual([{ text: 'The answer is ' }, { code: '500' }, { text: '.' }]);
  });
});

describe('the eavesdropper', () => {
  it('reads nothing over HTTPS', () => {
    expect(find(deniedUpload(), 'eavesdropper')?.answerId).toBe('nothing');
  });

  it('reads object and customer key over plain HTTP', () => {
    const asked = find(sseCOverHttp(), 'eavesdropper');
    expect(asked).toMatchObject({ answerId: 'both', step: 1 });
  });

  it.each([
    ['the object alone', ['cap', 'obj'], 'object'],
    ['a key alone', ['cap', 'dk'], 'key'],
    ['ciphertext and its key, which give the object', ['cap', 'ct', 'dk'], 'both'],
    ['ciphertext and a locked key, which give nothing', ['cap', 'ct', 'edk'], 'nothing'],
  ])('reads %s when that is what travels', (_, outputs, answerId) => {
    const trace = withKeys({ transport: 'http' })
      .artifact('cap', 'capture')
      .step('client.send', [{ verb: 'sent', place: 'network', from: 'client', outputs }])
      .build();
    expect(find(trace, 'eavesdropper')?.answerId).toBe(answerId);
  });

  it('is asked about the answer when that is what carries the object', () => {
    const trace = withKeys()
      .artifact('req', 'capture')
      .artifact('res', 'capture', { lock: { keyId: 'root', contents: ['obj'], algorithm: 'x' } })
      .step('client.send', [{ verb: 'sent', place: 'network', from: 'client', outputs: ['req'] }])
      .step('s3.answer', [{ verb: 'responded', place: 'network', from: 's3.memory', outputs: ['res'] }])
      .build();
    expect(find(trace, 'eavesdropper')?.step).toBe(2);
  });
});

describe('the locking key', () => {
  it('is the KMS key, though a key derived for one call does it', () => {
    const asked = find(sseKmsUpload(), 'locking-key');
    expect(asked?.options.map(({ id }) => id)).toEqual(['ses', 'dk', 'kek', 'nothing']);
    expect(asked?.explanation).toContainEqual({ artifact: 'one' });
  });

  it('is the public key with RSA, and the private key is not offered beside it', () => {
    const trace = withKeys({ mode: 'cse-rsa' })
      .step('client.makeDataKey', [{ verb: 'generated', place: 'client', outputs: ['dk'] }])
      .step('client.wrapDataKey', [
        { verb: 'wrapped', place: 'client', inputs: ['dk', 'pub', 'priv'], key: 'pub', outputs: ['edk'] },
      ])
      .step('s3.wrapDataKey', [{ verb: 'wrapped', place: 's3.memory', inputs: ['dk', 'root'], key: 'root' }])
      .build();
    const asked = find(trace, 'locking-key');
    expect(asked?.answerId).toBe('pub');
    expect(asked?.options.map(({ id }) => id)).toEqual(['dk', 'pub', 'root', 'nothing']);
    expect(find(trace, 'data-key-maker')).toMatchObject({ answerId: 'you', step: 1 });
  });
});

describe('the fate of a key', () => {
  const encrypted = {
    verb: 'encrypted',
    place: 's3.memory',
    inputs: ['obj', 'sub'],
    key: 'sub',
    outputs: ['ct'],
  } as const;

  it.each([
    ['overwritten', { verb: 'discarded', place: 's3.memory', inputs: ['dk'], isZeroized: true }],
    ['stored', { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct', 'dk'] }],
    ['sent', { verb: 'sent', place: 'kms.host', from: 's3.memory', outputs: ['dk'] }],
    ['kept', { verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct'] }],
  ] as const)('is read from what happens to it first: %s', (fate, event) => {
    const trace = withKeys().step('s3.encrypt', [encrypted]).step('s3.store', [event]).build();
    expect(find(trace, 'key-fate')).toMatchObject({ answerId: fate, step: 2 });
  });

  it('is not asked when a discard elsewhere says nothing about it, or the run breaks off', () => {
    const trace = withKeys()
      .step('s3.encrypt', [encrypted])
      .step('kms.forget', [{ verb: 'discarded', place: 'kms.hsm', inputs: ['dk'], isZeroized: true }])
      .outcome({ isOk: false })
      .build();
    expect(find(trace, 'key-fate')).toBeUndefined();
  });
});

describe('the disks', () => {
  it.each([
    ['ciphertext', ['ct']],
    ['with-edk', ['ct', 'edk']],
    ['plaintext', ['obj']],
    ['with-key', ['ct', 'dk']],
  ])('hold at the end: %s', (answerId, outputs) => {
    const trace = withKeys()
      .step('s3.store', [{ verb: 'stored', place: 's3.disk', from: 's3.memory', outputs }])
      .build();
    expect(find(trace, 'disks')?.answerId).toBe(answerId);
  });

  it('hold a salted HMAC of a customer key', () => {
    expect(find(sseCOverHttp(), 'disks')?.answerId).toBe('with-hmac');
  });

  it('are judged by what this run stored, not by what lay there before', () => {
    const trace = withKeys()
      .opening('s3.disk', 'obj')
      .step('s3.store', [{ verb: 'stored', place: 's3.disk', from: 's3.memory', outputs: ['ct'] }])
      .build();
    expect(find(trace, 'disks')?.answerId).toBe('ciphertext');
  });
});

describe('a download', () => {
  it('asks who opens the encrypted data key, before KMS is seen at work', () => {
    const trace = withKeys({ operation: 'download' })
      .step('s3.load', [{ verb: 'loaded', place: 's3.memory', from: 's3.disk', outputs: ['ct', 'edk'] }])
      .step('s3.askKms', [{ verb: 'sent', place: 'kms.host', from: 's3.memory', outputs: ['edk'] }])
      .step('kms.unwrapDataKey', [
        { verb: 'unwrapped', place: 'kms.hsm', inputs: ['edk', 'priv'], key: 'priv', outputs: ['dk'] },
      ])
      .build();
    expect(find(trace, 'data-key-opener')).toMatchObject({ answerId: 'kms', step: 2 });
  });
});
