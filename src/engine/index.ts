/** The only door of the engine. */
export { type Bytes, equalBytes } from './bytes/bytes.ts';
export type { Pace } from './crypto/pace.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export {
  clearDesks,
  type LabInput,
  MAX_OBJECT_BYTES,
  type RunResult,
  runDownload,
  runUpload,
  type StoredInput,
  storeUnrecorded,
} from './lab.ts';
export type { Artifact, ArtifactId, ArtifactKind, Field, Lock } from './trace/artifact.ts';
export type {
  ComparedEvent,
  DecidedEvent,
  Decision,
  DecisionStatement,
  DiscardedEvent,
  FactId,
  FailedEvent,
  JsonObject,
  JsonValue,
  LoggedEvent,
  MadeEvent,
  MovedEvent,
  Step,
  TraceEvent,
  Verb,
} from './trace/event.ts';
export { type Actor, PLACES, type Place } from './trace/place.ts';
export { STEP_NAMES, type StepName } from './trace/step.ts';
export {
  type Exchange,
  type Holding,
  type MessageView,
  MODES,
  type Mode,
  OPERATIONS,
  type Operation,
  type Outcome,
  PRINCIPALS,
  type PrincipalName,
  type RunSpec,
  TRACE_FORMAT,
  TRACE_VERSION,
  TRANSPORTS,
  type Trace,
  type Transport,
} from './trace/trace.ts';
export type { World } from './world.ts';
