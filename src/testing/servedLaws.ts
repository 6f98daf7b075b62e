import type { Witness } from '../engine/serve.ts';
import { sceneAt } from '../scene/fold.ts';
import { checkConserved, checkSecret } from '../scene/laws.ts';

/**
 * A witness for `createServer` that checks the three laws in every trace, right when the run ends: what the trace tells
 * is what the rooms hold, nothing appears from nowhere, nothing secret lies open.
 *
 * @param complaints grows by the violations in words; a test expects it to stay empty
 * @param isReadableAtRest the bucket is one of before 2023: objects may lie readable on the disks
 */
export function lawsWitness(complaints: string[], isReadableAtRest = false): Witness {
  return (trace, rooms) => {
    const { operation } = trace.run;
    const told = Object.entries(sceneAt(trace, trace.events.length).holdings)
      .flatMap(([place, ids]) => ids.map(id => `${place} ${id}`))
      .sort();
    const held = rooms.flatMap(room => room.ids().map(id => `${room.place} ${id}`)).sort();
    const onlyTold = told.filter(line => !held.includes(line));
    const onlyHeld = held.filter(line => !told.includes(line));
    const untold = Object.values(trace.untold ?? {}).reduce((sum, count) => sum + count, 0);
    if (onlyTold.length > 0 || onlyHeld.length !== untold || onlyHeld.some(line => !isOfStore(line))) {
      complaints.push(`${operation}: the trace tells ${onlyTold.join()}, the rooms have ${onlyHeld.join()}`);
    }
    const { transport } = trace.run;
    const judged = isReadableAtRest
      ? { ...trace, run: { mode: 'none', operation: 'upload', transport, principal: 'owner' } as const }
      : trace;
    complaints.push(
      ...checkConserved(trace).map(text => `${operation}: ${text}`),
      ...checkSecret(judged).map(text => `${operation}: ${text}`),
    );
  };
}

/** What a trace may leave untold, when its run had nothing to do with it. */
function isOfStore(line: string): boolean {
  return /^(?:s3\.disk|audit|kms\.host) /.test(line);
}
