import type { ReactNode } from 'react';
import { KEY_LOOKS, type KeyLook, type KeyPattern } from './keyStyle.ts';

/** What fills the bow, drawn around its centre within a radius of 5. */
const PATTERNS: Readonly<Record<KeyPattern, ReactNode>> = {
  solid: <circle r="4.3" fill="currentColor" stroke="none" />,
  dots: (
    <path
      d="M0-2.9v.01M0 2.9v.01M-2.9 0h.01M2.9 0h.01M0 0h.01"
      strokeWidth="2.1"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  stripes: <path d="M-3.4 3.4 3.4-3.4M-1.2 4.7 4.7-1.2M-4.7 1.2 1.2-4.7" />,
  grid: <path d="M-1.8-4.6v9.2M1.8-4.6v9.2M-4.6-1.8h9.2M-4.6 1.8h9.2" strokeWidth="1.1" />,
  crosshatch: <path d="M-2.1 4.5 4.5-2.1M-4.5 2.1 2.1-4.5M2.1 4.5-4.5-2.1M4.5 2.1-2.1-4.5" strokeWidth="1.1" />,
  rows: <path d="M-4.2-2.7h8.4M-5 0h10M-4.2 2.7h8.4" strokeWidth="1.5" />,
  zigzag: <path d="M-4.5 1.7-2.2-1.9 0 1.7 2.2-1.9 4.5 1.7" strokeWidth="1.7" />,
  diamond: <path d="M0-4 4 0 0 4-4 0z" strokeWidth="1.6" />,
  bars: <path d="M-2.7-3.7v7.4M0-4.6v9.2M2.7-3.7v7.4" strokeWidth="1.5" />,
  waves: <path d="M-4.6-1.4q1.15-2 2.3 0t2.3 0 2.3 0 2.3 0M-4.6 2.2q1.15-2 2.3 0t2.3 0 2.3 0 2.3 0" />,
};

interface KeyGlyphProps {
  readonly look: KeyLook;
  /** Edge of the square it is drawn in, in CSS pixels. */
  readonly size?: number;
}

/** A key in its colour, with its pattern in the bow. Decorative: its name stands beside it. */
export function KeyGlyph({ look, size = 24 }: KeyGlyphProps) {
  const { color, pattern } = KEY_LOOKS[look];
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} style={{ color }} aria-hidden="true" focusable="false">
      <g fill="none" stroke="currentColor" strokeWidth="1.3">
        <circle cx="8" cy="12" r="6.6" strokeWidth="1.8" />
        <path d="M14.6 12H23v4.6M19.2 12v3.6" strokeWidth="1.9" />
        <g transform="translate(8 12)">{PATTERNS[pattern]}</g>
      </g>
    </svg>
  );
}
