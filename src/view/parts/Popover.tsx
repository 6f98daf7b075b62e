import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './Popover.module.css';

interface PopoverProps {
  /** What is on the button. */
  readonly text: ReactNode;
  /** Accessible name of the button, when its text is not enough. */
  readonly label?: string;
  readonly panelLabel: string;
  readonly className?: string | undefined;
  readonly side?: 'above' | 'below';
  readonly align?: 'start' | 'end';
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

/** A button that opens a small panel beside it. Escape, a click elsewhere or leaving with Tab closes it. */
export function Popover({ text, label, panelLabel, className, side, align, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for Escape and for focus that leaves.
    <div
      ref={root}
      className={styles.root}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onBlur={event => {
        const next = event.relatedTarget;
        if (next instanceof Node && !root.current?.contains(next)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={className ?? styles.button}
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {text}
      </button>
      {isOpen && (
        <section
          id={id}
          aria-label={panelLabel}
          className={styles.panel}
          data-side={side ?? 'above'}
          data-align={align ?? 'start'}
        >
          {typeof children === 'function' ? children(close) : children}
        </section>
      )}
    </div>
  );
}
