import type { ReactNode } from 'react';
import type { Artifact, ArtifactId, ArtifactKind } from '../../engine/index.ts';
import styles from './ArtifactIcon.module.css';
import { KeyGlyph } from './KeyGlyph.tsx';
import { KEY_LOOKS, keyLookOf } from './keyStyle.ts';

const PAGE = 'M5 2.5h9l5 5v14H5z';
const FOLD = 'M14 2.5v5h5';

const SHAPES: Partial<Record<ArtifactKind, ReactNode>> = {
  'plaintext-object': <path d={`${PAGE}${FOLD}M8 12h8M8 15h8M8 18h5`} />,
  'instruction-file': (
    <path d={`${PAGE}${FOLD}M8 12.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 12.5h4.2v1.8M14.4 12.5v1.5M8 18h8`} />
  ),
  checksum: (
    <path d="M6 20c-1-3-1-6 0-9a6 6 0 0 1 12 0v2M9 20c-1-3-1-5.5-.4-8a3.5 3.5 0 0 1 6.9.5c0 3-.2 5-1 7.5M12 12.5c0 3 0 5-.6 7.5M18 16c0 1.5-.3 3-.7 4" />
  ),
  commitment: (
    <path d="M6 20c-1-3-1-6 0-9a6 6 0 0 1 12 0v2M9 20c-1-3-1-5.5-.4-8a3.5 3.5 0 0 1 6.9.5c0 3-.2 5-1 7.5M12 12.5c0 3 0 5-.6 7.5" />
  ),
  'log-record': (
    <path d="M7 3.5h11v14a3 3 0 0 1-3 3H6a2.5 2.5 0 0 1-2.5-2.5V17h9v1.5a2 2 0 0 0 2.5 2M7 3.5V17M10 8h5M10 11.5h5" />
  ),
  capture: <path d="M3 9q2.25-5 4.5 0t4.5 0 4.5 0 4.5 0M3 16q2.25-5 4.5 0t4.5 0 4.5 0 4.5 0" />,
  configuration: <path d="M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5" />,
};
const TAG = <path d="M3.5 12 12 3.5h8.5V12L12 20.5zM16.5 7.5v.01" />;

interface ArtifactIconProps {
  readonly artifact: Artifact;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  readonly size?: number;
}

/** What kind of thing it is, and which key locks it. Decorative: its name stands beside it. */
export function ArtifactIcon({ artifact, artifacts, size = 24 }: ArtifactIconProps) {
  const opener = artifact.lock && artifacts[artifact.lock.keyId];
  if (artifact.letter !== undefined && !opener) return <KeyGlyph look={keyLookOf(artifact)} size={size} />;
  const color = opener ? KEY_LOOKS[keyLookOf(opener)].color : 'var(--soft)';
  const inner = artifact.lock?.contents.map(id => artifacts[id]).find(content => content?.letter !== undefined);
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      style={{ color }}
      aria-hidden="true"
      focusable="false"
    >
      {shapeOf(artifact, opener, inner)}
    </svg>
  );
}

function shapeOf(artifact: Artifact, opener: Artifact | undefined, inner: Artifact | undefined): ReactNode {
  if (artifact.kind === 'ciphertext-object') return <LockedPage />;
  if (artifact.kind === 'encrypted-data-key' || artifact.kind === 'exported-key-token')
    return <Envelope inner={inner} isSealed={opener !== undefined} />;
  return SHAPES[artifact.kind] ?? (artifact.kind === 'encrypted-checksum' ? SHAPES.checksum : TAG);
}

function LockedPage() {
  return (
    <>
      <path d={`${PAGE}`} className={styles.tint} />
      <path d={`${PAGE}${FOLD}`} />
      <path d="M9.6 13.5v-1.7a2.4 2.4 0 0 1 4.8 0v1.7" />
      <rect x="8.3" y="13.3" width="7.4" height="5.2" rx="1" fill="currentColor" stroke="none" />
    </>
  );
}

/** A key lies in an envelope; the seal has the colour of the key that locked it. */
function Envelope({ inner, isSealed }: { readonly inner: Artifact | undefined; readonly isSealed: boolean }) {
  const color = inner ? KEY_LOOKS[keyLookOf(inner)].color : 'currentColor';
  return (
    <>
      <g style={{ color }} strokeWidth="1.7">
        <circle cx="8.2" cy="5.2" r="2.9" />
        <path d="M11.2 5.2h7.6v2.6M16 5.2v2.2" />
      </g>
      <path d="M2.5 9.5h19v11.5h-19z" className={styles.paper} />
      <path d="M2.5 9.5 12 16.5l9.5-7" />
      {isSealed && <circle cx="12" cy="16.2" r="2.6" fill="currentColor" stroke="none" />}
    </>
  );
}
