import {
  type LabInput,
  MODES,
  OPERATIONS,
  PRINCIPALS,
  type RunResult,
  type RunSpec,
  runDownload,
  runUpload,
  storeUnrecorded,
  TRANSPORTS,
} from '../engine/index.ts';

/** A small text object. */
export const NOTE: LabInput = {
  name: 'report.txt',
  type: 'text/plain',
  bytes: new TextEncoder().encode('The quarterly figures stay between us until Friday.'),
};

/** Every combination of mode, operation, transport and principal. */
export const ALL_SPECS: readonly RunSpec[] = MODES.flatMap(mode =>
  OPERATIONS.flatMap(operation =>
    TRANSPORTS.flatMap(transport => PRINCIPALS.map(principal => ({ mode, operation, transport, principal }))),
  ),
);

export function nameOfSpec(spec: RunSpec): string {
  return `${spec.mode} ${spec.operation} over ${spec.transport} as ${spec.principal}`;
}

/** Runs a spec through the real engine; a download is preceded by the owner's unrecorded upload. */
export async function runOf(spec: RunSpec, input: LabInput = NOTE): Promise<RunResult> {
  if (spec.operation === 'upload') return runUpload(spec, input);
  const world = await storeUnrecorded(spec, input);
  return runDownload(spec, world, { name: input.name, length: input.bytes.length });
}
