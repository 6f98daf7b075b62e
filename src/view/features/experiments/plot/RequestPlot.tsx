import { type ReactNode, useMemo } from 'react';
import type { FactId } from '../../../../engine/index.ts';
import type { AskedRequest } from '../../../../scene/requestsOf.ts';
import {
  answerWords,
  costWords,
  countWords,
  type PlayedAct,
  type PlotRow,
  PRICE_FACTS,
  plotRows,
  requestWords,
} from './plotRows.ts';
import styles from './RequestPlot.module.css';

interface RequestPlotProps {
  readonly acts: readonly PlayedAct[];
  readonly renderSources: (facts: readonly FactId[], about: string) => ReactNode;
}

/** How often S3 asked KMS, request after request, in each act: a drawing, and the same as a table. */
export function RequestPlot({ acts, renderSources }: RequestPlotProps) {
  const rows = useMemo(() => plotRows(acts), [acts]);
  if (rows.length === 0) return null;
  const cost = costWords(rows);
  return (
    <section className={styles.plot} aria-labelledby="experiment-plot">
      <h3 id="experiment-plot">How often S3 asked KMS</h3>
      <p>Requests to KMS: {countWords(rows)}.</p>
      <Drawing rows={rows} />
      <details className={styles.table}>
        <summary>The same as a table</summary>
        <Table rows={rows} />
      </details>
      {cost !== undefined && (
        <div className={styles.cost}>
          <p>{cost}</p>
          <div className={styles.sources}>{renderSources(PRICE_FACTS, 'what requests to KMS cost')}</div>
        </div>
      )}
    </section>
  );
}

/** Hidden from screen readers, who have the table. */
function Drawing({ rows }: { readonly rows: readonly PlotRow[] }) {
  const most = Math.max(1, ...rows.map(({ kms }) => kms));
  const requests = rows.flatMap(row => row.requests);
  const hasRefused = requests.some(({ refused }) => refused > 0);
  const hasBefore = requests.some(({ kms, kmsSoFar }) => kmsSoFar > kms);
  return (
    <div className={styles.drawing} aria-hidden="true">
      {rows.map(row => (
        <div key={row.label} className={styles.row}>
          <span className={styles.label}>{row.label}</span>
          <div className={styles.columns}>
            {row.requests.map((request, position) => (
              <Column key={request.exchange} request={request} position={position} most={most} />
            ))}
          </div>
        </div>
      ))}
      <p className={styles.legend}>
        <span>
          <i className={styles.own} /> S3 asks KMS for this request
        </span>
        {hasBefore && (
          <span>
            <i className={styles.before} /> for those before
          </span>
        )}
        {hasRefused && (
          <span>
            <i className={styles.own} data-refused="true" /> KMS says no
          </span>
        )}
        <span>Below: the request to S3, and S3’s answer</span>
      </p>
    </div>
  );
}

interface ColumnProps {
  readonly request: AskedRequest;
  readonly position: number;
  /** Calls to KMS that fill the height. */
  readonly most: number;
}

function Column({ request, position, most }: ColumnProps) {
  const { kms, kmsSoFar, refused, status } = request;
  const heightOf = (calls: number) => ({ height: `${(100 * calls) / most}%` });
  const isFine = status !== undefined && status < 400;
  return (
    <div className={styles.column}>
      <div className={styles.bar}>
        <span className={styles.count}>{kmsSoFar}</span>
        {kms > refused && <i className={styles.own} style={heightOf(kms - refused)} />}
        {refused > 0 && <i className={styles.own} data-refused="true" style={heightOf(refused)} />}
        {kmsSoFar > kms && <i className={styles.before} style={heightOf(kmsSoFar - kms)} />}
      </div>
      <span className={styles.number}>{position + 1}</span>
      <span className={styles.status} data-fine={isFine}>
        {isFine ? '' : '× '}
        {status ?? '–'}
      </span>
    </div>
  );
}

function Table({ rows }: { readonly rows: readonly PlotRow[] }) {
  return (
    <table>
      <caption>Requests to S3 in order, and the requests to KMS that each caused</caption>
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Request to S3</th>
          <th scope="col">S3 answers</th>
          <th scope="col">KMS asked</th>
          <th scope="col">So far</th>
        </tr>
      </thead>
      {rows.map(({ label, requests }) => (
        <tbody key={label}>
          {requests.map((request, position) => (
            <tr key={request.exchange}>
              {position === 0 && (
                <th scope="rowgroup" rowSpan={requests.length}>
                  {label}
                </th>
              )}
              <td>
                {position + 1}. {requestWords(request)}
              </td>
              <td>{answerWords(request)}</td>
              <td>{request.refused > 0 ? `${request.kms}, refused ${request.refused}` : request.kms}</td>
              <td>{request.kmsSoFar}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
