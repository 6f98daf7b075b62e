/** A run of characters that are all equal, or all different, on both sides. */
export interface Run {
  readonly text: string;
  readonly isSame: boolean;
}
/** Characters side by side, cut into lines that fit. */
export interface AlignedLine {
  readonly left: readonly Run[];
  readonly right: readonly Run[];
}

/** Two values character by character, `perLine` characters a line; where one is shorter the other differs. */
export function alignValues(left: string, right: string, perLine: number): AlignedLine[] {
  const length = Math.max(left.length, right.length);
  const lines: AlignedLine[] = [];
  for (let start = 0; start < length; start += perLine) {
    const end = Math.min(start + perLine, length);
    lines.push({ left: runs(left, right, start, end), right: runs(right, left, start, end) });
  }
  return lines;
}

/** How many positions differ. */
export function countDifferences(left: string, right: string): number {
  let count = Math.abs(left.length - right.length);
  for (let i = 0; i < Math.min(left.length, right.length); i++) if (left[i] !== right[i]) count++;
  return count;
}

function runs(text: string, other: string, start: number, end: number): Run[] {
  const out: { text: string; isSame: boolean }[] = [];
  for (let i = start; i < end; i++) {
    const character = text[i];
    if (character === undefined) continue;
    const isSame = character === other[i];
    const last = out.at(-1);
    if (last && last.isSame === isSame) last.text += character;
    else out.push({ text: character, isSame });
  }
  return out;
}
