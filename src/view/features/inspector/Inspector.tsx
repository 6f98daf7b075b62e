import { type KeyboardEvent, lazy, Suspense, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Session } from '../../session/session.ts';
import { BytesTab } from './BytesTab.tsx';
import type { CommandForm, CommandTarget } from './CommandTab.tsx';
import { DecisionTab } from './DecisionTab.tsx';
import styles from './Inspector.module.css';
import { inspect, isAvailable, type Tab, tabsOf } from './inspect.ts';
import { HttpTab, JsonTab, KmsTab } from './MessageTabs.tsx';
import type { ProgramLanguage } from './ProgramTab.tsx';

const CommandTab = lazy(() => import('./CommandTab.tsx').then(({ CommandTab }) => ({ default: CommandTab })));
const ProgramTab = lazy(() => import('./ProgramTab.tsx').then(({ ProgramTab }) => ({ default: ProgramTab })));

const TAB_WORDS: Readonly<Record<Tab, string>> = {
  bytes: 'Bytes',
  http: 'HTTP',
  kms: 'KMS',
  trail: 'CloudTrail',
  decision: 'Decision',
  command: 'Command',
  program: 'Program',
};

/** The evidence: bytes, messages, records and decisions of the run, up to now. Follows the step until a tab is chosen. */
export function Inspector({ session }: { readonly session: Session }) {
  const trace = useStore(session, state => state.trace);
  const events = useStore(session, state => state.events);
  const selected = useStore(session, state => state.selected);
  const [picked, setPicked] = useState<{ readonly tab: Tab; readonly selected: typeof selected }>();
  const [form, setForm] = useState<CommandForm>('cli');
  const [target, setTarget] = useState<CommandTarget>('aws');
  const [language, setLanguage] = useState<ProgramLanguage>('java');
  const inspection = useMemo(() => (trace ? inspect(trace, events, selected) : undefined), [trace, events, selected]);
  if (!trace || !inspection) return null;
  const tabs = tabsOf(trace.run);
  const wanted = picked && picked.selected === selected ? picked.tab : inspection.suggested;
  const tab = isAvailable(inspection, wanted) ? wanted : (tabs.find(each => isAvailable(inspection, each)) ?? 'bytes');
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const open = tabs.filter(each => isAvailable(inspection, each));
    const next = open[(open.indexOf(tab) + by + open.length) % open.length];
    if (next === undefined) return;
    setPicked({ tab: next, selected });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section className={styles.inspector} aria-label="Inspector">
      <div className={styles.tabs} role="tablist" aria-label="Evidence" onKeyDown={onKeyDown} tabIndex={-1}>
        {tabs.map(each => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            aria-selected={each === tab}
            aria-controls="inspector-panel"
            tabIndex={each === tab ? 0 : -1}
            disabled={!isAvailable(inspection, each)}
            className={styles.tab}
            onClick={() => setPicked({ tab: each, selected })}
          >
            {TAB_WORDS[each]}
          </button>
        ))}
      </div>
      <div id="inspector-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className={styles.panel}>
        {(picked?.selected === selected && picked !== undefined) || selected ? (
          <button
            type="button"
            className={styles.follow}
            onClick={() => {
              setPicked(undefined);
              session.actions.select(undefined);
            }}
          >
            Follow the step again
          </button>
        ) : null}
        {tab === 'bytes' && inspection.artifact && (
          <BytesTab key={inspection.artifact.id} artifact={inspection.artifact} artifacts={trace.artifacts} />
        )}
        {tab === 'http' && inspection.http && <HttpTab seen={inspection.http} />}
        {tab === 'kms' && inspection.kms && <KmsTab seen={inspection.kms} />}
        {tab === 'trail' && inspection.record && (
          <JsonTab title={`CloudTrail record of step ${inspection.record.step + 1}`} value={inspection.record.record} />
        )}
        {tab === 'decision' && inspection.decision && <DecisionTab event={inspection.decision} />}
        {tab === 'command' && inspection.command && (
          <Suspense fallback={null}>
            <CommandTab
              run={trace.run}
              exchange={inspection.command}
              form={form}
              target={target}
              onChooseForm={setForm}
              onChooseTarget={setTarget}
            />
          </Suspense>
        )}
        {tab === 'program' && (
          <Suspense fallback={null}>
            <ProgramTab
              trace={trace}
              language={language}
              target={target}
              onChooseLanguage={setLanguage}
              onChooseTarget={setTarget}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
}
