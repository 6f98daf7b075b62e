const turned = { transform: 'rotate(180deg)' };

export function BackIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
      <path d="M10 1 3 6l7 5z" />
    </svg>
  );
}

export function ForthIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
      <path d="m2 1 7 5-7 5z" />
    </svg>
  );
}

/** To the end; turned, to the beginning. */
export function EndIcon({ isTurned = false }: { readonly isTurned?: boolean }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="currentColor"
      aria-hidden="true"
      {...(isTurned ? { style: turned } : {})}
    >
      <path d="m1 1 7 5-7 5zM9 1h2v10H9z" />
    </svg>
  );
}

export function PlayIcon() {
  return (
    <svg width="15" height="17" viewBox="0 0 16 18" fill="currentColor" aria-hidden="true">
      <path d="m3 1 12 8-12 8z" />
    </svg>
  );
}

export function PauseIcon() {
  return (
    <svg width="15" height="17" viewBox="0 0 16 18" fill="currentColor" aria-hidden="true">
      <path d="M3 2h3.5v14H3zM9.5 2H13v14H9.5z" />
    </svg>
  );
}

/** An arrow to the next row that differs; turned, to the former one. */
export function DifferenceIcon({ isTurned = false }: { readonly isTurned?: boolean }) {
  return (
    <svg
      width="14"
      height="10"
      viewBox="0 0 14 10"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
      {...(isTurned ? { style: turned } : {})}
    >
      <path d="M0 5h12M8 1l4 4-4 4" />
    </svg>
  );
}

/** Two arrows past each other. */
export function SwapIcon() {
  return (
    <svg
      width="20"
      height="16"
      viewBox="0 0 20 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <path d="M2 5h15M13 1l4 4-4 4M18 11H3M7 7l-4 4 4 4" />
    </svg>
  );
}
