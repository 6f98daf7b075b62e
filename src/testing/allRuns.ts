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
const PLAIN_SPECS: readonly RunSpec[] = MODES.flatMap(mode =>
  OPERATIONS.flatMap(operation =>
    TRANSPORTS.flatMap(transport => PRINCIPALS.map(principal => ({ mode, operation, transport, principal }))),
  ),
);
/** Client-side modes in the other format, and with the envelope in an instruction file. */
const CLIENT_SPECS: readonly RunSpec[] = (['cse-aes', 'cse-rsa', 'cse-kms'] as const).flatMap(mode =>
  OPERATIONS.flatMap(operation =>
    (['owner', 's3-admin'] as const).flatMap(principal =>
      [
        { format: 'v2' as const },
        { envelope: 'instruction-file' as const },
        { format: 'v2' as const, envelope: 'instruction-file' as const },
      ].map(client => ({ mode, operation, transport: 'https' as const, principal, ...client })),
    ),
  ),
);

/** Every combination of mode, operation, transport and principal, and the variants of the client-side modes. */
export const ALL_SPECS: readonly RunSpec[] = [...PLAIN_SPECS, ...CLIENT_SPECS];

export function nameOfSpec(spec: RunSpec): string {
  const client = [spec.format, spec.envelope].filter(part => part !== undefined).join(' ');
  return `${spec.mode} ${spec.operation} over ${spec.transport} as ${spec.principal} ${client}`.trim();
}

/** Runs a spec through the real engine; a download is preceded by the owner's unrecorded upload. */
export async function runOf(spec: RunSpec, input: LabInput = NOTE): Promise<RunResult> {
  if (spec.operation === 'upload') return runUpload(spec, input);
  const world = await storeUnrecorded(spec, input);
  return runDownload(spec, world, { name: input.name, length: input.bytes.length });
}
