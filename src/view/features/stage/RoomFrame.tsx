import type { ReactNode } from 'react';
import type { RoomBox } from './layoutStage.ts';
import styles from './Room.module.css';

interface RoomFrameProps {
  readonly room: RoomBox;
  /** Something happens here in this step. */
  readonly isActive: boolean;
  /** Full name for screen readers; a boundary around other rooms has none. */
  readonly name?: string;
  readonly children?: ReactNode;
}

/** A room with its walls and its label. Its things are placed from its corner. */
export function RoomFrame({ room, isActive, name, children }: RoomFrameProps) {
  const box = { left: room.x, top: room.y, width: room.w, height: room.h };
  const label = (
    <span className={styles.label} aria-hidden="true">
      {room.label}
      {room.sub !== '' && <i> {room.sub}</i>}
    </span>
  );
  const data = {
    'data-room': room.id,
    'data-frame': room.frame,
    'data-corners': room.corners,
    'data-active': isActive,
  };
  if (name === undefined) {
    return (
      <div className={styles.room} style={box} {...data}>
        {label}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups the things of a room
    <div className={styles.room} style={box} role="group" aria-label={name} {...data}>
      <span className={styles.edge} aria-hidden="true" />
      {label}
      {children}
    </div>
  );
}
