import type { DecidedEvent } from '../../../engine/index.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import styles from './Inspector.module.css';

/** Which gate said what, and which statements made it say so. */
export function DecisionTab({ event }: { readonly event: DecidedEvent }) {
  const { decision } = event;
  const conditions = Object.entries(decision.conditionValues);
  return (
    <>
      <div className={styles.bar}>
        <h3 className={styles.title}>
          {decision.gate === 's3' ? 'Amazon S3' : 'AWS KMS'} says {decision.isAllowed ? 'yes' : 'no'}
        </h3>
        <CopyButton what="decision as JSON" text={JSON.stringify(decision, null, 2)} />
      </div>
      <p>{decision.because}</p>
      <dl className={styles.facts}>
        <dt>Who</dt>
        <dd>
          <code>{decision.principal}</code>
        </dd>
        <dt>Wants</dt>
        <dd>
          <code>{decision.action}</code>
        </dd>
        <dt>On</dt>
        <dd>
          <code>{decision.resource}</code>
        </dd>
        <dt>Settled by</dt>
        <dd>{decision.settledBy.replaceAll('-', ' ')}</dd>
      </dl>
      <div className={styles.wide}>
        <table className={styles.table}>
          <caption>Statements</caption>
          <thead>
            <tr>
              <th scope="col">Statement</th>
              <th scope="col">Effect</th>
              <th scope="col">Applies</th>
            </tr>
          </thead>
          <tbody>
            {decision.statements.map(statement => (
              <tr key={`${statement.policy} ${statement.sid}`} data-match={statement.isMatch}>
                <th scope="row">
                  {statement.sid}
                  <small>{statement.policy} policy</small>
                </th>
                <td>{statement.effect}</td>
                <td>
                  {statement.isMatch ? 'yes' : 'no'}
                  <small>{statement.because}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {decision.statements.length === 0 && <p className={styles.note}>No statement was looked at.</p>}
      </div>
      {conditions.length > 0 && (
        <dl className={styles.facts}>
          {conditions.map(([name, value]) => (
            <div key={name} className={styles.pair}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
