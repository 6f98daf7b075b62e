import type { Trace } from '../engine/index.ts';
import { PHRASES } from './phrases.ts';
import { predictionsOf } from './predict.ts';
import type { Prediction, QuestionMaker } from './prediction.ts';
import { askContentLock, askDiscardTime, askFirst, askRefuser } from './recall/course.ts';
import { askHeader, askKmsRequests, askLog } from './recall/messages.ts';
import { askDiskThings, askKeyPlaces, askObjectPlaces, askRecording } from './recall/places.ts';

const COUNT = 3;

const MAKERS: readonly QuestionMaker[] = [
  askRefuser,
  askKeyPlaces,
  askDiscardTime,
  askHeader,
  askContentLock,
  askObjectPlaces,
  askKmsRequests,
  askFirst,
  askDiskThings,
  askLog,
  askRecording,
];

/** A recall question and the question before a step that gives its answer away. */
const TWINS: Readonly<Record<string, string>> = {
  'recall-recording': 'eavesdropper',
  'recall-disks': 'disks',
  'recall-discard-time': 'key-fate',
};

/**
 * Three questions about a run that is over, each of another kind. They follow from the trace alone; which three differs
 * from run to run, so that modes come mixed, and those that the run has asked on the way come last.
 */
export function recallOf(trace: Trace): Prediction[] {
  const asked = new Set(predictionsOf(trace).map(({ id }) => id));
  const isAsked = ({ id }: Prediction) => asked.has(TWINS[id] ?? id);
  const all = MAKERS.flatMap(make => make(trace, PHRASES)).filter(({ prediction }) => prediction.options.length > 1);
  const [first, ...others] = all;
  if (first === undefined) return [];
  // The refusal is what a refused run is about; all others take turns.
  const isAbout = first.priority === 0;
  const turning = isAbout ? others : all;
  const turn = trace.events.length % Math.max(1, turning.length);
  const turned = [...turning.slice(turn), ...turning.slice(0, turn)].map(({ prediction }) => prediction);
  const fresh = turned.filter(prediction => !isAsked(prediction));
  const known = turned.filter(isAsked);
  return [...(isAbout ? [first.prediction] : []), ...fresh, ...known].slice(0, COUNT);
}

/** Every recall question that a run could be asked. For tests, and for whoever wants more than three. */
export function allRecallOf(trace: Trace): Prediction[] {
  return MAKERS.flatMap(make => make(trace, PHRASES)).map(({ prediction }) => prediction);
}
