import type { ArtifactId, Mode, RunChange, StepName, Trace } from '../engine/index.ts';

/** A change that can be made after some steps of a run. */
export interface PossibleChange {
  readonly change: RunChange;
  /**
   * Why it would change nothing any more: what it concerns is behind. It can be made all the same, and both futures are then alike: that is
   * worth seeing too.
   */
  readonly isLate: boolean;
}

const KMS_MODES: readonly Mode[] = ['sse-kms-aws', 'sse-kms-cmk', 'dsse-kms', 'cse-kms'];
/** A key of whoever asks is used in the very first step. */
const CARRIED_KEY_MODES: readonly Mode[] = ['sse-c', 'cse-aes', 'cse-rsa'];
/** Keys that belong to AWS are not the customer's to change. */
const OWN_KEY_MODES: readonly Mode[] = ['sse-kms-cmk', 'dsse-kms', 'cse-kms'];

/** What can be changed after `after` steps of a run of the lab, in the order in which a page shows it; nothing of lessons and experiments. */
export function changesAt(trace: Trace, after: number): readonly PossibleChange[] {
  const { run } = trace;
  if (run.lesson || run.experiment || run.fork || run.attack) return [];
  const isAhead = (...names: readonly StepName[]) => trace.steps.slice(after).some(({ name }) => names.includes(name));
  const changes: PossibleChange[] = [];
  const add = (change: RunChange, isLate: boolean) => changes.push({ change, isLate });

  const isUp = run.operation === 'upload';
  add({ kind: 'forbid', action: isUp ? 's3:PutObject' : 's3:GetObject' }, !isAhead('s3.authorize'));
  if (KMS_MODES.includes(run.mode)) {
    const isLate = !isAhead('kms.authorize');
    add({ kind: 'forbid', action: isUp ? 'kms:GenerateDataKey' : 'kms:Decrypt' }, isLate);
    if (OWN_KEY_MODES.includes(run.mode)) {
      add({ kind: 'key-state', state: 'Disabled' }, isLate);
      add({ kind: 'key-state', state: 'PendingDeletion' }, isLate);
    }
  }
  if (isUp && trace.objectLength > 0 && isAhead('s3.receive') && sendsObjectLater(trace, after)) {
    add({ kind: 'meddle', byte: 0 }, false);
  }
  // Once S3 has the request it has found the object: what happens to the disks then is another story.
  if (!isUp && trace.objectLength > 0 && isAhead('client.send')) {
    add({ kind: 'flip', piece: 'ciphertext', byte: 0 }, false);
    if (run.mode !== 'none') add({ kind: 'flip', piece: 'tag', byte: 0 }, false);
    if (hasServerKey(trace)) add({ kind: 'flip', piece: 'encrypted-data-key', byte: 12 }, false);
  }
  // Nothing has been said about who asks before the first signature, nor about the line before it is opened.
  const isUnsigned =
    after === 0 || (!CARRIED_KEY_MODES.includes(run.mode) && !isBehind(trace, after, ['client.sign', 'client.askKms']));
  for (const principal of ['owner', 's3-admin', 'stranger'] as const) {
    if (isUnsigned && principal !== run.principal) add({ kind: 'principal', principal }, false);
  }
  const isUnopened = !isBehind(trace, after, ['wire.handshake', 'client.send']);
  if (isUnopened) add({ kind: 'transport', transport: run.transport === 'https' ? 'http' : 'https' }, false);
  return changes;
}

function isBehind(trace: Trace, after: number, names: readonly StepName[]): boolean {
  return trace.steps.slice(0, after).some(({ name }) => names.includes(name));
}

/** The object goes over the line in a step that is still to come. */
function sendsObjectLater(trace: Trace, after: number): boolean {
  return trace.steps
    .slice(after)
    .some(({ first, end }) =>
      trace.events.slice(first, end).some(event => event.verb === 'sent' && carriesObject(trace, event.outputs)),
    );
}

/** In the open, or within what the tap recorded. */
function carriesObject(trace: Trace, ids: readonly ArtifactId[]): boolean {
  return ids.some(id => {
    const artifact = trace.artifacts[id];
    return artifact?.kind.endsWith('-object') || (artifact?.lock && carriesObject(trace, artifact.lock.contents));
  });
}

/** Whether S3 keeps an encrypted data key of its own with the object. */
function hasServerKey(trace: Trace): boolean {
  return trace.steps.some(({ name }) => name === 's3.unwrapDataKey' || name === 's3.askKms');
}
