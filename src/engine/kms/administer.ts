import type { FactId } from '../trace/event.ts';
import type { Call } from './call.ts';
import type { KeyRow } from './rows.ts';

/** Shows that KMS changes what it keeps, in the step `kms.administer`. */
export function tellChange({ parts, operation }: Call, ...facts: FactId[]): void {
  parts.recorder.step('kms.administer', 'kms');
  parts.recorder.emit({ verb: 'stored', from: 'kms.host', place: 'kms.host', api: `kms:${operation}`, facts });
}

/** Writes the changed row of a key and shows it. Where KMS is slow, the former state and policy count for a while. */
export function change(call: Call, row: KeyRow, ...facts: FactId[]): KeyRow {
  const { parts, now } = call;
  const delay = 1000 * (parts.propagationSeconds ?? 0);
  const former = parts.keys.find(row.keyId);
  tellChange(call, ...facts, ...(delay > 0 ? ['F-KMS-034', 'F-SIM-014'] : []));
  if (delay === 0 || !former) return parts.keys.put(row);
  return parts.keys.put({ ...row, before: { until: now + delay, state: former.state, policy: former.policy } });
}
