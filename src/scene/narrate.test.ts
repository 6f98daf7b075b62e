import { describe, expect, it } from 'vitest';
import type { StepName } from '../engine/index.ts';
import { deniedUpload, sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { mainEvent, type Narration, narrate, type StepNarration, type StepText } from './narrate.ts';

const plain: StepText = { title: 'Something else', say: 'Something else.' };

/** Words for one step and plain ones for all others. */
function narration(name: StepName, words: StepNarration): Narration {
  return new Proxy({ [name]: words } as Narration, { get: (given, each: StepName) => given[each] ?? plain });
}

function say(trace: ReturnType<typeof sseKmsUpload>, name: StepName, template: string) {
  const index = trace.steps.findIndex(step => step.name === name);
  return narrate(trace, index, narration(name, { title: 'T', say: template })).say;
}

describe('narration', () => {
  it('speaks of the main event: the last that is not a discard', () => {
    expect(say(sseKmsUpload(), 'kms.wrapDataKey', '{key} {input} {output}')).toEqual([
      { artifact: 'one' },
      { text: ' ' },
      { artifact: 'dk' },
      { text: ' ' },
      { artifact: 'edk' },
    ]);
  });

  it('speaks of the discard when there is nothing else', () => {
    expect(say(sseKmsUpload(), 's3.discardKey', '{input}')).toEqual([{ artifact: 'dk' }]);
    expect(mainEvent([])).toBeUndefined();
  });

  it('computes every value from the run', () => {
    const trace = sseKmsUpload();
    expect(say(trace, 'kms.makeDataKey', '{bytes}')).toEqual([{ text: '32 bytes' }]);
    expect(say(trace, 'client.send', '{bytes}')).toEqual([{ text: '1,200 bytes' }]);
    expect(say(trace, 's3.encrypt', '{algorithm} {keyName} {object}')).toEqual([
      { text: 'AES-256-GCM data key ' },
      { artifact: 'obj' },
    ]);
    expect(say(trace, 's3.answer', '{status} {bucket}')).toEqual([{ text: '200 ' }, { code: 'lab-bucket' }]);
  });

  it('tells a decision and a failure', () => {
    const trace = deniedUpload();
    expect(say(trace, 'kms.authorize', '{principal}: {action} on {resource}. {because}')).toEqual([
      { text: 'the application owner: ' },
      { code: 'kms:GenerateDataKey' },
      { text: ' on ' },
      { code: 'arn:aws:kms:eu-central-1:111122223333:key/1' },
      { text: '. No policy allows it.' },
    ]);
    expect(say(trace, 's3.refuse', '{code} {message} {status}')).toEqual([
      { code: 'AccessDenied' },
      { text: ' Access Denied 403' },
    ]);
    expect(say(trace, 'client.send', '{principal}')).toEqual([{ text: 'the S3 administrator' }]);
  });

  it('puts two compared values side by side', () => {
    const trace = aTrace()
      .step('s3.checkHash', [
        {
          verb: 'compared',
          place: 's3.memory',
          what: 'checksum',
          left: { label: 'sent', text: 'abc=' },
          right: { label: 'computed', text: 'abd=' },
          isEqual: false,
        },
      ])
      .build();
    expect(say(trace, 's3.checkHash', '{left}{right}')).toEqual([{ code: 'abc=' }, { code: 'abd=' }]);
  });

  it('never reads an object name as markup', () => {
    const trace = aTrace()
      .objectNamed('**{key}** `<b>`')
      .step('client.prepare', [{ verb: 'hashed', place: 'client' }])
      .build();
    expect(say(trace, 'client.prepare', 'You open {name}')).toEqual([{ text: 'You open **{key}** `<b>`' }]);
  });

  it('refuses a placeholder that has nothing to speak of, naming step and placeholder', () => {
    expect(() => say(sseKmsUpload(), 's3.discardKey', '{status}')).toThrow(/s3\.discardKey.*\{status\}/);
    expect(() => narrate(sseKmsUpload(), 99, narration('s3.log', { title: '', say: '' }))).toThrow(RangeError);
  });

  it('takes the first variant one event meets in full, and otherwise the other words', () => {
    const words: StepNarration = {
      variants: [
        { when: { transport: 'https', verb: 'sent', mode: ['sse-c'] }, text: { title: 'other', say: 'other' } },
        { when: { transport: 'https', what: 'checksum' }, text: { title: 'other', say: 'other' } },
        { when: { verb: 'denied' }, text: { title: 'no', say: 'no', stop: 'it is denied' } },
        { when: { verb: 'sent', transport: 'http', mode: ['sse-c'] }, text: { title: 'bare', say: 'bare' } },
      ],
      otherwise: { title: 'else', say: 'else' },
    };
    const at = (trace: ReturnType<typeof sseKmsUpload>, name: StepName) =>
      narrate(
        trace,
        trace.steps.findIndex(step => step.name === name),
        narration(name, words),
      );
    expect(at(deniedUpload(), 'kms.authorize')).toEqual({
      title: [{ text: 'no' }],
      say: [{ text: 'no' }],
      stop: 'it is denied',
    });
    expect(at(sseCOverHttp(), 'client.send').title).toEqual([{ text: 'bare' }]);
    expect(at(sseKmsUpload(), 'client.send')).toEqual({ title: [{ text: 'else' }], say: [{ text: 'else' }] });
  });
});
