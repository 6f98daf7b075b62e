import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { Button } from './Button.tsx';

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'children' | 'aria-label'> {
  /** What it does; its accessible name and its tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A round button with a drawing instead of words. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <Button {...rest} className={[styles.icon, className].filter(Boolean).join(' ')} aria-label={label} title={label}>
      {children}
    </Button>
  );
}
