import { lazy, type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { GoTo } from '../features/player/GoTo.tsx';
import type { Session } from '../session/session.ts';
import type { DialogName } from '../session/state.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';

const Help = lazy(() => import('../features/help/Help.tsx').then(({ Help }) => ({ default: Help })));
const Intro = lazy(() => import('../features/intro/Intro.tsx').then(({ Intro }) => ({ default: Intro })));
const Inspector = lazy(() =>
  import('../features/inspector/Inspector.tsx').then(({ Inspector }) => ({ default: Inspector })),
);
const Explore = lazy(() => import('./Explore.tsx').then(({ Explore }) => ({ default: Explore })));
const ForkForm = lazy(() => import('../features/fork/ForkForm.tsx').then(({ ForkForm }) => ({ default: ForkForm })));
const LessonList = lazy(() =>
  import('../features/lessons/LessonList.tsx').then(({ LessonList }) => ({ default: LessonList })),
);
const ObjectForm = lazy(() =>
  import('../features/setup/ObjectForm.tsx').then(({ ObjectForm }) => ({ default: ObjectForm })),
);
const Settings = lazy(() => import('../features/setup/Settings.tsx').then(({ Settings }) => ({ default: Settings })));
const TakeAway = lazy(() =>
  import('../features/takeAway/TakeAway.tsx').then(({ TakeAway }) => ({ default: TakeAway })),
);

const DIALOGS: Readonly<Record<DialogName, { title: string; content: (session: Session) => ReactNode }>> = {
  help: { title: 'Help and keys', content: session => <Help session={session} /> },
  intro: { title: 'The rooms and five words', content: session => <Intro session={session} /> },
  goTo: { title: 'Go to a step', content: session => <GoTo session={session} /> },
  object: { title: 'Your object', content: session => <ObjectForm session={session} /> },
  setup: { title: 'Settings', content: session => <Settings session={session} /> },
  explore: { title: 'Explore', content: session => <Explore session={session} /> },
  fork: { title: 'Change one thing', content: session => <ForkForm session={session} /> },
  lessons: { title: 'Lessons', content: session => <LessonList session={session} /> },
  takeAway: { title: 'Your wrapping key', content: session => <TakeAway session={session} /> },
  inspector: { title: 'Inspector', content: session => <Inspector session={session} /> },
};

/** The one dialog that is open, if any. */
export function Dialogs({ session }: { readonly session: Session }) {
  const name = useStore(session, state => state.dialog);
  const dialog = name && DIALOGS[name];
  return (
    <Dialog isOpen={dialog !== undefined} title={dialog?.title ?? ''} onClose={session.actions.closeDialog}>
      <ErrorBoundary key={name} onLeave={session.actions.closeDialog}>
        <Suspense fallback={null}>{dialog?.content(session)}</Suspense>
      </ErrorBoundary>
    </Dialog>
  );
}
