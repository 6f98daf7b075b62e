import type { AttackResult, AttackWay } from '../../../content/attacker.ts';
import type { ArtifactId, Trace } from '../../../engine/index.ts';
import { sceneAt } from '../../../scene/fold.ts';

/** What an attack comes to. */
export interface AttackReading {
  readonly result: AttackResult;
  readonly way: AttackWay;
}

/** Reads result and way from the trace of an attack: nothing is known beforehand. */
export function readAttack(trace: Trace): AttackReading {
  if (trace.outcome.isOk) return { result: 'open', way: wayIn(trace) };
  const { client } = sceneAt(trace, trace.events.length).holdings;
  const isLocked = client.some(id => isOfTheObject(trace, id));
  return { result: isLocked ? 'locked' : 'nothing', way: wayShut(trace, isLocked) };
}

/** Ciphertext of the object, or recorded traffic that nobody could read. */
function isOfTheObject(trace: Trace, id: ArtifactId): boolean {
  const artifact = trace.artifacts[id];
  return artifact?.kind === 'ciphertext-object' || (artifact?.kind === 'capture' && artifact.lock !== undefined);
}

function wayIn(trace: Trace): AttackWay {
  const isPlain = (id: ArtifactId) => trace.artifacts[id]?.kind === 'plaintext-object';
  const isDataKey = (id: ArtifactId) => trace.artifacts[id]?.kind === 'data-key';
  const atClient = trace.events.filter(event => event.place === 'client');
  const arrival = atClient.find(event => event.verb !== 'loaded' && event.outputs.some(isPlain));
  if (!arrival) return 'lies-open';
  if (arrival.verb === 'received') return 's3-opened';
  const isTraffic = arrival.inputs.some(id => trace.artifacts[id]?.kind === 'capture');
  if (isTraffic) return 'line-opened';
  return atClient.some(event => event.verb === 'received' && event.outputs.some(isDataKey))
    ? 'kms-opened'
    : 'key-opened';
}

function wayShut(trace: Trace, isLocked: boolean): AttackWay {
  if (trace.events.some(event => event.verb === 'denied' && event.decision.gate === 'kms')) return 'kms-refused';
  if (isLocked) return 'no-key';
  return trace.steps.some(({ name }) => name === 'attacker.ask') ? 's3-refused' : 'no-object';
}
