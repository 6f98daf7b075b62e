/** An attack: a victim's upload and download, what has leaked of them, and somebody who tries everything with it. */

import { toHex } from '../bytes/text.ts';
import type { Customer } from '../client/customer.ts';
import type { Pace } from '../crypto/pace.ts';
import { sha256 } from '../crypto/sha2.ts';
import { invariant } from '../errors.ts';
import { check, hostOf, type LabInput, nameOf, type RunResult, record, runDownload, runUpload } from '../lab.ts';
import { forgetKeyRings } from '../takeAway.ts';
import type { ArtifactId } from '../trace/artifact.ts';
import type { Leak, Outcome, RunSpec } from '../trace/trace.ts';
import { createWorld, type World } from '../world.ts';
import { askKms, askS3 } from './asking.ts';
import { copyInto, forgetLoot, hand, type Loot, lootDisks, lootKeys, tellTaken, watchMemory } from './loot.ts';
import { isOpen, tryEverything } from './opening.ts';
import { disguise, leaksOf, type Thief } from './thief.ts';

/**
 * Of a larger object only the beginning is uploaded: what a tap keeps of a message is cut at 64 KiB, and whoever has a key must
 * be able to open it. What opens does not depend on the length.
 */
export const MAX_ATTACK_BYTES = 48 * 1024;

/**
 * Plays a victim's upload and download over `spec.transport`, hands over what `spec.attack` says has leaked, and records what its holder
 * makes of it. The outcome is good when the victim's object lies open in the thief's memory; then it is `downloaded`.
 * @throws EngineError `too-large`, `cancelled`
 */
export async function runAttack(spec: RunSpec, input: LabInput, pace?: Pace): Promise<RunResult> {
  check(input);
  const { attack, mode } = spec;
  invariant(attack, 'an attack says what has leaked');
  const leaks = leaksOf(attack);
  const world = await createWorld({
    mode,
    keyHolder: 'owner',
    hasGuests: true,
    ...(input.wrappingKey ? { wrappingKey: input.wrappingKey } : {}),
    ...hostOf(spec),
    ...(pace ? { pace } : {}),
  });
  const taken = new Map<Leak, Loot>();
  try {
    const bytes = input.bytes.slice(0, MAX_ATTACK_BYTES);
    const stored = { name: input.name, length: bytes.length };
    const address = { bucketName: world.names.bucketName, objectName: nameOf(input) };
    const naming = { kind: 'plaintext-object', name: nameOf(input), bytes, isSecret: true } as const;
    const uploaded = toHex(await sha256(bytes));
    const { id: object } = await world.recorder.identify(naming);
    if (leaks.includes('bucket-policy')) admitEverybody(world);
    await playVictim(world, spec, { ...input, bytes, isHandedOver: true }, { object, leaks, taken });

    let attempts = 0;
    const customer = disguise(world, leaks);
    const count = () => void attempts++;
    const thief: Thief = { world, customer, leaks: new Set(leaks), address, object, count };
    const given = hand(thief, taken);
    const run: RunSpec = { ...spec, principal: 'thief', attack: { ...attack, leaks } };
    const result = await record(world, run, stored, async () => {
      tellTaken(thief, given);
      await tryAll(thief);
      return end(thief, attempts, uploaded);
    });
    return isOpen(thief) ? { ...result, downloaded: customer.room.getBytes(object) } : result;
  } catch (thrown) {
    forgetKeyRings(world);
    throw thrown;
  } finally {
    for (const loot of taken.values()) forgetLoot(loot);
    // Nobody goes on in this world: the victim's own keys go too.
    empty(world, Object.values(world.customers));
  }
}

function empty({ recorder }: World, customers: readonly Customer[]): void {
  for (const { room } of customers) {
    for (const id of room.ids()) room.release(id, recorder.get(id).isSecret);
  }
}

/** Upload and download by the owner, as the tap and a look into S3's memory see them; afterwards, what lies on the disks. */
async function playVictim(
  world: World,
  spec: RunSpec,
  input: LabInput,
  { object, leaks, taken }: { object: ArtifactId; leaks: readonly Leak[]; taken: Map<Leak, Loot> },
): Promise<void> {
  const { attack, seed: _, ...bare } = spec;
  const upload: RunSpec = { ...bare, operation: 'upload', principal: 'owner' };
  const network: Loot = new Map();
  const copyTap = () => copyInto(network, world.rooms.network);
  const again = { ...input, bytes: input.bytes.slice() };
  const stored = { name: input.name, length: input.bytes.length };

  const memory = leaks.includes('s3-memory') ? watchMemory(world, attack?.memoryAt, object) : undefined;
  // In the order of LEAKS, from the start: whatever is copied is overwritten even when this is stopped half way.
  for (const leak of leaks) {
    if (leak === 'network') taken.set(leak, network);
    else taken.set(leak, leak === 's3-memory' && memory ? memory.seen : new Map());
  }
  let transport = spec.transport;
  try {
    const first = await runUpload(upload, input, undefined, world);
    copyTap();
    memory?.stop();
    if (!first.trace.outcome.isOk && transport === 'http') {
      // Refused in the open, as SSE-C and KMS keys are: whoever is refused tries again over HTTPS.
      transport = 'https';
      await runUpload({ ...upload, transport }, again, undefined, world);
      copyTap();
    }
    await runDownload({ ...upload, transport, operation: 'download' }, world, stored);
    copyTap();
  } finally {
    memory?.stop();
    again.bytes.fill(0);
    if (!leaks.includes('network')) forgetLoot(network);
  }
  for (const leak of leaks) {
    if (leak === 'disk' || leak === 'encrypted-data-key') taken.set(leak, lootDisks(world, leak));
    if (leak === 'client-key') taken.set(leak, lootKeys(world));
  }
}

/** A bucket policy that admits everybody, and nothing that keeps the public out. */
function admitEverybody({ s3, names }: World): void {
  const { publicAccessBlock: _, ...bucket } = s3.getBucket(names.bucketName);
  const statement = {
    Sid: 'EverybodyMayRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${names.bucketName}/*`,
  };
  s3.putBack({ ...bucket, policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
}

/** What is there is looked at first, then AWS is asked, then locks are tried. */
async function tryAll(thief: Thief): Promise<void> {
  if (isOpen(thief)) return;
  await askS3(thief);
  if (isOpen(thief)) return;
  if (thief.leaks.has('kms-use')) await askKms(thief);
  await tryEverything(thief);
}

/** Whether the object lies open, shown by its hash; then every key that is left is overwritten. */
async function end(thief: Thief, attempts: number, uploaded: string): Promise<Outcome> {
  const { recorder, room } = thief.customer;
  const { object } = thief;
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  recorder.step('attacker.end', 'client');
  let outcome: Outcome;
  if (isOpen(thief)) {
    const found = toHex(await sha256(room.getBytes(object)));
    recorder.emit({
      verb: 'compared',
      place: 'client',
      what: 'checksum',
      inputs: [object],
      left: { label: 'SHA-256 of what was uploaded', text: uploaded },
      right: { label: 'SHA-256 of what the attacker has', text: found },
      isEqual: found === uploaded,
      facts: ['F-SIM-106'],
    });
    outcome = { isOk: true, message: `The object is open after ${tries}.` };
  } else {
    const failure = { code: 'NothingOpened', message: `Nothing of the object is readable after ${tries}.` };
    recorder.emit({ verb: 'failed', place: 'client', ...failure, facts: ['F-SIM-106'] });
    outcome = { isOk: false, ...failure };
  }
  for (const id of room.ids()) {
    const { isSecret, kind } = recorder.get(id);
    if (!isSecret || kind === 'plaintext-object') continue;
    const isZeroized = room.release(id, true);
    recorder.emit({ verb: 'discarded', place: 'client', inputs: [id], isZeroized, facts: ['F-SIM-016'] });
  }
  return outcome;
}
