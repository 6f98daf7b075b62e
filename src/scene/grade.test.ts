import { describe, expect, it } from 'vitest';
import { sseKmsUpload } from '../testing/sampleTraces.ts';
import { isModel, stepFacts } from './grade.ts';

describe('facts of a step', () => {
  it('come in order and each once', () => {
    const trace = sseKmsUpload();
    const index = trace.steps.findIndex(({ name }) => name === 'kms.wrapDataKey');
    expect(stepFacts(trace, index)).toEqual(['F-SIM-008', 'F-KSM-004', 'F-SIM-007']);
  });

  it('are none for a step that is not there', () => {
    expect(stepFacts(sseKmsUpload(), 99)).toEqual([]);
  });

  it('are model when they are assumptions of ours', () => {
    expect(isModel('F-SIM-001')).toBe(true);
    expect(isModel('F-KSM-004')).toBe(false);
  });
});
