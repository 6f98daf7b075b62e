import type { Difference } from '../../../scene/stepDifferences.ts';
import styles from './DifferenceTable.module.css';
import { ASPECT_WORDS, type DifferenceText, textsOf } from './differenceWords.ts';

interface DifferenceTableProps {
  readonly differences: readonly Difference[];
  readonly labels: { readonly left: string; readonly right: string };
}

/** What one side has and the other has not, line by line. Nothing for a step that only one side has. */
export function DifferenceTable({ differences, labels }: DifferenceTableProps) {
  const lines = differences.flatMap(difference =>
    difference.what === 'only' ? [] : [{ ...difference, head: ASPECT_WORDS[difference.what] }],
  );
  if (lines.length === 0) return null;
  return (
    <table className={styles.table} aria-label="What differs in this row">
      <thead>
        <tr>
          <td />
          <th scope="col">{labels.left}</th>
          <th scope="col">{labels.right}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={line.what}>
            <th scope="row">{line.head}</th>
            <td>
              <Texts texts={textsOf(line, line.left)} />
            </td>
            <td>
              <Texts texts={textsOf(line, line.right)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Texts({ texts }: { readonly texts: readonly DifferenceText[] }) {
  if (texts.length === 0) return <span className={styles.none}>not here</span>;
  return (
    <ul className={styles.texts}>
      {texts.map(({ text, isCode }) => (
        <li key={text}>{isCode ? <code>{text}</code> : text}</li>
      ))}
    </ul>
  );
}
