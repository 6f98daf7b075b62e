import { CLIENT_METADATA } from '../../../content/clientMetadata.ts';
import type { JsonObject, JsonValue } from '../../../engine/index.ts';
import styles from './Inspector.module.css';

const META = 'x-amz-meta-';

/** What an entry of the S3 Encryption Client is, in words, with its fact; `undefined` for every other name. */
export function explainEntry(name: string, value?: JsonValue): string | undefined {
  const short = name.toLowerCase().startsWith(META) ? name.slice(META.length).toLowerCase() : name;
  const known = Object.hasOwn(CLIENT_METADATA, short) ? CLIENT_METADATA[short] : undefined;
  if (!known) return undefined;
  const { values = {}, label, factId } = known;
  const meaning = typeof value === 'string' && Object.hasOwn(values, value) ? `: ${values[value]}` : '';
  return `${label}${meaning} (${factId})`;
}

/** Whether an object of JSON is what stands in an instruction file. */
export function isEnvelope(json: JsonObject): boolean {
  return Object.keys(json).some(name => explainEntry(name) !== undefined);
}

/** The words under an entry, when it is one of the client’s. */
export function EntryLabel({ name, value }: { readonly name: string; readonly value: JsonValue }) {
  const words = explainEntry(name, value);
  return words === undefined ? null : <span className={styles.entry}>{words}</span>;
}

/** An instruction file’s JSON, entry by entry with its words. */
export function EnvelopeJson({ json }: { readonly json: JsonObject }) {
  const entries = Object.entries(json);
  return (
    <>
      {'{\n'}
      {entries.map(([name, value], index) => (
        <span key={name}>
          {`  ${JSON.stringify(name)}: ${JSON.stringify(value)}${index < entries.length - 1 ? ',' : ''}\n`}
          <EntryLabel name={name} value={value} />
        </span>
      ))}
      {'}'}
    </>
  );
}
