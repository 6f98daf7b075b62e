import * as m from 'framer-motion/m';
import type { Artifact } from '../../../engine/index.ts';
import { plainName } from '../../ui/ArtifactName.tsx';
import { KeyGlyph } from '../../ui/KeyGlyph.tsx';
import { KEY_LOOKS, keyLookOf } from '../../ui/keyStyle.ts';
import styles from './Ghost.module.css';
import type { Rect } from './rect.ts';

interface GhostProps {
  readonly artifact: Artifact;
  /** The slot it had, from its room's corner. */
  readonly box: Rect;
  /** Overwritten with zeros, or only let go of. */
  readonly isZeroized: boolean;
  /** Seconds until it breaks; so long it is whole. */
  readonly delay: number;
  readonly isMotionOff: boolean;
}

/** How a key breaks: a piece of its drawing each, and where the piece comes to rest. */
const PIECES = [
  { clipPath: 'polygon(0 0, 38% 0, 26% 100%, 0 100%)', x: -1.5, y: 1.5, rotate: -14 },
  { clipPath: 'polygon(38% 0, 66% 0, 58% 52%, 33% 48%)', x: 0.5, y: -3, rotate: 9 },
  { clipPath: 'polygon(33% 48%, 58% 52%, 62% 100%, 26% 100%)', x: 1, y: 3.5, rotate: -8 },
  { clipPath: 'polygon(66% 0, 100% 0, 100% 100%, 62% 100%)', x: 4, y: 1.5, rotate: 20 },
] as const;

/** Shards of the whole token, which drift apart and fade. */
const SHARDS = [
  { clipPath: 'polygon(0 0, 22% 0, 31% 55%, 0 78%)', x: -9, y: -7, rotate: -7 },
  { clipPath: 'polygon(22% 0, 58% 0, 47% 62%, 31% 55%)', x: -2, y: -12, rotate: 5 },
  { clipPath: 'polygon(58% 0, 100% 0, 100% 40%, 47% 62%)', x: 10, y: -8, rotate: 8 },
  { clipPath: 'polygon(0 78%, 31% 55%, 47% 62%, 38% 100%, 0 100%)', x: -8, y: 9, rotate: 6 },
  { clipPath: 'polygon(47% 62%, 100% 40%, 100% 100%, 38% 100%)', x: 9, y: 10, rotate: -6 },
] as const;

const WHOLE = { x: 0, y: 0, rotate: 0 };

/** What a discarded thing leaves behind until the step ends: an empty outline, and for a key its pieces. */
export function Ghost({ artifact, box, isZeroized, delay, isMotionOff }: GhostProps) {
  const isKey = artifact.letter !== undefined;
  const look = keyLookOf(artifact);
  const { color } = KEY_LOOKS[look];
  const slow = isMotionOff ? { duration: 0 } : { duration: 0.55, delay, ease: [0.2, 0.6, 0.2, 1] as const };
  const later = { animationDelay: `${delay}s` };
  return (
    <div
      className={styles.ghost}
      data-ghost={artifact.id}
      data-compact={box.h < 40}
      data-moving={!isMotionOff}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h, ...(isKey ? { borderColor: color } : {}) }}
      role="img"
      aria-label={`${plainName(artifact)}, discarded: ${isZeroized ? 'overwritten with zeros' : 'let go'}`}
      title={plainName(artifact)}
    >
      {isKey && !isMotionOff && (
        <span className={styles.burst}>
          {SHARDS.map(({ clipPath, ...rest }) => (
            <m.span
              key={clipPath}
              className={styles.shard}
              style={{ clipPath, color }}
              initial={{ ...WHOLE, opacity: 1 }}
              animate={{ ...rest, opacity: 0 }}
              transition={{ duration: 0.8, delay, ease: [0.2, 0.6, 0.2, 1] }}
            />
          ))}
        </span>
      )}
      {isKey && (
        <span className={styles.pieces}>
          {PIECES.map(({ clipPath, ...rest }) => (
            <m.span
              key={clipPath}
              className={styles.piece}
              style={{ clipPath }}
              initial={isMotionOff ? false : WHOLE}
              animate={rest}
              transition={slow}
            >
              <KeyGlyph look={look} size={22} />
            </m.span>
          ))}
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.name}>
          <bdi className={styles.label} style={later}>
            {artifact.name}
          </bdi>
          {isKey && <b style={{ color }}>{artifact.letter}</b>}
        </span>
        <span className={styles.fate} style={later}>
          {isZeroized ? 'zeros 00 00 00 00' : 'let go'}
        </span>
      </span>
    </div>
  );
}
