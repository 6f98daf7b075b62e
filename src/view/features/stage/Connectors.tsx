import * as m from 'framer-motion/m';
import type { Artifact, ArtifactId } from '../../../engine/index.ts';
import { KEY_LOOKS, keyLookOf } from '../../ui/keyStyle.ts';
import styles from './Connectors.module.css';
import type { Connector } from './connectors.ts';

interface ConnectorsProps {
  readonly connectors: readonly Connector[];
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  /** Seconds until an event begins, by its index. */
  readonly starts: ReadonlyMap<number, number>;
  readonly width: number;
  readonly height: number;
  readonly isMotionOff: boolean;
}

/** Arrows of the current step, under the tokens. The words for them are in the tokens' names and in the text. */
export function Connectors({ connectors, artifacts, starts, width, height, isMotionOff }: ConnectorsProps) {
  return (
    <svg
      className={styles.overlay}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      {connectors.map(({ id, event, line, head, keyId, isMain, label }) => {
        const opener = keyId === undefined ? undefined : artifacts[keyId];
        return (
          <m.g
            key={id}
            className={styles.arrow}
            data-main={isMain}
            style={opener ? { color: KEY_LOOKS[keyLookOf(opener)].color } : {}}
            initial={isMotionOff ? false : { opacity: 0 }}
            animate={{ opacity: 1 }}
            transition={{ duration: isMotionOff ? 0 : 0.3, delay: isMotionOff ? 0 : (starts.get(event) ?? 0) + 0.1 }}
          >
            <path d={line} vectorEffect="non-scaling-stroke" />
            <path d={head} vectorEffect="non-scaling-stroke" />
            {label && (
              <text x={label.x + 10} y={label.y + 4} className={styles.label}>
                {label.text}
              </text>
            )}
          </m.g>
        );
      })}
    </svg>
  );
}
