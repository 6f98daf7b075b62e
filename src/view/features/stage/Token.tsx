import * as m from 'framer-motion/m';
import type { Artifact, ArtifactId, Place } from '../../../engine/index.ts';
import { ArtifactIcon } from '../../ui/ArtifactIcon.tsx';
import { plainName } from '../../ui/ArtifactName.tsx';
import { KEY_LOOKS, keyLookOf } from '../../ui/keyStyle.ts';
import { LockBadge } from '../../ui/LockBadge.tsx';
import { lockChain } from '../../ui/lockChain.ts';
import type { Rect } from './rect.ts';
import { ACT_SECONDS } from './schedule.ts';
import styles from './Token.module.css';
import type { Entry } from './tokensOf.ts';
import type { RovingProps } from './useRoving.ts';
import { bytesLine, tokenLabel } from './words.ts';

interface TokenProps {
  readonly id: string;
  readonly artifact: Artifact;
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  readonly place: Place;
  /** The place as it ends a sentence; absent: as ever. */
  readonly placeWords?: string | undefined;
  /** Its slot, from its room's corner. */
  readonly box: Rect;
  /** Where it comes from, as a distance from its slot; `'made'` for what is made here; nothing when it just lies here. */
  readonly entry?: Entry;
  /** Seconds until it sets out or is made. */
  readonly delay: number;
  readonly mark: 'main' | 'new' | 'none';
  /** Lies in the network in the open. */
  readonly isExposed: boolean;
  readonly isSelected: boolean;
  readonly isMotionOff: boolean;
  readonly onSelect: () => void;
  readonly roving: RovingProps;
}

const MADE = { opacity: 0, scale: 0.9, x: 0, y: 0 };
const REST = { opacity: 1, scale: 1, x: 0, y: 0 };

/** An artifact where it lies: its icon, name and first bytes; a key in its colour, a locked thing with its locks. */
export function Token(props: TokenProps) {
  const { artifact, artifacts, place, placeWords, box, entry, delay, mark, isMotionOff } = props;
  const openers = lockChain(artifact, artifacts);
  const opener = openers[0];
  const key = opener ?? (artifact.letter === undefined ? undefined : artifact);
  const color = key && KEY_LOOKS[keyLookOf(key)].color;
  const isRow = box.w > 290;
  const initial =
    entry === undefined || isMotionOff ? false : entry === 'made' ? MADE : { ...REST, x: entry.x, y: entry.y };
  return (
    <m.button
      type="button"
      className={styles.token}
      data-token={props.id}
      data-mark={mark}
      data-look={opener ? 'locked' : key ? 'key' : 'plain'}
      data-row={isRow}
      data-compact={box.h < 40}
      data-tight={box.w < 164}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h, ...(color ? { borderColor: color } : {}) }}
      initial={initial}
      animate={isMotionOff ? REST : restOf(entry)}
      transition={
        isMotionOff
          ? { duration: 0 }
          : { duration: entry === 'made' ? 0.35 : ACT_SECONDS, delay, ease: [0.3, 0, 0.1, 1] }
      }
      aria-label={tokenLabel(artifact, artifacts, place, mark !== 'none', placeWords)}
      aria-pressed={props.isSelected}
      title={plainName(artifact)}
      onClick={props.onSelect}
      {...props.roving}
    >
      <ArtifactIcon artifact={artifact} artifacts={artifacts} size={20} />
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi className={styles.label}>{artifact.name}</bdi>
          {artifact.letter !== undefined && <b style={{ color }}>{artifact.letter}</b>}
        </span>
        <span
          className={artifact.isHandle ? styles.note : styles.bytes}
          style={isRow ? {} : { paddingRight: openers.length * 34 + (props.isExposed ? 22 : 0) }}
        >
          {bytesLine(artifact, place)}
        </span>
      </span>
      {props.isExposed && <OpenEye />}
      {openers.length > 0 && (
        <span className={styles.badge}>
          <LockBadge openers={openers} />
        </span>
      )}
      {mark === 'new' && <span className={styles.dot} aria-hidden="true" />}
    </m.button>
  );
}

/** Where it comes to rest, by way of the corner of its way if that has one. */
function restOf(entry: Entry | undefined) {
  if (entry === undefined || entry === 'made' || entry.turn === undefined) return REST;
  const { x, y, turn } = entry;
  return turn === 'down-first' ? { ...REST, x: [x, x, 0], y: [y, 0, 0] } : { ...REST, x: [x, 0, 0], y: [y, y, 0] };
}

function OpenEye() {
  return (
    <svg className={styles.eye} viewBox="0 0 18 12" width="16" height="11" aria-hidden="true" focusable="false">
      <path d="M1 6c4-6.4 12-6.4 16 0-4 6.4-12 6.4-16 0z" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle cx="9" cy="6" r="2.4" fill="currentColor" />
    </svg>
  );
}
