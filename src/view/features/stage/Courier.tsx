import * as m from 'framer-motion/m';
import type { Artifact } from '../../../engine/index.ts';
import { KeyGlyph } from '../../ui/KeyGlyph.tsx';
import { keyLookOf } from '../../ui/keyStyle.ts';
import styles from './Connectors.module.css';
import { COURIER_SIZE, type Point, pacesOf } from './route.ts';
import { ROUTE_SECONDS } from './schedule.ts';

interface CourierProps {
  readonly artifact: Artifact;
  readonly points: readonly Point[];
  /** Seconds until it sets out. */
  readonly delay: number;
}

/** A key on a way that is too narrow for its token: its drawing alone, which is gone when the token is there. */
export function Courier({ artifact, points, delay }: CourierProps) {
  const times = pacesOf(points);
  const x = points.map(point => point.x - COURIER_SIZE / 2);
  const y = points.map(point => point.y - COURIER_SIZE / 2);
  return (
    <m.div
      className={styles.courier}
      data-courier={artifact.id}
      aria-hidden="true"
      initial={{ x: x[0] ?? 0, y: y[0] ?? 0, opacity: 1 }}
      animate={{ x, y, opacity: points.map((_, index) => (index === points.length - 1 ? 0 : 1)) }}
      transition={{ duration: ROUTE_SECONDS, delay, times, ease: 'linear' }}
    >
      <KeyGlyph look={keyLookOf(artifact)} size={COURIER_SIZE} />
    </m.div>
  );
}
