/**
 * Whether a text matches a pattern in which `*` stands for any characters and `?` for exactly one.
 * Runs in a time that grows with the product of both lengths at most, so that no pattern can hang the page.
 */
export function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      resume = at;
    } else if (wanted === '?' || wanted === text[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}

/** As `isLike`, for ARNs: the six parts between the colons are held against each other one by one. */
export function isArnLike(arn: string, pattern: string): boolean {
  const parts = sixParts(arn);
  const wanted = sixParts(pattern);
  if (parts.length !== 6 || wanted.length !== 6) return false;
  return wanted.every((part, i) => isLike(parts[i] ?? '', part));
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
