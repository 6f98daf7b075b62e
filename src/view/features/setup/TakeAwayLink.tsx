import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { keyTypeOf } from '../../session/takeAway.ts';
import { Button } from '../../ui/Button.tsx';

/** The way to the key that leaves or enters the page; only where the customer has a wrapping key of their own. */
export function TakeAwayLink({ session }: { readonly session: Session }) {
  const type = useStore(session, state => keyTypeOf(state.spec));
  if (type === undefined) return null;
  return <Button onClick={() => session.actions.openDialog('takeAway')}>Take away key and object…</Button>;
}
