import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { TextTwin } from '../features/twin/TextTwin.tsx';
import type { Session } from '../session/session.ts';

/** The text twin while the page is being printed: paper shows the run as text. */
export function PrintTwin({ session }: { readonly session: Session }) {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture as soon as the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting ? <TextTwin session={session} isWhole /> : null;
}
