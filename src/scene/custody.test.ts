import { describe, expect, it } from 'vitest';
import type { Trace } from '../engine/index.ts';
import { deniedUpload, sseCOverHttp, sseKmsUpload } from '../testing/sampleTraces.ts';
import { aTrace } from '../testing/traceBuilder.ts';
import { custodyAt, type Holder } from './custody.ts';
import { eventsAtStep, sceneAt } from './fold.ts';

function custodyAfter(trace: Trace, name: string) {
  const step = trace.steps.findIndex(candidate => candidate.name === name) + 1;
  return custodyAt(trace, sceneAt(trace, eventsAtStep(trace, step)));
}

function cell(table: ReturnType<typeof custodyAt>, holder: Holder, artifact: string): boolean | undefined {
  const column = table.subjects.findIndex(subject => subject.artifact === artifact);
  return table.rows.find(row => row.holder === holder)?.cells[column];
}

describe('custody', () => {
  it('lists the object, then keys of objects, then keys of keys, and no passing keys', () => {
    const { subjects } = custodyAfter(sseKmsUpload(), 's3.store');
    expect(subjects.map(subject => subject.artifact)).toEqual(['obj', 'dk', 'kek']);
    expect(subjects.map(subject => subject.label)).toEqual(['report.txt', 'data key A', 'KMS key K']);
  });

  it('shows the data key in S3 memory until S3 discards it', () => {
    const trace = sseKmsUpload();
    expect(cell(custodyAfter(trace, 's3.encrypt'), 's3-memory', 'dk')).toBe(true);
    expect(cell(custodyAfter(trace, 's3.discardKey'), 's3-memory', 'dk')).toBe(false);
  });

  it('lets KMS read its own key all the time, since the token opens with what the HSM holds', () => {
    expect(cell(custodyAt(sseKmsUpload(), sceneAt(sseKmsUpload(), 0)), 'kms', 'kek')).toBe(true);
  });

  it('shows disks from which nobody reads anything', () => {
    const table = custodyAfter(sseKmsUpload(), 'client.receive');
    expect(table.rows.find(row => row.holder === 's3-disk')?.cells).toEqual([false, false, false]);
  });

  it('shows the eavesdropper object and key over plain HTTP', () => {
    const table = custodyAfter(sseCOverHttp(), 'client.send');
    expect(cell(table, 'network', 'obj')).toBe(true);
    expect(cell(table, 'network', 'ck')).toBe(true);
  });

  it('marks exactly the cells that the step changed', () => {
    const table = custodyAfter(sseKmsUpload(), 's3.discardKey');
    const changed = table.rows.flatMap(row =>
      row.changedCells.flatMap((isChanged, column) =>
        isChanged ? [[row.holder, table.subjects[column]?.artifact]] : [],
      ),
    );
    expect(changed).toEqual([['s3-memory', 'dk']]);
  });

  it('has a row for the own keys of S3 only when they play a part', () => {
    expect(custodyAfter(sseKmsUpload(), 's3.store').rows.some(row => row.holder === 's3-keys')).toBe(false);
    const trace = aTrace()
      .artifact('root', 's3-root-key', { letter: 'R' })
      .opening('s3.keys', 'root')
      .step('s3.wrapDataKey', [{ verb: 'wrapped', place: 's3.keys', inputs: ['root'], outputs: [] }])
      .build();
    expect(cell(custodyAfter(trace, 's3.wrapDataKey'), 's3-keys', 'root')).toBe(true);
  });

  it('keeps its subjects and rows through a run, refused ones too', () => {
    const trace = deniedUpload();
    const shapes = trace.steps.map(({ index }) => {
      const { subjects, rows } = custodyAt(trace, sceneAt(trace, eventsAtStep(trace, index + 1)));
      return JSON.stringify([subjects, rows.map(row => row.holder)]);
    });
    expect(new Set(shapes).size).toBe(1);
    expect(shapes[0]).toContain('report.txt');
  });
});
