import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { basicNarration } from '../../content/narration/basic.ts';
import { SAMPLE } from '../../content/samples.ts';
import LabWorker from '../../worker/labWorker.ts?worker';
import { createLabClient } from '../session/labClient.ts';
import { createSession } from '../session/session.ts';
import { browserTimers } from '../session/timers.ts';
import { parseLink } from '../session/urlState.ts';
import { syncLink } from '../session/urlSync.ts';
import { App } from './App.tsx';
import { browserLinkHost, findStorage } from './browserHost.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import './global.css';

/** Wires the session to the browser and shows the page. */
export function start(container: HTMLElement): void {
  const root = createRoot(container);
  // Typed as always there; over plain HTTP it is not.
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (!subtle) {
    void import('./InsecureNotice.tsx').then(({ InsecureNotice }) => root.render(<InsecureNotice />));
    return;
  }
  // Fetched while the first run runs, not before the page can show it.
  const quiz = import('../../quiz/predict.ts');
  const session = createSession({
    lab: createLabClient(() => new LabWorker({ name: 'lab' })),
    timers: browserTimers,
    storage: findStorage(),
    narration: basicNarration,
    furtherNarration: () =>
      import('../../content/narration/further.ts').then(({ furtherNarration }) => furtherNarration),
    predict: trace => quiz.then(({ predictionsOf }) => predictionsOf(trace)),
    sample: SAMPLE,
    link: parseLink(window.location.hash),
  });
  syncLink(session, browserLinkHost);
  session.begin();
  root.render(
    <StrictMode>
      <ErrorBoundary>
        <App session={session} />
      </ErrorBoundary>
    </StrictMode>,
  );
}
