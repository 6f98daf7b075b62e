import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { CopyButton } from '../../parts/CopyButton.tsx';
import type { Session } from '../../session/session.ts';
import type { KeyType, Told } from '../../session/takeAway.ts';
import { Button } from '../../ui/Button.tsx';
import { BringKey } from './BringKey.tsx';
import { saveFile } from './saveFile.ts';
import styles from './TakeAway.module.css';
import { inUse, KEY_FORMS, WORDS } from './words.ts';

interface KeySectionProps {
  readonly session: Session;
  readonly type: KeyType;
  /** The warning was read: before, nothing can be done. */
  readonly isAgreed: boolean;
}

/** The wrapping key: make one that may leave, show it, save it, bring one, go back. */
export function KeySection({ session, type, isAgreed }: KeySectionProps) {
  const own = useStore(session, state => state.ownKeys[type]);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isBringing, setBringing] = useState(false);
  const [shown, setShown] = useState<string>();
  const { takeAway } = session;
  const { file, form } = KEY_FORMS[type];
  const fingerprint = own?.fingerprint;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is hidden until it is asked for
  useEffect(() => setShown(undefined), [fingerprint]);
  const act = async <T,>(doing: Promise<Told<T>>): Promise<T | undefined> => {
    setBusy(true);
    setProblem(undefined);
    const told = await doing;
    setBusy(false);
    if ('ok' in told) return told.ok;
    setProblem(told.problem);
    return undefined;
  };
  const withText = async (use: (text: string) => void) => {
    const text = await act(takeAway.showKey(type));
    if (text !== undefined) use(text);
  };
  const told = own && inUse(own);
  const words = WORDS.wrappingKey;
  return (
    <section aria-label={words.title}>
      <h3>{words.title}</h3>
      <p role="status">
        {told ? (
          <>
            {told.text} <code>{told.fingerprint}</code>. {words.stays}
          </>
        ) : (
          words.fresh
        )}
      </p>
      <fieldset className={styles.actions} disabled={!isAgreed || isBusy}>
        {own && (
          <>
            <Button onClick={() => (shown === undefined ? void withText(setShown) : setShown(undefined))}>
              {shown === undefined ? words.show : words.hide}
            </Button>
            <Button onClick={() => void withText(text => saveFile(file, new Blob([text])))}>Save {file}</Button>
          </>
        )}
        <Button look={own || !isAgreed || isBusy ? 'plain' : 'strong'} onClick={() => void act(takeAway.makeKey(type))}>
          {words.make}
        </Button>
        <Button aria-expanded={isBringing} onClick={() => setBringing(!isBringing)}>
          {words.bring}
        </Button>
        {own && (
          <Button look="quiet" onClick={() => void takeAway.forgetKey(type)}>
            {words.forget}
          </Button>
        )}
      </fieldset>
      {shown !== undefined && (
        <section className={styles.shown} aria-label={words.shown}>
          <div>
            <span>{form}</span>
            <CopyButton what={file} text={shown} />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
          <pre tabIndex={0}>{shown}</pre>
        </section>
      )}
      {isBringing && isAgreed && (
        <BringKey
          type={type}
          isBusy={isBusy}
          onCancel={() => {
            setBringing(false);
            setProblem(undefined);
          }}
          onBring={async text => {
            if (await act(takeAway.bringKey(type, text))) setBringing(false);
          }}
        />
      )}
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </section>
  );
}
