import styles from './HexLine.module.css';

interface HexLineProps {
  /** Lowercase hexadecimal, two digits a byte. */
  readonly hex: string;
  /** How many bytes to show. */
  readonly most: number;
  readonly isMore?: boolean;
}

/** `8f1dc077` → `8f 1d c0 77`, cut after `most` bytes. */
export function spacedHex(hex: string, most: number): string {
  return (hex.slice(0, most * 2).match(/../g) ?? []).join(' ');
}

/** The first bytes on a line. */
export function HexLine({ hex, most, isMore = hex.length > most * 2 }: HexLineProps) {
  return (
    <span className={styles.hex}>
      {spacedHex(hex, most)}
      {isMore && ' …'}
    </span>
  );
}
