/** The only door of the engine. */

export { attackSpec } from './attack/attackSpec.ts';
export { runAttack } from './attack/runAttack.ts';
export { type Bytes, equalBytes } from './bytes/bytes.ts';
export { type Clock, steadyClock, wallClock } from './clock.ts';
export {
  type Cloud,
  type CloudChanges,
  type CloudOptions,
  createCloud,
  type RootSecrets,
  type SavedCloud,
  type SavedContent,
} from './cloud.ts';
export {
  describeKey,
  findKeyProblem,
  formatAesKey,
  formatRsaKey,
  type GivenWrappingKey,
  makeWrappingKey,
  parseWrappingKey,
} from './crypto/keyFiles.ts';
export type { Pace } from './crypto/pace.ts';
export { cryptoRandom, seededRandom } from './crypto/seededRandom.ts';
export { EngineError, type EngineErrorCode } from './errors.ts';
export type { Action, HeaderChanges } from './experiments/action.ts';
export type { ExperimentAct, ExperimentPlan } from './experiments/plan.ts';
export { EXPERIMENT_PLANS } from './experiments/plans/all.ts';
export { type ExperimentWish, playExperiment, runExperiment } from './experiments/runExperiment.ts';
export { experimentSpecOf } from './experiments/spec.ts';
export { runFork } from './fork.ts';
export {
  bodyOf,
  type Connection,
  findHeader,
  gather,
  type Header,
  type HttpRequest,
  type HttpResponse,
  textBody,
} from './http/message.ts';
export { parsePolicy } from './iam/parsePolicy.ts';
export type { PolicyDocument } from './iam/policy.ts';
export { canonicalIdOf, type Principal } from './iam/principal.ts';
export {
  clearDesks,
  createLabCloud,
  type LabInput,
  MAX_OBJECT_BYTES,
  type RunResult,
  runDownload,
  runUpload,
  type StoredInput,
  storeUnrecorded,
} from './lab.ts';
export { type Act, actSpecOf, LESSON_PLANS, type LessonPlan } from './lessons/acts.ts';
export { runLesson } from './lessons/runLesson.ts';
export type { RandomSource } from './random.ts';
export { createServer, type Incoming, type Serve, type Served, serviceOf } from './serve.ts';
export type { Change } from './state/store.ts';
export { forgetKeyRings, type HeldObject, readHeld } from './takeAway.ts';
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
export type { EventPattern, Holdings, TraceProperty } from './trace/property.ts';
export { STEP_NAMES, type StepName } from './trace/step.ts';
export {
  type AnyTrace,
  type Attack,
  CLIENT_FORMATS,
  type ClientFormat,
  DISK_PIECES,
  type DiskPiece,
  ENVELOPE_PLACES,
  type EnvelopePlace,
  type Exchange,
  type Fork,
  GUESTS,
  type GuestName,
  type Holding,
  LEAKS,
  LESSONS,
  type Leak,
  type LessonId,
  type MessageView,
  MODES,
  type Mode,
  OPERATIONS,
  type Operation,
  type Outcome,
  type PersonName,
  PRINCIPALS,
  type PrincipalName,
  type RunChange,
  type RunSpec,
  type ServedRun,
  TRACE_FORMAT,
  TRACE_VERSION,
  TRANSPORTS,
  type Trace,
  type Transport,
} from './trace/trace.ts';
export type { World } from './world.ts';
