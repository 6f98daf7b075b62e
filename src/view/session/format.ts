const UNITS = ['bytes', 'KiB', 'MiB', 'GiB'] as const;

/** A length in bytes in words: `412 bytes`, `1.2 KiB`, `64 MiB`. */
export function formatBytes(count: number): string {
  if (count === 1) return '1 byte';
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
  return `${digits} ${UNITS[unit]}`;
}

/** A whole number with thin groups: `48,211`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
