import type { Artifact, ArtifactId } from '../../../engine/index.ts';
import { plainName } from '../../ui/ArtifactName.tsx';
import { spacedHex } from '../../ui/HexLine.tsx';
import { KEY_LOOKS, keyLookOf } from '../../ui/keyStyle.ts';
import { LockBadge } from '../../ui/LockBadge.tsx';
import type { Rect } from './rect.ts';
import styles from './TapRecord.module.css';
import { readableText } from './words.ts';

interface TapRecordProps {
  /** Everything on the network that is not a token, in the order in which it was recorded. */
  readonly held: readonly Artifact[];
  readonly artifacts: Readonly<Record<ArtifactId, Artifact>>;
  /** From the room's corner. */
  readonly box: Rect;
  readonly isNew: boolean;
}

/** What somebody who listens has on tape: the first bytes of the newest record; as text where nothing locks it. */
export function TapRecord({ held, artifacts, box, isNew }: TapRecordProps) {
  const capture = held.findLast(artifact => artifact.kind === 'capture');
  const shares = held.filter(artifact => artifact.kind === 'key-share').length;
  const opener = capture?.lock && artifacts[capture.lock.keyId];
  const text = capture && !capture.lock ? readableText(capture.head) : undefined;
  return (
    <div
      className={styles.tap}
      data-new={isNew}
      style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
      data-tap={capture ? (opener ? 'locked' : 'open') : 'empty'}
    >
      {capture && (
        <p
          className={text === undefined ? styles.bytes : styles.text}
          style={opener ? { borderColor: KEY_LOOKS[keyLookOf(opener)].color } : undefined}
        >
          {opener && (
            <span className={styles.badge}>
              <LockBadge openers={[opener]} />
            </span>
          )}
          <span className={styles.content}>{text ?? `${spacedHex(capture.head, 48)} …`}</span>
        </p>
      )}
      <p className={styles.caption}>
        {!capture && shares === 0 && 'nothing recorded yet'}
        {!capture && shares > 0 && `${shares} key share${shares === 1 ? '' : 's'}, public: no key follows from them`}
        {capture && opener && `noise to a tap without ${plainName(opener).replaceAll(' ', '\u00a0')}`}
        {capture && !opener && 'a tap reads every word'}
      </p>
    </div>
  );
}
