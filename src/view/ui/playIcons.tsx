export function PreviousIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
      <path d="M10 1 3 6l7 5z" />
    </svg>
  );
}

export function NextIcon() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
      <path d="m2 1 7 5-7 5z" />
    </svg>
  );
}

export function PlayIcon() {
  return (
    <svg width="16" height="18" viewBox="0 0 16 18" fill="currentColor" aria-hidden="true">
      <path d="m3 1 12 8-12 8z" />
    </svg>
  );
}

export function PauseIcon() {
  return (
    <svg width="16" height="18" viewBox="0 0 16 18" fill="currentColor" aria-hidden="true">
      <path d="M3 2h3.5v14H3zM9.5 2H13v14H9.5z" />
    </svg>
  );
}
