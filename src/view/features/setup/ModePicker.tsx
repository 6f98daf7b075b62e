import { lazy, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { MODES, type Mode } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import type { Session } from '../../session/session.ts';
import { isClientSide } from '../../session/spec.ts';
import { FAMILIES, familyOf, modeName } from './families.ts';
import styles from './ModePicker.module.css';

// Not needed to step, so it comes after the stage.
const ClientOptionsButton = lazy(() =>
  import('./ClientOptionsButton.tsx').then(({ ClientOptionsButton }) => ({ default: ClientOptionsButton })),
);

const GROUPS = ['Server-side', 'Client-side', 'Before 2023'] as const;

/** Which encryption: families in sight where there is room, one select where there is not. */
export function ModePicker({ session }: { readonly session: Session }) {
  const mode = useStore(session, state => state.spec.mode);
  const isLesson = useStore(session, state => state.spec.lesson !== undefined);
  const texts = useModeTexts();
  const { choose } = session.actions;
  const family = familyOf(mode);
  return (
    <div className={styles.picker}>
      <div className={styles.wide}>
        <Segmented
          label="Encryption"
          value={family?.id}
          options={FAMILIES.map(({ id, text, variants }) => ({
            value: id,
            text,
            title: variants[0] && texts?.[variants[0].mode].summary,
          }))}
          onChoose={id => {
            const first = FAMILIES.find(each => each.id === id)?.variants[0];
            if (first && id !== family?.id) choose({ mode: first.mode });
          }}
        />
        {family && family.variants.length > 1 && (
          <Segmented
            isQuiet
            label={`Key of ${family.text}`}
            value={mode}
            options={family.variants.map(variant => ({
              value: variant.mode,
              text: variant.text,
              title: texts?.[variant.mode].summary,
            }))}
            onChoose={next => choose({ mode: next })}
          />
        )}
        {/* A lesson chooses them itself. */}
        {isClientSide(mode) && !isLesson && (
          <Suspense fallback={null}>
            <ClientOptionsButton session={session} />
          </Suspense>
        )}
      </div>
      <select
        className={styles.select}
        aria-label="Encryption"
        value={mode}
        onChange={event => {
          const next = MODES.find(each => each === event.target.value);
          if (next) choose({ mode: next });
        }}
      >
        {GROUPS.map(group => (
          <optgroup key={group} label={group}>
            {FAMILIES.filter(each => each.group === group).flatMap(({ variants }) =>
              variants.map(variant => (
                <option key={variant.mode} value={variant.mode}>
                  {modeName(variant.mode)}
                </option>
              )),
            )}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** What each mode is, for the tooltips: words that may come after the stage. */
function useModeTexts(): Readonly<Record<Mode, { readonly summary: string }>> | undefined {
  const [texts, setTexts] = useState<Readonly<Record<Mode, { readonly summary: string }>>>();
  useEffect(() => {
    let isWanted = true;
    import('../../../content/modes.ts').then(
      ({ MODE_TEXTS }) => {
        if (isWanted) setTexts(MODE_TEXTS);
      },
      // Offline: the picker works without its tooltips.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, []);
  return texts;
}
