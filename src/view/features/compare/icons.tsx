const turned = { transform: 'rotate(180deg)' };

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
