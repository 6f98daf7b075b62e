import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import type { Artifact, ArtifactId, Field } from '../../../engine/index.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { formatBytes, formatCount } from '../../session/format.ts';
import { ArtifactName } from '../../ui/ArtifactName.tsx';
import { LockBadge } from '../../ui/LockBadge.tsx';
import { lockChain } from '../../ui/lockChain.ts';
import { explainEntry } from './EnvelopeEntry.tsx';
import { HexDump } from './HexDump.tsx';
import styles from './Inspector.module.css';

interface BytesTabProps {
  readonly artifact: Artifact;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
}

/** One artifact: what it is, which key opens it, its labelled fields and its bytes. */
export function BytesTab({ artifact, artifacts }: BytesTabProps) {
  const [field, setField] = useState<Field>();
  const chain = lockChain(artifact, artifacts);
  return (
    <>
      <h3 className={styles.title}>
        <ArtifactName artifact={artifact} />
        {chain.length > 0 && <LockBadge openers={chain} />}
      </h3>
      <dl className={styles.facts}>
        <dt>Length</dt>
        <dd>{artifact.byteLength === undefined ? 'not given out' : lengthText(artifact.byteLength)}</dd>
        <dt>{isSampled(artifact) ? 'Fingerprint (of samples)' : 'Fingerprint'}</dt>
        <dd>
          <code>{artifact.fingerprint}</code>
        </dd>
        <dt>Opened by</dt>
        <dd>
          {artifact.lock && chain.length > 0 ? (
            <Openers chain={chain} algorithm={artifact.lock.algorithm} />
          ) : (
            'nothing: it is not locked'
          )}
        </dd>
      </dl>
      {artifact.isHandle ? (
        <p className={styles.note}>
          A handle: the browser keeps these bytes; this run can use them, but not read them.
        </p>
      ) : (
        <>
          {artifact.fields.length > 0 && <FieldList fields={artifact.fields} current={field} onChoose={setField} />}
          <div className={styles.bar}>
            <CopyButton what="bytes as hex" text={artifact.head} />
          </div>
          <HexDump artifact={artifact} columns={8} field={field} />
        </>
      )}
    </>
  );
}

/** `data key A (AES-256-GCM)`; the outermost first when there are more. */
function Openers({ chain, algorithm }: { readonly chain: readonly Artifact[]; readonly algorithm: string }) {
  return chain.map((opener, index) => (
    <Fragment key={opener.id}>
      {index > 0 ? ', then ' : chain.length > 1 && 'first '}
      <ArtifactName artifact={opener} />
      {index === 0 && ` (${algorithm})`}
    </Fragment>
  ));
}

function isSampled(artifact: Artifact): boolean {
  return 'isSampled' in artifact && artifact.isSampled === true;
}

function lengthText(count: number): string {
  return count < 1024 ? formatBytes(count) : `${formatBytes(count)} (${formatCount(count)} bytes)`;
}

interface FieldListProps {
  readonly fields: readonly Field[];
  readonly current: Field | undefined;
  readonly onChoose: (field: Field | undefined) => void;
}

/** The labelled parts, one tab stop for all; up and down go from part to part. */
function FieldList({ fields, current, onChoose }: FieldListProps) {
  const list = useRef<HTMLUListElement>(null);
  const at = Math.max(0, current ? fields.indexOf(current) : 0);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -at, End: fields.length - 1 - at }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(fields.length - 1, at + by));
    onChoose(fields[next]);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <ul ref={list} className={styles.fields} aria-label="Parts" onKeyDown={onKeyDown}>
      {fields.map((field, index) => (
        <li key={`${field.label} ${field.start}`}>
          <button
            type="button"
            tabIndex={index === at ? 0 : -1}
            aria-pressed={field === current}
            onClick={() => onChoose(field === current ? undefined : field)}
          >
            <span>
              {field.label}
              <FieldWords label={field.label} />
            </span>
            <span className={styles.range}>
              {field.end - field.start === 1
                ? `byte ${formatCount(field.start)}`
                : `bytes ${formatCount(field.start)} to ${formatCount(field.end - 1)}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Entries of an instruction file are named as they stand there: these are the words for them. */
function FieldWords({ label }: { readonly label: string }) {
  const words = explainEntry(label);
  return words === undefined ? null : <span className={styles.words}>{words}</span>;
}
