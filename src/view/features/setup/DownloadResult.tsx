import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../../session/format.ts';
import type { Session } from '../../session/session.ts';
import styles from './DownloadResult.module.css';
import { excerptOf, type Preview, previewOf } from './preview.ts';

/** What a download brought back, once the run has shown how: a look at it, and a way to keep it. */
export function DownloadResult({ session }: { readonly session: Session }) {
  const download = useStore(session, state => state.download);
  const comparison = useStore(session, state => state.comparison);
  const name = useStore(session, state => state.trace?.objectName ?? 'object');
  const former = useStore(session, state => state.formerDownload);
  const isLesson = useStore(session, state => state.trace?.run.lesson !== undefined);
  const isAtEnd = useStore(session, state => state.trace !== undefined && state.events >= state.trace.events.length);
  const [shown, setShown] = useState<{
    readonly url: string;
    readonly preview: Preview;
    readonly excerpt: string;
    readonly before?: string;
  }>();
  useEffect(() => {
    if (!download) return setShown(undefined);
    const url = URL.createObjectURL(download);
    let isWanted = true;
    Promise.all([previewOf(download), excerptOf(download), former && excerptOf(former.content)]).then(
      ([preview, excerpt, before]) => {
        if (isWanted) setShown({ url, preview, excerpt, ...(before === undefined ? {} : { before }) });
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
      URL.revokeObjectURL(url);
    };
  }, [download, former]);
  if (!download || !isAtEnd || !shown) return null;
  const { url, preview, excerpt, before } = shown;
  return (
    <section className={styles.result} aria-label="What you downloaded">
      <div className={styles.head}>
        <p>
          <b>{name}</b> · {formatBytes(download.size)}
          {comparison === 'same' && <span> · byte for byte the same as what you uploaded</span>}
          {comparison === 'different' && <strong> · not the bytes you uploaded</strong>}
        </p>
        <a className={styles.save} href={url} download={name}>
          Save
        </a>
      </div>
      {isLesson && (
        <dl className={styles.excerpts}>
          {former && before !== undefined && before !== excerpt && (
            <>
              <dt>In act {former.act + 1}</dt>
              <dd>{before}</dd>
              <dt>Now</dt>
            </>
          )}
          <dd>{excerpt === '' ? '(empty)' : excerpt}</dd>
        </dl>
      )}
      {/* An image that came back as other bytes is none: the excerpt says more. */}
      {!(preview.kind === 'image' && comparison === 'different') && (
        <details>
          <summary>Look inside</summary>
          {preview.kind === 'image' && <img src={url} alt={`Content of ${name}`} />}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
          {preview.kind !== 'image' && <pre tabIndex={0}>{preview.text}</pre>}
        </details>
      )}
    </section>
  );
}
