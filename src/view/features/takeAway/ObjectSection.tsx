import { useState } from 'react';
import { useStore } from 'zustand';
import type { Trace } from '../../../engine/index.ts';
import { OWN_ENDPOINT } from '../../../scene/ownEndpoint.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Segmented } from '../../parts/Segmented.tsx';
import { formatBytes } from '../../session/format.ts';
import type { Session } from '../../session/session.ts';
import type { KeyType } from '../../session/takeAway.ts';
import { Button } from '../../ui/Button.tsx';
import { filesOf, putCommandsOf, type Taken } from './putCommands.ts';
import { saveFile } from './saveFile.ts';
import styles from './TakeAway.module.css';
import { WORDS } from './words.ts';

/** The object of the run, as files, and the commands that upload them elsewhere. */
export function ObjectSection({ session, type }: { readonly session: Session; readonly type: KeyType }) {
  const trace = useStore(session, state => state.trace);
  const isReady = useStore(session, state => state.status === 'ready');
  const hasKey = useStore(session, state => state.ownKeys[type] !== undefined);
  const [held, setHeld] = useState<{ readonly of: Trace | undefined; readonly taken: Taken }>();
  const [problem, setProblem] = useState<string>();
  const words = WORDS.object;
  const taken = held?.of === trace ? held?.taken : undefined;
  const fetchIt = async () => {
    setProblem(undefined);
    const told = await session.takeAway.readStored();
    if ('ok' in told) setHeld({ of: trace, taken: told.ok });
    else setProblem(told.problem);
  };
  return (
    <section aria-label={words.title}>
      <h3>{words.title}</h3>
      <p>
        {words.what}
        {!hasKey && ` ${words.needsKey}`}
      </p>
      {!taken && (
        <Button disabled={!isReady} onClick={() => void fetchIt()}>
          {words.fetch}
        </Button>
      )}
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      {taken && <Files taken={taken} bucketOfLab={trace?.bucketName ?? ''} />}
    </section>
  );
}

function Files({ taken, bucketOfLab }: { readonly taken: Taken; readonly bucketOfLab: string }) {
  const [target, setTarget] = useState<'aws' | 'own'>('aws');
  const [named, setNamed] = useState<string>();
  const words = WORDS.object;
  const bucketName = named ?? (target === 'own' ? bucketOfLab : 'amzn-s3-demo-bucket');
  const commands = putCommandsOf(taken, { bucketName, ...(target === 'own' ? { endpoint: OWN_ENDPOINT } : {}) });
  return (
    <>
      <div className={styles.actions}>
        {filesOf(taken).map(({ name, content }) => (
          <Button key={name} onClick={() => saveFile(name, content)}>
            Save {name} <span className={styles.size}>{formatBytes(content.size)}</span>
          </Button>
        ))}
      </div>
      <div className={styles.choices}>
        <Segmented label={words.target} options={WORDS.targets} value={target} onChoose={setTarget} />
        <label>
          {words.bucket}
          <input
            value={bucketName}
            maxLength={63}
            autoComplete="off"
            spellCheck={false}
            onChange={event => setNamed(event.target.value)}
          />
        </label>
        <CopyButton what="aws s3api put-object" text={commands} />
      </div>
      <section className={styles.shown} aria-label={words.command}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
        <pre tabIndex={0}>{commands}</pre>
      </section>
    </>
  );
}
