import { type ComponentType, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../session/session.ts';

type Twin = ComponentType<{ readonly session: Session }>;

/** The text twin while the page is being printed: paper shows the run as text. */
export function usePrintTwin(): Twin | undefined {
  const [twin, setTwin] = useState<{ readonly Twin: Twin }>();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    let isWanted = true;
    import('../features/twin/TextTwin.tsx').then(
      ({ TextTwin }) => {
        if (isWanted) setTwin({ Twin: TextTwin });
      },
      () => undefined,
    );
    // The browser takes its picture as soon as the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      isWanted = false;
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting ? twin?.Twin : undefined;
}
