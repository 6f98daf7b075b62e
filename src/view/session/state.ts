import type {
  ArtifactId,
  ClientFormat,
  EnvelopePlace,
  LessonId,
  Mode,
  Operation,
  Place,
  PrincipalName,
  RunSpec,
  StepName,
  Trace,
  Transport,
} from '../../engine/index.ts';
import type { Prediction } from '../../quiz/predict.ts';
import type { LabObject } from '../../worker/protocol.ts';
import type { StepGuide } from './guide.ts';
import type { Progress } from './labClient.ts';
import type { Settings } from './settings.ts';
import type { OwnKeys } from './takeAway.ts';
import type { LinkedMoment, ParsedLink } from './urlState.ts';
import type { WorkspaceState } from './workspaceNames.ts';

export const SPEEDS = [0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export type DialogName =
  | 'help'
  | 'intro'
  | 'goTo'
  | 'object'
  | 'setup'
  | 'inspector'
  | 'lessons'
  | 'takeAway'
  | 'explore'
  | 'fork';

/** A selected token: which artifact, and at which place it was chosen. */
export interface Selection {
  readonly artifact: ArtifactId;
  readonly place: Place;
}

/** Everything the page knows. `events` is the only position; all that is shown follows from `trace` and `events`. */
export interface SessionState {
  /** What is asked for; equals `trace.run` once the run is there. */
  readonly spec: RunSpec;
  readonly object: LabObject;
  /** The text of the object while it is one that was typed here. */
  readonly text: string | undefined;
  readonly status: 'starting' | 'running' | 'ready' | 'failed';
  readonly progress: Progress | undefined;
  /** Why there is no run, in a sentence. */
  readonly error: string | undefined;
  /** Sentences to be read and dismissed. */
  readonly notices: readonly string[];
  readonly trace: Trace | undefined;
  readonly guide: readonly StepGuide[];
  readonly predictions: readonly Prediction[];
  /** What a download brought back. */
  readonly download: Blob | undefined;
  /** In a lesson: what an earlier act of it brought back, and which act (from 0), to be seen side by side. */
  readonly formerDownload: { readonly act: number; readonly content: Blob } | undefined;
  /** Whether it was compared with what was uploaded, byte for byte, and how that came out. */
  readonly comparison: 'none' | 'same' | 'different';
  /** How many events are folded. */
  readonly events: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly runUntil: StepName | undefined;
  readonly answers: Readonly<Record<string, string>>;
  readonly skipped: readonly string[];
  /** The question on the screen. */
  readonly asking: string | undefined;
  /** The question answered last: its outcome stays until the next. */
  readonly answered: string | undefined;
  readonly settings: Settings;
  /** Wrapping keys of the learner's own that runs use; their bytes are not in the state. */
  readonly ownKeys: OwnKeys;
  readonly selected: Selection | undefined;
  readonly dialog: DialogName | undefined;
  readonly view: 'stage' | 'text';
  /** The page beside the lab that is shown instead of it. */
  readonly workspace: WorkspaceState | undefined;
  /** The welcome lies over the lab. */
  readonly isLanding: boolean;
  /** For screen readers; the number makes the same words news again. */
  readonly announcement: { readonly text: string; readonly count: number };
}

/** A wish for another run. `seed: ''` takes the seed away. */
export interface SpecChange {
  readonly mode?: Mode;
  readonly operation?: Operation;
  readonly transport?: Transport;
  readonly principal?: PrincipalName;
  readonly seed?: string;
  /** Client-side modes only; dropped elsewhere. */
  readonly format?: ClientFormat;
  /** Client-side modes only; dropped elsewhere. */
  readonly envelope?: EnvelopePlace;
}

export interface SessionActions {
  /** Runs with another wish, and shows its first step. Leaves a lesson, unless only the seed changes. */
  readonly choose: (change: SpecChange) => void;
  readonly upload: () => void;
  readonly download: () => void;
  /** Shows the first act of a lesson, and closes the dialog it was chosen in. */
  readonly openLesson: (id: LessonId) => void;
  /** Shows another act of the lesson, counted from 0; one that there is not changes nothing. */
  readonly goToAct: (act: number) => void;
  /** Back to an ordinary run: the owner's, in the mode and direction of the act. */
  readonly leaveLesson: () => void;
  readonly setText: (text: string, name?: string) => void;
  /** Takes a file of at most 64 MiB; a larger one leaves everything as it is and says so. */
  readonly setFile: (file: File) => void;
  /** Shows the moment of a link, and says what of it could not be followed. Never asks, adds no history. */
  readonly follow: (link: LinkedMoment & Pick<Partial<ParsedLink>, 'problems' | 'workspace'>) => void;
  /** Runs the same once more (after a failure). */
  readonly retry: () => void;
  readonly cancelRun: () => void;
  /** Leaves the welcome for the first step. */
  readonly start: () => void;
  /** Jumps; a number out of range is clamped. Jumps never ask. */
  readonly goToStep: (step: number) => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly nextFrame: () => void;
  readonly previousFrame: () => void;
  readonly nextStop: () => void;
  readonly previousStop: () => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly slower: () => void;
  readonly faster: () => void;
  /** Plays until the next step of this name; starts over when it is already behind. */
  readonly runUntil: (name: StepName) => void;
  readonly answer: (optionId: string) => void;
  readonly skipQuestion: () => void;
  readonly select: (selection: Selection | undefined) => void;
  readonly openDialog: (name: DialogName) => void;
  readonly closeDialog: () => void;
  readonly setView: (view: SessionState['view']) => void;
  readonly change: (settings: Partial<Settings>) => void;
  readonly dismissNotices: () => void;
}
