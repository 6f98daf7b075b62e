import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { keyTypeOf } from '../../session/takeAway.ts';

/** Says that a run uses a key of the learner’s own, which no link carries. */
export function TakeAwayNote({
  session,
  className,
}: {
  readonly session: Session;
  readonly className: string | undefined;
}) {
  const own = useStore(session, state => {
    const type = keyTypeOf(state.spec);
    return type && state.ownKeys[type];
  });
  if (!own) return null;
  return (
    <p className={className}>
      Your own wrapping key is in use: <code>{own.fingerprint}</code>. No link carries it.
    </p>
  );
}
