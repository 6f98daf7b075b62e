import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ExperimentPlan } from '../../../engine/index.ts';
import { useMedia } from '../../parts/useMedia.ts';
import type { Session } from '../../session/session.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './BytePicker.module.css';
import { type Flip, type Piece, pieceOf } from './pieces.ts';
import { playActs, seedFor } from './playActs.ts';
import { PIECE_WORDS } from './words.ts';

interface BytePickerProps {
  readonly session: Session;
  readonly plan: ExperimentPlan;
  readonly flip: Flip;
  /** Absent: the plan's own byte. */
  readonly chosen: number | undefined;
  readonly onChoose: (byte: number) => void;
}

/** The bytes on the disks before anything is wrong; the learner says which one loses a bit. One tab stop, arrow keys inside. */
export function BytePicker({ session, plan, flip, chosen, onChoose }: BytePickerProps) {
  const { piece, problem, retry } = usePiece(session, plan, flip);
  const { bytes, size, planned } = piece;
  const columns = useMedia('(max-width: 699px)') ? 8 : 16;
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const current = bytes.find(({ index }) => index === (chosen ?? planned)) ?? bytes[0];

  const onKeyDown = (event: KeyboardEvent, position: number) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = bytes[nextPosition(event.key, position, columns, bytes.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.index);
    buttons.current.get(next.index)?.focus();
  };

  return (
    <section className={styles.picker} aria-labelledby="byte-title">
      <h3 id="byte-title">Which byte shall lose a bit?</h3>
      <p>
        This is {PIECE_WORDS[flip.piece]}, as it lies on S3’s disks
        {bytes.length > 0 && lengthWords(bytes.length, size, bytes[0]?.index === 0)}.
      </p>
      {problem !== undefined && (
        <p role="alert">
          The bytes could not be fetched: {problem} <Button onClick={retry}>Try again</Button>
        </p>
      )}
      {bytes.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a toolbar-like group; a fieldset brings a legend and borders.
        <div role="group" aria-label="Bytes" className={styles.grid} data-columns={columns}>
          {bytes.map(({ index, hex, label }, position) => (
            <button
              key={index}
              ref={element => {
                if (element) buttons.current.set(index, element);
                else buttons.current.delete(index);
              }}
              type="button"
              className={styles.byte}
              aria-pressed={index === current?.index}
              aria-label={`byte ${index}, ${hex}, ${label}`}
              tabIndex={index === current?.index ? 0 : -1}
              data-starts={bytes[position - 1]?.label !== label}
              onClick={() => onChoose(index)}
              onKeyDown={event => onKeyDown(event, position)}
            >
              {hex}
            </button>
          ))}
        </div>
      )}
      {current && (
        <p className={styles.choice}>
          Byte {current.index}, <code>{current.hex}</code>: part of the {current.label}.
        </p>
      )}
    </section>
  );
}

function nextPosition(name: string, position: number, columns: number, count: number): number | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[name];
  if (name === 'Home') return 0;
  if (name === 'End') return count - 1;
  if (step === undefined) return undefined;
  const next = position + step;
  return next < 0 || next >= count ? position : next;
}

function lengthWords(shown: number, size: number, isBeginning: boolean): string {
  if (shown === size) return `: ${size} bytes`;
  return `: its ${isBeginning ? 'first' : 'last'} ${shown} bytes of ${size}`;
}

const NOTHING: Piece = { bytes: [], size: 0, planned: 0 };

/** The healthy act gives nothing away: it is played to have its bytes. */
function usePiece(session: Session, plan: ExperimentPlan, flip: Flip) {
  const [piece, setPiece] = useState(NOTHING);
  const [problem, setProblem] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to play again.
  useEffect(() => {
    let isWanted = true;
    setProblem(undefined);
    playActs(session, plan, ['healthy'], { seed: seedFor(session) }).then(
      ({ healthy }) => {
        if (isWanted && healthy) setPiece(pieceOf(healthy, flip));
      },
      (error: unknown) => {
        if (isWanted) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [session, plan, flip, attempt]);
  return { piece, problem, retry: () => setAttempt(attempt + 1) };
}
