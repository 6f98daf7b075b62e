import { utf8 } from '../bytes/bytes.ts';
import type { FactId, JsonObject, JsonValue } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Room } from '../trace/room.ts';

/** CloudTrail: takes records and keeps them. */
export interface Trail {
  /** Writes a record down, in the step that the caller has opened. */
  log(record: JsonObject): Promise<void>;
}

/** A trail that keeps its records in `room` (the place `audit`). */
export function createTrail(parts: { readonly recorder: Recorder; readonly room: Room }): Trail {
  const { recorder, room } = parts;
  return {
    async log(record) {
      const name = typeof record.eventName === 'string' ? record.eventName : 'event';
      const artifact = await recorder.identify({
        kind: 'log-record',
        name,
        bytes: utf8(JSON.stringify(record)),
        isSecret: false,
      });
      room.hold(artifact.id, record);
      recorder.emit({
        verb: 'logged',
        place: room.place,
        outputs: [artifact.id],
        api: record.eventSource === 'kms.amazonaws.com' ? `kms:${name}` : name,
        record,
        facts: factsOf(record),
      });
    },
  };
}

const SSE_FACTS: Readonly<Record<string, FactId>> = {
  Default_SSE_S3: 'F-CT-001',
  SSE_S3: 'F-CT-002',
  Default_SSE_KMS: 'F-CT-003',
  SSE_KMS: 'F-CT-004',
  SSE_C: 'F-CT-005',
};

/** What a record of its kind shows. */
function factsOf(record: JsonObject): FactId[] {
  if (record.eventSource === 'kms.amazonaws.com') {
    const isForwarded = findMember(record.userIdentity, 'invokedBy') !== undefined;
    return [isForwarded ? 'F-CT-011' : 'F-CSK-024', 'F-CT-012', 'F-CT-013'];
  }
  if (record.managementEvent === true) return ['F-CT-014'];
  const applied = findMember(record.additionalEventData, 'SSEApplied');
  const fact = typeof applied === 'string' ? SSE_FACTS[applied] : undefined;
  return fact === undefined ? ['F-CT-015'] : [fact, 'F-CT-015'];
}

function findMember(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined;
}
