import { useStore } from 'zustand';
import type { ClientFormat, EnvelopePlace } from '../../../engine/index.ts';
import { Segmented } from '../../parts/Segmented.tsx';
import type { Session } from '../../session/session.ts';
import styles from './Settings.module.css';

const FORMATS: readonly { readonly value: ClientFormat; readonly text: string }[] = [
  { value: 'v3', text: 'V3' },
  { value: 'v2', text: 'V2' },
];
const FORMAT_LINES: Readonly<Record<ClientFormat, string>> = {
  v3: 'V3 stores a key commitment: the object opens under one data key only.',
  v2: 'V2 has no key commitment. Clients wrote it by default until the end of 2025.',
};
const PLACES: readonly { readonly value: EnvelopePlace; readonly text: string }[] = [
  { value: 'metadata', text: 'Metadata' },
  { value: 'instruction-file', text: 'Instruction file' },
];
const PLACE_LINES: Readonly<Record<EnvelopePlace, string>> = {
  metadata: 'The encrypted data key travels in the metadata of the object.',
  'instruction-file':
    'The encrypted data key lies in an object of its own beside yours, named after it with .instruction.',
};

/** Client-side modes: which format, and where the envelope goes. */
export function ClientOptions({ session }: { readonly session: Session }) {
  const format = useStore(session, state => state.spec.format ?? 'v3');
  const envelope = useStore(session, state => state.spec.envelope ?? 'metadata');
  const { choose } = session.actions;
  return (
    <>
      <div className={styles.row}>
        <span>Format</span>
        <Segmented label="Format" value={format} options={FORMATS} onChoose={value => choose({ format: value })} />
        <p className={styles.line}>{FORMAT_LINES[format]}</p>
      </div>
      <div className={styles.row}>
        <span>Envelope</span>
        <Segmented label="Envelope" value={envelope} options={PLACES} onChoose={value => choose({ envelope: value })} />
        <p className={styles.line}>{PLACE_LINES[envelope]}</p>
      </div>
    </>
  );
}
