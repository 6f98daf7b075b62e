import type { FactId } from '../../engine/index.ts';
import { LessonEnd } from '../features/lessons/LessonEnd.tsx';
import { LessonStrip } from '../features/lessons/LessonStrip.tsx';
import { FactChips } from '../features/steps/FactChips.tsx';
import type { Session } from '../session/session.ts';

const renderSources = (facts: readonly FactId[], about: string) => <FactChips key={about} facts={facts} step={about} />;

interface LessonProps {
  readonly session: Session;
  /** Where the page scrolls, the end of an act stands with the sentence, which stays in sight. */
  readonly part: 'strip' | 'strip-and-end' | 'end';
}

/** A lesson on the page: above the stage, or with the words. */
export function Lesson({ session, part }: LessonProps) {
  if (part === 'end') return <LessonEnd session={session} renderSources={renderSources} />;
  return <LessonStrip session={session} renderSources={renderSources} hasEnd={part === 'strip-and-end'} />;
}
