import { Fragment, useEffect, useRef } from 'react';
import type { Artifact, Field } from '../../../engine/index.ts';
import { formatCount } from '../../session/format.ts';
import styles from './HexDump.module.css';
import { type HexRow, hexRows } from './hexRows.ts';

interface HexDumpProps {
  readonly artifact: Artifact;
  readonly columns: 8 | 16;
  /** The part to light up. */
  readonly field: Field | undefined;
}

/** First and last bytes in hexadecimal and as text. */
export function HexDump({ artifact, columns, field }: HexDumpProps) {
  const scroller = useRef<HTMLElement>(null);
  const length = artifact.byteLength ?? artifact.head.length / 2;
  const tailStart = length - artifact.tail.length / 2;
  const head = hexRows(artifact.head, 0, columns);
  const tail = artifact.tail === '' ? [] : hexRows(artifact.tail, tailStart, columns);
  const left = tailStart - artifact.head.length / 2;
  useEffect(() => {
    const lit = field && scroller.current?.querySelector<HTMLElement>('[data-lit="true"]');
    if (lit && scroller.current) scroller.current.scrollTop = Math.max(0, lit.offsetTop - 24);
  }, [field]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section ref={scroller} className={styles.dump} aria-label={`Bytes of ${artifact.name}`} tabIndex={0}>
      {head.map(row => (
        <Row key={row.offset} row={row} field={field} />
      ))}
      {left > 0 && <p className={styles.gap}>… {formatCount(left)} bytes …</p>}
      {tail.map(row => (
        <Row key={row.offset} row={row} field={field} />
      ))}
      {length === 0 && <p className={styles.gap}>no bytes</p>}
    </section>
  );
}

function Row({ row, field }: { readonly row: HexRow; readonly field: Field | undefined }) {
  const isLit = (position: number) => field !== undefined && position >= field.start && position < field.end;
  return (
    <div className={styles.row}>
      <span className={styles.offset}>{row.offset.toString(16).padStart(4, '0')}</span>
      <span className={styles.hex}>
        {row.bytes.map((byte, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte is known by its position
          <Fragment key={index}>
            <span data-lit={isLit(row.offset + index)}>{byte}</span>{' '}
          </Fragment>
        ))}
      </span>
      <span className={styles.text} aria-hidden="true">
        {row.text}
      </span>
    </div>
  );
}
