import { useMemo } from 'react';
import type { Trace } from '../../../engine/index.ts';
import { clientSideOf } from '../../../scene/clientSide.ts';
import { custodyAt, type Holder } from '../../../scene/custody.ts';
import type { Scene } from '../../../scene/fold.ts';
import { KeyGlyph } from '../../ui/KeyGlyph.tsx';
import { KEY_LOOKS, keyLookOf } from '../../ui/keyStyle.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './CustodyTable.module.css';

const HOLDERS: Readonly<Record<Exclude<Holder, 'you'>, string>> = {
  network: 'Network tap',
  's3-memory': 'S3 memory',
  's3-disk': 'S3 disks',
  's3-keys': 'S3 key store',
  kms: 'AWS KMS',
  audit: 'CloudTrail',
};

interface CustodyTableProps {
  readonly trace: Trace;
  readonly scene: Scene;
}

/** Who can read the object and the keys right now; what changed in this step is marked. */
export function CustodyTable({ trace, scene }: CustodyTableProps) {
  const custody = useMemo(() => custodyAt(trace, scene), [trace, scene]);
  const side = clientSideOf(trace.run);
  const you = side.as === '' ? side.holder : `${side.holder}, ${side.as}`;
  return (
    <div className={styles.custody}>
      <h2 className={styles.heading}>Who can read it, now</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label="Custody table">
        <table className={styles.table} data-many={custody.subjects.length > 5}>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>Holder</VisuallyHidden>
              </th>
              {custody.subjects.map(({ artifact, label }) => {
                const subject = trace.artifacts[artifact];
                return (
                  <th key={artifact} scope="col" title={label}>
                    {subject?.letter === undefined ? (
                      'object'
                    ) : (
                      <span className={styles.key} style={{ color: KEY_LOOKS[keyLookOf(subject)].color }}>
                        <KeyGlyph look={keyLookOf(subject)} size={22} />
                        <span aria-hidden="true">{subject.letter}</span>
                        <VisuallyHidden>{label}</VisuallyHidden>
                      </span>
                    )}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {custody.rows.map(row => (
              <tr key={row.holder}>
                <th scope="row">{row.holder === 'you' ? you : HOLDERS[row.holder]}</th>
                {custody.subjects.map(({ artifact }, index) => (
                  <td key={artifact} data-yes={row.cells[index]} data-changed={row.changedCells[index]}>
                    {row.cells[index] ? 'yes' : 'no'}
                    {row.changedCells[index] && (
                      <>
                        <span className={styles.changed} aria-hidden="true" />
                        <VisuallyHidden>, changed in this step</VisuallyHidden>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
