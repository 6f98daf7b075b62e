export interface HexRow {
  /** Position of the first byte in the artifact. */
  readonly offset: number;
  /** Two lowercase hexadecimal digits each. */
  readonly bytes: readonly string[];
  /** The same bytes as printable ASCII; a middle dot for all others. */
  readonly text: string;
}

/** Cuts hexadecimal text into rows of so many bytes; the first byte has position `start`. */
export function hexRows(hex: string, start: number, columns: number): HexRow[] {
  const bytes = hex.match(/../g) ?? [];
  const rows: HexRow[] = [];
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.slice(at, at + columns);
    rows.push({ offset: start + at, bytes: row, text: row.map(printable).join('') });
  }
  return rows;
}

function printable(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
}
