import type { FactId, Trace } from '../engine/index.ts';

/** The facts that the events of a step show, in order, each once. `stepIndex` counts from 0. */
export function stepFacts(trace: Trace, stepIndex: number): FactId[] {
  const step = trace.steps[stepIndex];
  if (step === undefined) return [];
  return [...new Set(trace.events.slice(step.first, step.end).flatMap(event => event.facts))];
}

/** Whether a fact is an assumption of this laboratory and not a published one. */
export function isModel(factId: FactId): boolean {
  return factId.startsWith('F-SIM-');
}
