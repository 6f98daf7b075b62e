import type { JsonObject, MessageView } from '../../../engine/index.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { formatBytes } from '../../session/format.ts';
import { EntryLabel, EnvelopeJson, isEnvelope } from './EnvelopeEntry.tsx';
import styles from './Inspector.module.css';
import type { SeenExchange } from './inspect.ts';

/** Request and answer between you and Amazon S3, as they stood on the wire. */
export function HttpTab({ seen }: { readonly seen: SeenExchange }) {
  const { exchange, hasResponse } = seen;
  return (
    <>
      <p className={styles.note}>
        Since step {seen.step}.{' '}
        {exchange.isSecure ? 'Inside TLS: the tap sees none of it.' : 'Plain HTTP: the tap reads it all.'}
      </p>
      <Message what="request" message={exchange.request} />
      {hasResponse && exchange.response ? (
        <Message what="answer" message={exchange.response} />
      ) : (
        <p className={styles.note}>No answer yet.</p>
      )}
    </>
  );
}

/** Call and answer of AWS KMS. */
export function KmsTab({ seen }: { readonly seen: SeenExchange }) {
  const { exchange, hasResponse } = seen;
  const target = exchange.request.headers.find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  return (
    <>
      <p className={styles.note}>
        {exchange.link === 's3-kms' ? 'Amazon S3 calls AWS KMS for you' : 'You call AWS KMS'}
        {target === undefined ? '' : `: ${target.split('.').at(-1)}`}, since step {seen.step}.
      </p>
      <Message what="KMS request" message={exchange.request} />
      {hasResponse && exchange.response ? (
        <Message what="KMS answer" message={exchange.response} />
      ) : (
        <p className={styles.note}>No answer yet.</p>
      )}
    </>
  );
}

/** A JSON document with its copy button. */
export function JsonTab({ title, value }: { readonly title: string; readonly value: JsonObject }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <>
      <div className={styles.bar}>
        <h3 className={styles.title}>{title}</h3>
        <CopyButton what={title} text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        {text}
      </pre>
    </>
  );
}

function Message({ what, message }: { readonly what: string; readonly message: MessageView }) {
  const body = message.json ? JSON.stringify(message.json, null, 2) : message.bodyText;
  return (
    <>
      <div className={styles.bar}>
        <h3 className={styles.title}>{what}</h3>
        <CopyButton what={what} text={messageText(message, body)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <pre className={styles.code} tabIndex={0}>
        <b>{message.startLine}</b>
        {'\n'}
        {message.headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may repeat; its position is its identity
          <span key={index}>
            <span className={styles.name}>{name}:</span> {value}
            {'\n'}
            <EntryLabel name={name} value={value} />
          </span>
        ))}
        {'\n'}
        {message.json && isEnvelope(message.json) ? (
          <EnvelopeJson json={message.json} />
        ) : (
          (body ?? <i>{message.bodyLength === 0 ? 'no body' : `${formatBytes(message.bodyLength)} of body`}</i>)
        )}
      </pre>
    </>
  );
}

function messageText(message: MessageView, body: string | undefined): string {
  const head = [message.startLine, ...message.headers.map(([name, value]) => `${name}: ${value}`)].join('\n');
  return `${head}\n\n${body ?? ''}`;
}
