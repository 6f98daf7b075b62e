import { beforeAll, describe, expect, it } from 'vitest';
import { FACTS } from '../content/facts.ts';
import { basicNarration } from '../content/narration/basic.ts';
import { narration } from '../content/narration.ts';
import type { RunSpec, Trace } from '../engine/index.ts';
import { predictionsOf } from '../quiz/predict.ts';
import { custodyAt } from '../scene/custody.ts';
import { eventsAtStep, sceneAt } from '../scene/fold.ts';
import { stepFacts } from '../scene/grade.ts';
import { narrate } from '../scene/narrate.ts';
import { textTwin } from '../scene/textTwin.ts';
import { ALL_SPECS, nameOfSpec, runOf } from './allRuns.ts';

const traces: [string, RunSpec, Trace][] = [];
beforeAll(async () => {
  for (const spec of ALL_SPECS) traces.push([nameOfSpec(spec), spec, (await runOf(spec)).trace]);
}, 60_000);

const problems = (find: (trace: Trace) => string[]): string[] =>
  traces.flatMap(([name, , trace]) => find(trace).map(problem => `${name}: ${problem}`));

describe('every run there is', () => {
  it('can be told: each step has a title and one sentence whose numbers come from the run', () => {
    const said = (trace: Trace) =>
      trace.steps.flatMap(step => {
        try {
          const { title, say } = narrate(trace, step.index, narration);
          return title.length > 0 && say.length > 0 ? [] : [`${step.name} says nothing`];
        } catch (thrown) {
          return [`${step.name}: ${thrown instanceof Error ? thrown.message : 'failed'}`];
        }
      });
    expect(problems(said)).toEqual([]);
  });

  it('in which S3 encrypts can be told with the words that the page loads first', () => {
    const untold = traces
      .filter(([, { mode }]) => !mode.startsWith('cse-'))
      .flatMap(([, , trace]) => trace.steps.map(({ name }) => name).filter(name => !(name in basicNarration)));
    expect([...new Set(untold)]).toEqual([]);
  });

  it('cites only facts that the content knows, and at least one in each step that does something', () => {
    const unknown = (trace: Trace) =>
      trace.steps.flatMap(step =>
        stepFacts(trace, step.index)
          .filter(id => !(id in FACTS))
          .map(id => `${step.name} ${id}`),
      );
    expect(problems(unknown)).toEqual([]);
  });

  it('asks two to four predictions, each with exactly one right answer among different options', () => {
    const wrong = (trace: Trace) => {
      const predictions = predictionsOf(trace);
      const counts = predictions.length < 2 || predictions.length > 4 ? [`${predictions.length} predictions`] : [];
      const options = predictions.flatMap(({ id, options: all, answerId }) => {
        const ids = all.map(option => option.id);
        return new Set(ids).size === ids.length && ids.filter(one => one === answerId).length === 1 ? [] : [id];
      });
      return [...counts, ...options];
    };
    expect(problems(wrong)).toEqual([]);
  });

  it('shows the same scene at a step, whatever way led there', () => {
    const differs = (trace: Trace) =>
      trace.steps
        .filter(step => {
          const events = eventsAtStep(trace, step.index + 1);
          return JSON.stringify(sceneAt(trace, events)) !== JSON.stringify(sceneAt(structuredClone(trace), events));
        })
        .map(step => step.name);
    expect(problems(differs)).toEqual([]);
  });

  it('has a text twin row for each event', () => {
    expect(problems(trace => (textTwin(trace).length === trace.events.length ? [] : ['rows differ']))).toEqual([]);
  });

  it('ends well exactly when the caller may and can', () => {
    const expected = ({ mode, transport, principal }: RunSpec) => {
      if (principal === 'stranger') return false;
      const needsTls = ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms', 'sse-c'].includes(mode);
      return !(needsTls && transport === 'http');
    };
    const wrong = traces
      .filter(([, spec]) => spec.principal !== 's3-admin')
      .filter(([, spec, trace]) => trace.outcome.isOk !== expected(spec));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('denies the S3 administrator at the KMS gate under a customer managed key, and not under SSE-S3 or aws/s3', () => {
    const download = (mode: string) =>
      traces.find(([name]) => name === `${mode} download over https as s3-admin`)?.[2] as Trace;
    expect(download('sse-s3').outcome.isOk).toBe(true);
    expect(download('sse-kms-aws').outcome.isOk).toBe(true);
    const denied = download('sse-kms-cmk');
    expect(denied.outcome).toMatchObject({ isOk: false, status: 403, code: 'AccessDenied' });
    const gates = denied.events.flatMap(event => ('decision' in event ? [`${event.decision.gate} ${event.verb}`] : []));
    expect(gates).toEqual(['s3 authorized', 'kms denied']);
  });

  it('leaves nobody but you able to read the object over HTTPS when it is over', () => {
    const readers = (trace: Trace) => {
      const { subjects, rows } = custodyAt(trace, sceneAt(trace, trace.events.length));
      const column = subjects.findIndex(({ artifact }) => trace.artifacts[artifact]?.kind === 'plaintext-object');
      return rows.filter(row => row.cells[column]).map(row => row.holder);
    };
    const wrong = traces
      .filter(([, spec]) => spec.transport === 'https' && spec.mode !== 'none')
      .filter(([, , trace]) => readers(trace).some(holder => holder !== 'you'));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});
